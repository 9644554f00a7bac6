//! The open documents and what surrounds them. Every change is made at once under a lock that is never held across a
//! wait; all else works on immutable snapshots.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use tla_contract_engine::{Document, diagnostic::Edit, prompt::Prompt, text::Text};
use tokio::sync::watch;
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, Uri};

use super::{analysis::Analysis, capabilities::ClientFacts, convert};
use crate::files::Workspace;

/// What a document is, by its language and its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// TLA+, or a reply that should be.
    Specification,
    Prompt,
    /// `tla-contract.toml`
    Settings,
    /// A document of another language: kept, since it may be a prompt by the settings, but nothing is found in it.
    Other,
}

impl Kind {
    /// By language id where it is one of ours, else by the name of the file.
    pub(super) fn of(language: &str, path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        match language {
            "tlaplus" | "tla" => Kind::Specification,
            "tla-contract-prompt" => Kind::Prompt,
            _ if name == "tla-contract.toml" => Kind::Settings,
            _ if name.ends_with(".prompt.md") || name.ends_with(".prompt.txt") => Kind::Prompt,
            _ if name.ends_with(".tla") => Kind::Specification,
            _ => Kind::Other,
        }
    }
}

/// A document that is no specification, with its unsaved text.
#[derive(Debug)]
pub(super) struct OpenText {
    pub(super) uri: Uri,
    pub(super) text: Text,
    prompt: OnceLock<Arc<Prompt>>,
}

impl OpenText {
    /// The text as a prompt, parsed once.
    pub(super) fn prompt(&self) -> Arc<Prompt> {
        Arc::clone(self.prompt.get_or_init(|| Arc::new(Prompt::parse(&self.text.to_string()))))
    }
}

/// The workspaces as they were read; replaced as a whole when files change.
#[derive(Debug, Default)]
pub(super) struct Disk {
    workspaces: Mutex<HashMap<PathBuf, Arc<OnceLock<Arc<Workspace>>>>>,
}

impl Disk {
    /// The workspace of a folder, read on first use. Reads files: not for the thread that starts handlers.
    pub(super) fn workspace(&self, folder: &Path) -> Arc<Workspace> {
        let entry = {
            let mut workspaces = self.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(workspaces.entry(folder.to_owned()).or_default())
        };
        Arc::clone(entry.get_or_init(|| Arc::new(Workspace::of(folder))))
    }
}

/// All that a judgement may depend on besides the document itself.
#[derive(Debug, Clone, Default)]
pub(super) struct Surroundings {
    /// Grows with each change.
    pub(super) generation: u64,
    /// The folders that are open in the editor.
    pub(super) folders: Vec<PathBuf>,
    pub(super) disk: Arc<Disk>,
    /// Open documents that may be prompts or settings, by path (or by URI where they have none).
    pub(super) open: BTreeMap<PathBuf, Arc<OpenText>>,
}

/// The last analysis of a document. Only one is made at a time.
pub(super) type Analysed = Arc<tokio::sync::Mutex<Option<Arc<Analysis>>>>;

/// One document at one moment with all that its judgement depends on.
#[derive(Clone)]
pub(super) struct Snapshot {
    pub(super) uri: Uri,
    pub(super) kind: Kind,
    pub(super) version: i32,
    pub(super) document: Arc<Document>,
    /// The file; `None` for a document that has none yet.
    pub(super) path: Option<PathBuf>,
    pub(super) surroundings: Arc<Surroundings>,
    pub(super) facts: Arc<ClientFacts>,
    pub(super) analysed: Analysed,
}

struct Open {
    uri: Uri,
    kind: Kind,
    version: i32,
    document: Arc<Document>,
    path: Option<PathBuf>,
    analysed: Analysed,
}

#[derive(Default)]
struct State {
    facts: Arc<ClientFacts>,
    surroundings: Arc<Surroundings>,
    documents: HashMap<String, Open>,
    /// Tells the publisher of a document that it has to look again; kept by [`super::publish`].
    publishers: HashMap<String, watch::Sender<()>>,
}

/// The state of the server between messages.
#[derive(Default)]
pub(super) struct Session {
    state: Mutex<State>,
}

impl Session {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what `initialize` says.
    pub(super) fn begin(&self, facts: ClientFacts, folders: Vec<PathBuf>) {
        let mut state = self.lock();
        state.facts = Arc::new(facts);
        state.surround(|surroundings| surroundings.folders = folders);
    }

    pub(super) fn facts(&self) -> Arc<ClientFacts> {
        Arc::clone(&self.lock().facts)
    }

    /// Takes a document in. A document that is open already begins anew.
    pub(super) fn open(&self, uri: Uri, language: &str, version: i32, text: &str) -> Kind {
        let path = convert::path(&uri);
        let kind = Kind::of(language, path.as_ref().map_or(uri.as_str(), |path| path.to_str().unwrap_or_default()));
        let document = Arc::new(Document::new(Text::from(text)));
        let open = Open { uri: uri.clone(), kind, version, document, path, analysed: Analysed::default() };
        let mut state = self.lock();
        state.documents.insert(uri.as_str().to_owned(), open);
        state.overlay(&uri);
        kind
    }

