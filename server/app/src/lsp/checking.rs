//! All specifications of the open folders, judged whether they are open or not; what did not change is judged once.

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use serde::Serialize;
use tla_contract_engine::{
    contract::{Verdict, VerdictCounts},
    diagnostic::Severity,
};
use tower_lsp::{
    jsonrpc::{Error, Result},
    ls_types::{
        Diagnostic, FullDocumentDiagnosticReport, PreviousResultId, UnchangedDocumentDiagnosticReport, Uri,
        WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
        WorkspaceUnchangedDocumentDiagnosticReport,
    },
};

use super::{
    analysis::Analysis,
    convert,
    modules::Footing,
    progress::Work,
    publish::{Publisher, diagnostics, result_id},
    session::{Kind, Session},
};
use crate::files::{Stamp, is_same_file, read_text, stamp};

/// At most this many files of a folder are judged.
const MOST_FILES: usize = 2_000;

/// What is found in one file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CheckedFile {
    uri: Uri,
    module: Option<String>,
    /// The name of the prompt that governs it.
    prompt: Option<String>,
    #[serde(flatten)]
    counts: Counts,
    diagnostics: Vec<Diagnostic>,
    /// By the id of each clause.
    #[serde(skip)]
    verdicts: HashMap<String, Verdict>,
    #[serde(skip)]
    result_id: String,
    /// As the client counts; `None` for a file that is not open.
    #[serde(skip)]
    version: Option<i32>,
}

/// What findings and clauses come to.
#[derive(Debug, Default, Clone, Copy, Serialize)]
struct Counts {
    errors: usize,
    warnings: usize,
    hints: usize,
    met: usize,
    checked: usize,
}

/// The answer to `tla-contract.checkWorkspace`.
#[derive(Debug, Serialize)]
pub(super) struct CheckedFolders {
    files: Vec<Arc<CheckedFile>>,
    summary: Summary,
    /// Whether nothing was left out: the work was not cancelled and there are not too many files.
    complete: bool,
}

#[derive(Debug, Serialize)]
struct Summary {
    files: usize,
    #[serde(flatten)]
    counts: Counts,
}

/// What was found in files that are not open, for as long as nothing changes that it stands on.
#[derive(Debug, Default)]
pub(super) struct Kept {
    by_path: Mutex<HashMap<PathBuf, KeptFile>>,
}

#[derive(Debug)]
struct KeptFile {
    generation: u64,
    stamp: Stamp,
    footing: Footing,
    checked: Arc<CheckedFile>,
}

/// Where a specification is found.
enum Place {
    Open(String),
    File(PathBuf),
}

/// Judges every specification: those that are open, saved or not, then the files of the open folders in order of path.
///
/// # Errors
/// "Internal error" when the engine panicked.
pub(super) async fn check_folders(
    session: &Arc<Session>,
    publisher: &Publisher,
    kept: &Arc<Kept>,
    work: &Work,
) -> Result<CheckedFolders> {
    let (places, mut complete) = off_this_thread({
        let session = Arc::clone(session);
        move || places(&session)
    })
    .await?;
    let mut files = Vec::new();
    for (done, place) in places.iter().enumerate() {
        if work.is_cancelled() {
            complete = false;
            break;
        }
        let checked = match place {
            Place::Open(uri) => match publisher.newest(uri).await? {
                Some(analysis) => Some(off_this_thread(move || Arc::new(checked(&analysis))).await?),
                // Closed in the meantime.
                None => None,
            },
            Place::File(path) => {
                let (session, kept, path) = (Arc::clone(session), Arc::clone(kept), path.clone());
                off_this_thread(move || kept.checked(&session, path)).await?
            }
        };
        files.extend(checked);
        work.step(done + 1, places.len());
    }
    let mut counts = Counts::default();
    for file in &files {
        counts.add(file.counts);
    }
    Ok(CheckedFolders { summary: Summary { files: files.len(), counts }, files, complete })
}

