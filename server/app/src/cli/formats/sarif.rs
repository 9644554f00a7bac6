//! `check` as SARIF 2.1.0: the rules with their pages, the findings with their fixes, the prompt as related place.

use serde_json::{Value, json};
use tla_contract_engine::{
    diagnostic::{Finding, Fix, Severity, Span},
    rules::{self, Rule},
    text::{Encoding, Text},
};

use super::{Report, to_json, uri};
use crate::{
    cli::{
        Failure,
        closing::Tally,
        console::Console,
        excerpt,
        judging::{Judged, Unread},
    },
    files::{LoadedPrompt, shown},
};

/// Where the schema of the form is found by those who want it.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Default)]
pub(super) struct Sarif {
    /// What stands before the next result.
    separator: &'static str,
    /// What could not be judged.
    unread: Vec<Value>,
}

impl Report for Sarif {
    fn begin(&mut self, console: &mut Console) -> Result<(), Failure> {
        let driver = json!({
            "name": "tla-contract",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules::all().iter().map(rule).collect::<Vec<_>>(),
        });
        let head = format!(
            "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{}}},\
             \"columnKind\":\"unicodeCodePoints\",\"results\":[",
            to_json(&driver)?
        );
        Ok(console.print_raw(&head)?)
    }

    fn judged(&mut self, judged: &Judged, console: &mut Console) -> Result<(), Failure> {
        for finding in &judged.judgement.findings {
            console.print_raw(&format!("{}\n{}", self.separator, to_json(&result(finding, judged))?))?;
            self.separator = ",";
        }
        Ok(())
    }

    fn unread(&mut self, unread: &Unread, _console: &mut Console) -> Result<(), Failure> {
        self.unread.push(json!({
            "level": "error",
            "message": {"text": unread.reason},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri(&unread.path)}}}],
        }));
        Ok(())
    }

    fn end(&mut self, _tally: &Tally, console: &mut Console) -> Result<(), Failure> {
        let invocation = json!({
            "executionSuccessful": self.unread.is_empty(),
            "toolExecutionNotifications": self.unread,
        });
        Ok(console.print_raw(&format!("\n],\"invocations\":[{}]}}]}}\n", to_json(&invocation)?))?)
    }
}

fn rule(rule: &Rule) -> Value {
    let page = rule.page();
    json!({
        "id": rule.id,
        "shortDescription": {"text": rule.title()},
        "help": {"text": page, "markdown": page},
        "properties": {"tags": ["tla+", rule.family()]},
    })
}

fn result(finding: &Finding, judged: &Judged) -> Value {
    let text = judged.document.text();
    let artifact = json!({"uri": uri(&judged.path)});
    let mut related: Vec<Value> = finding
        .related
        .iter()
        .map(|related| json!({"physicalLocation": place(&artifact, related.span, text), "message": {"text": related.message}}))
        .collect();
    related.extend(prompt_place(finding, judged));
    for (id, place) in related.iter_mut().enumerate() {
        place["id"] = json!(id + 1);
    }
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": {"text": finding.message},
        "locations": [{"physicalLocation": place(&artifact, finding.span, text)}],
    });
    if let Some(index) = rules::all().iter().position(|rule| rule.id == finding.rule) {
        result["ruleIndex"] = json!(index);
    }
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if !finding.fixes.is_empty() {
        result["fixes"] = finding.fixes.iter().map(|each| fix(each, &artifact, text)).collect();
    }
    if let Some(clause) = &finding.clause {
        result["properties"] = json!({"clause": clause});
    }
    result
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

/// The line of the prompt that a finding is about.
fn prompt_place(finding: &Finding, judged: &Judged) -> Option<Value> {
    let loaded = judged.governing.prompt.as_ref()?;
    let contract = loaded.prompt.contract();
    let clause = contract.clause(finding.clause.as_deref()?)?;
    let text = Text::from(loaded.prompt.text());
    let artifact = json!({"uri": prompt_uri(loaded)});
    Some(json!({
        "physicalLocation": place(&artifact, clause.span, &text),
        "message": {"text": excerpt::quote(clause)},
    }))
}

/// A built-in prompt lies in no file, so it has a name of its own.
fn prompt_uri(loaded: &LoadedPrompt) -> String {
    match &loaded.path {
        Some(path) => uri(&shown(path)),
        None => loaded.name.replace("built-in: ", "tla-contract:prompts/"),
    }
}

fn fix(fix: &Fix, artifact: &Value, text: &Text) -> Value {
    let replacements: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| json!({"deletedRegion": region(edit.span, text), "insertedContent": {"text": edit.text}}))
        .collect();
    json!({
        "description": {"text": fix.title},
        "artifactChanges": [{"artifactLocation": artifact, "replacements": replacements}],
        "properties": {"safety": fix.safety.word()},
    })
}

fn place(artifact: &Value, span: Span, text: &Text) -> Value {
    json!({"artifactLocation": artifact, "region": region(span, text)})
}

/// Lines and columns from 1, columns in characters; the end is not part of it.
fn region(span: Span, text: &Text) -> Value {
    let start = text.position(span.start, Encoding::Utf32);
    let end = text.position(span.end, Encoding::Utf32);
    json!({
        "startLine": start.line + 1,
        "startColumn": start.column + 1,
        "endLine": end.line + 1,
        "endColumn": end.column + 1,
        "byteOffset": span.start,
        "byteLength": span.len(),
    })
}
