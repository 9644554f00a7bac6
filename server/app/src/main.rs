//! The program: a command line and a language server over the same engine.

mod files;

fn main() {}
