//! There is no module header that SANY takes.
//!
//! SANY looks for `---- MODULE Name ----` with four dashes or more on both sides and ignores everything before it. Without
//! one there is no module at all, whatever the text says.
//!
//! ````tla bad
//! --- MODULE M ---
//! A == 1
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! A == 1
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    rules::Context,
    syntax::HeaderForm,
};

const ID: &str = "syntax/missing-header";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    match context.document.layout().header {
        HeaderForm::Proper => {}
        HeaderForm::Missing => {
            let source = context.document.source();
            let start = source.len() - source.trim_start().len();
            let end = source[start..].find('\n').map_or(source.len(), |line| start + line);
            let message = "there is no module here: SANY looks for `---- MODULE Name ----` and finds none";
            let mut finding = Finding::new(ID, Severity::Error, Span::new(start, end), message);
            finding.fixes.extend(header_for(context, start));
            findings.push(finding);
        }
        HeaderForm::Lame => {
            let Some(header) = context.module.header else { return };
            let message = "SANY does not take this for a module header: it has four dashes or more on both sides, `---- MODULE Name ----`";
            let mut finding = Finding::new(ID, Severity::Error, header, message);
            if let Some(name) = context.module.name {
                let text = format!("---- MODULE {} ----", name.value.name);
                let edits = vec![Edit::replace(header, text)];
                finding = finding.with_fix(Fix { title: "write a proper header".to_owned(), safety: Safety::Safe, edits });
            }
            findings.push(finding);
        }
    }
}

/// A header with the file's name before a text that begins as a module goes on.
fn header_for(context: &Context<'_>, start: usize) -> Option<Fix> {
    const BEGINNINGS: &[&str] = &["EXTENDS", "CONSTANT", "CONSTANTS", "VARIABLE", "VARIABLES"];
    let name = context.setting.file_stem?;
    let first = context.document.source()[start..].split_whitespace().next()?;
    let edits = vec![Edit::insert(start, format!("---- MODULE {name} ----\n"))];
    let fix = Fix { title: format!("begin module `{name}`"), safety: Safety::Safe, edits };
    BEGINNINGS.contains(&first).then_some(fix)
}
