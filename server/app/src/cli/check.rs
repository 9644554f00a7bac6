//! `check`: holds specifications to their prompts.

use std::{path::PathBuf, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};

use super::{
    Answer, Failure,
    baseline::Baseline,
    closing::{Tally, counted},
    console::Console,
    formats::CheckFormat,
    judging::Subject,
    people::Detail,
};

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
    #[arg(long, value_enum, default_value_t = CheckFormat::People)]
    format: CheckFormat,
    /// An earlier run (`--format json` or `jsonl`): only findings that are new since are told
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
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
    let mut baseline = arguments.baseline.as_deref().map(Baseline::read).transpose()?;
    let cases = arguments.subject.cases()?;
    let mut incomplete = !cases.problems.is_empty();
    for problem in &cases.problems {
        console.tell_error(&problem.to_string());
    }
    let detail = match (arguments.verbose, cases.cases.len()) {
        (true, _) => Detail::Verbose,
        (false, 0 | 1) => Detail::Full,
        (false, _) => Detail::Brief,
    };
    let mut report = arguments.format.report(detail);
    let mut tally = Tally::default();
    report.begin(console)?;
    let progress = progress(cases.cases.len());
    cases.judged_in_order(|answer| {
        progress.inc(1);
        progress.suspend(|| match answer {
            Ok(mut judged) => {
                if let Some(baseline) = &mut baseline {
                    baseline.keep_new(&mut judged);
                }
                tally.add(&judged);
                report.judged(&judged, console)
            }
            Err(unread) => {
                incomplete = true;
                unread.tell(console);
                tally.add_unread();
                report.unread(&unread, console)
            }
        })
    })?;
    progress.finish_and_clear();
    report.end(&tally, console)?;
    if let Some(baseline) = &baseline {
        console.tell_note(&format!("{} of the baseline not shown", counted(baseline.left_out, "finding")));
    }
    Ok(match (incomplete, tally.summary.errors) {
        (true, _) => Answer::Incomplete,
        (false, 0) => Answer::Clean,
        (false, _) => Answer::Errors,
    })
}

/// A bar on standard error, where that is a terminal and there is something to wait for.
pub(super) fn progress(files: usize) -> ProgressBar {
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
