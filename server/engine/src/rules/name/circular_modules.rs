//! A module that needs itself.
//!
//! SANY error 4222. Modules can't extend or instantiate themselves, nor each other in a circle.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS M
//! A == 1
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! A == 1
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::CircularModules, "name/circular-modules", findings);
}
