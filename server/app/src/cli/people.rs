//! How people see one judged specification: what it is held to, its findings, its verdicts.

use std::fmt::Write;

use anstyle::Style;
use tla_contract_engine::contract::{Clause, ClauseVerdict, Verdict};

use super::{
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
    let mut text = heading(judged);
    let body = judged.document.text();
    for each in &judged.judgement.findings {
        text += &finding(each, &judged.path, body, judged.contract());
        text.push('\n');
    }
    let verdicts = verdicts(judged, detail, width);
    if !verdicts.is_empty() {
        text += &verdicts;
        text.push('\n');
    }
    for note in &judged.governing.notes {
        line(&mut text, NOTE, "note", note);
    }
    if detail == Detail::Verbose {
        for left_alone in &judged.judgement.left_alone {
            line(&mut text, FAINT, "left alone", left_alone);
        }
    }
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
    format!("{STRONG}{}{STRONG:#}: {module}, {by}\n\n", harmless(&judged.path))
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
