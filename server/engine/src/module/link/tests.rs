//! What linking says of names and levels, told by small modules.

use std::sync::Arc;

use expect_test::{Expect, expect};

use super::Linked;
use crate::{Document, ModuleSource, NoModules, diagnostic::Edit};

/// Modules of a test, each beside the one that is judged.
struct Beside(Vec<Arc<Document>>);

impl ModuleSource for Beside {
    fn module(&self, name: &str) -> Option<Arc<Document>> {
        self.0.iter().find(|document| document.module_name() == Some(name)).cloned()
    }
}

fn told(document: &Document, linked: &Linked) -> String {
    let problems = linked.problems.iter().map(|(unit, problem)| {
        let span = problem.span.shifted(document.units()[*unit].range.span.start);
        let text = &document.source()[span.start..span.end];
        format!("{}: {text}: {}\n", document.text().line_of(span.start) + 1, problem.message)
    });
    problems.collect()
}

fn check(body: &str, expected: Expect) {
    let document = Document::from(format!("---- MODULE M ----\n{body}\n====").as_str());
    expected.assert_eq(&told(&document, &Linked::of(&document, &NoModules)));
}

fn check_levels(body: &str, expected: Expect) {
    let document = Document::from(format!("---- MODULE M ----\n{body}\n====").as_str());
    let linked = Linked::of(&document, &NoModules);
    let names = document.units().iter().filter_map(|unit| match &unit.syntax.item {
        crate::syntax::tree::Item::Definition(definition) => Some(definition.ident.name.clone()),
        _ => None,
    });
    let levels = names.map(|name| format!("{name}: {:?}\n", linked.level_of(&name)));
    expected.assert_eq(&(levels.collect::<String>() + &told(&document, &linked)));
}

