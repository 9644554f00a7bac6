//! How people see one judged specification: what it is held to, its findings, its verdicts.

use std::fmt::Write;

use anstyle::Style;
use tla_contract_engine::contract::{Clause, ClauseVerdict, Verdict};

use super::{
    closing::counted,
    console::{ERROR, FAINT, GOOD, NOTE, STRONG, WARNING},
    excerpt::{finding, shortened},
    harmless::harmless,
    judging::Judged,
    table::aligned,
};
use crate::files::How;

/// Titles are cut to this many characters.
const LONGEST_TITLE: usize = 48;

/// How much is said of a specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Of several files: only the clauses that are not plainly met.
    Brief,
    /// Every clause.
    Full,
    /// Every clause, and what was left alone.
    Verbose,
}

/// One judged specification, with styles.
pub(super) fn file(judged: &Judged, detail: Detail, width: Option<usize>) -> String {
    let mut body = String::new();
    for each in &judged.judgement.findings {
        body += &finding(each, &judged.path, judged.document.text(), judged.contract());
        body.push('\n');
    }
    let verdicts = verdicts(judged, detail, width);
    if !verdicts.is_empty() {
        body += &verdicts;
        body.push('\n');
    }
    if detail != Detail::Brief {
        judged.governing.notes.iter().for_each(|note| line(&mut body, NOTE, "note", note));
    }
    if detail == Detail::Verbose {
        judged.judgement.left_alone.iter().for_each(|left| line(&mut body, FAINT, "left alone", left));
    }
    // A file of which nothing is to be said takes one line of a long list.
    let gap = if body.is_empty() { "" } else { "\n" };
    heading(judged) + gap + &body
}

/// A note that holds for so many files.
pub(super) fn note(note: &str, files: usize) -> String {
    let mut text = String::new();
    let holds_for = if files == 1 { String::new() } else { format!(" ({})", counted(files, "file")) };
    line(&mut text, NOTE, "note", &format!("{note}{holds_for}"));
    text
}

fn heading(judged: &Judged) -> String {
    let module = match &judged.judgement.module {
        Some(name) => format!("module {}", harmless(name)),
        None => "no module header".to_owned(),
    };
    let by = match &judged.governing.prompt {
        Some(loaded) => {
            let how = match judged.governing.how {
                How::Named | How::None => "as named",
                How::Settings => "by tla-contract.toml",
                How::ByModule | How::Builtin => "by the module's name",
            };
            format!("held to {} ({how})", harmless(&loaded.name))
        }
        None => "held to no prompt".to_owned(),
    };
    format!("{STRONG}{}{STRONG:#}: {module}, {by}\n", harmless(&judged.path))
}

fn line(text: &mut String, style: Style, word: &str, message: &str) {
    // Writing to a string can't fail.
    let _ = writeln!(text, "{style}{word}{style:#}: {}", harmless(message));
}

fn verdicts(judged: &Judged, detail: Detail, width: Option<usize>) -> String {
    let Some(contract) = judged.contract() else { return String::new() };
    let shown = |verdict: &&ClauseVerdict| {
        detail != Detail::Brief || !matches!(verdict.verdict, Verdict::Met | Verdict::NotChecked)
    };
    let row = |verdict: &ClauseVerdict| Some(row(verdict, contract.clauses.get(verdict.clause)?));
    let rows: Vec<Vec<String>> = judged.judgement.verdicts.iter().filter(shown).filter_map(row).collect();
    aligned(&rows, width)
}

fn row(verdict: &ClauseVerdict, clause: &Clause) -> Vec<String> {
    let (sign, style) = sign(verdict.verdict);
    vec![
        format!("{style}{sign}{style:#}"),
        harmless(&clause.id).into_owned(),
        format!("{style}{}{style:#}", verdict.verdict.word()),
        format!("{FAINT}line {}{FAINT:#}", clause.line + 1),
        harmless(&shortened(&clause.title, LONGEST_TITLE)).into_owned(),
        harmless(&verdict.note).into_owned(),
    ]
}

/// A sign beside the colour, for those who see none.
pub(super) fn sign(verdict: Verdict) -> (&'static str, Style) {
    match verdict {
        Verdict::Met => ("✓", GOOD),
        Verdict::Equivalent => ("≈", GOOD),
        Verdict::Declared => ("~", WARNING),
        Verdict::Missing => ("✗", WARNING),
        Verdict::Violated => ("✗", ERROR),
        Verdict::NotChecked => ("·", FAINT),
    }
}
