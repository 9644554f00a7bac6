//! What is told of a prompt: its placeholders and its clauses, and where both are.

use super::hover::Hover;
use crate::{
    contract::{Clause, ClauseKind, Declares, Demand, DraftPart, Polarity},
    diagnostic::Span,
    prompt::{Prompt, known_placeholders},
};

/// What is told of the placeholder or the clause at a byte of a prompt (LSP 3.17, `textDocument/hover`).
pub fn hover(prompt: &Prompt, offset: usize) -> Option<Hover> {
    if let Some(placeholder) = prompt.placeholders().iter().find(|one| one.span.touches(offset)) {
        let meaning = meaning_of(&placeholder.name);
        let told = meaning.unwrap_or("no word that rendering fills: it stays as it is written");
        let markdown = format!("`{{{}}}`: {told}", placeholder.name);
        return Some(Hover { span: placeholder.span, definition: None, clause: None, markdown });
    }
    let clause = clause_at(prompt, offset)?;
    Some(Hover { span: clause.span, definition: None, clause: Some(clause.id.clone()), markdown: told_of(clause) })
}

/// What rendering puts in for a placeholder.
pub fn meaning_of(placeholder: &str) -> Option<&'static str> {
    known_placeholders().iter().find(|(name, _)| *name == placeholder).map(|(_, meaning)| *meaning)
}

/// The smallest clause around a byte.
fn clause_at(prompt: &Prompt, offset: usize) -> Option<&Clause> {
    let around = prompt.contract().clauses.iter().filter(|clause| clause.span.touches(offset));
    around.min_by_key(|clause| clause.span.len())
}

fn told_of(clause: &Clause) -> String {
    let polarity = match clause.polarity {
        Polarity::Required => "required",
        Polarity::Forbidden => "forbidden",
        Polarity::Allowed => "allowed",
    };
    let mut told = format!("**{}** `{}` · {} · {polarity}", clause.title, clause.id, kind_of(clause.kind));
    told.push_str("\n\n");
    if clause.demands.is_empty() {
        told.push_str("Not checked: nothing of it is understood.");
        return told;
    }
    told.push_str("Checked:\n");
    for demand in &clause.demands {
        told.push_str(&format!("- {}\n", checked(demand, clause.polarity)));
    }
    if !clause.names.is_empty() {
        let names = clause.names.iter().map(|named| match &named.meaning {
            Some(meaning) => format!("`{}` ({meaning})", named.name),
            None => format!("`{}`", named.name),
        });
        told.push_str(&format!("\nNames: {}", names.collect::<Vec<_>>().join(", ")));
    }
    told
}

fn kind_of(kind: ClauseKind) -> &'static str {
    match kind {
        ClauseKind::Action => "core action",
        ClauseKind::Exclusion => "exclusion",
        ClauseKind::Scope => "behavioural scope",
        ClauseKind::Modeling => "modelling requirement",
        ClauseKind::Naming => "naming",
        ClauseKind::Output => "output requirement",
        ClauseKind::Template => "part of the template",
        ClauseKind::Translation => "translation requirement",
        ClauseKind::Other => "demand",
    }
}

