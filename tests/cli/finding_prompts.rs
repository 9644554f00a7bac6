//! Which prompt a specification is held to: by the command line, the settings, the module's name, or built in.

use crate::folder::{Folder, Run};

const MODULE: &str = "---- MODULE m ----\nVARIABLE x\nInit == x = 0\n====\n";

fn prompt_for(module: &str) -> String {
    format!(
        "CRITICAL OUTPUT REQUIREMENTS:\n1. The MODULE name must be exactly \"{module}\" (---- MODULE {module} ----)\n"
    )
}

/// A folder in which every way of finding a prompt is open.
fn folder() -> Folder {
    let folder = Folder::with(&[("m.tla", MODULE)]);
    folder.write("named.txt", prompt_for("m"));
    folder.write("by-settings.txt", prompt_for("m"));
    folder.write("m.prompt.md", prompt_for("m"));
    folder.write("tla-contract.toml", "[[prompt]]\nfile = \"by-settings.txt\"\nspecs = [\"*.tla\"]\n");
    folder
}

#[track_caller]
fn held_to(run: &Run, prompt: &str) {
    assert_eq!(run.json()["files"][0]["prompt"], prompt, "{run:?}");
}

const CHECK: [&str; 4] = ["check", "m.tla", "--format", "json"];

#[test]
fn the_prompt_of_the_command_line_comes_first() {
    let run = folder().run(&["check", "m.tla", "--format", "json", "--prompt", "named.txt"]);
    held_to(&run, "named.txt");
}

#[test]
fn the_settings_come_second() {
    held_to(&folder().run(&CHECK), "by-settings.txt");
}

#[test]
fn settings_above_the_folder_count_and_globs_are_taken_from_there() {
    let folder = folder();
    folder.write("deep/er/m.tla", MODULE);
    held_to(&folder.run(&["check", "deep/er", "--format", "json"]), "m.prompt.md");
    folder.write("tla-contract.toml", "[[prompt]]\nfile = \"by-settings.txt\"\nspecs = [\"deep/**/*.tla\"]\n");
    held_to(&folder.run(&["check", "deep/er", "--format", "json"]), "by-settings.txt");
}

#[test]
fn without_globs_settings_govern_the_modules_that_the_prompt_names() {
    let folder = folder();
    folder.write("other.tla", MODULE.replace("MODULE m", "MODULE other"));
    folder.write("tla-contract.toml", "[[prompt]]\nfile = \"by-settings.txt\"\n");
    held_to(&folder.run(&CHECK), "by-settings.txt");
    let other = folder.run(&["check", "other.tla", "--format", "json"]);
    assert!(other.json()["files"][0]["prompt"].is_null(), "{other:?}");
}

#[test]
fn a_prompt_file_for_the_module_comes_third() {
    let folder = folder();
    std::fs::remove_file(folder.path("tla-contract.toml")).unwrap();
    held_to(&folder.run(&CHECK), "m.prompt.md");
}

#[test]
fn texts_in_a_folder_of_prompts_are_prompts() {
    let folder = Folder::with(&[("replies/a/m.tla", MODULE)]);
    folder.write("prompts/m.txt", prompt_for("m"));
    folder.write("prompts/other.txt", prompt_for("other"));
    folder.write("notes/m.txt", prompt_for("m"));
    held_to(&folder.run(&["check", "replies", "--format", "json"]), "prompts/m.txt");
}

#[test]
fn of_several_prompts_for_a_module_the_nearest_is_taken_and_told() {
    let folder = Folder::with(&[("a/m.tla", MODULE)]);
    folder.write("a/m.prompt.md", prompt_for("m"));
    folder.write("m.prompt.md", prompt_for("m"));
    held_to(&folder.run(&["check", "a/m.tla", "--format", "json"]), "a/m.prompt.md");
    let run = folder.run(&["check", "a/m.tla"]);
    assert!(run.out.contains("several prompts are for the module m"), "{run:?}");
}

#[test]
fn a_built_in_prompt_for_the_module_comes_fourth() {
    for module in ["etcdraft", "raftkvs"] {
        let folder = Folder::new();
        folder.write("x.tla", MODULE.replace("MODULE m", &format!("MODULE {module}")));
        held_to(&folder.run(&["check", "x.tla", "--format", "json"]), &format!("built-in: {module}"));
        folder.write("own.prompt.md", prompt_for(module));
        held_to(&folder.run(&["check", "x.tla", "--format", "json"]), "own.prompt.md");
    }
}

#[test]
fn without_a_prompt_a_hint_says_how_to_name_one() {
    let run = Folder::with(&[("m.tla", MODULE)]).run(&["check", "m.tla"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.out.contains("no prompt is for the module m: name one by --prompt FILE"), "{run:?}");
}

#[test]
fn a_missing_prompt_on_the_command_line_ends_with_2() {
    let run = folder().run(&["check", "m.tla", "--prompt", "gone.txt"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("gone.txt: there is no such file"), "{run:?}");
}

#[test]
fn standard_input_finds_its_prompt_by_the_module() {
    let folder = Folder::new();
    folder.write("m.prompt.md", prompt_for("m"));
    held_to(&folder.run_with_input(&["check", "-", "--format", "json"], MODULE), "m.prompt.md");
}
