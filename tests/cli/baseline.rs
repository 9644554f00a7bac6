//! `check --baseline`: what an earlier run told is not told again.

use crate::folder::{Folder, Run};

const ONE: &str = "---- MODULE m ----\nVARIABLE y\nA == LET z = 1 IN y' = z\n====\n";
/// The same slip further down, and once more.
const TWO: &str = "---- MODULE m ----\n\n\nVARIABLE y\nA == LET z = 1 IN y' = z\nB == LET z = 1 IN y' = z\n====\n";

fn slips(run: &Run) -> Vec<u64> {
    let answer = run.json();
    let findings = answer["files"][0]["findings"].as_array().unwrap().clone();
    let slips = findings.iter().filter(|finding| finding["rule"] == "syntax/let-equals");
    slips.map(|finding| finding["range"]["start"]["line"].as_u64().unwrap()).collect()
}

#[test]
fn only_what_is_new_since_is_told_wherever_it_has_moved() {
    for form in ["json", "jsonl"] {
        let folder = Folder::with(&[("m.tla", ONE)]);
        let old = folder.run(&["check", "m.tla", "--format", form]);
        assert_eq!(old.code, 1);
        folder.write("old", old.out);
        let with_baseline = ["check", "./m.tla", "--format", "json", "--baseline", "old"];
        let same = folder.run(&with_baseline);
        assert_eq!((same.code, slips(&same)), (0, Vec::new()), "nothing is new: {same:?}");
        assert!(same.err.contains("1 finding of the baseline not shown"), "{same:?}");
        folder.write("m.tla", TWO);
        let more = folder.run(&with_baseline);
        assert_eq!((more.code, slips(&more).len()), (1, 1), "one more of the same is new: {more:?}");
    }
}

#[test]
fn a_file_that_the_baseline_does_not_know_is_all_new() {
    let folder = Folder::with(&[("m.tla", ONE), ("other/m.tla", ONE)]);
    folder.write("old.json", folder.run(&["check", "m.tla", "--format", "json"]).out);
    let run = folder.run(&["check", "other", "--format", "json", "--baseline", "old.json"]);
    assert_eq!((run.code, slips(&run).len()), (1, 1));
}

#[test]
fn a_baseline_that_is_none_is_told() {
    let folder = Folder::with(&[("m.tla", ONE), ("notes.txt", "no run")]);
    for (file, reason) in [("gone.json", "there is no such file"), ("notes.txt", "is no run of `check")] {
        let run = folder.run(&["check", "m.tla", "--baseline", file]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains(reason) && run.err.contains(file), "{run:?}");
        assert_eq!(run.out, "", "nothing is judged");
    }
}
