//! Judges one specification after it was found: reads it, finds out what governs it, asks the engine.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use tla_contract_engine::{
    Document, Judgement, ModuleSource, Setting, contract::Contract, judge, prompt::draft::Draft,
};

use super::{Failure, console::Console, in_order::in_order};
use crate::files::{self, FileProblem, Found, FoundFile, Governing, LoadedPrompt, SETTINGS_FILE, Workspace, shown};

/// Standard input, where it is named among the paths.
const STANDARD_INPUT: &str = "-";

/// What `check` and `fix` are told alike.
#[derive(Debug, clap::Args)]
pub(super) struct Subject {
    /// Specifications and folders of specifications; `-` is standard input
    #[arg(required_unless_present = "list", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A file that names further paths, a line each; `-` is standard input
    #[arg(long = "paths", value_name = "FILE")]
    list: Option<PathBuf>,
    /// The prompt to hold them to: a file or the name of a built-in prompt
    #[arg(long, value_name = "PROMPT")]
    prompt: Option<PathBuf>,
    /// The draft analysis that the specifications were written from
    #[arg(long, value_name = "FILE")]
    draft: Option<PathBuf>,
    /// A folder to take modules from that a specification extends; may be given several times
    #[arg(long, value_name = "DIR")]
    library: Vec<PathBuf>,
}

/// Everything that was found for a [`Subject`], ready to be judged in any order.
pub(super) struct Cases {
    pub(super) cases: Vec<Case>,
    /// Paths that could not be looked into, and settings that are wrong.
    pub(super) problems: Vec<FileProblem>,
    named: Option<LoadedPrompt>,
    draft: Option<Arc<str>>,
}

/// One specification that is to be judged.
pub(super) struct Case {
    pub(super) source: Source,
    workspace: Arc<Workspace>,
}

#[derive(Debug, Clone)]
pub(super) enum Source {
    File(PathBuf),
    /// Read already, since it can be read only once.
    StandardInput(String),
}

/// A specification with what is said of it.
pub(super) struct Judged {
    /// As it is shown.
    pub(super) path: String,
    pub(super) document: Document,
    pub(super) governing: Governing,
    pub(super) judgement: Judgement,
    modules: Box<dyn ModuleSource + Send + Sync>,
    file_stem: Option<String>,
    draft: Option<Draft>,
}

impl Case {
    /// The path as it is shown.
    pub(super) fn path(&self) -> String {
        match &self.source {
            Source::File(path) => path.display().to_string(),
            Source::StandardInput(_) => STANDARD_INPUT.to_owned(),
        }
    }
}

impl Subject {
    /// One specification with what else the command line says of it.
    pub(super) fn one(path: PathBuf, prompt: Option<PathBuf>, draft: Option<PathBuf>, library: Vec<PathBuf>) -> Self {
        Self { paths: vec![path], list: None, prompt, draft, library }
    }

    /// Judges the one specification that is named.
    ///
    /// # Errors
    /// When it, or what governs it, can't be read, or when several are named.
    pub(super) fn judged(&self) -> Result<Judged, Failure> {
        let cases = self.cases()?;
        if let Some(problem) = cases.problems.first() {
            return Err(Failure::Told(problem.to_string()));
        }
        match cases.cases.as_slice() {
            [case] => cases.judge(case).map_err(|unjudged| match unjudged {
                Unjudged::Unreadable(problem) => problem.into(),
                // They were told of above.
                Unjudged::SettingsAreWrong => Failure::Told("the settings are wrong".to_owned()),
            }),
            several => {
                let paths: Vec<String> = self.paths.iter().map(|path| shown(path)).collect();
                Err(Failure::Told(format!("{}: name one specification, not {}", paths.join(", "), several.len())))
            }
        }
    }

