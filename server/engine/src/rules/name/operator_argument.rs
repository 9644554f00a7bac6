//! An argument that is no operator where one is wanted, or one that does not fit.
//!
//! SANY errors 4270, 4271, 4274 and 4275. An operator that is declared with `Op(_)` among its parameters takes the name of an
//! operator or a LAMBDA there, with as many arguments as it gives to it; a LAMBDA stands nowhere else.
//!
//! ````tla bad
//! ---- MODULE M ----
//! Apply(Op(_), x) == Op(x)
//! Two(a, b) == {a, b}
//! A == Apply(Two, 1)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! Apply(Op(_), x) == Op(x)
//! Two(a, b) == {a, b}
//! A == Apply(LAMBDA a : Two(a, a), 1)
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::OperatorArgument, "name/operator-argument", findings);
}
