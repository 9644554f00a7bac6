//! What is shown between the text: the variables that a part of an action leaves out.

use tla_contract_engine::features::hints::hints;
use tower_lsp::ls_types::{InlayHint, InlayHintLabel, InlayHintTooltip, Range};

use crate::lsp::{convert, reading::Reading};

/// The hints within a range (LSP 3.17, `textDocument/inlayHint`).
pub(in crate::lsp) fn inlay_hints(reading: &Reading, range: Range) -> Vec<InlayHint> {
    let within = convert::span(&reading.snapshot.text, range, reading.snapshot.facts.encoding);
    let hints = hints(&reading.document).into_iter().filter(|hint| within.touches(hint.offset));
    let hint = |hint: tla_contract_engine::features::hints::Hint| InlayHint {
        position: reading.range(tla_contract_engine::diagnostic::Span::at(hint.offset)).start,
        label: InlayHintLabel::String(format!("leaves out {}", hint.left_out.join(", "))),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String("neither primed here nor UNCHANGED".to_owned())),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    hints.map(hint).collect()
}
