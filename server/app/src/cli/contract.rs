//! `contract`: prints what a prompt demands, and how a specification answers each demand.

use std::{fmt::Write, path::PathBuf};

use tla_contract_engine::{
    contract::{Clause, ClauseVerdict, Demand, Polarity, VerdictCounts},
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
    judging::{Judged, Subject},
    people,
    table::aligned,
};
use crate::files::{LoadedPrompt, named_prompt};

/// The most lines of a specification that are told for one clause.
const MOST_LINES: usize = 4;

/// Print what a prompt demands, clause by clause, and with --against how a specification answers
///
/// Held against a specification, the prompt need not be named: it is found as `check` finds it. The exit code does not
/// tell the verdicts; that of `check` does.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The prompt: a file, or the name of a built-in prompt
    #[arg(value_name = "PROMPT")]
    prompt: Option<PathBuf>,
    /// The specification to hold against the prompt; `-` is standard input
    #[arg(long, value_name = "SPEC")]
    against: Option<PathBuf>,
    /// The draft analysis that the specification was written from
    #[arg(long, value_name = "FILE", requires = "against")]
    draft: Option<PathBuf>,
    /// A folder to take modules from that the specification extends; may be given several times
    #[arg(long, value_name = "DIR", requires = "against")]
    library: Vec<PathBuf>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::People)]
    format: Format,
}

pub(super) fn run(arguments: Arguments, console: &mut Console) -> Result<Answer, Failure> {
    let Arguments { prompt, against, draft, library, format } = arguments;
    let (loaded, judged) = match (prompt, against) {
        (prompt, Some(path)) => {
            let judged = Subject::one(path, prompt, draft, library).judged()?;
            let Some(loaded) = judged.governing.prompt.clone() else {
                return Err(Failure::Told(format!("{}: no prompt governs it; name one before --against", judged.path)));
            };
            (loaded, Some(judged))
        }
        (Some(prompt), None) => (named_prompt(&prompt)?, None),
        (None, None) => return Err(Failure::Told("name a prompt, or a specification with --against".to_owned())),
    };
    match format {
        Format::Json => {
            let answer = json::contract(&loaded, judged.as_ref());
            let answer = serde_json::to_string_pretty(&answer).map_err(std::io::Error::from)?;
            console.print_raw(&answer)?;
            console.print_raw("\n")?;
        }
        Format::People => {
            let answer = match &judged {
                Some(judged) => verdicts(&loaded, judged, console.width),
                None => people(&loaded, console.width),
            };
            console.print(&answer)?;
        }
    }
    Ok(Answer::Clean)
}

/// Every clause with its verdict and the lines of the specification that show it.
fn verdicts(loaded: &LoadedPrompt, judged: &Judged, width: Option<usize>) -> String {
    let clauses = &loaded.prompt.contract().clauses;
    let verdicts = &judged.judgement.verdicts;
    let head = ["", "clause", "verdict", "prompt", "title", "shown in", "why"];
    let mut rows = vec![head.map(|word| format!("{FAINT}{word}{FAINT:#}")).to_vec()];
    rows.extend(verdicts.iter().filter_map(|verdict| {
        let mut row = people::row(verdict, clauses.get(verdict.clause)?);
        row.insert(row.len() - 1, lines_of(verdict, judged.document.text()));
        Some(row)
    }));
    let mut text = people::heading(judged);
    if rows.len() > 1 {
        text.push('\n');
        text += &aligned(&rows, width);
    }
    text.push('\n');
    judged.governing.notes.iter().for_each(|note| text += &people::note(note, 1));
    let counts = VerdictCounts::of(verdicts);
    // Writing to a string can't fail.
    let _ = writeln!(text, "{STRONG}{counts}{STRONG:#}; {} not checked", counts.not_checked);
    text
}

/// `line 12, 40`: where the evidence of a verdict begins.
fn lines_of(verdict: &ClauseVerdict, text: &Text) -> String {
    let mut lines: Vec<usize> = verdict.evidence.iter().map(|evidence| text.line_of(evidence.span.start) + 1).collect();
    lines.sort_unstable();
    lines.dedup();
    let more = if lines.len() > MOST_LINES { " …" } else { "" };
    let lines: Vec<String> = lines.iter().take(MOST_LINES).map(usize::to_string).collect();
    if lines.is_empty() { String::new() } else { format!("line {}{more}", lines.join(", ")) }
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
