//! Text stands before or after the module.
//!
//! Explanations, a refusal, `<think>` parts and a second row of equals signs are not part of the module. SANY ignores them; a tool that
//! appends to the module, or takes the reply for a file, does not.
//!
//! ````prompt
//! CRITICAL OUTPUT REQUIREMENTS:
//! 1. Do not include any explanations or formatting markers
//! ````
//!
//! ````tla bad
//! Here is the specification:
//!
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! vars == <<x>>
//! Init == x = 0
//! Next == x' = x + 1
//! Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
//! ====
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
    reply::{PieceKind, Side},
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(clause) = context.clause_of(&[Demand::NoProse, Demand::StartsWithHeader, Demand::EndsWithFooter]) else { return };
    for piece in &context.document.wrapping().pieces {
        let what = match piece.kind {
            PieceKind::Prose => "text that is not TLA+",
            PieceKind::Thinking => "the model's thinking",
            PieceKind::Footer => "a second row of equals signs, which tools that append to the module mistake for its end,",
            PieceKind::Fence => continue,
        };
        let (side, safe) = match piece.side {
            Side::Before => ("before the module", true),
            Side::After => ("after the module", true),
            Side::Alone => ("instead of a module", false),
        };
        let message = format!("{what} stands {side}; the prompt wants the module alone");
        let mut finding = Finding::new("reply/prose", Severity::Error, piece.span, message).for_clause(&clause.id);
        if safe {
            let edits = vec![Edit::delete(context.lines_of(piece.span))];
            finding = finding.with_fix(Fix { title: "remove the text".to_owned(), safety: Safety::Safe, edits });
        }
        findings.push(finding);
    }
}
