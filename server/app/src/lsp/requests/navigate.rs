//! From a name to its definition and to its uses, in the document and in the other files of the folder.

use tla_contract_engine::features::navigate::{Access, Identity, Use, definition, identity, uses};
use tower_lsp::ls_types::{DocumentHighlight, DocumentHighlightKind, GotoDefinitionResponse, Location, Position};

use crate::lsp::{
    convert,
    reading::{Reading, folder_files},
    session::Session,
};

/// Where a name is defined (LSP 3.17, `textDocument/definition`). Names of the engine's library have no file.
pub(in crate::lsp) fn goto_definition(reading: &Reading, position: Position) -> Option<GotoDefinitionResponse> {
    let place = definition(&reading.document, &reading.modules, reading.offset(position))?;
    let Some(module) = place.module else {
        let location = Location { uri: reading.snapshot.uri.clone(), range: reading.range(place.span) };
        return Some(GotoDefinitionResponse::Scalar(location));
    };
    let (uri, document) = reading.modules.found(&module)?;
    let range = convert::range(document.text(), place.span, reading.snapshot.facts.encoding);
    Some(GotoDefinitionResponse::Scalar(Location { uri, range }))
}

/// Whether the place of the definition counts among the uses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::lsp) enum Declarations {
    Included,
    LeftOut,
}

/// All uses of a name (LSP 3.17, `textDocument/references`), in all files of the open folders. Reads files.
pub(in crate::lsp) fn references(
    session: &Session,
    reading: &Reading,
    position: Position,
    declarations: Declarations,
) -> Option<Vec<Location>> {
    let (wanted, _) = identity(&reading.document, &reading.modules, reading.offset(position))?;
    let keep = |found: &Use| {
        declarations == Declarations::Included || !matches!(found.access, Access::Declaration | Access::Definition)
    };
    let here = uses(&reading.document, &reading.modules, &wanted);
    let mut locations: Vec<Location> = here
        .iter()
        .filter(|found| keep(found))
        .map(|found| Location { uri: reading.snapshot.uri.clone(), range: reading.range(found.span) })
        .collect();
    if !matches!(wanted, Identity::Global { .. } | Identity::Module(_)) {
        return Some(locations);
    }
    let encoding = reading.snapshot.facts.encoding;
    for file in folder_files(session).into_iter().filter(|file| file.uri != reading.snapshot.uri) {
        let text = file.document.text();
        let found = uses(&file.document, &reading.modules, &wanted).into_iter().filter(keep);
        locations.extend(
            found.map(|found| Location { uri: file.uri.clone(), range: convert::range(text, found.span, encoding) }),
        );
    }
    Some(locations)
}

/// All uses of a name in its document, told by prime (LSP 3.17, `textDocument/documentHighlight`).
pub(in crate::lsp) fn highlights(reading: &Reading, position: Position) -> Option<Vec<DocumentHighlight>> {
    let (wanted, _) = identity(&reading.document, &reading.modules, reading.offset(position))?;
    let found = uses(&reading.document, &reading.modules, &wanted);
    let highlight = |found: Use| DocumentHighlight {
        range: reading.range(found.span),
        kind: Some(match found.access {
            Access::Declaration | Access::Definition => DocumentHighlightKind::TEXT,
            Access::Read => DocumentHighlightKind::READ,
            Access::Write => DocumentHighlightKind::WRITE,
        }),
    };
    Some(found.into_iter().map(highlight).collect())
}
