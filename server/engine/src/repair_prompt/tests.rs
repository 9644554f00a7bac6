//! What a repair prompt says.

use expect_test::{Expect, expect};

use super::*;
use crate::{NoModules, Setting, config::Config, judge, prompt::Prompt};

const PROMPT: &str = "MANDATORY CORE ACTIONS (must include all):\n\
                      1. 【Queue】the exact actions `Put` and `Take`\n\n\
                      CRITICAL OUTPUT REQUIREMENTS:\n\
                      1. The MODULE name must be exactly \"queue\" (---- MODULE queue ----)\n\
                      2. MUST include EXTENDS statement with at least these modules: Naturals, Sequences\n\
                      3. Return ONLY pure TLA+ specification code - no markdown code blocks (no ```tla or ```)\n";

const MODULE: &str = "---- MODULE queue ----\nEXTENDS Naturals\nVARIABLES items, count\nvars == <<items, count>>\n\
                      Init == items = {} /\\ count = 0\n\
                      Put(x) ==\n  /\\ items' = items \\cup {x}\n  /\\ count' = cuont + 1\n\
                      Take == FALSE\nNext == \\E x \\in 1..3 : Put(x)\nSpec == Init /\\ [][Next]_vars\n====\n";

fn repair(prompt: &str, reply: &str, wanted: &Wanted) -> Option<RepairPrompt> {
    let document = Document::from(reply);
    let prompt = Prompt::parse(prompt);
    let config = Config::default();
    let contract = prompt.contract();
    let setting =
        Setting { contract: Some(contract), config: &config, file_stem: None, draft: None, modules: &NoModules };
    let judgement = judge(&document, setting);
    repair_prompt(&document, &judgement, Some(contract), wanted)
}

fn check(prompt: &str, reply: &str, wanted: &Wanted, expected: Expect) {
    expected.assert_eq(&repair(prompt, reply, wanted).map(|prompt| prompt.text).unwrap_or_default());
}

