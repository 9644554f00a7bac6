//! A word or mark of another language.
//!
//! TLA+ has no AND, OR, END or `;`: formulas are joined by `/\` and `\/`, and nothing is closed by a word.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x = 1 AND y = 2
//! B == LET z == x + 1 \IN z = y
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x = 1 /\ y = 2
//! B == LET z == x + 1 IN z = y
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::ForeignKeyword, "syntax/foreign-keyword", findings);
}
