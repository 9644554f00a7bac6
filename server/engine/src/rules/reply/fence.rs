//! A Markdown fence stands around the module.
//!
//! SANY ignores what stands before the header and after the footer, so it does not see the fence; whoever reads the reply
//! as a module does. The fix takes the fences away.
//!
//! ````prompt
//! CRITICAL OUTPUT REQUIREMENTS:
//! 1. Return ONLY pure TLA+ specification code - no markdown code blocks (no ```tla or ```)
//! ````
//!
//! ````tla bad
//! ```tla
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! vars == <<x>>
//! Init == x = 0
//! Next == x' = x + 1
//! Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
//! ====
//! ```
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! vars == <<x>>
//! Init == x = 0
//! Next == x' = x + 1
//! Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
//! ====
//! ````

use crate::{
    contract::Demand,
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
    reply::PieceKind,
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(clause) = context.clause_of(&[Demand::NoFences, Demand::StartsWithHeader, Demand::EndsWithFooter]) else { return };
    if context.clause_of_blocks().is_some() {
        return;
    }
    for piece in context.document.wrapping().pieces.iter().filter(|piece| piece.kind == PieceKind::Fence) {
        let message = "a Markdown fence: the prompt wants the module alone";
        let edits = vec![Edit::delete(context.lines_of(piece.span))];
        let fix = Fix { title: "remove the fence".to_owned(), safety: Safety::Safe, edits };
        findings.push(Finding::new("reply/fence", Severity::Error, piece.span, message).for_clause(&clause.id).with_fix(fix));
    }
}
