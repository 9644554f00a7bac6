//! An INSTANCE that does not say what stands for a constant or variable of its module.
//!
//! SANY errors 4240 to 4243. Every CONSTANT and VARIABLE of the module is substituted by WITH, or by what has its name where
//! the INSTANCE stands; nothing else can be substituted, nothing twice, and operators only by operators.
//!
//! ````tla bad
//! ---- MODULE M ----
//! ---- MODULE Inner ----
//! CONSTANT Limit
//! Top == Limit
//! ====
//! I == INSTANCE Inner
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! ---- MODULE Inner ----
//! CONSTANT Limit
//! Top == Limit
//! ====
//! I == INSTANCE Inner WITH Limit <- 3
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::InstanceSubstitution, "name/instance-substitution", findings);
}
