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

const MODULE: &str = "---- MODULE m ----
EXTENDS TLC
VARIABLE x
Init == x = 0
Next == x' = 1
====
";

#[test]
fn a_specification_is_held_against_the_prompt_clause_by_clause() {
    let folder = Folder::with(&[("p.prompt.md", PROMPT), ("m.tla", MODULE)]);
    let run = folder.run(&["contract", "--against", "m.tla"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.starts_with("m.tla: module m, held to p.prompt.md (by the module's name)\n"), "{}", run.out);
    for (id, verdict) in [("output.module-name", "met"), ("output.extends", "violated"), ("actions.1", "missing")] {
        let row = run.out.lines().find(|line| line.contains(id)).unwrap_or_default();
        assert!(row.contains(verdict), "{id} is not {verdict} in\n{}", run.out);
    }
    let named = folder.run(&["contract", "p.prompt.md", "--against", "m.tla"]);
    assert!(named.out.contains("(as named)"), "{}", named.out);
}

#[test]
fn the_verdicts_in_json_are_those_of_check_in_the_same_words() {
    let folder = Folder::with(&[("p.prompt.md", PROMPT), ("m.tla", MODULE)]);
    let contract = folder.run(&["contract", "--against", "m.tla", "--format", "json"]).json();
    let check = folder.run(&["check", "m.tla", "--format", "json"]).json();
    assert_eq!((&contract["against"]["path"], &contract["against"]["module"]), (&"m.tla".into(), &"m".into()));
    let verdicts = check["files"][0]["verdicts"].as_array().unwrap();
    let clauses = contract["clauses"].as_array().unwrap();
    assert_eq!(clauses.len(), verdicts.len());
    for (clause, verdict) in clauses.iter().zip(verdicts) {
        assert_eq!(clause["id"], verdict["clause"]);
        for word in ["kind", "title", "polarity", "verdict", "note", "evidence"] {
            assert_eq!(clause[word], verdict[word], "{word} of {}", clause["id"]);
        }
    }
    let summary = &contract["against"]["summary"];
    assert_eq!((&summary["met"], &summary["checked"]), (&check["summary"]["met"], &check["summary"]["checked"]));
    assert_eq!(summary["total"], clauses.len());
    assert_eq!(clauses[0]["section"], "MANDATORY CORE ACTIONS (must include all)");
}

#[test]
fn a_specification_that_nothing_governs_or_that_is_not_there_is_told() {
    let folder = Folder::with(&[("other.tla", "---- MODULE other ----\n====\n")]);
    let run = folder.run(&["contract", "--against", "other.tla"]);
    assert_eq!((run.code, run.err.contains("other.tla: no prompt governs it")), (2, true), "{run:?}");
    let run = folder.run(&["contract", "--against", "none.tla"]);
    assert_eq!((run.code, run.err.contains("none.tla")), (2, true), "{run:?}");
    let run = folder.run(&["contract"]);
    assert_eq!((run.code, run.err.contains("--against")), (2, true), "{run:?}");
}
