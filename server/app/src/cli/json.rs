//! The answers for programs. What is here is a promise to other tools: fields come, none goes, none changes its
//! meaning without a new version.

use serde::Serialize;
use tla_contract_engine::{
    Judgement,
    contract::{Clause, ClauseVerdict, Contract, Verdict, VerdictCounts},
    diagnostic::{Finding, Severity, Span},
    text::{Encoding, Text},
};

use super::judging::{Judged, Unread};
use crate::files::LoadedPrompt;

/// The version of the form of all answers.
pub(super) const VERSION: u32 = 1;

#[derive(Debug, Serialize)]
pub(super) struct FileAnswer {
    path: String,
    module: Option<String>,
    prompt: Option<String>,
    verdicts: Vec<VerdictAnswer>,
    findings: Vec<FindingAnswer>,
    /// Why the file could not be judged; only there when it could not.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

#[derive(Debug, Serialize)]
struct VerdictAnswer {
    clause: String,
    kind: &'static str,
    title: String,
    polarity: &'static str,
    prompt_line: usize,
    verdict: &'static str,
    note: String,
    evidence: Vec<EvidenceAnswer>,
}

#[derive(Debug, Serialize)]
struct EvidenceAnswer {
    name: String,
    range: Range,
}

#[derive(Debug, Serialize)]
pub(super) struct FindingAnswer {
    rule: &'static str,
    severity: &'static str,
    message: String,
    range: Range,
    clause: Option<String>,
    fixes: Vec<FixAnswer>,
}

#[derive(Debug, Serialize)]
struct FixAnswer {
    title: String,
    safety: &'static str,
    edits: Vec<EditAnswer>,
}

#[derive(Debug, Serialize)]
struct EditAnswer {
    range: Range,
    text: String,
}

/// Lines and columns count from 1, columns in Unicode characters; the end is not part of the range.
#[derive(Debug, Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Debug, Serialize)]
struct Place {
    line: usize,
    column: usize,
    byte: usize,
}

/// What all files come to.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Summary {
    pub(super) files: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) hints: usize,
    /// Clauses that are met, of those that are checked.
    pub(super) met: usize,
    pub(super) checked: usize,
}

impl Summary {
    pub(super) fn of(judgement: &Judgement) -> Self {
        let count = |severity| judgement.findings.iter().filter(|finding| finding.severity == severity).count();
        let verdicts = || judgement.verdicts.iter().map(|verdict| verdict.verdict);
        Self {
            files: 1,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            hints: count(Severity::Hint),
            met: verdicts().filter(|verdict| verdict.is_met()).count(),
            checked: verdicts().filter(|verdict| *verdict != Verdict::NotChecked).count(),
        }
    }

    pub(super) fn add(&mut self, other: &Summary) {
        self.files += other.files;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.hints += other.hints;
        self.met += other.met;
        self.checked += other.checked;
    }
}

/// One file of `check`.
pub(super) fn file(judged: &Judged) -> FileAnswer {
    let Judged { path, document, governing, judgement, .. } = judged;
    let none = Contract::default();
    FileAnswer {
        path: path.clone(),
        module: judgement.module.clone(),
        prompt: governing.prompt.as_ref().map(|loaded| loaded.name.clone()),
        verdicts: verdicts(judgement, judged.contract().unwrap_or(&none), document.text()),
        findings: judgement.findings.iter().map(|finding| self::finding(finding, document.text())).collect(),
        problem: None,
    }
}

/// One file of `check` that could not be judged.
pub(super) fn unread(unread: &Unread) -> FileAnswer {
    FileAnswer {
        path: unread.path.clone(),
        module: None,
        prompt: None,
        verdicts: Vec::new(),
        findings: Vec::new(),
        problem: Some(unread.reason.clone()),
    }
}

fn verdicts(judgement: &Judgement, contract: &Contract, text: &Text) -> Vec<VerdictAnswer> {
    let answer = |verdict: &ClauseVerdict| {
        let clause = contract.clauses.get(verdict.clause)?;
        Some(VerdictAnswer {
            clause: clause.id.clone(),
            kind: clause.kind.word(),
            title: clause.title.clone(),
            polarity: clause.polarity.word(),
            prompt_line: clause.line + 1,
            verdict: verdict.verdict.word(),
            note: verdict.note.clone(),
            evidence: evidence(verdict, text),
        })
    };
    judgement.verdicts.iter().filter_map(answer).collect()
}

fn evidence(verdict: &ClauseVerdict, text: &Text) -> Vec<EvidenceAnswer> {
    let shown = verdict
        .evidence
        .iter()
        .map(|found| EvidenceAnswer { name: found.name.clone(), range: range(found.span, text) });
    shown.collect()
}

