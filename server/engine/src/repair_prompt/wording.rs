//! The words of a repair prompt.

use std::{borrow::Cow, collections::BTreeSet, fmt::Write};

use super::{AnswerForm, Wanted, points::Point};
use crate::{
    Document, Judgement,
    contract::{Clause, ClauseVerdict, Contract, Demand, Polarity, Verdict},
    diagnostic::{Finding, Span},
    module::{Module, calls::Calls},
    syntax::{UnitKind, tree::Item},
};

/// Of a longer definition only the lines around an error are shown, so many before and behind it.
const MOST_LINES: usize = 40;
const AROUND: usize = 8;

/// So many places of one clause are told; a model that mends these has seen what is meant.
const MOST_PLACES: usize = 12;

/// So many names of definitions that stay are told.
const MOST_NAMES: usize = 80;

/// Writes about one specification.
pub(super) struct Writer<'a> {
    reply: &'a Document,
    /// The module's own document, where the reply is a JSON object.
    document: &'a Document,
    judgement: &'a Judgement,
    contract: &'a Contract,
    text: String,
    number: usize,
    /// Units that a point speaks of, by index.
    touched: BTreeSet<usize>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(reply: &'a Document, judgement: &'a Judgement, contract: &'a Contract) -> Self {
        let document = reply.json().map_or(reply, |(_, inner)| inner);
        Self { reply, document, judgement, contract, text: String::new(), number: 0, touched: BTreeSet::new() }
    }

    pub(super) fn write(mut self, points: &[Point<'_>], wanted: &Wanted) -> String {
        self.text += "The TLA+ specification at the end of this message has to be mended. Mend what is listed here and \
                      change nothing else. Lines are counted in the specification as it stands at the end.\n";
        let errors: Vec<&Finding> = points.iter().filter_map(Point::error).collect();
        if !errors.is_empty() {
            self.heading("ERRORS");
            self.findings(&errors);
        }
        if points.iter().any(|point| matches!(point, Point::Clause { .. })) {
            self.heading("WHAT THE SPECIFICATION WAS ASKED FOR AND DOES NOT DO");
            for point in points {
                if let Point::Clause { clause, verdict, findings } = point {
                    self.clause(clause, verdict, findings);
                }
            }
        }
        let doubts: Vec<&Finding> = points.iter().filter_map(Point::doubt).collect();
        if !doubts.is_empty() {
            self.heading("PROBABLY WRONG (mend it, or leave it where it is meant so)");
            self.findings(&doubts);
        }
        self.heading("WHAT STAYS AS IT IS");
        self.stays(points);
        self.heading("HOW TO ANSWER");
        self.text += &answer_form(self.contract, wanted.form);
        if wanted.form == AnswerForm::Json
            && let Some(configuration) = &wanted.configuration
        {
            self.heading("THE CONFIGURATION");
            self.text += configuration.trim_end();
            self.text.push('\n');
        }
        self.heading("THE SPECIFICATION");
        self.text += self.document.source().trim_end();
        self.text.push('\n');
        self.text
    }

    fn heading(&mut self, words: &str) {
        // Writing to a string can't fail.
        let _ = write!(self.text, "\n{words}:\n\n");
    }

    /// The number of the next point, which stands apart from the one before.
    fn next_number(&mut self) -> usize {
        if !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
        self.number += 1;
        self.number
    }

    /// Findings that are none of a clause; those of one definition together, below its text.
    fn findings(&mut self, findings: &[&Finding]) {
        let mut done = vec![false; findings.len()];
        for first in 0..findings.len() {
            if done[first] {
                continue;
            }
            let unit = self.unit_at(findings[first].span);
            let together: Vec<usize> = (first..findings.len())
                .filter(|place| *place == first || unit.is_some() && self.unit_at(findings[*place].span) == unit)
                .collect();
            let number = self.next_number();
            let indent = " ".repeat(number.to_string().len() + 2);
            for (place, at) in together.iter().enumerate() {
                done[*at] = true;
                let head = if place == 0 { format!("{number}. ") } else { indent.clone() };
                let finding = findings[*at];
                let _ = writeln!(self.text, "{head}Line {}: {}", self.line(finding.span), finding.message);
            }
            let spans: Vec<Span> = together.iter().map(|at| findings[*at].span).collect();
            self.definition(unit, &spans);
        }
    }

    /// The text of a definition with faults at these places.
    fn definition(&mut self, unit: Option<usize>, faults: &[Span]) {
        let Some(unit) = unit else { return };
        self.touched.insert(unit);
        let (text, span) = (self.document.text(), self.document.units()[unit].range.span);
        let (first, last) = (text.line_of(span.start), text.line_of(span.end));
        let near =
            |line: usize| faults.iter().any(|fault| self.line(*fault).abs_diff(line + 1) <= AROUND) || line == first;
        let shown = |line: &usize| last - first < MOST_LINES || near(*line);
        let mut quoted = String::new();
        let mut next = first;
        for line in (first..=last).filter(shown) {
            if line > next {
                quoted += "      ...\n";
            }
            next = line + 1;
            let span = text.line_span(line);
            let _ = writeln!(quoted, "      {}", self.document.source()[span.start..span.end].trim_end());
        }
        if next <= last {
            quoted += "      ...\n";
        }
        let what = match self.defined(unit) {
            Some(name) => format!("`{name}`"),
            None => "This part".to_owned(),
        };
        let lines =
            if first == last { format!("line {}", first + 1) } else { format!("lines {} to {}", first + 1, last + 1) };
        let _ = write!(self.text, "   {what} is now ({lines}):\n{quoted}");
    }

    fn clause(&mut self, clause: &Clause, verdict: &ClauseVerdict, findings: &[&Finding]) {
        let number = self.next_number();
        let asks = match (clause.polarity, clause.section.as_str()) {
            (Polarity::Forbidden, "") => "It must not do this".to_owned(),
            (_, "") => "It was asked for this".to_owned(),
            (_, section) => format!("Under \"{section}\" it was asked for this"),
        };
        let _ = writeln!(self.text, "{number}. {asks}:");
        for line in clause.text.lines() {
            let _ = writeln!(self.text, "      {}", line.trim_end());
        }
        let said = match verdict.verdict {
            Verdict::Violated => "What is wrong",
            Verdict::Declared => "It is only named, no step does it",
            _ => "It is not found",
        };
        if findings.is_empty() {
            let _ = writeln!(self.text, "   {said}: {}.", verdict.note.trim_end_matches('.'));
        } else {
            let _ = writeln!(self.text, "   {said}:");
            for finding in findings.iter().take(MOST_PLACES) {
                let _ = writeln!(self.text, "   - line {}: {}", self.line(finding.span), finding.message);
            }
            if findings.len() > MOST_PLACES {
                let _ = writeln!(self.text, "   - and at {} more places", findings.len() - MOST_PLACES);
            }
        }
        let mut units: Vec<usize> = Vec::new();
        let evidence = verdict.evidence.iter().map(|evidence| evidence.span);
        for span in findings.iter().map(|finding| finding.span) {
            if let Some(unit) = self.unit_at(span)
                && self.defined(unit).is_some()
                && !units.contains(&unit)
            {
                units.push(unit);
            }
        }
        // What is there already may have to grow.
        let grown: Vec<usize> = evidence.filter_map(|span| self.unit_at(span)).collect();
        self.touched.extend(grown);
        for unit in units {
            let spans: Vec<Span> = findings.iter().map(|finding| finding.span).collect();
            let spans: Vec<Span> = spans.into_iter().filter(|span| self.unit_at(*span) == Some(unit)).collect();
            self.definition(Some(unit), &spans);
        }
    }

    /// What the model has to leave alone.
    fn stays(&mut self, points: &[Point<'_>]) {
        let grows = points
            .iter()
            .any(|point| matches!(point, Point::Clause { verdict, .. } if verdict.verdict != Verdict::Violated));
        let renames = points.iter().any(|point| match point {
            Point::Clause { clause, .. } => clause.demands.iter().any(|demand| matches!(demand, Demand::ModuleName(_))),
            Point::Error(finding) | Point::Doubt(finding) => finding.rule == "name/module-file-name",
        });
        if let Some(module) = self.judgement.module.as_deref().filter(|_| !renames) {
            let _ = writeln!(self.text, "- the module's name, `{module}`");
        }
        let module = Module::link(self.document);
        let next = Calls::of(&module).next.map(|next| next.name().to_owned()).filter(|_| grows);
        let names: Vec<&str> = (0..self.document.units().len())
            .filter(|unit| !self.touched.contains(unit))
            .filter_map(|unit| self.defined(unit))
            .filter(|name| next.as_deref() != Some(name))
            .collect();
        let more =
            if names.len() > MOST_NAMES { format!(" and {} more", names.len() - MOST_NAMES) } else { String::new() };
        let shown: Vec<String> = names.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
        let but = if next.is_some() { ", but for a new variable in what they leave unchanged" } else { "" };
        if !shown.is_empty() {
            let _ = writeln!(self.text, "- these definitions{but}: {}{more}", shown.join(", "));
        }
        let rest = match &next {
            Some(next) => format!("- everything else that is not named above; `{next}` alone takes up new actions"),
            None => "- everything else that is not named above".to_owned(),
        };
        self.text += &rest;
        self.text.push('\n');
    }

    /// The unit of the module that a place of the reply lies in.
    fn unit_at(&self, span: Span) -> Option<usize> {
        let offset = self.offset(span);
        let units = self.document.units();
        let index = units.partition_point(|unit| unit.range.span.start <= offset).checked_sub(1)?;
        let range = &units[index].range;
        let plain = matches!(range.kind, UnitKind::Header | UnitKind::Footer | UnitKind::Separator);
        (range.span.touches(offset) && !plain).then_some(index)
    }

    /// The name that a unit defines.
    fn defined(&self, unit: usize) -> Option<&'a str> {
        match &self.document.units()[unit].syntax.item {
            Item::Definition(definition) => Some(definition.ident.name.as_str()),
            _ => None,
        }
    }

    /// Line in the specification, from 1.
    fn line(&self, span: Span) -> usize {
        self.document.text().line_of(self.offset(span)) + 1
    }

    /// The byte of the module that a place of the reply begins with.
    fn offset(&self, span: Span) -> usize {
        let offset = self.reply.json().map_or(span.start, |(json, _)| json.of_reply(span.start));
        offset.min(self.document.source().len())
    }
}

