//! What a name stands for at a place of an action: bound names, arguments and LET definitions come before the module's.

use crate::syntax::tree::{Bound, Definition, Expr, Ident, LetItem};

/// The names that are known at a place, innermost first.
pub(super) struct Scope<'e, 'a> {
    outer: Option<&'e Scope<'e, 'a>>,
    names: Vec<(&'a str, Local<'e, 'a>)>,
    /// The definition of the module that the place lies in; an index of `Module::definitions`.
    pub home: usize,
    /// How many scopes lie around this one.
    depth: usize,
    /// Whether this scope or one around it has an argument that can matter to the next state.
    has_arguments: bool,
}

#[derive(Clone, Copy)]
enum Local<'e, 'a> {
    /// A bound name, or an argument that says nothing about the next state.
    Value,
    Argument(&'a Expr, &'e Scope<'e, 'a>),
    Definition(&'a Definition),
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
        Self { outer: None, names: Vec::new(), home, depth: 0, has_arguments: false }
    }

    /// The scope of a definition's body, still without its parameters. `place` is where the definition stands: the
    /// top of a definition of the module, or the scope of a LET.
    pub(super) fn called(place: Place<'e, 'a>, caller: &Scope<'_, 'a>) -> Self {
        let (outer, home) = match place {
            Place::Module(home) => (None, home),
            Place::Let(outer) => (Some(outer), outer.home),
        };
        let has_arguments = outer.is_some_and(|outer| outer.has_arguments);
        Self { outer, names: Vec::new(), home, depth: caller.depth + 1, has_arguments }
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
        Self::with_values(outer, bounds.iter().flat_map(|bound| &bound.names))
    }

    pub(super) fn with_values(outer: &'e Scope<'e, 'a>, names: impl Iterator<Item = &'a Ident>) -> Self {
        let names = names.map(|ident| (ident.name.as_str(), Local::Value)).collect();
        Self { outer: Some(outer), names, home: outer.home, depth: outer.depth + 1, has_arguments: outer.has_arguments }
    }

    pub(super) fn with_definitions(outer: &'e Scope<'e, 'a>, items: &'a [LetItem]) -> Self {
        let names = items
            .iter()
            .filter_map(|item| match item {
                LetItem::Definition(definition) => {
                    Some((definition.ident.name.as_str(), Local::Definition(definition)))
                }
                LetItem::Recursive(_) => None,
            })
            .collect();
        Self { outer: Some(outer), names, home: outer.home, depth: outer.depth + 1, has_arguments: outer.has_arguments }
    }

    pub(super) fn value(&mut self, name: &'a str) {
        self.names.push((name, Local::Value));
    }

    pub(super) fn argument(&mut self, name: &'a str, argument: &'a Expr, caller: &'e Scope<'e, 'a>) {
        self.names.push((name, Local::Argument(argument, caller)));
        self.has_arguments = true;
    }

    pub(super) fn find(&'e self, name: &str) -> Option<Found<'e, 'a>> {
        let mut scope = self;
        loop {
            if let Some((_, local)) = scope.names.iter().rev().find(|(local, _)| *local == name) {
                return Some(match local {
                    Local::Value => Found::Value,
                    Local::Argument(argument, caller) => Found::Argument(argument, caller),
                    Local::Definition(definition) => Found::Definition(definition, scope),
                });
            }
            scope = scope.outer?;
        }
    }
}
