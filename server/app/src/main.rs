//! The program: a command line and a language server over the same engine.

// A program has no outside: `pub` says what one room offers to the others.
#![allow(unreachable_pub)]

mod cli;
mod files;
mod lsp;
mod rendering;
mod repairing;
mod spelling;

use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run() {
        cli::Outcome::Ended(code) => code,
        cli::Outcome::Serve => lsp::serve(),
    }
}
