//! Fairness: a WF_ or SF_ conjunct that Spec reaches, under whatever names and quantifiers.

use super::{Answer, Fault, Subject};
use crate::{
    contract::{EvidenceLevel, Verdict},
    diagnostic::Span,
    syntax::tree::ExprKind,
};

/// A fairness conjunct of a definition.
pub(crate) struct Conjunct {
    pub span: Span,
    /// The definition that holds it.
    pub within: String,
    pub reached: bool,
}

/// Every WF_ and SF_ of the module, with whether Spec reaches it.
pub(crate) fn conjuncts(subject: &Subject<'_>) -> Vec<Conjunct> {
    let reached = subject.calls.specification.map(|specification| subject.calls.reached_from(specification.name()));
    let mut found = Vec::new();
    let units = subject.document.units();
    for definition in subject.module.definitions.iter().filter(|it| units[it.unit].syntax.facts.temporal) {
        let Some(body) = definition.body() else { continue };
        body.walk(&mut |expression| {
            if let ExprKind::Fairness { .. } = &expression.kind {
                let reached = reached.as_ref().is_some_and(|names| names.contains(definition.name()));
                found.push(Conjunct {
                    span: definition.span(expression.span),
                    within: definition.name().to_owned(),
                    reached,
                });
            }
        });
    }
    found
}

pub(super) fn demanded(subject: &Subject<'_>) -> Answer {
    let Some(specification) = subject.calls.specification else {
        return Answer::new(Verdict::Missing, "there is no Spec");
    };
    let conjuncts = conjuncts(subject);
    if let Some(first) = conjuncts.iter().find(|conjunct| conjunct.reached) {
        let note = format!("by `{}`, line {}", first.within, subject.document.text().line_of(first.span.start) + 1);
        return conjuncts.iter().filter(|conjunct| conjunct.reached).fold(Answer::met(note), |answer, conjunct| {
            answer.shown(conjunct.within.as_str(), conjunct.span, EvidenceLevel::Behaviour)
        });
    }
    // A Spec that could not be read may hold what is looked for.
    if !specification.is_whole() {
        return Answer::not_checked("Spec could not be read");
    }
    let (verdict, note) = match conjuncts.first() {
        Some(unused) => (Verdict::Declared, format!("`{}` has fairness, but Spec does not use it", unused.within)),
        None => (Verdict::Missing, "Spec has no WF_ or SF_ conjunct".to_owned()),
    };
    Answer::new(verdict, note).at(Fault::Places(vec![specification.name_span()]))
}

pub(super) fn forbidden(subject: &Subject<'_>) -> Answer {
    let places: Vec<Span> =
        conjuncts(subject).into_iter().filter(|conjunct| conjunct.reached).map(|conjunct| conjunct.span).collect();
    if places.is_empty() {
        return Answer::met("Spec has no fairness");
    }
    Answer::new(Verdict::Violated, "Spec has fairness").at(Fault::Places(places))
}
