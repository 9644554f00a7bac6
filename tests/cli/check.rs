//! `check`: exit codes, the form of the JSON answer, and what people see.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::folder::Folder;

const GOOD: &str = "---- MODULE m ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\n\
                    Spec == Init /\\ [][Next]_x\n====\n";

/// A LET that is written with `=`, which has a safe fix, behind characters of several bytes and units.
const BAD: &str = "---- MODULE bad ----\nEXTENDS Naturals\nVARIABLES x, y\n\
                   A == \"【😀】\" = x /\\ LET z = 1 IN y' = z\n====\n";

const PROMPT: &str = "MANDATORY CORE ACTIONS (must include all):\n1. 【Voting】MsgVote (voting)\n\n\
                      CRITICAL OUTPUT REQUIREMENTS:\n1. The MODULE name must be exactly \"m\" (---- MODULE m ----)\n";

fn folder() -> Folder {
    Folder::with(&[("m.tla", GOOD), ("bad.tla", BAD)])
}

/// The keys of an object, in order.
fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[track_caller]
fn has_keys(value: &Value, expected: &[&str]) {
    assert_eq!(keys(value), expected.iter().copied().collect(), "{value}");
}

#[test]
fn the_exit_code_tells_errors_from_none_and_from_what_could_not_run() {
    let folder = folder();
    assert_eq!(folder.run(&["check", "m.tla"]).code, 0);
    assert_eq!(folder.run(&["check", "bad.tla"]).code, 1);
    assert_eq!(folder.run(&["check", "bad.tla", "m.tla"]).code, 1);
    assert_eq!(folder.run(&["check", "bad.tla", "gone.tla"]).code, 2);
    assert_eq!(folder.run(&["check", "m.tla", "--library", "gone"]).code, 2);
    assert_eq!(folder.run(&["check", "m.tla", "--draft", "gone.txt"]).code, 2);
}

#[test]
fn json_has_the_promised_form() {
    let folder = folder();
    folder.write("p.md", PROMPT);
    let run = folder.run(&["check", "bad.tla", "m.tla", "--format", "json", "--prompt", "p.md"]);
    let answer = run.json();
    has_keys(&answer, &["version", "files", "summary"]);
    assert_eq!(answer["version"], 1);
    has_keys(&answer["summary"], &["files", "errors", "warnings", "hints", "met", "checked"]);
    assert_eq!(answer["summary"]["files"], 2);
    let files = answer["files"].as_array().unwrap();
    assert_eq!((&files[0]["path"], &files[1]["path"]), (&"bad.tla".into(), &"m.tla".into()));
    let levels = ["error", "warning", "info", "hint"];
    let words = ["met", "equivalent", "declared", "missing", "violated", "not-checked"];
    for file in files {
        has_keys(file, &["path", "module", "prompt", "verdicts", "findings"]);
        assert_eq!(file["prompt"], "p.md");
        for verdict in file["verdicts"].as_array().unwrap() {
            let expected = ["clause", "kind", "title", "polarity", "prompt_line", "verdict", "note", "evidence"];
            has_keys(verdict, &expected);
            assert!(words.contains(&verdict["verdict"].as_str().unwrap()), "{verdict}");
            for evidence in verdict["evidence"].as_array().unwrap() {
                has_keys(evidence, &["name", "range"]);
                has_range(&evidence["range"]);
            }
        }
        for finding in file["findings"].as_array().unwrap() {
            has_keys(finding, &["rule", "severity", "message", "range", "clause", "fixes"]);
            assert!(levels.contains(&finding["severity"].as_str().unwrap()), "{finding}");
            has_range(&finding["range"]);
            for fix in finding["fixes"].as_array().unwrap() {
                has_keys(fix, &["title", "safety", "edits"]);
                assert!(["safe", "ask"].contains(&fix["safety"].as_str().unwrap()), "{fix}");
                for edit in fix["edits"].as_array().unwrap() {
                    has_keys(edit, &["range", "text"]);
                    has_range(&edit["range"]);
                }
            }
        }
    }
}

#[track_caller]
fn has_range(range: &Value) {
    has_keys(range, &["start", "end"]);
    for place in [&range["start"], &range["end"]] {
        has_keys(place, &["line", "column", "byte"]);
        assert!(place["line"].as_u64().unwrap() >= 1 && place["column"].as_u64().unwrap() >= 1, "{place}");
    }
}

