//! A reserved word is used as a name.
//!
//! Words such as STATE, ACTION, NEW and BY belong to TLA+ and can't name anything, save the fields of a record.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == \E NEW \in {1, 2} : x' = 1
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == \E new \in {1, 2} : x' = 1
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::ReservedWord, "syntax/reserved-word", findings);
}
