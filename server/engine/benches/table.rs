//! Prints a table of what keystrokes cost by the size of the module: `cargo bench --bench table`. Each keystroke is an
//! edit with everything that is then said of the document, beside one parse of the whole text by tree-sitter alone.
//!
//! Arguments are the sizes; `--module LINES` writes a generated module to standard output instead, `--parse FILE` parses
//! the files that FILE lists by tree-sitter alone, `--read FILE` reads them as documents and `--judge FILE` holds them to
//! TLA+ besides.
//!
//! Typed is letter by letter, so that most of the texts are broken: a new action, at the top, in the middle and at the
//! end, and more of an action that Next calls, by which all that Next does changes.

use std::{
    io::Write,
    time::{Duration, Instant},
};

use tla_contract_engine::{
    Document, NoModules, Setting,
    config::Config,
    diagnostic::Edit,
    judge,
    prompt::{Prompt, builtins},
};

mod generated;

/// A whole action.
const NEW: &str = "\nTyped(s, m) ==\n    /\\ LET t == m.term + 1 IN t > term[s]\n    /\\ term' = [term EXCEPT ![s] = @ + 1]\n    \
                   /\\ UNCHANGED <<state, log, messages>>\n";

/// What stands behind the first line of each action that handles messages; more conjuncts can stand there.
const GUARD: &str = "\n    /\\ m.type = \"MsgApp";

/// Conjuncts of an action that is there.
const MORE: &str = "\n    /\\ m.term >= term[s]\n    /\\ LET voters == {t \\in Server : state[t] = \"StateLeader\"}\n       IN  \
                    \\A voter \\in voters : Len(log[voter]) > 1";

/// What is typed, and where.
struct Typing {
    name: &'static str,
    at: usize,
    text: &'static str,
}

/// Milliseconds: half of the keystrokes, and all but one of a hundred, take less.
struct Cost {
    half: f64,
    most: f64,
}

fn main() -> std::io::Result<()> {
    // As the server does, so that what is measured is what is shipped; see `keep_freed_pages` in `app/src/lsp.rs`.
    drop(std::hint::black_box(Vec::<u8>::with_capacity(16 * 1024 * 1024)));
    let arguments: Vec<String> = std::env::args().collect();
    let after =
        |flag: &str| arguments.iter().position(|argument| argument == flag).and_then(|at| arguments.get(at + 1));
    if let Some(lines) = after("--module").and_then(|lines| lines.parse().ok()) {
        return std::io::stdout().write_all(generated::module(lines).as_bytes());
    }
    for (flag, work) in [("--parse", parse as fn(&str)), ("--read", read), ("--judge", judged)] {
        let Some(list) = after(flag) else { continue };
        let texts: Vec<String> =
            std::fs::read_to_string(list)?.lines().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
        let cost: f64 = texts.iter().map(|text| quickest(|| work(text))).sum();
        return writeln!(std::io::stdout(), "{} files in {cost:.0} ms, on one core", texts.len());
    }
    table();
    Ok(())
}

fn read(text: &str) {
    drop(Document::from(text));
}

fn judged(text: &str) {
    let config = Config::default();
    let setting = Setting { contract: None, config: &config, file_stem: None, draft: None, modules: &NoModules };
    judge(&Document::from(text), setting);
}

fn table() {
    // `cargo test --benches` only wants to know that it runs.
    let chosen: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes: &[usize] = match std::env::args().any(|argument| argument == "--bench") {
        _ if !chosen.is_empty() => &chosen,
        true => &[300, 1_000, 10_000, 100_000],
        false => &[300],
    };
    let prompt = Prompt::parse(builtins()[0].text);
    let config = Config::default();
    let with = |contract| Setting { contract, config: &config, file_stem: None, draft: None, modules: &NoModules };
    eprintln!(
        "| lines | typed | keystroke, ms (half / 99 %) | with a prompt, ms (half / 99 %) | tree-sitter, whole text, ms |"
    );
    eprintln!("|---|---|---|---|---|");
    for lines in sizes {
        let text = generated::module(*lines);
        let bare = quickest(|| parse(&text));
        let document = Document::from(text.as_str());
        // At the largest size few texts are judged, so that the table is there in minutes.
        let (every, every_with) = if *lines > 20_000 { (3, 30) } else { (1, 1) };
        for typing in typings(&text) {
            let alone = typed(&document, &typing, with(None), every);
            let asked = typed(&document, &typing, with(Some(prompt.contract())), every_with);
            eprintln!(
                "| {} | {} | {:.2} / {:.2} | {:.2} / {:.2} | {bare:.1} |",
                text.lines().count(),
                typing.name,
                alone.half,
                alone.most,
                asked.half,
                asked.most,
            );
        }
    }
}

fn typings(text: &str) -> [Typing; 4] {
    let heads: Vec<usize> = text.match_indices("\n\\* Action ").map(|(at, _)| at).collect();
    let middle = heads[heads.len() / 2];
    let guard = text[middle..].find(GUARD).map_or(middle, |at| middle + at);
    [
        Typing { name: "a new action, at the top", at: heads[1], text: NEW },
        Typing { name: "a new action, in the middle", at: middle, text: NEW },
        Typing { name: "a new action, at the end", at: heads[heads.len() - 1], text: NEW },
        Typing { name: "in an action that Next calls", at: guard, text: MORE },
    ]
}

/// `every` so many letters the text is judged.
fn typed(document: &Document, typing: &Typing, setting: Setting<'_>, every: usize) -> Cost {
    let mut document = document.clone();
    judge(&document, setting);
    let mut costs = Vec::new();
    for (count, (offset, letter)) in typing.text.char_indices().enumerate() {
        let edit = [Edit::insert(typing.at + offset, letter.to_string())];
        let begin = Instant::now();
        document = document.edited(&edit);
        if count % every == 0 {
            judge(&document, setting);
            costs.push(begin.elapsed());
        }
    }
    costs.sort_unstable();
    let at = |share: usize| milliseconds(costs[(costs.len() - 1) * share / 100]);
    Cost { half: at(50), most: at(99) }
}

/// Parses a whole text by tree-sitter alone.
fn parse(text: &str) {
    let mut parser = tree_sitter::Parser::new();
    let language = parser.set_language(&tree_sitter_tlaplus::LANGUAGE.into());
    assert!(language.is_ok() && parser.parse(text, None).is_some(), "the grammar parses every text");
}

/// What the quickest of three times takes, in milliseconds.
fn quickest(work: impl Fn()) -> f64 {
    let mut costs: Vec<Duration> = (0..3)
        .map(|_| {
            let begin = Instant::now();
            work();
            begin.elapsed()
        })
        .collect();
    costs.sort_unstable();
    milliseconds(costs[0])
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
