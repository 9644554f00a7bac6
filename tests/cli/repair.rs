//! `repair`: the prompt that goes back to the model.

use crate::folder::Folder;

const PROMPT: &str = "EXPLICITLY EXCLUDED (do not model):\n- Log compaction and snapshots (MsgSnap)\n
CRITICAL OUTPUT REQUIREMENTS:
1. The MODULE name must be exactly \"m\" (---- MODULE m ----)
2. MUST include EXTENDS statement with at least these modules: TLC, Naturals
";

const MODULE: &str = "---- MODULE m ----
EXTENDS TLC
VARIABLE x
Init == x = 0
Next == x' = y
Spec == Init /\\ [][Next]_x
====
";

#[test]
fn errors_and_clauses_that_are_not_met_are_told_and_nothing_else() {
    let run = Folder::with(&[("p.prompt.md", PROMPT), ("m.tla", MODULE)]).run(&["repair", "m.tla"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    for told in ["Line 5: `y` is not", "Next == x' = y", "MUST include EXTENDS statement", "`Init`", "closing ===="] {
        assert!(run.out.contains(told), "{told} is not in\n{}", run.out);
    }
    assert!(!run.out.contains("snapshots") && run.out.ends_with(MODULE), "{}", run.out);
}

#[test]
fn only_so_many_are_told_and_the_rest_is_said_to_be_left_out() {
    let folder = Folder::with(&[("p.prompt.md", PROMPT), ("m.tla", MODULE)]);
    let run = folder.run(&["repair", "m.tla", "--max-findings", "1"]);
    assert!(run.out.contains("`y`") && !run.out.contains("MUST include EXTENDS"), "{}", run.out);
    assert!(run.err.contains("left out by --max-findings"), "{run:?}");
    assert_eq!(folder.run(&["repair", "m.tla", "--max-findings", "0"]).code, 2);
}

#[test]
fn the_json_form_asks_for_both_files_and_shows_the_configuration_beside() {
    let files = [("p.prompt.md", PROMPT), ("m.tla", MODULE), ("m.cfg", "SPECIFICATION Spec\n")];
    let folder = Folder::with(&files);
    let run = folder.run(&["repair", "m.tla", "--format", "json", "-o", "repair.txt"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    let text = folder.read("repair.txt");
    assert!(
        text.contains("{\"specification\": ") && text.contains("THE CONFIGURATION:\n\nSPECIFICATION Spec"),
        "{text}"
    );
    assert!(!folder.run(&["repair", "m.tla"]).out.contains("SPECIFICATION Spec"));
}

#[test]
fn nothing_to_mend_is_said_and_nothing_is_written() {
    let folder = Folder::with(&[("n.tla", &MODULE.replace("MODULE m", "MODULE n").replace("= y", "= 1"))]);
    let run = folder.run(&["repair", "n.tla"]);
    assert_eq!((run.code, run.out.as_str()), (0, ""), "{run:?}");
    assert!(run.err.contains("n.tla: nothing is to be mended"), "{run:?}");
}

#[test]
fn a_specification_without_a_prompt_or_that_is_not_there_is_told() {
    let folder = Folder::with(&[("n.tla", &MODULE.replace("MODULE m", "MODULE n"))]);
    let run = folder.run(&["repair", "n.tla"]);
    assert!(run.out.contains("Line 5: `y`") && run.err.contains("no prompt governs it"), "{run:?}");
    let run = folder.run(&["repair", "none.tla"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""), "{run:?}");
    let run = folder.run_with_input(&["repair", "-"], MODULE);
    assert!(run.out.contains("Line 5: `y`"), "{run:?}");
}
