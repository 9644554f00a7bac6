//! EXCEPT names its place without `!`, `.` or brackets.
//!
//! EXCEPT says which place changes by `!` and the way there: `[f EXCEPT ![i] = 1]`, `[r EXCEPT !.n = 1]`.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x' = [x EXCEPT !n = 1]
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x' = [x EXCEPT !.n = 1]
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::ExceptBang, "syntax/except-bang", findings);
}
