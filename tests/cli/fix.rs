//! `fix`: changes what its fixes say and nothing else, once.

use crate::folder::Folder;

const BAD: &str = "---- MODULE m ----\nEXTENDS Naturals\nVARIABLES x, y\nA == LET z = x + 1 IN y' = z\n====\n";
const FIXED: &str = "---- MODULE m ----\nEXTENDS Naturals\nVARIABLES x, y\nA == LET z == x + 1 IN y' = z\n====\n";

fn folder() -> Folder {
    Folder::with(&[("m.tla", BAD)])
}

#[test]
fn a_safe_fix_is_made_in_place_and_only_once() {
    let folder = folder();
    let run = folder.run(&["fix", "m.tla"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("1 fix made") && run.out.contains("[syntax/let-equals]"), "{run:?}");
    assert_eq!(folder.read("m.tla"), FIXED);
    let again = folder.run(&["fix", "m.tla"]);
    assert!(again.code == 0 && again.out.contains("nothing to fix"), "{again:?}");
    assert_eq!(folder.read("m.tla"), FIXED);
}

#[test]
fn a_dry_run_shows_the_change_and_writes_nothing() {
    let folder = folder();
    let run = folder.run(&["fix", "m.tla", "--dry-run"]);
    assert_eq!(folder.read("m.tla"), BAD);
    assert!(run.out.starts_with("--- m.tla\n+++ m.tla\n@@ "), "{run:?}");
    assert!(run.out.contains("\n-A == LET z = x + 1 IN y' = z\n+A == LET z == x + 1 IN y' = z\n"), "{run:?}");
}

#[test]
fn sany_is_not_asked_where_the_named_jar_is_not_there() {
    let folder = folder();
    let run = folder.run(&["fix", "m.tla", "--verify", "--sany", "no-such.jar"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("no-such.jar") && run.err.contains("no such jar"), "{run:?}");
    assert_eq!(folder.read("m.tla"), BAD);
}

#[test]
fn standard_input_comes_back_repaired() {
    let run = Folder::new().run_with_input(&["fix", "-"], BAD);
    assert_eq!((run.code, run.out.as_str()), (0, FIXED), "{run:?}");
}

#[test]
fn line_ends_stay_as_they_are() {
    let folder = Folder::with(&[("m.tla", &BAD.replace('\n', "\r\n"))]);
    folder.run(&["fix", "m.tla"]);
    assert_eq!(folder.read("m.tla"), FIXED.replace('\n', "\r\n"));
}

#[test]
fn errors_that_are_left_are_told_by_the_exit_code() {
    let folder = Folder::with(&[("m.tla", &BAD.replace("====", "B == (1\n===="))]);
    let run = folder.run(&["fix", "m.tla"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.contains("left"), "{run:?}");
}

#[test]
fn several_files_end_with_a_line_of_counts() {
    let folder = Folder::with(&[("a/m.tla", BAD), ("b/m.tla", FIXED)]);
    let run = folder.run(&["fix", "."]);
    assert!(run.out.ends_with("1 of 2 files changed; 0 errors left\n"), "{run:?}");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn permissions_and_links_stay() {
        let folder = folder();
        let path = folder.path("m.tla");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o750)).unwrap();
        std::os::unix::fs::symlink("m.tla", folder.path("link.tla")).unwrap();
        folder.run(&["fix", "link.tla"]);
        assert_eq!(folder.read("m.tla"), FIXED);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o750);
        assert!(folder.path("link.tla").symlink_metadata().unwrap().is_symlink());
        let names: Vec<_> = std::fs::read_dir(folder.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names.len(), 2, "no temporary file is left: {names:?}");
    }

    #[test]
    fn a_read_only_file_is_left_alone() {
        let folder = folder();
        std::fs::set_permissions(folder.path("m.tla"), std::fs::Permissions::from_mode(0o444)).unwrap();
        let run = folder.run(&["fix", "m.tla"]);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.err.contains("is read-only; nothing was written"), "{run:?}");
        assert_eq!(folder.read("m.tla"), BAD);
    }
}

#[test]
fn what_a_letter_of_the_prompt_demands_is_mended_and_then_met() {
    let prompt = "CRITICAL OUTPUT REQUIREMENTS:\n\
                  1. The MODULE name must be exactly \"m\" (---- MODULE m ----)\n\
                  2. **MUST include EXTENDS statement**: at least these modules: Naturals, Bags\n";
    let module = "---- MODULE m ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\n====\n";
    let folder = Folder::with(&[("m.prompt.md", prompt), ("m.tla", module)]);
    let before = folder.run(&["check", "m.tla"]);
    assert_eq!(before.code, 1, "{before:?}");
    assert!(before.out.contains("the prompt asks for this, line 3: "), "{before:?}");
    let fixed = folder.run(&["fix", "m.tla"]);
    assert_eq!(fixed.code, 0, "{fixed:?}");
    assert_eq!(folder.read("m.tla"), module.replace("EXTENDS Naturals", "EXTENDS Naturals, Bags"));
    let after = folder.run(&["check", "m.tla", "--format", "json"]);
    let verdicts = after.json()["files"][0]["verdicts"].as_array().unwrap().clone();
    let extends = verdicts.iter().find(|verdict| verdict["clause"] == "output.extends").unwrap();
    assert_eq!((&extends["verdict"], &extends["prompt_line"]), (&"met".into(), &3.into()), "{extends}");
}
