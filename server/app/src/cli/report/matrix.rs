//! The matrix of replies by clauses: a sheet for each prompt, its rows grouped by folder, with rates.

use std::{
    collections::{BTreeMap, HashMap},
    path::{Component, Path},
};

use tla_contract_engine::{
    contract::{Clause, Verdict},
    diagnostic::Severity,
};

use super::{
    changes::{Changes, Older},
    reply::Reply,
};
use crate::{cli::recorded::RecordedRun, files::LoadedPrompt};

/// The verdicts from good to bad, as they are stacked in charts.
pub(super) const VERDICTS: [Verdict; 6] =
    [Verdict::Met, Verdict::Equivalent, Verdict::Declared, Verdict::Missing, Verdict::Violated, Verdict::NotChecked];

/// All replies of a run.
pub(super) struct Matrix {
    pub(super) sheets: Vec<Sheet>,
    /// Paths of an older run that this one has not.
    pub(super) gone: usize,
    pub(super) is_compared: Comparison,
}

/// Whether there is an older run beside this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Alone,
    Compared,
}

/// The replies that are held to one prompt.
pub(super) struct Sheet {
    /// `None` for the replies that are held to none.
    pub(super) prompt: Option<LoadedPrompt>,
    pub(super) groups: Vec<Group>,
    pub(super) rows: Vec<Row>,
}

/// One folder of replies: those of one model, say.
pub(super) struct Group {
    /// The folder below the one that all replies have in common.
    pub(super) name: String,
    pub(super) tally: GroupTally,
}

pub(super) struct Row {
    /// Index into the groups of the sheet.
    pub(super) group: usize,
    /// Without the folder that all replies have in common.
    pub(super) name: String,
    pub(super) reply: Reply,
    pub(super) changes: Option<Changes>,
}

/// How some replies fare together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct GroupTally {
    pub(super) replies: usize,
    pub(super) clean: usize,
    pub(super) met: usize,
    pub(super) checked: usize,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

impl GroupTally {
    fn add(&mut self, reply: &Reply) {
        let checked = || reply.cells.iter().filter(|cell| cell.verdict != Verdict::NotChecked);
        self.replies += 1;
        self.clean += usize::from(reply.is_clean());
        self.met += checked().filter(|cell| cell.verdict.is_met()).count();
        self.checked += checked().count();
        self.errors += reply.count(Severity::Error);
        self.warnings += reply.count(Severity::Warning);
    }

    /// Of the clauses that were checked, so many of a hundred are met.
    pub(super) fn met_percent(&self) -> Option<usize> {
        percent(self.met, self.checked)
    }

    /// So many of a hundred replies are without errors.
    pub(super) fn clean_percent(&self) -> Option<usize> {
        percent(self.clean, self.replies)
    }
}

/// Rounded down, so that only all is 100.
pub(super) fn percent(part: usize, whole: usize) -> Option<usize> {
    (part * 100).checked_div(whole)
}

impl Matrix {
    /// Sorts replies into sheets and groups. `depth` folders below the common one name a group; `None` takes one, or
    /// no groups at all if each would hold one reply.
    pub(super) fn of(replies: Vec<Reply>, depth: Option<usize>, older: Option<&RecordedRun>) -> Self {
        let is_compared = if older.is_some() { Comparison::Compared } else { Comparison::Alone };
        let base = common_folder(replies.iter().map(|reply| reply.path.as_str())).to_owned();
        let base = base.as_str();
        let mut changes = older.map(Older::of);
        let groups_of = |depth: usize| -> Vec<String> {
            replies.iter().map(|reply| group_name(&reply.path, base, depth)).collect()
        };
        let mut names = groups_of(depth.unwrap_or(1));
        let mut sizes: HashMap<&str, usize> = HashMap::new();
        names.iter().for_each(|name| *sizes.entry(name).or_default() += 1);
        if depth.is_none() && sizes.len() > 1 && sizes.values().all(|size| *size == 1) {
            names = groups_of(0);
        }
        let mut sheets: Vec<Sheet> = Vec::new();
        for (reply, group) in replies.into_iter().zip(names) {
            let key = reply.prompt.as_ref().map(|loaded| loaded.name.clone());
            let known =
                sheets.iter().position(|sheet| sheet.prompt.as_ref().map(|loaded| &loaded.name) == key.as_ref());
            let place = known.unwrap_or_else(|| {
                sheets.push(Sheet { prompt: reply.prompt.clone(), groups: Vec::new(), rows: Vec::new() });
                sheets.len() - 1
            });
            let name = reply.path.strip_prefix(base).unwrap_or(&reply.path).to_owned();
            let changes = changes.as_mut().and_then(|older| older.changes(&reply, &name));
            sheets[place].add(Row { group: 0, name, reply, changes }, group);
        }
        // Those that are held to a prompt come first.
        sheets.sort_by_key(|sheet| sheet.prompt.is_none());
        Self { sheets, gone: changes.map_or(0, |older| older.gone()), is_compared }
    }

