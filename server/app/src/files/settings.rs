//! `tla-contract.toml`: its typed form, and what is wrong with one.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use globset::{Glob, GlobBuilder, GlobMatcher};
use serde::Deserialize;
use tla_contract_engine::{
    config::{Config, Level},
    diagnostic::Severity,
    prompt::builtins,
    rules,
};
use toml::Spanned;

use super::{FileProblem, inside::refusal_of_words};
use crate::spelling::{did_you_mean, nearest};

/// The name of the settings file.
pub const SETTINGS_FILE: &str = "tla-contract.toml";

/// The families that rules come in; a severity may be given to a whole family.
const FAMILIES: [&str; 10] =
    ["reply", "syntax", "name", "level", "frame", "flow", "fairness", "contract", "prompt", "bounds"];

/// The words for severities.
const LEVELS: [&str; 5] = ["error", "warning", "info", "hint", "off"];

/// A glob longer than this is refused.
const LONGEST_GLOB: usize = 1_000;

/// What a settings file says, checked.
#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) prompts: Vec<PromptSettings>,
    pub(super) config: Config,
    /// Folders within the workspace, as they are written, with their lines from 0.
    pub(super) libraries: Vec<(String, usize)>,
}

/// One `[[prompt]]` of a settings file.
#[derive(Debug)]
pub(super) struct PromptSettings {
    pub(super) source: PromptSource,
    /// The specifications it governs; empty: those whose module the prompt names, or all if it names none.
    pub(super) specifications: Vec<GlobMatcher>,
    pub(super) draft: Option<String>,
    pub(super) values: BTreeMap<String, ValueSetting>,
    /// Line of the table, from 0.
    pub(super) line: usize,
}

#[derive(Debug)]
pub(super) enum PromptSource {
    File(String),
    Builtin(String),
}

#[derive(Debug)]
pub(super) enum ValueSetting {
    Text(String),
    Files(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    prompt: Vec<Spanned<WrittenPrompt>>,
    #[serde(default)]
    severity: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    library: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPrompt {
    file: Option<Spanned<String>>,
    builtin: Option<Spanned<String>>,
    #[serde(default)]
    specs: Vec<Spanned<String>>,
    draft: Option<Spanned<String>>,
    #[serde(default)]
    values: BTreeMap<String, Spanned<WrittenValue>>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "a value is a text, { file = \"path\" } or { files = [\"path\", …] }")]
enum WrittenValue {
    Text(String),
    File(WrittenFile),
    Files(WrittenFiles),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFile {
    file: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFiles {
    files: Vec<String>,
}

impl Settings {
    /// Reads the text of a settings file of the workspace `root`. What is wrong is told, and left out.
    pub(super) fn parse(text: &str, root: &Path) -> (Self, Vec<FileProblem>) {
        let mut reader = Reader { text, root, path: root.join(SETTINGS_FILE), problems: Vec::new() };
        let settings = match toml::from_str::<Written>(text) {
            Ok(written) => reader.settings(written),
            Err(error) => {
                reader.refuse(&error);
                Self::default()
            }
        };
        (settings, reader.problems)
    }
}

/// Turns what is written into settings, and remembers what is wrong.
struct Reader<'a> {
    text: &'a str,
    root: &'a Path,
    path: PathBuf,
    problems: Vec<FileProblem>,
}

impl Reader<'_> {
    fn line(&self, offset: usize) -> usize {
        self.text.bytes().take(offset).filter(|byte| *byte == b'\n').count()
    }

    fn problem(&mut self, offset: usize, message: impl Into<String>) {
        self.problems.push(FileProblem::new(&self.path, message).at(self.line(offset)));
    }

