//! The matrix as Markdown and as CSV.

use std::fmt::Write;

use tla_contract_engine::{contract::Verdict, diagnostic::Severity};

use super::matrix::{GroupTally, Matrix, Row, Sheet, percent};
use crate::cli::{closing::counted, people::sign};

/// The matrix as tables of Markdown.
pub(super) fn markdown(matrix: &Matrix, title: &str) -> String {
    let mut text = format!("# {}\n\n", cell(title));
    let tally = matrix.tally();
    text += &format!("{}\n", summary(&tally));
    if matrix.rows().any(|row| row.changes.is_some()) {
        text += &format!("\n{}\n", changes(matrix));
    }
    for sheet in &matrix.sheets {
        text += &sheet_table(sheet);
    }
    text + "\n✓ met, ≈ met by an equivalent, ~ declared only, ✗ missing, ⊘ violated, · not checked\n"
}

fn summary(tally: &GroupTally) -> String {
    let clauses = match tally.met_percent() {
        Some(rate) => format!("{rate} % of checked clauses met ({} of {})", tally.met, tally.checked),
        None => "no clause was checked".to_owned(),
    };
    let GroupTally { replies, clean, errors, warnings, .. } = tally;
    format!(
        "{}, {clean} without errors; {clauses}; {}, {}",
        if *replies == 1 { "1 reply".to_owned() } else { format!("{replies} replies") },
        counted(*errors, "error"),
        counted(*warnings, "warning")
    )
}

/// What has become of it since the older run.
pub(super) fn changes(matrix: &Matrix) -> String {
    let (mut better, mut worse, mut new, mut gone) = (0, 0, 0, 0);
    for row in matrix.rows() {
        let Some(changes) = &row.changes else { continue };
        let (up, down) = changes.better_and_worse(&row.reply);
        better += up;
        worse += down;
        new += changes.new;
        gone += changes.gone;
    }
    let files = match matrix.gone {
        0 => String::new(),
        gone => format!("; {} of the older run not among them", counted(gone, "file")),
    };
    format!("Since the older run: {better} verdicts better, {worse} worse; {new} findings new, {gone} gone{files}")
}

fn sheet_table(sheet: &Sheet) -> String {
    let mut text = format!("\n## {}\n\n", cell(sheet.name()));
    text += &line(["folder", "replies", "clauses met", "without errors", "errors", "warnings"].map(str::to_owned));
    text += "| --- | ---: | ---: | ---: | ---: | ---: |\n";
    for group in &sheet.groups {
        let tally = &group.tally;
        text += &line([
            cell(shown(&group.name)),
            tally.replies.to_string(),
            rate(tally.met_percent()),
            rate(tally.clean_percent()),
            tally.errors.to_string(),
            tally.warnings.to_string(),
        ]);
    }
    text.push('\n');
    let clauses = sheet.clauses();
    let head = ["reply".to_owned()].into_iter().chain(clauses.iter().map(|clause| cell(&clause.id)));
    text += &line(head.chain(["errors".to_owned(), "warnings".to_owned()]));
    text += &line(std::iter::repeat_n("---".to_owned(), clauses.len() + 3));
    for row in &sheet.rows {
        text += &row_line(row);
    }
    let met = (0..clauses.len()).map(|place| {
        let counts = sheet.verdict_counts(place);
        rate(percent(counts[0] + counts[1], counts[..5].iter().sum()))
    });
    if !clauses.is_empty() {
        text += &line(["**met**".to_owned()].into_iter().chain(met).chain([String::new(), String::new()]));
    }
    let rules = sheet.rule_counts();
    if !rules.is_empty() {
        text += "\n| rule | severity | findings | replies |\n| --- | --- | ---: | ---: |\n";
    }
    for count in rules {
        let numbers = [count.findings.to_string(), count.replies.to_string()];
        text += &line([count.rule.to_owned(), count.severity.word().to_owned()].into_iter().chain(numbers));
    }
    text
}

fn row_line(row: &Row) -> String {
    let reply = &row.reply;
    let cells = reply.cells.iter().map(|cell| match cell.verdict {
        // Told apart where there are no colours.
        Verdict::Violated => "⊘".to_owned(),
        verdict => sign(verdict).0.to_owned(),
    });
    let counts = match &reply.problem {
        Some(problem) => [cell(problem), String::new()],
        None => [Severity::Error, Severity::Warning].map(|severity| reply.count(severity).to_string()),
    };
    line([cell(&row.name)].into_iter().chain(cells).chain(counts))
}

fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    format!("| {} |\n", cells.join(" | "))
}

fn rate(percent: Option<usize>) -> String {
    percent.map_or("–".to_owned(), |percent| format!("{percent} %"))
}

fn shown(group: &str) -> &str {
    if group.is_empty() { "." } else { group }
}

/// Text that stays in its cell and is taken as it is.
fn cell(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '|' | '\\' | '`' | '*' | '_' | '<' | '>' | '[' | ']' | '#') {
            safe.push('\\');
        }
        safe.push(if character.is_control() { ' ' } else { character });
    }
    safe
}

/// The matrix as CSV: a line for each reply, a column for each clause of any prompt. A cell is empty where the reply's
/// prompt has no such clause.
pub(super) fn csv(matrix: &Matrix) -> String {
    let mut ids: Vec<&str> = Vec::new();
    for clause in matrix.sheets.iter().flat_map(|sheet| sheet.clauses()) {
        if !ids.contains(&clause.id.as_str()) {
            ids.push(&clause.id);
        }
    }
    let head = ["path", "folder", "module", "prompt", "problem", "errors", "warnings", "infos", "hints"];
    let mut text = record(head.into_iter().chain(ids.iter().copied()));
    for sheet in &matrix.sheets {
        for row in &sheet.rows {
            let reply = &row.reply;
            let severities = [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint];
            let counts = severities.map(|severity| reply.count(severity).to_string());
            let prompt = sheet.prompt.as_ref().map_or("", |loaded| loaded.name.as_str());
            let verdict = |id: &&str| {
                let place = sheet.clauses().iter().position(|clause| clause.id == **id);
                place.and_then(|place| reply.cells.get(place)).map_or("", |cell| cell.verdict.word())
            };
            let begin = [
                reply.path.as_str(),
                shown(&sheet.groups[row.group].name),
                reply.module.as_deref().unwrap_or(""),
                prompt,
                reply.problem.as_deref().unwrap_or(""),
            ];
            text += &record(begin.into_iter().chain(counts.iter().map(String::as_str)).chain(ids.iter().map(verdict)));
        }
    }
    text
}

fn record<'a>(fields: impl Iterator<Item = &'a str>) -> String {
    let mut text = String::new();
    for (place, field) in fields.enumerate() {
        let comma = if place == 0 { "" } else { "," };
        // Writing to a string can't fail.
        let _ = if field.contains([',', '"', '\n', '\r']) {
            write!(text, "{comma}\"{}\"", field.replace('"', "\"\""))
        } else {
            write!(text, "{comma}{field}")
        };
    }
    text + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_that_would_end_its_record_is_quoted() {
        assert_eq!(record(["a,b", "c\"d", "e", ""].into_iter()), "\"a,b\",\"c\"\"d\",e,\r\n");
    }

    #[test]
    fn a_name_stays_in_its_cell() {
        assert_eq!(cell("a|b\n_c_"), "a\\|b \\_c\\_");
    }
}
