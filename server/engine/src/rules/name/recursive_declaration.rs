//! A RECURSIVE declaration that its definition does not keep.
//!
//! SANY errors 4291 to 4294. What is declared RECURSIVE is defined after it, in the same module or LET, with as many
//! parameters; no other declarations, assumptions, theorems or modules stand between the two.
//!
//! ````tla bad
//! ---- MODULE M ----
//! RECURSIVE Sum(_)
//! Sum(a, b) == {a, b}
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! RECURSIVE Sum(_, _)
//! Sum(a, b) == {a, b}
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::RecursiveDeclaration, "name/recursive-declaration", findings);
}