impl<'a> Point<'a> {
    fn error(&self) -> Option<&'a Finding> {
        if let Point::Error(finding) = self { Some(finding) } else { None }
    }

    fn doubt(&self) -> Option<&'a Finding> {
        if let Point::Doubt(finding) = self { Some(finding) } else { None }
    }
}

/// What to answer with: as it is wanted, else as the prompt demands it.
fn answer_form(contract: &Contract, form: AnswerForm) -> String {
    let demanded = contract.demands().find_map(|(_, demand)| match demand {
        Demand::JsonObject(fields) => Some(json_form(fields)),
        Demand::FencedBlocks(languages) if !languages.is_empty() => {
            let tag = |language: &String| -> Cow<'static, str> {
                if language.is_empty() { "```".into() } else { format!("```{language}").into() }
            };
            let blocks = languages.iter().map(tag).collect::<Vec<_>>().join(", then ");
            Some(format!(
                "Answer with the whole specification, mended, in fenced blocks ({blocks}) and with nothing before, between \
                 or after them.\n"
            ))
        }
        _ => None,
    });
    match (form, demanded) {
        (AnswerForm::Json, _) => json_form(&["specification".to_owned(), "configuration".to_owned()]),
        (AnswerForm::Text, Some(demanded)) => demanded,
        (AnswerForm::Text, None) => "Answer with the whole specification, mended, from its header line to the closing \
                                     ====, and with nothing else: no code fences, no words before or after it.\n"
            .to_owned(),
    }
}

fn json_form(fields: &[String]) -> String {
    let field = |name: &String| match name.as_str() {
        "specification" => format!("\"{name}\": \"<the whole specification, mended>\""),
        "configuration" => format!("\"{name}\": \"<the TLC configuration for it>\""),
        _ => format!("\"{name}\": \"...\""),
    };
    let fields: Vec<String> = fields.iter().map(field).collect();
    format!(
        "Answer with one JSON object and nothing else, no code fences around it:\n\n      {{{}}}\n\nLine ends within the \
         strings are written as \\n, quotes as \\\", backslashes as \\\\.\n",
        fields.join(", ")
    )
}
