//! Something stands where TLA+ allows none of it.
//!
//! SANY stops at the first token that its grammar has no place for, and says nothing of what comes after. This rule tells
//! of each definition by itself, with what was expected there; slips that have a name of their own have their own rule.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == y' = [y EXCEPT ![1] \in 1..3]
//! B == x' = CASE y = 1 -> 2, y = 2 -> 3, OTHER -> x
//! C(i) == x = i
//! D == C'(1)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == y' \in {[y EXCEPT ![1] = chosen] : chosen \in 1..3}
//! B == x' = CASE y = 1 -> 2 [] y = 2 -> 3 [] OTHER -> x
//! C(i) == x = i
//! D == C(1)'
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::UnexpectedToken, "syntax/unexpected-token", findings);
}