fn finding(finding: &Finding, text: &Text) -> FindingAnswer {
    let edit = |edit: &tla_contract_engine::diagnostic::Edit| EditAnswer {
        range: range(edit.span, text),
        text: edit.text.clone(),
    };
    FindingAnswer {
        rule: finding.rule,
        severity: finding.severity.word(),
        message: finding.message.clone(),
        range: range(finding.span, text),
        clause: finding.clause.clone(),
        fixes: finding
            .fixes
            .iter()
            .map(|fix| FixAnswer {
                title: fix.title.clone(),
                safety: fix.safety.word(),
                edits: fix.edits.iter().map(edit).collect(),
            })
            .collect(),
    }
}

fn range(span: Span, text: &Text) -> Range {
    Range { start: place(span.start, text), end: place(span.end, text) }
}

fn place(byte: usize, text: &Text) -> Place {
    let position = text.position(byte, Encoding::Utf32);
    Place { line: position.line + 1, column: position.column + 1, byte }
}

/// The whole answer of `contract`.
#[derive(Debug, Serialize)]
pub(super) struct ContractAnswer {
    version: u32,
    prompt: String,
    /// The specification that it is held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<AgainstAnswer>,
    clauses: Vec<ClauseAnswer>,
    placeholders: Vec<PlaceholderAnswer>,
    /// What is odd about the prompt itself; ranges are in the prompt.
    findings: Vec<FindingAnswer>,
}

/// A specification and how it fares; the places of its evidence are in it.
#[derive(Debug, Serialize)]
struct AgainstAnswer {
    path: String,
    module: Option<String>,
    summary: ContractSummary,
}

#[derive(Debug, Serialize)]
struct ContractSummary {
    met: usize,
    checked: usize,
    missing: usize,
    declared: usize,
    violated: usize,
    not_checked: usize,
    total: usize,
}

impl From<VerdictCounts> for ContractSummary {
    fn from(counts: VerdictCounts) -> Self {
        let VerdictCounts { met, declared, missing, violated, not_checked } = counts;
        Self { met, checked: counts.checked(), missing, declared, violated, not_checked, total: counts.total() }
    }
}

#[derive(Debug, Serialize)]
struct ClauseAnswer {
    id: String,
    kind: &'static str,
    section: String,
    title: String,
    text: String,
    polarity: &'static str,
    line: usize,
    checked: bool,
    names: Vec<NameAnswer>,
    range: Range,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    verdict: Option<ClauseVerdictAnswer>,
}

/// How a clause fares in the specification; the words are those of `check`.
#[derive(Debug, Serialize)]
struct ClauseVerdictAnswer {
    verdict: &'static str,
    note: String,
    evidence: Vec<EvidenceAnswer>,
}

#[derive(Debug, Serialize)]
struct NameAnswer {
    name: String,
    meaning: Option<String>,
}

#[derive(Debug, Serialize)]
struct PlaceholderAnswer {
    name: String,
    line: usize,
    known: bool,
}

/// A prompt's contract, with verdicts where it is held against a specification.
pub(super) fn contract(loaded: &LoadedPrompt, against: Option<&Judged>) -> ContractAnswer {
    let prompt = &loaded.prompt;
    let text = Text::from(prompt.text());
    let verdict = |place: usize| {
        let judged = against?;
        let verdict = judged.judgement.verdicts.iter().find(|verdict| verdict.clause == place)?;
        Some(ClauseVerdictAnswer {
            verdict: verdict.verdict.word(),
            note: verdict.note.clone(),
            evidence: evidence(verdict, judged.document.text()),
        })
    };
    let clause = |(place, clause): (usize, &Clause)| ClauseAnswer {
        id: clause.id.clone(),
        kind: clause.kind.word(),
        section: clause.section.clone(),
        title: clause.title.clone(),
        text: clause.text.clone(),
        polarity: clause.polarity.word(),
        line: clause.line + 1,
        checked: super::contract::is_checked(clause),
        names: clause
            .names
            .iter()
            .map(|named| NameAnswer { name: named.name.clone(), meaning: named.meaning.clone() })
            .collect(),
        range: range(clause.span, &text),
        verdict: verdict(place),
    };
    ContractAnswer {
        version: VERSION,
        prompt: loaded.name.clone(),
        against: against.map(|judged| AgainstAnswer {
            path: judged.path.clone(),
            module: judged.judgement.module.clone(),
            summary: VerdictCounts::of(&judged.judgement.verdicts).into(),
        }),
        clauses: prompt.contract().clauses.iter().enumerate().map(clause).collect(),
        placeholders: prompt
            .placeholders()
            .iter()
            .map(|placeholder| PlaceholderAnswer {
                name: placeholder.name.clone(),
                line: placeholder.line + 1,
                known: placeholder.known,
            })
            .collect(),
        findings: prompt.findings().iter().map(|finding| self::finding(finding, &text)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_one_in_characters_with_bytes_beside_them() {
        let text = Text::from("a\n【😀】b");
        let range = serde_json::to_value(range(Span::new(2, 12), &text)).unwrap();
        let expected = serde_json::json!({
            "start": {"line": 2, "column": 1, "byte": 2},
            "end": {"line": 2, "column": 4, "byte": 12},
        });
        assert_eq!(range, expected);
    }
}
