//! A folder with its settings and its prompt files, and what governs each specification in it.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use tla_contract_engine::{
    Document, ModuleSource,
    prompt::{SourceFile, Value, Values},
};

use super::{
    FileProblem, Governing, How, LoadedPrompt, SETTINGS_FILE,
    inside::within,
    modules::{ModulesBeside, Shelf},
    prompts::{PromptFiles, builtin, builtin_for_module, for_module, is_prompt, load},
    read_text, resolved,
    settings::{PromptSettings, PromptSource, Settings, ValueSetting},
};

/// The placeholder that takes a draft analysis.
const DRAFT: &str = "draft_analysis";

/// A folder with its settings (`tla-contract.toml` there or above) and its prompt files, read once.
#[derive(Debug, Clone, Default)]
pub struct Workspace {
    /// Links resolved.
    root: PathBuf,
    settings: Arc<Settings>,
    /// What the settings name, in their order.
    entries: Vec<Entry>,
    /// Of the settings and of what they name.
    problems: Vec<FileProblem>,
    prompt_files: Arc<OnceLock<PromptFiles>>,
    /// Prompts as they are in an editor, which count before what the files say.
    unsaved: Vec<LoadedPrompt>,
    shelf: Arc<Shelf>,
}

/// Where a workspace is, before anything of it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder with a `tla-contract.toml`.
    WithSettings(PathBuf),
    /// A folder without.
    Bare(PathBuf),
}

impl Place {
    pub fn root(&self) -> &Path {
        match self {
            Place::WithSettings(root) | Place::Bare(root) => root,
        }
    }
}

/// What one `[[prompt]]` of the settings names, read; `None` where it could not be.
#[derive(Debug, Clone, Default)]
struct Entry {
    prompt: Option<LoadedPrompt>,
    draft: Option<Arc<str>>,
}

impl Workspace {
    /// The workspace of a folder: the nearest folder above (or the folder itself) that has a `tla-contract.toml`, else
    /// the first of the opened folders (in an editor, or where the command runs) that it lies in, else the folder
    /// itself. Reads the settings and what they name; what can't be read is kept as a problem.
    pub fn opened(folder: &Path, opened: &[&Path]) -> Self {
        Self::at(Self::place(folder, opened))
    }

    /// Where the workspace of a folder is; see [`Workspace::opened`].
    pub fn place(folder: &Path, opened: &[&Path]) -> Place {
        let folder = resolved(folder);
        let with_settings = folder.ancestors().find(|above| above.join(SETTINGS_FILE).symlink_metadata().is_ok());
        if let Some(root) = with_settings {
            return Place::WithSettings(root.to_owned());
        }
        let around = opened.iter().map(|opened| resolved(opened)).find(|opened| folder.starts_with(opened));
        Place::Bare(around.unwrap_or(folder))
    }

    /// Where the workspace of a folder is if nothing above `bound` may be read: the nearest folder with settings, else
    /// `bound`.
    pub fn place_within(folder: &Path, bound: &Path) -> Place {
        let (folder, bound) = (resolved(folder), resolved(bound));
        let mut inside = folder.ancestors().take_while(|above| above.starts_with(&bound));
        match inside.find(|above| above.join(SETTINGS_FILE).symlink_metadata().is_ok()) {
            Some(root) => Place::WithSettings(root.to_owned()),
            None => Place::Bare(bound),
        }
    }

    /// The workspace of a place, read.
    pub fn at(place: Place) -> Self {
        match place {
            Place::WithSettings(root) => Self::with_settings(root, |_| None),
            Place::Bare(root) => Self::without_settings(root),
        }
    }

    /// As [`Workspace::opened`], for an editor: `unsaved` gives the text of a settings file that is open there.
    pub fn with_unsaved_settings(folder: &Path, opened: &Path, unsaved: impl Fn(&Path) -> Option<String>) -> Self {
        match Self::place(folder, &[opened]) {
            Place::WithSettings(root) => Self::with_settings(root, unsaved),
            bare @ Place::Bare(_) => Self::at(bare),
        }
    }

