//! The modules around a document as the editor has them: those that are open with their unsaved text.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use tla_contract_engine::{Document, ModuleSource};
use tower_lsp::ls_types::Uri;

use super::{
    analysis::{place, workspace_of},
    convert,
    session::{Analysed, Session, Snapshot},
};
use crate::files::{Workspace, is_same_file};

/// The names of modules that were looked for, found or not.
pub(super) type Asked = BTreeSet<String>;

/// Which texts of open modules something was worked out from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Footing {
    asked: Asked,
    /// The open documents that may be one of them, by URI, each with its revision.
    open: Vec<(String, u64)>,
}

impl Footing {
    pub(super) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// Whether all of it is still as it was.
    pub(super) fn holds(&self, session: &Session, uri: &Uri) -> bool {
        self.open == session.open_modules(&self.asked, uri)
    }
}

/// The modules around one document at one moment.
pub(super) struct Modules {
    session: Arc<Session>,
    workspace: Workspace,
    uri: Uri,
    /// The document that looks for modules.
    path: PathBuf,
    on_disk: Box<dyn ModuleSource + Send + Sync>,
    /// The other specifications that are open, as they were at that moment.
    others: Vec<Snapshot>,
    asked: Mutex<Asked>,
}

impl Modules {
    /// Reads nothing but the settings yet.
    pub(super) fn around(session: &Arc<Session>, snapshot: &Snapshot) -> Self {
        let path = place(snapshot);
        let workspace = workspace_of(snapshot);
        let others = session.open_specifications().into_iter().filter(|other| other.uri != snapshot.uri);
        // Two analyses that hold each other would never be let go.
        let others = others.map(|other| Snapshot { analysed: Analysed::default(), ..other }).collect();
        let on_disk = workspace.modules(&path);
        let (session, uri) = (Arc::clone(session), snapshot.uri.clone());
        Self { session, workspace, uri, path, on_disk, others, asked: Mutex::default() }
    }

    pub(super) fn workspace(&self) -> &Workspace {
        &self.workspace
    }

    /// What was made with these modules stands on this.
    pub(super) fn footing(&self) -> Footing {
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let may_be = |other: &&Snapshot| other.path.as_deref().and_then(stem).is_some_and(|stem| asked.contains(stem));
        let mut open: Vec<(String, u64)> =
            self.others.iter().filter(may_be).map(|other| (other.uri.to_string(), other.revision)).collect();
        open.sort();
        Footing { asked, open }
    }

    /// The names of the modules beside the document and in its workspace, and of those that are open without a file.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names = self.workspace.module_names();
        names.extend(self.others.iter().filter_map(|other| stem(other.path.as_deref()?)).map(str::to_owned));
        names.sort();
        names.dedup();
        names
    }

    /// The file that a module comes from and what is read of it; `None` for modules of the library.
    pub(super) fn found(&self, name: &str) -> Option<(Uri, Arc<Document>)> {
        if let Some(open) = self.open(name) {
            return Some((open.uri.clone(), self.document(open)));
        }
        let path = self.workspace.module_file(&self.path, name)?;
        let document = self.on_disk.module(name).or_else(|| self.on_disk.module_elsewhere(name))?;
        self.ask(name);
        Some((convert::uri(&path)?, document))
    }

    /// The open document that a name means: the one whose file it would be, be it written yet or not.
    fn open(&self, name: &str) -> Option<&Snapshot> {
        let mut named =
            self.others.iter().filter(|other| other.path.as_deref().and_then(stem) == Some(name)).peekable();
        named.peek()?;
        let beside = || Some(self.path.parent()?.join(format!("{name}.tla")));
        let path = self.workspace.module_file(&self.path, name).or_else(beside)?;
        named.find(|other| is_same_file(other.path.as_deref(), &path))
    }

    fn ask(&self, name: &str) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned());
    }

    fn document(&self, open: &Snapshot) -> Arc<Document> {
        let document = open.document();
        self.session.was_read(open, &document);
        document
    }
}

impl ModuleSource for Modules {
    fn module(&self, name: &str) -> Option<Arc<Document>> {
        self.ask(name);
        let saved = self.on_disk.module(name);
        // One that is open somewhere around is not beside the specification.
        if saved.is_none() && self.on_disk.module_elsewhere(name).is_some() {
            return None;
        }
        self.open(name).map(|open| self.document(open)).or(saved)
    }

    fn module_elsewhere(&self, name: &str) -> Option<Arc<Document>> {
        self.ask(name);
        let saved = self.on_disk.module_elsewhere(name)?;
        Some(self.open(name).map_or(saved, |open| self.document(open)))
    }
}

impl std::fmt::Debug for Modules {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Modules").field("uri", &self.uri).finish_non_exhaustive()
    }
}

/// The name that a file's module has.
pub(super) fn stem(path: &Path) -> Option<&str> {
    path.file_stem().and_then(|stem| stem.to_str())
}
