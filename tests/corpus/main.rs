//! Agreement with SANY over a folder of real specifications: SANY's verdict beside ours, a confusion matrix, our false
//! errors, and whether our first error lies in the definition where SANY has its first.
//!
//! `cargo test -p tla-contract --test corpus -- FOLDER [--sany JAR] [--list]`
//!
//! FOLDER has a `labels.jsonl` with `file`, `sany` (`accepts` or `rejects`) and `message` on each line; with `--sany` the
//! jar is run instead, on every `.tla` file of the folder. Without arguments the folder is `../shared/replies`, and the
//! check is skipped, with a word, where that is absent.

#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use serde_json::Value;
use tla_contract_engine::{
    Document,
    text::{Encoding, Position},
};

/// What SANY says of one file.
struct Label {
    file: PathBuf,
    accepts: bool,
    message: String,
}

/// What we say of one file.
#[derive(Default)]
struct Ours {
    /// Rule, line and column from 1, in order of place; errors of the families that SANY has.
    errors: Vec<(String, usize, usize, String)>,
}

fn main() -> ExitCode {
    let mut folder = None;
    let mut jar = None;
    let mut list = List::Summary;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--sany" => jar = arguments.next().map(PathBuf::from),
            "--list" => list = List::Every,
            // What `cargo test` passes on to every test binary.
            "--nocapture" | "--quiet" | "-q" | "--test-threads=1" => {}
            _ => folder = Some(PathBuf::from(argument)),
        }
    }
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/replies");
    let folder = folder.unwrap_or(shared);
    if !folder.is_dir() {
        println!("corpus: skipped, there is no folder {}", folder.display());
        println!("0 passed, 0 failed, 1 skipped");
        return ExitCode::SUCCESS;
    }
    let labels = match &jar {
        Some(jar) => labels_by_sany(&folder, jar),
        None => labels_of(&folder),
    };
    let ours = judged(&folder);
    report(&folder, &labels, &ours, list)
}

/// How much is printed.
#[derive(Clone, Copy, PartialEq)]
enum List {
    Summary,
    Every,
}

fn labels_of(folder: &Path) -> Vec<Label> {
    let path = folder.join("labels.jsonl");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines()
        .map(|line| {
            let label: Value = serde_json::from_str(line).unwrap();
            Label {
                file: folder.join(label["file"].as_str().unwrap()),
                accepts: label["sany"] == "accepts",
                message: label["message"].as_str().unwrap_or_default().to_owned(),
            }
        })
        .collect()
}

fn labels_by_sany(folder: &Path, jar: &Path) -> Vec<Label> {
    let jar = jar.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", jar.display()));
    let files = ignore::Walk::new(folder).filter_map(Result::ok).map(ignore::DirEntry::into_path);
    files
        .filter(|file| file.extension().is_some_and(|extension| extension == "tla"))
        .map(|file| {
            // Each run has a folder for temporary files of its own: old jars unpack their modules to one shared place.
            let scratch = tempfile::tempdir().unwrap();
            let output = Command::new("java")
                .arg(format!("-Djava.io.tmpdir={}", scratch.path().display()))
                .args(["-cp", &jar.display().to_string(), "tla2sany.SANY"])
                .arg(file.file_name().unwrap())
                .current_dir(file.parent().unwrap())
                .output()
                .unwrap();
            let message =
                String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
            let failed = ["*** Errors", "***Parse Error***", "Could not parse", "Lexical error", "Fatal errors"];
            Label {
                file,
                accepts: output.status.success() && !failed.iter().any(|word| message.contains(word)),
                message,
            }
        })
        .collect()
}

/// Our findings on every file of the folder, by canonical path.
fn judged(folder: &Path) -> BTreeMap<PathBuf, Ours> {
    // A prompt that demands nothing: SANY knows of none, and a built-in one would be taken by the module's name.
    let scratch = tempfile::tempdir().unwrap();
    let prompt = scratch.path().join("nothing.prompt.md");
    std::fs::write(&prompt, "Any module.\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_tla-contract"))
        .args(["check", "--format", "json", "--color", "never", "--prompt"])
        .arg(&prompt)
        .arg(folder)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    let mut all = BTreeMap::new();
    for file in report["files"].as_array().unwrap() {
        let mut ours = Ours::default();
        for finding in file["findings"].as_array().unwrap() {
            let rule = finding["rule"].as_str().unwrap();
            let sanys = ["syntax/", "name/", "level/"].iter().any(|family| rule.starts_with(family));
            if sanys && finding["severity"] == "error" {
                let start = &finding["range"]["start"];
                let place = |key: &str| usize::try_from(start[key].as_u64().unwrap()).unwrap();
                let message = finding["message"].as_str().unwrap().to_owned();
                ours.errors.push((rule.to_owned(), place("line"), place("column"), message));
            }
        }
        // SANY stops at syntax before it looks at names, and at names before levels.
        let layer = |rule: &str| usize::from(!rule.starts_with("syntax/")) + usize::from(rule.starts_with("level/"));
        ours.errors.sort_by_key(|(rule, line, column, _)| (layer(rule), *line, *column));
        let path = PathBuf::from(file["path"].as_str().unwrap());
        all.insert(path.canonicalize().unwrap_or(path), ours);
    }
    all
}

