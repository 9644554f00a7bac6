//! The module has comments though the prompt wants none.
//!
//! One finding stands at the first comment and counts them all. Deleting comments loses what they say, so the fix asks.
//!
//! ````prompt
//! CRITICAL OUTPUT REQUIREMENTS:
//! 1. Do not include any explanations, comments, or formatting markers
//! ````
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! vars == <<x>>
//! \* the clock starts at zero
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
    contract::{Demand, Verdict},
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    evidence::Fault,
    rules::Context,
};

const ID: &str = "contract/comment";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (clause, demand, answer) in context.answered() {
        let (Demand::NoComments, Verdict::Violated, Fault::Places(places)) = (demand, answer.verdict, &answer.fault) else {
            continue;
        };
        let Some(first) = places.first() else { continue };
        let message = match places.len() {
            1 => "this comment is the only one; the prompt wants none".to_owned(),
            count => format!("this is the first of {count} comments; the prompt wants none"),
        };
        let source = context.document.source();
        let mut gone = 0;
        let edit = |span: &Span| {
            let removable = removable(source, *span);
            // Two comments side by side share the space between them.
            let start = removable.start.max(gone);
            gone = removable.end.max(start);
            Edit::delete(Span::new(start, gone))
        };
        let edits = places.iter().map(edit).collect();
        let fix = Fix { title: "delete all comments".to_owned(), safety: Safety::Ask, edits };
        findings.push(Finding::new(ID, Severity::Error, *first, message).for_clause(&clause.id).with_fix(fix));
    }
}

/// A comment with the blank before it, and with its line where it has one to itself.
fn removable(source: &str, comment: Span) -> Span {
    let line = source[..comment.start].rfind('\n').map_or(0, |end| end + 1);
    let end = source[comment.end..].find('\n').map_or(source.len(), |end| comment.end + end + 1);
    let before = &source[line..comment.start];
    let nothing_after = source[comment.end..end].trim().is_empty();
    match (before.trim().is_empty(), nothing_after) {
        (true, true) => Span::new(line, end),
        (false, true) => Span::new(line + before.trim_end().len(), comment.end),
        _ => comment,
    }
}
