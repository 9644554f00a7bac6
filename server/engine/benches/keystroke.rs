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

mod generated;

fn keystroke(criterion: &mut Criterion) {
    let prompt = Prompt::parse(builtins()[0].text);
    let config = Config::default();
    let with =
        |contract| Setting { contract, config: &config, file_stem: Some("etcdraft"), draft: None, modules: &NoModules };
    let settings = [("alone", with(None)), ("with a prompt", with(Some(prompt.contract())))];
    for (name, setting) in settings {
        let mut group = criterion.benchmark_group(format!("keystroke {name}"));
        group.sample_size(20);
        for lines in [300, 1_000, 10_000] {
            let text = generated::module(lines);
            let document = Document::from(text.as_str());
            judge(&document, setting);
            let middle = text.len() / 2;
            let at = middle + text[middle..].find("last > 0").unwrap_or(0) + 5;
            for (state, typed) in [("valid", "1 +"), ("broken", "[{")] {
                let edit = [Edit::replace(Span::at(at), typed)];
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
}

criterion_group!(benches, keystroke);
criterion_main!(benches);
