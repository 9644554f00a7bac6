//! Whatever the text, the judgement ends, stays within the text, and is the same for an edited document as for a fresh one.

use proptest::prelude::*;
use tla_contract_engine::{
    Document, Judgement, NoModules, Setting,
    config::Config,
    diagnostic::{Edit, Fix, Safety, Span, apply_edits},
    judge,
    prompt::{Prompt, builtins},
    repair::repair,
};

/// How many texts each property is tried on; `PROPTEST_CASES` sets it.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

const MODULE: &str = r#"---- MODULE etcdraft ----
EXTENDS Naturals, Sequences
CONSTANTS Server, Nil
VARIABLES state, log, \* the log
          votes
vars == <<state, log, votes>>
(* all begin
   as followers *)
Init == /\ state = [s \in Server |-> "StateFollower"]
        /\ log = [s \in Server |-> <<>>]
        /\ votes = {}
Send(m) == votes' = votes \cup {m}
Timeout(s) ==
    /\ state[s] \in {"StateFollower", "StateCandidate"}
    /\ IF Len(log[s]) > 0
       THEN Send([type |-> "MsgHup", from |-> s])
       ELSE LET n == 1 IN votes' = {n}
    /\ state' = [state EXCEPT ![s] = "StatePreCandidate"]
    /\ UNCHANGED log
f[i \in Nat] == IF i = 0 THEN 1 ELSE i * f[i - 1]
Next == \/ \E s \in Server : Timeout(s)
        \/ CASE votes = {} -> UNCHANGED vars [] OTHER -> FALSE
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
====
"#;

fn piece() -> impl Strategy<Value = String> {
    let words = [
        "/\\",
        "\\/",
        "==",
        "=",
        "'",
        "\n",
        "\n    ",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "<<",
        ">>",
        "|->",
        "->",
        "\\in",
        "LET ",
        " IN ",
        "IF ",
        " THEN ",
        " ELSE ",
        "CASE ",
        "EXCEPT",
        "!",
        "\\E x \\in S : ",
        "UNCHANGED ",
        "[]",
        "<>",
        "WF_vars(Next)",
        "(*",
        "*)",
        "\\* c",
        "\"",
        "\"s\"",
        "----",
        "====",
        "---- MODULE M ----\n",
        "```",
        "x",
        "Foo",
        "A(b) ==",
        " 12 ",
        ",",
        ";",
        ":",
        "@",
        "_",
        "极",
        "😀",
        "\t",
        "\r\n",
        "INSTANCE ",
        "WITH ",
        "<-",
        "LAMBDA ",
        "RECURSIVE ",
        "THEOREM ",
        "<1>1. ",
        "&&",
        "!=",
        "\u{0}",
        "{\"specification\": \"",
        "\\n",
        "</think>",
    ];
    prop_oneof![8 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned), 1 => ".{0,6}"]
}

fn soup() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..120).prop_map(|pieces| pieces.concat())
}

