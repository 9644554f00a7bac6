//! A core function of the draft is no action of its own.
//!
//! The draft analysis lists the functions that are each to become exactly one action of the same name, reached by Next.
//! A capital first letter is accepted. Reported are functions that have no definition, that Next does not reach, that are
//! folded into the action of another function, and that are split over several actions.
//!
//! ````prompt
//! ## Translation Requirements:
//!
//! 1. **Function-to-Action Mapping**: Each CORE function identified in the draft should correspond to exactly one TLA+ action with the same name.
//! ````
//!
//! ````draft
//! CORE FUNCTIONS (require detailed analysis):
//! - push: adds one
//! - pop: takes one away
//! ````
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! Init == x = 0
//! Push == x' = x + 1
//! Next ==
//!     \/ Push
//! Spec == Init /\ [][Next]_x
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! Init == x = 0
//! Push == x' = x + 1
//! Pop == x' = x - 1
//! Next ==
//!     \/ Push
//!     \/ Pop
//! Spec == Init /\ [][Next]_x
//! ====
//! ````

use crate::{
    contract::{Demand, DraftPart, Verdict},
    diagnostic::{Finding, Severity},
    evidence::Fault,
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    // Several clauses may speak of the core functions; the fault is one.
    let found = context.answered().into_iter().find(|(_, demand, answer)| {
        **demand == Demand::FollowsDraft(DraftPart::CoreFunctions)
            && matches!(answer.verdict, Verdict::Missing | Verdict::Declared)
    });
    let Some((clause, _, answer)) = found else { return };
    let (Fault::Names(names), Some(place)) =
        (&answer.fault, context.calls.next.map(|next| next.name_span()).or(context.module.header))
    else {
        return;
    };
    // Names alone decide it only where there is no definition at all; the rest is a matter of judgement.
    let message = format!("core functions of the draft without an action of their own: {}; {}", names.join(", "), answer.reason());
    findings.push(
        Finding::new("contract/core-function-missing", Severity::Warning, place, message).for_clause(&clause.id),
    );
}
