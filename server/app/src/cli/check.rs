//! `check`: holds specifications to their prompts.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::{
    Answer, Failure, Format,
    closing::Tally,
    console::Console,
    json,
    judging::{Cases, Judged, Subject, Unjudged},
    people::{self, Detail},
};

/// So many files are judged before any of them is written, which bounds the memory and keeps the order.
const BATCH: usize = 64;

/// With fewer files a progress bar would only flicker.
const FEWEST_FOR_PROGRESS: usize = 16;

/// Hold specifications to their prompts: every clause's verdict, and every finding
///
/// Which prompt: the one of --prompt; else the one that tla-contract.toml, in the folder or above it, names; else a
/// prompt file of the workspace (`*.prompt.md`, `*.prompt.txt`, or a text in a folder `prompts`) that demands a module
/// of this name; else a built-in prompt for a module of this name. Without a prompt, TLA+ itself is checked.
#[derive(Debug, clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Arguments {
    #[command(flatten)]
    subject: Subject,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::People)]
    format: Format,
    /// Show every clause of every file, and what was left alone because it is not understood
    #[arg(long, short)]
    verbose: bool,
}

const AFTER_HELP: &str = "\
A tla-contract.toml:
  library = [\"modules\"]                # folders of modules that specifications extend
  [[prompt]]
  file = \"prompts/raft.prompt.md\"      # or builtin = \"etcdraft\"
  specs = [\"replies/raft/**/*.tla\"]    # without it: those whose module the prompt names
  draft = \"analysis/raft.md\"           # the draft analysis, where the prompt takes one
  [prompt.values]                      # for `render`: texts and files
  focus = \"leader election\"
  source_code = { files = [\"src/raft.go\", \"src/log.go\"] }
  [severity]                           # by rule or by family: error, warning, info, hint or off
  \"contract/no-comments\" = \"warning\"
  frame = \"off\"

Everything that it names must lie in its folder.

Exit codes: 0 no error was found, 1 errors were found, 2 something could not be checked.";

pub(super) fn run(arguments: Arguments, console: &mut Console) -> Result<Answer, Failure> {
    let cases = arguments.subject.cases()?;
    let mut incomplete = false;
    for problem in &cases.problems {
        console.tell_error(&problem.to_string());
        incomplete = true;
    }
    let detail = match (arguments.verbose, cases.cases.len()) {
        (true, _) => Detail::Verbose,
        (false, 0 | 1) => Detail::Full,
        (false, _) => Detail::Brief,
    };
    let mut report = Report { format: arguments.format, detail, tally: Tally::default(), separator: "" };
    report.open(console)?;
    let progress = progress(cases.cases.len());
    for batch in cases.cases.chunks(BATCH) {
        let answers: Vec<Result<Judged, Unjudged>> = batch.par_iter().map(|case| cases.judge(case)).collect();
        for answer in answers {
            progress.inc(1);
            match answer {
                Ok(judged) => progress.suspend(|| report.file(&judged, console))?,
                Err(Unjudged::SettingsAreWrong) => incomplete = true,
                Err(Unjudged::Unreadable(problem)) => {
                    incomplete = true;
                    progress.suspend(|| console.tell_error(&problem.to_string()));
                }
            }
        }
    }
    progress.finish_and_clear();
    report.close(&cases, console)?;
    Ok(match (incomplete, report.tally.summary.errors) {
        (true, _) => Answer::Incomplete,
        (false, 0) => Answer::Clean,
        (false, _) => Answer::Errors,
    })
}

/// The answer as it grows.
struct Report {
    format: Format,
    detail: Detail,
    tally: Tally,
    /// What stands before the next file in JSON.
    separator: &'static str,
}

impl Report {
    fn open(&self, console: &mut Console) -> Result<(), Failure> {
        if self.format == Format::Json {
            console.print_raw(&format!("{{\"version\":{},\"files\":[", json::VERSION))?;
        }
        Ok(())
    }

    fn file(&mut self, judged: &Judged, console: &mut Console) -> Result<(), Failure> {
        self.tally.add(judged);
        match self.format {
            Format::People => console.print(&people::file(judged, self.detail, console.width))?,
            Format::Json => {
                let answer = serde_json::to_string(&json::file(judged)).map_err(std::io::Error::from)?;
                console.print_raw(&format!("{}\n{answer}", self.separator))?;
                self.separator = ",";
            }
        }
        Ok(())
    }

    fn close(&self, cases: &Cases, console: &mut Console) -> Result<(), Failure> {
        match self.format {
            Format::People => {
                if cases.cases.len() > 1 {
                    console.print("\n")?;
                    console.print(&self.tally.table(console.width))?;
                    if self.detail == Detail::Brief {
                        console.print(&self.tally.notes())?;
                    }
                }
                if self.tally.summary.files > 0 {
                    console.print(&self.tally.closing_line())?;
                }
            }
            Format::Json => {
                let summary = serde_json::to_string(&self.tally.summary).map_err(std::io::Error::from)?;
                console.print_raw(&format!("\n],\"summary\":{summary}}}\n"))?;
            }
        }
        Ok(())
    }
}

/// A bar on standard error, where that is a terminal and there is something to wait for.
fn progress(files: usize) -> ProgressBar {
    if files < FEWEST_FOR_PROGRESS {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(files as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} files, {eta} left") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
