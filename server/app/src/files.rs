//! The file system: the only place that reads or writes files, finds the workspace, its settings and its prompts, and runs SANY.
//!
//! What a person names on the command line is read as it is named. What `tla-contract.toml` names must lie within the
//! workspace: see [`inside`].

mod inside;
mod listing;
mod modules;
mod prompts;
mod reading;
mod sany;
mod settings;
mod specifications;
mod workspace;
mod writing;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use tla_contract_engine::{config::Config, prompt::Prompt};

pub use prompts::{builtin, is_prompt, named_prompt, unsaved_prompt};
pub use reading::{Stamp, read_document, read_paths, read_source, read_text, read_text_from, stamp};
pub use sany::{Complaint, Verdict, find_jar, verify};
pub use settings::SETTINGS_FILE;
pub use specifications::{Found, FoundFile, find_specifications, is_specification};
pub use workspace::Workspace;
pub use writing::{replace_text, write_shown, write_text};

/// Files over this size are refused, in bytes.
pub const SIZE_LIMIT: u64 = 32 * 1024 * 1024;

/// Something about a file that stops the work on it; says which file, why and the way out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileProblem {
    pub path: PathBuf,
    pub message: String,
    /// The line, from 0, where the problem is one of a place in the file.
    pub line: Option<usize>,
}

impl FileProblem {
    pub fn new(path: impl Into<PathBuf>, message: impl Into<String>) -> Self {
        Self { path: path.into(), message: message.into(), line: None }
    }

    pub fn at(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }
}

impl fmt::Display for FileProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{}: {}", shown(&self.path), line + 1, self.message),
            None => write!(formatter, "{}: {}", shown(&self.path), self.message),
        }
    }
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
    /// The draft analysis that the settings name for this prompt.
    pub draft: Option<Arc<str>>,
    /// Settings or prompts that could not be read.
    pub problems: Vec<FileProblem>,
    /// What a person may want to know about the choice, one sentence each: several prompts for one module, a prompt
    /// file that was passed over, how to name a prompt where there is none.
    pub notes: Vec<String>,
}

/// A path as people read it: relative to the current folder where it lies in it.
pub fn shown(path: &Path) -> String {
    let relative = std::env::current_dir().ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    match relative {
        Some(relative) if relative.as_os_str().is_empty() => ".".to_owned(),
        Some(relative) => relative.display().to_string(),
        None => path.display().to_string(),
    }
}

/// Whether two paths are of the same file, symbolic links resolved; the first may be of none.
pub fn is_same_file(one: Option<&Path>, other: &Path) -> bool {
    one.is_some_and(|one| one == other || resolved(one) == resolved(other))
}

/// The path of a file that need not exist yet, with the symbolic links of its folder resolved.
fn resolved(path: &Path) -> PathBuf {
    if let Ok(path) = path.canonicalize() {
        return path;
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match (absolute.parent().map(Path::canonicalize), absolute.file_name()) {
        (Some(Ok(folder)), Some(name)) => folder.join(name),
        _ => absolute,
    }
}
