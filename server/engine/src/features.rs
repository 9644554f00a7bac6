//! What an editor shows of a text: pure answers about byte offsets, as plain data.
//!
//! Everything works on broken text, unit by unit, and takes at most time linear in the text.

pub mod fold;
mod kinds;
mod occurrences;
mod scope;
pub mod select;
pub mod symbols;

pub use kinds::NameKind;
