//! The language server from outside: the real binary over standard input and output.

// Helpers of tests may unwrap as tests do, and a test has no outside.
#![allow(clippy::unwrap_used, unreachable_pub)]

mod actions;
mod client;

mod commands;
mod completion;
mod contract;
mod features;
mod findings;
mod hostile;
mod lens;
mod lifecycle;
mod links;
mod modules;
mod names;
mod rename;
mod sample;
mod structure;
mod sync;
mod tokens;
mod workspace;
