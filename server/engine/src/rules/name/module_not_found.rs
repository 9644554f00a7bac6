//! A module that is nowhere to be found.
//!
//! SANY error 4220. Modules are looked for beside the file, in the workspace, in the library folders of the settings and in
//! the engine's own library of standard and community modules. What depends on the missing module is not judged.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Utilities
//! A == Helper(1)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! A == 1
//! ====
//! ````

use crate::{diagnostic::Finding, module::problem::Fault, rules::Context};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_problems(Fault::ModuleNotFound, "name/module-not-found", findings);
}
