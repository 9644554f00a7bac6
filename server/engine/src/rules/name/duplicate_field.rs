//! A record with the same field twice.
//!
//! SANY error 4262.
//!
//! ````tla bad
//! ---- MODULE M ----
//! A == [term |-> 1, term |-> 2]
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! A == [term |-> 1, index |-> 2]
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::DuplicateField, "name/duplicate-field", findings);
}
