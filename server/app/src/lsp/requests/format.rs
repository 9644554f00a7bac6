//! The text laid out anew.

use tla_contract_engine::features::format::formatted;
use tower_lsp::ls_types::TextEdit;

use crate::lsp::{analysis::differences, reading::Reading};

/// The edits that lay a module out anew (LSP 3.17, `textDocument/formatting`); none where it would not stay the same.
pub(in crate::lsp) fn formatting(reading: &Reading) -> Vec<TextEdit> {
    let Some(text) = formatted(&reading.document) else { return Vec::new() };
    let edits = differences(reading.document.source(), &text).into_iter();
    edits.map(|edit| TextEdit { range: reading.range(edit.span), new_text: edit.text }).collect()
}
