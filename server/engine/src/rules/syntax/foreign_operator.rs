//! An operator of another language.
//!
//! `\neq`, `!=`, `\setminus`, `\mod` and the like are LaTeX or a programming language; TLA+ writes `#`, `\` and `%`. `==`
//! only defines; a comparison is `=`. SANY reads `\neq` as a set difference with something called `neq`.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x \neq y
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x # y
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::ForeignOperator, "syntax/foreign-operator", findings);
}
