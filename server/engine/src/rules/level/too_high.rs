//! A prime or a temporal operator where none may stand.
//!
//! SANY errors 4205, 4272 and 4273. What is primed can't be primed again, neither with `'` nor by UNCHANGED; a definition that
//! has a prime in it can't be primed as a whole; a set, a function or a fairness condition has no temporal formula in it.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE x
//! Step == x' = x
//! Next == Step'
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE x
//! Step == x' = x
//! Next == Step
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::LevelTooHigh, "level/too-high", findings);
}
