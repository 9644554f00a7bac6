//! The charts of the page, worked out as plain numbers for its template: bars of clauses by verdict and of rules by
//! findings.

use tla_contract_engine::contract::Verdict;

use super::matrix::{Sheet, VERDICTS, percent};
use crate::cli::excerpt::shortened;

/// Widths of a chart in its own units.
pub(super) const LABEL_WIDTH: usize = 270;
pub(super) const BAR_WIDTH: usize = 340;
/// Height of a bar with its gap.
pub(super) const ROW_HEIGHT: usize = 22;

/// Rules beyond these are told as a number.
const MOST_RULES: usize = 20;

/// Titles are cut to so many characters.
const LONGEST_LABEL: usize = 36;

/// One bar of clauses by verdict.
pub(super) struct ClauseBar {
    pub(super) y: usize,
    pub(super) label: String,
    /// What is told of the bar.
    pub(super) told: String,
    pub(super) parts: Vec<BarPart>,
    /// Of a hundred replies that were checked.
    pub(super) rate: String,
}

pub(super) struct BarPart {
    pub(super) word: &'static str,
    pub(super) count: usize,
    pub(super) x: usize,
    pub(super) width: usize,
}

pub(super) fn clause_bars(sheet: &Sheet) -> Vec<ClauseBar> {
    let clauses = sheet.clauses().iter().enumerate();
    clauses
        .map(|(place, clause)| {
            let counts = sheet.verdict_counts(place);
            let whole: usize = counts.iter().sum();
            let words: Vec<String> = VERDICTS
                .iter()
                .zip(counts)
                .filter(|(_, count)| *count > 0)
                .map(|(verdict, count)| format!("{count} {}", verdict.word()))
                .collect();
            let unchecked = counts[5];
            let rate = percent(counts[0] + counts[1], whole - unchecked);
            ClauseBar {
                y: place * ROW_HEIGHT,
                label: shortened(&format!("{} {}", clause.id, clause.title), LONGEST_LABEL),
                told: format!("{} {}: {}", clause.id, clause.title, words.join(", ")),
                parts: parts(&counts, whole),
                rate: rate.map_or("–".to_owned(), |rate| format!("{rate} %")),
            }
        })
        .collect()
}

fn parts(counts: &[usize; 6], whole: usize) -> Vec<BarPart> {
    let mut before = 0;
    let mut parts = Vec::new();
    for (verdict, count) in VERDICTS.iter().zip(*counts) {
        // Both ends are rounded, so that parts meet without gaps.
        let end = |count: usize| (count * BAR_WIDTH).checked_div(whole).unwrap_or(0);
        let (x, right) = (end(before), end(before + count));
        before += count;
        if count > 0 {
            parts.push(BarPart { word: Verdict::word(*verdict), count, x, width: (right - x).max(1) });
        }
    }
    parts
}

/// One bar of rules by findings.
pub(super) struct RuleBar {
    pub(super) rule: &'static str,
    pub(super) y: usize,
    pub(super) severity: &'static str,
    pub(super) findings: usize,
    pub(super) told: String,
    pub(super) width: usize,
}

/// The bars of the rules with the most findings, and how many rules are not among them.
pub(super) fn rule_bars(sheet: &Sheet) -> (Vec<RuleBar>, usize) {
    let counts = sheet.rule_counts();
    let most = counts.first().map_or(1, |count| count.findings).max(1);
    let bars = counts.iter().take(MOST_RULES).enumerate().map(|(place, count)| RuleBar {
        rule: count.rule,
        y: place * ROW_HEIGHT,
        severity: count.severity.word(),
        findings: count.findings,
        told: format!(
            "{}: {} findings in {} replies, {}",
            count.rule,
            count.findings,
            count.replies,
            count.severity.word()
        ),
        width: (count.findings * BAR_WIDTH / most).max(1),
    });
    (bars.collect(), counts.len().saturating_sub(MOST_RULES))
}
