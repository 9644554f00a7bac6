//! The types of the messages that a specification builds, and those that its actions test for.

use std::collections::{BTreeMap, HashSet};

use super::{
    Module,
    calls::Calls,
    register::{Trait, TypeNumber, Written},
};
use crate::{
    Document,
    diagnostic::Span,
    syntax::{
        facts::{TypeRole, TypeUse, TypeValue},
        tree::ExprKind,
    },
};

/// A message type at the place of its first use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Use {
    /// The definition it stands in; an index of `Module::definitions`.
    pub home: usize,
    pub span: Span,
}

/// What Next and Init do with message types, by the type's string or, for constants, its name.
#[derive(Debug, Default)]
pub(crate) struct Messages<'a> {
    /// Types of the records that are built as messages.
    pub built: BTreeMap<&'a str, Use>,
    /// Types that a field of a message is compared with.
    pub tested: BTreeMap<&'a str, Use>,
    /// Types that stand elsewhere, as an argument for example; they may be built and tested.
    pub elsewhere: HashSet<&'a str>,
    /// Whether a message can have a type that can't be told from the text.
    pub open: bool,
    /// Whether some test of a type goes on with what to do for every other type.
    pub rest_handled: bool,
}

impl<'a> Messages<'a> {
    pub(crate) fn of(document: &'a Document, module: &Module<'a>, calls: &Calls<'a>) -> Self {
        let mut messages = Self::default();
        let (Some(next), false) = (calls.next, module.variables.is_empty()) else { return messages };
        let initial = calls.initial.and_then(|initial| module.index_of(initial.name()));
        let reached = calls.reached(module.index_of(next.name()).into_iter().chain(initial));
        let register = &module.register;
        // Of each name which roles it was met in, as a text and as a name.
        let mut met = vec![0_u8; 2 * register.words.len()];
        for (home, definition) in module.definitions.iter().enumerate() {
            let brief = module.brief(*definition);
            let first = brief.defines.and_then(|name| module.index_of_word(name));
            if !first.is_some_and(|first| reached[first]) {
                continue;
            }
            messages.rest_handled |= brief.has(Trait::OtherTypes);
            for (place, number) in register.types.at(definition.unit).iter().enumerate() {
                let number = TypeNumber::of(*number);
                let role = 1 << number.role() as u8;
                let known = match number.written() {
                    Written::Text(word) => &mut met[2 * word as usize],
                    Written::Named(word) => &mut met[2 * word as usize + 1],
                    Written::Unknown => &mut 0,
                };
                if *known & role == 0 {
                    *known |= role;
                    let facts = &document.units()[definition.unit].syntax.facts;
                    messages.add(module, home, &facts.types[place]);
                }
            }
        }
        messages
    }

    fn add(&mut self, module: &Module<'a>, home: usize, used: &'a TypeUse) {
        let place = Use { home, span: used.span };
        match (used.role, key(module, &used.value)) {
            (TypeRole::Built, Some(key)) => {
                self.built.entry(key).or_insert(place);
            }
            (TypeRole::Tested, Some(key)) => {
                self.tested.entry(key).or_insert(place);
            }
            (TypeRole::Built | TypeRole::Changed, None) => self.open = true,
            (TypeRole::Changed | TypeRole::Elsewhere, Some(key)) => {
                self.elsewhere.insert(key);
            }
            (TypeRole::Tested | TypeRole::Elsewhere, None) => {}
        }
    }
}

/// The type that a value names: a string, a constant, or a definition that is one.
pub(crate) fn key<'a>(module: &Module<'a>, value: &'a TypeValue) -> Option<&'a str> {
    match value {
        TypeValue::Text(text) => Some(text),
        TypeValue::Unknown => None,
        TypeValue::Named(name) => match module.definition(name) {
            Some(definition) if definition.value.parameters.is_empty() => match &definition.body()?.kind {
                ExprKind::Str(text) => Some(text.as_str()),
                _ => None,
            },
            Some(_) => None,
            None => module.is_constant(name).then_some(name.as_str()),
        },
    }
}
