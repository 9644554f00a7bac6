//! What is said of the frames of small modules: the action, the variables, the path, and what a fix makes of it.

use expect_test::{Expect, expect};

use crate::{
    Document, NoModules, Setting,
    config::Config,
    diagnostic::{Edit, Safety, apply_edits},
};

/// Judges the actions of a module with the variables `x`, `y` and `z`, in a module that has the rest.
fn check(actions: &str, expected: Expect) {
    let text = format!(
        "---- MODULE M ----\nEXTENDS Naturals\nCONSTANT S\nVARIABLES x, y, z\nvars == <<x, y, z>>\nInit == x = 0 /\\ y = 0 /\\ \
         z = 0\n{actions}\nSpec == Init /\\ [][Next]_vars\n====\n"
    );
    expected.assert_eq(&told(&text));
}

/// The findings of the family, and the lines that the first fixes change.
fn told(text: &str) -> String {
    let config = Config::default();
    let setting = Setting { contract: None, config: &config, file_stem: None, draft: None, modules: &NoModules };
    let document = Document::from(text);
    let findings = crate::judge(&document, setting).findings;
    let mut told = String::new();
    for finding in findings.iter().filter(|finding| finding.rule.starts_with("frame/")) {
        let message = finding.message.split([':', ';']).next().unwrap();
        told += &format!("{} {message}\n", finding.rule.trim_start_matches("frame/"));
        for fix in finding.fixes.iter().take(1) {
            let edits: Vec<Edit> = fix.edits.clone();
            let fixed = apply_edits(text, &edits).0;
            let mark = if fix.safety == Safety::Safe { '+' } else { '?' };
            for line in fixed.lines().filter(|line| !text.lines().any(|known| known == *line)) {
                told += &format!("{mark} {line}\n");
            }
        }
    }
    told
}

#[test]
fn an_action_that_says_everything_is_silent() {
    check("Next == x' = 1 /\\ y' \\in {1, 2} /\\ UNCHANGED z", expect![""]);
    check("pair == <<x, y>>\nNext == z' = 1 /\\ UNCHANGED pair", expect![""]);
    check("Next == z' = 1 /\\ UNCHANGED <<x, <<y>>>>", expect![""]);
    check("Next == <<x, y, z>>' = <<1, 2, 3>>", expect![""]);
    check("Next == vars' = vars", expect![""]);
}

