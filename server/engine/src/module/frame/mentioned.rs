//! The variables that an expression mentions, through everything it calls.

use super::{
    effect::{Evaluator, Meaning},
    scope::{Found, Place, Scope},
    variables::VariableSet,
};
use crate::syntax::tree::{Body, Definition, Expr, ExprKind};

/// The variables that an expression mentions, through everything it calls.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mentioned {
    pub any: VariableSet,
    /// Those under a prime or UNCHANGED.
    pub primed: VariableSet,
    /// Whether a bound name or a parameter stands under a prime.
    pub primes_value: bool,
    /// Whether an operator of a named instance is among them, which may speak of any variable.
    pub foreign: bool,
}

impl Mentioned {
    fn add(&mut self, other: Self) {
        self.any |= other.any;
        self.primed |= other.primed;
        self.primes_value |= other.primes_value;
        self.foreign |= other.foreign;
    }
}

impl<'a> Evaluator<'_, 'a> {
    /// The variables that an expression mentions, through everything it calls.
    pub(super) fn mentioned(&mut self, expression: &'a Expr, scope: &Scope<'_, 'a>) -> Mentioned {
        let mut sum = Mentioned::default();
        if self.is_too_deep(scope) || self.budget == 0 {
            return sum;
        }
        self.budget -= 1;
        match &expression.kind {
            ExprKind::Apply { path, operator, arguments } => {
                for argument in path.iter().flat_map(|part| &part.arguments).chain(arguments) {
                    sum.add(self.mentioned(argument, scope));
                }
                if !path.is_empty() {
                    return Mentioned { foreign: true, ..sum };
                }
                match operator.name.as_str() {
                    "'" | "UNCHANGED" => {
                        sum.primes_value |= self.has_values(arguments, scope);
                        Mentioned { primed: sum.any, ..sum }
                    }
                    "ENABLED" => Mentioned { primed: VariableSet::EMPTY, ..sum },
                    name => {
                        let own = self.mentioned_by_name(name, scope);
                        if own.primes_value {
                            sum.primed |= sum.any;
                        }
                        sum.any |= own.any;
                        sum.primed |= own.primed;
                        sum.foreign |= own.foreign;
                        sum
                    }
                }
            }
            ExprKind::Quantifier { bounds, body, .. }
            | ExprKind::Function { bounds, body }
            | ExprKind::Map { body, bounds } => {
                bounds
                    .iter()
                    .filter_map(|bound| bound.set.as_ref())
                    .for_each(|set| sum.add(self.mentioned(set, scope)));
                sum.add(self.mentioned(body, &Scope::with_bounds(scope, bounds)));
                sum
            }
            ExprKind::Choose { bound, body } | ExprKind::Filter { bound, body } => {
                bound.set.iter().for_each(|set| sum.add(self.mentioned(set, scope)));
                sum.add(self.mentioned(body, &Scope::with_bounds(scope, std::slice::from_ref(bound))));
                sum
            }
            ExprKind::Lambda { parameters, body } => self.mentioned(body, &Scope::with_values(scope, parameters)),
            ExprKind::Let { items, body } => {
                let inner = Scope::with_definitions(scope, items);
                self.mentioned(body, &inner)
            }
            _ => {
                expression.children(&mut |child| sum.add(self.mentioned(child, scope)));
                sum
            }
        }
    }

    /// Whether a bound name or a parameter stands among the names of expressions.
    fn has_values(&mut self, expressions: &'a [Expr], scope: &Scope<'_, 'a>) -> bool {
        let mut found = false;
        for expression in expressions {
            expression.walk(&mut |inner| {
                found |= inner.as_name().is_some_and(|name| matches!(scope.find(&name.name), Some(Found::Value)));
            });
        }
        found
    }

    fn mentioned_by_name(&mut self, name: &str, scope: &Scope<'_, 'a>) -> Mentioned {
        match self.meaning(name, scope) {
            Meaning::Value | Meaning::Unknown => Mentioned::default(),
            Meaning::Variable(index) => Mentioned { any: VariableSet::one(index), ..Mentioned::default() },
            Meaning::Argument(argument, caller) => self.mentioned(argument, caller),
            Meaning::Definition(definition, place) => self.mentioned_by_definition(definition, place, scope),
        }
    }

    fn mentioned_by_definition(
        &mut self,
        definition: &'a Definition,
        place: Place<'_, 'a>,
        scope: &Scope<'_, 'a>,
    ) -> Mentioned {
        let key = std::ptr::from_ref(definition);
        if let Some(mentioned) = self.mentioned.get(&key) {
            return *mentioned;
        }
        let Body::Expression(body) = &definition.body else { return Mentioned::default() };
        if self.following.contains(&key) {
            return Mentioned::default();
        }
        self.following.push(key);
        let before = self.budget;
        let inner = Scope::called(place, scope).taking(&definition.parameters);
        let inner = Scope::with_bounds(&inner, &definition.bounds);
        let mut mentioned = self.mentioned(body, &inner);
        for set in definition.bounds.iter().filter_map(|bound| bound.set.as_ref()) {
            mentioned.add(self.mentioned(set, &inner));
        }
        self.following.pop();
        // What is worked out once costs nobody, so that a budget does not depend on who asked first.
        if matches!(place, Place::Module(_)) && self.budget > 0 {
            self.budget = before;
        }
        if !inner.has_arguments() {
            self.mentioned.insert(key, mentioned);
        }
        mentioned
    }
}
