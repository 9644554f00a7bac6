//! The variable that holds what a node is (its role, its state) and the graph of moves between its values.

use crate::{
    module::{Module, spelling::plain},
    syntax::tree::ExprKind,
};

use super::{
    actions::{Guard, Walk},
    facts::{Facts, demands_all},
    operands::{Operand, Place, Reader, Slot},
    scopes::{Closure, Quick, Scopes},
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
        module: &Module<'a>,
        scopes: &mut Scopes<'a>,
        source: &'a str,
        walk: &mut Walk<'a>,
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
            match &given.value {
                Operand::Atom(atom) => add(atom),
                Operand::Atoms(list) => list.iter().for_each(|atom| add(atom)),
                _ => {}
            }
        }
        for comparison in &next.comparisons {
            if comparison.left.place().is_some_and(|place| place.slot == slot) {
                match &comparison.right {
                    Operand::Atom(atom) => add(atom),
                    Operand::Atoms(list) => list.iter().for_each(|atom| add(atom)),
                    _ => {}
                }
            }
        }
        let roles = atoms.iter().map(|atom| spelled(atom)).collect();
        let mut initial = 0;
        for given in init.given.iter().filter(|given| given.slot == slot) {
            let values: &[&str] = match &given.value {
                Operand::Atom(atom) => std::slice::from_ref(atom),
                Operand::Atoms(list) => list,
                _ => &[],
            };
            for atom in values {
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
        let mut reader = Reader { module, scopes, source, at: None };
        states.constrain(&mut reader, walk, &tested, next);
        states.read_moves(&mut reader, walk, next);
        states
    }

    fn all(&self) -> u64 {
        if self.atoms.len() >= 64 { u64::MAX } else { (1 << self.atoms.len()) - 1 }
    }

    /// Works out what each branch leaves of the state; a branch that leaves nothing is dead.
    fn constrain(&mut self, reader: &mut Reader<'_, 'a>, walk: &mut Walk<'a>, tested: &[bool], next: &Facts<'a>) {
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
                    let mut mask = self.all();
                    for guard in &walk.branches[branch].guards {
                        mask &= self.allowed(reader, *guard, *key, 0);
                    }
                    let all = self.all();
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

    fn read_moves(&mut self, reader: &mut Reader<'_, 'a>, walk: &Walk<'a>, next: &Facts<'a>) {
        let all = self.all();
        for given in next.given.iter().filter(|given| given.slot == self.slot) {
            let branch = walk.effects[given.effect].branch;
            if walk.branches[branch].dead {
                continue;
            }
            let values: &[&str] = match &given.value {
                Operand::Atom(atom) => std::slice::from_ref(atom),
                Operand::Atoms(list) => list,
                _ => continue,
            };
            let mut from = self.mask(branch, given.index);
            reader.at = given.at;
            for condition in &given.conditions {
                from &= self.allowed(reader, *condition, given.index, 0);
            }
            reader.at = None;
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
    fn allowed(&self, reader: &mut Reader<'_, 'a>, guard: Guard<'a>, index: u64, depth: usize) -> u64 {
        let all = self.all();
        if depth > 10 {
            return all;
        }
        let Closure { expr, scope } = guard.test;
        let of = |reader: &mut Reader<'_, 'a>, expr, holds| {
            self.allowed(reader, Guard { test: Closure { expr, scope }, holds }, index, depth + 1)
        };
        match &expr.kind {
            ExprKind::Junction { connective, items } => {
                let demands = demands_all(*connective, &guard);
                items.iter().fold(if demands { all } else { 0 }, |mask, item| {
                    let inner = of(reader, item, guard.holds);
                    if demands { mask & inner } else { mask | inner }
                })
            }
            ExprKind::Let { items, body } => {
                let scope = reader.scopes.bind_let(scope, items);
                let guard = Guard { test: Closure { expr: body, scope }, holds: guard.holds };
                self.allowed(reader, guard, index, depth + 1)
            }
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                match (operator.name.as_str(), arguments.as_slice()) {
                    ("~", [inner]) => of(reader, inner, !guard.holds),
                    ("=>", [left, right]) if guard.holds => of(reader, left, false) | of(reader, right, true),
                    ("=" | "/=" | "\\in" | "\\notin", [left, right]) => {
                        if is_primed(left) || is_primed(right) {
                            return all;
                        }
                        let mut left = reader.operand(Closure { expr: left, scope });
                        let mut right = reader.operand(Closure { expr: right, scope });
                        if matches!(left, Operand::Atom(_)) {
                            std::mem::swap(&mut left, &mut right);
                        }
                        let here = |place: &Place<'_>| place.slot == self.slot && (place.index == index || index == 0);
                        if !left.place().is_some_and(here) {
                            return all;
                        }
                        let atoms: &[&str] = match &right {
                            Operand::Atom(atom) => std::slice::from_ref(atom),
                            Operand::Atoms(list) => list,
                            _ => return all,
                        };
                        let bits = atoms.iter().fold(0, |bits, atom| {
                            bits | self.atoms.iter().position(|known| known == atom).map_or(0, |at| 1 << at)
                        });
                        let positive = matches!(operator.name.as_str(), "=" | "\\in") == guard.holds;
                        if positive { bits } else { all & !bits }
                    }
                    _ => {
                        let followed = reader.followed(guard.test);
                        if std::ptr::eq(followed.expr, expr) {
                            return all;
                        }
                        self.allowed(reader, Guard { test: followed, holds: guard.holds }, index, depth + 1)
                    }
                }
            }
            _ => all,
        }
    }
}

fn is_primed(expr: &crate::syntax::tree::Expr) -> bool {
    match &expr.kind {
        ExprKind::Apply { operator, arguments, .. } => operator.name == "'" && arguments.len() == 1,
        ExprKind::Index { function, .. } => is_primed(function),
        ExprKind::Field { record, .. } => is_primed(record),
        _ => false,
    }
}