/// Judges the specifications that a prompt governs: those that are open, then files of the open folders, at most `most`.
///
/// # Errors
/// "Internal error" when the engine panicked.
pub(super) async fn check_governed(
    session: &Arc<Session>,
    publisher: &Publisher,
    kept: &Arc<Kept>,
    prompt: &Uri,
    most: usize,
) -> Result<Vec<Arc<CheckedFile>>> {
    let mut governed = Vec::new();
    for open in session.open_specifications() {
        let Some(analysis) = publisher.newest(open.uri.as_str()).await? else { continue };
        let by_it = analysis.governor.as_ref().is_some_and(|governor| governor.uri.as_ref() == Some(prompt));
        if by_it {
            governed.push(off_this_thread(move || Arc::new(checked(&analysis))).await?);
        }
    }
    let files = off_this_thread({
        let (session, prompt) = (Arc::clone(session), prompt.clone());
        move || governed_files(&session, &prompt)
    })
    .await?;
    for path in files {
        if governed.len() >= most {
            break;
        }
        let (session, kept) = (Arc::clone(session), Arc::clone(kept));
        governed.extend(off_this_thread(move || kept.checked(&session, path)).await?);
    }
    governed.sort_by(|one, other| one.uri.as_str().cmp(other.uri.as_str()));
    Ok(governed)
}

/// The files of the open folders that a prompt governs and that are not open.
fn governed_files(session: &Session, prompt: &Uri) -> Vec<PathBuf> {
    let Some(prompt) = convert::path(prompt) else { return Vec::new() };
    let open: Vec<PathBuf> = session.open_specifications().into_iter().filter_map(|open| open.path).collect();
    let surroundings = session.surroundings();
    let mut files = Vec::new();
    for folder in &surroundings.folders {
        for (path, document) in surroundings.workspace(&folder.join("untitled.tla")).documents(MOST_FILES) {
            let governing = surroundings.workspace(&path).governing(&path, document.module_name(), None);
            let by_it = governing.prompt.is_some_and(|loaded| is_same_file(loaded.path.as_deref(), &prompt));
            if by_it && !files.contains(&path) && !open.iter().any(|open| is_same_file(Some(open), &path)) {
                files.push(path);
            }
        }
    }
    files
}

/// All specifications, and whether they are all.
fn places(session: &Session) -> (Vec<Place>, bool) {
    let mut seen: HashSet<PathBuf> = HashSet::new();
    let mut places = Vec::new();
    let mut open = session.open_specifications();
    open.sort_by(|one, other| one.uri.as_str().cmp(other.uri.as_str()));
    for snapshot in open {
        seen.extend(snapshot.path.as_ref().map(|path| path.canonicalize().unwrap_or_else(|_| path.clone())));
        places.push(Place::Open(snapshot.uri.to_string()));
    }
    let surroundings = session.surroundings();
    let mut all = true;
    for folder in &surroundings.folders {
        let paths = surroundings.workspace(&folder.join("untitled.tla")).specifications();
        all &= paths.len() <= MOST_FILES;
        let new = paths.into_iter().take(MOST_FILES).filter(|path| seen.insert(path.clone()));
        places.extend(new.collect::<Vec<_>>().into_iter().map(Place::File));
    }
    (places, all)
}

