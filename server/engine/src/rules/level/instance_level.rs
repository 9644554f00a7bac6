//! A substitution above the level of what it stands for.
//!
//! SANY errors 4244 and 4245. In a module with variables a constant stands for the same value in all states, so no variable can
//! be put in its place, and nothing with a prime in place of a variable; nor can an operator such as `'` be put in place of a
//! declared one.
//!
//! ````tla bad
//! ---- MODULE M ----
//! ---- MODULE Inner ----
//! CONSTANT Limit
//! VARIABLE y
//! Init == y = Limit
//! ====
//! VARIABLE x
//! I == INSTANCE Inner WITH Limit <- x, y <- x
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! ---- MODULE Inner ----
//! CONSTANT Limit
//! VARIABLE y
//! Init == y = Limit
//! ====
//! VARIABLE x
//! I == INSTANCE Inner WITH Limit <- 1, y <- x
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::InstanceLevel, "level/instance-level", findings);
}
