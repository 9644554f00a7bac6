//! `@` outside of EXCEPT.
//!
//! SANY error 4261. `@` stands for the old value in `[f EXCEPT ![x] = @ + 1]` and means nothing elsewhere.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE count
//! Next == count' = {@}
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE count
//! Next == count' = {count}
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::AtOutsideExcept, "name/at-outside-except", findings);
}
