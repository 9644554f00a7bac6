//! The generated pages under server/docs are those that the program would generate now.
//!
//! `UPDATE_DOCS=1 cargo test -p tla-contract --test docs` writes them anew.

use std::{fmt::Write, path::PathBuf};

use tla_contract_engine::{page_of_topics, prompt::Prompt, rules, table_of_topics};

fn page(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name)
}

fn is_current(name: &str, text: &str) {
    let path = page(name);
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(&path, text).expect("server/docs can be written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{name} is out of date; UPDATE_DOCS=1 cargo test -p tla-contract --test docs writes it");
}

#[test]
fn the_page_of_rules_is_current() {
    let mut text = String::from(
        "# Rules\n\nEvery finding carries the id of its rule, `family/slug`. The severity of a rule or of a whole family is set in\n\
         `tla-contract.toml`:\n\n```toml\n[severity]\n\"contract/comment\" = \"off\"\nframe = \"hint\"\n```\n\n\
         This page is generated from the rules' own comments; `tla-contract explain RULE` shows the same.\n",
    );
    let mut family = "";
    for rule in rules::all() {
        if rule.family() != family {
            family = rule.family();
            text.push_str(&format!("\n## {family}\n"));
        }
        write!(text, "\n### {}\n\n{}\n", rule.id, rule.page()).unwrap();
    }
    is_current("rules.md", &text);
}

#[test]
fn the_page_of_topics_is_current() {
    is_current("topics.md", &page_of_topics());
}

/// The prompts that the project was asked to support; they lie aside and are no part of it. `None`, and says so, where
/// they are absent.
fn seeds(test: &str) -> Option<Vec<(String, Prompt)>> {
    let shared = std::env::var_os("TLA_CONTRACT_SHARED").map(PathBuf::from);
    let shared = shared.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let Ok(entries) = std::fs::read_dir(shared.join("seeds")) else {
        eprintln!("skipped: {test}: no seeds in {}", shared.display());
        return None;
    };
    let mut seeds: Vec<(String, Prompt)> = entries
        .map(|entry| {
            let path = entry.expect("a readable folder").path();
            let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
            (name, Prompt::parse(&std::fs::read_to_string(&path).expect("a text")))
        })
        .collect();
    seeds.sort_by(|one, other| one.0.cmp(&other.0));
    Some(seeds)
}

#[test]
fn the_page_of_the_seeds_is_current() {
    let Some(seeds) = seeds("the_page_of_the_seeds_is_current") else { return };
    let mut text = String::from(
        "# Topics of the seeds\n\n\
         How each clause of the three prompts in `../shared/seeds` is held against a module. They are no part of the\n\
         project, so a clause is shown by its identifier, its line and the names in it. A test writes this page\n\
         (`UPDATE_DOCS=1 cargo test -p tla-contract --test docs`), and is skipped where the seeds are absent.\n",
    );
    for (name, prompt) in &seeds {
        write!(text, "\n## {name}\n\n{}", table_of_topics(prompt.contract())).unwrap();
    }
    is_current("seeds.md", &text);
}

#[test]
fn only_what_no_module_can_show_is_left_unchecked_in_the_seeds() {
    let Some(seeds) = seeds("only_what_no_module_can_show_is_left_unchecked_in_the_seeds") else { return };
    let reasons = ["faithfulness to the source can't be read off the module", "it tells how to work"];
    for (name, prompt) in &seeds {
        assert!(prompt.contract().clauses.iter().all(|clause| !clause.demands.is_empty()), "{name}");
        for row in table_of_topics(prompt.contract()).lines() {
            assert!(!row.contains("| names |"), "{name}: a described clause without a topic: {row}");
            assert!(
                !row.contains("| not checked |") || reasons.iter().any(|reason| row.contains(reason)),
                "{name}: {row}"
            );
        }
    }
}
