//! What a name stands for at a place of an action: bound names, arguments and LET definitions come before the module's.

use crate::syntax::tree::{Bound, Declared, Definition, Expr, Ident, LetItem};

/// The names that are known at a place, innermost first.
pub(super) struct Scope<'e, 'a> {
    outer: Option<&'e Scope<'e, 'a>>,
    names: Names<'e, 'a>,
    /// The definition of the module that the place lies in; an index of `Module::definitions`.
    pub home: usize,
    /// How many scopes lie around this one.
    depth: usize,
    /// Whether this scope or one around it has an argument that can matter to the next state.
    has_arguments: bool,
}

/// The names of one scope, where they stand in the tree.
#[derive(Clone, Copy)]
enum Names<'e, 'a> {
    None,
    Bounds(&'a [Bound]),
    Lambda(&'a [Ident]),
    Definitions(&'a [LetItem]),
    Parameters(&'a [Declared], Option<Given<'e, 'a>>),
}

/// What a call hands over.
#[derive(Clone, Copy)]
pub(super) struct Given<'e, 'a> {
    pub arguments: &'a [Expr],
    pub caller: &'e Scope<'e, 'a>,
    /// Which of the arguments can matter to the next state.
    pub telling: Telling,
}

/// Which of several arguments can matter to the next state; all from the 128th on are one.
#[derive(Clone, Copy, Default)]
pub(super) struct Telling(u128);

impl Telling {
    pub(super) fn add(&mut self, argument: usize) {
        self.0 |= 1 << argument.min(127);
    }

    fn has(self, argument: usize) -> bool {
        self.0 & 1 << argument.min(127) != 0
    }
}

/// What a name stands for, as far as the scopes know.
pub(super) enum Found<'e, 'a> {
    Value,
    /// A parameter, with the argument that the call gave it.
    Argument(&'a Expr, &'e Scope<'e, 'a>),
    /// A LET definition, with the scope that it stands in.
    Definition(&'a Definition, &'e Scope<'e, 'a>),
}

/// Where a definition stands.
#[derive(Clone, Copy)]
pub(super) enum Place<'e, 'a> {
    /// In the module, at this index of `Module::definitions`.
    Module(usize),
    Let(&'e Scope<'e, 'a>),
}

/// Scopes nested deeper than this are not followed.
pub(super) const DEPTH_LIMIT: usize = 120;

impl<'e, 'a> Scope<'e, 'a> {
    /// The scope at the top of a definition of the module.
    pub(super) fn top(home: usize) -> Self {
        Self { outer: None, names: Names::None, home, depth: 0, has_arguments: false }
    }

    /// The scope of a definition's body, still without its parameters. `place` is where the definition stands: the
    /// top of a definition of the module, or the scope of a LET.
    pub(super) fn called(place: Place<'e, 'a>, caller: &Scope<'_, 'a>) -> Self {
        let (outer, home) = match place {
            Place::Module(home) => (None, home),
            Place::Let(outer) => (Some(outer), outer.home),
        };
        let has_arguments = outer.is_some_and(|outer| outer.has_arguments);
        Self { outer, names: Names::None, home, depth: caller.depth + 1, has_arguments }
    }

    /// The scope with parameters that are values.
    pub(super) fn taking(self, parameters: &'a [Declared]) -> Self {
        Self { names: Names::Parameters(parameters, None), ..self }
    }

    /// The scope with parameters that stand for what a call hands over, as far as it can matter.
    pub(super) fn given(self, parameters: &'a [Declared], given: Given<'e, 'a>) -> Self {
        let has_arguments = self.has_arguments || given.telling.0 != 0;
        Self { names: Names::Parameters(parameters, Some(given)), has_arguments, ..self }
    }

    /// Whether what is said here can depend on what a call handed over.
    pub(super) fn has_arguments(&self) -> bool {
        self.has_arguments
    }

    /// How many scopes lie around this one.
    pub(super) fn depth(&self) -> usize {
        self.depth
    }

    pub(super) fn is_too_deep(&self) -> bool {
        self.depth > DEPTH_LIMIT
    }

    pub(super) fn with_bounds(outer: &'e Scope<'e, 'a>, bounds: &'a [Bound]) -> Self {
        Self::within(outer, Names::Bounds(bounds))
    }

    pub(super) fn with_values(outer: &'e Scope<'e, 'a>, names: &'a [Ident]) -> Self {
        Self::within(outer, Names::Lambda(names))
    }

    pub(super) fn with_definitions(outer: &'e Scope<'e, 'a>, items: &'a [LetItem]) -> Self {
        Self::within(outer, Names::Definitions(items))
    }

    fn within(outer: &'e Scope<'e, 'a>, names: Names<'e, 'a>) -> Self {
        Self { outer: Some(outer), names, home: outer.home, depth: outer.depth + 1, has_arguments: outer.has_arguments }
    }

    pub(super) fn find(&'e self, name: &str) -> Option<Found<'e, 'a>> {
        let mut scope = self;
        loop {
            if let Some(found) = scope.find_here(name) {
                return Some(found);
            }
            scope = scope.outer?;
        }
    }

    /// Of several of one name the last.
    fn find_here(&'e self, name: &str) -> Option<Found<'e, 'a>> {
        let is_it = |ident: &Ident| ident.name == name;
        match self.names {
            Names::None => None,
            Names::Bounds(bounds) => bounds.iter().any(|bound| bound.names.iter().any(is_it)).then_some(Found::Value),
            Names::Lambda(names) => names.iter().any(is_it).then_some(Found::Value),
            Names::Definitions(items) => items.iter().rev().find_map(|item| match item {
                LetItem::Definition(definition) if is_it(&definition.ident) => {
                    Some(Found::Definition(definition, self))
                }
                _ => None,
            }),
            Names::Parameters(parameters, given) => {
                let index = parameters.iter().rposition(|parameter| is_it(&parameter.ident))?;
                let given = given.filter(|given| given.telling.has(index));
                Some(given.map_or(Found::Value, |given| Found::Argument(&given.arguments[index], given.caller)))
            }
        }
    }
}