    /// Finds the specifications and their workspaces.
    ///
    /// # Errors
    /// When what is named besides the paths can't be read, or there is no specification at all.
    pub(super) fn cases(&self) -> Result<Cases, Failure> {
        let named = self.prompt.as_deref().map(files::named_prompt).transpose()?;
        let draft = self.draft.as_deref().map(files::read_text).transpose()?.map(Arc::from);
        if let Some(library) = self.library.iter().find(|folder| !folder.is_dir()) {
            return Err(FileProblem::new(library, "is no folder to take modules from").into());
        }
        let is_input = |path: &&PathBuf| path.as_os_str() == STANDARD_INPUT;
        let reads_input = self.paths.iter().any(|path| is_input(&path));
        if reads_input && self.list.as_ref().is_some_and(|list| is_input(&list)) {
            return Err(Failure::Told("standard input can't be both a specification and a list of paths".to_owned()));
        }
        let mut paths: Vec<PathBuf> = self.paths.iter().filter(|path| !is_input(path)).cloned().collect();
        if let Some(list) = &self.list {
            paths.extend(files::read_paths(list, STANDARD_INPUT)?);
        }
        let Found { files, problems } = files::find_specifications(&paths);
        let mut workspaces = Workspaces { libraries: &self.library, known: HashMap::new() };
        let mut cases = Vec::new();
        if reads_input {
            let text = files::read_text_from(std::io::stdin().lock(), Path::new("standard input"))?;
            let here = FoundFile { path: PathBuf::from(STANDARD_INPUT), through: PathBuf::from(".") };
            cases.push(Case { workspace: workspaces.of(&here), source: Source::StandardInput(text) });
        }
        for file in files {
            cases.push(Case { workspace: workspaces.of(&file), source: Source::File(file.path) });
        }
        // An empty list is not a slip: a shard may get nothing to do.
        if cases.is_empty() && problems.is_empty() && (self.list.is_none() || !paths.is_empty()) {
            let folders: Vec<String> = paths.iter().map(|path| shown(path)).collect();
            return Err(Failure::Told(format!("{}: there is no .tla file", folders.join(", "))));
        }
        let mut cases = Cases { cases, problems, named, draft };
        for workspace in workspaces.known.values() {
            let new = workspace.problems().iter().filter(|problem| !cases.problems.contains(problem));
            let new: Vec<FileProblem> = new.cloned().collect();
            cases.problems.extend(new);
        }
        cases.problems.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
        Ok(cases)
    }
}

/// The workspaces of the specifications, each read once.
struct Workspaces<'a> {
    libraries: &'a [PathBuf],
    known: HashMap<PathBuf, Arc<Workspace>>,
}

impl Workspaces<'_> {
    fn of(&mut self, file: &FoundFile) -> Arc<Workspace> {
        let folder = file.path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let place = Workspace::place(folder, &[Path::new("."), &file.through]);
        let workspace = self
            .known
            .entry(place.root().to_owned())
            .or_insert_with(|| Arc::new(Workspace::at(place).with_libraries(self.libraries)));
        Arc::clone(workspace)
    }
}

