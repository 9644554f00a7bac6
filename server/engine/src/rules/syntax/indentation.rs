//! A token stands at or left of the bullets of the list that it belongs to.
//!
//! In a list of `/\` or `\/` the column decides: everything that belongs to an item stands right of the list's bullets. A
//! bullet, bracket or word in the bullets' column or left of it ends the item, and SANY rejects what is then incomplete.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == /\ x' = [x EXCEPT ![1] = 2
//!      ]
//!      /\ y' = y
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == /\ x' = [x EXCEPT ![1] = 2
//!         ]
//!      /\ y' = y
//! ====
//! ````

use crate::{
    diagnostic::Finding,
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    context.report_slips(SlipKind::Indentation, "syntax/indentation", findings);
}
