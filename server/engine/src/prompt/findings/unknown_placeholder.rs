//! A `{word}` that looks like a placeholder, but is none that rendering fills.
//!
//! Rendering fills the placeholders that it knows (`{focus}`, `{file_path}`, `{source_code}`, `{draft_analysis}` and
//! others) and leaves every other brace as it is, since sets, records and JSON are written with braces too. A slip in a
//! placeholder's name would therefore reach the model as it stands.
//!
//! ```bad
//! Source code from {file_path}: {source_cod}
//! ```
//!
//! ```good
//! Source code from {file_path}: {source_code}
//! ```

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
    prompt::{Prompt, placeholders::nearest},
};

pub(super) fn check(prompt: &Prompt, findings: &mut Vec<Finding>) {
    for placeholder in prompt.placeholders().iter().filter(|placeholder| !placeholder.known) {
        let meant = nearest(&placeholder.name);
        let advice = match meant {
            Some(meant) => format!("did you mean {{{meant}}}?"),
            None => "write one of the known words, or double the braces".to_owned(),
        };
        let message = format!(
            "{{{}}} is no placeholder that rendering fills, so the model would read it as it stands; {advice}",
            placeholder.name
        );
        let finding = Finding::new("prompt/unknown-placeholder", Severity::Warning, placeholder.span, message);
        findings.push(match meant {
            Some(meant) => finding.with_fix(Fix {
                title: format!("write {{{meant}}}"),
                safety: Safety::Ask,
                edits: vec![Edit::replace(placeholder.span, format!("{{{meant}}}"))],
            }),
            None => finding,
        });
    }
}
