//! The variable that holds what a node is (its role, its state) and the graph of moves between its values.

use crate::{module::spelling::plain, syntax::tree::Name};

use super::{
    conditions::Condition,
    facts::Facts,
    operands::{Operand, PlaceOf, Slot},
    scopes::Quick,
    walk::Walk,
};

/// The roles of Raft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Role {
    Follower,
    PreCandidate,
    Candidate,
    Leader,
}

impl Role {
    /// The role that a name such as `StatePreCandidate`, `pre_candidate` or `LEADER` speaks of.
    pub(crate) fn named(name: &str) -> Option<Role> {
        let plain = plain(name);
        match plain.as_str() {
            _ if plain.len() > 24 => None,
            _ if plain.contains("precand") || plain.contains("precampaign") => Some(Role::PreCandidate),
            _ if plain.ends_with("prevote") || plain.ends_with("prevoting") => Some(Role::PreCandidate),
            _ if plain.ends_with("follower") => Some(Role::Follower),
            _ if plain.ends_with("candidate") => Some(Role::Candidate),
            _ if plain.ends_with("leader") && !plain.starts_with("no") => Some(Role::Leader),
            _ => None,
        }
    }
}

/// A step from one value of the state to another.
#[derive(Debug, Clone)]
pub(crate) struct Move {
    /// Bits of [`States::atoms`] that the guards leave.
    pub from: u64,
    /// Whether a guard says from where; else every value is left.
    pub guarded: bool,
    /// Index into [`States::atoms`].
    pub to: usize,
    pub branch: usize,
    pub effect: usize,
}

/// The state variable of a module.
pub(crate) struct States<'a> {
    pub slot: Slot<'a>,
    pub atoms: Vec<&'a str>,
    pub roles: Vec<Option<Role>>,
    /// Values that Init gives.
    pub initial: u64,
    pub moves: Vec<Move>,
    /// For each branch the values that its guards leave, by index of the node.
    masks: Vec<Vec<(u64, u64)>>,
}

