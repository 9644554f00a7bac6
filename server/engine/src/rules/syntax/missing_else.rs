//! An IF has no ELSE.
//!
//! IF is an expression and has a value on both sides. In an action the ELSE usually says which variables stay UNCHANGED;
//! a branch that must not be taken is FALSE.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == IF x = 1 THEN y' = 2
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == IF x = 1 THEN y' = 2 ELSE UNCHANGED y
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::MissingElse, "syntax/missing-else", findings);
}
