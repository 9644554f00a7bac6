//! `explain`, and what the program says about itself.

use crate::folder::Folder;

#[test]
fn an_unknown_rule_is_told() {
    let run = Folder::new().run(&["explain", "contract/no-such-rule-at-all"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is no rule `contract/no-such-rule-at-all`"), "{run:?}");
}

#[test]
fn help_and_version_are_given() {
    let folder = Folder::new();
    let help = folder.run(&["--help"]);
    assert_eq!(help.code, 0);
    for command in ["contract", "render", "check", "fix", "explain", "serve"] {
        assert!(help.out.contains(&format!("\n  {command} ")), "{command}: {}", help.out);
        let own = folder.run(&[command, "--help"]);
        assert!(own.code == 0 && own.out.contains("Usage: tla-contract"), "{command}");
    }
    assert!(help.out.lines().all(|line| line.len() <= 100), "{}", help.out);
    assert!(folder.run(&["--version"]).out.starts_with("tla-contract "));
}

#[test]
fn wrong_arguments_end_with_2() {
    assert_eq!(Folder::new().run(&["chek"]).code, 2);
    assert_eq!(Folder::new().run(&["check"]).code, 2);
}
