//! A comment is opened by `(*` and never closed.
//!
//! Everything behind it is comment to SANY, which then reports nothing but the end of the file. Comments nest: each `(*`
//! needs its own `*)`.
//!
//! ````tla bad
//! ---- MODULE M ----
//! (* one thing
//! A == 1
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! (* one thing *)
//! A == 1
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    rules::Context,
    syntax::Closing,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (span, closing) in &context.document.layout().comments {
        if *closing != Closing::Open {
            continue;
        }
        let message = "this comment is never closed: to SANY the rest of the file is part of it";
        let open = Span::new(span.start, span.start + 2);
        let edits = vec![Edit::insert(span.start + context.text(*span).trim_end().len(), " *)")];
        findings.push(
            Finding::new("syntax/unclosed-comment", Severity::Error, open, message).with_fix(Fix {
                title: "close the comment at the end of its line".to_owned(),
                safety: Safety::Ask,
                edits,
            }),
        );
    }
}