impl<'a> States<'a> {
    /// Looks for the slot whose values are states; `None` where the module has none.
    pub(crate) fn find(
        init: &Facts<'a>,
        next: &Facts<'a>,
        spelled: &dyn Fn(&'a str) -> Option<Role>,
    ) -> Option<Slot<'a>> {
        let mut seen: Quick<(usize, Option<&'a str>), Vec<&'a str>> = Quick::default();
        for given in init.given.iter().chain(&next.given) {
            if let Operand::Atom(atom) = given.value {
                let atoms = seen.entry((given.slot.variable, given.slot.field)).or_default();
                if !atoms.contains(&atom) {
                    atoms.push(atom);
                }
            }
        }
        let score = |atoms: &[&'a str]| {
            let mut roles: Vec<Role> = atoms.iter().filter_map(|atom| spelled(atom)).collect();
            roles.sort_unstable();
            roles.dedup();
            (if roles.len() >= 2 { roles.len() } else { 0 }, atoms.len())
        };
        let best = seen.iter().filter(|(_, atoms)| atoms.len() >= 2).max_by_key(|((variable, field), atoms)| {
            (score(atoms), std::cmp::Reverse(*variable), std::cmp::Reverse(*field))
        })?;
        Some(Slot { variable: best.0.0, field: best.0.1 })
    }

    pub(crate) fn of(
        walk: &mut Walk,
        facts: (&Facts<'a>, &Facts<'a>),
        slot: Slot<'a>,
        spelled: &dyn Fn(&'a str) -> Option<Role>,
    ) -> Self {
        let (init, next) = facts;
        let mut atoms: Vec<&'a str> = Vec::new();
        let mut add = |atom: &'a str| {
            if atoms.len() < 64 && !atoms.contains(&atom) {
                atoms.push(atom);
            }
        };
        for given in init.given.iter().chain(&next.given).filter(|given| given.slot == slot) {
            given.value.atoms().into_iter().flatten().for_each(|atom| add(atom));
        }
        for comparison in &next.comparisons {
            if comparison.left.place().is_some_and(|place| place.slot == slot) {
                comparison.right.atoms().into_iter().flatten().for_each(|atom| add(atom));
            }
        }
        let roles = atoms.iter().map(|atom| spelled(atom)).collect();
        let mut initial = 0;
        for given in init.given.iter().filter(|given| given.slot == slot) {
            for atom in given.value.atoms().into_iter().flatten() {
                initial |= atoms.iter().position(|known| known == atom).map_or(0, |at| 1 << at);
            }
        }
        let mut states = States { slot, atoms, roles, initial, moves: Vec::new(), masks: Vec::new() };
        let mut tested = vec![false; walk.branches.len()];
        for comparison in next.comparisons.iter().filter(|comparison| comparison.source.effect.is_none()) {
            if comparison.left.place().is_some_and(|place| place.slot == slot) {
                tested[comparison.source.branch] = true;
            }
        }
        states.constrain(walk, &tested, next);
        states.read_moves(walk, next);
        states
    }

    fn all(&self) -> u64 {
        if self.atoms.len() >= 64 { u64::MAX } else { (1 << self.atoms.len()) - 1 }
    }

    /// Works out what each branch leaves of the state; a branch that leaves nothing is dead.
    fn constrain(&mut self, walk: &mut Walk, tested: &[bool], next: &Facts<'a>) {
        let mut keys: Quick<usize, Vec<u64>> = Quick::default();
        for comparison in next.comparisons.iter().filter(|comparison| comparison.source.effect.is_none()) {
            if let Some(place) = comparison.left.place().filter(|place| place.slot == self.slot) {
                let known = keys.entry(comparison.source.branch).or_default();
                if !known.contains(&place.index) {
                    known.push(place.index);
                }
            }
        }
        for (branch, tested) in tested.iter().enumerate() {
            let parent = walk.branches[branch].parent;
            let mut masks = parent.map(|parent| self.masks[parent].clone()).unwrap_or_default();
            if parent.is_some_and(|parent| walk.branches[parent].dead) {
                walk.branches[branch].dead = true;
            }
            if *tested {
                for key in keys.get(&branch).into_iter().flatten() {
                    let all = self.all();
                    let condition = walk.branches[branch].condition.as_deref();
                    let mask = condition.map_or(all, |condition| self.allowed(condition, *key));
                    let entry = match masks.iter_mut().find(|(known, _)| known == key) {
                        Some(entry) => entry,
                        None => {
                            masks.push((*key, all));
                            let last = masks.len() - 1;
                            &mut masks[last]
                        }
                    };
                    entry.1 &= mask;
                    if entry.1 == 0 {
                        walk.branches[branch].dead = true;
                    }
                }
            }
            self.masks.push(masks);
        }
    }

    fn read_moves(&mut self, walk: &Walk, next: &Facts<'a>) {
        let all = self.all();
        for given in next.given.iter().filter(|given| given.slot == self.slot) {
            let branch = walk.effects[given.effect].branch;
            if walk.branches[branch].dead {
                continue;
            }
            let Some(values) = given.value.atoms() else { continue };
            let mut from = self.mask(branch, given.index);
            if let Some(condition) = &given.condition {
                from &= self.allowed(condition, given.index);
            }
            for value in values {
                let Some(to) = self.atoms.iter().position(|atom| atom == value) else { continue };
                if from != 0 {
                    self.moves.push(Move { from, guarded: from != all, to, branch, effect: given.effect });
                }
            }
        }
    }

    /// The values that the guards of a branch leave for the node of this index.
    pub(crate) fn mask(&self, branch: usize, index: u64) -> u64 {
        let masks = &self.masks[branch];
        let exact = masks.iter().find(|(key, _)| *key == index).map(|(_, mask)| *mask);
        exact.unwrap_or(self.all())
    }

    /// Whether a branch is taken by nodes of this role alone.
    pub(crate) fn only(&self, branch: usize, role: Role) -> bool {
        let bits = self.bits(role);
        bits != 0 && self.masks[branch].iter().any(|(_, mask)| *mask & !bits == 0)
    }

    /// The role that a value stands for.
    pub(crate) fn role_of(&self, value: &Operand<'a>) -> Option<Role> {
        let Operand::Atom(atom) = value else { return None };
        self.atoms.iter().position(|known| known == atom).and_then(|at| self.roles[at])
    }

    pub(crate) fn bits(&self, role: Role) -> u64 {
        self.roles.iter().enumerate().filter(|(_, known)| **known == Some(role)).fold(0, |bits, (at, _)| bits | 1 << at)
    }

    /// The values that a condition leaves for the node of an index.
    fn allowed(&self, condition: &Condition, index: u64) -> u64 {
        let all = self.all();
        let here = |place: &PlaceOf<Name>| {
            let slot = &place.slot;
            (slot.variable, slot.field.as_deref()) == (self.slot.variable, self.slot.field)
                && (place.index == index || index == 0)
        };
        let bits = |values: &[Name]| {
            values.iter().fold(0, |bits, value| {
                bits | self.atoms.iter().position(|known| known == value).map_or(0, |at| 1 << at)
            })
        };
        match condition {
            Condition::All(demands) => demands.iter().fold(all, |mask, demand| mask & self.allowed(demand, index)),
            Condition::Any(demands) => demands.iter().fold(0, |mask, demand| mask | self.allowed(demand, index)),
            Condition::Among(place, values) if here(place) => bits(values),
            Condition::Outside(place, values) if here(place) => all & !bits(values),
            Condition::Anything | Condition::Among(..) | Condition::Outside(..) => all,
        }
    }
}
