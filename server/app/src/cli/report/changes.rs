//! Two runs compared: what became of each clause and of the findings since an older one.

use std::collections::HashMap;

use tla_contract_engine::contract::Verdict;

use super::{
    matrix::{VERDICTS, common_folder},
    reply::Reply,
};
use crate::cli::{
    baseline::without_lines,
    recorded::{RecordedFile, RecordedRun, same_path},
};

/// What changed of one reply.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// The older verdicts, one for each clause of now; `None` where the older run has no such clause.
    pub(super) verdicts: Vec<Option<Verdict>>,
    /// Findings that the older run has not.
    pub(super) new: usize,
    /// Findings that only the older run has.
    pub(super) gone: usize,
}

impl Changes {
    /// How many clauses fare better and worse than before.
    pub(super) fn better_and_worse(&self, now: &Reply) -> (usize, usize) {
        let ranks =
            self.verdicts.iter().zip(&now.cells).filter_map(|(old, cell)| Some((rank((*old)?)?, rank(cell.verdict)?)));
        let ranks: Vec<(u8, u8)> = ranks.collect();
        let count = |is: fn(&&(u8, u8)) -> bool| ranks.iter().filter(is).count();
        (count(|(old, now)| now > old), count(|(old, now)| now < old))
    }
}

/// How good a verdict is; `None` where nothing was checked.
fn rank(verdict: Verdict) -> Option<u8> {
    match verdict {
        Verdict::Met | Verdict::Equivalent => Some(3),
        Verdict::Declared => Some(2),
        Verdict::Missing => Some(1),
        Verdict::Violated => Some(0),
        Verdict::NotChecked => None,
    }
}

/// The files of an older run, found by their paths below the folder that they have in common, so that two folders of
/// replies can be compared.
pub(super) struct Older<'a> {
    by_path: HashMap<&'a str, &'a RecordedFile>,
    by_place: HashMap<&'a str, Option<&'a RecordedFile>>,
    found: usize,
}

impl<'a> Older<'a> {
    pub(super) fn of(run: &'a RecordedRun) -> Self {
        let base = common_folder(run.files.iter().map(|file| file.path.as_str()));
        let mut by_place = HashMap::new();
        for file in &run.files {
            let place = file.path.strip_prefix(base).unwrap_or(&file.path);
            // Which of two is meant can't be known.
            by_place.entry(place).and_modify(|known| *known = None).or_insert(Some(file));
        }
        Self { by_path: run.files.iter().map(|file| (same_path(&file.path), file)).collect(), by_place, found: 0 }
    }

    /// What changed of a reply since; `None` if the older run has it not.
    pub(super) fn changes(&mut self, reply: &Reply, place: &str) -> Option<Changes> {
        let known = self.by_path.get(same_path(&reply.path)).copied();
        let older = known.or_else(|| self.by_place.get(place).copied().flatten())?;
        self.found += 1;
        let clauses = reply.prompt.as_ref().map_or(&[][..], |loaded| &loaded.prompt.contract().clauses);
        let verdict = |id: &str| {
            let recorded = older.verdicts.iter().find(|verdict| verdict.clause == id)?;
            VERDICTS.into_iter().find(|verdict| verdict.word() == recorded.verdict)
        };
        let mut left: HashMap<(&str, String), usize> = HashMap::new();
        for finding in &older.findings {
            *left.entry((&finding.rule, without_lines(&finding.message))).or_default() += 1;
        }
        let mut new = 0;
        for finding in &reply.findings {
            match left.get_mut(&(finding.rule, without_lines(&finding.message))) {
                Some(count) if *count > 0 => *count -= 1,
                _ => new += 1,
            }
        }
        Some(Changes {
            verdicts: clauses.iter().map(|clause| verdict(&clause.id)).collect(),
            new,
            gone: left.values().sum(),
        })
    }

    /// How many files of the older run were not asked for.
    pub(super) fn gone(&self) -> usize {
        self.by_path.len().saturating_sub(self.found)
    }
}
