//! A definition where the name of a theorem is wanted.
//!
//! SANY errors 4355 and 4357. HIDE takes the names of theorems and assumptions, and HIDE DEF those of definitions; a theorem
//! with ASSUME and PROVE is a fact and no expression.
//!
//! ````tla bad
//! ---- MODULE M ----
//! A == TRUE
//! HIDE A
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! A == TRUE
//! HIDE DEF A
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

const ID: &str = "name/wrong-fact";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::WrongFact, ID, findings);
    context.report_problems(Fault::AssumeProveAsExpression, ID, findings);
}