impl Kept {
    /// What is found in a file; `None` for one that can't be read. Takes as long as the engine does where it is not kept.
    fn checked(&self, session: &Arc<Session>, path: PathBuf) -> Option<Arc<CheckedFile>> {
        let (stamp, uri) = (stamp(&path)?, convert::uri(&path)?);
        let generation = session.surroundings().generation;
        if let Some(kept) = self.lock().get(&path)
            && (kept.generation, kept.stamp) == (generation, stamp)
            && kept.footing.holds(session, &uri)
        {
            return Some(Arc::clone(&kept.checked));
        }
        let text = read_text(&path).ok()?;
        let snapshot = session.snapshot_of_file(uri, path.clone(), &text);
        let document = snapshot.document();
        let analysis = Analysis::of(session, snapshot, document);
        let checked = Arc::new(checked(&analysis));
        let file = KeptFile { generation, stamp, footing: analysis.footing(), checked: Arc::clone(&checked) };
        self.lock().insert(path, file);
        Some(checked)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, KeptFile>> {
        self.by_path.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn checked(analysis: &Analysis) -> CheckedFile {
    let judgement = &analysis.judgement;
    let diagnostics = diagnostics(analysis);
    let count = |severity| judgement.findings.iter().filter(|finding| finding.severity == severity).count();
    let verdicts = VerdictCounts::of(&judgement.verdicts);
    let snapshot = &analysis.snapshot;
    CheckedFile {
        uri: snapshot.uri.clone(),
        module: judgement.module.clone(),
        prompt: analysis.governor.as_ref().map(|governor| governor.name.clone()),
        counts: Counts {
            errors: count(Severity::Error) + analysis.problems.len(),
            warnings: count(Severity::Warning),
            hints: count(Severity::Hint),
            met: verdicts.met,
            checked: verdicts.checked(),
        },
        verdicts: analysis.verdicts_by_clause().map(|(clause, verdict)| (clause.to_owned(), verdict)).collect(),
        result_id: result_id(&diagnostics),
        diagnostics,
        version: (snapshot.revision > 0 && snapshot.kind == Kind::Specification).then_some(snapshot.version),
    }
}

impl CheckedFile {
    pub(super) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The last part of its path.
    pub(super) fn file_name(&self) -> String {
        let path = convert::path(&self.uri);
        let name = path.as_deref().and_then(|path| path.file_name()?.to_str());
        name.unwrap_or(self.uri.as_str()).to_owned()
    }

    /// How a clause of its prompt fares in it.
    pub(super) fn verdict(&self, clause: &str) -> Option<Verdict> {
        self.verdicts.get(clause).copied()
    }
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.hints += other.hints;
        self.met += other.met;
        self.checked += other.checked;
    }
}

impl CheckedFolders {
    /// As findings for a client that asks for those of all files (LSP 3.17, `workspace/diagnostic`); what it knows already
    /// is not sent again.
    pub(super) fn report(&self, known: &[PreviousResultId]) -> WorkspaceDiagnosticReport {
        let known: HashMap<&str, &str> = known.iter().map(|known| (known.uri.as_str(), known.value.as_str())).collect();
        let of_file = |file: &Arc<CheckedFile>| {
            let (uri, version) = (file.uri.clone(), file.version.map(i64::from));
            let result_id = file.result_id.clone();
            if known.get(uri.as_str()) != Some(&result_id.as_str()) {
                return full(uri, version, Some(result_id), file.diagnostics.clone());
            }
            let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id };
            WorkspaceDocumentDiagnosticReport::Unchanged(WorkspaceUnchangedDocumentDiagnosticReport {
                uri,
                version,
                unchanged_document_diagnostic_report,
            })
        };
        let here: HashSet<&str> = self.files.iter().map(|file| file.uri.as_str()).collect();
        let gone = known.keys().filter(|uri| self.complete && !here.contains(*uri));
        let gone = gone.filter_map(|uri| Some(full(uri.parse().ok()?, None, None, Vec::new())));
        let items = self.files.iter().map(of_file).chain(gone);
        WorkspaceDiagnosticReport { items: items.collect() }
    }
}

fn full(
    uri: Uri,
    version: Option<i64>,
    result_id: Option<String>,
    items: Vec<Diagnostic>,
) -> WorkspaceDocumentDiagnosticReport {
    let full_document_diagnostic_report = FullDocumentDiagnosticReport { result_id, items };
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report,
    })
}

/// Runs work that takes a while where it holds nobody up.
pub(super) async fn off_this_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::internal_error())
}
