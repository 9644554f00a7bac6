//! The open documents and what surrounds them. Every change is made at once under a lock that is never held across a
//! wait; all else works on immutable snapshots.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
};

use tla_contract_engine::{Document, diagnostic::Edit, text::Text};
use tokio::sync::watch;
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, Uri};

use super::{
    analysis::Analysis,
    capabilities::ClientFacts,
    convert,
    modules::{Asked, stem},
};
use crate::files::{LoadedPrompt, Workspace, is_same_file, unsaved_prompt};

/// With more edits than this since it was read, a document is read anew.
const MOST_EDITS: usize = 1_000;

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
    pub(super) kind: Kind,
    pub(super) path: Option<PathBuf>,
    pub(super) text: Text,
    loaded: OnceLock<Option<LoadedPrompt>>,
}

impl OpenText {
    /// The text as a prompt, parsed once; `None` for a document that has no file, which governs nothing.
    pub(super) fn prompt(&self) -> Option<&LoadedPrompt> {
        let load = || self.path.as_deref().map(|path| unsaved_prompt(path, &self.text.to_string()));
        self.loaded.get_or_init(load).as_ref()
    }
}

/// The workspaces as they were read; replaced as a whole when files change.
#[derive(Debug, Default)]
pub(super) struct Disk {
    workspaces: Mutex<HashMap<(PathBuf, PathBuf), Reading>>,
}

/// A workspace that is read by the first who needs it.
type Reading = Arc<OnceLock<Arc<Workspace>>>;

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

impl Surroundings {
    /// The workspace of a file, with the unsaved texts of the editor. Reads files: not for the thread that starts
    /// handlers.
    pub(super) fn workspace(&self, path: &Path) -> Workspace {
        let folder = path.parent().unwrap_or(Path::new("."));
        let holds = |opened: &&PathBuf| folder.starts_with(opened);
        let opened = self.folders.iter().filter(holds).max_by_key(|opened| opened.as_os_str().len());
        let opened = opened.map_or(folder, PathBuf::as_path);
        let reading = {
            let mut workspaces = self.disk.workspaces.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(workspaces.entry((folder.to_owned(), opened.to_owned())).or_default())
        };
        let settings = |path: &Path| {
            let open =
                self.open.values().find(|open| open.kind == Kind::Settings && is_same_file(open.path.as_deref(), path));
            open.map(|open| open.text.to_string())
        };
        let workspace = reading.get_or_init(|| Arc::new(Workspace::with_unsaved_settings(folder, opened, settings)));
        let prompts = self.open.values().filter(|open| open.kind != Kind::Settings).filter_map(|open| open.prompt());
        workspace.with_unsaved_prompts(prompts.cloned().collect())
    }
}

/// The last analysis of a document. Only one is made at a time.
pub(super) type Analysed = Arc<tokio::sync::Mutex<Option<Arc<Analysis>>>>;

/// One document at one moment with all that its judgement depends on.
pub(super) struct Snapshot {
    pub(super) uri: Uri,
    pub(super) kind: Kind,
    /// As the client counts.
    pub(super) version: i32,
    /// Which text of the session this is: no other has this number, whatever the client's versions.
    pub(super) revision: u64,
    pub(super) text: Text,
    /// The document as it was read last, and the edits since.
    pub(super) base: Option<Arc<Document>>,
    pub(super) since: Vec<Edit>,
    /// The file; `None` for a document that has none yet.
    pub(super) path: Option<PathBuf>,
    pub(super) surroundings: Arc<Surroundings>,
    pub(super) facts: Arc<ClientFacts>,
    pub(super) analysed: Analysed,
}

impl Snapshot {
    /// Reads the document: what did not change since the last time is kept. Takes as long as the engine does.
    pub(super) fn document(&self) -> Arc<Document> {
        match &self.base {
            Some(base) if self.since.is_empty() => Arc::clone(base),
            Some(base) => Arc::new(base.edited(&self.since)),
            None => Arc::new(Document::new(self.text.clone())),
        }
    }
}

struct Open {
    uri: Uri,
    kind: Kind,
    version: i32,
    revision: u64,
    text: Text,
    base: Option<Arc<Document>>,
    since: Vec<Edit>,
    path: Option<PathBuf>,
    analysed: Analysed,
    /// The modules that its last analysis has looked for.
    asked: Asked,
}