    fn refuse(&mut self, error: &toml::de::Error) {
        let offset = error.span().map_or(0, |span| span.start);
        // serde words it "unknown field `promt`, expected one of `prompt`, `severity`".
        let message = match error.message().strip_prefix("unknown field ") {
            Some(rest) => {
                let mut names = rest.split('`').skip(1).step_by(2);
                let unknown = names.next().unwrap_or_default();
                let known: Vec<&str> = names.collect();
                let hint = did_you_mean(unknown, known.iter().copied());
                format!("unknown key `{unknown}`{hint}; known here: {}", known.join(", "))
            }
            None => error.message().to_owned(),
        };
        self.problem(offset, message);
    }

    fn settings(&mut self, written: Written) -> Settings {
        let mut settings = Settings::default();
        for prompt in written.prompt {
            let offset = prompt.span().start;
            if let Some(prompt) = self.prompt(prompt.into_inner(), offset) {
                settings.prompts.push(prompt);
            }
        }
        for (rule, word) in written.severity {
            if let Some(level) = self.severity(&rule, &word) {
                settings.config.severities.insert(rule.into_inner(), level);
            }
        }
        for folder in written.library {
            if self.stays_inside(folder.get_ref(), folder.span().start) {
                let line = self.line(folder.span().start);
                settings.libraries.push((folder.into_inner(), line));
            }
        }
        settings
    }

    fn prompt(&mut self, written: WrittenPrompt, offset: usize) -> Option<PromptSettings> {
        let source = match (written.file, written.builtin) {
            (Some(file), None) => {
                self.stays_inside(file.get_ref(), file.span().start).then(|| PromptSource::File(file.into_inner()))?
            }
            (None, Some(name)) => {
                let known: Vec<&str> = builtins().iter().map(|builtin| builtin.name).collect();
                if !known.contains(&name.get_ref().as_str()) {
                    let hint = did_you_mean(name.get_ref(), known.iter().copied());
                    let message =
                        format!("no built-in prompt `{}`{hint}; there are {}", name.get_ref(), known.join(", "));
                    self.problem(name.span().start, message);
                    return None;
                }
                PromptSource::Builtin(name.into_inner())
            }
            (Some(_), Some(builtin)) => {
                self.problem(builtin.span().start, "a prompt has either `file` or `builtin`, not both");
                return None;
            }
            (None, None) => {
                self.problem(offset, "a prompt needs `file = \"path\"` or `builtin = \"name\"`");
                return None;
            }
        };
        let specifications = written.specs.into_iter().filter_map(|glob| self.glob(&glob)).collect();
        let draft = written.draft.filter(|draft| self.stays_inside(draft.get_ref(), draft.span().start));
        let mut values = BTreeMap::new();
        for (name, value) in written.values {
            let offset = value.span().start;
            let value = match value.into_inner() {
                WrittenValue::Text(text) => ValueSetting::Text(text),
                WrittenValue::File(written) => ValueSetting::Files(vec![written.file]),
                WrittenValue::Files(written) => ValueSetting::Files(written.files),
            };
            let inside = match &value {
                ValueSetting::Text(_) => true,
                ValueSetting::Files(files) => files.iter().all(|file| self.stays_inside(file, offset)),
            };
            if inside {
                values.insert(name, value);
            }
        }
        let line = self.line(offset);
        Some(PromptSettings { source, specifications, draft: draft.map(Spanned::into_inner), values, line })
    }

    fn glob(&mut self, written: &Spanned<String>) -> Option<GlobMatcher> {
        let glob = written.get_ref();
        if !self.stays_inside(glob, written.span().start) {
            return None;
        }
        if glob.len() > LONGEST_GLOB {
            self.problem(written.span().start, format!("a glob of over {LONGEST_GLOB} bytes is refused"));
            return None;
        }
        let plain = glob.strip_prefix("./").unwrap_or(glob);
        let built: Result<Glob, _> = GlobBuilder::new(plain).literal_separator(true).build();
        match built {
            Ok(glob) => Some(glob.compile_matcher()),
            Err(error) => {
                self.problem(written.span().start, format!("`{glob}` is no glob: {}", error.kind()));
                None
            }
        }
    }

