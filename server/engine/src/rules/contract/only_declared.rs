//! What the prompt demands is only named.
//!
//! The name is there, in a list of types, a constant, or an action that Next does not reach, but nothing that the
//! specification can do uses it.
//!
//! ````prompt
//! MANDATORY NAMING CONVENTIONS:
//!
//! Required actions:
//!   - `Push`
//!   - `Pop`
//! ````
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLES x, y
//! vars == <<x, y>>
//! Init == x = 0 /\ y = 0
//! Push == x' = 1 /\ y' = x
//! Pop == y' = 1 /\ UNCHANGED x
//! Next ==
//!     \/ Push
//! Spec == Init /\ [][Next]_vars
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLES x, y
//! vars == <<x, y>>
//! Init == x = 0 /\ y = 0
//! Push == x' = 1 /\ y' = x
//! Pop == y' = 1 /\ UNCHANGED x
//! Next ==
//!     \/ Push
//!     \/ Pop
//! Spec == Init /\ [][Next]_vars
//! ====
//! ````

use crate::{
    contract::{Demand, Verdict},
    diagnostic::{Finding, Severity},
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (clause, demand, answer) in context.answered() {
        let of_another_rule = matches!(demand, Demand::Fairness | Demand::FollowsDraft(_));
        if answer.verdict != Verdict::Declared || of_another_rule {
            continue;
        }
        let severity = if matches!(demand, Demand::ExactAction(_)) { Severity::Error } else { Severity::Warning };
        let declared = answer.evidence.iter().find(|evidence| evidence.level == crate::contract::EvidenceLevel::Declared);
        let Some(span) = declared.map(|evidence| evidence.span).or(context.module.header) else { continue };
        let message = format!("{}: only declared: {}", clause.title, answer.reason());
        findings.push(Finding::new("contract/only-declared", severity, span, message).for_clause(&clause.id));
    }
}