/// The first place that a message of SANY names, line and column from 1.
///
/// A parse error names its place first and then what it was in. Of many semantic errors the first in the text counts;
/// each begins with its place, and a place further on in its words is of something else (the earlier declaration).
fn place_in(message: &str) -> Option<(usize, usize)> {
    if !message.contains("Semantic errors") {
        return message.match_indices("line ").find_map(|(at, _)| place_at(&message[at..]));
    }
    message.lines().filter_map(|line| place_at(line.trim_start())).min()
}

/// The place at the start of `text`: `line 3, col 5` or `line 3, column 5`. SANY's line 0 is no place.
fn place_at(text: &str) -> Option<(usize, usize)> {
    let rest = text.strip_prefix("line ")?;
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let line = digits(rest);
    let rest = rest[line.len()..].strip_prefix(", col")?.trim_start_matches("umn").trim_start();
    Some((line.parse().ok().filter(|line| *line > 0)?, digits(rest).parse().ok()?))
}

fn report(folder: &Path, labels: &[Label], ours: &BTreeMap<PathBuf, Ours>, list: List) -> ExitCode {
    let (mut both_accept, mut both_reject, mut false_errors, mut missed) = (0, 0, Vec::new(), Vec::new());
    let (mut located, mut same, mut elsewhere) = (0, 0, Vec::new());
    for label in labels {
        let Some(ours) = ours.get(&label.file.canonicalize().unwrap_or_else(|_| label.file.clone())) else {
            println!("not checked: {}", label.file.display());
            continue;
        };
        let name = label.file.strip_prefix(folder).unwrap_or(&label.file).display().to_string();
        match (label.accepts, ours.errors.first()) {
            (true, None) => both_accept += 1,
            (true, Some((rule, line, column, message))) => {
                false_errors.push(format!("{name}:{line}:{column} {rule}: {message}"))
            }
            (false, None) => missed.push(format!("{name}: {}", first_line(&label.message))),
            (false, Some((rule, line, column, message))) => {
                both_reject += 1;
                let Some((sany_line, sany_column)) = place_in(&label.message) else { continue };
                located += 1;
                let Ok(text) = std::fs::read_to_string(&label.file) else { continue };
                let document = Document::from(text.as_str());
                let at = |line: usize, column: usize| {
                    let position = Position { line: line - 1, column: column.saturating_sub(1) };
                    document.definition_at(document.text().offset(position, Encoding::Utf32))
                };
                if at(*line, *column) == at(sany_line, sany_column) {
                    same += 1;
                } else {
                    elsewhere.push(format!(
                        "{name}: ours {line}:{column} {rule}: {message}\n    SANY {sany_line}:{sany_column}: {}",
                        first_line(&label.message)
                    ));
                }
                if list == List::Every {
                    println!("{name}:{line}:{column} {rule}: {message}\n    SANY {sany_line}:{sany_column}");
                }
            }
        }
    }
    for line in &false_errors {
        println!("false error: {line}");
    }
    for line in &missed {
        println!("missed: {line}");
    }
    for line in &elsewhere {
        println!("another definition: {line}");
    }
    let accepted = both_accept + false_errors.len();
    let rejected = both_reject + missed.len();
    println!("\n{}: {} files", folder.display(), labels.len());
    println!("                  ours: accepts   rejects");
    println!("SANY accepts {accepted:8}{both_accept:10}{:10}", false_errors.len());
    println!("SANY rejects {rejected:8}{:10}{both_reject:10}", missed.len());
    println!("first error in the same definition: {same} of {located}");
    let failed = usize::from(!false_errors.is_empty());
    println!("{} passed, {failed} failed", 1 - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn first_line(message: &str) -> String {
    let words: Vec<&str> = message.split_whitespace().collect();
    words.join(" ").chars().take(200).collect()
}
