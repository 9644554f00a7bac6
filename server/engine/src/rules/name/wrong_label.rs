//! A label whose parameters are not the names that are bound where it stands.
//!
//! SANY errors 4330 to 4337. `name(x) :: e` makes the expression e known as `Op!name(x)`. Its parameters are just the names
//! that are bound between the definition and the label; it stands within a definition, and not in the new value of an EXCEPT.
//!
//! ````tla bad
//! ---- MODULE M ----
//! A == \A x \in {1} : all :: x = 1
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! A == \A x \in {1} : all(x) :: x = 1
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::WrongLabel, "name/wrong-label", findings);
}
