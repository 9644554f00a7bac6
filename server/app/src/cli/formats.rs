//! The forms in which `check` answers: for people, and for the tools that read along.

mod github;
mod json;
mod junit;
mod lines;
mod people;
mod sarif;

use clap::ValueEnum;

use super::{
    Failure,
    closing::Tally,
    console::Console,
    judging::{Judged, Unread},
};

/// How the answer of `check` is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// For people: excerpts, tables, colours
    People,
    /// For programs: one object for all files
    Json,
    /// For pipelines: one object a line for each file, as soon as its turn comes
    Jsonl,
    /// For code scanning: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations
    Github,
    /// For test reports: each file a suite, each clause a case
    Junit,
}

/// An answer as it grows, file by file in order.
pub(super) trait Report {
    /// What stands before the first file.
    fn begin(&mut self, _console: &mut Console) -> Result<(), Failure> {
        Ok(())
    }

    fn judged(&mut self, judged: &Judged, console: &mut Console) -> Result<(), Failure>;

    /// A file that could not be judged; it has been told on standard error already.
    fn unread(&mut self, unread: &Unread, console: &mut Console) -> Result<(), Failure>;

    /// What stands after the last file.
    fn end(&mut self, _tally: &Tally, _console: &mut Console) -> Result<(), Failure> {
        Ok(())
    }
}

impl CheckFormat {
    /// The report in this form.
    pub(super) fn report(self, detail: super::people::Detail) -> Box<dyn Report> {
        match self {
            CheckFormat::People => Box::new(people::People { detail }),
            CheckFormat::Json => Box::new(json::Json::default()),
            CheckFormat::Jsonl => Box::new(lines::Lines),
            CheckFormat::Sarif => Box::new(sarif::Sarif::default()),
            CheckFormat::Github => Box::new(github::Github),
            CheckFormat::Junit => Box::new(junit::Junit),
        }
    }
}

/// A value as JSON on one line.
fn to_json(value: &impl serde::Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string(value).map_err(std::io::Error::from)?)
}

/// A path as a relative URI: without `./`, with slashes, everything unusual percent-encoded.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut uri = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'\\' if cfg!(windows) => uri.push('/'),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri += &format!("%{byte:02X}"),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_uri() {
        assert_eq!(uri("./a b/m:1.tla"), "a%20b/m%3A1.tla");
        assert_eq!(uri("/tmp/é.tla"), "file:///tmp/%C3%A9.tla");
    }
}
