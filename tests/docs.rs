//! The generated pages under server/docs are those that the program would generate now.
//!
//! `UPDATE_DOCS=1 cargo test -p tla-contract --test docs` writes them anew.

use std::{fmt::Write, path::PathBuf};

use tla_contract_engine::{page_of_topics, rules};

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
