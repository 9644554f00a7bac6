//! The command line from outside: the real binary in folders of its own.

mod check;
mod contract;
mod explain;
mod finding_prompts;
mod fix;
mod folder;
mod reading;
mod render;
mod settings;
