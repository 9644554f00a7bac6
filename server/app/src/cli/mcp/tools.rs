//! The tools: what the command line answers, for agents. None of them writes a file.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use tla_contract_engine::{
    Document, NoModules,
    diagnostic::Safety,
    prompt::{Prompt, Value, Values},
    repair::{Applied, repair},
    repair_prompt::{AnswerForm, Wanted, repair_prompt},
    rules,
};

use super::{
    grant::Grant,
    prompts::{found, render},
};
use crate::{
    cli::{
        json::{self, Summary},
        judging::Judged,
        people::{self, Detail},
    },
    files::{self, LoadedPrompt, Workspace},
    repairing::configuration,
};

/// What a tool is asked, all tools alike.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Asked {
    path: Option<String>,
    text: Option<String>,
    prompt: Option<String>,
    prompt_text: Option<String>,
    draft: Option<String>,
    ask: Option<Asking>,
    rule: Option<String>,
    values: BTreeMap<String, String>,
    files: BTreeMap<String, Vec<String>>,
    max_findings: Option<usize>,
}

/// Which fixes are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Asking {
    Safe,
    Ask,
}

/// What a tool answers.
pub(super) struct Answer {
    /// For the model to read.
    pub(super) text: String,
    /// For programs: what `--format json` says.
    pub(super) structured: Option<Json>,
}

impl Asked {
    /// # Errors
    /// What does not fit.
    pub(super) fn parse(arguments: Option<JsonObject>) -> Result<Self, String> {
        let asked = serde_json::from_value(Json::Object(arguments.unwrap_or_default()));
        asked.map_err(|error| format!("these arguments do not fit: {error}"))
    }

    /// Whether a file may have to be read.
    pub(super) fn names_paths(&self) -> bool {
        self.path.is_some() || self.prompt.is_some() || !self.files.is_empty()
    }
}

