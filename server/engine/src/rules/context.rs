//! What every rule is given: the document, its linked module and what was worked out about it once for all rules.

mod actions;
mod order;
mod reach;
mod supply;
mod uses;

pub(super) use order::recursive_head;
pub(super) use uses::Use;

use std::cell::OnceCell;

use crate::{
    Document, Setting,
    contract::{Clause, ClauseVerdict, Demand},
    diagnostic::{Finding, Fix, Severity, Span},
    evidence::{Answer, Answers, Subject},
    module::{
        Module,
        calls::Calls,
        frame::Frames,
        hash::QuickSet,
        link::Linked,
        messages::Messages,
        problem::{Fault, Problem},
        register::Trait,
    },
    syntax::{Refused, SlipKind, UnitKind},
};

/// The state of one judgement.
pub(crate) struct Context<'a> {
    pub document: &'a Document,
    pub setting: Setting<'a>,
    pub module: Module<'a>,
    pub calls: Calls<'a>,
    /// The names of the module, with what is wrong with them and with their levels.
    pub linked: Linked,
    /// The answers to the clauses of the contract.
    pub answers: Answers,
    /// The whole reply, where the document is the module in a string of a JSON object.
    pub json: Option<&'a Document>,
    /// The units that have slips, by index.
    slipped: Vec<usize>,
    frames: OnceCell<Frames<'a>>,
    /// For each definition whether something else mentions it.
    mentioned: OnceCell<Vec<bool>>,
    translation: OnceCell<bool>,
    messages: OnceCell<Messages<'a>>,
    dark: OnceCell<QuickSet<&'a str>>,
}

impl<'a> Context<'a> {
    /// Works out what the rules need. `json` is the whole reply, where `document` is the module in a JSON string.
    pub(crate) fn new(document: &'a Document, json: Option<&'a Document>, setting: Setting<'a>) -> Self {
        let module = Module::link(document);
        let calls = Calls::of(&module);
        let linked = Linked::of(document, setting.modules);
        let meant = setting.contract.and_then(|_| module.with_undeclared_variables(document, &linked));
        let judged = meant.as_ref().unwrap_or(&module);
        let pieces = OnceCell::new();
        let subject = Subject::new(document, judged, &calls, json, setting.draft, &pieces);
        let answers = Answers::of(&subject, setting.contract);
        drop(subject);
        let slipped = having(&module, Trait::Slips).collect();
        Self {
            document,
            setting,
            slipped,
            module,
            calls,
            linked,
            answers,
            json,
            frames: OnceCell::new(),
            mentioned: OnceCell::new(),
            translation: OnceCell::new(),
            messages: OnceCell::new(),
            dark: OnceCell::new(),
        }
    }

    /// The clauses and demands of the contract with their answers.
    pub(crate) fn answered(&self) -> Vec<(&'a Clause, &'a Demand, &Answer)> {
        self.answers.each(self.setting.contract)
    }

    /// Reports every slip of a kind as a finding of a rule.
    pub(crate) fn report_slips(&self, kind: SlipKind, rule: &'static str, findings: &mut Vec<Finding>) {
        for unit in &self.slipped {
            let unit = &self.document.units()[*unit];
            let offset = unit.range.span.start;
            for slip in unit.syntax.slips.iter().filter(|slip| slip.kind == kind) {
                let mut finding = Finding::new(rule, Severity::Error, slip.span.shifted(offset), slip.message.as_str());
                for repair in &slip.repairs {
                    let mut edits = repair.edits.clone();
                    edits.iter_mut().for_each(|edit| edit.span = edit.span.shifted(offset));
                    finding = finding.with_fix(Fix { title: repair.title.clone(), safety: repair.safety, edits });
                }
                findings.push(finding);
            }
        }
    }

    /// The problems of names and levels of one kind, with their places in the document.
    pub(crate) fn problems(&self, wanted: impl Fn(Fault) -> bool) -> impl Iterator<Item = (Span, &Problem)> {
        self.linked.problems.iter().filter(move |(_, problem)| wanted(problem.fault)).map(|(unit, problem)| {
            let offset = self.document.units()[*unit].range.span.start;
            (problem.span.shifted(offset), problem)
        })
    }

    /// Reports every problem of a kind as a finding of a rule.
    pub(crate) fn report_problems(&self, fault: Fault, rule: &'static str, findings: &mut Vec<Finding>) {
        for (span, problem) in self.problems(|other| other == fault) {
            findings.push(Finding::new(rule, Severity::Error, span, problem.message.as_str()));
        }
    }

    /// The units of which something holds, by index.
    pub(crate) fn units_that(&self, wanted: Trait) -> impl Iterator<Item = usize> {
        having(&self.module, wanted)
    }

    /// Whether a name seems to be defined in a unit that could not be read.
    pub(crate) fn may_be_defined_in_the_dark(&self, name: &str) -> bool {
        self.dark.get_or_init(|| self.words_in_the_dark()).contains(name)
    }

    /// The words that may be names which units define that could not be read.
    fn words_in_the_dark(&self) -> QuickSet<&'a str> {
        let mut words = QuickSet::default();
        for unit in self.units_that(Trait::Dark) {
            let unit = &self.document.units()[unit];
            let text = self.text(unit.range.span);
            match unit.range.kind {
                UnitKind::Constants | UnitKind::Variables | UnitKind::Recursive => {
                    words.extend(text.split(is_no_letter))
                }
                _ => words.extend(text.lines().filter_map(first_word)),
            }
        }
        words
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
        for unit in self.units_that(Trait::LeftAlone) {
            let unit = &self.document.units()[unit];
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
        let unknown = &self.frames().unknown;
        if !unknown.is_empty() {
            let names = unknown.join(", ");
            sentences
                .push(format!("Next calls {names}, not known here: what such steps leave unspecified is not judged"));
        }
        sentences
    }

    /// The text of a span of the document.
    pub(crate) fn text(&self, span: Span) -> &'a str {
        self.document.source().get(span.start..span.end).unwrap_or_default()
    }
}

fn having(module: &Module<'_>, wanted: Trait) -> impl Iterator<Item = usize> {
    let briefs = module.register.briefs.iter().enumerate();
    briefs.filter(move |(_, brief)| brief.has(wanted)).map(|(index, _)| index)
}

/// The word that a line begins with, such as the name of what it defines.
fn first_word(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let line = line.strip_prefix("LET").or(line.strip_prefix("LOCAL")).map_or(line, str::trim_start);
    line.split(is_no_letter).next()
}

fn is_no_letter(letter: char) -> bool {
    !letter.is_alphanumeric() && letter != '_'
}