/// A real module with some bytes replaced.
fn mutant() -> impl Strategy<Value = String> {
    proptest::collection::vec((0..MODULE.len(), 0usize..12, piece()), 0..5).prop_map(|changes| {
        let mut text = MODULE.to_owned();
        for (at, length, with) in changes {
            let floor = |text: &str, mut at: usize| {
                at = at.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let (start, end) = (floor(&text, at), floor(&text, at + length));
            text.replace_range(start..end, &with);
        }
        text
    })
}

fn with_setting<T>(use_it: impl FnOnce(Setting<'_>) -> T) -> T {
    let prompt = Prompt::parse(builtins()[0].text);
    let config = Config::default();
    use_it(Setting {
        contract: Some(prompt.contract()),
        config: &config,
        file_stem: Some("etcdraft"),
        draft: None,
        modules: &NoModules,
    })
}

fn stays_within(text: &str, judgement: &Judgement) {
    let whole = Span::new(0, text.len());
    let inside = |span: Span| {
        assert!(whole.contains(span) && span.start <= span.end, "{span:?} in {} bytes", text.len());
        assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?} cuts a character");
    };
    for finding in &judgement.findings {
        inside(finding.span);
        finding.related.iter().for_each(|related| inside(related.span));
        finding.fixes.iter().flat_map(|fix| &fix.edits).for_each(|edit| inside(edit.span));
    }
    judgement.verdicts.iter().flat_map(|verdict| &verdict.evidence).for_each(|evidence| inside(evidence.span));
}

/// Whether two fixes can be made together: no edit of one touches one of the other.
fn apart(one: &Fix, other: &Fix) -> bool {
    let touch = |one: Span, other: Span| one.touches(other.start) || other.touches(one.start);
    !one.edits.iter().any(|edit| other.edits.iter().any(|other| touch(edit.span, other.span)))
}

/// How much longer an edit makes the text.
fn growth(edit: &Edit) -> isize {
    edit.text.len().cast_signed() - edit.span.len().cast_signed()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn any_text_is_judged_within_its_bounds(text in prop_oneof![soup(), mutant(), soup().prop_map(|soup| format!("---- MODULE M ----\n{soup}"))]) {
        let judgement = with_setting(|setting| judge(&Document::from(text.as_str()), setting));
        stays_within(&text, &judgement);
    }

    #[test]
    fn an_edited_document_is_judged_as_a_fresh_one(
        text in mutant(),
        edits in proptest::collection::vec((0usize..1200, 0usize..20, piece()), 1..6),
    ) {
        let mut document = Document::from(text.as_str());
        for (at, length, with) in edits {
            document = document.edited(&[Edit::replace(Span::new(at, at + length), with)]);
        }
        let fresh = Document::from(document.source());
        let (kept, anew) = with_setting(|setting| (judge(&document, setting), judge(&fresh, setting)));
        prop_assert_eq!(kept, anew);
    }

    #[test]
    fn some_of_the_safe_fixes_give_the_same_in_any_order(
        text in mutant(),
        picks in proptest::collection::vec(any::<proptest::sample::Index>(), 1..8),
    ) {
        let document = Document::from(text.as_str());
        let findings = with_setting(|setting| judge(&document, setting)).findings;
        let offered: Vec<&Fix> = findings
            .iter()
            .filter_map(|finding| finding.fixes.iter().find(|fix| fix.safety == Safety::Safe))
            .collect();
        let mut chosen: Vec<&Fix> = Vec::new();
        for pick in picks.iter().filter(|_| !offered.is_empty()) {
            let fix = *pick.get(&offered);
            if chosen.iter().all(|other| apart(fix, other)) {
                chosen.push(fix);
            }
        }
        let at_once: Vec<Edit> = chosen.iter().flat_map(|fix| fix.edits.clone()).collect();
        let (wanted, left_out) = apply_edits(&text, &at_once);
        prop_assert_eq!(left_out, 0);
        // In the order in which they were picked, each in the text that the ones before it left.
        let mut made: Vec<&Edit> = Vec::new();
        let mut current = document;
        for fix in &chosen {
            let mut edits: Vec<&Edit> = fix.edits.iter().collect();
            edits.sort();
            for edit in edits.into_iter().rev() {
                let before = |made: &&&Edit| made.span.start < edit.span.start && !fix.edits.contains(made);
                let grown: isize = made.iter().filter(before).map(|made| growth(made)).sum();
                let span = Span::new(edit.span.start.strict_add_signed(grown), edit.span.end.strict_add_signed(grown));
                current = current.edited(&[Edit::replace(span, edit.text.as_str())]);
                made.push(edit);
            }
        }
        prop_assert_eq!(current.source(), wanted);
    }

    #[test]
    fn fixes_come_to_an_end_and_once_is_enough(text in mutant()) {
        with_setting(|setting| {
            for reach in [Safety::Safe, Safety::Ask] {
                let once = repair(&Document::from(text.as_str()), setting, reach);
                let twice = repair(&once.document, setting, reach);
                assert_eq!(once.document.source(), twice.document.source());
            }
        });
    }
}
