//! The names that the meaning of a unit hangs on, and that meaning, kept as long as they stand for the same.

use std::sync::{Arc, Mutex, PoisonError};

use super::{level::built_in, problem::Problem, scope::SymbolRef};
use crate::syntax::tree::{Body, Definition, Expr, ExprKind, Ident, Item, LetItem, Name};

/// What is kept of a unit from one linking to the next.
#[derive(Default)]
pub(super) struct UnitMemo {
    mentions: Mutex<Option<Arc<Mentions>>>,
    meaning: Mutex<Option<(u64, Arc<Meaning>)>>,
}

/// The names that a unit's meaning hangs on.
#[derive(Default)]
pub(super) struct Mentions {
    pub names: Vec<Name>,
    /// Those that it binds or defines itself.
    pub bound: Vec<Name>,
    /// Modules that are instantiated within a LET or by a named definition.
    pub instanced: Vec<Name>,
}

/// What a unit means where its names stand for what they stood for.
#[derive(Default)]
pub(super) struct Meaning {
    pub symbol: Option<SymbolRef>,
    pub problems: Vec<Problem>,
}

impl UnitMemo {
    pub(super) fn mentions(&self, item: &Item) -> Arc<Mentions> {
        let mut known = self.mentions.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.get_or_insert_with(|| Arc::new(Mentions::of(item))))
    }

    pub(super) fn meaning(&self, key: u64, find: impl FnOnce() -> Meaning) -> Arc<Meaning> {
        let mut known = self.meaning.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, meaning)) = known.as_ref().filter(|(known, _)| *known == key) {
            return Arc::clone(meaning);
        }
        let meaning = Arc::new(find());
        *known = Some((key, Arc::clone(&meaning)));
        meaning
    }
}

impl Mentions {
    fn of(item: &Item) -> Self {
        let mut mentions = Mentions::default();
        match item {
            Item::Definition(definition) => mentions.definition(definition),
            Item::Assume { body, .. } => mentions.expression(body),
            Item::Theorem { statement: Some(statement), .. } => mentions.expression(statement),
            _ => {}
        }
        mentions.names.sort_unstable();
        mentions.names.dedup();
        mentions.bound.sort_unstable();
        mentions.bound.dedup();
        mentions
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

    fn expression(&mut self, expression: &Expr) {
        expression.walk(&mut |inner| match &inner.kind {
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
        });
    }
}
