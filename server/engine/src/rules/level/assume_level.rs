//! An assumption about variables.
//!
//! SANY error 4206. ASSUME says something of constants; what holds in every state is an invariant.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE x
//! ASSUME x = 1
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE x
//! Inv == x = 1
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::AssumeLevel, "level/assume-level", findings);
}