    /// The same workspace with prompts as they are in an editor, saved or not. Reads nothing.
    #[must_use]
    pub fn with_unsaved_prompts(&self, prompts: Vec<LoadedPrompt>) -> Self {
        let mut workspace = self.clone();
        for loaded in workspace.entries.iter_mut().filter_map(|entry| entry.prompt.as_mut()) {
            if let Some(unsaved) = prompts.iter().find(|unsaved| loaded.path.is_some() && unsaved.path == loaded.path) {
                *loaded = unsaved.clone();
            }
        }
        workspace.unsaved = prompts;
        workspace
    }

    fn without_settings(root: PathBuf) -> Self {
        Self { shelf: Arc::new(Shelf::new(root.clone(), Vec::new())), root, ..Self::default() }
    }

    fn with_settings(root: PathBuf, unsaved: impl Fn(&Path) -> Option<String>) -> Self {
        let path = root.join(SETTINGS_FILE);
        let (settings, mut problems) = match unsaved(&path).map_or_else(|| read_text(&path), Ok) {
            Ok(text) => Settings::parse(&text, &root),
            Err(problem) => (Settings::default(), vec![problem]),
        };
        let mut libraries = Vec::new();
        for (named, line) in &settings.libraries {
            match within(&root, named) {
                Ok(folder) if folder.is_dir() => libraries.push(folder),
                Ok(_) => problems.push(FileProblem::new(&path, format!("`{named}` is no folder")).at(*line)),
                Err(message) => problems.push(FileProblem::new(&path, message).at(*line)),
            }
        }
        let entries = settings.prompts.iter().map(|prompt| Entry::read(prompt, &root, &mut problems)).collect();
        let shelf = Arc::new(Shelf::new(root.clone(), libraries));
        Self { root, settings: Arc::new(settings), entries, problems, shelf, ..Self::default() }
    }

    /// The same workspace with further folders to take modules from, before those of the settings.
    #[must_use]
    pub fn with_libraries(mut self, folders: &[PathBuf]) -> Self {
        let named = folders.iter().map(|folder| resolved(folder));
        let libraries = named.chain(self.shelf.libraries.iter().cloned()).collect();
        self.shelf = Arc::new(Shelf::new(self.root.clone(), libraries));
        self
    }

    /// What is wrong with the settings and with what they name.
    pub fn problems(&self) -> &[FileProblem] {
        &self.problems
    }

    /// Which prompt, which settings and which draft govern a specification. `named` is the prompt of the command line.
    pub fn governing(&self, specification: &Path, module: Option<&str>, named: Option<&LoadedPrompt>) -> Governing {
        let mut governing = self.chosen(specification, module, named);
        if governing.draft.is_none() && governing.prompt.is_some() {
            governing.draft = draft_beside(specification);
        }
        governing
    }

    fn chosen(&self, specification: &Path, module: Option<&str>, named: Option<&LoadedPrompt>) -> Governing {
        let mut governing = Governing {
            prompt: None,
            how: How::None,
            config: self.settings.config.clone(),
            draft: None,
            problems: self.problems.clone(),
            notes: Vec::new(),
        };
        if let Some(named) = named {
            governing.draft = self.entry_of(named).and_then(|(_, entry)| entry.draft.clone());
            governing.prompt = Some(named.clone());
            governing.how = How::Named;
            return governing;
        }
        let specification = resolved(specification);
        if let Some(entry) = self.entry_for(&specification, module) {
            governing.draft = entry.draft.clone();
            governing.prompt = entry.prompt.clone();
            governing.how = How::Settings;
            return governing;
        }
        let Some(module) = module else {
            governing.notes.push(no_prompt(None));
            return governing;
        };
        self.by_module(&specification, module, &mut governing);
        governing
    }

