//! A bound is not written with `\in`.
//!
//! A quantifier takes its values from a set, by `\in`. The subsets of S are the elements of `SUBSET S`.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == \E s \subseteq {1, 2} : x' = s
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == \E s \in SUBSET {1, 2} : x' = s
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::QuantifierBound, "syntax/quantifier-bound", findings);
}
