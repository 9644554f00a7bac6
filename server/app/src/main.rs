//! The program: a command line and a language server over the same engine.

// A program has no outside: `pub` says what one room offers to the others.
#![allow(unreachable_pub)]

mod files;
mod lsp;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|command| command == "serve") {
        return lsp::serve();
    }
    eprintln!("usage: tla-contract serve [--stdio]");
    ExitCode::from(2)
}
