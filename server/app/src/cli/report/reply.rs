//! What the report keeps of one judged reply: its verdicts and findings, with the lines of its text that show them.

use std::collections::BTreeMap;

use tla_contract_engine::{
    contract::Verdict,
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    text::{Encoding, Text},
};

use crate::{
    cli::judging::{Judged, Unread},
    files::LoadedPrompt,
};

/// Lines shown before and after a place.
const BEFORE: usize = 2;
const AFTER: usize = 3;

/// A place over more lines than this is cut.
const MOST_LINES: usize = 12;

/// Of a fix, so many places are shown.
const MOST_HUNKS: usize = 8;

/// Evidence of one clause, so much is kept.
const MOST_EVIDENCE: usize = 12;

/// One reply in the report.
pub(in crate::cli) struct Reply {
    pub(super) path: String,
    pub(super) module: Option<String>,
    pub(super) prompt: Option<LoadedPrompt>,
    /// One for each clause of the prompt, in its order.
    pub(super) cells: Vec<Cell>,
    pub(super) findings: Vec<Found>,
    /// The lines of the text that are shown, by their number from 0.
    pub(super) lines: BTreeMap<usize, String>,
    /// Why it could not be judged.
    pub(super) problem: Option<String>,
}

/// How the reply answers one clause.
pub(super) struct Cell {
    pub(super) verdict: Verdict,
    pub(super) note: String,
    pub(super) evidence: Vec<Mark>,
}

/// A place with what is there.
pub(super) struct Mark {
    pub(super) label: String,
    pub(super) place: Place,
}

/// Lines and columns from 0, columns in UTF-16 units as scripts count them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: (usize, usize),
    pub(super) end: (usize, usize),
}

pub(super) struct Found {
    pub(super) rule: &'static str,
    pub(super) severity: Severity,
    pub(super) message: String,
    pub(super) clause: Option<String>,
    pub(super) place: Place,
    pub(super) related: Vec<Mark>,
    pub(super) fixes: Vec<Offer>,
}

/// A fix and what it would do.
pub(super) struct Offer {
    pub(super) title: String,
    pub(super) safety: Safety,
    pub(super) hunks: Vec<Hunk>,
    /// So many further places would change.
    pub(super) further: usize,
}

/// Whole lines, before and after a fix.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Hunk {
    /// The first line, from 0.
    pub(super) line: usize,
    pub(super) old: Vec<String>,
    pub(super) new: Vec<String>,
}

impl Reply {
    pub(in crate::cli) fn of(judged: &Judged) -> Self {
        let text = judged.document.text();
        let clauses = judged.contract().map_or(0, |contract| contract.clauses.len());
        let mut reply = Self {
            path: judged.path.clone(),
            module: judged.judgement.module.clone(),
            prompt: judged.governing.prompt.clone(),
            cells: Vec::with_capacity(clauses),
            findings: Vec::new(),
            lines: BTreeMap::new(),
            problem: None,
        };
        for verdict in &judged.judgement.verdicts {
            let evidence = verdict.evidence.iter().take(MOST_EVIDENCE);
            let evidence = evidence.map(|found| reply.mark(&found.name, found.span, text)).collect();
            reply.cells.push(Cell { verdict: verdict.verdict, note: verdict.note.clone(), evidence });
        }
        for finding in &judged.judgement.findings {
            let found = reply.found(finding, text);
            reply.findings.push(found);
        }
        reply
    }

    pub(in crate::cli) fn unread(unread: Unread) -> Self {
        Self {
            path: unread.path,
            module: None,
            prompt: None,
            cells: Vec::new(),
            findings: Vec::new(),
            lines: BTreeMap::new(),
            problem: Some(unread.reason),
        }
    }

    /// How many findings are of a severity.
    pub(super) fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether it was judged and no error was found.
    pub(super) fn is_clean(&self) -> bool {
        self.problem.is_none() && self.count(Severity::Error) == 0
    }

    fn found(&mut self, finding: &Finding, text: &Text) -> Found {
        Found {
            rule: finding.rule,
            severity: finding.severity,
            message: finding.message.clone(),
            clause: finding.clause.clone(),
            place: self.place(finding.span, text),
            related: finding.related.iter().map(|each| self.mark(&each.message, each.span, text)).collect(),
            fixes: finding.fixes.iter().map(|fix| offer(fix, text)).collect(),
        }
    }

