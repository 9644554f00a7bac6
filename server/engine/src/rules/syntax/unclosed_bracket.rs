//! A bracket is not closed.
//!
//! To SANY the rest of the file is then part of the expression, and its message points far behind the cause. Here the
//! other definitions stay readable, and the finding stands at the bracket that is open.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x' = {x, y
//! B == y' = y
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x' = {x, y}
//! B == y' = y
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::UnclosedBracket, "syntax/unclosed-bracket", findings);
}
