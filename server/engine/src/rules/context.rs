//! What every rule is given: the document, its linked module and what was worked out about it once for all rules.

use crate::{
    Document, Setting,
    contract::{Clause, ClauseVerdict, Demand},
    diagnostic::{Finding, Fix, Severity, Span},
    evidence::{Answer, Answers, Subject},
    module::{Module, calls::Calls},
    syntax::{Refused, SlipKind},
};

/// The state of one judgement.
pub(crate) struct Context<'a> {
    pub document: &'a Document,
    pub setting: Setting<'a>,
    pub module: Module<'a>,
    pub calls: Calls<'a>,
    /// The answers to the clauses of the contract.
    pub answers: Answers,
    /// The whole reply, where the document is the module in a string of a JSON object.
    pub json: Option<&'a Document>,
}

impl<'a> Context<'a> {
    /// Works out what the rules need. `json` is the whole reply, where `document` is the module in a JSON string.
    pub(crate) fn new(document: &'a Document, json: Option<&'a Document>, setting: Setting<'a>) -> Self {
        let module = Module::link(document);
        let calls = Calls::of(&module);
        let answers = Answers::of(&Subject::new(document, &module, &calls, json, setting.draft), setting.contract);
        Self { document, setting, module, calls, answers, json }
    }

    /// The clauses and demands of the contract with their answers.
    pub(crate) fn answered(&self) -> Vec<(&'a Clause, &'a Demand, &Answer)> {
        self.answers.each(self.setting.contract)
    }

    /// Reports every slip of a kind as a finding of a rule.
    pub(crate) fn report_slips(&self, kind: SlipKind, rule: &'static str, findings: &mut Vec<Finding>) {
        for unit in self.document.units() {
            let offset = unit.range.span.start;
            for slip in unit.syntax.slips.iter().filter(|slip| slip.kind == kind) {
                let mut finding = Finding::new(rule, Severity::Error, slip.span.shifted(offset), slip.message.as_str());
                if let Some(repair) = &slip.repair {
                    let mut edits = repair.edits.clone();
                    edits.iter_mut().for_each(|edit| edit.span = edit.span.shifted(offset));
                    finding = finding.with_fix(Fix { title: repair.title.clone(), safety: repair.safety, edits });
                }
                findings.push(finding);
            }
        }
    }

    /// The first clause that makes one of these demands.
    pub(crate) fn clause_of(&self, demands: &[Demand]) -> Option<&'a Clause> {
        demands.iter().find_map(|wanted| {
            self.setting.contract?.demands().find(|(_, demand)| *demand == wanted).map(|(clause, _)| clause)
        })
    }

    /// The clause that demands fenced blocks.
    pub(crate) fn clause_of_blocks(&self) -> Option<&'a Clause> {
        self.setting
            .contract?
            .demands()
            .find(|(_, demand)| matches!(demand, Demand::FencedBlocks(_)))
            .map(|(clause, _)| clause)
    }

    /// A span with the rest of its lines, where it has them to itself, and with the blank lines behind it.
    pub(crate) fn lines_of(&self, span: Span) -> Span {
        let source = self.document.source();
        let start = source[..span.start].rfind('\n').map_or(0, |end| end + 1);
        let end = source[span.end..].find('\n').map_or(source.len(), |end| span.end + end + 1);
        if !source[start..span.start].trim().is_empty() || !source[span.end..end].trim().is_empty() {
            return span;
        }
        let blank = source[end..].len() - source[end..].trim_start_matches(['\n', '\r']).len();
        Span::new(start, end + blank)
    }

    /// The verdicts on the clauses of the contract, in its order.
    pub(crate) fn verdicts(&self) -> Vec<ClauseVerdict> {
        self.answers.verdicts()
    }

    /// One sentence for each unit that was not looked into.
    pub(crate) fn left_alone(&self) -> Vec<String> {
        let text = self.document.text();
        let mut sentences = Vec::new();
        for unit in self.document.units() {
            let line = text.line_of(unit.range.span.start) + 1;
            match unit.syntax.refused {
                Some(Refused::NotUnderstood) => {
                    sentences.push(format!("line {line}: this unit is legal TLA+, but its tree is not understood"));
                }
                Some(Refused::TooLong) => sentences.push(format!("line {line}: this unit took the parser too long")),
                Some(Refused::TooDeep(_)) | None => {}
            }
            if unit.syntax.proof {
                sentences.push(format!("line {line}: proofs and ASSUME/PROVE are not judged"));
            }
        }
        sentences
    }

    /// The text of a span of the document.
    pub(crate) fn text(&self, span: Span) -> &'a str {
        self.document.source().get(span.start..span.end).unwrap_or_default()
    }
}
