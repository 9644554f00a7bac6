//! A nested module with the name of another module.
//!
//! SANY error 4223.
//!
//! ````tla bad
//! ---- MODULE M ----
//! ---- MODULE Inner ----
//! A == 1
//! ====
//! ---- MODULE Inner ----
//! B == 1
//! ====
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! ---- MODULE Inner ----
//! A == 1
//! ====
//! ---- MODULE Other ----
//! B == 1
//! ====
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::ModuleRedefined, "name/module-redefined", findings);
}