/// All tools with what they take.
pub(super) fn all() -> Vec<Tool> {
    let reply = json!({
        "path": {"type": "string", "description": "the specification, in a folder that the client grants"},
        "text": {"type": "string", "description": "or its text: the whole reply, fences and prose too"},
        "prompt": {"type": "string", "description": "the prompt: a built-in one (etcdraft, raftkvs, draft-translation) or a file; without it, it is found by the module's name"},
        "prompt_text": {"type": "string", "description": "or the prompt's text"},
        "draft": {"type": "string", "description": "the text of the draft analysis, where the prompt takes one"},
    });
    let with = |more: Json| {
        let mut properties = reply.clone();
        for (name, schema) in more.as_object().into_iter().flatten() {
            properties[name] = schema.clone();
        }
        properties
    };
    let prompt = json!({"prompt": reply["prompt"], "prompt_text": reply["prompt_text"]});
    let values = json!({"type": "object", "additionalProperties": {"type": "string"}, "description": "texts of placeholders by their names"});
    let files = json!({"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}, "description": "files of placeholders by their names, such as source_code"});
    let tool = |name: &'static str, about: &'static str, properties: Json| {
        let schema = json!({"type": "object", "properties": properties, "additionalProperties": false});
        let schema = schema.as_object().cloned().unwrap_or_default();
        Tool::new(name, about, Arc::new(schema)).annotate(ToolAnnotations::new().read_only(true))
    };
    vec![
        tool(
            "contract",
            "What a prompt demands, clause by clause; with a specification, how it answers each.",
            reply.clone(),
        ),
        tool(
            "check",
            "Hold a TLA+ specification to its prompt: every clause's verdict, and every finding with its line.",
            reply.clone(),
        ),
        tool(
            "fix",
            "Apply the fixes of findings and answer with the new text; nothing is written.",
            with(
                json!({"ask": {"enum": ["safe", "ask"], "description": "`safe` (the default): only fixes that keep the meaning; `ask`: the others too, such as stubs for missing actions"}}),
            ),
        ),
        tool("render", "Fill the placeholders of a prompt.", {
            let mut properties = prompt;
            properties["values"] = values;
            properties["files"] = files;
            properties
        }),
        tool(
            "repair",
            "The prompt that asks a model to mend its specification: what is wrong and what is missing, in the prompt's own words.",
            with(
                json!({"max_findings": {"type": "integer", "minimum": 1, "description": "at most so many points, the most important first"}}),
            ),
        ),
        tool(
            "explain",
            "What a rule says, why, and what to do; without a rule, all rules.",
            json!({"rule": {"type": "string", "description": "as contract/missing-extends"}}),
        ),
    ]
}

/// Calls a tool; `None` if there is none of that name. An error is for the model to read.
pub(super) fn call(name: &str, asked: &Asked, grant: &Grant) -> Option<Result<Answer, String>> {
    Some(match name {
        "contract" => contract(asked, grant),
        "check" => judged(asked, grant).map(|judged| check(&judged)),
        "fix" => judged(asked, grant).map(|judged| fix(&judged, asked.ask)),
        "render" => rendered(asked, grant),
        "repair" => judged(asked, grant).map(|judged| mend(&judged, asked.max_findings)),
        "explain" => explain(asked.rule.as_deref()),
        _ => return None,
    })
}

fn structured(answer: &impl serde::Serialize) -> Option<Json> {
    serde_json::to_value(answer).ok()
}

fn contract(asked: &Asked, grant: &Grant) -> Result<Answer, String> {
    let against = if asked.path.is_some() || asked.text.is_some() { Some(judged(asked, grant)?) } else { None };
    let loaded = match (named(asked, grant)?, &against) {
        (Some((loaded, _)), _) => loaded,
        (None, Some(judged)) => judged.governing.prompt.clone().ok_or("no prompt is for this module; name one")?,
        (None, None) => return Err("name a prompt, or give its text".to_owned()),
    };
    let answer = structured(&json::contract(&loaded, against.as_ref()));
    let text = answer.as_ref().map(|answer| format!("{answer:#}")).unwrap_or_default();
    Ok(Answer { text, structured: answer })
}

fn check(judged: &Judged) -> Answer {
    let styled = people::file(judged, Detail::Full, None);
    Answer { text: anstream::adapter::strip_str(&styled).to_string(), structured: structured(&json::file(judged)) }
}

fn fix(judged: &Judged, asking: Option<Asking>) -> Answer {
    let reach = if asking == Some(Asking::Ask) { Safety::Ask } else { Safety::Safe };
    let repaired = repair(&judged.document, judged.setting(), reach);
    let text = repaired.document.source().to_owned();
    let told = |applied: &Applied| json!({"rule": applied.rule, "title": applied.title});
    let structured = json!({
        "text": text,
        "applied": repaired.applied.iter().map(told).collect::<Vec<_>>(),
        "refused": repaired.refused.iter().map(told).collect::<Vec<_>>(),
        "errors_left": Summary::of(&repaired.judgement).errors,
    });
    Answer { text, structured: Some(structured) }
}

fn mend(judged: &Judged, most: Option<usize>) -> Answer {
    // What lies beside the file is the client's own as well.
    let wanted = Wanted { form: AnswerForm::Text, most, configuration: configuration(&judged.document, None) };
    let text = match repair_prompt(&judged.document, &judged.judgement, judged.contract(), &wanted) {
        Some(repair) => repair.text,
        None => "Nothing is to be mended.".to_owned(),
    };
    Answer { text, structured: None }
}

fn rendered(asked: &Asked, grant: &Grant) -> Result<Answer, String> {
    let (loaded, workspace) = named(asked, grant)?.ok_or("name a prompt, or give its text")?;
    let texts = asked.values.iter().map(|(name, text)| (name.clone(), Value::Text(text.clone())));
    let mut values: Values = texts.collect();
    for (name, paths) in &asked.files {
        let mut sources = Vec::new();
        for named in paths {
            let (path, _) = grant.path(named)?;
            let mut source = files::read_source(&path).map_err(|problem| problem.to_string())?;
            source.path.clone_from(named);
            sources.push(source);
        }
        if values.insert(name.clone(), Value::Files(sources)).is_some() {
            return Err(format!("the placeholder {{{name}}} is given twice"));
        }
    }
    Ok(Answer { text: render(&loaded, values, &workspace)?, structured: None })
}

fn explain(name: Option<&str>) -> Result<Answer, String> {
    let Some(name) = name else {
        let lines = rules::all().iter().map(|rule| format!("{}: {}\n", rule.id, rule.title()));
        return Ok(Answer { text: lines.collect(), structured: None });
    };
    match rules::find(name) {
        Some(rule) => Ok(Answer { text: format!("{}\n\n{}", rule.id, rule.page()), structured: None }),
        None => Err(format!("there is no rule `{name}`; without a rule, this tool lists them all")),
    }
}

/// The prompt that is named or given, with the workspace that it lies in.
fn named(asked: &Asked, grant: &Grant) -> Result<Option<(LoadedPrompt, Workspace)>, String> {
    match (&asked.prompt, &asked.prompt_text) {
        (Some(_), Some(_)) => Err("give `prompt` or `prompt_text`, not both".to_owned()),
        (Some(name), None) => found(name, grant).map(Some),
        (None, Some(text)) => {
            let prompt = Arc::new(Prompt::parse(text));
            let loaded = LoadedPrompt { name: "the given prompt".to_owned(), path: None, prompt };
            Ok(Some((loaded, Workspace::default())))
        }
        (None, None) => Ok(None),
    }
}

/// Judges the specification that is named or given.
fn judged(asked: &Asked, grant: &Grant) -> Result<Judged, String> {
    let named = named(asked, grant)?.map(|(loaded, _)| loaded);
    let draft = asked.draft.as_deref().map(Arc::from);
    match (&asked.path, &asked.text) {
        (Some(name), None) => {
            let (path, root) = grant.path(name)?;
            let mut judged = of_file(&path, root, named.as_ref(), draft)?;
            judged.path.clone_from(name);
            Ok(judged)
        }
        (None, Some(text)) => {
            let document = Document::new(text.as_str().into());
            let mut governing = Workspace::default().governing(Path::new(""), document.module_name(), named.as_ref());
            governing.draft = draft;
            Ok(Judged::new("the given text".to_owned(), document, governing, Box::new(NoModules), None))
        }
        _ => Err("give the specification by `path` or by `text`".to_owned()),
    }
}

fn of_file(path: &Path, root: &Path, named: Option<&LoadedPrompt>, draft: Option<Arc<str>>) -> Result<Judged, String> {
    let workspace = Workspace::at(Workspace::place_within(path.parent().unwrap_or(root), root));
    if let Some(problem) = workspace.problems().first() {
        return Err(problem.to_string());
    }
    let document = files::read_document(path).map_err(|problem| problem.to_string())?;
    let mut governing = workspace.governing(path, document.module_name(), named);
    if draft.is_some() {
        governing.draft = draft;
    }
    let modules = workspace.modules(path);
    Ok(Judged::new(path.display().to_string(), document, governing, modules, Judged::stem(path)))
}
