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

/// Stack of each thread that judges, in bytes: as much as a main thread has, so that all of them bear the same nesting.
const STACK_SIZE: usize = 8 * 1024 * 1024;

fn main() -> ExitCode {
    match cli::run() {
        cli::Outcome::Ended(code) => code,
        cli::Outcome::Serve => lsp::serve(),
    }
}
