//! The names that the meaning of a unit hangs on.

use super::level::built_in;
use crate::syntax::tree::{Body, Definition, Expr, ExprKind, Ident, Item, LetItem, Name};

/// The names that a unit's meaning hangs on.
#[derive(Default)]
pub(super) struct Mentions {
    pub names: Vec<Name>,
    /// Those that it binds or defines itself.
    pub bound: Vec<Name>,
    /// Those that stand alone under a prime.
    pub primed: Vec<Name>,
    /// Modules that are instantiated within a LET or by a named definition.
    pub instanced: Vec<Name>,
}

impl Mentions {
    pub(super) fn of(item: &Item) -> Self {
        let mut mentions = Mentions::default();
        match item {
            Item::Definition(definition) => mentions.definition(definition),
            Item::Assume { body, .. } => mentions.expression(body),
            Item::Theorem { statement: Some(statement), .. } => mentions.expression(statement),
            Item::Instance { instance, .. } => {
                instance.substitutions.iter().for_each(|(_, value)| value.walk(&mut |inner| mentions.prime(inner)));
            }
            _ => {}
        }
        for names in [&mut mentions.names, &mut mentions.bound, &mut mentions.primed] {
            names.sort_unstable();
            names.dedup();
        }
        mentions
    }

    /// The names of one expression alone.
    pub(super) fn within(expression: &Expr) -> Vec<Name> {
        let mut mentions = Mentions::default();
        mentions.expression(expression);
        mentions.names.sort_unstable();
        mentions.names.dedup();
        mentions.names
    }

    fn idents<'a>(&mut self, idents: impl IntoIterator<Item = &'a Ident>) {
        for ident in idents {
            self.names.push(ident.name.clone());
            self.bound.push(ident.name.clone());
        }
    }

    fn definition(&mut self, definition: &Definition) {
        self.idents([&definition.ident]);
        self.idents(definition.parameters.iter().map(|parameter| &parameter.ident));
        self.idents(definition.bounds.iter().flat_map(|bound| &bound.names));
        definition.bounds.iter().filter_map(|bound| bound.set.as_ref()).for_each(|set| self.expression(set));
        match &definition.body {
            Body::Expression(body) => self.expression(body),
            Body::Instance(instance) => {
                self.instanced.push(instance.module.name.clone());
                instance.substitutions.iter().for_each(|(_, expression)| self.expression(expression));
            }
        }
    }

    fn prime(&mut self, expression: &Expr) {
        if let Some([subject]) = expression.as_application("'")
            && let Some(ident) = subject.as_name()
        {
            self.primed.push(ident.name.clone());
        }
    }

    fn expression(&mut self, expression: &Expr) {
        expression.walk(&mut |inner| self.part(inner));
    }

    fn part(&mut self, part: &Expr) {
        self.prime(part);
        match &part.kind {
            ExprKind::Apply { path, operator, .. } => match path.first() {
                Some(first) => self.names.push(first.ident.name.clone()),
                None if built_in(&operator.name).is_none() => self.names.push(operator.name.clone()),
                None => {}
            },
            ExprKind::Symbol(ident) => self.names.push(ident.name.clone()),
            ExprKind::Lambda { parameters, .. } => self.idents(parameters),
            ExprKind::Quantifier { bounds, .. } | ExprKind::Function { bounds, .. } | ExprKind::Map { bounds, .. } => {
                self.idents(bounds.iter().flat_map(|bound| &bound.names));
            }
            ExprKind::Choose { bound, .. } | ExprKind::Filter { bound, .. } => self.idents(&bound.names),
            ExprKind::Let { items, .. } => {
                for item in items {
                    match item {
                        LetItem::Definition(definition) => {
                            self.idents([&definition.ident]);
                            self.idents(definition.parameters.iter().map(|parameter| &parameter.ident));
                            self.idents(definition.bounds.iter().flat_map(|bound| &bound.names));
                            if let Body::Instance(instance) = &definition.body {
                                self.instanced.push(instance.module.name.clone());
                            }
                        }
                        LetItem::Recursive(declared) => self.idents(declared.iter().map(|name| &name.ident)),
                    }
                }
            }
            _ => {}
        }
    }
}
