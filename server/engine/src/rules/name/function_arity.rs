//! A function with more or fewer arguments than its definition has.
//!
//! SANY error 4260. `f[x, y]` applies f to the pair of x and y, so f must be defined with two arguments.
//!
//! ````tla bad
//! ---- MODULE M ----
//! f[x, y \in {1, 2}] == x
//! A == f[1, 2, 3]
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! f[x, y \in {1, 2}] == x
//! A == f[1, 2]
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::FunctionArity, "name/function-arity", findings);
}
