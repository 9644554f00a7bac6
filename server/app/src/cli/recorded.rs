//! What an earlier run of `check` answered, read back: the JSON answer, or its lines.

use std::path::Path;

use serde::Deserialize;

use super::{Failure, json::VERSION};
use crate::files::{self, FileProblem};

/// The files of an earlier run.
#[derive(Debug, Default, Deserialize)]
pub(super) struct RecordedRun {
    pub(super) files: Vec<RecordedFile>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RecordedFile {
    pub(super) path: String,
    pub(super) verdicts: Vec<RecordedVerdict>,
    pub(super) findings: Vec<RecordedFinding>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RecordedVerdict {
    pub(super) clause: String,
    pub(super) verdict: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct RecordedFinding {
    pub(super) rule: String,
    pub(super) clause: Option<String>,
    pub(super) message: String,
}

impl RecordedRun {
    /// Reads a run of `check --format json` or `--format jsonl`.
    ///
    /// # Errors
    /// When the file can't be read or holds neither.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = files::read_text(path)?;
        Ok(Self::parse(&text).map_err(|message| FileProblem::new(path, message))?)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let first = lines.clone().next().unwrap_or_default();
        // The object of a whole run begins on its first line and ends elsewhere.
        if serde_json::from_str::<RecordedFile>(first).is_ok() {
            let files: Result<Vec<RecordedFile>, String> = lines
                .enumerate()
                .map(|(place, line)| {
                    serde_json::from_str(line)
                        .map_err(|error| format!("is no run of `check --format jsonl`: line {}: {error}", place + 1))
                })
                .collect();
            return Ok(Self { files: files? });
        }
        let no_run = |error| format!("is no run of `check --format json` or `jsonl`: {error}");
        let value: serde_json::Value = serde_json::from_str(text).map_err(no_run)?;
        let version = &value["version"];
        if version.is_number() && *version != VERSION {
            return Err(format!("has the form of version {version}, but only version {VERSION} is known"));
        }
        serde_json::from_value(value).map_err(no_run)
    }
}

/// A path without what does not change its meaning.
pub(super) fn same_path(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "{\"path\":\"a\",\"module\":null,\"verdicts\":[{\"clause\":\"c\",\"verdict\":\"met\",\"x\":1}],\
                        \"findings\":[]}";

    #[test]
    fn a_run_is_read_back_from_both_forms() {
        let whole = format!("{{\"version\":1,\"files\":[\n{FILE},\n{FILE}\n],\"summary\":{{}}}}\n");
        let lines = format!("{FILE}\n{FILE}\n");
        for text in [whole, lines] {
            let run = RecordedRun::parse(&text).unwrap();
            assert_eq!(run.files.len(), 2, "{text}");
        }
        assert!(RecordedRun::parse(&format!("{{\"version\":1,\"files\":[{FILE}]}}")).is_ok(), "on one line");
    }

    #[test]
    fn what_is_no_run_is_told() {
        for text in ["", "{}", "[]", "notes", "{\"version\":2,\"files\":[]}"] {
            assert!(RecordedRun::parse(text).is_err(), "{text}");
        }
        let error = RecordedRun::parse(&format!("{FILE}\nnotes\n")).unwrap_err();
        assert!(error.contains("line 2"), "{error}");
    }
}