    /// Applies changes in their order (LSP 3.17, `didChange`); `None` for a document that is not open.
    pub(super) fn change(&self, uri: &Uri, version: i32, changes: &[TextDocumentContentChangeEvent]) -> Option<Kind> {
        let mut state = self.lock();
        let encoding = state.facts.encoding;
        let open = state.documents.get_mut(uri.as_str())?;
        // Each change counts in the text that the one before it left.
        let mut text = open.document.text().clone();
        let mut edits = Vec::with_capacity(changes.len());
        for change in changes {
            let edit = Edit::replace(convert::changed_span(&text, change.range, encoding), change.text.as_str());
            text.replace(edit.span, &edit.text);
            edits.push(edit);
        }
        open.document = Arc::new(open.document.edited(&edits));
        open.version = version;
        let kind = open.kind;
        state.overlay(uri);
        Some(kind)
    }

    /// Forgets a document; `None` for one that is not open.
    pub(super) fn close(&self, uri: &Uri) -> Option<Kind> {
        let mut state = self.lock();
        let open = state.documents.remove(uri.as_str())?;
        if open.kind != Kind::Specification {
            state.surround(|surroundings| {
                surroundings.open.remove(&place(&open));
            });
        }
        Some(open.kind)
    }

    /// Files were changed by others: the workspaces are read anew.
    pub(super) fn files_changed(&self) {
        self.lock().surround(|surroundings| surroundings.disk = Arc::default());
    }

    /// Folders were added to or removed from the editor's workspace.
    pub(super) fn folders_changed(&self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.lock().surround(|surroundings| {
            surroundings.folders.retain(|folder| !removed.contains(folder));
            surroundings.folders.extend(added);
            surroundings.disk = Arc::default();
        });
    }

    /// The document as it is now; `None` when it is not open.
    pub(super) fn snapshot(&self, uri: &str) -> Option<Snapshot> {
        let state = self.lock();
        let open = state.documents.get(uri)?;
        Some(Snapshot {
            uri: open.uri.clone(),
            kind: open.kind,
            version: open.version,
            document: Arc::clone(&open.document),
            path: open.path.clone(),
            surroundings: Arc::clone(&state.surroundings),
            facts: Arc::clone(&state.facts),
            analysed: Arc::clone(&open.analysed),
        })
    }

    pub(super) fn surroundings(&self) -> Arc<Surroundings> {
        Arc::clone(&self.lock().surroundings)
    }

    /// Whether nothing has changed since the snapshot.
    pub(super) fn is_current(&self, snapshot: &Snapshot) -> bool {
        let state = self.lock();
        state.surroundings.generation == snapshot.surroundings.generation
            && state
                .documents
                .get(snapshot.uri.as_str())
                .is_some_and(|open| Arc::ptr_eq(&open.document, &snapshot.document))
    }

    /// The URIs of all open documents.
    pub(super) fn open_uris(&self) -> Vec<String> {
        self.lock().documents.keys().cloned().collect()
    }

    /// Tells a document's publisher to look again; where there is none, gives the ear of a new one.
    pub(super) fn tell_publisher(&self, uri: &str) -> Option<watch::Receiver<()>> {
        let mut state = self.lock();
        if let Some(publisher) = state.publishers.get(uri) {
            publisher.send_replace(());
            return None;
        }
        let (sender, mut receiver) = watch::channel(());
        receiver.mark_changed();
        state.publishers.insert(uri.to_owned(), sender);
        Some(receiver)
    }

    /// Lets a publisher go; not when its document is open again.
    pub(super) fn dismiss_publisher(&self, uri: &str) -> Dismissal {
        let mut state = self.lock();
        if state.documents.contains_key(uri) {
            return Dismissal::Stay;
        }
        state.publishers.remove(uri);
        Dismissal::Go
    }
}

/// Whether a publisher is still needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dismissal {
    Stay,
    Go,
}

impl State {
    fn surround(&mut self, change: impl FnOnce(&mut Surroundings)) {
        let mut surroundings = Surroundings::clone(&self.surroundings);
        change(&mut surroundings);
        surroundings.generation += 1;
        self.surroundings = Arc::new(surroundings);
    }

    /// Makes the unsaved text of a document that may be a prompt or settings known to the others.
    fn overlay(&mut self, uri: &Uri) {
        let Some(open) = self.documents.get(uri.as_str()) else { return };
        if open.kind == Kind::Specification {
            return;
        }
        let text = OpenText { uri: open.uri.clone(), text: open.document.text().clone(), prompt: OnceLock::new() };
        let place = place(open);
        self.surround(|surroundings| {
            surroundings.open.insert(place, Arc::new(text));
        });
    }
}

fn place(open: &Open) -> PathBuf {
    open.path.clone().unwrap_or_else(|| PathBuf::from(open.uri.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_decides_before_the_name() {
        assert_eq!(Kind::of("tla", "/a/reply.md"), Kind::Specification);
        assert_eq!(Kind::of("tlaplus", "untitled:Untitled-1"), Kind::Specification);
        assert_eq!(Kind::of("tla-contract-prompt", "/a/seed.txt"), Kind::Prompt);
        assert_eq!(Kind::of("markdown", "/a/raft.prompt.md"), Kind::Prompt);
        assert_eq!(Kind::of("toml", "/a/tla-contract.toml"), Kind::Settings);
        assert_eq!(Kind::of("plaintext", "/a/raft.tla"), Kind::Specification);
        assert_eq!(Kind::of("toml", "/a/Cargo.toml"), Kind::Other);
    }
}
