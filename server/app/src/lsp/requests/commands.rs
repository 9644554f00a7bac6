//! The commands: rendering a prompt, asking for a repair, inserting stubs, fixing all.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use serde::Deserialize;
use serde_json::Value as Json;
use tla_contract_engine::{
    diagnostic::{Finding, Fix, Safety},
    prompt::{Prompt, RenderProblem, SourceFile, Value, Values, builtins},
    repair_prompt::{AnswerForm, Wanted, repair_prompt},
};
use tower_lsp::{
    jsonrpc::{Error, ErrorCode, Result},
    ls_types::{Uri, WorkspaceEdit},
};

use super::actions::{FIX_ALL_TITLE, fix_all};
use crate::{
    files::{FileProblem, LoadedPrompt, named_prompt, read_text},
    lsp::{
        analysis::Analysis,
        capabilities::{FIX_ALL, INSERT_STUB, RENDER_PROMPT, REPAIR_PROMPT, SHOW_CONTRACT},
        convert,
        session::{Kind, OpenText, Session, Surroundings},
    },
    rendering::completed,
    repairing::configuration,
};

/// LSP 3.17, `RequestFailed`: all is well formed, but it can't be done.
const REQUEST_FAILED: i64 = -32803;

/// An edit that a command wants to be made.
pub(in crate::lsp) struct Wish {
    pub(in crate::lsp) title: String,
    pub(in crate::lsp) edit: WorkspaceEdit,
}

/// The arguments of a command, by place.
pub(in crate::lsp) struct Arguments(pub(in crate::lsp) Vec<Json>);

impl Arguments {
    /// A required text, such as a URI.
    pub(in crate::lsp) fn text(&self, place: usize, what: &str) -> Result<&str> {
        let given = self.0.get(place).and_then(Json::as_str);
        given.ok_or_else(|| Error::invalid_params(format!("argument {} must be {what}", place + 1)))
    }

    fn given_values(&self) -> Result<Vec<(String, Given)>> {
        match self.0.get(1) {
            None | Some(Json::Null) => Ok(Vec::new()),
            Some(given) => serde_json::from_value::<std::collections::BTreeMap<String, Given>>(given.clone())
                .map(|given| given.into_iter().collect())
                .map_err(|error| Error::invalid_params(format!("argument 2 must map placeholders to values: {error}"))),
        }
    }
}

/// The arguments as the command wants them. Editors that can't name the document that the user looks at name none, and the
/// one that was opened or edited last is meant; or they name a path, which is the open document there is for it.
pub(in crate::lsp) fn with_document(session: &Session, command: &str, mut given: Vec<Json>) -> Arguments {
    let kinds: &[Kind] = match command {
        RENDER_PROMPT => &[Kind::Prompt],
        SHOW_CONTRACT => &[Kind::Specification, Kind::Prompt],
        INSERT_STUB | REPAIR_PROMPT | FIX_ALL => &[Kind::Specification],
        _ => return Arguments(given),
    };
    let document = match given.first() {
        None | Some(Json::Null) => session.latest(kinds),
        Some(named) => named.as_str().and_then(|named| session.opened(&place(&session.surroundings(), named))),
    };
    if let Some(document) = document {
        given.splice(..given.len().min(1), [Json::String(document)]);
    }
    Arguments(given)
}

/// A value for a placeholder: a text, or files.
#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    Text(String),
    Wrapped { text: String },
    Files { files: Vec<String> },
}

