//! Prompts: by name, built in, and as files of a workspace that say by their name that they are prompts.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, LazyLock, OnceLock},
};

use tla_contract_engine::prompt::{Prompt, builtins};

use super::{FileProblem, LoadedPrompt, read_text, resolved, shown};
use crate::spelling::did_you_mean;

/// A built-in prompt by its name.
pub fn builtin(name: &str) -> Option<LoadedPrompt> {
    BUILTINS.iter().find(|known| known.name == name).map(BuiltIn::loaded)
}

/// The built-in prompt for a module of this name.
pub(super) fn builtin_for_module(module: &str) -> Option<LoadedPrompt> {
    // A prompt demands no name that it does not write.
    let demanded =
        |known: &BuiltIn| known.text.contains(module) && known.prompt().contract().module_name() == Some(module);
    BUILTINS.iter().find(|known| known.name == module || demanded(known)).map(BuiltIn::loaded)
}

/// A prompt that is built in; parsed when it is first needed.
struct BuiltIn {
    name: &'static str,
    text: &'static str,
    parsed: OnceLock<Arc<Prompt>>,
}

static BUILTINS: LazyLock<Vec<BuiltIn>> = LazyLock::new(|| {
    let known = builtins().iter();
    known.map(|known| BuiltIn { name: known.name, text: known.text, parsed: OnceLock::new() }).collect()
});

impl BuiltIn {
    fn prompt(&self) -> &Arc<Prompt> {
        self.parsed.get_or_init(|| Arc::new(Prompt::parse(self.text)))
    }

    fn loaded(&self) -> LoadedPrompt {
        LoadedPrompt { name: format!("built-in: {}", self.name), path: None, prompt: Arc::clone(self.prompt()) }
    }
}

/// The prompt that a person names: a file, else a built-in prompt.
///
/// # Errors
/// When the file can't be read, or there is neither a file nor a built-in prompt of that name.
pub fn named_prompt(name: &Path) -> Result<LoadedPrompt, FileProblem> {
    if name.exists() {
        return load(name);
    }
    let words = name.to_string_lossy();
    if let Some(prompt) = builtin(words.strip_prefix("built-in: ").unwrap_or(&words)) {
        return Ok(prompt);
    }
    let known: Vec<&str> = builtins().iter().map(|builtin| builtin.name).collect();
    let hint = did_you_mean(&words, known.iter().copied());
    let known = known.join(", ");
    let message = format!("there is no such file, nor a built-in prompt of that name{hint}; built in are {known}");
    Err(FileProblem::new(name, message))
}

pub(super) fn load(path: &Path) -> Result<LoadedPrompt, FileProblem> {
    let text = read_text(path)?;
    Ok(LoadedPrompt { name: shown(path), path: Some(path.to_owned()), prompt: Arc::new(Prompt::parse(&text)) })
}

/// A prompt as it is in an editor, saved or not. Reads nothing.
pub fn unsaved_prompt(path: &Path, text: &str) -> LoadedPrompt {
    let path = resolved(path);
    LoadedPrompt { name: shown(&path), path: Some(path), prompt: Arc::new(Prompt::parse(text)) }
}

/// Whether a file is a prompt by its name: `*.prompt.md`, `*.prompt.txt`, or any text in a folder `prompts`.
pub fn is_prompt(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    if name.ends_with(".prompt.md") || name.ends_with(".prompt.txt") {
        return true;
    }
    let in_prompts = path.parent().and_then(Path::file_name).is_some_and(|folder| folder == "prompts");
    in_prompts && (name.ends_with(".md") || name.ends_with(".txt"))
}

/// The prompt files of a workspace, and those that could not be read.
#[derive(Debug, Default)]
pub(super) struct PromptFiles {
    pub(super) prompts: Vec<LoadedPrompt>,
    pub(super) problems: Vec<FileProblem>,
}

impl PromptFiles {
    /// `paths` lie in the workspace and are regular files.
    pub(super) fn load(paths: &[PathBuf]) -> Self {
        let mut files = Self::default();
        for path in paths {
            match load(path) {
                Ok(prompt) => files.prompts.push(prompt),
                Err(problem) => files.problems.push(problem),
            }
        }
        files
    }
}

/// The prompts whose module clause names a module, the nearest to a folder first.
pub(super) fn for_module<'a>(
    prompts: impl Iterator<Item = &'a LoadedPrompt>,
    module: &str,
    folder: &Path,
) -> Vec<&'a LoadedPrompt> {
    let mut matches: Vec<&LoadedPrompt> =
        prompts.filter(|loaded| loaded.prompt.contract().module_name() == Some(module)).collect();
    matches.sort_by_key(|loaded| {
        let path = loaded.path.as_deref().unwrap_or(Path::new(""));
        let shared = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
        (std::cmp::Reverse(shared), path.components().count(), path.to_owned())
    });
    matches
}
