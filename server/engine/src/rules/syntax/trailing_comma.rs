//! A comma with nothing behind it.
//!
//! Lists in TLA+ have commas between their elements, none after the last, and the definitions of a LET have none at all.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == <<x, y,>>
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == <<x, y>>
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::TrailingComma, "syntax/trailing-comma", findings);
}