    fn severity(&mut self, rule: &Spanned<String>, word: &Spanned<String>) -> Option<Level> {
        let name = rule.get_ref().as_str();
        let known = || FAMILIES.into_iter().chain(rules::all().iter().map(|rule| rule.id));
        if !known().any(|known| known == name) {
            // A rule that is named without its family is the likeliest slip.
            let hint = match rules::find(name) {
                Some(rule) => format!("; did you mean `{}`?", rule.id),
                None => did_you_mean(name, known()),
            };
            self.problem(rule.span().start, format!("unknown rule or family `{name}`{hint}"));
            return None;
        }
        match word.get_ref().as_str() {
            "error" => Some(Some(Severity::Error)),
            "warning" => Some(Some(Severity::Warning)),
            "info" => Some(Some(Severity::Info)),
            "hint" => Some(Some(Severity::Hint)),
            "off" => Some(None),
            other => {
                let hint = nearest(other, LEVELS).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                let message = format!("unknown severity `{other}`{hint}; known: {}", LEVELS.join(", "));
                self.problem(word.span().start, message);
                None
            }
        }
    }

    fn stays_inside(&mut self, named: &str, offset: usize) -> bool {
        match refusal_of_words(self.root, named) {
            Some(refusal) => {
                self.problem(offset, refusal);
                false
            }
            None => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        let (_, problems) = Settings::parse(text, Path::new("/work"));
        problems.iter().map(|problem| format!("{}: {}", problem.line.unwrap_or(999), problem.message)).collect()
    }

    #[test]
    fn an_unknown_key_is_told_with_its_line_and_the_nearest_known_one() {
        assert_eq!(
            problems("library = []\n\n[[promt]]\n"),
            ["2: unknown key `promt`; did you mean `prompt`?; known here: prompt, severity, library"]
        );
        let inner = problems("[[prompt]]\nfile = \"a.md\"\nspec = []\n");
        assert!(inner[0].starts_with("2: unknown key `spec`; did you mean `specs`?"), "{inner:?}");
    }

    #[test]
    fn a_severity_takes_families_and_known_words_only() {
        let text = "[severity]\nframe = \"off\"\nframes = \"off\"\nname = \"warnin\"\n";
        let (settings, problems) = Settings::parse(text, Path::new("/work"));
        assert_eq!(settings.config.severities, BTreeMap::from([("frame".to_owned(), None)]));
        let mut messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        messages.sort_unstable();
        assert!(messages[0].starts_with("unknown rule or family `frames`; did you mean `frame`?"), "{messages:?}");
        assert!(messages[1].starts_with("unknown severity `warnin`; did you mean `warning`?"), "{messages:?}");
    }

    #[test]
    fn paths_that_lead_out_are_refused_wherever_they_stand() {
        let text = "library = [\"../lib\"]\n[[prompt]]\nfile = \"a.md\"\nspecs = [\"../**\", \"x/*.tla\"]\n\
                    draft = \"/etc/passwd\"\nvalues = { code = { file = \"../../x\" }, focus = \"../is text\" }\n";
        let (settings, problems) = Settings::parse(text, Path::new("/work"));
        assert_eq!(problems.len(), 4, "{problems:?}");
        let prompt = &settings.prompts[0];
        assert_eq!(prompt.specifications.len(), 1);
        assert!(prompt.draft.is_none() && prompt.values.len() == 1);
    }

    #[test]
    fn a_prompt_names_a_file_or_a_built_in_one() {
        assert_eq!(problems("[[prompt]]\nspecs = []\n").len(), 1);
        assert_eq!(problems("[[prompt]]\nfile = \"a\"\nbuiltin = \"b\"\n").len(), 1);
        assert!(problems("[[prompt]]\nfile = \"a\"\nvalues = { x = 3 }\n")[0].contains("a value is a text"));
    }
}
