//! No row of equals signs closes the module.
//!
//! A module ends with `====`, four equals signs or more. SANY reports the end of the file and nothing else.
//!
//! ````tla bad
//! ---- MODULE M ----
//! A == 1
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! A == 1
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    reply::{PieceKind, Side},
    rules::Context,
    syntax::HeaderForm,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let layout = context.document.layout();
    if layout.header == HeaderForm::Missing || layout.closed {
        return;
    }
    let Some(last) = layout.units.last() else { return };
    let message = "the module is not closed: it ends with `====`";
    let mut finding = Finding::new("syntax/missing-footer", Severity::Error, last.span, message);
    // Before a fence that follows the module, else at the end of the text. Where there is prose, nobody can tell.
    let pieces = &context.document.wrapping().pieces;
    let prose = pieces.iter().any(|piece| piece.side == Side::After && piece.kind == PieceKind::Prose);
    if !prose {
        let end = last.span.end.max(context.document.comments().map(|comment| comment.end).max().unwrap_or(0));
        let edits = vec![Edit::replace(Span::new(end, layout.after.start.max(end)), "\n====\n")];
        finding = finding.with_fix(Fix { title: "close the module".to_owned(), safety: Safety::Safe, edits });
    }
    findings.push(finding);
}
