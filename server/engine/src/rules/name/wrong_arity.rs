//! An operator with more or fewer arguments than it takes.
//!
//! SANY error 4204. Often a model's own idea of an operator of the library: `Max` of FiniteSetsExt takes one set, not two
//! numbers.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS FiniteSetsExt
//! A == Max(1, 2)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS FiniteSetsExt
//! A == Max({1, 2})
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::WrongArity, "name/wrong-arity", findings);
}