#[test]
fn errors_come_with_their_definition_and_clauses_in_the_words_of_the_prompt() {
    check(
        PROMPT,
        MODULE,
        &Wanted::default(),
        expect![[r#"
            The TLA+ specification at the end of this message has to be mended. Mend what is listed here and change nothing else. Lines are counted in the specification as it stands at the end.

            ERRORS:

            1. Line 8: `cuont` is not declared or defined at this place; declare it, define it before its use or extend the module that has it
               `Put` is now (lines 6 to 8):
                  Put(x) ==
                    /\ items' = items \cup {x}
                    /\ count' = cuont + 1

            WHAT THE SPECIFICATION WAS ASKED FOR AND DOES NOT DO:

            2. Under "CRITICAL OUTPUT REQUIREMENTS" it was asked for this:
                  MUST include EXTENDS statement with at least these modules: Naturals, Sequences
               What is wrong:
               - line 2: EXTENDS lacks Sequences: the prompt demands it by name

            3. Under "MANDATORY CORE ACTIONS (must include all)" it was asked for this:
                  Queue: the exact actions `Put` and `Take`
               It is only named, no step does it: Take (named in `Take`, line 9, but no reachable step uses it); met: Put by `Put`, line 6.

            WHAT STAYS AS IT IS:

            - the module's name, `queue`
            - these definitions, but for a new variable in what they leave unchanged: `vars`, `Init`, `Spec`
            - everything else that is not named above; `Next` alone takes up new actions

            HOW TO ANSWER:

            Answer with the whole specification, mended, from its header line to the closing ====, and with nothing else: no code fences, no words before or after it.

            THE SPECIFICATION:

            ---- MODULE queue ----
            EXTENDS Naturals
            VARIABLES items, count
            vars == <<items, count>>
            Init == items = {} /\ count = 0
            Put(x) ==
              /\ items' = items \cup {x}
              /\ count' = cuont + 1
            Take == FALSE
            Next == \E x \in 1..3 : Put(x)
            Spec == Init /\ [][Next]_vars
            ====
        "#]],
    );
}

#[test]
fn what_is_met_is_not_spoken_of() {
    let text = repair(PROMPT, MODULE, &Wanted::default()).unwrap().text;
    for met in ["no markdown code blocks", "must be exactly"] {
        assert!(!text.contains(met), "{met}: {text}");
    }
}

#[test]
fn a_specification_that_keeps_to_its_prompt_needs_no_repair() {
    let prompt =
        "CRITICAL OUTPUT REQUIREMENTS:\n1. MUST include EXTENDS statement with at least these modules: Naturals\n";
    let module = MODULE.replace("cuont", "count").replace("Take == FALSE\n", "");
    assert_eq!(repair(prompt, &module, &Wanted::default()), None);
}

#[test]
fn only_so_many_points_are_told_the_most_important_first() {
    let one = repair(PROMPT, MODULE, &Wanted { most: Some(1), ..Wanted::default() }).unwrap();
    assert_eq!(one.points, 1);
    assert!(one.left_out > 0 && one.text.contains("cuont") && !one.text.contains("EXTENDS statement"), "{}", one.text);
    let none = repair(PROMPT, MODULE, &Wanted { most: Some(0), ..Wanted::default() }).unwrap();
    assert_eq!(none.points, 1, "a prompt that asks for nothing is none");
}

#[test]
fn the_answer_is_asked_for_in_the_form_that_the_prompt_demands_or_as_json() {
    let form = |prompt: &str, wanted: &Wanted| {
        let text = repair(prompt, MODULE, wanted).unwrap().text;
        let (_, rest) = text.split_once("HOW TO ANSWER:\n\n").unwrap();
        rest.split_once("\n\nTHE ").unwrap().0.to_owned()
    };
    assert!(form(PROMPT, &Wanted::default()).contains("no code fences, no words"));
    let fenced = "OUTPUT REQUIREMENTS:\n1. Return exactly two fenced code blocks: ```tla and ```cfg\n";
    assert!(form(fenced, &Wanted::default()).contains("(```tla, then ```cfg)"), "{}", form(fenced, &Wanted::default()));
    let json =
        Wanted { form: AnswerForm::Json, configuration: Some("SPECIFICATION Spec\n".to_owned()), ..Wanted::default() };
    let form = form(PROMPT, &json);
    assert!(form.contains("{\"specification\": ") && form.contains("\"configuration\": "), "{form}");
    let text = repair(PROMPT, MODULE, &json).unwrap().text;
    assert!(text.contains("THE CONFIGURATION:\n\nSPECIFICATION Spec\n"), "{text}");
}

#[test]
fn a_module_in_json_is_shown_as_a_module_with_its_own_lines() {
    let escaped = crate::reply::JsonString::escaped(MODULE);
    let reply = format!("{{\"specification\": \"{escaped}\", \"configuration\": \"\"}}");
    let text = repair(PROMPT, &reply, &Wanted::default()).unwrap().text;
    assert!(text.contains("1. Line 8: ") && text.contains("`Put` is now (lines 6 to 8)"), "{text}");
    assert!(text.ends_with(MODULE), "{text}");
}

#[test]
fn of_a_long_definition_only_the_lines_around_the_error_are_shown() {
    let rows: String = (0..100).map(|row| format!("  /\\ {row} \\in Nat\n")).collect();
    let module = MODULE.replace("Take == FALSE\n", &format!("Long ==\n{}", rows.replace("50 ", "cuont ")));
    let text = repair(PROMPT, &module, &Wanted::default()).unwrap().text;
    let quoted = text.split("THE SPECIFICATION:").next().unwrap();
    assert!(quoted.contains("/\\ 45 \\in Nat") && !quoted.contains("/\\ 90 \\in Nat"), "{quoted}");
}
