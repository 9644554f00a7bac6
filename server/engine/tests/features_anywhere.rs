//! Whatever the text and wherever the cursor: what editors are shown ends, and stays within the text.

use proptest::prelude::*;
use tla_contract_engine::{
    Document, NoModules,
    diagnostic::Span,
    features::{complete, fold, hints, hover, lens, navigate, prompts, rename, select, signature, symbols, tokens},
    prompt::Prompt,
};

/// How many texts each property is tried on; `PROPTEST_CASES` sets it.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(64)
}

const MODULE: &str = r#"---- MODULE M ----
EXTENDS Naturals, Sequences
CONSTANTS Server, Op(_, _)
VARIABLES state, log \* the log
vars == <<state, log>>
(* all begin *)
Init == /\ state = [s \in Server |-> "a"]
        /\ log = <<>>
Timeout(s) ==
    /\ LET n == 1
           f[i \in Nat] == IF i = 0 THEN 1 ELSE f[i - 1]
       IN  state' = [state EXCEPT ![s] = Op(n, f[2])]
    /\ UNCHANGED log
---- MODULE Inner ----
I == INSTANCE Naturals WITH x <- state
J == I!Nat + LAMBDA y : y
====
Next == \E s \in Server : Timeout(s) \/ CHOOSE x : [kind |-> x].kind = {}
Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
THEOREM T == Spec => []TRUE PROOF BY DEF Spec
====
"#;

/// The module with a piece cut out and another put in.
fn mangled() -> impl Strategy<Value = String> {
    let pieces = [
        "",
        "(",
        "{",
        "]",
        "\"",
        "(*",
        "\\* ",
        "==",
        "LET ",
        "\\E x \\in ",
        "'",
        ".",
        "!",
        "\\",
        "极",
        "😀",
        "\n",
        "\r\n",
    ];
    let cut = (0..MODULE.len(), 0usize..60, proptest::sample::select(pieces.to_vec()));
    proptest::collection::vec(cut, 0..4).prop_map(|cuts| {
        let mut text = MODULE.to_owned();
        for (start, length, piece) in cuts {
            let floor = |mut at: usize| {
                at = at.min(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                at
            };
            let (start, end) = (floor(start), floor(start + length));
            text.replace_range(start..end, piece);
        }
        text
    })
}

fn within(text: &str, span: Span) -> Result<(), TestCaseError> {
    prop_assert!(text.get(span.start..span.end).is_some(), "{span:?} of {} bytes", text.len());
    Ok(())
}

fn entries_lie_within_their_parents(text: &str, entries: &[symbols::OutlineEntry]) -> Result<(), TestCaseError> {
    for entry in entries {
        within(text, entry.span)?;
        prop_assert!(entry.span.contains(entry.selection), "{entry:?}");
        prop_assert!(entry.children.iter().all(|child| entry.span.contains(child.span)), "{entry:?}");
        entries_lie_within_their_parents(text, &entry.children)?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]

    #[test]
    fn what_is_shown_of_the_whole_stays_within_the_text(text in mangled()) {
        let document = Document::from(text.as_str());
        for action in lens::actions(&document, &NoModules) {
            within(&text, action.span)?;
        }
        for hint in hints::hints(&document) {
            within(&text, Span::at(hint.offset))?;
        }
        entries_lie_within_their_parents(&text, &symbols::outline(&document, &NoModules))?;
        for fold in fold::folds(&document) {
            prop_assert!(fold.first < fold.last && fold.last < document.text().line_count());
        }
        let tokens = tokens::tokens(&document, &NoModules);
        for pair in tokens.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start, "{pair:?}");
        }
        for token in &tokens {
            within(&text, token.span)?;
            prop_assert!(!text[token.span.start..token.span.end].contains(['\n', '\r']));
        }
    }

    #[test]
    fn what_is_shown_at_a_place_stays_within_the_text(text in mangled(), place in any::<prop::sample::Index>()) {
        let offsets: Vec<usize> = (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)).collect();
        let offset = offsets[place.index(offsets.len())];
        let document = Document::from(text.as_str());
        for selection in select::selections(&document, offset).windows(2) {
            prop_assert!(selection[1].contains(selection[0]));
        }
        if let Some(hover) = hover::hover(&document, &NoModules, offset) {
            within(&text, hover.span)?;
        }
        if let Some(offers) = complete::complete(&document, &NoModules, &[], offset) {
            within(&text, offers.replace)?;
            prop_assert_eq!(offers.replace.end, offset);
        }
        signature::signature(&document, &NoModules, offset);
        navigate::definition(&document, &NoModules, offset);
        let Some((identity, span)) = navigate::identity(&document, &NoModules, offset) else { return Ok(()) };
        within(&text, span)?;
        // A name is among its own uses, and all of them are spelled like it.
        let uses = navigate::uses(&document, &NoModules, &identity);
        prop_assert!(uses.iter().any(|found| found.span == span), "{identity:?} {uses:?}");
        let spelled = |span: Span| &text[span.start..span.end];
        let word = |text: &str| text.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
        prop_assert!(!word(spelled(span)) || uses.iter().all(|found| spelled(found.span) == spelled(span)));
        if let Ok(found) = rename::prepare(&document, &NoModules, offset) {
            let _ = rename::places(&document, &NoModules, &found.identity, &found.name, "another");
        }
    }

    #[test]
    fn any_prompt_is_told_of(text in mangled(), place in any::<prop::sample::Index>()) {
        let offsets: Vec<usize> = (0..=text.len()).filter(|offset| text.is_char_boundary(*offset)).collect();
        let offset = offsets[place.index(offsets.len())];
        let prompt = Prompt::parse(&text);
        if let Some(hover) = prompts::hover(&prompt, offset) {
            within(&text, hover.span)?;
        }
        prompts::completions(&text, offset);
        for span in prompts::placeholders(&prompt) {
            within(&text, span)?;
        }
    }
}