#[test]
fn a_bound_name_that_stands_for_an_action_says_what_nobody_knows() {
    check("Actions == {x' = 1, y' = 2}\nNext == \\E action \\in Actions : action", expect![""]);
    check(
        "Next == \\E found \\in BOOLEAN : found",
        expect![[r#"
            unspecified-variable `Next` leaves `x`, `y` and `z` unspecified
        "#]],
    );
}

#[test]
fn what_a_test_says_of_the_next_state_holds_in_its_branch() {
    check("Next == IF x' = 1 THEN UNCHANGED <<y, z>> ELSE UNCHANGED vars", expect![""]);
}

#[test]
fn a_subscript_with_what_an_instance_names_is_left_alone() {
    let module = "---- MODULE M ----\n---- MODULE Inner ----\nVARIABLE x\nvars == <<x>>\n====\nVARIABLES x, y\nI == \
                  INSTANCE Inner\nall == I!vars \\o <<y>>\nInit == x = 0 /\\ y = 0\nNext == x' = 1 /\\ y' = 1\nSpec == Init /\\ \
                  [][Next]_all\n====\n";
    assert_eq!(told(module), "");
}

#[test]
fn a_list_gets_a_conjunct_in_its_own_layout() {
    check(
        "Next == /\\ x' = 1 \\* one\n        /\\ y' = 1 \\* two",
        expect![[r"
            unspecified-variable `Next` leaves `z` unspecified
            +         /\ UNCHANGED z
        "]],
    );
}

#[test]
fn an_unchanged_is_completed() {
    check(
        "Next == x' = 1 /\\ UNCHANGED y",
        expect![[r"
            unspecified-variable `Next` leaves `z` unspecified
            + Next == x' = 1 /\ UNCHANGED <<y, z>>
        "]],
    );
    check(
        "Next == x' = 1 /\\ UNCHANGED <<y>>",
        expect![[r"
            unspecified-variable `Next` leaves `z` unspecified
            + Next == x' = 1 /\ UNCHANGED <<y, z>>
        "]],
    );
}

#[test]
fn each_disjunct_of_next_is_an_action_of_its_own() {
    check(
        "A == x' = 1 /\\ UNCHANGED <<y, z>>\nB(i) == y' = i\nNext == A \\/ \\E i \\in S : B(i)",
        expect![[r"
            unspecified-variable `B` leaves `x` and `z` unspecified
            + B(i) == y' = i /\ UNCHANGED <<x, z>>
        "]],
    );
}

#[test]
fn the_path_that_leaves_a_variable_out_is_told() {
    check(
        "Next == /\\ x' = 1\n        /\\ IF x = 0 THEN y' = 1 /\\ z' = 1 ELSE z' = 2",
        expect![[r"
            unspecified-variable `Next` leaves `y` unspecified where `x = 0` does not hold
        "]],
    );
    check(
        "Next == /\\ x' = 1\n        /\\ \\/ y' = 1\n           \\/ /\\ x = 0\n              /\\ UNCHANGED y\n           \\/ x = 2\n        /\\ z' = 0",
        expect![[r"
            unspecified-variable `Next` leaves `y` unspecified in the disjunct `x = 2`
        "]],
    );
    check(
        "Next == /\\ CASE x = 0 -> y' = 1 [] x = 1 -> TRUE [] OTHER -> UNCHANGED y\n        /\\ UNCHANGED <<x, z>>",
        expect![[r"
            unspecified-variable `Next` leaves `y` unspecified in the CASE of `x = 1`
        "]],
    );
}

#[test]
fn an_impossible_branch_needs_to_say_nothing() {
    check("Next == /\\ IF x = 0 THEN y' = 1 ELSE FALSE\n        /\\ UNCHANGED <<x, z>>", expect![""]);
    check("EXTENDS TLC\nNext == (x' = 1 /\\ UNCHANGED <<y, z>>) \\/ Assert(FALSE, \"no\")", expect![""]);
}

#[test]
fn what_stands_around_the_disjunction_counts_for_all_branches() {
    check("A == x' = 1\nB == x' = 2\nNext == (A \\/ B) /\\ UNCHANGED <<y, z>>", expect![""]);
    check(
        "A == x' = 1\nB == x' = 2\nNext == /\\ A \\/ B\n        /\\ UNCHANGED y",
        expect![[r"
            unspecified-variable `Next` leaves `z` unspecified
            +         /\ UNCHANGED <<y, z>>
        "]],
    );
}

#[test]
fn calls_hand_variables_and_actions_over() {
    check("Set(v, e) == v' = e\nNext == Set(x, 1) /\\ Set(y, x) /\\ UNCHANGED z", expect![""]);
    check("Both(A, B) == A /\\ B\nNext == Both(x' = 1, UNCHANGED <<y, z>>)", expect![""]);
    check("Keep(vs) == UNCHANGED vs\nNext == x' = 1 /\\ Keep(<<y, z>>)", expect![""]);
    check(
        "Set(v, e) == v' = e\nNext == Set(x, 1) /\\ Set(y, x)",
        expect![[r"
            unspecified-variable `Next` leaves `z` unspecified
            + Next == Set(x, 1) /\ Set(y, x) /\ UNCHANGED z
        "]],
    );
}

#[test]
fn local_operators_count() {
    check("Next == LET Rest == UNCHANGED <<y, z>> IN x' = 1 /\\ Rest", expect![""]);
    check("Next == LET Put(v) == x' = v IN \\E i \\in S : Put(i) /\\ UNCHANGED <<y, z>>", expect![""]);
}

#[test]
fn what_is_not_known_silences_the_path_and_no_other() {
    check(
        "Next == \\/ Imported(x)\n        \\/ M!Step\n        \\/ x' = 1 /\\ y' = 1",
        expect![[r"
            unspecified-variable `Next` leaves `z` unspecified in the disjunct `x' = 1 /\ y' = 1`
            +         \/ x' = 1 /\ y' = 1 /\ UNCHANGED z
        "]],
    );
    check(
        "RECURSIVE Loop(_)\nLoop(n) == IF n = 0 THEN x' = 1 ELSE Loop(n - 1)\nNext == Loop(3)",
        expect![[r"
        unspecified-variable `Loop` leaves `y` and `z` unspecified where `n = 0` holds
    "]],
    );
}

#[test]
fn a_test_of_the_next_value_is_not_forgotten() {
    check("Next == x' > x /\\ y' = 1 /\\ UNCHANGED z", expect![""]);
    check("Next == (\\A i \\in S : x'[i] = 0) /\\ y' = 1 /\\ UNCHANGED z", expect![""]);
    check(
        "Next == y' = x' /\\ UNCHANGED z",
        expect![[r"
            unspecified-variable `Next` leaves `x` unspecified
            + Next == y' = x' /\ UNCHANGED <<z, x>>
        "]],
    );
}

#[test]
fn branches_that_may_be_guarded_alike_are_left_alone() {
    check(
        "Next == /\\ IF x = 0 THEN y' = 1 ELSE TRUE\n        /\\ IF x # 0 THEN y' = 2 ELSE TRUE\n        /\\ UNCHANGED <<x, z>>",
        expect![""],
    );
}

#[test]
fn a_variable_with_two_values_on_one_path() {
    check(
        "Next == x' = 1 /\\ y' = 1 /\\ UNCHANGED <<z, x>>",
        expect![[r"
            doubly-assigned on one path of `Next`, `x` is both given a value and kept UNCHANGED
            ? Next == x' = 1 /\ y' = 1 /\ UNCHANGED <<z>>
        "]],
    );
    check(
        "Put(e) == x' = e\nNext == /\\ Put(1)\n        /\\ y = 1 \\/ Put(2)\n        /\\ UNCHANGED <<y, z>>",
        expect![[r"
            doubly-assigned on one path of `Next`, `x` is given a value twice
        "]],
    );
    check("Next == (x' = 1 \\/ x' = 2) /\\ UNCHANGED <<y, z>>", expect![""]);
    check("Next == x' \\in {1, 2} /\\ x' = x + 1 /\\ UNCHANGED <<y, z>>", expect![""]);
}

#[test]
fn two_changes_of_one_record_are_merged() {
    check(
        "Next ==\n  /\\ x' = [x EXCEPT ![1] = 2]\n  /\\ x' = [x' EXCEPT ![2] = @ + 1]\n  /\\ UNCHANGED <<y, z>>",
        expect![[r"
            doubly-assigned on one path of `Next`, `x` is given a value twice
            ?   /\ x' = [x EXCEPT ![1] = 2, ![2] = @ + 1]
        "]],
    );
}

#[test]
fn init_and_vars_speak_of_every_variable() {
    let module = |vars: &str, init: &str| {
        told(&format!(
            "---- MODULE M ----\nVARIABLES x, y\nvars == {vars}\nInit == {init}\nNext == x' = y /\\ y' = x\nSpec == Init /\\ [][Next]_vars\n====\n"
        ))
    };
    expect![[r"
        vars-incomplete the subscript of `[Next]_…` misses `y`
        + vars == <<x, y>>
    "]]
    .assert_eq(&module("<<x>>", "x = 0 /\\ y = 0"));
    expect![[r"
        init-incomplete `Init` says nothing of `y` in the disjunct `x = 1`
    "]]
    .assert_eq(&module("<<x, y>>", "(x = 0 /\\ y \\in {1}) \\/ x = 1"));
    expect![""].assert_eq(&module("<<x, y>>", "<<x, y>> = <<0, 0>>"));
    expect![""].assert_eq(&module("<<x, y>>", "Imported"));
}

#[test]
fn a_module_without_variables_or_next_is_not_judged() {
    expect![""].assert_eq(&told("---- MODULE M ----\nVARIABLES x, y\nA == x' = 1\n====\n"));
    expect![""].assert_eq(&told("---- MODULE M ----\nEXTENDS Other\nNext == Step /\\ x' = 1\n====\n"));
}