    /// The prompt file of the workspace for a module, else a built-in prompt.
    fn by_module(&self, specification: &Path, module: &str, governing: &mut Governing) {
        let folder = specification.parent().unwrap_or(&self.root);
        let files = self.prompt_files();
        let is_unsaved = |loaded: &&LoadedPrompt| self.unsaved.iter().any(|unsaved| unsaved.path == loaded.path);
        let in_files = files.prompts.iter().filter(|loaded| !is_unsaved(loaded));
        let in_editor = self.unsaved.iter().filter(|unsaved| {
            unsaved.path.as_deref().is_some_and(|path| is_prompt(path) && path.starts_with(&self.root))
        });
        let matches = for_module(in_files.chain(in_editor), module, folder);
        if let Some(first) = matches.first() {
            governing.prompt = Some((*first).clone());
            governing.how = How::ByModule;
            if matches.len() > 1 {
                let others: Vec<&str> = matches[1..].iter().map(|other| other.name.as_str()).collect();
                let note = format!(
                    "several prompts are for the module {module}: the nearest, {}, is taken, not {}; name one by \
                     --prompt or in {SETTINGS_FILE}",
                    first.name,
                    others.join(", ")
                );
                governing.notes.push(note);
            }
            return;
        }
        let unread = files.problems.iter().map(|problem| format!("{problem}; it was passed over as a prompt"));
        governing.notes.extend(unread);
        if let Some(prompt) = builtin_for_module(module) {
            governing.prompt = Some(prompt);
            governing.how = How::Builtin;
            return;
        }
        governing.notes.push(no_prompt(Some(module)));
    }

    /// The values that the settings give for the placeholders of a prompt, a draft analysis among them, and the files
    /// among the values that could not be read.
    pub fn values(&self, prompt: &LoadedPrompt) -> (Values, Vec<FileProblem>) {
        let mut values = Values::new();
        let mut problems = Vec::new();
        let Some((settings, entry)) = self.entry_of(prompt) else { return (values, problems) };
        if let Some(draft) = &entry.draft {
            values.insert(DRAFT.to_owned(), Value::Text(draft.to_string()));
        }
        for (name, setting) in &settings.values {
            let value = match setting {
                ValueSetting::Text(text) => Ok(Value::Text(text.clone())),
                ValueSetting::Files(files) => {
                    let sources: Result<Vec<_>, _> =
                        files.iter().map(|file| self.source(file, settings.line)).collect();
                    sources.map(Value::Files)
                }
            };
            match value {
                Ok(value) => drop(values.insert(name.clone(), value)),
                Err(problem) => problems.push(problem),
            }
        }
        (values, problems)
    }

    fn source(&self, named: &str, line: usize) -> Result<SourceFile, FileProblem> {
        let path = within(&self.root, named)
            .map_err(|message| FileProblem::new(self.root.join(SETTINGS_FILE), message).at(line))?;
        Ok(SourceFile { path: named.to_owned(), text: read_text(&path)? })
    }

    /// The modules beside a specification and in the workspace.
    pub fn modules(&self, specification: &Path) -> Box<dyn ModuleSource + Send + Sync> {
        Box::new(self.modules_beside(specification))
    }

    /// The file that a module comes from, as a specification sees it.
    pub fn module_file(&self, specification: &Path, name: &str) -> Option<PathBuf> {
        self.modules_beside(specification).find(name).map(|(path, _)| path)
    }

