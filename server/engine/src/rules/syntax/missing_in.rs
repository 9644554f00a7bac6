//! A LET has no IN.
//!
//! `LET d == e IN f`: IN ends the definitions and begins the expression that uses them. SANY reports this many lines later,
//! where it meets something that can't be a definition.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == LET z == x + 1
//!      IF z = 1 THEN y ELSE x
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == LET z == x + 1 IN
//!      IF z = 1 THEN y ELSE x
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::MissingIn, "syntax/missing-in", findings);
}