impl Cases {
    /// Judges them all, on all cores, and hands each answer on as soon as its turn comes.
    ///
    /// # Errors
    /// The first of `take`; what can't be judged is an answer.
    pub(super) fn judged_in_order(
        &self,
        mut take: impl FnMut(Result<Judged, Unread>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        self.in_order(|case| self.judge(case), &mut take)
    }

    /// As [`Cases::judged_in_order`], with the work of the caller's choice.
    ///
    /// # Errors
    /// The first of `take`.
    pub(super) fn in_order<T: Send>(
        &self,
        work: impl Fn(&Case) -> Result<T, Unjudged> + Sync,
        mut take: impl FnMut(Result<T, Unread>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut cases = self.cases.iter();
        in_order(&self.cases, work, |answer| {
            // Answers come in the order of the cases, one for each.
            let Some(case) = cases.next() else { return Ok(()) };
            take(match answer {
                Ok(Ok(answer)) => Ok(answer),
                Ok(Err(unjudged)) => Err(Unread::new(case, unjudged)),
                Err(_) => Err(Unread::after_panic(case)),
            })
        })
    }

    /// Reads and judges one specification.
    ///
    /// # Errors
    /// When it can't be read, or what governs it could not.
    pub(super) fn judge(&self, case: &Case) -> Result<Judged, Unjudged> {
        // With wrong settings any verdict could be held against the wrong prompt; they are told once for all.
        if !case.workspace.problems().is_empty() {
            return Err(Unjudged::SettingsAreWrong);
        }
        let (path, document) = match &case.source {
            Source::File(path) => (path.as_path(), files::read_document(path).map_err(Unjudged::Unreadable)?),
            Source::StandardInput(text) => (Path::new(STANDARD_INPUT), Document::new(text.as_str().into())),
        };
        let modules = case.workspace.modules(path);
        let mut governing = case.workspace.governing(path, document.module_name(), self.named.as_ref());
        if self.draft.is_some() {
            governing.draft = self.draft.clone();
        }
        Ok(Judged::new(path.display().to_string(), document, governing, modules, Judged::stem(path)))
    }
}

/// A specification that could not be judged.
pub(super) struct Unread {
    /// As it is shown.
    pub(super) path: String,
    pub(super) reason: String,
    /// Whether people have been told already, once for many files.
    is_told: bool,
}

impl Unread {
    fn new(case: &Case, unjudged: Unjudged) -> Self {
        let (reason, is_told) = match unjudged {
            Unjudged::SettingsAreWrong => {
                (format!("is not judged, since the settings that govern it are wrong ({SETTINGS_FILE})"), true)
            }
            Unjudged::Unreadable(problem) => (problem.message, false),
        };
        Self { path: case.path(), reason, is_told }
    }

    /// Tells people, if they have not been told yet.
    pub(super) fn tell(&self, console: &mut Console) {
        if !self.is_told {
            console.tell_error(&format!("{}: {}", self.path, self.reason));
        }
    }

    fn after_panic(case: &Case) -> Self {
        let reason = "could not be judged: the program failed at it, which is a fault of the program".to_owned();
        Self { path: case.path(), reason, is_told: false }
    }
}

/// Why there is no judgement.
pub(super) enum Unjudged {
    SettingsAreWrong,
    Unreadable(FileProblem),
}

impl Judged {
    /// Judges a document by what governs it. `path` is how it is shown.
    pub(super) fn new(
        path: String,
        document: Document,
        governing: Governing,
        modules: Box<dyn ModuleSource + Send + Sync>,
        file_stem: Option<String>,
    ) -> Self {
        let judgement = Judgement::default();
        let draft = governing.draft.as_deref().map(Draft::parse);
        let mut judged = Self { path, document, governing, judgement, modules, file_stem, draft };
        judged.judgement = judge(&judged.document, judged.setting());
        judged
    }

    /// The name that the module of a file must have: only a file that TLA+ tools would read is held to their rule.
    pub(super) fn stem(path: &Path) -> Option<String> {
        let stem = files::is_specification(path).then(|| path.file_stem()).flatten();
        stem.and_then(|stem| stem.to_str()).map(str::to_owned)
    }

    /// What it was judged by.
    pub(super) fn setting(&self) -> Setting<'_> {
        Setting {
            contract: self.contract(),
            config: &self.governing.config,
            file_stem: self.file_stem.as_deref(),
            draft: self.draft.as_ref(),
            modules: self.modules.as_ref(),
        }
    }

    pub(super) fn contract(&self) -> Option<&Contract> {
        self.governing.prompt.as_ref().map(|loaded| loaded.prompt.contract())
    }
}

#[cfg(test)]
impl Judged {
    /// A judgement made by hand.
    pub(super) fn made(path: &str, text: &str, governing: Governing, judgement: Judgement) -> Self {
        let modules = Box::new(tla_contract_engine::NoModules);
        Self {
            path: path.to_owned(),
            document: text.into(),
            governing,
            judgement,
            modules,
            file_stem: None,
            draft: None,
        }
    }
}
