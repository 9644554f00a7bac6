//! A recursive operator that primes its parameter.
//!
//! SANY error 4290.
//!
//! ````tla bad
//! ---- MODULE M ----
//! RECURSIVE Later(_)
//! Later(a) == IF a = 1 THEN a' ELSE Later(1)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! RECURSIVE Later(_)
//! Later(a) == IF a = 1 THEN a ELSE Later(1)
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::RecursivePrime, "level/recursive-prime", findings);
}
