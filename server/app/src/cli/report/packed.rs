//! What the page's script reads: the matrix as it is, and the details of the replies packed in parts, of which the
//! script unpacks one when it is asked for.

use std::{collections::HashMap, io::Write};

use base64::{Engine, prelude::BASE64_STANDARD};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};
use tla_contract_engine::diagnostic::Severity;

use super::{
    matrix::{Comparison, Matrix, Row, Sheet, VERDICTS},
    reply::{Found, Hunk, Mark, Offer, Place, Reply},
};
use crate::cli::{Failure, excerpt};

/// So many replies are packed together.
const PART: usize = 100;

/// How many lines of the prompt are quoted for a clause.
const MOST_PROMPT_LINES: usize = 12;

/// One letter for each verdict, in the order of [`VERDICTS`].
const LETTERS: [char; 6] = ['m', 'e', 'd', 'x', 'v', 'n'];

fn letter(verdict: tla_contract_engine::contract::Verdict) -> char {
    VERDICTS.iter().zip(LETTERS).find(|(known, _)| **known == verdict).map_or('n', |(_, letter)| letter)
}

/// The matrix: for each sheet its clauses, groups and rows. Safe to stand in a script element.
pub(super) fn matrix(matrix: &Matrix) -> Result<String, Failure> {
    let mut number = 0;
    let sheets: Vec<Value> = matrix
        .sheets
        .iter()
        .map(|sheet| {
            let first = number;
            number += sheet.rows.len();
            self::sheet(sheet, first)
        })
        .collect();
    let value = json!({
        "compared": matrix.is_compared == Comparison::Compared,
        "part": PART,
        "words": VERDICTS.map(|verdict| verdict.word()),
        "sheets": sheets,
    });
    Ok(serde_json::to_string(&value).map_err(std::io::Error::from)?.replace('<', "\\u003c"))
}

fn sheet(sheet: &Sheet, first: usize) -> Value {
    let mut rules: Vec<&str> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let rows: Vec<Value> = sheet
        .rows
        .iter()
        .map(|row| {
            let mut of_row: Vec<usize> = Vec::new();
            for finding in &row.reply.findings {
                let place = *places.entry(finding.rule).or_insert_with(|| {
                    rules.push(finding.rule);
                    rules.len() - 1
                });
                if !of_row.contains(&place) {
                    of_row.push(place);
                }
            }
            self::row(row, &of_row)
        })
        .collect();
    let prompt_lines: Vec<&str> =
        sheet.prompt.as_ref().map_or(Vec::new(), |loaded| loaded.prompt.text().lines().collect());
    let clauses: Vec<Value> = sheet
        .clauses()
        .iter()
        .map(|clause| {
            let lines = clause.text.lines().count().clamp(1, MOST_PROMPT_LINES);
            let quoted: Vec<&str> = prompt_lines.iter().skip(clause.line).take(lines).copied().collect();
            json!({
                "id": clause.id,
                "title": clause.title,
                "kind": clause.kind.word(),
                "polarity": clause.polarity.word(),
                "line": clause.line + 1,
                "quote": quoted,
            })
        })
        .collect();
    json!({
        "name": sheet.name(),
        "first": first,
        "clauses": clauses,
        "groups": sheet.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(),
        "rules": rules,
        "rows": rows,
    })
}

fn row(row: &Row, rules: &[usize]) -> Value {
    let reply = &row.reply;
    let verdicts: String = reply.cells.iter().map(|cell| letter(cell.verdict)).collect();
    let counts =
        [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint].map(|severity| reply.count(severity));
    let mut value = json!({
        "name": row.name,
        "path": reply.path,
        "module": reply.module,
        "group": row.group,
        "verdicts": verdicts,
        "counts": counts,
        "rules": rules,
    });
    if let Some(problem) = &reply.problem {
        value["problem"] = json!(problem);
    }
    if let Some(changes) = &row.changes {
        let older: String = changes.verdicts.iter().map(|verdict| verdict.map_or(' ', letter)).collect();
        value["older"] = json!({"verdicts": older, "new": changes.new, "gone": changes.gone});
    }
    value
}

/// The details of all replies in the order of the sheets, [`PART`] replies to a part: JSON, compressed, in base64.
pub(super) fn details(matrix: &Matrix) -> Result<Vec<String>, Failure> {
    let rows: Vec<&Row> = matrix.rows().collect();
    let part = |rows: &[&Row]| -> std::io::Result<String> {
        let mut strings = Strings::default();
        let replies: Vec<Value> = rows.iter().map(|row| strings.reply(&row.reply)).collect();
        let json = serde_json::to_vec(&json!({"strings": strings.known, "replies": replies}))?;
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&json)?;
        Ok(BASE64_STANDARD.encode(encoder.finish()?))
    };
    rows.chunks(PART).map(|rows| Ok(part(rows)?)).collect()
}

/// Each string once.
#[derive(Default)]
struct Strings<'a> {
    known: Vec<&'a str>,
    places: HashMap<&'a str, usize>,
}

impl<'a> Strings<'a> {
    fn place(&mut self, text: &'a str) -> usize {
        *self.places.entry(text).or_insert_with(|| {
            self.known.push(text);
            self.known.len() - 1
        })
    }

    fn reply(&mut self, reply: &'a Reply) -> Value {
        let cells: Vec<Value> = reply
            .cells
            .iter()
            .map(|cell| {
                let evidence: Vec<Value> = cell.evidence.iter().map(|mark| self.mark(mark)).collect();
                json!([self.place(&cell.note), evidence])
            })
            .collect();
        let findings: Vec<Value> = reply.findings.iter().map(|found| self.found(found, reply)).collect();
        let lines: Vec<Value> = reply.lines.iter().map(|(line, text)| json!([line, self.place(text)])).collect();
        json!({"cells": cells, "findings": findings, "lines": lines})
    }

    fn found(&mut self, found: &'a Found, reply: &'a Reply) -> Value {
        let clauses = reply.prompt.as_ref().map_or(&[][..], |loaded| &loaded.prompt.contract().clauses);
        let clause = found.clause.as_ref().and_then(|id| clauses.iter().position(|clause| clause.id == *id));
        json!({
            "rule": self.place(found.rule),
            "severity": found.severity.word(),
            "message": self.place(&found.message),
            "clause": clause,
            "place": place(found.place),
            "related": found.related.iter().map(|mark| self.mark(mark)).collect::<Vec<_>>(),
            "fixes": found.fixes.iter().map(|offer| self.offer(offer)).collect::<Vec<_>>(),
        })
    }

    fn mark(&mut self, mark: &'a Mark) -> Value {
        json!([self.place(&mark.label), place(mark.place)])
    }

    fn offer(&mut self, offer: &'a Offer) -> Value {
        json!({
            "title": self.place(&offer.title),
            "how": excerpt::how(offer.safety),
            "hunks": offer.hunks.iter().map(|hunk| self.hunk(hunk)).collect::<Vec<_>>(),
            "further": offer.further,
        })
    }

    fn hunk(&mut self, hunk: &'a Hunk) -> Value {
        let old: Vec<usize> = hunk.old.iter().map(|line| self.place(line)).collect();
        let new: Vec<usize> = hunk.new.iter().map(|line| self.place(line)).collect();
        json!([hunk.line, old, new])
    }
}

fn place(place: Place) -> [usize; 4] {
    [place.start.0, place.start.1, place.end.0, place.end.1]
}
