//! Workspaces and replies that mean harm: nothing outside is read, nothing is run, nothing is said to the terminal.

use crate::folder::{Folder, Run};

const MODULE: &str =
    "---- MODULE m ----\nVARIABLE x\nInit == x = 0\nNext == x' = x\nSpec == Init /\\ [][Next]_x\n====\n";
const PROMPT: &str = "CRITICAL OUTPUT REQUIREMENTS:\n1. Start your response directly with: ---- MODULE m ----\n";

fn check(files: &[(&str, &str)]) -> Run {
    let folder = Folder::with(files);
    folder.write("m.tla", MODULE);
    folder.run(&["check", "m.tla"])
}

#[track_caller]
fn refused(settings: &str, reason: &str) {
    let run = check(&[("tla-contract.toml", settings), ("p.prompt.md", PROMPT)]);
    assert_eq!(run.code, 2, "{run:?}");
    assert!(run.err.contains(reason), "{run:?}");
}

#[test]
fn a_program_that_settings_name_is_an_unknown_key() {
    for key in ["java", "sany", "jar", "command", "run"] {
        refused(&format!("{key} = \"./evil\"\n"), &format!("unknown key `{key}`"));
        refused(&format!("[tools]\n{key} = \"./evil\"\n"), "unknown key `tools`");
        let prompt = format!("[[prompt]]\nfile = \"p.prompt.md\"\n{key} = \"./evil\"\n");
        refused(&prompt, &format!("unknown key `{key}`"));
    }
}

#[cfg(unix)]
#[test]
fn java_and_its_jar_in_the_workspace_are_not_run() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("m.tla", MODULE), ("tla2tools.jar", "no jar"), ("tools/tla2tools.jar", "no jar")]);
    for program in ["java", "git", "sany"] {
        folder.write(program, "#!/bin/sh\ntouch run\n");
        std::fs::set_permissions(folder.path(program), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    for arguments in [&["check", "m.tla"][..], &["fix", "m.tla"], &["report", ".", "-o", "page.html"]] {
        folder.run(arguments);
    }
    assert!(!folder.path("run").exists());
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_not_read_whatever_names_them() {
    for target in ["/dev/zero", "/dev/null", "/proc/self/environ"] {
        for settings in [
            "[[prompt]]\nfile = \"link\"\n",
            "library = [\"link\"]\n",
            "[[prompt]]\nfile = \"p.prompt.md\"\ndraft = \"link\"\n",
            "[[prompt]]\nfile = \"p.prompt.md\"\nvalues = { code = { file = \"link\" } }\n",
        ] {
            let folder = Folder::with(&[("tla-contract.toml", settings), ("p.prompt.md", PROMPT), ("m.tla", MODULE)]);
            std::os::unix::fs::symlink(target, folder.path("link")).unwrap();
            // Values are only looked at when the prompt is rendered.
            let reads = if settings.contains("values") { ["render", "p.prompt.md"] } else { ["check", "m.tla"] };
            let run = folder.run(&reads);
            assert_eq!(run.code, 2, "{target} {settings} {run:?}");
            assert!(run.err.contains("leads out of the workspace through a symbolic link"), "{run:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_module_that_is_a_pipe_a_device_or_without_an_end_is_passed_over() {
    let folder = Folder::with(&[("m.tla", &MODULE.replace("VARIABLE", "EXTENDS Pipe, Zero, Sparse, Out\nVARIABLE"))]);
    assert!(std::process::Command::new("mkfifo").arg(folder.path("Pipe.tla")).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/zero", folder.path("Zero.tla")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", folder.path("Out.tla")).unwrap();
    std::fs::File::create(folder.path("Sparse.tla")).unwrap().set_len(10 << 30).unwrap();
    let run = folder.run(&["check", "m.tla"]);
    assert_eq!(run.code, 1, "{run:?}");
    assert!(run.out.matches("module-not-found").count() == 4 && !run.says("root:"), "{run:?}");
}

#[test]
fn patterns_that_explode_elsewhere_are_matched_in_no_time() {
    let globs =
        ["(a+)+$", "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "**/**/**/**/**/**/**/**/**/x", "{a,b}{a,b}{a,b}{a,b}{a,b}"];
    let long = format!("{}.tla", "a".repeat(200));
    for glob in globs {
        let settings = format!("[[prompt]]\nfile = \"p.prompt.md\"\nspecs = [\"{glob}\"]\n");
        let folder = Folder::with(&[("tla-contract.toml", &settings), ("p.prompt.md", PROMPT), (&long, MODULE)]);
        let run = folder.run(&["check", &long]);
        assert!(run.code <= 1, "{glob}: {run:?}");
    }
    let alternatives = format!("{{{}}}", vec!["{a,b,c,d,e,f,g,h}".repeat(12); 40].join(","));
    refused(&format!("[[prompt]]\nfile = \"p.prompt.md\"\nspecs = [\"{alternatives}\"]\n"), "glob");
}

#[test]
fn settings_that_nest_without_an_end_are_told() {
    refused(&format!("library = {}1{}\n", "[".repeat(100_000), "]".repeat(100_000)), "tla-contract.toml");
    refused(&format!("{} = 1\n", vec!["a"; 50_000].join(".")), "tla-contract.toml");
}

/// What a terminal would obey: it turns colours on, renames the window, and shows text the other way round.
const EVIL: &str = "\u{1b}[31m\u{1b}]0;title\u{7}\u{9b}2J\u{202e}";

#[track_caller]
fn tame(text: &str) {
    let obeyed =
        |character: &char| (character.is_control() && !"\n\t".contains(*character)) || *character == '\u{202e}';
    assert_eq!(text.chars().find(obeyed), None, "{text:?}");
}

#[cfg(unix)]
#[test]
fn escapes_in_names_modules_and_prompts_reach_no_terminal_and_no_page() {
    let module = MODULE.replace("Init ==", &format!("A{EVIL} == \"{EVIL}\" {EVIL} (* {EVIL} *)\nInit =="));
    let prompt = format!("{PROMPT}2. **MUST {EVIL}** include {EVIL}<script>alert(1)</script>\n");
    let (name, prompt_name) = (format!("a{EVIL}.tla"), format!("p{EVIL}.prompt.md"));
    let folder = Folder::with(&[(&name, &module), (&prompt_name, &prompt)]);
    let commands: [&[&str]; 9] = [
        &["check", &name, "--prompt", &prompt_name],
        &["check", "."],
        &["check", &name, "--format", "github"],
        &["check", &prompt_name],
        &["contract", &prompt_name],
        &["fix", &name, "--dry-run"],
        &["explain", EVIL],
        &["check", EVIL],
        &["render", &prompt_name, "--set", &format!("{EVIL}=1")],
    ];
    for command in commands {
        let run = folder.run(command);
        tame(&run.err);
        // What is made for other programs keeps the text as it is: a rendered prompt, a patch.
        if !["render", "fix"].contains(&command[0]) {
            tame(&run.out);
        }
    }
    let run = folder.run(&["report", ".", "--prompt", &prompt_name, "-o", "page.html"]);
    assert_eq!((run.code, run.err.contains('\u{1b}')), (0, false), "{run:?}");
    assert!(!folder.read("page.html").contains("<script>alert(1)"));
}