    /// The names of the modules of the workspace, in the order of the alphabet.
    pub fn module_names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.shelf.listing().modules.keys().cloned().collect();
        names.sort();
        names
    }

    /// The specifications of the workspace, in order of path and at most `most`; those that can't be read are left out.
    pub fn documents(&self, most: usize) -> Vec<(PathBuf, Arc<Document>)> {
        let read = |path: PathBuf| self.shelf.document(&path).map(|document| (path, document));
        self.specifications().into_iter().take(most).filter_map(read).collect()
    }

    /// The files of the specifications of the workspace, in order of path.
    pub fn specifications(&self) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = self.shelf.listing().modules.values().flatten().cloned().collect();
        paths.sort();
        paths
    }

    fn modules_beside(&self, specification: &Path) -> ModulesBeside {
        let specification = resolved(specification);
        let folder = specification.parent().unwrap_or(&self.root).to_owned();
        let root = if folder.starts_with(&self.root) { self.root.clone() } else { folder.clone() };
        ModulesBeside { shelf: Arc::clone(&self.shelf), folder, root }
    }

    /// The prompts that the settings name, and the prompt files of the workspace.
    pub fn prompts(&self) -> impl Iterator<Item = &LoadedPrompt> {
        let named = self.entries.iter().filter_map(|entry| entry.prompt.as_ref());
        named.chain(&self.prompt_files().prompts)
    }

    /// The prompt files of the workspace, whether the settings name them or not.
    fn prompt_files(&self) -> &PromptFiles {
        self.prompt_files.get_or_init(|| PromptFiles::load(&self.shelf.listing().prompts))
    }

    /// The first `[[prompt]]` that governs a specification.
    fn entry_for(&self, specification: &Path, module: Option<&str>) -> Option<&Entry> {
        let relative = specification.strip_prefix(&self.root).ok()?;
        let pairs = self.settings.prompts.iter().zip(&self.entries);
        let governs = |settings: &PromptSettings, entry: &Entry| {
            if !settings.specifications.is_empty() {
                return settings.specifications.iter().any(|glob| glob.is_match(relative));
            }
            // A prompt that can't be read governs nothing of its own accord.
            entry.prompt.as_ref().is_some_and(|loaded| match loaded.prompt.contract().module_name() {
                Some(name) => module == Some(name),
                None => true,
            })
        };
        pairs.into_iter().find(|(settings, entry)| governs(settings, entry)).map(|(_, entry)| entry)
    }

    /// The `[[prompt]]` that names a prompt.
    fn entry_of(&self, prompt: &LoadedPrompt) -> Option<(&PromptSettings, &Entry)> {
        let same = |loaded: &LoadedPrompt| match (&loaded.path, &prompt.path) {
            (Some(one), Some(other)) => resolved(one) == resolved(other),
            (None, None) => loaded.name == prompt.name,
            _ => false,
        };
        self.settings.prompts.iter().zip(&self.entries).find(|(_, entry)| entry.prompt.as_ref().is_some_and(same))
    }
}

impl Entry {
    fn read(settings: &PromptSettings, root: &Path, problems: &mut Vec<FileProblem>) -> Self {
        let mut named = |name: &str| match within(root, name) {
            Ok(path) => Some(path),
            Err(message) => {
                problems.push(FileProblem::new(root.join(SETTINGS_FILE), message).at(settings.line));
                None
            }
        };
        let prompt_path = match &settings.source {
            PromptSource::File(name) => named(name),
            PromptSource::Builtin(_) => None,
        };
        let draft_path = settings.draft.as_deref().and_then(named);
        let mut entry = Self::default();
        match (&settings.source, prompt_path.map(|path| load(&path))) {
            (PromptSource::Builtin(name), _) => entry.prompt = builtin(name),
            (_, Some(Ok(prompt))) => entry.prompt = Some(prompt),
            (_, Some(Err(problem))) => problems.push(problem),
            (_, None) => {}
        }
        match draft_path.map(|path| read_text(&path)) {
            Some(Ok(text)) => entry.draft = Some(text.into()),
            Some(Err(problem)) => problems.push(problem),
            None => {}
        }
        entry
    }
}

/// What to do where no prompt was found.
fn no_prompt(module: Option<&str>) -> String {
    let why = match module {
        Some(module) => format!("no prompt is for the module {module}"),
        None => "no module header was found, so no prompt is found by its name".to_owned(),
    };
    format!(
        "{why}: name one by --prompt FILE or in {SETTINGS_FILE} (see `tla-contract check --help`); without a prompt \
         only TLA+ itself is checked"
    )
}

/// The draft analysis that lies beside a specification, as `Lock.draft.md` or `Lock.draft.txt` beside `Lock.tla`.
fn draft_beside(specification: &Path) -> Option<Arc<str>> {
    let beside = ["draft.md", "draft.txt"].map(|extension| specification.with_extension(extension));
    beside.iter().filter(|path| path.is_file()).find_map(|path| read_text(path).ok()).map(Arc::from)
}
