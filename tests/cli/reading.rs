//! Files that can't be read are told with their reason, and the others are still judged.

use std::{fs, process::Command};

use crate::folder::Folder;

const GOOD: &str = "---- MODULE good ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\n\
                    Next == x' = x\nSpec == Init /\\ [][Next]_x\n====\n";

#[track_caller]
fn refused(folder: &Folder, path: &str, reason: &str) {
    folder.write("good.tla", GOOD);
    let run = folder.run(&["check", path, "good.tla", "--format", "json"]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains(path) && run.err.contains(reason), "{run:?}");
    let answer = run.json();
    let files = answer["files"].as_array().unwrap();
    assert_eq!(files.len(), 2, "it is a result among the others: {answer}");
    assert_eq!((&files[0]["path"], &files[1]["path"]), (&path.into(), &"good.tla".into()));
    assert!(files[0]["problem"].as_str().unwrap().contains(reason), "{answer}");
    assert_eq!(files[1]["module"], "good", "the other file is judged: {answer}");
    assert!(files[1].get("problem").is_none(), "{answer}");
}

#[test]
fn a_missing_file_is_told() {
    refused(&Folder::new(), "nowhere.tla", "there is no such file");
}

#[test]
fn text_that_is_not_utf_8_is_told_with_its_first_bad_byte() {
    let folder = Folder::new();
    folder.write("bad.tla", b"---- MODULE bad \xff ----");
    refused(&folder, "bad.tla", "not UTF-8 at byte 16");
}

#[test]
fn utf_16_is_recognised() {
    let folder = Folder::new();
    folder.write("wide.tla", b"\xff\xfe-\0-\0");
    refused(&folder, "wide.tla", "UTF-16");
}

#[test]
fn a_file_of_50_megabytes_is_refused_unread() {
    let folder = Folder::new();
    let file = fs::File::create(folder.path("big.tla")).unwrap();
    file.set_len(50 * 1024 * 1024).unwrap();
    refused(&folder, "big.tla", "has 50 MB; files over 32 MB are refused");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_and_not_waited_for() {
    let folder = Folder::new();
    assert!(Command::new("mkfifo").arg(folder.path("pipe.tla")).status().unwrap().success());
    refused(&folder, "pipe.tla", "is no regular file");
}

#[test]
fn a_folder_in_the_place_of_a_prompt_is_told() {
    let folder = Folder::with(&[("good.tla", GOOD)]);
    fs::create_dir(folder.path("prompts")).unwrap();
    let run = folder.run(&["check", "good.tla", "--prompt", "prompts"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("is a folder, not a file"), "{run:?}");
}

#[test]
fn a_folder_without_specifications_is_told() {
    let folder = Folder::with(&[("notes.txt", "nothing")]);
    let run = folder.run(&["check", "."]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("there is no .tla file"), "{run:?}");
}

#[test]
fn a_folder_gives_its_specifications_in_order_without_ignored_and_hidden_ones() {
    let folder = Folder::with(&[
        ("b/good.tla", GOOD),
        ("a/good.tla", GOOD),
        ("a/deep/good.TLA", GOOD),
        ("old/good.tla", GOOD),
        (".hidden/good.tla", GOOD),
        ("notes.txt", "no module"),
        (".ignore", "old/\n"),
    ]);
    let answer = folder.run(&["check", ".", "--format", "json"]).json();
    let paths: Vec<&str> =
        answer["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["./a/deep/good.TLA", "./a/good.tla", "./b/good.tla"]);
}

#[test]
fn paths_come_a_line_each_from_standard_input_or_a_file() {
    let folder = Folder::with(&[("a/good.tla", GOOD), ("b/good.tla", GOOD), ("c c.tla", GOOD)]);
    let paths = |run: crate::folder::Run| -> Vec<String> {
        let answer = run.json();
        answer["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
    };
    let list = "b\r\n\nc c.tla\na/good.tla";
    let expected = ["b/good.tla", "c c.tla", "a/good.tla"];
    assert_eq!(paths(folder.run_with_input(&["check", "--paths", "-", "--format", "json"], list)), expected);
    folder.write("list.txt", list);
    assert_eq!(paths(folder.run(&["check", "--paths", "list.txt", "--format", "json"])), expected);
    let none = folder.run_with_input(&["check", "--paths", "-", "--format", "jsonl"], "");
    assert_eq!((none.code, none.out.as_str()), (0, ""), "a shard may be empty");
    let both = folder.run(&["check", "-", "--paths", "-"]);
    assert_eq!(both.code, 2);
    assert!(both.err.contains("can't be both"), "{both:?}");
}

#[test]
fn standard_input_is_judged_under_the_name_of_a_dash() {
    let folder = Folder::new();
    let run = folder.run_with_input(&["check", "-", "--format", "json"], GOOD);
    let answer = run.json();
    assert_eq!(answer["files"][0]["path"], "-");
    assert_eq!(answer["files"][0]["module"], "good", "{answer}");
}
