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
    let folder = Folder::with(&[("m.tla", &BAD.replace("====", "B == Unheard(1)\n===="))]);
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
    use std::{
        os::unix::fs::PermissionsExt,
        process::{Command, Stdio},
        time::Duration,
    };

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
    fn what_a_link_in_a_folder_points_at_is_left_alone() {
        let folder = Folder::with(&[("outside/m.tla", BAD), ("work/n.tla", &BAD.replace("MODULE m", "MODULE n"))]);
        std::os::unix::fs::symlink("../outside/m.tla", folder.path("work/m.tla")).unwrap();
        std::os::unix::fs::symlink("../outside", folder.path("work/folder")).unwrap();
        let run = folder.run(&["fix", "work"]);
        assert!(run.code == 0 && !run.says("m.tla"), "{run:?}");
        assert_eq!(folder.read("outside/m.tla"), BAD);
        assert_ne!(folder.read("work/n.tla"), BAD);
    }

    #[test]
    fn a_file_is_whole_whenever_the_command_is_killed() {
        // Long enough that many of the kills come while it is read, mended and written.
        let slips: String = (0..200).map(|n| format!("B{n} == LET z = x + {n} IN z\n")).collect();
        let bad = BAD.replace("====", &format!("{slips}===="));
        let fixed = bad.replace("LET z = ", "LET z == ");
        let folder = Folder::with(&[("m.tla", &bad)]);
        let mut whole_runs = 0;
        for round in 0..60 {
            folder.write("m.tla", &bad);
            let mut child = Command::new(env!("CARGO_BIN_EXE_tla-contract"))
                .args(["fix", "m.tla"])
                .current_dir(folder.root())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(Duration::from_millis(round * 5));
            let _ = child.kill();
            let ended = child.wait().unwrap();
            whole_runs += usize::from(ended.success());
            let text = folder.read("m.tla");
            assert!(text == bad || text == fixed, "half a file in round {round}:\n{text}");
            assert!(!ended.success() || text == fixed, "it said that it was done");
        }
        assert_eq!((folder.run(&["fix", "m.tla"]).code, whole_runs < 60), (0, true), "none of them was killed");
        assert_eq!(folder.read("m.tla"), fixed);
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
