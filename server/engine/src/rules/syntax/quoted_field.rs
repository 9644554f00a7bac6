//! A record's field is written in quotes.
//!
//! The fields of a record are names: `[type |-> 1]` and `[type : S]`. Only when a record is read like a function is the
//! field a string: `r["type"]`.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x' = ["type" |-> 1, n |-> 2]
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x' = [type |-> 1, n |-> 2]
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::QuotedField, "syntax/quoted-field", findings);
}
