//! `~>` of an action.
//!
//! SANY error 4312. `P ~> Q` says that Q follows whenever P holds; both are state predicates or temporal formulas.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE x
//! Step == x' = 1
//! Live == x = 0 ~> Step
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE x
//! Done == x = 1
//! Live == x = 0 ~> Done
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::LeadsToAction, "level/leads-to-action", findings);
}
