//! A bound name taken from what changes too much.
//!
//! SANY errors 4314 and 4315. The set after `\in` is no temporal formula, and no action where the body is temporal.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE x
//! Live == \E y \in x' : <>(y = 1)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE x
//! Live == \E y \in x : <>(y = 1)
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::BoundLevel, "level/bound-level", findings);
}
