//! An action and a temporal formula in one conjunction, disjunction or implication.
//!
//! SANY error 4313. A temporal formula is about a whole behaviour and an action about one step. Put the action into
//! `[][A]_v`, or move the temporal formula out of it.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE x
//! Next == x' = x /\ <>(x = 1)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE x
//! Next == x' = x
//! Live == <>(x = 1)
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::MixedLevels, "level/mixed-levels", findings);
}
