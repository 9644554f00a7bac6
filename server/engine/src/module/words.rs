//! Names as small numbers, so that what all units say can be gone through without looking at a letter.

use super::hash::QuickMap;
use crate::syntax::tree::Name;

/// The number of a name among [`Words`].
pub(crate) type Word = u32;

/// Names with a number each, counted from 0 in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    numbers: QuickMap<Name, Word>,
    names: Vec<Name>,
}

impl Words {
    pub(crate) fn get(&self, name: &str) -> Option<Word> {
        self.numbers.get(name).copied()
    }

    pub(crate) fn name(&self, word: Word) -> &Name {
        &self.names[word as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// The number of a name, which is a new one where the name is new.
    pub(super) fn add(&mut self, name: &Name) -> Word {
        if let Some(known) = self.get(name) {
            return known;
        }
        let word = number(self.names.len());
        self.names.push(name.clone());
        self.numbers.insert(name.clone(), word);
        word
    }
}

/// One list of numbers for each unit, all of them end to end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists {
    ends: Vec<u32>,
    all: Vec<u32>,
}

impl Lists {
    /// The list of the unit at an index.
    pub(crate) fn at(&self, index: usize) -> &[u32] {
        &self.all[self.start(index)..self.ends[index] as usize]
    }

    /// The lists of all units as one.
    pub(crate) fn whole(&self) -> &[u32] {
        &self.all
    }

    fn start(&self, index: usize) -> usize {
        index.checked_sub(1).map_or(0, |before| self.ends[before] as usize)
    }

    /// Adds the list of one unit more.
    pub(super) fn push(&mut self, list: impl IntoIterator<Item = u32>) {
        self.all.extend(list);
        self.ends.push(number(self.all.len()));
    }

    /// Puts other lists in place of those of some units.
    pub(super) fn replace(&mut self, units: std::ops::Range<usize>, with: &Self) {
        let (from, to) = (self.start(units.start), self.start(units.end));
        self.all.splice(from..to, with.all.iter().copied());
        let (gone, come) = (number(to - from), number(with.all.len()));
        for end in &mut self.ends[units.end..] {
            *end = *end - gone + come;
        }
        self.ends.splice(units, with.ends.iter().map(|end| end + number(from)));
    }
}

/// A count of what a text holds: texts are read up to a size that leaves all counts far below the limit.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(lists: &[&[u32]]) -> Lists {
        let mut made = Lists::default();
        lists.iter().for_each(|list| made.push(list.iter().copied()));
        made
    }

    fn shown(lists: &Lists) -> Vec<Vec<u32>> {
        (0..lists.ends.len()).map(|index| lists.at(index).to_vec()).collect()
    }

    #[test]
    fn lists_are_replaced_in_their_place() {
        let mut known = lists(&[&[1, 2], &[], &[3], &[4, 5]]);
        known.replace(1..3, &lists(&[&[7, 8, 9]]));
        assert_eq!(shown(&known), [vec![1, 2], vec![7, 8, 9], vec![4, 5]]);
        known.replace(0..0, &lists(&[&[6], &[]]));
        assert_eq!(shown(&known), [vec![6], vec![], vec![1, 2], vec![7, 8, 9], vec![4, 5]]);
        known.replace(2..5, &Lists::default());
        assert_eq!(shown(&known), [vec![6], vec![]]);
    }

    #[test]
    fn a_name_keeps_its_number() {
        let mut words = Words::default();
        let numbers: Vec<Word> = ["a", "b", "a"].iter().map(|name| words.add(&Name::new(name))).collect();
        assert_eq!(numbers, [0, 1, 0]);
        assert_eq!((words.get("b"), words.get("c"), words.name(0).as_str()), (Some(1), None, "a"));
    }
}