    pub(super) fn tally(&self) -> GroupTally {
        let mut all = GroupTally::default();
        self.rows().for_each(|row| all.add(&row.reply));
        all
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.sheets.iter().flat_map(|sheet| &sheet.rows)
    }
}

impl Sheet {
    fn add(&mut self, mut row: Row, group: String) {
        row.group = self.groups.iter().position(|known| known.name == group).unwrap_or_else(|| {
            self.groups.push(Group { name: group, tally: GroupTally::default() });
            self.groups.len() - 1
        });
        self.groups[row.group].tally.add(&row.reply);
        self.rows.push(row);
    }

    pub(super) fn name(&self) -> &str {
        self.prompt.as_ref().map_or("no prompt", |loaded| loaded.name.as_str())
    }

    pub(super) fn clauses(&self) -> &[Clause] {
        self.prompt.as_ref().map_or(&[], |loaded| &loaded.prompt.contract().clauses)
    }

    /// How many replies have which verdict on a clause, in the order of [`VERDICTS`].
    pub(super) fn verdict_counts(&self, clause: usize) -> [usize; 6] {
        VERDICTS.map(|verdict| {
            let cells = self.rows.iter().filter_map(|row| row.reply.cells.get(clause));
            cells.filter(|cell| cell.verdict == verdict).count()
        })
    }

    /// The rules by how many findings they have, most first, with the gravest severity and the number of replies.
    pub(super) fn rule_counts(&self) -> Vec<RuleCount> {
        let mut counts: BTreeMap<&'static str, RuleCount> = BTreeMap::new();
        for row in &self.rows {
            let mut seen: Vec<&str> = Vec::new();
            for finding in &row.reply.findings {
                let count = counts.entry(finding.rule).or_insert(RuleCount {
                    rule: finding.rule,
                    severity: finding.severity,
                    findings: 0,
                    replies: 0,
                });
                count.findings += 1;
                count.severity = count.severity.min(finding.severity);
                if !seen.contains(&finding.rule) {
                    seen.push(finding.rule);
                    count.replies += 1;
                }
            }
        }
        let mut counts: Vec<RuleCount> = counts.into_values().collect();
        counts.sort_by_key(|count| std::cmp::Reverse(count.findings));
        counts
    }
}

/// How often a rule reports.
pub(super) struct RuleCount {
    pub(super) rule: &'static str,
    pub(super) severity: Severity,
    pub(super) findings: usize,
    pub(super) replies: usize,
}

/// The longest folder that all paths begin with, with its slash at the end.
pub(super) fn common_folder<'a>(paths: impl Iterator<Item = &'a str>) -> &'a str {
    let folder = |path: &'a str| path.rfind('/').map_or("", |slash| &path[..=slash]);
    paths
        .map(folder)
        .reduce(|common, folder| {
            let mut end = common.bytes().zip(folder.bytes()).take_while(|(one, other)| one == other).count();
            while !common.is_char_boundary(end) {
                end -= 1;
            }
            common[..end].rfind('/').map_or("", |slash| &common[..=slash])
        })
        .unwrap_or("")
}

fn group_name(path: &str, base: &str, depth: usize) -> String {
    let below = Path::new(path.strip_prefix(base).unwrap_or(path)).parent().unwrap_or(Path::new(""));
    let folders = below.components().filter_map(|part| match part {
        Component::Normal(name) => name.to_str(),
        _ => None,
    });
    let folders: Vec<&str> = folders.take(depth).collect();
    folders.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(paths: &[&str], depth: Option<usize>) -> Vec<(String, usize)> {
        let reply = |path: &&str| Reply {
            path: (*path).to_owned(),
            module: None,
            prompt: None,
            cells: Vec::new(),
            findings: Vec::new(),
            lines: BTreeMap::new(),
            problem: None,
        };
        let matrix = Matrix::of(paths.iter().map(reply).collect(), depth, None);
        matrix.sheets[0].groups.iter().map(|group| (group.name.clone(), group.tally.replies)).collect()
    }

    #[test]
    fn replies_are_grouped_by_the_folder_below_the_one_they_share() {
        let paths = ["./r/big/1/m.tla", "./r/big/2/m.tla", "./r/small/1/m.tla", "./r/m.tla"];
        let expected = [("big", 2), ("small", 1), ("", 1)].map(|(name, size)| (name.to_owned(), size));
        assert_eq!(groups(&paths, None), expected);
        assert_eq!(groups(&paths, Some(2))[0], ("big/1".to_owned(), 1));
    }

    #[test]
    fn folders_of_one_reply_each_are_no_groups() {
        assert_eq!(groups(&["r/1/m.tla", "r/2/m.tla"], None), [(String::new(), 2)]);
        assert_eq!(groups(&["m.tla"], None), [(String::new(), 1)]);
    }

    #[test]
    fn the_common_folder_is_a_whole_folder() {
        assert_eq!(common_folder(["a/bc/x", "a/bd/x"].into_iter()), "a/");
        assert_eq!(common_folder(["é/x", "è/x"].into_iter()), "");
        assert_eq!(common_folder(std::iter::empty()), "");
    }
}
