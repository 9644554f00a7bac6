//! The name of an INSTANCE where an expression is wanted.
//!
//! SANY error 4203. `M == INSTANCE N` makes the operators of N known as `M!Op`; M alone has no value.
//!
//! ````tla bad
//! ---- MODULE M ----
//! M == INSTANCE Naturals
//! A == M
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! M == INSTANCE Naturals
//! A == M!Nat
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::IncompleteName, "name/incomplete-name", findings);
}
