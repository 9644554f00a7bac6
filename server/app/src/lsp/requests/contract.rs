//! The contract as a view: clauses, verdicts and the places of evidence, for a side bar or a page.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use tla_contract_engine::{
    contract::{Clause, ClauseVerdict, Demand, EvidenceLevel, Verdict, VerdictCounts},
    diagnostic::Span,
    features::symbols::module_name,
};
use tower_lsp::ls_types::{Range, TextDocumentIdentifier, Uri, notification::Notification};

use crate::{
    files::How,
    lsp::{analysis::Analysis, convert, session::Kind},
};

/// So many characters of what stands at a place are its name.
const LONGEST_NAME: usize = 60;

/// Parameters of `tla-contract/contract`.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::lsp) struct ContractParams {
    pub(in crate::lsp) text_document: TextDocumentIdentifier,
}

/// `tla-contract/contractChanged`: the clauses of an open module were judged anew.
pub(in crate::lsp) enum ContractChanged {}

impl Notification for ContractChanged {
    type Params = ContractChangedParams;
    const METHOD: &'static str = "tla-contract/contractChanged";
}

/// Of `tla-contract/contractChanged`.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::lsp) struct ContractChangedParams {
    pub(in crate::lsp) uri: Uri,
    /// As the client counts.
    pub(in crate::lsp) version: i32,
}

/// How a module fares, clause by clause: the answer to `tla-contract/contract`. All places are in the encoding of the
/// session.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::lsp) struct ContractView {
    /// The name in the header.
    module: Option<String>,
    /// Where that name stands.
    module_range: Option<Range>,
    prompt: ShownPrompt,
    summary: Summary,
    clauses: Vec<ClauseView>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    met: usize,
    checked: usize,
    missing: usize,
    declared: usize,
    violated: usize,
    not_checked: usize,
    total: usize,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ClauseView {
    clause: String,
    kind: &'static str,
    /// The heading in the prompt; empty where there is none.
    section: String,
    title: String,
    polarity: &'static str,
    /// In the prompt; `None` where that can't be opened.
    prompt_range: Option<Range>,
    verdict: &'static str,
    note: String,
    evidence: Vec<Place>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    name: String,
    uri: Uri,
    range: Range,
}

/// The clauses that each definition shows to be met by what it does, in order, by its name.
pub(in crate::lsp) fn clauses_shown(analysis: &Analysis) -> HashMap<String, Vec<&Clause>> {
    let mut shown: HashMap<String, Vec<&Clause>> = HashMap::new();
    let Some(governor) = &analysis.governor else { return shown };
    let clauses = &governor.prompt.contract().clauses;
    for verdict in analysis.judgement.verdicts.iter().filter(|verdict| verdict.verdict.is_met()) {
        let Some(clause) = clauses.get(verdict.clause) else { continue };
        let evidence = verdict.evidence.iter().filter(|evidence| evidence.level == EvidenceLevel::Behaviour);
        let names: HashSet<String> = evidence
            .flat_map(|evidence| [Some(evidence.name.clone()), analysis.document().definition_at(evidence.span.start)])
            .flatten()
            .collect();
        for name in names {
            shown.entry(name).or_default().push(clause);
        }
    }
    shown
}

/// How a specification fares; `None` for other documents, and where no prompt governs it.
pub(in crate::lsp) fn contract_view(analysis: &Analysis) -> Option<ContractView> {
    let governor = analysis.governor.as_ref().filter(|_| analysis.snapshot.kind == Kind::Specification)?;
    let encoding = analysis.snapshot.facts.encoding;
    let verdicts = &analysis.judgement.verdicts;
    let clauses = &governor.prompt.contract().clauses;
    let view = |verdict: &ClauseVerdict| {
        let clause = clauses.get(verdict.clause)?;
        let evidence = verdict.evidence.iter().map(|evidence| place(analysis, evidence.name.clone(), evidence.span));
        let evidence = evidence.chain(breaches(analysis, clause, verdict));
        Some(ClauseView {
            clause: clause.id.clone(),
            kind: clause.kind.word(),
            section: clause.section.clone(),
            title: clause.title.clone(),
            polarity: clause.polarity.word(),
            prompt_range: governor.uri.as_ref().map(|_| convert::range(&governor.text, clause.span, encoding)),
            verdict: verdict.verdict.word(),
            note: verdict.note.clone(),
            evidence: evidence.collect(),
        })
    };
    let counts = VerdictCounts::of(verdicts);
    let VerdictCounts { met, declared, missing, violated, not_checked } = counts;
    Some(ContractView {
        module: analysis.judgement.module.clone(),
        module_range: module_name(analysis.document()).map(|name| convert::range(analysis.text(), name, encoding)),
        prompt: ShownPrompt { name: governor.name.clone(), uri: governor.uri.clone() },
        summary: Summary {
            met,
            checked: counts.checked(),
            missing,
            declared,
            violated,
            not_checked,
            total: counts.total(),
        },
        clauses: verdicts.iter().filter_map(view).collect(),
    })
}

