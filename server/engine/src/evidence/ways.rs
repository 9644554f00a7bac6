//! Which branches of Next lie on one way through it, told without going up and down the ways each time.

/// The places of all branches in an order in which each stands before those that lie in it, and these stand together.
pub(super) struct Ways {
    /// For each branch the one that it lies in.
    parents: Vec<Option<usize>>,
    /// For each branch its place.
    place: Vec<u32>,
    /// For each branch the place behind the last branch that lies in it.
    end: Vec<u32>,
}

/// Some branches of Next.
#[derive(Clone)]
pub(super) struct Marked<'w> {
    ways: &'w Ways,
    /// In order.
    places: Vec<u32>,
    /// For each of them the furthest end of those up to it.
    reach: Vec<u32>,
}

impl Ways {
    /// The ways of branches, given the one that each lies in; that one comes first.
    pub(super) fn of(parents: Vec<Option<usize>>) -> Self {
        let mut sizes = vec![1u32; parents.len()];
        for (branch, parent) in parents.iter().enumerate().rev() {
            if let Some(parent) = parent {
                sizes[*parent] += sizes[branch];
            }
        }
        let mut place = vec![0; parents.len()];
        // Where the next branch that lies in a branch stands; the last entry is for those that lie in none.
        let mut free = vec![0; parents.len() + 1];
        for (branch, parent) in parents.iter().enumerate() {
            let home = parent.unwrap_or(parents.len());
            place[branch] = free[home];
            free[home] += sizes[branch];
            free[branch] = place[branch] + 1;
        }
        let end = place.iter().zip(&sizes).map(|(place, size)| place + size).collect();
        Self { parents, place, end }
    }

    /// Whether two branches lie on one way.
    pub(super) fn together(&self, one: usize, other: usize) -> bool {
        self.holds(one, other) || self.holds(other, one)
    }

    /// Whether a branch is another one or holds it.
    pub(super) fn holds(&self, branch: usize, other: usize) -> bool {
        (self.place[branch]..self.end[branch]).contains(&self.place[other])
    }

    /// For each branch the least of the numbers that stand at branches which lie on one way with it.
    pub(super) fn first_with(&self, numbers: impl Iterator<Item = (usize, usize)>) -> Vec<Option<usize>> {
        const NONE: usize = usize::MAX;
        let mut above = vec![NONE; self.parents.len()];
        for (branch, number) in numbers {
            above[branch] = above[branch].min(number);
        }
        let mut beneath = above.clone();
        for (branch, parent) in self.parents.iter().enumerate().rev() {
            if let Some(parent) = parent {
                beneath[*parent] = beneath[*parent].min(beneath[branch]);
            }
        }
        for (branch, parent) in self.parents.iter().enumerate() {
            above[branch] = above[branch].min(parent.map_or(NONE, |parent| above[parent]));
        }
        let first = above.into_iter().zip(beneath).map(|(above, beneath)| above.min(beneath));
        first.map(|first| (first != NONE).then_some(first)).collect()
    }

    pub(super) fn marked(&self, branches: impl IntoIterator<Item = usize>) -> Marked<'_> {
        let mut marked: Vec<(u32, u32)> =
            branches.into_iter().map(|branch| (self.place[branch], self.end[branch])).collect();
        marked.sort_unstable();
        marked.dedup();
        let furthest = |reach: &mut u32, end: &u32| {
            *reach = (*reach).max(*end);
            Some(*reach)
        };
        Marked {
            ways: self,
            places: marked.iter().map(|(place, _)| *place).collect(),
            reach: marked.iter().map(|(_, end)| end).scan(0, furthest).collect(),
        }
    }
}

impl Marked<'_> {
    /// Whether one of them is a branch or holds it.
    pub(super) fn above(&self, branch: usize) -> bool {
        let place = self.ways.place[branch];
        let before = self.places.partition_point(|marked| *marked <= place);
        before > 0 && self.reach[before - 1] > place
    }

    /// Whether one of them is a branch or lies in it.
    pub(super) fn beneath(&self, branch: usize) -> bool {
        self.any_in(self.ways.place[branch], self.ways.end[branch])
    }

    /// Whether one of them lies in a branch and is not the branch itself.
    pub(super) fn inside(&self, branch: usize) -> bool {
        self.any_in(self.ways.place[branch] + 1, self.ways.end[branch])
    }

    /// Whether one of them lies on one way with a branch.
    pub(super) fn with(&self, branch: usize) -> bool {
        self.above(branch) || self.beneath(branch)
    }

    fn any_in(&self, start: u32, end: u32) -> bool {
        let first = self.places.partition_point(|marked| *marked < start);
        self.places.get(first).is_some_and(|place| *place < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two ways that part at the top, the second parted again, told in an order that is not that of the places.
    const PARENTS: [Option<usize>; 6] = [None, Some(0), Some(0), Some(1), Some(2), Some(2)];

    fn chain(branch: usize) -> Vec<usize> {
        std::iter::successors(Some(branch), |branch| PARENTS[*branch]).collect()
    }

    #[test]
    fn what_lies_on_one_way_is_what_going_up_the_ways_finds() {
        let ways = Ways::of(PARENTS.to_vec());
        let branches = 0..PARENTS.len();
        for set in 0..1usize << PARENTS.len() {
            let chosen: Vec<usize> = branches.clone().filter(|branch| set & (1 << branch) != 0).collect();
            let marked = ways.marked(chosen.iter().copied());
            // The numbers fall with the branches, so that the last of the chosen has the least.
            let first = ways.first_with(chosen.iter().map(|branch| (*branch, 9 - branch)));
            for branch in branches.clone() {
                let least = chosen.iter().filter(|one| ways.together(**one, branch)).map(|one| 9 - one).min();
                assert_eq!(first[branch], least, "{chosen:?} {branch}");
                let above = chain(branch).iter().any(|above| chosen.contains(above));
                let beneath = chosen.iter().any(|one| chain(*one).contains(&branch));
                assert_eq!((marked.above(branch), marked.beneath(branch)), (above, beneath), "{chosen:?} {branch}");
                assert_eq!(marked.with(branch), above || beneath);
                let inside = chosen.iter().any(|one| *one != branch && chain(*one).contains(&branch));
                assert_eq!(marked.inside(branch), inside, "{chosen:?} {branch}");
                let together = |one: &usize| chain(*one).contains(&branch) || chain(branch).contains(one);
                assert!(branches.clone().all(|one| ways.together(one, branch) == together(&one)));
            }
        }
    }
}
