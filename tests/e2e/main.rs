//! The language server from outside: the real binary over standard input and output.

mod actions;
mod client;
mod commands;
mod features;
mod findings;
mod hostile;
mod lifecycle;
mod sample;
mod sync;
