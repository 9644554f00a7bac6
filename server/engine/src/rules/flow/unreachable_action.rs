//! An action that nothing mentions: Next does not reach it.
//!
//! What it says never happens in any behaviour, whatever was asked for. Add it to the disjuncts of Next, or remove it.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! Init == x = 0
//! Flip == x' = 1 - x
//! Reset == x' = 0
//! Next == Flip
//! Spec == Init /\ [][Next]_x
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! Init == x = 0
//! Flip == x' = 1 - x
//! Reset == x' = 0
//! Next == Flip \/ Reset
//! Spec == Init /\ [][Next]_x
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity},
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let frames = context.frames();
    let Some(next) = frames.next else { return };
    // A model that extends a specification overrides its operators by the configuration.
    if context.has_foreign_modules() || context.has_translation() {
        return;
    }
    for (index, definition) in context.module.definitions.iter().enumerate() {
        if !frames.is_action(index) || frames.actions.binary_search(&index).is_ok() {
            continue;
        }
        let name = definition.name();
        if is_configured(name) {
            continue;
        }
        if context.is_mentioned(name) || context.is_asked_for(definition.name_span()) {
            continue;
        }
        let message = format!(
            "no step of the specification is `{name}`: neither Next nor anything else mentions it; add it to Next, or \
             remove it"
        );
        // Next itself may be only partly known.
        let severity = if next.silenced { Severity::Hint } else { Severity::Warning };
        findings.push(Finding::new("flow/unreachable-action", severity, definition.name_span(), message));
    }
}

/// Whether a name is one that a model's configuration mentions rather than the module.
fn is_configured(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["next", "spec", "constraint", "prop", "init"].iter().any(|word| lower.contains(word))
}
