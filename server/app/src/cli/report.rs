//! `report`: many replies side by side, as one page to look at, as Markdown or as CSV.

mod changes;
mod charts;
mod matrix;
mod packed;
mod page;
mod reply;
mod table;

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use self::{matrix::Matrix, reply::Reply};
use super::{
    Answer, Failure, check::progress, closing::counted, console::Console, judging::Subject, recorded::RecordedRun,
};
use crate::files;

/// Show many replies side by side: the matrix of replies by clauses, as a page, as Markdown or as CSV
///
/// The page is one file without any other: it needs no network and can be opened from the disk. It shows which reply
/// meets which clause, grouped by folder (one for each model, say), with rates and charts; a click shows the lines that
/// decide it, what the prompt says, and what a fix would do.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 the report was written, 2 something could not be judged or written.")]
pub(super) struct Arguments {
    #[command(flatten)]
    subject: Subject,
    /// Where to write it; `.html`, `.md` and `.csv` say the form. May be given several times; standard output without it
    #[arg(long, short, value_name = "FILE")]
    output: Vec<PathBuf>,
    /// The form, where the name of the file does not say it
    #[arg(long, value_enum)]
    format: Option<Form>,
    /// An earlier run (`check --format json` or `jsonl`) to compare with
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    /// How many folders below the one that all replies share name a group; 0 makes no groups
    #[arg(long, value_name = "N")]
    depth: Option<usize>,
    /// What stands over the report
    #[arg(long, value_name = "TEXT", default_value = "Replies held to their prompts")]
    title: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One page, to look at
    Html,
    /// Tables for a pull request or a notebook
    #[value(alias = "md")]
    Markdown,
    /// A table for a spreadsheet: a line for each reply, a column for each clause
    Csv,
}

impl Form {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "html" | "htm" => Some(Form::Html),
            "md" | "markdown" => Some(Form::Markdown),
            "csv" => Some(Form::Csv),
            _ => None,
        }
    }

    fn written(self, matrix: &Matrix, title: &str) -> Result<String, Failure> {
        match self {
            Form::Html => page::html(matrix, title),
            Form::Markdown => Ok(table::markdown(matrix, title)),
            Form::Csv => Ok(table::csv(matrix)),
        }
    }
}

pub(super) fn run(arguments: Arguments, console: &mut Console) -> Result<Answer, Failure> {
    let forms: Vec<(Option<&Path>, Form)> = match arguments.output.as_slice() {
        [] => vec![(None, arguments.format.unwrap_or(Form::Html))],
        paths => paths
            .iter()
            .map(|path| match arguments.format.or_else(|| Form::of(path)) {
                Some(form) => Ok((Some(path.as_path()), form)),
                None => Err(Failure::Told(format!(
                    "{}: its name does not say the form; end it in .html, .md or .csv, or say it by --format",
                    path.display()
                ))),
            })
            .collect::<Result<_, _>>()?,
    };
    let older = arguments.against.as_deref().map(RecordedRun::read).transpose()?;
    let cases = arguments.subject.cases()?;
    let mut answer = Answer::Clean;
    for problem in &cases.problems {
        console.tell_error(&problem.to_string());
        answer = Answer::Incomplete;
    }
    let progress = progress(cases.cases.len());
    let mut replies = Vec::with_capacity(cases.cases.len());
    cases.in_order(
        |case| Ok(Reply::of(&cases.judge(case)?)),
        |reply| {
            progress.inc(1);
            replies.push(reply.unwrap_or_else(|unread| {
                progress.suspend(|| unread.tell(console));
                answer = Answer::Incomplete;
                Reply::unread(unread)
            }));
            Ok(())
        },
    )?;
    progress.finish_and_clear();
    let count = replies.len();
    let matrix = Matrix::of(replies, arguments.depth, older.as_ref());
    for (path, form) in forms {
        let text = form.written(&matrix, &arguments.title)?;
        match path {
            Some(path) => {
                files::write_text(path, &text)?;
                console.tell_note(&format!("{}: {}", path.display(), counted(count, "file")));
            }
            None => console.print_raw(&text)?,
        }
    }
    Ok(answer)
}