    fn mark(&mut self, label: &str, span: Span, text: &Text) -> Mark {
        Mark { label: label.to_owned(), place: self.place(span, text) }
    }

    /// A place of the text; its lines and those around it are kept.
    fn place(&mut self, span: Span, text: &Text) -> Place {
        let (start, end) = (text.position(span.start, Encoding::Utf16), text.position(span.end, Encoding::Utf16));
        let last = end.line.min(start.line + MOST_LINES);
        for line in start.line.saturating_sub(BEFORE)..=(last + AFTER).min(text.line_count().saturating_sub(1)) {
            self.lines.entry(line).or_insert_with(|| text.line(line).trim_end_matches(['\r', '\n']).to_owned());
        }
        Place { start: (start.line, start.column), end: (end.line, end.column) }
    }
}

/// What a fix would do, as lines before and after it.
fn offer(fix: &Fix, text: &Text) -> Offer {
    let mut edits: Vec<&Edit> = fix.edits.iter().collect();
    edits.sort();
    let mut groups: Vec<(usize, usize, Vec<&Edit>)> = Vec::new();
    for edit in edits {
        let (first, last) = (text.line_of(edit.span.start), text.line_of(edit.span.end));
        match groups.last_mut() {
            Some((_, end, group)) if first <= *end => {
                *end = last.max(*end);
                group.push(edit);
            }
            _ => groups.push((first, last, vec![edit])),
        }
    }
    let further = groups.len().saturating_sub(MOST_HUNKS);
    let hunks = groups.into_iter().take(MOST_HUNKS).map(|(first, last, group)| hunk(first, last, &group, text));
    Offer { title: fix.title.clone(), safety: fix.safety, hunks: hunks.collect(), further }
}

fn hunk(first: usize, last: usize, edits: &[&Edit], text: &Text) -> Hunk {
    let lines = Span::new(text.line_start(first), text.line_span(last).end);
    let (mut new, mut position) = (String::new(), lines.start);
    for edit in edits.iter().filter(|edit| lines.contains(edit.span)) {
        // The edits of a fix never overlap.
        new += &text.slice(Span::new(position.min(edit.span.start), edit.span.start));
        new += &edit.text;
        position = edit.span.end;
    }
    new += &text.slice(Span::new(position.min(lines.end), lines.end));
    let (mut old, mut new) = (split(&text.slice(lines)), split(&new));
    // A line that is only moved says nothing.
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    old.drain(..same);
    new.drain(..same);
    let same = old.iter().rev().zip(new.iter().rev()).take_while(|(old, new)| old == new).count();
    old.truncate(old.len() - same);
    new.truncate(new.len() - same);
    let skipped = split(&text.slice(lines)).len() - old.len() - same;
    cut(&mut old);
    cut(&mut new);
    Hunk { line: first + skipped, old, new }
}

fn split(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn cut(lines: &mut Vec<String>) {
    let further = lines.len().saturating_sub(MOST_LINES);
    if further > 1 {
        lines.truncate(MOST_LINES);
        lines.push(format!("… and {further} more lines"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(edits: Vec<Edit>) -> Offer {
        let text = Text::from("one\ntwo = 2\nthree\nfour\n");
        offer(&Fix { title: "do it".to_owned(), safety: Safety::Safe, edits }, &text)
    }

    #[test]
    fn a_fix_shows_the_lines_that_it_changes() {
        let offer = offered(vec![Edit::replace(Span::new(8, 9), "==")]);
        let expected = Hunk { line: 1, old: vec!["two = 2".to_owned()], new: vec!["two == 2".to_owned()] };
        assert_eq!((offer.hunks, offer.further), (vec![expected], 0));
    }

    #[test]
    fn lines_that_are_added_or_removed_stand_alone() {
        let added = offered(vec![Edit::insert(4, "more\n")]);
        assert_eq!(added.hunks, [Hunk { line: 1, old: Vec::new(), new: vec!["more".to_owned()] }]);
        let removed = offered(vec![Edit::delete(Span::new(12, 18))]);
        assert_eq!(removed.hunks, [Hunk { line: 2, old: vec!["three".to_owned()], new: Vec::new() }]);
    }

    #[test]
    fn edits_of_one_line_are_one_place() {
        let offer = offered(vec![Edit::insert(4, "("), Edit::insert(7, ")"), Edit::insert(18, "x")]);
        assert_eq!(offer.hunks.len(), 2);
        assert_eq!(offer.hunks[0].new, ["(two) = 2"]);
    }
}
