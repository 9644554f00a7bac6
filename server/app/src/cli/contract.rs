//! `contract`: prints what a prompt demands.

use std::{fmt::Write, path::PathBuf};

use tla_contract_engine::{
    contract::{Clause, Demand, Polarity},
    diagnostic::{Finding, Severity},
    text::Text,
};

use super::{
    Answer, Failure, Format,
    closing::counted,
    console::{Console, ERROR, FAINT, GOOD, NOTE, STRONG},
    excerpt,
    harmless::harmless,
    json,
    table::aligned,
};
use crate::files::{LoadedPrompt, named_prompt};

/// Print what a prompt demands, clause by clause
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The prompt: a file, or the name of a built-in prompt
    #[arg(value_name = "PROMPT")]
    prompt: PathBuf,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::People)]
    format: Format,
}

pub(super) fn run(arguments: Arguments, console: &mut Console) -> Result<Answer, Failure> {
    let loaded = named_prompt(&arguments.prompt)?;
    match arguments.format {
        Format::Json => {
            let answer = serde_json::to_string_pretty(&json::contract(&loaded)).map_err(std::io::Error::from)?;
            console.print_raw(&answer)?;
            console.print_raw("\n")?;
        }
        Format::People => {
            let answer = people(&loaded, console.width);
            console.print(&answer)?;
        }
    }
    Ok(Answer::Clean)
}

/// Whether anything of a clause is held against a module.
pub(super) fn is_checked(clause: &Clause) -> bool {
    clause.demands.iter().any(|demand| !matches!(demand, Demand::Undecidable(_)))
}

fn people(loaded: &LoadedPrompt, width: Option<usize>) -> String {
    let clauses = &loaded.prompt.contract().clauses;
    let mut text = String::new();
    if !clauses.is_empty() {
        let head = ["clause", "kind", "polarity", "line", "checked", "title"];
        let mut rows = vec![head.map(|word| format!("{FAINT}{word}{FAINT:#}")).to_vec()];
        rows.extend(clauses.iter().map(row));
        text += &aligned(&rows, width);
        text.push('\n');
    }
    let prompt_text = Text::from(loaded.prompt.text());
    for finding in loaded.prompt.findings() {
        text += &oddity(&finding, loaded, &prompt_text);
    }
    let mut names: Vec<&str> = Vec::new();
    for placeholder in loaded.prompt.placeholders().iter().filter(|placeholder| placeholder.known) {
        if !names.contains(&placeholder.name.as_str()) {
            names.push(&placeholder.name);
        }
    }
    // Writing to a string can't fail.
    if !names.is_empty() {
        let names: Vec<String> = names.iter().map(|name| format!("{{{}}}", harmless(name))).collect();
        let _ = writeln!(text, "placeholders: {}", names.join(", "));
    }
    let unchecked = clauses.iter().filter(|clause| !is_checked(clause)).count();
    let name = harmless(&loaded.name);
    let _ = writeln!(
        text,
        "{STRONG}{name}{STRONG:#}: {}, {} checked, {unchecked} not",
        counted(clauses.len(), "clause"),
        clauses.len() - unchecked
    );
    text
}

/// What is odd about the prompt itself: drawn where it should be mended, else told in a line.
fn oddity(finding: &Finding, loaded: &LoadedPrompt, text: &Text) -> String {
    if finding.severity <= Severity::Warning {
        return excerpt::finding(finding, &loaded.name, text, None) + "\n";
    }
    let line = text.line_of(finding.span.start) + 1;
    format!("{NOTE}{}{NOTE:#}: line {line}: {}\n", finding.severity.word(), harmless(&finding.message))
}

fn row(clause: &Clause) -> Vec<String> {
    let checked = if is_checked(clause) { format!("{GOOD}yes{GOOD:#}") } else { format!("{FAINT}no{FAINT:#}") };
    let polarity = clause.polarity.word();
    let polarity = match clause.polarity {
        Polarity::Forbidden => format!("{ERROR}{polarity}{ERROR:#}"),
        Polarity::Required | Polarity::Allowed => polarity.to_owned(),
    };
    vec![
        harmless(&clause.id).into_owned(),
        clause.kind.word().to_owned(),
        polarity,
        (clause.line + 1).to_string(),
        checked,
        harmless(&clause.title).into_owned(),
    ]
}
