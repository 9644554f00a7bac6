//! The types of the messages that a specification builds, and those that its actions test for.

use std::collections::{BTreeMap, HashSet};

use super::{Module, calls::Calls};
use crate::{
    Document,
    diagnostic::Span,
    syntax::{
        facts::{TypeRole, TypeValue},
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
        let mut reached = calls.reached_from(next.name());
        if let Some(initial) = calls.initial {
            reached.extend(calls.reached_from(initial.name()));
        }
        for (home, definition) in module.definitions.iter().enumerate() {
            if !reached.contains(definition.name()) {
                continue;
            }
            let facts = &document.units()[definition.unit].syntax.facts;
            messages.rest_handled |= facts.other_types_handled;
            for each in &facts.types {
                let place = Use { home, span: each.span };
                match (each.role, key(module, &each.value)) {
                    (TypeRole::Built, Some(key)) => {
                        messages.built.entry(key).or_insert(place);
                    }
                    (TypeRole::Tested, Some(key)) => {
                        messages.tested.entry(key).or_insert(place);
                    }
                    (TypeRole::Built | TypeRole::Changed, None) => messages.open = true,
                    (TypeRole::Changed | TypeRole::Elsewhere, Some(key)) => {
                        messages.elsewhere.insert(key);
                    }
                    (TypeRole::Tested | TypeRole::Elsewhere, None) => {}
                }
            }
        }
        messages
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
