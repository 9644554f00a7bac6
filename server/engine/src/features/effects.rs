//! What a definition does to the variables: which it primes and which it leaves unchanged, through all that it uses.

use std::{
    cell::OnceCell,
    collections::{BTreeSet, HashSet},
};

use super::{
    occurrences::{Occurrences, Role, Target},
    scope::{Meaning, Symbol, View},
};

/// The variables that a definition primes and leaves unchanged, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Effects<'a> {
    pub writes: BTreeSet<&'a str>,
    pub keeps: BTreeSet<&'a str>,
}

/// What the definitions of a document use: each is looked through when it is first asked for.
pub(crate) struct Uses<'v, 'a> {
    view: &'v View<'a>,
    /// For each symbol: the symbols that its definition mentions and how.
    by_symbol: Vec<OnceCell<Vec<(usize, Role)>>>,
}

impl<'v, 'a> Uses<'v, 'a> {
    pub(crate) fn of(view: &'v View<'a>) -> Self {
        Self { view, by_symbol: view.symbols.iter().map(|_| OnceCell::new()).collect() }
    }

    fn uses(&self, index: usize) -> &[(usize, Role)] {
        self.by_symbol[index].get_or_init(|| {
            let Symbol { unit, meaning: Meaning::Definition(_), .. } = self.view.symbols[index] else {
                return Vec::new();
            };
            let places = Occurrences::of_unit(self.view, unit).places.into_iter();
            let used = places.filter(|place| place.role != Role::Definition).filter_map(|place| match place.target {
                Target::Symbol(used) => Some((used, place.role)),
                _ => None,
            });
            used.collect()
        })
    }

    /// The effects of a symbol's definition, through everything that it uses.
    pub(crate) fn effects(&self, symbol: usize) -> Effects<'a> {
        let mut effects = Effects::default();
        let mut seen = HashSet::from([(symbol, Role::Read)]);
        let mut waiting = vec![(symbol, Role::Read)];
        while let Some((user, outer)) = waiting.pop() {
            for (used, role) in self.uses(user) {
                let role = if outer == Role::Read { *role } else { outer };
                let found = &self.view.symbols[*used];
                if found.is_variable() {
                    match role {
                        Role::Write => drop(effects.writes.insert(found.name)),
                        Role::Keep => drop(effects.keeps.insert(found.name)),
                        _ => {}
                    }
                } else if seen.insert((*used, role)) {
                    waiting.push((*used, role));
                }
            }
        }
        effects
    }

    /// The definitions that prime a variable themselves, in order of place.
    pub(crate) fn writers(&self, variable: usize) -> Vec<&'a str> {
        let writes = |index: &usize| self.uses(*index).contains(&(variable, Role::Write));
        (0..self.view.symbols.len()).filter(writes).map(|index| self.view.symbols[index].name).collect()
    }
}
