//! The command line from outside: the real binary in folders of its own.

// What a test sets up may fail as loudly as the test itself.
#![allow(clippy::unwrap_used)]
// A test program has no outside.
#![allow(unreachable_pub)]

mod baseline;
mod check;
mod contract;
mod explain;
mod finding_prompts;
mod fix;
mod folder;
mod formats;
mod hostile;
mod reading;
mod render;
mod repair;
mod report;
mod settings;
