//! What a keystroke costs: from the edit to the findings, by the size of the module and whether its text is broken.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use tla_contract_engine::{
    Document, NoModules, Setting,
    config::Config,
    diagnostic::{Edit, Span},
    judge,
    prompt::{Prompt, builtins},
};

/// A module in the shape of a Raft specification: `actions` actions of 16 lines each, and a Next that names them all.
fn module(actions: usize) -> String {
    let mut text = String::from(
        "---- MODULE etcdraft ----\nEXTENDS Naturals, Sequences, FiniteSets\nCONSTANTS Server, Nil\nVARIABLES state, log, term, \
         messages\nvars == <<state, log, term, messages>>\nInit ==\n    /\\ state = [s \\in Server |-> \"StateFollower\"]\n    /\\ log = [s \
         \\in Server |-> <<>>]\n    /\\ term = [s \\in Server |-> 0]\n    /\\ messages = {}\n",
    );
    for index in 0..actions {
        text.push_str(&format!(
            "\n\\* Action {index}.\nHandle{index}(s, m) ==\n    /\\ state[s] \\in {{\"StateFollower\", \"StateCandidate\"}}\n    /\\ m.type = \
             \"MsgApp{index}\"\n    /\\ LET last == Len(log[s])\n           up == m.term >= term[s]\n       IN  /\\ IF up /\\ last > 0\n             \
             THEN log' = [log EXCEPT ![s] = Append(@, [term |-> m.term, value |-> {index}])]\n             ELSE UNCHANGED log\n           \
             /\\ messages' = (messages \\ {{m}}) \\cup {{[type |-> \"MsgAppResp{index}\", to |-> m.from, ok |-> up]}}\n    /\\ \
             term' = [term EXCEPT ![s] = IF m.term > @ THEN m.term ELSE @]\n    /\\ \\A t \\in Server : t # s => term[t] <= \
             m.term + 1\n    /\\ UNCHANGED state\n"
        ));
    }
    text.push_str("\nNext ==\n");
    for index in 0..actions {
        text.push_str(&format!("    \\/ \\E s \\in Server, m \\in messages : Handle{index}(s, m)\n"));
    }
    text.push_str("\nSpec == Init /\\ [][Next]_vars /\\ WF_vars(Next)\n====\n");
    text
}

fn keystroke(criterion: &mut Criterion) {
    let prompt = Prompt::parse(builtins()[0].text);
    let config = Config::default();
    let setting = Setting {
        contract: Some(prompt.contract()),
        config: &config,
        file_stem: Some("etcdraft"),
        draft: None,
        modules: &NoModules,
    };
    let mut group = criterion.benchmark_group("keystroke");
    group.sample_size(20);
    for (lines, actions) in [(300, 16), (1_000, 60), (10_000, 620)] {
        let text = module(actions);
        let document = Document::from(text.as_str());
        judge(&document, setting);
        let middle = text.find(&format!("Handle{}(s, m) ==", actions / 2)).unwrap_or(0);
        let at = middle + text[middle..].find("last > 0").unwrap_or(0) + 5;
        for (state, with) in [("valid", "1 +"), ("broken", "[{")] {
            let edit = [Edit::replace(Span::at(at), with)];
            group.bench_function(BenchmarkId::new(state, lines), |bencher| {
                bencher.iter(|| black_box(judge(&document.edited(&edit), setting)));
            });
        }
        group.bench_function(BenchmarkId::new("open", lines), |bencher| {
            bencher.iter(|| black_box(judge(&Document::from(text.as_str()), setting)));
        });
    }
    group.finish();
}

criterion_group!(benches, keystroke);
criterion_main!(benches);
