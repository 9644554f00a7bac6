//! What a definition does to the variables: which it primes and which it leaves unchanged, through all that it uses.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{
    occurrences::{Occurrences, Role, Target},
    scope::View,
};

/// The variables that a definition primes and leaves unchanged, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Effects<'a> {
    pub writes: BTreeSet<&'a str>,
    pub keeps: BTreeSet<&'a str>,
}

/// Every use of the symbols of a document, by the symbol whose definition it stands in.
pub(crate) struct Uses {
    /// For each symbol: what it mentions and how.
    by_symbol: HashMap<usize, Vec<(usize, Role)>>,
}

impl Uses {
    pub(crate) fn of(view: &View<'_>, occurrences: &Occurrences<'_>) -> Self {
        let in_unit: HashMap<usize, usize> = view
            .symbols
            .iter()
            .enumerate()
            .filter(|(_, symbol)| symbol.definition().is_some())
            .map(|(index, symbol)| (symbol.unit, index))
            .collect();
        let mut by_symbol: HashMap<usize, Vec<(usize, Role)>> = HashMap::new();
        for place in &occurrences.places {
            if let (Target::Symbol(used), Some(user)) = (place.target, in_unit.get(&place.unit))
                && place.role != Role::Definition
            {
                by_symbol.entry(*user).or_default().push((used, place.role));
            }
        }
        Self { by_symbol }
    }

    /// The effects of a symbol's definition, through everything that it uses.
    pub(crate) fn effects<'a>(&self, view: &View<'a>, symbol: usize) -> Effects<'a> {
        let mut effects = Effects::default();
        let mut seen = HashSet::from([(symbol, Role::Read)]);
        let mut waiting = vec![(symbol, Role::Read)];
        while let Some((user, outer)) = waiting.pop() {
            for (used, role) in self.by_symbol.get(&user).map_or(&[][..], Vec::as_slice) {
                let role = if outer == Role::Read { *role } else { outer };
                let found = &view.symbols[*used];
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
    pub(crate) fn writers<'a>(&self, view: &View<'a>, variable: usize) -> Vec<&'a str> {
        let writes =
            |index: &usize| self.by_symbol.get(index).is_some_and(|uses| uses.contains(&(variable, Role::Write)));
        (0..view.symbols.len()).filter(writes).map(|index| view.symbols[index].name).collect()
    }
}
