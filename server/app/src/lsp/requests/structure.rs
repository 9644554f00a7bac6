//! Folds and growing selections.

use tla_contract_engine::features::{
    fold::{FoldKind, folds},
    select::selections,
};
use tower_lsp::ls_types::{FoldingRange, FoldingRangeKind, Position, Range, SelectionRange};

use crate::lsp::reading::Reading;

/// What can be folded away, by whole lines (LSP 3.17, `textDocument/foldingRange`).
pub(in crate::lsp) fn folding_ranges(reading: &Reading) -> Vec<FoldingRange> {
    let number = |line: usize| u32::try_from(line).unwrap_or(u32::MAX);
    let fold = folds(&reading.document).into_iter().map(|fold| FoldingRange {
        start_line: number(fold.first),
        end_line: number(fold.last),
        kind: match fold.kind {
            FoldKind::Code => None,
            FoldKind::Comment => Some(FoldingRangeKind::Comment),
            FoldKind::Imports => Some(FoldingRangeKind::Imports),
        },
        ..FoldingRange::default()
    });
    fold.collect()
}

/// One growing selection for each position (LSP 3.17, `textDocument/selectionRange`).
pub(in crate::lsp) fn selection_ranges(reading: &Reading, positions: &[Position]) -> Vec<SelectionRange> {
    let grown = |position: &Position| {
        let spans = selections(&reading.document, reading.offset(*position));
        let parent = spans
            .into_iter()
            .rev()
            .fold(None, |parent, span| Some(Box::new(SelectionRange { range: reading.range(span), parent })));
        let nothing = SelectionRange { range: Range { start: *position, end: *position }, parent: None };
        parent.map_or(nothing, |selection| *selection)
    };
    positions.iter().map(grown).collect()
}
