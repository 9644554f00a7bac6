//! The module models what the prompt excludes.
//!
//! Only what the specification can do counts: an action, a handler or a branch that Next reaches. A name in a list of types
//! is no model of the thing.
//!
//! ````prompt
//! EXPLICITLY EXCLUDED (do not model):
//! - Log compaction and snapshots (MsgSnap)
//! ````
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE x
//! Init == x = 0
//! MsgSnap == x' = 2
//! Push == x' = 1
//! Next ==
//!     \/ Push
//!     \/ MsgSnap
//! Spec == Init /\ [][Next]_x
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE x
//! Init == x = 0
//! Push == x' = 1
//! Next ==
//!     \/ Push
//! Spec == Init /\ [][Next]_x
//! ====
//! ````

use crate::{
    contract::{Demand, DraftPart, Polarity, Verdict},
    diagnostic::{Finding, Severity},
    evidence::Fault,
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (clause, demand, answer) in context.answered() {
        let excluded = match demand {
            Demand::Behaviour => clause.polarity == Polarity::Forbidden,
            Demand::FollowsDraft(part) => *part == DraftPart::InfrastructureFunctions,
            _ => false,
        };
        let (true, Verdict::Violated, Fault::Places(places)) = (excluded, answer.verdict, &answer.fault) else { continue };
        let Some(first) = places.first() else { continue };
        let message = format!("{}: {}; the prompt excludes it", clause.title, answer.reason());
        let mut finding = Finding::new("contract/excluded", Severity::Warning, *first, message).for_clause(&clause.id);
        for place in &places[1..] {
            finding = finding.see(*place, "here too");
        }
        findings.push(finding);
    }
}
