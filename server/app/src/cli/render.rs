//! `render`: fills the placeholders of a prompt.

use std::path::{Path, PathBuf};

use tla_contract_engine::{
    diagnostic::Severity,
    prompt::{Prompt, RenderProblem, Value, Values},
};

use super::{Answer, Failure, console::Console};
use crate::{
    files::{self, FileProblem, LoadedPrompt, Workspace, named_prompt},
    rendering::completed,
    spelling::did_you_mean,
};

/// The placeholder that another argument gives a value.
const DRAFT: &str = "draft_analysis";

/// Fill the placeholders of a prompt, ready to be sent to a model
///
/// Values that tla-contract.toml gives for this prompt are taken where none is given here. {file_path} is the path of
/// the files of {source_code} unless it is given.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The prompt: a file, or the name of a built-in prompt
    #[arg(value_name = "PROMPT")]
    prompt: PathBuf,
    /// A placeholder's value: `focus=text`, or `source_code=@raft.go` for what a file says; given several times with
    /// files, the placeholder takes them all. `@@` at the beginning of a text stands for one `@`
    #[arg(long, value_name = "NAME=VALUE", value_parser = parse_setting)]
    set: Vec<Given>,
    /// The draft analysis, for {draft_analysis}
    #[arg(long, value_name = "FILE")]
    draft: Option<PathBuf>,
    /// Where to write the text; standard output without it
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// One `--set`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Given {
    name: String,
    value: GivenValue,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum GivenValue {
    Text(String),
    File(PathBuf),
}

fn parse_setting(text: &str) -> Result<Given, String> {
    let (name, value) = text.split_once('=').ok_or("it has the form NAME=VALUE")?;
    let name = name.trim().trim_start_matches('{').trim_end_matches('}').to_owned();
    if name.is_empty() {
        return Err("the placeholder's name is missing before `=`".to_owned());
    }
    let value = match value.strip_prefix('@') {
        Some(text) if text.starts_with('@') => GivenValue::Text(text.to_owned()),
        Some("") => return Err("the file's name is missing after `@`".to_owned()),
        Some(file) => GivenValue::File(PathBuf::from(file)),
        None => GivenValue::Text(value.to_owned()),
    };
    Ok(Given { name, value })
}

pub(super) fn run(arguments: Arguments, console: &mut Console) -> Result<Answer, Failure> {
    let loaded = named_prompt(&arguments.prompt)?;
    let given = given_values(&arguments)?;
    unknown_names(&given, &loaded.prompt)?;
    let values = completed(&loaded, given, &workspace_of(&loaded))?;
    let text = loaded.prompt.render(&values).map_err(|problems| told(&problems, &loaded))?;
    for finding in loaded.prompt.findings().iter().filter(|finding| finding.severity <= Severity::Warning) {
        console.tell_warning(&format!("{}: {}", loaded.name, finding.message));
    }
    match &arguments.output {
        Some(path) => files::write_text(path, &text)?,
        None => console.print_raw(&text)?,
    }
    Ok(Answer::Clean)
}

/// The values of the command line.
fn given_values(arguments: &Arguments) -> Result<Values, Failure> {
    let mut values = Values::new();
    for Given { name, value } in &arguments.set {
        match value {
            GivenValue::File(path) => {
                let source = files::read_source(path)?;
                match values.entry(name.clone()).or_insert_with(|| Value::Files(Vec::new())) {
                    Value::Files(files) => files.push(source),
                    Value::Text(_) => return Err(twice(name)),
                }
            }
            GivenValue::Text(text) => {
                if values.insert(name.clone(), Value::Text(text.clone())).is_some() {
                    return Err(twice(name));
                }
            }
        }
    }
    if let Some(draft) = &arguments.draft {
        let text = files::read_text(draft)?;
        if values.insert(DRAFT.to_owned(), Value::Text(text)).is_some() {
            return Err(twice(DRAFT));
        }
    }
    Ok(values)
}

fn twice(name: &str) -> Failure {
    Failure::Told(format!("the placeholder {{{name}}} is given twice; only files can be given several times"))
}

/// A value for a placeholder that the prompt does not have is most likely a slip.
fn unknown_names(given: &Values, prompt: &Prompt) -> Result<(), Failure> {
    let known: Vec<&str> = prompt.placeholders().iter().map(|placeholder| placeholder.name.as_str()).collect();
    match given.keys().find(|name| !known.contains(&name.as_str())) {
        Some(unknown) => Err(Failure::Told(unknown_name(unknown, prompt))),
        None => Ok(()),
    }
}

fn unknown_name(unknown: &str, prompt: &Prompt) -> String {
    let mut known: Vec<&str> = prompt.placeholders().iter().map(|placeholder| placeholder.name.as_str()).collect();
    known.sort_unstable();
    known.dedup();
    let hint = did_you_mean(unknown, known.iter().copied());
    let has = match known.as_slice() {
        [] => "it has none".to_owned(),
        names => format!("it has {{{}}}", names.join("}, {")),
    };
    format!("the prompt has no placeholder {{{unknown}}}{hint}; {has}")
}

/// The workspace of a prompt.
fn workspace_of(loaded: &LoadedPrompt) -> Workspace {
    let folder = loaded.path.as_deref().and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
    Workspace::opened(folder.unwrap_or(Path::new(".")), &[])
}

fn told(problems: &[RenderProblem], loaded: &LoadedPrompt) -> Failure {
    let told = |problem: &RenderProblem| match problem {
        RenderProblem::MissingValue { name, line } => {
            let place = FileProblem::new(
                loaded.name.as_str(),
                format!("the placeholder {{{name}}} has no value; give it by --set {name}=…, or --set {name}=@FILE"),
            );
            place.at(*line).to_string()
        }
        RenderProblem::UnusedValue { name } => unknown_name(name, &loaded.prompt),
    };
    Failure::Told(problems.iter().map(told).collect::<Vec<_>>().join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_a_text_or_a_file() {
        let text = |value: &str| GivenValue::Text(value.to_owned());
        assert_eq!(parse_setting("focus=a=b").unwrap().value, text("a=b"));
        assert_eq!(parse_setting("{focus}=x").unwrap().name, "focus");
        assert_eq!(parse_setting("focus=@@me").unwrap().value, text("@me"));
        assert_eq!(parse_setting("code=@a.go").unwrap().value, GivenValue::File("a.go".into()));
        assert!(parse_setting("focus").is_err() && parse_setting("=x").is_err() && parse_setting("a=@").is_err());
    }
}
