//! An operator without arguments has parentheses.
//!
//! A definition without parameters is written and used without parentheses.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A() == x' = y
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x' = y
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::EmptyParentheses, "syntax/empty-parentheses", findings);
}