/// What a demand is held against.
fn checked(demand: &Demand, polarity: Polarity) -> String {
    let listed = |names: &[String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match demand {
        Demand::ModuleName(name) => format!("the module is named `{name}`"),
        Demand::Extends(modules) => format!("EXTENDS lists {}", listed(modules)),
        Demand::NoFences => "no Markdown fences around the module".to_owned(),
        Demand::FencedBlocks(tags) => format!("the reply is {} fenced block(s) and nothing else", tags.len()),
        Demand::JsonObject(fields) => format!("the reply is a JSON object with {}", listed(fields)),
        Demand::NoProse => "no prose before or after the module".to_owned(),
        Demand::NoComments => "no comment in the module".to_owned(),
        Demand::NoTranslationComments => "no comment that speaks of the translation".to_owned(),
        Demand::StartsWithHeader => "the reply begins with the module header".to_owned(),
        Demand::EndsWithFooter => "the reply ends with the module's footer".to_owned(),
        Demand::NoInvariants { allowed } if allowed.is_empty() => "no invariant is defined".to_owned(),
        Demand::NoInvariants { allowed } => format!("no invariant is defined but {}", listed(allowed)),
        Demand::Fairness => "Spec has a WF_ or SF_ conjunct".to_owned(),
        Demand::NoFairness => "Spec has no fairness".to_owned(),
        Demand::Declares(Declares::Header) => "there is a module header".to_owned(),
        Demand::Declares(Declares::Extends) => "there is an EXTENDS".to_owned(),
        Demand::Declares(Declares::Constants) => "constants are declared".to_owned(),
        Demand::Declares(Declares::Variables) => "variables are declared".to_owned(),
        Demand::Defines(name) => format!("`{name}` is defined"),
        Demand::ExactAction(name) => format!("there is an action `{name}` that Next reaches"),
        Demand::FollowsDraft(part) => format!("{} as the draft analysis lists them", draft_part(*part)),
        Demand::SanyAccepts => "the module passes SANY".to_owned(),
        Demand::Behaviour if polarity == Polarity::Forbidden => "no action shows this behaviour".to_owned(),
        Demand::Behaviour => "an action that Next reaches shows this behaviour".to_owned(),
        Demand::Undecidable(why) => format!("not checked: {why}"),
    }
}

fn draft_part(part: DraftPart) -> &'static str {
    match part {
        DraftPart::CoreFunctions => "core functions",
        DraftPart::SupportingFunctions => "supporting functions",
        DraftPart::InfrastructureFunctions => "infrastructure functions",
        DraftPart::Variables => "state variables",
    }
}

/// The placeholders of a prompt that rendering fills, in order of place, in bytes.
pub fn placeholders(prompt: &Prompt) -> Vec<Span> {
    prompt.placeholders().iter().filter(|one| one.known).map(|one| one.span).collect()
}

/// What may be put in at a byte of a prompt, and the bytes it takes the place of: the names of placeholders, right
/// behind a `{` (LSP 3.17, `textDocument/completion`).
pub fn completions(text: &str, offset: usize) -> Option<(Span, &'static [(&'static str, &'static str)])> {
    let before = text.get(..offset)?;
    let word = before.trim_end_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
    let opened = word.ends_with('{') && !word.ends_with("{{");
    opened.then(|| (Span::new(word.len(), offset), known_placeholders()))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        let offset = text.find("$0").unwrap();
        let text = text.replace("$0", "");
        let told = hover(&Prompt::parse(&text), offset).map_or("nothing".to_owned(), |hover| hover.markdown);
        expected.assert_eq(&told);
    }

    #[test]
    fn placeholders_and_clauses_are_told() {
        check("Focus: {foc$0us}\n", expect!["`{focus}`: what the model is to concentrate on"]);
        check(
            "CRITICAL OUTPUT REQUIREMENTS:\n1. MUST include EXTEN$0DS statement with: Naturals, Sequences\n",
            expect![[r#"
                **MUST include EXTENDS statement with** `output.extends` · output requirement · required

                Checked:
                - EXTENDS lists `Naturals`, `Sequences`

                Names: `Naturals`, `Sequences`"#]],
        );
        check(
            "MANDATORY CORE ACTIONS (must include all):\n1. 【Message Types】 Pi$0ng (probe), Pong\n",
            expect![[r#"
            **Message Types** `actions.1` · core action · required

            Checked:
            - an action that Next reaches shows this behaviour

            Names: `Ping`, `probe`, `Pong`"#]],
        );
        check("Hello$0", expect![["nothing"]]);
    }

    #[test]
    fn a_brace_offers_placeholders() {
        let offered = |text: &str| completions(text, text.len()).map(|(span, _)| span);
        assert_eq!(offered("a {fo"), Some(Span::new(3, 5)));
        assert_eq!(offered("a {{fo"), None);
        assert_eq!(offered("a fo"), None);
    }
}
