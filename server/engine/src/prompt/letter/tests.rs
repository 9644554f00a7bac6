//! What each sentence of a prompt demands by the letter.

use expect_test::{Expect, expect};

use super::*;

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&format!("{:?}", demands(text, ClauseKind::Output)));
}

#[test]
fn module_names() {
    check(r#"The MODULE name must be exactly "queue" (---- MODULE queue ----)"#, expect![[r#"[ModuleName("queue")]"#]]);
    check(r#"The MODULE name must remain exactly "queue""#, expect![[r#"[ModuleName("queue")]"#]]);
    check("Name the module `queue`.", expect![[r#"[ModuleName("queue")]"#]]);
    check("The module name must be exactly queue", expect![[r#"[ModuleName("queue")]"#]]);
    check("Use the suggested module name and structure", expect!["[]"]);
}

#[test]
fn one_clause_may_forbid_prose_comments_and_fences() {
    check(
        "Do not include any explanations, comments, or formatting markers",
        expect!["[NoFences, NoProse, NoComments]"],
    );
    check("Return ONLY pure TLA+ code - no markdown code blocks (no ```tla or ```)", expect!["[NoFences, NoProse]"]);
    check("NO formatting markers of any kind", expect!["[NoFences]"]);
    check("Do not add comments about the translation process", expect!["[NoTranslationComments]"]);
}

#[test]
fn what_lies_outside_of_the_module_is_prose_not_a_comment() {
    check("NO explanations, comments, or text outside the specification", expect!["[NoProse]"]);
    check(
        "Do NOT add INVARIANT or PROPERTY lines to the .cfg. \
         Do NOT include comments or explanations outside the two blocks.",
        expect!["[NoProse]"],
    );
}

#[test]
fn blocks_may_be_demanded_instead() {
    check(
        "Output EXACTLY TWO fenced code blocks — a ```tla block and a ```cfg block. \
         Output NOTHING else (no prose, no markdown outside the fences).",
        expect![[r#"[FencedBlocks(["tla", "cfg"]), NoProse]"#]],
    );
    check("Wrap the module in one fenced code block", expect![[r#"[FencedBlocks([""])]"#]]);
    check(
        "The ```tla block contains the module, starting with ---- MODULE queue ---- and ending with ====",
        expect!["[StartsWithHeader, EndsWithFooter]"],
    );
}

#[test]
fn json_may_be_demanded_instead() {
    check("Return your response as pure JSON text with NO markdown formatting", expect!["[JsonObject([]), NoFences]"]);
    check(
        "Use this exact structure:\n{{\n  \
         \"specification\": \"---- MODULE q ----\\n...\",\n  \"configuration\": \"...\"\n}}",
        expect![[r#"[JsonObject(["specification", "configuration"])]"#]],
    );
    check("Do NOT wrap the JSON in ```json or any other markers", expect!["[NoFences]"]);
}

#[test]
fn first_and_last_lines() {
    check("Start your response directly with: ---- MODULE queue ----", expect!["[StartsWithHeader]"]);
    check("End your response with the closing ====", expect!["[EndsWithFooter]"]);
    check(
        "Start directly with the module declaration and end with the module terminator.",
        expect!["[StartsWithHeader, EndsWithFooter]"],
    );
    check("Start your response immediately with \"SPECIFICATION\"", expect!["[]"]);
}

#[test]
fn invariants() {
    check(
        "**DO NOT define invariants** (like Safety, Invariant, etc.) - focus on behavior",
        expect!["[NoInvariants { allowed: [] }]"],
    );
    check(
        "**DO NOT define invariants** (like Safety) - only include TypeOK, Init, actions, Next, Spec, and Vars",
        expect![[r#"[NoInvariants { allowed: ["TypeOK", "Init", "Next", "Spec", "Vars"] }]"#]],
    );
    check("Do not define invariants except TypeOK.", expect![[r#"[NoInvariants { allowed: ["TypeOK"] }]"#]]);
    check("Use appropriate data structures, actions, and invariants", expect!["[]"]);
}

#[test]
fn extends_lists() {
    check(
        "**MUST include EXTENDS statement**: \
         The specification must extend at least these modules: TLC, Sequences, Bags",
        expect![[r#"[Extends(["TLC", "Sequences", "Bags"])]"#]],
    );
    check(
        "The module must EXTENDS Naturals, Sequences and TLC.",
        expect![[r#"[Extends(["Naturals", "Sequences", "TLC"])]"#]],
    );
    check("Include all necessary EXTENDS, CONSTANTS, VARIABLES, and operators", expect!["[]"]);
    check("Be complete: Include all necessary EXTENDS, CONSTANTS, VARIABLES", expect!["[]"]);
    check(
        "**EXTENDS**: the module must extend these and may extend more: TLC, Bags",
        expect![[r#"[Extends(["TLC", "Bags"])]"#]],
    );
}

#[test]
fn fairness_required_and_excluded() {
    check("The Spec definition MUST include fairness (e.g., WF_vars for actions) for liveness", expect!["[Fairness]"]);
    check("Spec must include Init and Next, with fairness assumptions", expect!["[Fairness]"]);
    check("Do not add fairness conditions to Spec", expect!["[NoFairness]"]);
    check("Spec must be exactly `Spec == Init /\\ [][Next]_vars`", expect!["[NoFairness]"]);
    let scope = demands("Basic fairness under fair thread scheduling", ClauseKind::Scope);
    assert_eq!(scope, []);
    let excluded = demands("Fairness (fix Spec == Init /\\ [][Next]_vars)", ClauseKind::Exclusion);
    assert_eq!(excluded, [Demand::NoFairness]);
    let scheduler = demands("Scheduler queues and their fairness policies", ClauseKind::Exclusion);
    assert_eq!(scheduler, []);
}
