//! A variable is not among the essential ones of the draft.
//!
//! The draft analysis lists the state variables that the specification may use. The network and program counters are
//! accepted beside them, and so is a variable that is only named otherwise (`currentTerm` for `Term`).
//!
//! ````prompt
//! ## Translation Requirements:
//!
//! 1. **State Variables**: Use only the ESSENTIAL state variables identified in the draft analysis.
//! ````
//!
//! ````draft
//! ESSENTIAL STATE VARIABLES:
//! - lock: whether the lock is taken
//! ````
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLES lock, tickets
//! Init == lock = FALSE /\ tickets = 0
//! Acquire == lock = FALSE /\ lock' = TRUE /\ tickets' = 1
//! Next == Acquire
//! Spec == Init /\ [][Next]_<<lock, tickets>>
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLES lock
//! Init == lock = FALSE
//! Acquire == lock = FALSE /\ lock' = TRUE
//! Next == Acquire
//! Spec == Init /\ [][Next]_<<lock>>
//! ====
//! ````

use crate::{
    contract::{Demand, DraftPart, Verdict},
    diagnostic::{Finding, Severity},
    evidence::Fault,
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let found = context.answered().into_iter().find(|(_, demand, answer)| {
        **demand == Demand::FollowsDraft(DraftPart::Variables) && answer.verdict == Verdict::Violated
    });
    let Some((clause, _, answer)) = found else { return };
    let Fault::Places(places) = &answer.fault else { return };
    for place in places {
        let message = format!("`{}` is not among the essential variables of the draft", context.text(*place));
        findings.push(
            Finding::new("contract/unlisted-variable", Severity::Warning, *place, message).for_clause(&clause.id),
        );
    }
}
