//! Completes the values that a prompt is rendered with, for the command line and for editors alike.

use tla_contract_engine::prompt::{Prompt, Value, Values};

use crate::files::{FileProblem, LoadedPrompt, Workspace};

/// The placeholder that takes source files.
const SOURCE_CODE: &str = "source_code";
/// The placeholder that takes their paths.
const FILE_PATH: &str = "file_path";

/// The given values, with those that the settings give for this prompt where it has a place for them and none is given,
/// and with the paths of the source files for `{file_path}`.
///
/// # Errors
/// When the settings are wrong, or name a file that can't be read.
pub fn completed(loaded: &LoadedPrompt, given: Values, workspace: &Workspace) -> Result<Values, FileProblem> {
    if let Some(problem) = workspace.problems().first() {
        return Err(problem.clone());
    }
    let (mut values, problems) = workspace.values(loaded);
    if let Some(problem) = problems.into_iter().next() {
        return Err(problem);
    }
    values.retain(|name, _| has_place(&loaded.prompt, name) && !given.contains_key(name));
    values.extend(given);
    if has_place(&loaded.prompt, FILE_PATH)
        && !values.contains_key(FILE_PATH)
        && let Some(Value::Files(files)) = values.get(SOURCE_CODE)
    {
        let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
        values.insert(FILE_PATH.to_owned(), Value::Text(paths.join(", ")));
    }
    Ok(values)
}

fn has_place(prompt: &Prompt, name: &str) -> bool {
    prompt.placeholders().iter().any(|placeholder| placeholder.name == name)
}
