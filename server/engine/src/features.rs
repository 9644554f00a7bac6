//! What an editor shows of a text: pure answers about byte offsets, as plain data.
//!
//! Everything works on broken text, unit by unit, and takes at most time linear in the text.

mod comments;
pub mod complete;
mod effects;
pub mod fold;
pub mod format;
pub mod hints;
pub mod hover;
mod kinds;
pub mod lens;
mod messages;
pub mod navigate;
mod occurrences;
mod operators;
pub mod prompts;
pub mod rename;
mod scope;
pub mod select;
pub mod signature;
pub mod symbols;
pub mod tokens;
pub mod words;

pub use kinds::NameKind;
