//! `repair`: writes the prompt that asks a model to mend its reply.

use std::path::{Path, PathBuf};

use tla_contract_engine::repair_prompt::{AnswerForm, RepairPrompt, Wanted, repair_prompt};

use super::{Answer, Failure, closing::counted, console::Console, judging::Subject};
use crate::{files, repairing::configuration};

/// Write the prompt that asks the model to mend its reply
///
/// It holds each error with its line and the definition it is in, each clause of the prompt that is not met in the
/// prompt's own words, what has to stay as it is, and the specification itself; nothing of what is met. When there is
/// nothing to mend, nothing is written.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 the prompt was written or nothing is to be mended, 2 it could not be done.")]
pub(super) struct Arguments {
    /// The specification; `-` is standard input
    #[arg(value_name = "SPEC")]
    specification: PathBuf,
    /// The prompt that it was written for: a file or the name of a built-in prompt; found as `check` finds it
    #[arg(long, value_name = "PROMPT")]
    prompt: Option<PathBuf>,
    /// The draft analysis that it was written from
    #[arg(long, value_name = "FILE")]
    draft: Option<PathBuf>,
    /// A folder to take modules from that it extends; may be given several times
    #[arg(long, value_name = "DIR")]
    library: Vec<PathBuf>,
    /// What the model is asked to answer with
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// At most so many errors and clauses, the most important first
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_findings: Option<u32>,
    /// Where to write it; standard output without it
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Form {
    /// The module, in the form that the prompt demands
    Text,
    /// A JSON object with the fields `specification` and `configuration`
    Json,
}

pub(super) fn run(arguments: Arguments, console: &mut Console) -> Result<Answer, Failure> {
    let Arguments { specification, prompt, draft, library, format, max_findings, output } = arguments;
    let path = specification.clone();
    let judged = Subject::one(specification, prompt, draft, library).judged()?;
    let wanted = Wanted {
        form: match format {
            Form::Text => AnswerForm::Text,
            Form::Json => AnswerForm::Json,
        },
        most: max_findings.and_then(|most| usize::try_from(most).ok()),
        configuration: configuration(&judged.document, is_file(&path)),
    };
    let Some(repair) = repair_prompt(&judged.document, &judged.judgement, judged.contract(), &wanted) else {
        console.tell_note(&format!("{}: nothing is to be mended", judged.path));
        return Ok(Answer::Clean);
    };
    let RepairPrompt { text, left_out, .. } = repair;
    match &output {
        Some(path) => files::write_text(path, &text)?,
        None => console.print_raw(&text)?,
    }
    if left_out > 0 {
        console.tell_note(&format!("{} left out by --max-findings", counted(left_out, "further point")));
    }
    if judged.governing.prompt.is_none() {
        console.tell_note(&format!("{}: no prompt governs it, so only its errors are told", judged.path));
    }
    Ok(Answer::Clean)
}

/// What lies beside standard input is not looked for.
fn is_file(path: &Path) -> Option<&Path> {
    (path.as_os_str() != "-").then_some(path)
}
