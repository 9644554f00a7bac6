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
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
    reply::PieceKind,
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
    // Where the last unit swallowed a fence or prose, nobody can tell where the module should end.
    let fenced = context.document.wrapping().pieces.iter().any(|piece| piece.kind == PieceKind::Fence)
        || context.text(last.span).contains("```");
    if !fenced {
        let source = context.document.source();
        let end = source.trim_end().len();
        let edits = vec![Edit::replace(crate::diagnostic::Span::new(end, source.len()), "\n====\n")];
        finding = finding.with_fix(Fix { title: "close the module".to_owned(), safety: Safety::Safe, edits });
    }
    findings.push(finding);
}
