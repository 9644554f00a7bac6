//! The file system: the only place that reads or writes files, finds the workspace, its settings and its prompts.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use tla_contract_engine::{Document, ModuleSource, config::Config, prompt::Prompt};

/// Files over this size are refused, in bytes.
pub const SIZE_LIMIT: u64 = 32 * 1024 * 1024;

/// Something about a file that stops the work on it; says which file, why and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    pub path: PathBuf,
    pub message: String,
}

/// A prompt with the place it came from.
#[derive(Debug, Clone)]
pub struct LoadedPrompt {
    /// The path as it is shown, or `built-in: etcdraft`.
    pub name: String,
    /// The file; `None` for a built-in prompt.
    pub path: Option<PathBuf>,
    pub prompt: Arc<Prompt>,
}

/// How a specification came by its prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Named on the command line.
    Named,
    /// By `tla-contract.toml`.
    Settings,
    /// A prompt file of the workspace whose module clause names the module.
    ByModule,
    /// A built-in prompt for a module of that name.
    Builtin,
    /// There is none.
    None,
}

/// What governs one specification.
#[derive(Debug, Clone)]
pub struct Governing {
    pub prompt: Option<LoadedPrompt>,
    pub how: How,
    pub config: Config,
    /// Settings or prompts that could not be read.
    pub problems: Vec<FileProblem>,
}

/// A folder with its settings (`tla-contract.toml` there or above) and its prompt files, read once.
#[derive(Debug, Default)]
pub struct Workspace {
    root: PathBuf,
}

impl Workspace {
    /// The workspace of a folder: the nearest folder above (or the folder itself) that has a `tla-contract.toml`, else
    /// the folder itself. Reads the settings and the prompt files; what can't be read is kept as a problem.
    pub fn of(folder: &Path) -> Self {
        Self { root: folder.to_owned() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Which prompt and which settings govern a specification. `named` is the prompt of the command line.
    pub fn governing(&self, _specification: &Path, _module: Option<&str>, _named: Option<&LoadedPrompt>) -> Governing {
        Governing { prompt: None, how: How::None, config: Config::default(), problems: Vec::new() }
    }

    /// The modules beside a specification and in the workspace.
    pub fn modules(&self, _specification: &Path) -> Box<dyn ModuleSource + Send + Sync> {
        Box::new(tla_contract_engine::NoModules)
    }
}

/// Reads a text file.
///
/// # Errors
/// When it can't be read, is no regular file, is larger than [`SIZE_LIMIT`] or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileProblem> {
    std::fs::read_to_string(path).map_err(|error| FileProblem { path: path.to_owned(), message: error.to_string() })
}

/// Reads a specification as a document.
///
/// # Errors
/// As [`read_text`].
pub fn read_document(path: &Path) -> Result<Document, FileProblem> {
    read_text(path).map(|text| Document::new(text.as_str().into()))
}
