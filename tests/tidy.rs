//! The house rules, held by reading the sources: who may know whom, and the habits of every file.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// No file of code is longer than this.
const MOST_LINES: usize = 1_000;

/// Names that say nothing about what a file knows.
const EMPTY_NAMES: [&str; 8] = ["util", "utils", "helper", "helpers", "manager", "common", "misc", "shared"];

/// Where the code of the two crates is.
const ENGINE: &str = "server/engine/src/";
const APP: &str = "server/app/src/";

/// A source file of the project: its path from the root with `/`, and its text.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// The text without comment lines and without what follows the first test module.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
        lines.filter(|(_, line)| !line.trim_start().starts_with("//")).map(|(line, text)| (line + 1, text))
    }

    fn is_under(&self, places: &[&str]) -> bool {
        places.iter().any(|place| match place.strip_suffix(".rs") {
            // A room is the file and the folder of the same name.
            Some(stem) => self.path == *place || self.path.starts_with(&format!("{stem}/")),
            None => self.path.starts_with(place),
        })
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The files that git tracks or would track, from the root.
fn tracked() -> Vec<String> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(arguments).current_dir(root()).output().expect("git runs");
    assert!(output.status.success(), "git ls-files: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let there = |path: &&str| !path.is_empty() && root().join(path).is_file();
    let paths: BTreeSet<String> = text.split('\0').filter(there).map(str::to_owned).collect();
    paths.into_iter().collect()
}

fn sources() -> Vec<Source> {
    let read = |path: String| Source { text: fs::read_to_string(root().join(&path)).expect("a source is text"), path };
    tracked().into_iter().filter(|path| path.ends_with(".rs")).map(read).collect()
}

/// Fails with a list of what breaks a rule.
fn none(rule: &str, broken: Vec<String>) {
    assert!(broken.is_empty(), "{rule}:\n  {}", broken.join("\n  "));
}

/// Places outside `allowed` (and outside tests) whose code has one of the words.
fn places_of(words: &[&str], within: &[&str], allowed: &[&str]) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.is_under(within) && !source.is_under(allowed)) {
        for (line, text) in source.code() {
            if words.iter().any(|word| text.contains(word)) {
                broken.push(format!("{}:{line}: {}", source.path, text.trim()));
            }
        }
    }
    broken
}

#[test]
fn only_syntax_knows_tree_sitter() {
    let broken = places_of(&["tree_sitter"], &[ENGINE, APP], &["server/engine/src/syntax.rs"]);
    none("tree_sitter is known to engine/src/syntax alone", broken);
}

#[test]
fn only_text_knows_ropey() {
    none(
        "ropey is known to engine/src/text.rs alone",
        places_of(&["ropey"], &[ENGINE, APP], &["server/engine/src/text.rs"]),
    );
}

#[test]
fn only_the_language_server_knows_its_protocol() {
    let words = ["tower_lsp", "ls_types", "lsp_types"];
    none("LSP types are known to app/src/lsp alone", places_of(&words, &[ENGINE, APP], &["server/app/src/lsp.rs"]));
}

#[test]
fn only_files_touches_the_file_system() {
    let words = ["std::fs", "fs::read", "fs::write", "File::open", "File::create", "tempfile::", "OpenOptions"];
    none(
        "the file system is known to app/src/files alone",
        places_of(&words, &[ENGINE, APP], &["server/app/src/files.rs"]),
    );
}

#[test]
fn the_engine_has_no_files_threads_or_editors() {
    let words = ["tokio", "std::fs", "std::path", "std::thread", "std::process", "std::env", "std::net", "rayon"];
    none("the engine is text in, answers out", places_of(&words, &[ENGINE], &[]));
}

#[test]
fn the_command_line_and_the_language_server_do_not_know_each_other() {
    none("cli uses nothing of lsp", places_of(&["crate::lsp", "lsp::"], &["server/app/src/cli.rs"], &[]));
    none("lsp uses nothing of cli", places_of(&["crate::cli", "cli::"], &["server/app/src/lsp.rs"], &[]));
}

#[test]
fn the_lower_rooms_of_the_engine_do_not_know_the_upper_ones() {
    let rooms: [(&str, &[&str]); 4] = [
        ("text.rs", &["crate::syntax", "crate::module", "crate::evidence", "crate::rules", "crate::features"]),
        ("syntax.rs", &["crate::module", "crate::evidence", "crate::rules", "crate::features"]),
        ("module.rs", &["crate::evidence", "crate::rules", "crate::features"]),
        ("evidence.rs", &["crate::rules", "crate::features"]),
    ];
    for (room, above) in rooms {
        none(&format!("{room} knows nothing above it"), places_of(above, &[&format!("{ENGINE}{room}")], &[]));
    }
}

