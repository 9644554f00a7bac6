//! Prompts: a text with placeholders and sections of demands, parsed into a contract, rendered, and asked again.

mod clauses;
pub mod draft;
mod findings;
mod headings;
mod letter;
mod lines;
mod names;
mod placeholders;
mod render;
mod sections;
mod template;
mod wording;

use std::{collections::BTreeMap, fmt};

use crate::{
    contract::Contract,
    diagnostic::{Finding, Span},
};

/// A parsed prompt. Parsing never fails: a demand that is not understood is a clause that is not checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prompt {
    text: String,
    contract: Contract,
    placeholders: Vec<Placeholder>,
}

/// A `{word}` or `$word` of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// The word between the braces or behind the dollar sign.
    pub name: String,
    /// Bytes in the prompt, braces or dollar sign included.
    pub span: Span,
    /// Line in the prompt, from 0.
    pub line: usize,
    /// Whether the word is one that rendering fills.
    pub known: bool,
}

/// The values that rendering fills in, by placeholder.
pub type Values = BTreeMap<String, Value>;

/// What comes in for one placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    /// Files: where there are several, each is introduced by a line that names its path.
    Files(Vec<SourceFile>),
}

/// A file that is filled into a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

/// Why a prompt can't be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RenderProblem {
    /// A known placeholder has no value; line from 0.
    MissingValue { name: String, line: usize },
    /// A value is given for a placeholder that the prompt does not have.
    UnusedValue { name: String },
}

impl RenderProblem {
    /// The placeholder it speaks of.
    pub fn name(&self) -> &str {
        match self {
            RenderProblem::MissingValue { name, .. } | RenderProblem::UnusedValue { name } => name,
        }
    }
}

impl fmt::Display for RenderProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RenderProblem::MissingValue { name, line } => {
                write!(formatter, "no value for {{{name}}}, which the prompt asks for in line {}", line + 1)
            }
            RenderProblem::UnusedValue { name } => {
                write!(formatter, "a value is given for {{{name}}}, but the prompt has no such placeholder")
            }
        }
    }
}

impl std::error::Error for RenderProblem {}

/// A prompt that ships with the engine.
#[derive(Debug, Clone, Copy)]
pub struct Builtin {
    /// `etcdraft`, `raftkvs` or `draft-translation`.
    pub name: &'static str,
    pub text: &'static str,
}

/// The prompts that ship with the engine.
pub fn builtins() -> &'static [Builtin] {
    &[
        Builtin { name: "etcdraft", text: include_str!("../prompts/etcdraft.md") },
        Builtin { name: "raftkvs", text: include_str!("../prompts/raftkvs.md") },
        Builtin { name: "draft-translation", text: include_str!("../prompts/draft-translation.md") },
    ]
}

/// The words that rendering fills, in order, each with what is filled in.
pub fn known_placeholders() -> &'static [(&'static str, &'static str)] {
    placeholders::KNOWN
}

impl Prompt {
    pub fn parse(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            contract: clauses::contract(text),
            placeholders: placeholders::placeholders(text),
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// In order of place; one entry for each occurrence.
    pub fn placeholders(&self) -> &[Placeholder] {
        &self.placeholders
    }

    /// What is odd about the prompt itself: unknown placeholders, contradictory demands. Spans are in the prompt.
    pub fn findings(&self) -> Vec<Finding> {
        findings::findings(self)
    }

    /// Fills the placeholders in one pass; what comes in with a value is never expanded again.
    ///
    /// # Errors
    /// Every placeholder that has no value and every value that has no placeholder.
    pub fn render(&self, values: &Values) -> Result<String, Vec<RenderProblem>> {
        render::render(&self.text, &self.placeholders, values)
    }
}

/// The text of a test that is written over several lines, without its first, empty line and its indentation.
#[cfg(test)]
fn unindent(text: &str) -> String {
    let Some(body) = text.strip_prefix('\n') else { return text.to_owned() };
    let body = body.trim_end_matches(' ');
    let lines = body.lines().filter(|line| !line.is_empty());
    let indent = lines.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    body.lines().map(|line| format!("{}\n", line.get(indent..).unwrap_or_default())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{ClauseKind, Demand};

    fn builtin(name: &str) -> Prompt {
        Prompt::parse(builtins().iter().find(|builtin| builtin.name == name).unwrap().text)
    }

    fn count(prompt: &Prompt, kind: ClauseKind) -> usize {
        prompt.contract().clauses.iter().filter(|clause| clause.kind == kind).count()
    }

    fn counts(name: &str) -> [usize; 4] {
        let prompt = builtin(name);
        [ClauseKind::Action, ClauseKind::Exclusion, ClauseKind::Scope, ClauseKind::Output]
            .map(|kind| count(&prompt, kind))
    }

    #[test]
    fn the_built_in_prompts_have_all_of_their_clauses() {
        assert_eq!(counts("etcdraft"), [6, 5, 5, 6]);
        assert_eq!(counts("raftkvs"), [5, 0, 8, 8]);
        let draft = builtin("draft-translation");
        assert_eq!(count(&draft, ClauseKind::Template), 11);
        assert!((1..=5).all(|number| draft.contract().clause(&format!("translation.{number}")).is_some()));
    }

    #[test]
    fn the_built_in_prompts_name_their_modules_and_what_they_extend() {
        assert_eq!(builtin("etcdraft").contract().module_name(), Some("etcdraft"));
        assert_eq!(builtin("draft-translation").contract().module_name(), None);
        let raft = builtin("raftkvs");
        assert_eq!(raft.contract().module_name(), Some("raftkvs"));
        let modules =
            ["TLC", "Sequences", "SequencesExt", "Naturals", "FiniteSets", "Bags"].map(str::to_owned).to_vec();
        let demanded = |demand: &Demand| raft.contract().demands().any(|(_, known)| known == demand);
        assert!(demanded(&Demand::Extends(modules)));
        assert!(demanded(&Demand::Fairness));
    }

    #[test]
    fn nothing_is_odd_about_the_built_in_prompts() {
        for builtin in builtins() {
            let odd = Prompt::parse(builtin.text).findings();
            assert!(odd.iter().all(|finding| finding.rule == "prompt/not-checked"), "{}: {odd:?}", builtin.name);
        }
    }
}
