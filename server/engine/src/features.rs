//! What an editor shows of a text: pure answers about byte offsets, as plain data.
//!
//! Everything works on broken text, unit by unit, and takes at most time linear in the text.

mod occurrences;
mod scope;
