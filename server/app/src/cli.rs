//! The command line: what can be asked of the program, and what its exit code says.

mod baseline;
mod check;
mod closing;
mod console;
mod contract;
mod excerpt;
mod explain;
mod fix;
mod formats;
mod harmless;
mod in_order;
mod json;
mod judging;
mod mcp;
mod people;
mod recorded;
mod render;
mod repair;
mod report;
mod table;

use std::{io, process::ExitCode};

use clap::{Parser, Subcommand, ValueEnum};

use self::console::Console;
use crate::files::FileProblem;

/// Holds a TLA+ specification written by a language model to the prompt that asked for it.
///
/// The prompt is the contract: the same text file is sent to the model, is parsed into clauses, and is what every
/// finding points back at.
#[derive(Debug, Parser)]
#[command(name = "tla-contract", version, max_term_width = 100, after_help = AFTER_HELP)]
struct Arguments {
    /// Whether to use colours; `auto` uses them on a terminal
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  tla-contract check replies/                      hold every reply of a folder to its prompt
  tla-contract check reply.tla --prompt etcdraft   ... to a built-in prompt
  tla-contract report replies/ -o report.html      ... as a page to look at: replies by clauses
  tla-contract fix reply.tla --dry-run             show what the safe fixes would change
  tla-contract contract my.prompt.md               what a prompt demands, clause by clause
  tla-contract contract --against reply.tla        ... and how a reply answers each clause
  tla-contract repair reply.tla                    the prompt that asks the model to mend it

Exit codes:
  0  no error was found
  1  errors were found
  2  it could not run: a file that can't be read, wrong settings, wrong arguments";

#[derive(Debug, Subcommand)]
enum Command {
    Contract(contract::Arguments),
    Render(render::Arguments),
    Check(check::Arguments),
    Report(report::Arguments),
    Fix(fix::Arguments),
    Repair(repair::Arguments),
    Explain(explain::Arguments),
    /// Serve an editor: the language server, over standard input and output
    Serve(ServeArguments),
    Mcp(mcp::Arguments),
}

#[derive(Debug, clap::Args)]
struct ServeArguments {
    /// Accepted because editors pass it; there is no other way of talking
    #[arg(long)]
    stdio: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

/// How answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people: excerpts, tables, colours
    People,
    /// For programs
    Json,
}

/// What is left to do after the command line was read.
pub enum Outcome {
    Ended(ExitCode),
    /// The language server is asked for.
    Serve,
}

/// What a command found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Answer {
    Clean,
    Errors,
    /// Some of it could not be done; what and why has been told.
    Incomplete,
}

/// Why a command could not be done.
enum Failure {
    Told(String),
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Failure::Output(error)
    }
}

impl From<FileProblem> for Failure {
    fn from(problem: FileProblem) -> Self {
        Failure::Told(problem.to_string())
    }
}

/// Reads the command line and does what it asks, but for the language server.
pub fn run() -> Outcome {
    let Arguments { color, command } = Arguments::parse();
    let mut console = Console::new(color);
    let answer = match command {
        Command::Serve(_) => return Outcome::Serve,
        Command::Mcp(arguments) => {
            // Standard output belongs to the protocol from here on.
            drop(console);
            let code = mcp::serve(arguments).unwrap_or_else(|message| {
                Console::new(color).tell_error(&message);
                ExitCode::from(2)
            });
            return Outcome::Ended(code);
        }
        Command::Contract(arguments) => contract::run(arguments, &mut console),
        Command::Render(arguments) => render::run(arguments, &mut console),
        Command::Check(arguments) => check::run(arguments, &mut console),
        Command::Report(arguments) => report::run(arguments, &mut console),
        Command::Fix(arguments) => fix::run(arguments, &mut console),
        Command::Repair(arguments) => repair::run(arguments, &mut console),
        Command::Explain(arguments) => explain::run(&arguments, &mut console),
    };
    let answer = answer.and_then(|answer| {
        console.finish()?;
        Ok(answer)
    });
    let code = match answer {
        Ok(Answer::Clean) => 0,
        Ok(Answer::Errors) => 1,
        Ok(Answer::Incomplete) => 2,
        Err(Failure::Told(message)) => {
            console.tell_error(&message);
            2
        }
        // Whoever read the output has had enough.
        Err(Failure::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => 2,
        Err(Failure::Output(error)) => {
            console.tell_error(&format!("the output can't be written: {error}"));
            2
        }
    };
    Outcome::Ended(ExitCode::from(code))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_fit_each_other() {
        Arguments::command().debug_assert();
    }
}
