//! What decides what an action says where it is called: its text and that of all it reaches, and what comes in.

use std::hash::{Hash, Hasher};

use crate::{
    module::{Module, hash::QuickHasher},
    syntax::tree::{Body, Expr, ExprKind},
};

use super::{
    actions::{Equals, Offer},
    scopes::{Binding, Closure, Meaning, Scopes},
};

/// How far what comes in is followed.
const DEPTH_LIMIT: usize = 8;

/// Where an action is looked at.
pub(super) struct Looked<'l, 'a> {
    pub module: &'l Module<'a>,
    /// For each definition a number that changes with its text and that of all it reaches.
    pub keys: &'l [Option<u64>],
    pub scopes: &'l Scopes<'a>,
    pub source: &'a str,
    /// Changes with the definitions of names that are defined more than once.
    pub twins: u64,
}

/// A number that changes with the definitions of all names that are defined more than once.
pub(super) fn twins(module: &Module<'_>, scopes: &Scopes<'_>) -> u64 {
    scopes.all_twins().fold(0, |sum: u64, (name, twins)| {
        let mut hasher = QuickHasher::default();
        name.hash(&mut hasher);
        for twin in twins {
            module.units[module.definitions[*twin].unit].syntax.fingerprint.hash(&mut hasher);
        }
        sum.wrapping_add(hasher.finish())
    })
}

impl<'a> Looked<'_, 'a> {
    /// A number that changes with all that decides what an action says; `None` where that can't be told.
    pub(super) fn key(&self, offer: &Offer<'a>, equals: Equals) -> Option<u64> {
        let ExprKind::Apply { arguments, .. } = &offer.call.expr.kind else { return None };
        if !self.scopes.twins(self.module.definitions[offer.definition].name()).is_empty() {
            return None;
        }
        let mut hasher = QuickHasher::default();
        (self.keys[offer.definition]?, self.twins, equals == Equals::Assigns).hash(&mut hasher);
        for called in &offer.stack {
            let definition = called.definition?;
            self.module.definitions[definition].name().hash(&mut hasher);
        }
        // What only offers actions may be said to write what they do, at the place where it calls them.
        if offer.stack.len() > 1 {
            self.place(offer.call, &mut hasher);
        }
        arguments.len().hash(&mut hasher);
        for argument in arguments {
            self.take(Closure { expr: argument, scope: offer.call.scope }, 0, &mut hasher)?;
        }
        Some(hasher.finish())
    }

    /// The unit that an expression stands in, and where.
    fn place(&self, closure: Closure<'a>, hasher: &mut QuickHasher) {
        let home = self.module.definitions[self.scopes.within(closure.scope)];
        (home.name(), closure.expr.span.start, closure.expr.span.end).hash(hasher);
        self.module.units[home.unit].syntax.fingerprint.hash(hasher);
    }

    /// What an expression means that comes in.
    fn take(&self, closure: Closure<'a>, depth: usize, hasher: &mut QuickHasher) -> Option<()> {
        if depth > DEPTH_LIMIT {
            return None;
        }
        let Closure { expr, scope } = closure;
        let span = self.scopes.span(closure);
        self.source.get(span.start..span.end)?.hash(hasher);
        // What is no name may hold what is found at its place.
        if expr.as_name().is_none() {
            self.place(closure, hasher);
        }
        let mut names: Vec<&'a str> = Vec::new();
        expr.walk(&mut |inner: &'a Expr| {
            if let ExprKind::Apply { operator, .. } = &inner.kind
                && !names.contains(&operator.name.as_str())
            {
                names.push(&operator.name);
            }
        });
        names.into_iter().try_for_each(|name| self.meaning(name, scope, depth, hasher))
    }

    fn meaning(&self, name: &str, scope: usize, depth: usize, hasher: &mut QuickHasher) -> Option<()> {
        match self.scopes.meaning(name, scope) {
            Meaning::Bound(binding, home) => {
                self.scopes.mark(home).hash(hasher);
                match binding {
                    Binding::Value(value) => self.take(value, depth + 1, hasher),
                    Binding::Element(Some(set)) => self.take(set, depth + 1, hasher),
                    Binding::Element(None) => Some(()),
                    Binding::Local(definition, home) => match &definition.body {
                        Body::Expression(body) => {
                            let body = Closure { expr: body, scope: home };
                            self.place(body, hasher);
                            self.take(body, depth + 1, hasher)
                        }
                        Body::Instance(_) => None,
                    },
                }
            }
            Meaning::Definition(index) => {
                self.keys[index]?.hash(hasher);
                Some(())
            }
            Meaning::Variable(index) => {
                index.hash(hasher);
                Some(())
            }
            Meaning::Constant => {
                "CONSTANT".hash(hasher);
                Some(())
            }
            Meaning::Other => Some(()),
        }
    }
}
