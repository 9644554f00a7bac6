//! The outline of a document, and symbols of all files of the open folders.

use tla_contract_engine::{
    NoModules,
    features::{
        NameKind,
        symbols::{OutlineEntry, matches, outline},
    },
};
use tower_lsp::ls_types::{
    DocumentSymbol, DocumentSymbolResponse, Location, SymbolInformation, SymbolKind, WorkspaceSymbolResponse,
};

use crate::lsp::{
    convert,
    reading::{Reading, folder_files},
    session::Session,
};

/// More symbols than this are of no use to anyone.
const MOST_SYMBOLS: usize = 1_000;

/// The outline of a document (LSP 3.17, `textDocument/documentSymbol`), as a tree where the client takes one.
pub(in crate::lsp) fn document_symbols(reading: &Reading) -> DocumentSymbolResponse {
    let entries = outline(&reading.document, &reading.modules);
    if reading.snapshot.facts.nested_symbols {
        return DocumentSymbolResponse::Nested(entries.iter().map(|entry| nested(reading, entry)).collect());
    }
    let mut flat = Vec::new();
    let mut add = |entry: &OutlineEntry, container: Option<&str>| {
        let location = Location { uri: reading.snapshot.uri.clone(), range: reading.range(entry.span) };
        flat.push(information(entry, container, location));
    };
    entries.iter().for_each(|entry| each(entry, None, &mut add));
    DocumentSymbolResponse::Flat(flat)
}

/// The symbols of all files whose names match a query (LSP 3.17, `workspace/symbol`). Reads files.
pub(in crate::lsp) fn workspace_symbols(session: &Session, query: &str) -> WorkspaceSymbolResponse {
    let encoding = session.facts().encoding;
    let mut found = Vec::new();
    for file in folder_files(session) {
        let text = file.document.text();
        let mut add = |entry: &OutlineEntry, container: Option<&str>| {
            if found.len() < MOST_SYMBOLS && matches(query, &entry.name) {
                let range = convert::range(text, entry.selection, encoding);
                found.push(information(entry, container, Location { uri: file.uri.clone(), range }));
            }
        };
        for entry in &outline(&file.document, &NoModules) {
            each(entry, None, &mut add);
        }
    }
    WorkspaceSymbolResponse::Flat(found)
}

/// Hands over an entry and all within it, each with the name of what it lies in.
fn each(entry: &OutlineEntry, container: Option<&str>, take: &mut dyn FnMut(&OutlineEntry, Option<&str>)) {
    take(entry, container);
    entry.children.iter().for_each(|child| each(child, Some(&entry.name), take));
}

#[allow(deprecated)]
fn nested(reading: &Reading, entry: &OutlineEntry) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> = entry.children.iter().map(|child| nested(reading, child)).collect();
    DocumentSymbol {
        name: format!("{}{}", shown(&entry.name), entry.parameters),
        detail: Some(entry.kind.word().to_owned()),
        kind: symbol_kind(entry.kind),
        tags: None,
        deprecated: None,
        range: reading.range(entry.span),
        selection_range: reading.range(entry.selection),
        children: (!children.is_empty()).then_some(children),
    }
}

#[allow(deprecated)]
fn information(entry: &OutlineEntry, container: Option<&str>, location: Location) -> SymbolInformation {
    SymbolInformation {
        name: shown(&entry.name).to_owned(),
        kind: symbol_kind(entry.kind),
        tags: None,
        deprecated: None,
        location,
        container_name: container.map(str::to_owned),
    }
}

/// Clients refuse symbols without a name.
fn shown(name: &str) -> &str {
    if name.is_empty() { "?" } else { name }
}

/// Editors give each kind a sign of its own: actions are events, predicates are booleans.
fn symbol_kind(kind: NameKind) -> SymbolKind {
    match kind {
        NameKind::Module => SymbolKind::MODULE,
        NameKind::Constant => SymbolKind::CONSTANT,
        NameKind::Variable | NameKind::Bound => SymbolKind::VARIABLE,
        NameKind::Operator | NameKind::Function => SymbolKind::FUNCTION,
        NameKind::Predicate => SymbolKind::BOOLEAN,
        NameKind::Action => SymbolKind::EVENT,
        NameKind::Temporal => SymbolKind::INTERFACE,
        NameKind::Statement => SymbolKind::PROPERTY,
        NameKind::Instance => SymbolKind::NAMESPACE,
        NameKind::Parameter => SymbolKind::TYPE_PARAMETER,
        NameKind::Field => SymbolKind::FIELD,
    }
}
