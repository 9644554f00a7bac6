//! `contract`: what a prompt demands, as a table and as JSON.

use crate::folder::Folder;

const PROMPT: &str = "Model it. Focus: {focus}

MANDATORY CORE ACTIONS (must include all):
1. 【Message Types】MsgHup (election timeout), MsgVote/MsgVoteResp (voting)

EXPLICITLY EXCLUDED (do not model):
- Log compaction and snapshots (MsgSnap)

CRITICAL OUTPUT REQUIREMENTS:
1. The MODULE name must be exactly \"m\" (---- MODULE m ----)
2. **MUST include EXTENDS statement**: at least these modules: TLC, Bags
";

#[test]
fn each_clause_has_a_row() {
    let run = Folder::with(&[("p.md", PROMPT)]).run(&["contract", "p.md"]);
    assert_eq!(run.code, 0, "{run:?}");
    let rows: Vec<Vec<&str>> = run.out.lines().map(|line| line.split_whitespace().collect()).collect();
    for row in [
        ["actions.1", "actions", "required", "4", "yes"],
        ["excluded.1", "excluded", "forbidden", "7", "yes"],
        ["output.module-name", "output", "required", "10", "yes"],
        ["output.extends", "output", "required", "11", "yes"],
    ] {
        assert!(rows.iter().any(|cells| cells.starts_with(&row)), "{row:?} is not in\n{}", run.out);
    }
    assert!(run.out.contains("placeholders: {focus}"), "{}", run.out);
}

#[test]
fn json_holds_names_with_their_meaning_and_counts_from_one() {
    let answer = Folder::with(&[("p.md", PROMPT)]).run(&["contract", "p.md", "--format", "json"]).json();
    assert_eq!(answer["version"], 1);
    assert_eq!(answer["prompt"], "p.md");
    let clauses = answer["clauses"].as_array().unwrap();
    let action = clauses.iter().find(|clause| clause["id"] == "actions.1").unwrap();
    assert_eq!(action["title"], "Message Types");
    assert_eq!(action["line"], 4);
    assert_eq!(action["range"]["start"]["line"], 4);
    assert_eq!(action["checked"], true);
    assert_eq!(action["names"][0], serde_json::json!({"name": "MsgHup", "meaning": "election timeout"}));
    assert_eq!(answer["placeholders"], serde_json::json!([{"name": "focus", "line": 1, "known": true}]));
}

#[test]
fn built_in_prompts_go_by_their_names() {
    for name in ["etcdraft", "raftkvs", "draft-translation"] {
        let run = Folder::new().run(&["contract", name, "--format", "json"]);
        assert_eq!(run.code, 0, "{run:?}");
        assert_eq!(run.json()["prompt"], format!("built-in: {name}"));
    }
}

#[test]
fn a_name_that_is_neither_file_nor_built_in_is_told_with_the_nearest() {
    let run = Folder::new().run(&["contract", "etcdrft"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is no such file, nor a built-in prompt"), "{run:?}");
    assert!(run.err.contains("did you mean `etcdraft`?"), "{run:?}");
}

#[test]
fn a_file_comes_before_a_built_in_prompt_of_its_name() {
    let answer = Folder::with(&[("etcdraft", PROMPT)]).run(&["contract", "etcdraft", "--format", "json"]).json();
    assert_eq!(answer["prompt"], "etcdraft");
}

#[test]
fn a_prompt_that_demands_nothing_is_no_error() {
    let run = Folder::with(&[("p.md", "")]).run(&["contract", "p.md"]);
    assert_eq!(run.code, 0);
    assert!(run.out.contains("0 clauses"), "{run:?}");
}
