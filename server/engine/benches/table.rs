//! Prints a table of what keystrokes cost by the size of the module: `cargo bench --bench table`. Each keystroke is an
//! edit with everything that is then said of the document, beside one parse of the whole text by tree-sitter alone.
//!
//! Arguments are the sizes; `--module LINES` writes a generated module to standard output instead, `--parse FILE` parses
//! the files that FILE lists by tree-sitter alone, `--read FILE` reads them as documents and `--judge FILE` holds them to
//! TLA+ besides.
//!
//! Typed is an action, letter by letter, so that most of the texts are broken; at the top, in the middle and at the end.

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

const TYPED: &str = "\nTyped(s, m) ==\n    /\\ LET t == m.term + 1 IN t > term[s]\n    /\\ term' = [term EXCEPT ![s] = @ + 1]\n    \
                     /\\ UNCHANGED <<state, log, messages>>\n";

/// Milliseconds: half of the keystrokes, and all but one of a hundred, take less.
struct Cost {
    half: f64,
    most: f64,
}

fn main() -> std::io::Result<()> {
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
        "| lines | place | keystroke, ms (half / 99 %) | with a prompt, ms (half / 99 %) | tree-sitter, whole text, ms |"
    );
    eprintln!("|---|---|---|---|---|");
    for lines in sizes {
        let text = generated::module(*lines);
        let bare = quickest(|| parse(&text));
        let document = Document::from(text.as_str());
        for (place, at) in places(&text) {
            let alone = typed(&document, at, with(None), 1);
            // At the largest size every fifth text is judged, so that the table is there in minutes.
            let step = if *lines > 20_000 { 5 } else { 1 };
            let asked = typed(&document, at, with(Some(prompt.contract())), step);
            eprintln!(
                "| {} | {place} | {:.2} / {:.2} | {:.2} / {:.2} | {bare:.1} |",
                text.lines().count(),
                alone.half,
                alone.most,
                asked.half,
                asked.most,
            );
        }
    }
}

/// Where a definition begins: near the top, in the middle and near the end.
fn places(text: &str) -> [(&'static str, usize); 3] {
    let heads: Vec<usize> = text.match_indices("\n\\* Action ").map(|(at, _)| at).collect();
    [("top", heads[1]), ("middle", heads[heads.len() / 2]), ("end", heads[heads.len() - 1])]
}

fn typed(document: &Document, at: usize, setting: Setting<'_>, step: usize) -> Cost {
    let mut document = document.clone();
    judge(&document, setting);
    let mut costs = Vec::new();
    for (count, (offset, letter)) in TYPED.char_indices().enumerate() {
        let edit = [Edit::insert(at + offset, letter.to_string())];
        let begin = Instant::now();
        document = document.edited(&edit);
        if count % step == 0 {
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
