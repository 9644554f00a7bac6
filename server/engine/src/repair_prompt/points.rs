//! What is to be mended, the most important first.

use crate::{
    Judgement,
    contract::{Clause, ClauseVerdict, Contract, Verdict},
    diagnostic::{Finding, Severity},
};

/// One thing to mend.
#[derive(Debug, Clone)]
pub(super) enum Point<'a> {
    /// An error that is none of a clause.
    Error(&'a Finding),
    /// A clause that is not met, with the errors that break it.
    Clause { clause: &'a Clause, verdict: &'a ClauseVerdict, findings: Vec<&'a Finding> },
    /// Not certain to be wrong, but likely.
    Doubt(&'a Finding),
}

impl Point<'_> {
    /// Small is important. A module that is not read at all does nothing that a clause asks for, so that comes first.
    fn rank(&self) -> usize {
        match self {
            Point::Error(finding) if finding.rule.starts_with("syntax/") => 0,
            Point::Error(finding) if finding.rule.starts_with("name/") || finding.rule.starts_with("level/") => 1,
            Point::Error(_) => 2,
            Point::Clause { verdict, .. } => match verdict.verdict {
                Verdict::Violated => 3,
                Verdict::Missing => 4,
                _ => 5,
            },
            Point::Doubt(_) => 6,
        }
    }
}

/// Everything that is to be mended. Of equal importance, in order of place.
pub(super) fn points<'a>(judgement: &'a Judgement, contract: &'a Contract) -> Vec<Point<'a>> {
    let unmet: Vec<(&Clause, &ClauseVerdict)> = judgement
        .verdicts
        .iter()
        .filter(|verdict| matches!(verdict.verdict, Verdict::Violated | Verdict::Missing | Verdict::Declared))
        .filter_map(|verdict| Some((contract.clauses.get(verdict.clause)?, verdict)))
        .collect();
    let is_of = |finding: &Finding, clause: &Clause| finding.clause.as_deref() == Some(clause.id.as_str());
    let is_told = |finding: &Finding| unmet.iter().any(|(clause, _)| is_of(finding, clause));
    let rest = judgement.findings.iter().filter(|finding| !is_told(finding));
    let mut points: Vec<Point<'_>> = rest
        .filter_map(|finding| match finding.severity {
            Severity::Error => Some(Point::Error(finding)),
            Severity::Warning if finding.clause.is_none() => Some(Point::Doubt(finding)),
            _ => None,
        })
        .collect();
    points.extend(unmet.iter().map(|(clause, verdict)| {
        let breaks = |finding: &&Finding| finding.severity == Severity::Error && is_of(finding, clause);
        Point::Clause { clause, verdict, findings: judgement.findings.iter().filter(breaks).collect() }
    }));
    points.sort_by_key(Point::rank);
    points
}
