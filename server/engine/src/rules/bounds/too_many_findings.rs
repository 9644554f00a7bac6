//! There are more findings than anybody reads.
//!
//! Of one text at most 1,000 findings are told, the gravest first; of equal ones the first in the text. This one says
//! how many more there are, and stands at the first that was left out. It is as grave as that one. Fixes are made for
//! all of them.
//!
//! ````tla bad, among others
//! ---- MODULE M ----
//! A == /\ Unknown
//!      /\ Unknown
//! \* (the line before this one 1,000 times more)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! A == /\ Unknown
//!      /\ Unknown
//! ====
//! ````

use crate::{
    config::Config,
    diagnostic::{Finding, Severity},
};

const ID: &str = "bounds/too-many-findings";

/// So many findings of one text are told.
const MOST: usize = 1_000;

/// Keeps the gravest findings, in order of place, and says of the others how many there are.
pub(crate) fn bound(findings: &mut Vec<Finding>, config: &Config) {
    if findings.len() <= MOST {
        return;
    }
    let place = |finding: &Finding| (finding.span, finding.severity, finding.rule);
    // Stable, so that of equally grave ones those that come first in the text stay.
    findings.sort_by_key(|finding| finding.severity);
    let left_out = findings.split_off(MOST);
    if let Some(first) = left_out.first()
        && let Some(severity) = config.level(ID, first.severity)
    {
        findings.push(Finding::new(ID, severity, first.span, message(&left_out)));
    }
    findings.sort_by(|one, other| place(one).cmp(&place(other)));
}

fn message(left_out: &[Finding]) -> String {
    let count = |severity| left_out.iter().filter(|finding| finding.severity == severity).count();
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint]
        .into_iter()
        .map(|severity| (count(severity), severity.word()))
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} of severity {word}"))
        .collect();
    format!(
        "{} more findings of this text are left out ({}): only {MOST} are told; mend these first",
        left_out.len(),
        counts.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;

    fn findings(severities: impl Iterator<Item = Severity>) -> Vec<Finding> {
        severities.enumerate().map(|(at, severity)| Finding::new("x/y", severity, Span::at(at), "")).collect()
    }

    #[test]
    fn as_many_as_are_told_are_left_alone() {
        let mut told = findings((0..MOST).map(|_| Severity::Hint));
        let before = told.clone();
        bound(&mut told, &Config::default());
        assert_eq!(told, before);
    }

    #[test]
    fn the_gravest_stay_and_the_others_are_counted() {
        let hints = (0..MOST).map(|_| Severity::Hint);
        let mut told = findings(hints.chain([Severity::Error, Severity::Warning]));
        bound(&mut told, &Config::default());
        assert_eq!(told.len(), MOST + 1);
        assert!(told.is_sorted_by_key(|finding| finding.span));
        let graver = told.iter().filter(|finding| finding.severity < Severity::Hint).count();
        assert_eq!(graver, 2, "the last ones of the text are the gravest");
        let word = told.iter().find(|finding| finding.rule == ID).unwrap();
        assert_eq!(word.span, Span::at(MOST - 2));
        assert!(word.message.starts_with("2 more findings of this text are left out (2 of severity hint)"), "{word:?}");
    }
}
