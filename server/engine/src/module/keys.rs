//! What decides what a definition means: its own text, that of everything it reaches, and the declarations.

use std::hash::{Hash, Hasher};

use super::{Module, calls::Calls, hash::QuickHasher, words::Word};

/// How far a definition was looked into.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Not,
    Begun,
    /// Its key; `None` where it reaches one that reaches itself.
    Done(Option<u64>),
}

/// A number for each definition that changes whenever its own text, that of a definition it reaches, or a declaration
/// does. There is none for a definition that reaches one that reaches itself: there it matters where one begins.
pub(super) fn keys(module: &Module<'_>, calls: &Calls<'_>) -> Vec<Option<u64>> {
    let declared = declarations(module);
    let count = module.definitions.len();
    let mut looks = vec![Look::Not; count];
    let mut reaches_itself = vec![false; count];
    // A definition with the position of the callee that is looked into next.
    let mut way: Vec<(usize, usize)> = Vec::new();
    for first in 0..count {
        if looks[first] == Look::Not {
            looks[first] = Look::Begun;
            way.push((first, 0));
        }
        while let Some((index, position)) = way.last_mut() {
            let index = *index;
            if let Some(callee) = calls.callee_at(index, *position) {
                *position += 1;
                if looks[callee] == Look::Not {
                    looks[callee] = Look::Begun;
                    way.push((callee, 0));
                } else if looks[callee] == Look::Begun {
                    reaches_itself[index] = true;
                }
                continue;
            }
            way.pop();
            let key = if reaches_itself[index] { None } else { key(module, calls, index, declared, &looks) };
            looks[index] = Look::Done(key);
        }
    }
    looks.into_iter().map(|look| if let Look::Done(key) = look { key } else { None }).collect()
}

fn key(module: &Module<'_>, calls: &Calls<'_>, index: usize, declared: u64, looks: &[Look]) -> Option<u64> {
    let mut hasher = QuickHasher::default();
    (declared, module.brief(module.definitions[index]).fingerprint).hash(&mut hasher);
    for callee in calls.callees_at(index) {
        let Look::Done(Some(key)) = looks[callee] else { return None };
        key.hash(&mut hasher);
    }
    Some(hasher.finish())
}

/// The same for an expression, given the keys and all names that it hangs on, as words.
pub(super) fn key_of(module: &Module<'_>, keys: &[Option<u64>], declared: u64, names: &[Word]) -> Option<u64> {
    let mut hasher = QuickHasher::default();
    declared.hash(&mut hasher);
    for word in names {
        if let Some(index) = module.index_of_word(*word) {
            (*word, keys.get(index).copied().flatten()?).hash(&mut hasher);
        }
    }
    Some(hasher.finish())
}

/// What the definitions of a module share.
pub(super) fn declarations(module: &Module<'_>) -> u64 {
    let mut hasher = QuickHasher::default();
    module.variables.iter().for_each(|variable| variable.value.name.hash(&mut hasher));
    module.variables.len().hash(&mut hasher);
    module.constants.iter().for_each(|constant| constant.value.ident.name.hash(&mut hasher));
    module.defines_symbols().hash(&mut hasher);
    hasher.finish()
}