#[test]
fn no_rule_uses_another_rule() {
    let mut broken = Vec::new();
    let rules: Vec<Source> = sources().into_iter().filter(is_rule).collect();
    for rule in &rules {
        for other in rules.iter().filter(|other| other.path != rule.path) {
            let Some((family, slug)) = family_and_slug(other) else { continue };
            let module = slug.replace('-', "_");
            let used = |text: &str| {
                text.contains(&format!("{family}::{module}")) || text.contains(&format!("super::{module}"))
            };
            broken.extend(rule.code().filter(|(_, text)| used(text)).map(|(line, _)| format!("{}:{line}", rule.path)));
        }
    }
    none("no rule uses another", broken);
}

#[test]
fn every_rule_has_a_page() {
    let mut broken = Vec::new();
    for rule in sources().iter().filter(|source| is_rule(source)) {
        let page = rule.text.lines().take_while(|line| line.starts_with("//!")).count();
        if page < 3 {
            broken.push(rule.path.clone());
        }
    }
    none("a rule's doc comment is what `explain` shows", broken);
}

/// A file `rules/<family>/<slug>.rs`.
fn is_rule(source: &Source) -> bool {
    family_and_slug(source).is_some()
}

fn family_and_slug(source: &Source) -> Option<(&str, &str)> {
    let place = source.path.strip_prefix(ENGINE)?.strip_prefix("rules/")?.strip_suffix(".rs")?;
    place.split_once('/').filter(|(family, slug)| *family != "context" && !slug.contains('/'))
}

#[test]
fn every_file_says_first_what_it_knows() {
    let silent = |source: &&Source| !source.text.starts_with("//! ");
    none("a file begins with `//!`", sources().iter().filter(silent).map(|source| source.path.clone()).collect());
}

#[test]
fn file_names_say_what_the_file_knows() {
    let empty = |path: &String| {
        let parts = Path::new(path).iter().filter_map(|part| part.to_str());
        parts.map(|part| part.split('.').next().unwrap_or(part)).any(|part| EMPTY_NAMES.contains(&part))
    };
    none("no drawers", tracked().into_iter().filter(empty).collect());
}

#[test]
fn no_file_of_code_is_too_long() {
    let lines = |source: &Source| source.text.lines().count();
    let long = sources().iter().filter(|source| lines(source) > MOST_LINES).map(|source| source.path.clone()).collect();
    none(&format!("at most {MOST_LINES} lines"), long);
}

#[test]
fn no_function_takes_a_bool() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.is_under(&[ENGINE, APP])) {
        for (line, text) in source.code() {
            let signature = text.split_once("fn ").and_then(|(_, rest)| rest.split_once('('));
            let parameters = signature.map(|(_, rest)| rest.split("->").next().unwrap_or(rest));
            if parameters.is_some_and(|parameters| parameters.contains(": bool")) {
                broken.push(format!("{}:{line}: {}", source.path, text.trim()));
            }
        }
    }
    none("two words say more than true and false", broken);
}

#[test]
fn no_tracked_file_names_this_machine_or_a_registry() {
    // Put together here so that this file does not name them either.
    let homes = ["/home", "/root", "/Users", "/work"].map(|folder| format!("{folder}/"));
    let hosts =
        [["index.crates", "io"], ["static.crates", "io"], ["registry.npmjs", "org"], ["files.pythonhosted", "org"]];
    let hosts = hosts.map(|[name, end]| format!("{name}.{end}"));
    // Lock files must say where packages come from; a test of paths must name some.
    let excepted: BTreeSet<&str> =
        BTreeSet::from(["server/app/src/files/inside.rs", "server/app/src/files/settings.rs"]);
    let mut broken = Vec::new();
    for path in tracked().iter().filter(|path| !excepted.contains(path.as_str()) && !is_lock_file(path)) {
        let Ok(text) = fs::read_to_string(root().join(path)) else { continue };
        for (line, text) in text.lines().enumerate() {
            if hosts.iter().any(|host| text.contains(host)) || homes.iter().any(|home| names_folder(text, home)) {
                broken.push(format!("{path}:{}: {}", line + 1, text.trim()));
            }
        }
    }
    none("nothing is tied to one machine", broken);
}

/// Whether a text has an absolute path that begins with a folder, not a part of a longer path.
fn names_folder(text: &str, folder: &str) -> bool {
    text.match_indices(folder).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric() && !matches!(before, '.' | '_' | '-' | '*' | '}' | '~'))
    })
}

fn is_lock_file(path: &str) -> bool {
    ["Cargo.lock", "package-lock.json"].iter().any(|name| path.ends_with(name))
}

#[test]
fn the_rooms_are_where_these_rules_look_for_them() {
    for place in [ENGINE, APP] {
        assert!(root().join(place).is_dir(), "{place} has moved; move the rules with it");
    }
}
