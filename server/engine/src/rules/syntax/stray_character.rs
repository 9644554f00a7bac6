//! A character that TLA+ does not have.
//!
//! Letters of TLA+ names are a to z, digits and `_`. Models now and then drop a character of another script into a name,
//! which SANY reports as a lexical error.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x极 = 1
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == x = 1
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::StrayCharacter, "syntax/stray-character", findings);
}
