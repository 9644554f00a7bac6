//! Invariants and properties, which many prompts forbid because the evaluation brings its own.

use std::collections::HashSet;

use super::{Answer, Fault, Subject};
use crate::{
    contract::Verdict,
    module::{
        Placed,
        calls::{Tense, is_formula},
    },
    syntax::tree::{Definition, ExprKind},
};

/// Names that the evaluation of Raft specifications defines itself: a second definition fails.
pub(crate) const COLLIDING: &[&str] = &["LogMatching", "ElectionSafety", "LeaderCompleteness", "StateMachineSafety"];

pub(super) fn answer(subject: &Subject<'_>, allowed: &[String]) -> Answer {
    let found: Vec<Placed<'_, Definition>> = invariants(subject)
        .into_iter()
        .filter(|definition| !allowed.iter().any(|name| name.eq_ignore_ascii_case(definition.name())))
        .collect();
    if found.is_empty() {
        return Answer::met("none is defined");
    }
    let names: Vec<String> = found.iter().map(|definition| format!("`{}`", definition.name())).collect();
    let places = found.iter().map(Placed::<Definition>::name_span).collect();
    Answer::new(
        Verdict::Violated,
        format!("{} {} defined", names.join(", "), if names.len() == 1 { "is" } else { "are" }),
    )
    .at(Fault::Places(places))
}

/// Definitions that Spec does not reach, that have no parameters, speak of a variable in a formula, and of no step.
pub(crate) fn invariants<'a>(subject: &Subject<'a>) -> Vec<Placed<'a, Definition>> {
    let module = subject.module;
    let calls = subject.calls;
    // Without a behaviour nothing tells an invariant from a part of it.
    let roots = [calls.specification, calls.next, calls.initial];
    if roots.iter().flatten().next().is_none() {
        return Vec::new();
    }
    let mut reached: HashSet<&str> = HashSet::new();
    for root in roots.iter().flatten() {
        reached.extend(calls.reached_from(root.name()));
    }
    module
        .definitions
        .iter()
        .filter(|definition| {
            let Some(body) = definition.body() else { return false };
            let name = definition.name();
            let plain = definition.value.parameters.is_empty() && definition.value.bounds.is_empty();
            plain
                && !reached.contains(name)
                && definition.is_whole()
                && is_formula(body, module)
                && !serves_the_checker(name)
                && !describes_behaviour(subject, definition)
                && calls.variables(module, name, Tense::Next).is_empty()
                && !calls.variables(module, name, Tense::Now).is_empty()
        })
        .copied()
        .collect()
}

/// Names of what a model checker's configuration uses and no invariant is: constraints, views.
fn serves_the_checker(name: &str) -> bool {
    let name = name.to_lowercase();
    ["constraint", "view", "symmetry", "alias", "bound"].iter().any(|word| name.contains(word))
}

/// Another Spec, another Init, another fairness: a part of a behaviour that is not the one judged.
fn describes_behaviour(subject: &Subject<'_>, definition: &Placed<'_, Definition>) -> bool {
    let name = definition.name();
    if name.starts_with("Init") || name.ends_with("Init") || name.contains("Fair") {
        return true;
    }
    subject.calls.reached_from(name).iter().filter_map(|name| subject.module.definition(name)).any(|reached| {
        let mut step = false;
        if let Some(body) = reached.body() {
            body.walk(&mut |expression| {
                step |= matches!(expression.kind, ExprKind::Step { .. } | ExprKind::Fairness { .. });
            });
        }
        step
    })
}
