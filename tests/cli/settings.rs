//! `tla-contract.toml`: wrong keys are told with their line, and nothing outside the workspace is read.

use std::{fs, process::Command};

use crate::folder::{Folder, Run};

const MODULE: &str = "---- MODULE m ----\nVARIABLE x\nInit == x = 0\n====\n";

/// A folder `work` with settings, a module and a prompt; beside it a file that nobody should read.
fn workspace(settings: &str) -> Folder {
    Folder::with(&[
        ("work/tla-contract.toml", settings),
        ("work/m.tla", MODULE),
        (
            "work/p.prompt.md",
            "CRITICAL OUTPUT REQUIREMENTS:\n1. Start your response directly with: ---- MODULE m ----\n",
        ),
        ("secret.md", "SECRET"),
        ("work/lib/readme.txt", ""),
    ])
}

fn check(settings: &str) -> Run {
    workspace(settings).run(&["check", "work/m.tla"])
}

#[track_caller]
fn refused(settings: &str, line: usize, reason: &str) {
    let run = check(settings);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains(&format!("tla-contract.toml:{line}: ")), "{run:?}");
    assert!(run.err.contains(reason), "{run:?}");
    assert!(!run.says("SECRET"), "{run:?}");
}

#[test]
fn an_unknown_key_is_told_with_its_line_and_the_nearest_one() {
    refused("\n[[promt]]\n", 2, "unknown key `promt`; did you mean `prompt`?");
    refused("[[prompt]]\nfile = \"p.prompt.md\"\nspec = [\"*.tla\"]\n", 3, "did you mean `specs`?");
    refused("[severities]\n", 1, "did you mean `severity`?");
    refused("[severity]\nfrane = \"off\"\n", 2, "did you mean `frame`?");
    refused("[severity]\nframe = \"of\"\n", 2, "did you mean `off`?");
    refused("[[prompt]]\nbuiltin = \"etcdraf\"\n", 2, "no built-in prompt `etcdraf`");
}

#[test]
fn text_that_is_no_toml_is_told_with_its_line() {
    refused("library = []\n[[prompt]\n", 2, "");
}

#[test]
fn words_that_lead_out_of_the_workspace_are_refused() {
    refused("[[prompt]]\nfile = \"../secret.md\"\n", 2, "leads out of the workspace");
    refused("[[prompt]]\nfile = \"lib/../../secret.md\"\n", 2, "leads out of the workspace");
    refused("[[prompt]]\nfile = \"/etc/passwd\"\n", 2, "lies outside the workspace");
    refused("[[prompt]]\nfile = \"p.prompt.md\"\ndraft = \"../secret.md\"\n", 3, "leads out of the workspace");
    refused("library = [\"../\"]\n", 1, "leads out of the workspace");
    let values = "[[prompt]]\nfile = \"p.prompt.md\"\nvalues = { code = { file = \"../secret.md\" } }\n";
    refused(values, 3, "leads out of the workspace");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_workspace_is_refused() {
    let folder = workspace("[[prompt]]\nfile = \"link.md\"\n");
    std::os::unix::fs::symlink(folder.path("secret.md"), folder.path("work/link.md")).unwrap();
    let run = folder.run(&["check", "work/m.tla"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("leads out of the workspace through a symbolic link"), "{run:?}");
}

#[cfg(unix)]
#[test]
fn a_pipe_in_the_place_of_a_prompt_is_refused() {
    let folder = workspace("[[prompt]]\nfile = \"pipe.md\"\n");
    assert!(Command::new("mkfifo").arg(folder.path("work/pipe.md")).status().unwrap().success());
    let run = folder.run(&["check", "work/m.tla"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("is no regular file"), "{run:?}");
}

#[test]
fn a_prompt_that_is_too_large_is_refused() {
    let folder = workspace("[[prompt]]\nfile = \"big.md\"\n");
    fs::File::create(folder.path("work/big.md")).unwrap().set_len(10 << 30).unwrap();
    let run = folder.run(&["check", "work/m.tla"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains("files over 32 MB are refused"), "{run:?}");
}

#[test]
fn what_is_named_but_missing_is_told() {
    refused("[[prompt]]\nfile = \"none.md\"\n", 1, "there is no `none.md`");
    refused("library = [\n  \"none\"]\n", 2, "there is no `none`");
    refused("library = [\"m.tla\"]\n", 1, "is no folder");
}

#[test]
fn a_prompt_needs_a_source_and_only_one() {
    refused("[[prompt]]\nspecs = []\n", 1, "needs `file = \"path\"`");
    refused("[[prompt]]\nfile = \"p.prompt.md\"\nbuiltin = \"x\"\n", 3, "not both");
}

#[test]
fn a_glob_that_is_none_is_told() {
    refused("[[prompt]]\nfile = \"p.prompt.md\"\nspecs = [\"a[\"]\n", 3, "`a[` is no glob");
    let long = "*".repeat(2_000);
    refused(&format!("[[prompt]]\nfile = \"p.prompt.md\"\nspecs = [\"{long}\"]\n"), 3, "is refused");
}

#[test]
fn right_settings_are_silent_wherever_the_command_runs() {
    let folder = workspace("library = [\"lib\"]\n[[prompt]]\nfile = \"./p.prompt.md\"\nspecs = [\"**/*.tla\"]\n");
    for arguments in [["check", "work/m.tla"], ["check", "work"], ["check", "./work/../work"]] {
        let run = folder.run(&arguments);
        assert_ne!(run.code, 2, "{run:?}");
        assert!(run.out.contains("p.prompt.md (by tla-contract.toml)"), "{run:?}");
    }
}

#[test]
fn escapes_in_settings_are_shown_not_obeyed() {
    let run = check("[[prompt]]\nfile = \"\\u001b]0;x\\u0007.md\"\n");
    assert_eq!(run.code, 2);
    assert!(run.err.contains("␛]0;x␇") && !run.err.contains('\u{1b}'), "{run:?}");
}
