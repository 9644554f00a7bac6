//! The forms of `check` that other tools read: lines that can be sharded and joined, SARIF, annotations, JUnit. Whether
//! SARIF and JUnit are what their readers take is tested in `tests/reports`.

use serde_json::Value;

use crate::folder::Folder;

const GOOD: &str = "---- MODULE m ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\n\
                    Spec == Init /\\ [][Next]_x\n====\n";

/// A LET that is written with `=`.
const BAD: &str = "---- MODULE m ----\nEXTENDS Naturals\nVARIABLE y\nA == y = 1 /\\ LET z = 1 IN y' = z\nInit == y = 0\n\
                   Next == A\nSpec == Init /\\ [][Next]_y\n====\n";

const PROMPT: &str = "MANDATORY CORE ACTIONS (must include all):\n1. 【Voting】MsgVote (voting)\n\n\
                      CRITICAL OUTPUT REQUIREMENTS:\n1. The MODULE name must be exactly \"m\" (---- MODULE m ----)\n\
                      2. No comments, please, whatever they say\n";

fn folder() -> Folder {
    Folder::with(&[("a/m.tla", BAD), ("b/m.tla", GOOD), ("c/m.tla", "no module at all"), ("p.md", PROMPT)])
}

#[test]
fn lines_of_shards_joined_and_sorted_are_those_of_one_run() {
    let folder = folder();
    for number in 0..40 {
        folder.write(&format!("r{number:02}/m.tla"), if number % 3 == 0 { BAD } else { GOOD });
    }
    let lines = |paths: &str| {
        let run = folder.run_with_input(&["check", "--paths", "-", "--format", "jsonl", "--prompt", "p.md"], paths);
        run.out.lines().map(str::to_owned).collect::<Vec<String>>()
    };
    let mut paths: Vec<String> = (0..40).map(|number| format!("r{number:02}/m.tla")).collect();
    paths.push("gone.tla".to_owned());
    let whole = lines(&paths.join("\n"));
    let first: Value = serde_json::from_str(&whole[0]).unwrap();
    assert_eq!(first["path"], "r00/m.tla", "in the order of the paths");
    let whole_json = folder.run(&["check", "r00", "r01", "--format", "json", "--prompt", "p.md"]).json();
    assert_eq!(first, whole_json["files"][0], "a line is what the JSON answer holds for the file");
    // Another order, in five parts.
    paths.reverse();
    let mut joined: Vec<String> = paths.chunks(9).flat_map(|shard| lines(&shard.join("\n"))).collect();
    let mut sorted = whole;
    joined.sort();
    sorted.sort();
    assert_eq!(joined, sorted);
    assert_eq!(sorted.len(), 41);
}

#[test]
fn sarif_has_the_rule_its_help_the_fix_and_the_prompts_line() {
    let run = folder().run(&["check", "a", "gone.tla", "--format", "sarif", "--prompt", "p.md"]);
    let run = &run.json()["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let results = run["results"].as_array().unwrap();
    let of = |rule: &str| results.iter().find(|result| result["ruleId"] == rule).expect("it is found");
    let slip = of("syntax/let-equals");
    let index = usize::try_from(slip["ruleIndex"].as_u64().unwrap()).unwrap();
    assert_eq!(rules[index]["id"], "syntax/let-equals");
    assert!(rules[index]["help"]["markdown"].as_str().unwrap().contains("=="));
    let place = &slip["locations"][0]["physicalLocation"];
    assert_eq!((&place["artifactLocation"]["uri"], &place["region"]["startLine"]), (&"a/m.tla".into(), &4.into()));
    let change = &slip["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], "==");
    let missing = of("contract/missing-action");
    let prompt = &missing["relatedLocations"][0];
    assert_eq!(prompt["physicalLocation"]["artifactLocation"]["uri"], "p.md");
    assert_eq!(prompt["physicalLocation"]["region"]["startLine"], 2);
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let told = &invocation["toolExecutionNotifications"][0];
    assert_eq!(told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "gone.tla");
}

#[test]
fn annotations_have_the_place_the_rule_and_the_prompts_words() {
    let run = folder().run(&["check", "a", "gone.tla", "--format", "github", "--prompt", "p.md"]);
    let line = |begin: &str| run.out.lines().find(|line| line.starts_with(begin)).unwrap_or_else(|| panic!("{run:?}"));
    let slip = line("::error title=syntax/let-equals,file=a/m.tla,line=4,endLine=4,col=");
    assert!(!slip.contains('\r'));
    let missing = line("::warning title=contract/missing-action,file=a/m.tla,");
    assert!(missing.contains("%0Athe prompt asks for this, line 2: Voting: MsgVote"), "{missing}");
    assert!(line("::error file=gone.tla,title=not judged::").contains("there is no such file"));
    assert!(run.out.lines().all(|line| line.starts_with("::")), "{run:?}");
}

#[test]
fn junit_has_a_suite_for_each_file_and_a_case_for_each_clause() {
    let run = folder().run(&["check", "a", "b", "gone.tla", "--format", "junit", "--prompt", "p.md"]);
    assert_eq!(run.out.matches("<testsuite ").count(), 3, "{run:?}");
    for expected in [
        "<testcase classname=\"a/m.tla\" name=\"output.module-name The MODULE name must be exactly &quot;m&quot;\"/>",
        "<testcase classname=\"a/m.tla\" name=\"syntax/let-equals\">",
        "<failure type=\"missing\"",
        "<error type=\"unread\" message=\"there is no such file\"/>",
    ] {
        assert!(run.out.contains(expected), "{expected}: {}", run.out);
    }
}