/// Renders a prompt; `arguments` are the prompt (URI, path or name of a built-in prompt) and the values by
/// placeholder. Values that the settings give for the prompt need not be given. Reads files.
pub(in crate::lsp) fn render_prompt(surroundings: &Surroundings, arguments: &Arguments) -> Result<String> {
    let named = arguments.text(0, "a prompt: its URI, its path or the name of a built-in prompt")?;
    let failed_by = |problem: FileProblem| failed(&problem.to_string());
    let mut given = Values::new();
    for (name, value) in arguments.given_values()? {
        let value = match value {
            Given::Text(text) | Given::Wrapped { text } => Value::Text(text),
            Given::Files { files } => {
                let read = files.into_iter().map(|path| {
                    let text = read_text(&place(surroundings, &path));
                    text.map(|text| SourceFile { path, text }).map_err(failed_by)
                });
                Value::Files(read.collect::<Result<_>>()?)
            }
        };
        given.insert(name, value);
    }
    let loaded = match open_prompt(surroundings, named) {
        Some(loaded) => loaded,
        None if builtins().iter().any(|builtin| builtin.name == named) => {
            named_prompt(Path::new(named)).map_err(failed_by)?
        }
        None => named_prompt(&place(surroundings, named)).map_err(failed_by)?,
    };
    let here = loaded.path.clone().unwrap_or_else(|| place(surroundings, named));
    let values = completed(&loaded, given, &surroundings.workspace(&here)).map_err(failed_by)?;
    loaded.prompt.render(&values).map_err(|problems| {
        let said = problems.iter().map(|problem| match problem {
            RenderProblem::MissingValue { name, line } => format!("{{{name}}} in line {} has no value", line + 1),
            RenderProblem::UnusedValue { name } => format!("the prompt has no {{{name}}}"),
        });
        let mut missing: Vec<&str> = Vec::new();
        for problem in &problems {
            if let RenderProblem::MissingValue { name, .. } = problem
                && !missing.contains(&name.as_str())
            {
                missing.push(name);
            }
        }
        // By the names an editor can ask for what lacks, and try again.
        let data = Some(serde_json::json!({ "missing": missing }));
        Error { data, ..failed(&said.collect::<Vec<_>>().join("; ")) }
    })
}

/// A prompt that is open in the editor, saved or not.
fn open_prompt(surroundings: &Surroundings, named: &str) -> Option<LoadedPrompt> {
    let path = place(surroundings, named);
    let is_named = |open: &&Arc<OpenText>| open.uri.as_str() == named || open.path.as_deref() == Some(&path);
    let open = surroundings.open.values().find(is_named)?;
    let without_file =
        || LoadedPrompt { name: named.to_owned(), path: None, prompt: Arc::new(Prompt::parse(&open.text.to_string())) };
    Some(open.prompt().cloned().unwrap_or_else(without_file))
}

/// The file that a URI or a path names; a relative path counts from the first open folder.
pub(in crate::lsp) fn place(surroundings: &Surroundings, named: &str) -> PathBuf {
    if named.starts_with("file:")
        && let Some(path) = named.parse::<Uri>().ok().and_then(|uri| convert::path(&uri))
    {
        return path;
    }
    surroundings.folders.first().map_or_else(|| PathBuf::from(named), |folder| folder.join(Path::new(named)))
}

/// The analysis of a file that is not open. Reads files and takes as long as the engine does.
pub(in crate::lsp) fn analysis_of_file(session: &Arc<Session>, named: &str) -> Result<Arc<Analysis>> {
    let path = place(&session.surroundings(), named);
    let uri = convert::uri(&path).ok_or_else(|| Error::invalid_params(format!("{named} names no file")))?;
    let text = read_text(&path).map_err(|problem| failed(&problem.to_string()))?;
    let snapshot = session.snapshot_of_file(uri, path, &text);
    let document = snapshot.document();
    Ok(Arc::new(Analysis::of(session, snapshot, document)))
}

/// The edit that inserts a stub for a missing action, named by its clause or by its name.
pub(in crate::lsp) fn insert_stub(analysis: &Analysis, wanted: &str) -> Result<Wish> {
    let fixes = analysis.judgement.findings.iter().flat_map(|finding| {
        let stubs = finding.fixes.iter().filter(|fix| fix.safety == Safety::Ask && fix.title.contains("stub"));
        stubs.map(move |fix| (finding, fix))
    });
    let fixes: Vec<(&Finding, &Fix)> = fixes.collect();
    let by_name = |(_, fix): &&(&Finding, &Fix)| fix.edits.iter().any(|edit| defines(&edit.text, wanted));
    let by_clause = |(finding, _): &&(&Finding, &Fix)| finding.clause.as_deref() == Some(wanted);
    let Some((_, fix)) = fixes.iter().find(by_name).or_else(|| fixes.iter().find(by_clause)) else {
        return Err(failed(&format!("no stub can be inserted for {wanted}: nothing is missing under that name")));
    };
    let snapshot = &analysis.snapshot;
    let document = (&snapshot.uri, snapshot.version, analysis.text());
    // The command itself is the confirmation.
    let edit = convert::workspace_edit(&snapshot.facts, document, &fix.edits, Safety::Safe, &fix.title);
    Ok(Wish { title: convert::sentence(&fix.title), edit })
}

