//! `[]` or `<>` of an action that is not written with its subscript.
//!
//! SANY errors 4310 and 4311. `[]` of an action is written `[][A]_v` and `<>` of one `<><<A>>_v`, so that steps in which
//! nothing changes make no difference.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE x
//! Next == x' = 1
//! Always == []Next
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE x
//! Next == x' = 1
//! Always == [][Next]_x
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::BoxAction, "level/box-action", findings);
}
