//! Holds a TLA+ specification to the prompt that asked for it: text in, answers out.
//!
//! A [`prompt::Prompt`] is parsed into a [`contract::Contract`]; a [`Document`] is the text of one reply; [`judge`]
//! holds one against the other. Nothing here reads files, starts threads or knows of editors.

pub mod config;
pub mod contract;
pub mod diagnostic;
pub mod document;
mod evidence;
mod memo;
