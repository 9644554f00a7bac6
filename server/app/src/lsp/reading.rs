//! One document at one moment, read for one request, with the modules around it.

use std::{collections::HashSet, path::PathBuf, sync::Arc};

use tla_contract_engine::{Document, ModuleSource, diagnostic::Span, prompt::Prompt};
use tower_lsp::ls_types::{Position, Range, Uri};

use super::{
    analysis::{place, workspace_of},
    convert,
    session::{Kind, Session, Snapshot},
};
use crate::files::Workspace;

/// At most this many files of a folder are read for what is asked of all of them.
const MOST_FILES: usize = 2_000;

/// A document that a request is about.
pub(super) struct Reading {
    pub(super) snapshot: Snapshot,
    /// Empty unless the document is a specification.
    pub(super) document: Arc<Document>,
    pub(super) modules: Modules,
}

/// The modules around a document; those that are open in the editor with their unsaved text.
pub(super) struct Modules {
    workspace: Workspace,
    /// The document that looks for modules.
    path: PathBuf,
    /// Links resolved.
    open: Vec<(PathBuf, Arc<Document>)>,
    on_disk: Box<dyn ModuleSource + Send + Sync>,
}

impl ModuleSource for Modules {
    fn module(&self, name: &str) -> Option<Arc<Document>> {
        self.on_disk.module(name).map(|saved| self.unsaved(name, saved))
    }

    fn module_elsewhere(&self, name: &str) -> Option<Arc<Document>> {
        self.on_disk.module_elsewhere(name).map(|saved| self.unsaved(name, saved))
    }
}

impl Modules {
    /// The text of a module as it is in the editor, where it is open there.
    fn unsaved(&self, name: &str, saved: Arc<Document>) -> Arc<Document> {
        if self.open.is_empty() {
            return saved;
        }
        let path = self.workspace.module_file(&self.path, name);
        let open = self.open.iter().find(|(open, _)| Some(open) == path.as_ref());
        open.map_or(saved, |(_, document)| Arc::clone(document))
    }
}

impl Reading {
    /// Reads a snapshot. Takes as long as the engine does, and may read files.
    pub(super) fn of(session: &Session, snapshot: Snapshot) -> Self {
        let document = match snapshot.kind {
            Kind::Specification => {
                let document = snapshot.document();
                session.was_read(&snapshot, &document);
                document
            }
            Kind::Prompt | Kind::Settings | Kind::Other => Arc::default(),
        };
        let path = place(&snapshot);
        let workspace = workspace_of(&snapshot);
        let on_disk = workspace.modules(&path);
        let others = session.open_specifications().into_iter().filter(|other| other.uri != snapshot.uri);
        let open = others.filter_map(|other| {
            let document = other.document();
            session.was_read(&other, &document);
            Some((other.path?.canonicalize().ok()?, document))
        });
        let modules = Modules { path, open: open.collect(), on_disk, workspace };
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

    /// The names of the modules beside the document and in its workspace.
    pub(super) fn module_names(&self) -> Vec<String> {
        self.modules.workspace.module_names()
    }

    /// The file that a module comes from and what is read of it; `None` for modules of the library.
    pub(super) fn module(&self, name: &str) -> Option<(Uri, Arc<Document>)> {
        let path = self.modules.workspace.module_file(&self.modules.path, name)?;
        Some((convert::uri(&path)?, self.modules.module(name)?))
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