/// Where a clause is violated, if nothing else shows it: the places of its findings, named by what stands there.
fn breaches<'a>(
    analysis: &'a Analysis,
    clause: &'a Clause,
    verdict: &ClauseVerdict,
) -> impl Iterator<Item = Place> + 'a {
    let is_unshown = verdict.verdict == Verdict::Violated && verdict.evidence.is_empty();
    let findings = analysis.judgement.findings.iter().filter(move |_| is_unshown);
    let breaking = findings.filter(|finding| finding.clause.as_deref() == Some(&clause.id));
    breaking.map(|finding| {
        let text = analysis.text().slice(finding.span);
        let line = text.lines().next().unwrap_or_default().trim();
        place(analysis, line.chars().take(LONGEST_NAME).collect(), finding.span)
    })
}

fn place(analysis: &Analysis, name: String, span: Span) -> Place {
    let range = convert::range(analysis.text(), span, analysis.snapshot.facts.encoding);
    Place { name, uri: analysis.snapshot.uri.clone(), range }
}

/// The contract of a document, with verdicts where it is a specification.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::lsp) struct ShownContract {
    prompt: Option<ShownPrompt>,
    /// How the specification came by its prompt.
    how: &'static str,
    module: Option<String>,
    /// What a person may want to know about the choice of the prompt, and settings that are wrong.
    notes: Vec<String>,
    clauses: Vec<ShownClause>,
    met: usize,
    checked: usize,
}

#[derive(Debug, Serialize)]
struct ShownPrompt {
    name: String,
    uri: Option<Uri>,
}

#[derive(Serialize)]
struct ShownClause {
    id: String,
    kind: &'static str,
    title: String,
    text: String,
    polarity: &'static str,
    /// In the prompt, in the encoding of the session.
    range: Range,
    checked: bool,
    verdict: Option<&'static str>,
    note: Option<String>,
    evidence: Vec<ShownEvidence>,
}

#[derive(Serialize)]
struct ShownEvidence {
    name: String,
    level: &'static str,
    /// In the specification.
    range: Range,
}

/// Shows the contract of a prompt or of what governs a specification.
pub(in crate::lsp) fn show_contract(analysis: &Analysis) -> ShownContract {
    let judgement = &analysis.judgement;
    let problems = analysis.problems.iter().map(ToString::to_string);
    let notes = problems.chain(analysis.notes.iter().cloned()).collect();
    let Some(governor) = &analysis.governor else {
        let module = judgement.module.clone();
        return ShownContract { prompt: None, how: "none", module, notes, clauses: Vec::new(), met: 0, checked: 0 };
    };
    let encoding = analysis.snapshot.facts.encoding;
    let clauses = governor.prompt.contract().clauses.iter().enumerate().map(|(place, clause)| {
        let verdict = judgement.verdicts.iter().find(|verdict| verdict.clause == place);
        ShownClause {
            id: clause.id.clone(),
            kind: clause.kind.word(),
            title: clause.title.clone(),
            text: clause.text.clone(),
            polarity: clause.polarity.word(),
            range: convert::range(&governor.text, clause.span, encoding),
            checked: is_checked(clause, verdict),
            verdict: verdict.map(|verdict| verdict.verdict.word()),
            note: verdict.map(|verdict| verdict.note.clone()).filter(|note| !note.is_empty()),
            evidence: verdict.map(|verdict| shown_evidence(analysis, verdict)).unwrap_or_default(),
        }
    });
    let clauses: Vec<ShownClause> = clauses.collect();
    ShownContract {
        how: match analysis.how {
            How::Named => "named",
            How::Settings => "settings",
            How::ByModule => "module",
            How::Builtin => "built-in",
            How::None => "none",
        },
        module: judgement.module.clone().or_else(|| governor.prompt.contract().module_name().map(str::to_owned)),
        met: judgement.verdicts.iter().filter(|verdict| verdict.verdict.is_met()).count(),
        checked: clauses.iter().filter(|clause| clause.checked).count(),
        prompt: Some(ShownPrompt { name: governor.name.clone(), uri: governor.uri.clone() }),
        notes,
        clauses,
    }
}

fn is_checked(clause: &Clause, verdict: Option<&ClauseVerdict>) -> bool {
    match verdict {
        Some(verdict) => verdict.verdict != Verdict::NotChecked,
        None => clause.demands.iter().any(|demand| !matches!(demand, Demand::Undecidable(_))),
    }
}

fn shown_evidence(analysis: &Analysis, verdict: &ClauseVerdict) -> Vec<ShownEvidence> {
    let encoding = analysis.snapshot.facts.encoding;
    let shown = verdict.evidence.iter().map(|evidence| ShownEvidence {
        name: evidence.name.clone(),
        level: match evidence.level {
            EvidenceLevel::Behaviour => "behaviour",
            EvidenceLevel::Declared => "declared",
        },
        range: convert::range(analysis.text(), evidence.span, encoding),
    });
    shown.collect()
}
