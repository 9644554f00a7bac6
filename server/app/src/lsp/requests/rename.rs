//! Renaming a name in all files of the folder.

use tla_contract_engine::{
    diagnostic::Edit,
    features::{
        navigate::{Access, Identity, uses},
        rename::{check_name, places, prepare},
    },
};
use tower_lsp::{
    jsonrpc::{Error, Result},
    ls_types::{Position, PrepareRenameResponse, WorkspaceEdit},
};

use super::commands::failed;
use crate::lsp::{
    convert::{self, FileEdits},
    reading::{FolderFile, Reading, folder_files},
    session::Session,
};

/// The name that would be renamed (LSP 3.17, `textDocument/prepareRename`).
///
/// # Errors
/// Why it can't be renamed.
pub(in crate::lsp) fn prepare_rename(reading: &Reading, position: Position) -> Result<Option<PrepareRenameResponse>> {
    match prepare(&reading.document, &reading.modules, reading.offset(position)) {
        Ok(found) => Ok(Some(PrepareRenameResponse::RangeWithPlaceholder {
            range: reading.range(found.span),
            placeholder: found.name,
        })),
        Err(None) => Ok(None),
        Err(Some(why)) => Err(failed(&why)),
    }
}

/// The edits of all files that rename a name (LSP 3.17, `textDocument/rename`). Reads files.
///
/// # Errors
/// Why the name can't be renamed so.
pub(in crate::lsp) fn rename(
    session: &Session,
    reading: &Reading,
    position: Position,
    new: &str,
) -> Result<Option<WorkspaceEdit>> {
    let found = match prepare(&reading.document, &reading.modules, reading.offset(position)) {
        Ok(found) => found,
        Err(None) => return Ok(None),
        Err(Some(why)) => return Err(failed(&why)),
    };
    check_name(new).map_err(Error::invalid_params)?;
    let snapshot = &reading.snapshot;
    let here =
        FolderFile { uri: snapshot.uri.clone(), version: Some(snapshot.version), document: reading.document.clone() };
    let mut files = vec![here];
    if matches!(found.identity, Identity::Global { .. }) {
        files.extend(folder_files(session).into_iter().filter(|file| file.uri != snapshot.uri));
    }
    let defines = |file: &FolderFile| {
        uses(&file.document, &reading.modules, &found.identity)
            .iter()
            .any(|found| matches!(found.access, Access::Definition | Access::Declaration))
    };
    if !files.iter().any(defines) {
        return Err(failed(&format!("`{}` is defined in a file outside of the open folders", found.name)));
    }
    let mut edits = Vec::new();
    for file in &files {
        let spans = places(&file.document, &reading.modules, &found.identity, &found.name, new).map_err(|why| {
            let module = file.document.module_name().unwrap_or_default();
            let place = if file.uri == snapshot.uri { String::new() } else { format!("in {module}: ") };
            failed(&format!("{place}{why}"))
        })?;
        if !spans.is_empty() {
            edits.push(FileEdits {
                uri: &file.uri,
                version: file.version,
                text: file.document.text(),
                edits: spans.into_iter().map(|span| Edit::replace(span, new)).collect(),
            });
        }
    }
    Ok(Some(convert::folder_edit(&snapshot.facts, &edits)))
}
