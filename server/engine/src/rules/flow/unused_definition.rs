//! An operator with parameters that nothing uses.
//!
//! A model's configuration can name only definitions without parameters, so this one is used nowhere. Often it is
//! behaviour that was written and then never called.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! Flipped(value) == 1 - value
//! Init == x = 0
//! Next == x' = 1 - x
//! Spec == Init /\ [][Next]_x
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! Flipped(value) == 1 - value
//! Init == x = 0
//! Next == x' = Flipped(x)
//! Spec == Init /\ [][Next]_x
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity},
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let frames = context.frames();
    if frames.next.is_none() || context.has_translation() || context.has_instances() || context.has_foreign_modules() {
        return;
    }
    for (index, definition) in context.module.definitions.iter().enumerate() {
        // Actions are `flow/unreachable-action`'s.
        if frames.is_action(index) || definition.value.parameters.is_empty() {
            continue;
        }
        let name = definition.name();
        if context.is_mentioned(name) {
            continue;
        }
        let message = format!("nothing uses `{name}`: call it where it is meant, or remove it");
        findings.push(Finding::new("flow/unused-definition", Severity::Hint, definition.name_span(), message));
    }
}
