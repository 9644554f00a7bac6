//! One document at one moment, read for one request, with the modules around it.

use std::{collections::HashSet, path::PathBuf, sync::Arc};

use tla_contract_engine::{Document, diagnostic::Span, prompt::Prompt};
use tower_lsp::ls_types::{Position, Range, Uri};

use super::{
    convert,
    modules::Modules,
    session::{Kind, Session, Snapshot},
};

/// At most this many files of a folder are read for what is asked of all of them.
const MOST_FILES: usize = 2_000;

/// A document that a request is about.
pub(super) struct Reading {
    pub(super) snapshot: Snapshot,
    /// Empty unless the document is a specification.
    pub(super) document: Arc<Document>,
    pub(super) modules: Modules,
}

impl Reading {
    /// Reads a snapshot. Takes as long as the engine does, and may read files.
    pub(super) fn of(session: &Arc<Session>, snapshot: Snapshot) -> Self {
        let document = match snapshot.kind {
            Kind::Specification => {
                let document = snapshot.document();
                session.was_read(&snapshot, &document);
                document
            }
            Kind::Prompt | Kind::Settings | Kind::Other => Arc::default(),
        };
        let modules = Modules::around(session, &snapshot);
        Self { snapshot, document, modules }
    }

    /// The document as a prompt; `None` where it is none.
    pub(super) fn prompt(&self) -> Option<Prompt> {
        (self.snapshot.kind == Kind::Prompt).then(|| Prompt::parse(&self.snapshot.text.to_string()))
    }

    /// The byte offset of a position.
    pub(super) fn offset(&self, position: Position) -> usize {
        let range = Range { start: position, end: position };
        convert::span(&self.snapshot.text, range, self.snapshot.facts.encoding).start
    }

    /// The range of bytes of the document.
    pub(super) fn range(&self, span: Span) -> Range {
        convert::range(&self.snapshot.text, span, self.snapshot.facts.encoding)
    }
}

/// A specification of the folders that are open in the editor.
pub(super) struct FolderFile {
    pub(super) uri: Uri,
    /// As the client counts; `None` for a file that is not open.
    pub(super) version: Option<i32>,
    pub(super) document: Arc<Document>,
}

/// All specifications of the open folders; those that are open in the editor with their unsaved text. Reads files.
pub(super) fn folder_files(session: &Session) -> Vec<FolderFile> {
    let mut files: Vec<FolderFile> = Vec::new();
    let mut seen: HashSet<PathBuf> = HashSet::new();
    for snapshot in session.open_specifications() {
        let document = snapshot.document();
        session.was_read(&snapshot, &document);
        seen.extend(snapshot.path.as_ref().map(|path| path.canonicalize().unwrap_or_else(|_| path.clone())));
        files.push(FolderFile { uri: snapshot.uri.clone(), version: Some(snapshot.version), document });
    }
    files.sort_by(|one, other| one.uri.as_str().cmp(other.uri.as_str()));
    let surroundings = session.surroundings();
    for folder in &surroundings.folders {
        for (path, document) in surroundings.workspace(&folder.join("untitled.tla")).documents(MOST_FILES) {
            if seen.insert(path.clone())
                && let Some(uri) = convert::uri(&path)
            {
                files.push(FolderFile { uri, version: None, document });
            }
        }
    }
    files
}