/// Whether a text has a line that begins the definition of a name.
fn defines(text: &str, name: &str) -> bool {
    let mut heads = text.lines().filter_map(|line| line.trim_start().strip_prefix(name));
    heads.any(|rest| rest.trim_start().starts_with("==") || rest.starts_with('('))
}

/// What may be said of a repair prompt, as the second argument.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct RepairOptions {
    /// `text` or `json`.
    format: Option<String>,
    max_findings: Option<usize>,
}

/// How a repair prompt is wanted, by the second argument.
///
/// # Errors
/// What of it is wrong.
pub(in crate::lsp) fn wanted_repair(arguments: &Arguments) -> Result<Wanted> {
    let wrong = |error: &dyn std::fmt::Display| Error::invalid_params(format!("argument 2: {error}"));
    let options = match arguments.0.get(1) {
        None | Some(Json::Null) => RepairOptions::default(),
        Some(given) => serde_json::from_value(given.clone()).map_err(|error| wrong(&error))?,
    };
    let form = match options.format.as_deref() {
        None | Some("text") => AnswerForm::Text,
        Some("json") => AnswerForm::Json,
        Some(other) => return Err(wrong(&format!("format is `text` or `json`, not `{other}`"))),
    };
    Ok(Wanted { form, most: options.max_findings, configuration: None })
}

/// The prompt that asks a model to mend a specification; `None` when nothing is to be mended. Reads a file.
pub(in crate::lsp) fn repair(analysis: &Analysis, wanted: Wanted) -> Option<String> {
    let contract = analysis.governor.as_ref().map(|governor| governor.prompt.contract());
    let document = analysis.document();
    let wanted = Wanted { configuration: configuration(document, analysis.snapshot.path.as_deref()), ..wanted };
    repair_prompt(document, &analysis.judgement, contract, &wanted).map(|repair| repair.text)
}

/// The edit that makes all safe fixes; `None` when there is nothing to fix.
pub(in crate::lsp) fn fix_all_wish(analysis: &Analysis) -> Option<Wish> {
    fix_all(analysis).map(|edit| Wish { title: FIX_ALL_TITLE.to_owned(), edit })
}

/// An error that says why something can't be done.
pub(in crate::lsp) fn failed(message: &str) -> Error {
    Error { code: ErrorCode::ServerError(REQUEST_FAILED), message: message.to_owned().into(), data: None }
}

#[cfg(test)]
mod tests {
    use tla_contract_engine::diagnostic::{Edit, Severity, Span};

    use super::*;
    use crate::lsp::capabilities::ClientFacts;

    #[test]
    fn a_stub_is_found_by_the_name_of_its_action_and_by_its_clause() {
        let missing = |name: &str, clause: &str| {
            let title = format!("insert a stub of {name}");
            let fix = Fix { title, safety: Safety::Ask, edits: vec![Edit::insert(0, format!("{name} == TRUE\n"))] };
            let finding = Finding::new("contract/missing-action", Severity::Warning, Span::at(0), "");
            finding.for_clause(clause).with_fix(fix)
        };
        let findings = vec![missing("Drop", "scope.5"), missing("DropAll", "scope.6"), missing("Elect", "actions.3")];
        let analysis = Analysis::made("", "", findings, ClientFacts::default());
        let title = |wanted| insert_stub(&analysis, wanted).map(|wish| wish.title).map_err(|error| error.message);
        assert_eq!(title("DropAll"), Ok("Insert a stub of DropAll".to_owned()));
        assert_eq!(title("actions.3"), Ok("Insert a stub of Elect".to_owned()));
        assert_eq!(title("a"), Err("no stub can be inserted for a: nothing is missing under that name".into()));
    }

    #[test]
    fn a_prompt_is_named_by_uri_or_by_path() {
        let surroundings = Surroundings { folders: vec!["/folder".into()], ..Surroundings::default() };
        for (named, path) in [
            ("file:///other/a%20b.md", "/other/a b.md"),
            ("/other/a.md", "/other/a.md"),
            ("prompts/a.md", "/folder/prompts/a.md"),
        ] {
            assert_eq!(place(&surroundings, named), Path::new(path));
        }
    }
}
