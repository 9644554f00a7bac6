//! A string is not closed, or has an escape that TLA+ does not know.
//!
//! A string ends on its own line, and knows only the escapes `\"`, `\\`, `\t`, `\n`, `\f` and `\r`.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x' = "a\*b"
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x' = "a\\*b"
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::BadString, "syntax/bad-string", findings);
}
