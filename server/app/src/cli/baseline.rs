//! A baseline: the findings of an earlier run, which are not told again.

use std::{collections::HashMap, path::Path};

use super::{
    Failure,
    judging::Judged,
    recorded::{RecordedRun, same_path},
};

/// The findings that are known, each with how often.
pub(super) struct Baseline {
    known: HashMap<Known, usize>,
    /// So many findings were left out.
    pub(super) left_out: usize,
}

/// What makes a finding the same one in two runs. Its place does not: lines above it come and go.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Known {
    path: String,
    rule: String,
    clause: Option<String>,
    message: String,
}

impl Known {
    fn new(path: &str, rule: &str, clause: Option<&str>, message: &str) -> Self {
        Self {
            path: same_path(path).to_owned(),
            rule: rule.to_owned(),
            clause: clause.map(str::to_owned),
            message: without_lines(message),
        }
    }
}

impl Baseline {
    /// # Errors
    /// When the file can't be read or is no run of `check`.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let mut known = HashMap::new();
        for file in RecordedRun::read(path)?.files {
            for finding in &file.findings {
                let key = Known::new(&file.path, &finding.rule, finding.clause.as_deref(), &finding.message);
                *known.entry(key).or_default() += 1;
            }
        }
        Ok(Self { known, left_out: 0 })
    }

    /// Leaves the findings that are new. Of several that are alike, as many are known as there were.
    pub(super) fn keep_new(&mut self, judged: &mut Judged) {
        let path = &judged.path;
        judged.judgement.findings.retain(|finding| {
            let key = Known::new(path, finding.rule, finding.clause.as_deref(), &finding.message);
            match self.known.get_mut(&key) {
                Some(left) if *left > 0 => {
                    *left -= 1;
                    self.left_out += 1;
                    false
                }
                _ => true,
            }
        });
    }
}

/// The message without the numbers of lines that it speaks of.
pub(super) fn without_lines(message: &str) -> String {
    let mut result = String::with_capacity(message.len());
    let mut after_line = false;
    for word in message.split_inclusive(' ') {
        if !(after_line && word.starts_with(|first: char| first.is_ascii_digit())) {
            result += word;
        }
        after_line = matches!(word.trim_end(), "line" | "lines");
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_do_not_make_a_message_another_one() {
        assert_eq!(without_lines("see line 12, too"), without_lines("see line 7 too"));
        assert_ne!(without_lines("2 of 3"), without_lines("1 of 3"));
    }
}
