//! An action changes nothing and asks for nothing.
//!
//! A body that is only `UNCHANGED vars` or TRUE stands in for behaviour that was never written. A step that changes
//! nothing is allowed anyway, by `[Next]_vars`.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x, y
//! vars == <<x, y>>
//! Init == x = 0 /\ y = 0
//! Step == x' = 1 - x /\ y' = x
//! Compact(i) == UNCHANGED vars
//! Next == Step \/ \E i \in {1, 2} : Compact(i)
//! Spec == Init /\ [][Next]_vars
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x, y
//! vars == <<x, y>>
//! Init == x = 0 /\ y = 0
//! Step == x' = 1 - x /\ y' = x
//! Compact(i) == x = i /\ x' = 0 /\ UNCHANGED y
//! Next == Step \/ \E i \in {1, 2} : Compact(i)
//! Spec == Init /\ [][Next]_vars
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity},
    module::register::Trait,
    rules::Context,
};

/// Parts of names that say that nothing happens on purpose.
const IDLE: &[&str] = &[
    "stutter", "idle", "skip", "noop", "done", "terminat", "finish", "stop", "halt", "nothing", "end", "unchanged",
    "quiescen", "deadlock", "complete",
];

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for home in &context.frames().actions {
        let definition = context.module.definitions[*home];
        if !context.module.brief(definition).has(Trait::Idle) {
            continue;
        }
        let name = definition.name();
        let lower = name.to_ascii_lowercase();
        let idle = IDLE.iter().any(|word| lower.contains(word));
        if idle || name == "Next" {
            continue;
        }
        let message = format!(
            "`{name}` is a stub: it changes nothing and asks for nothing; write what it does, or take it out of Next"
        );
        findings.push(Finding::new("flow/stub", Severity::Warning, definition.name_span(), message));
    }
}
