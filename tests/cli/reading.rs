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
    assert_eq!(answer["files"].as_array().unwrap().len(), 1, "the other file is judged: {answer}");
    assert_eq!(answer["files"][0]["path"], "good.tla");
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
fn standard_input_is_judged_under_the_name_of_a_dash() {
    let folder = Folder::new();
    let run = folder.run_with_input(&["check", "-", "--format", "json"], GOOD);
    let answer = run.json();
    assert_eq!(answer["files"][0]["path"], "-");
    assert_eq!(answer["files"][0]["module"], "good", "{answer}");
}
