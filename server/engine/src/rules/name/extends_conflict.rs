//! Two extended modules that use one name for different things.
//!
//! SANY error 4224. Two definitions of one name only give a warning, and the first one stands; a constant or variable beside
//! a definition of the same name is an error.
//!
//! ````tla bad
//! ---- MODULE M ----
//! ---- MODULE One ----
//! CONSTANT Limit
//! ====
//! ---- MODULE Two ----
//! Limit == 1
//! ====
//! ---- MODULE Both ----
//! EXTENDS One, Two
//! ====
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! ---- MODULE One ----
//! CONSTANT Limit
//! ====
//! ---- MODULE Two ----
//! Bound == 1
//! ====
//! ---- MODULE Both ----
//! EXTENDS One, Two
//! ====
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::ExtendsConflict, "name/extends-conflict", findings);
}
