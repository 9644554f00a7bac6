//! The text is larger than 8 MB.
//!
//! A reply of a model has some tens of kilobytes, the largest modules that people write have a few hundred. What is
//! larger than 8 MB is not read at all, so that one file can't hold up the others; no clause is judged on it. An
//! error, so that nobody takes silence for praise.
//!
//! ````tla bad
//! ---- MODULE M ----
//! \* a line of a comment that says nothing, as it stands in files that a machine has written without end
//! \* (the line before this one 90,000 times more)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! \* a line of a comment that says nothing, as it stands in files that a machine has written without end
//! ====
//! ````

use crate::{
    Document, Judgement,
    contract::{ClauseVerdict, Contract, Verdict},
    diagnostic::{Finding, Severity, Span},
    document::SIZE_LIMIT,
};

/// What is said of a document that was not read for its size; `None` for every other.
pub(in crate::rules) fn judge(document: &Document, contract: Option<&Contract>) -> Option<Judgement> {
    if !document.is_too_large() {
        return None;
    }
    const MEGABYTE: usize = 1024 * 1024;
    let (size, limit) = (document.text().len().div_ceil(MEGABYTE), SIZE_LIMIT / MEGABYTE);
    let message = format!("the text has {size} MB and is not read: more than {limit} MB is refused; check it in parts");
    let first_line = document.text().line_span(0);
    let unread = |clause| ClauseVerdict {
        clause,
        verdict: Verdict::NotChecked,
        note: "the text is too large to be read".to_owned(),
        evidence: Vec::new(),
    };
    Some(Judgement {
        findings: vec![Finding::new("bounds/too-large", Severity::Error, Span::new(0, first_line.end), message)],
        verdicts: (0..contract.map_or(0, |contract| contract.clauses.len())).map(unread).collect(),
        left_alone: vec!["the whole text: it is too large to be read".to_owned()],
        module: None,
    })
}
