//! Two operators meet without parentheses and have no order of precedence.
//!
//! TLA+ gives operators a range of precedence. Where the ranges of two neighbours overlap, as with `/\` and `\/`, or `\`
//! and `\cup`, the expression has no meaning and SANY rejects it. The same holds for one operator twice, unless it is left
//! associative: `a => b => c`, `a < b < c`.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x = 1 /\ y = 2 \/ y = 3
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == (x = 1 /\ y = 2) \/ y = 3
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::Precedence, "syntax/precedence", findings);
}
