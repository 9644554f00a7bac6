//! Prompts as agents are offered them: the built-in ones and those of the granted folders, their placeholders as
//! arguments.

use std::{collections::BTreeMap, path::Path};

use rmcp::model::{JsonObject, Prompt, PromptArgument};
use tla_contract_engine::prompt::{RenderProblem, Value, Values, builtins, known_placeholders};

use super::grant::Grant;
use crate::{
    files::{self, LoadedPrompt, Workspace},
    rendering::completed,
};

/// Every prompt with its arguments.
pub(super) fn all(grant: &Grant) -> Vec<Prompt> {
    let built_in = builtins()
        .iter()
        .filter_map(|builtin| files::builtin(builtin.name).map(|loaded| (builtin.name.to_owned(), loaded)));
    let mut prompts: BTreeMap<String, LoadedPrompt> = built_in.collect();
    for folder in grant.folders() {
        let workspace = Workspace::at(Workspace::place_within(folder, folder));
        for loaded in workspace.prompts() {
            let name = loaded.path.as_deref().and_then(|path| path.strip_prefix(folder).ok()).map(Path::display);
            let name = name.map_or_else(|| loaded.name.clone(), |name| name.to_string());
            prompts.entry(name).or_insert_with(|| loaded.clone());
        }
    }
    prompts.iter().map(|(name, loaded)| offered(name, loaded)).collect()
}

fn offered(name: &str, loaded: &LoadedPrompt) -> Prompt {
    let mut arguments: Vec<PromptArgument> = Vec::new();
    for placeholder in loaded.prompt.placeholders().iter().filter(|placeholder| placeholder.known) {
        if arguments.iter().any(|argument| argument.name == placeholder.name) {
            continue;
        }
        let meaning = known_placeholders().iter().find(|(known, _)| *known == placeholder.name);
        let mut argument = PromptArgument::new(placeholder.name.as_str());
        argument.description = meaning.map(|(_, meaning)| (*meaning).to_owned());
        arguments.push(argument);
    }
    let about = match loaded.prompt.contract().module_name() {
        Some(module) => {
            format!("Asks for the TLA+ module {module}; {} clauses", loaded.prompt.contract().clauses.len())
        }
        None => format!("Asks for a TLA+ module; {} clauses", loaded.prompt.contract().clauses.len()),
    };
    Prompt::new(name, Some(about), Some(arguments))
}

/// A prompt rendered with the arguments as its values.
///
/// # Errors
/// When there is no such prompt, or a placeholder has no value.
pub(super) fn rendered(name: &str, arguments: JsonObject, grant: &Grant) -> Result<String, String> {
    let (loaded, workspace) = found(name, grant)?;
    let mut values = Values::new();
    for (name, value) in arguments {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        values.insert(name, Value::Text(text));
    }
    render(&loaded, values, &workspace)
}

/// A prompt by its name, and the workspace that it lies in. Built-in prompts need no grant.
///
/// # Errors
/// When there is none.
pub(super) fn found(name: &str, grant: &Grant) -> Result<(LoadedPrompt, Workspace), String> {
    if let Some(loaded) = files::builtin(name.strip_prefix("built-in: ").unwrap_or(name)) {
        return Ok((loaded, Workspace::default()));
    }
    let (path, root) = grant.path(name).map_err(|refusal| {
        let known: Vec<&str> = builtins().iter().map(|builtin| builtin.name).collect();
        format!("{refusal}; built-in prompts are {}", known.join(", "))
    })?;
    let loaded = files::named_prompt(&path).map_err(|problem| problem.to_string())?;
    let folder = path.parent().unwrap_or(root);
    Ok((loaded, Workspace::at(Workspace::place_within(folder, root))))
}

/// # Errors
/// When a placeholder has no value, or a value no placeholder.
pub(super) fn render(loaded: &LoadedPrompt, values: Values, workspace: &Workspace) -> Result<String, String> {
    let known = loaded.prompt.placeholders();
    if let Some(unknown) = values.keys().find(|name| !known.iter().any(|placeholder| placeholder.name == **name)) {
        return Err(format!("the prompt has no placeholder {{{unknown}}}"));
    }
    let values = completed(loaded, values, workspace).map_err(|problem| problem.to_string())?;
    loaded.prompt.render(&values).map_err(|problems| {
        let told = |problem: &RenderProblem| format!("the placeholder {{{}}} has no value", problem.name());
        problems.iter().map(told).collect::<Vec<_>>().join("; ")
    })
}