#[test]
fn lines_and_columns_count_from_one_in_characters_with_bytes_beside_them() {
    let answer = folder().run(&["check", "bad.tla", "--format", "json"]).json();
    let findings = answer["files"][0]["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["rule"] == "syntax/let-equals").expect("it is found");
    let start = &finding["fixes"][0]["edits"][0]["range"]["start"];
    let byte = BAD.find("= 1 IN").unwrap();
    let line_start = BAD[..byte].rfind('\n').unwrap() + 1;
    assert_eq!(start["byte"], byte);
    assert_eq!(start["line"], 4);
    assert_eq!(start["column"], BAD[line_start..byte].chars().count() + 1);
}

#[test]
fn severities_of_the_settings_hold_by_rule_and_by_family() {
    let folder = folder();
    let severity = |settings: &str| {
        folder.write("tla-contract.toml", settings);
        let run = folder.run(&["check", "bad.tla", "--format", "json"]);
        let answer = run.json();
        let severities = answer["files"][0]["findings"].as_array().unwrap().iter();
        (run.code, severities.map(|finding| finding["severity"].as_str().unwrap().to_owned()).collect::<Vec<_>>())
    };
    assert_eq!(severity(""), (1, vec!["error".to_owned()]));
    assert_eq!(severity("[severity]\nsyntax = \"warning\"\n"), (0, vec!["warning".to_owned()]));
    assert_eq!(severity("[severity]\n\"syntax/let-equals\" = \"off\"\n"), (0, Vec::new()));
    let own_wins = "[severity]\nsyntax = \"off\"\n\"syntax/let-equals\" = \"hint\"\n";
    assert_eq!(severity(own_wins), (0, vec!["hint".to_owned()]));
}

#[test]
fn people_see_the_place_the_fix_and_a_closing_line() {
    let run = folder().run(&["check", "bad.tla"]);
    assert!(run.out.contains("error[syntax/let-equals]"), "{run:?}");
    assert!(run.out.contains("--> bad.tla:4:"), "{run:?}");
    assert!(run.out.contains("LET z = 1 IN"), "{run:?}");
    assert!(run.out.contains("`fix` does it"), "{run:?}");
    assert!(run.out.ends_with("1 error, 0 warnings, 0 hints in 1 file; no clause was checked\n"), "{run:?}");
    assert!(!run.out.contains('\u{1b}'), "no colours where there is no terminal: {run:?}");
}

#[test]
fn colours_come_when_asked() {
    let folder = folder();
    assert!(folder.run(&["check", "bad.tla", "--color", "always"]).out.contains("\u{1b}["));
    assert!(!folder.run(&["check", "bad.tla", "--color", "never"]).out.contains('\u{1b}'));
}

#[test]
fn escapes_in_names_and_texts_are_shown_not_obeyed() {
    let folder = Folder::new();
    folder.write("\u{1b}[31mred.tla", "\u{1b}]0;owned\u{7}\n---- MODULE \u{9b}m ----\nA == \u{1b}[2J\n");
    for arguments in [&["check", "."][..], &["check", ".", "--verbose"], &["fix", ".", "--dry-run", "--ask"]] {
        let run = folder.run(arguments);
        // A diff for `patch` holds what the file holds.
        if arguments[0] == "check" {
            assert!(!run.out.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{run:?}");
        }
        assert!(!run.err.contains(['\u{1b}', '\u{7}', '\u{9b}']), "{run:?}");
    }
}

#[test]
fn many_files_come_in_order_with_every_note_once() {
    let folder = Folder::new();
    for number in 0..200 {
        folder.write(&format!("r{number:03}/m.tla"), GOOD);
    }
    let paths = |run: crate::folder::Run| -> Vec<String> {
        let answer = run.json();
        answer["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
    };
    let expected: Vec<String> = (0..200).map(|number| format!("./r{number:03}/m.tla")).collect();
    assert_eq!(paths(folder.run(&["check", ".", "--format", "json"])), expected);
    let people = folder.run(&["check", "."]).out;
    assert_eq!(people.matches("no prompt is for the module m").count(), 1);
    assert!(people.contains("(200 files)"), "{people}");
}

#[test]
fn a_file_that_is_named_twice_is_judged_once() {
    let answer = folder().run(&["check", "m.tla", "m.tla", "--format", "json"]).json();
    assert_eq!(answer["summary"]["files"], 1);
}

#[test]
fn a_reply_of_hostile_nesting_is_answered() {
    let folder = Folder::with(&[("deep.tla", &format!("---- MODULE deep ----\nA == {}\n====\n", "(".repeat(50_000)))]);
    let run = folder.run(&["check", "deep.tla"]);
    assert_eq!(run.code, 1, "{}", run.err);
}

#[test]
fn a_prompt_is_checked_as_a_prompt() {
    let folder = Folder::with(&[(
        "queue.prompt.md",
        "Write TLA+ from {source_cod}.\n\nEXPLICITLY EXCLUDED (do not model):\n- Fairness assumptions\n\n\
         CRITICAL OUTPUT REQUIREMENTS:\n1. The MODULE name must be exactly \"queue\"\n\
         2. Start your response directly with: ---- MODULE stack ----\n\
         3. The Spec definition MUST include weak fairness\n4. Use pleasant words\n",
    )]);
    let run = folder.run(&["check", "queue.prompt.md", "--format", "json"]);
    assert_eq!(run.code, 0);
    let answer = run.json();
    let findings = answer["files"][0]["findings"].as_array().unwrap();
    let rules: BTreeSet<&str> = findings.iter().map(|finding| finding["rule"].as_str().unwrap()).collect();
    let expected = ["contradictory-demands", "not-checked", "two-module-names", "unknown-placeholder"]
        .map(|slug| format!("prompt/{slug}"));
    assert_eq!(rules, expected.iter().map(String::as_str).collect());
}