#[test]
fn names_are_known_after_their_definition_and_nowhere_shadowed() {
    check(
        "VARIABLE x\nA == B + y\nB == \\E x \\in {1} : x\nC(p) == LET p == 1 IN p\nD == LAMBDA a : a",
        expect![[r#"
            3: +: `+` is not declared or defined at this place
            3: B: `B` is not declared or defined at this place
            3: y: `y` is not declared or defined at this place
            4: x: `x` is a variable of this module already; TLA+ has no shadowing, give the bound name another name
            5: p: `p` is a parameter already here; TLA+ has no shadowing, give the definition another name
        "#]],
    );
}

#[test]
fn recursion_is_declared_first_and_functions_need_no_declaration() {
    check(
        "EXTENDS Naturals\nRECURSIVE Sum(_)\nSum(n) == IF n = 0 THEN 0 ELSE n + Sum(n - 1)\n\
         f[n \\in Nat] == IF n = 0 THEN 1 ELSE f[n - 1]\nLoop(n) == Loop(n)\nRECURSIVE Lost(_)",
        expect![[r#"
            6: Loop: `Loop` is not declared or defined at this place
            7: Lost: `Lost` is declared RECURSIVE and never defined
        "#]],
    );
}

#[test]
fn one_definition_by_two_ways_is_no_collision_but_a_copy_is() {
    check(
        "EXTENDS Integers, Sequences, SequencesExt, Naturals\nLOCAL INSTANCE FiniteSets\nMax(S) == 1\nTail(s) == s",
        expect![[r#"
            4: Max: `Max` is an operator of module FiniteSetsExt already, which this module has by EXTENDS or INSTANCE; give the operator another name or drop it
            5: Tail: `Tail` is an operator of module Sequences already, which this module has by EXTENDS or INSTANCE; give the operator another name or drop it
        "#]],
    );
}

#[test]
fn instances_bring_their_operators_and_want_their_constants() {
    let inner = "---- MODULE Inner ----\nEXTENDS Naturals\nCONSTANT Limit\nVARIABLE n\nLOCAL Hidden == 1\n\
                 Below(a) == a + n < Limit\nNext == n' = n + 1\n====";
    let outer = "---- MODULE Outer ----\nVARIABLES n, m\nA == INSTANCE Inner\nB == INSTANCE Inner WITH Limit <- 3\n\
                 C == B!Below(1) /\\ B!Below /\\ B!Hidden /\\ B!Next\nD == INSTANCE Inner WITH Limit <- m, n <- n'\n====";
    let document = Document::from(outer);
    let linked = Linked::of(&document, &Beside(vec![Arc::new(inner.into())]));
    expect![[r#"
        3: INSTANCE Inner: the constant `Limit` of module Inner needs a substitution: nothing here has that name
        5: B!Below: `Below` takes 1 argument, and none are given here
        5: Hidden: module Inner has no `Hidden`
        6: m: the constant `Limit` of module Inner can't be replaced by a state expression
        6: n': the variable `n` of module Inner can't be replaced by an action
    "#]]
    .assert_eq(&told(&document, &linked));
    assert_eq!(linked.level_of("C"), None);
}

#[test]
fn a_module_that_is_not_found_silences_what_may_come_from_it() {
    check(
        "EXTENDS Lost\nA == Unknown(1)\nB == LET A == 1 IN A",
        expect![[r#"
            2: Lost: module Lost is not found beside this file, in the workspace, in a library folder or in the engine's own library; what comes from it is not judged
            4: A: `A` is a definition of this module already; TLA+ has no shadowing, give the definition another name
        "#]],
    );
}

#[test]
fn levels_follow_definitions_parameters_and_lets() {
    check_levels(
        "VARIABLES x, y\nCONSTANT C\nInit == x = C\nStep(a) == x' = a\nLater(a) == a'\nNext == Step(y) /\\ LET z == y IN y' = z\n\
         Spec == Init /\\ [][Next]_<<x, y>> /\\ WF_x(Next)\nTwice == Later(Later(x))\nCan == ENABLED Next\n\
         Mixed == Next /\\ []Init\nBoxed == []Next\nMap(Op(_), a) == Op(a)\nPrimed == Map(LAMBDA b : b', x')",
        expect![[r#"
            Init: Some(State)
            Step: Some(Action)
            Later: Some(Action)
            Next: Some(Action)
            Spec: Some(Temporal)
            Twice: None
            Can: Some(State)
            Mixed: None
            Boxed: None
            Map: Some(Constant)
            Primed: None
            9: Later(x): `Later` takes nothing with primes or temporal operators here, and this is an action
            11: Next /\ []Init: `/\` joins a temporal formula and an action here; put the action into `[A]_v` or under `[]`, or move the temporal formula out
            12: []Next: `[]` of an action must be written `[][A]_v`, with the variables v that may stutter
            14: Map(LAMBDA b : b', x'): `Map` gives its argument 2, an action, to the operator that is its argument 1, and that one takes no such thing
        "#]],
    );
}

#[test]
fn nested_modules_see_what_is_around_them() {
    check(
        "CONSTANT C\n---- MODULE Inner ----\nVARIABLE v\nInit == v = C\n====\nVARIABLE w\nI == INSTANCE Inner WITH v <- w\nA == I!Init\nB == Init",
        expect![[r#"
            10: Init: `Init` is not declared or defined at this place
        "#]],
    );
}

#[test]
fn what_is_kept_from_the_text_before_an_edit_changes_nothing() {
    let text =
        "---- MODULE M ----\nEXTENDS Naturals\nVARIABLE x\nA == x + 1\nB == A + y\nC == \\E z \\in {1} : B = z\n====";
    let mut document = Document::from(text);
    let edits = [("EXTENDS Naturals", "EXTENDS FiniteSets"), ("VARIABLE x", "VARIABLES x, y"), ("A == x", "A == x'")];
    for (old, new) in edits {
        Linked::of(&document, &NoModules);
        let start = document.source().find(old).unwrap();
        let span = crate::diagnostic::Span::new(start, start + old.len());
        document = document.edited(&[Edit::replace(span, new)]);
        let fresh = Document::from(document.source());
        let (kept, anew) = (Linked::of(&document, &NoModules), Linked::of(&fresh, &NoModules));
        assert_eq!(told(&document, &kept), told(&fresh, &anew), "after {new}");
        assert_eq!(kept.level_of("B"), anew.level_of("B"), "after {new}");
    }
}

#[test]
fn a_recursive_operator_may_take_operators() {
    check(
        "RECURSIVE F(_, _)\nF(f(_), n) == IF n = {} THEN f(n) ELSE F(f, f(n))\nG == F(LAMBDA x : x, {})",
        expect![[""]],
    );
}

#[test]
fn nested_modules_of_two_modules_may_have_one_name() {
    let inner = |name: &str| format!("  ---- MODULE {name} ----\n  ---- MODULE Send ----\n  A == 1\n  ====\n  ====\n");
    check(
        &format!("{}{}C == INSTANCE Client\nS == INSTANCE Send", inner("Client"), inner("Server")),
        expect![[r#"
        13: Send: module Send is not found beside this file, in the workspace, in a library folder or in the engine's own library; what comes from it is not judged
    "#]],
    );
}

#[test]
fn use_takes_what_is_built_in_and_hide_does_not() {
    check("USE TRUE", expect![[""]]);
    check(
        "HIDE TRUE",
        expect![[r#"
        2: TRUE: `TRUE` is no theorem or assumption; a definition is hidden by HIDE DEF
    "#]],
    );
}

/// A module of the same name lies somewhere around.
struct Around(Document);

impl ModuleSource for Around {
    fn module(&self, _name: &str) -> Option<Arc<Document>> {
        None
    }

    fn module_elsewhere(&self, name: &str) -> Option<Arc<Document>> {
        (self.0.module_name() == Some(name)).then(|| Arc::new(self.0.clone()))
    }
}

#[test]
fn a_module_of_the_own_file_comes_before_one_that_lies_around() {
    let around = Around(Document::from("---- MODULE B ----\nCONSTANT other\n===="));
    let document = |rest: &str| {
        Document::from(format!("---- MODULE M ----\nVARIABLE x\nINSTANCE B WITH y <- x\n====\n{rest}").as_str())
    };
    let own = document("---- MODULE B ----\nVARIABLE y\n====\n");
    assert_eq!(told(&own, &Linked::of(&own, &around)), "");
    let none = document("");
    assert!(told(&none, &Linked::of(&none, &around)).contains("`y` is no CONSTANT or VARIABLE of module B"));
}
