//! `render`: fills the placeholders of a prompt and nothing else.

use crate::folder::Folder;

const PROMPT: &str =
    "Focus: {focus}\nFrom {file_path}:\n```go\n{source_code}\n```\nKeep { x \\in S } and {{ }} and \"a\": {}.\n";

fn folder() -> Folder {
    Folder::with(&[
        ("p.md", PROMPT),
        ("a.go", "package a // {focus}\n"),
        ("b.go", "package b\n"),
        ("d.md", "Translate from {draft_analysis}.\n"),
        ("draft.txt", "the draft, {focus}"),
    ])
}

#[test]
fn only_the_placeholders_change() {
    let run =
        folder().run(&["render", "p.md", "--set", "focus=a=b", "--set", "source_code=@a.go", "--set", "file_path=x"]);
    assert_eq!(run.code, 0, "{run:?}");
    let expected = PROMPT.replace("{focus}", "a=b").replace("{file_path}", "x");
    assert_eq!(run.out, expected.replace("{source_code}", "package a // {focus}\n"));
}

#[test]
fn several_files_fill_one_placeholder_each_under_its_path() {
    let arguments = ["render", "p.md", "--set", "focus=x", "--set", "source_code=@a.go", "--set", "source_code=@b.go"];
    let run = folder().run(&arguments);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("From a.go, b.go:"), "the file path is that of the source files: {run:?}");
    let (first, second) = (run.out.find("// File: a.go").unwrap(), run.out.find("// File: b.go").unwrap());
    assert!(first < second);
}

#[test]
fn a_draft_fills_its_placeholder() {
    let run = folder().run(&["render", "d.md", "--draft", "draft.txt"]);
    assert_eq!(run.out, "Translate from the draft, {focus}.\n", "{run:?}");
}

#[test]
fn the_text_goes_to_a_file_when_asked() {
    let folder = folder();
    let run = folder.run(&["render", "d.md", "--draft", "draft.txt", "-o", "out.txt"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    assert_eq!(folder.read("out.txt"), "Translate from the draft, {focus}.\n");
    assert_eq!(folder.run(&["render", "d.md", "--draft", "draft.txt", "-o", "."]).code, 2);
}

#[test]
fn values_come_from_the_settings_where_the_command_line_gives_none() {
    let folder = folder();
    let settings = "[[prompt]]\nfile = \"p.md\"\n[prompt.values]\nfocus = \"set\"\n\
                    source_code = { files = [\"a.go\"] }\n\
                    [[prompt]]\nfile = \"d.md\"\ndraft = \"draft.txt\"\n";
    folder.write("tla-contract.toml", settings);
    let run = folder.run(&["render", "p.md"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.starts_with("Focus: set\nFrom a.go:\n```go\npackage a"), "{run:?}");
    assert!(folder.run(&["render", "p.md", "--set", "focus=given"]).out.starts_with("Focus: given\n"));
    assert_eq!(folder.run(&["render", "d.md"]).out, "Translate from the draft, {focus}.\n");
}

#[track_caller]
fn refused(arguments: &[&str], reasons: &[&str]) {
    let folder = folder();
    folder.write("bad.go", b"package \xff");
    let run = folder.run(&[&["render"], arguments].concat());
    assert_eq!(run.code, 2, "{run:?}");
    assert_eq!(run.out, "");
    for reason in reasons {
        assert!(run.err.contains(reason), "{reason}: {run:?}");
    }
}

#[test]
fn what_is_missing_or_unknown_is_named() {
    refused(&["p.md", "--set", "source_code=@a.go"], &["p.md:1", "{focus}"]);
    refused(&["p.md"], &["{focus}", "{file_path}", "{source_code}"]);
    refused(&["p.md", "--set", "focsu=x"], &["no placeholder {focsu}; did you mean `focus`?"]);
    refused(&["p.md", "--draft", "draft.txt"], &["no placeholder {draft_analysis}"]);
    refused(&["p.md", "--set", "focus=x", "--set", "focus=y"], &["{focus} is given twice"]);
    refused(&["p.md", "--set", "focus"], &["NAME=VALUE"]);
}

#[test]
fn files_that_cannot_be_read_are_named() {
    refused(&["p.md", "--set", "source_code=@gone.go"], &["gone.go: there is no such file"]);
    refused(&["p.md", "--set", "source_code=@bad.go"], &["bad.go: is not UTF-8 at byte 8"]);
    refused(&["gone.md"], &["gone.md: there is no such file"]);
}

#[test]
fn line_ends_and_a_missing_last_one_stay() {
    let folder = Folder::with(&[("p.md", "a {focus}\r\nb")]);
    assert_eq!(folder.run(&["render", "p.md", "--set", "focus=x"]).out, "a x\r\nb");
}