#[derive(Default)]
struct State {
    facts: Arc<ClientFacts>,
    surroundings: Arc<Surroundings>,
    documents: HashMap<String, Open>,
    /// The last revision that was given.
    revisions: u64,
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
        let mut state = self.lock();
        let open = Open {
            uri: uri.clone(),
            kind,
            version,
            revision: state.next_revision(),
            text: Text::from(text),
            base: None,
            since: Vec::new(),
            path,
            analysed: Analysed::default(),
            asked: Asked::default(),
        };
        state.documents.insert(uri.as_str().to_owned(), open);
        state.overlay(&uri);
        kind
    }

    /// Applies changes in their order (LSP 3.17, `didChange`); `None` for a document that is not open.
    pub(super) fn change(&self, uri: &Uri, version: i32, changes: &[TextDocumentContentChangeEvent]) -> Option<Kind> {
        let mut state = self.lock();
        let encoding = state.facts.encoding;
        let revision = state.next_revision();
        let open = state.documents.get_mut(uri.as_str())?;
        for change in changes {
            // Each change counts in the text that the one before it left.
            let edit = Edit::replace(convert::changed_span(&open.text, change.range, encoding), change.text.as_str());
            open.text.replace(edit.span, &edit.text);
            open.since.push(edit);
        }
        if open.since.len() > MOST_EDITS {
            open.base = None;
        }
        if open.base.is_none() {
            open.since.clear();
        }
        open.version = version;
        open.revision = revision;
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
                if open.kind == Kind::Settings {
                    surroundings.disk = Arc::default();
                }
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
        Some(state.snapshot(open))
    }

    /// The document of one of these kinds that was opened or edited last; its URI.
    pub(super) fn latest(&self, kinds: &[Kind]) -> Option<String> {
        let state = self.lock();
        let documents = state.documents.values().filter(|open| kinds.contains(&open.kind));
        documents.max_by_key(|open| open.revision).map(|open| open.uri.to_string())
    }

    /// The URI under which the client has opened a file.
    pub(super) fn opened(&self, path: &Path) -> Option<String> {
        let state = self.lock();
        let open = state.documents.values().find(|open| open.path.as_deref() == Some(path))?;
        Some(open.uri.to_string())
    }

    /// The specifications that are open, as they are now.
    pub(super) fn open_specifications(&self) -> Vec<Snapshot> {
        let state = self.lock();
        let specifications = state.documents.values().filter(|open| open.kind == Kind::Specification);
        specifications.map(|open| state.snapshot(open)).collect()
    }

    /// The open specifications but one whose files have one of these names, each with its revision, in order.
    pub(super) fn open_modules(&self, names: &Asked, but: &Uri) -> Vec<(String, u64)> {
        let state = self.lock();
        let named = |open: &&Open| {
            let stem = open.path.as_deref().and_then(stem);
            open.kind == Kind::Specification && open.uri != *but && stem.is_some_and(|stem| names.contains(stem))
        };
        let mut modules: Vec<(String, u64)> =
            state.documents.values().filter(named).map(|open| (open.uri.to_string(), open.revision)).collect();
        modules.sort();
        modules
    }

    /// Takes in which modules the analysis of a document has looked for.
    pub(super) fn has_asked(&self, uri: &Uri, asked: &Asked) {
        if let Some(open) = self.lock().documents.get_mut(uri.as_str()) {
            open.asked.clone_from(asked);
        }
    }

    /// Whether prompts and specifications are open side by side, so that what changes in a document of this kind may
    /// change what is shown of the others.
    pub(super) fn shows_both(&self, kind: Kind) -> bool {
        let state = self.lock();
        let open = |wanted: Kind| state.documents.values().any(|open| open.kind == wanted);
        match kind {
            Kind::Specification => open(Kind::Prompt),
            _ => open(Kind::Specification),
        }
    }

    /// The open documents that have looked for the module of a document.
    pub(super) fn dependents(&self, uri: &Uri) -> Vec<String> {
        let Some(path) = convert::path(uri) else { return Vec::new() };
        let Some(name) = stem(&path) else { return Vec::new() };
        let state = self.lock();
        let depends = |open: &&Open| open.uri != *uri && open.asked.contains(name);
        state.documents.values().filter(depends).map(|open| open.uri.to_string()).collect()
    }

    /// A file that is not open, as if it were.
    pub(super) fn snapshot_of_file(&self, uri: Uri, path: PathBuf, text: &str) -> Snapshot {
        let state = self.lock();
        Snapshot {
            uri,
            kind: Kind::of("", path.to_str().unwrap_or_default()),
            version: 0,
            revision: 0,
            text: Text::from(text),
            base: None,
            since: Vec::new(),
            path: Some(path),
            surroundings: Arc::clone(&state.surroundings),
            facts: Arc::clone(&state.facts),
            analysed: Analysed::default(),
        }
    }

    pub(super) fn surroundings(&self) -> Arc<Surroundings> {
        Arc::clone(&self.lock().surroundings)
    }

    /// Whether nothing has changed since the snapshot.
    pub(super) fn is_current(&self, snapshot: &Snapshot) -> bool {
        let state = self.lock();
        state.surroundings.generation == snapshot.surroundings.generation
            && state.documents.get(snapshot.uri.as_str()).is_some_and(|open| open.revision == snapshot.revision)
    }

    /// Takes in the document that was read of a snapshot, so that the next reading can begin with it.
    pub(super) fn was_read(&self, snapshot: &Snapshot, document: &Arc<Document>) {
        let mut state = self.lock();
        let Some(open) = state.documents.get_mut(snapshot.uri.as_str()) else { return };
        if open.revision == snapshot.revision {
            open.base = Some(Arc::clone(document));
            open.since.clear();
            return;
        }
        let same = match (&open.base, &snapshot.base) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            _ => false,
        };
        if same {
            open.base = Some(Arc::clone(document));
            open.since.drain(..snapshot.since.len());
        }
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
    fn snapshot(&self, open: &Open) -> Snapshot {
        Snapshot {
            uri: open.uri.clone(),
            kind: open.kind,
            version: open.version,
            revision: open.revision,
            text: open.text.clone(),
            base: open.base.clone(),
            since: open.since.clone(),
            path: open.path.clone(),
            surroundings: Arc::clone(&self.surroundings),
            facts: Arc::clone(&self.facts),
            analysed: Arc::clone(&open.analysed),
        }
    }

    fn next_revision(&mut self) -> u64 {
        self.revisions += 1;
        self.revisions
    }

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
        let text = OpenText {
            uri: open.uri.clone(),
            kind: open.kind,
            path: open.path.clone(),
            text: open.text.clone(),
            loaded: OnceLock::new(),
        };
        let place = place(open);
        self.surround(|surroundings| {
            if text.kind == Kind::Settings {
                surroundings.disk = Arc::default();
            }
            surroundings.open.insert(place, Arc::new(text));
        });
    }
}

fn place(open: &Open) -> PathBuf {
    open.path.clone().unwrap_or_else(|| PathBuf::from(open.uri.as_str()))
}

#[cfg(test)]
mod any_edits;

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
