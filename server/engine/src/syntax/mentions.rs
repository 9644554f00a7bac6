//! The names that an expression mentions and does not bind itself.

use super::tree::{Body, Bound, Definition, Expr, ExprKind, Item, LetItem, Name};
use crate::diagnostic::Span;

/// The free names of a unit's definition.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Mentions {
    /// In order of place.
    all: Vec<(Name, Span, Tense)>,
    /// Each once.
    names: Vec<Name>,
}

impl Mentions {
    /// Those of a definition; a unit of another kind has none.
    pub(crate) fn of(item: &Item) -> Self {
        let Item::Definition(definition) = item else { return Self::default() };
        let all: Vec<_> = mentions_of(definition)
            .into_iter()
            .map(|mention| (Name::new(mention.name), mention.span, mention.tense))
            .collect();
        let mut names: Vec<Name> = all.iter().map(|(name, ..)| name.clone()).collect();
        names.sort_unstable();
        names.dedup();
        names.shrink_to_fit();
        Self { all, names }
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = Mention<'_>> {
        self.all.iter().map(|(name, span, tense)| Mention { name, span: *span, tense: *tense })
    }

    /// The names with their places, bytes in the unit, in order.
    pub(crate) fn places(&self) -> impl Iterator<Item = (&Name, Span)> {
        self.all.iter().map(|(name, span, _)| (name, *span))
    }

    /// The names, each once, in alphabetical order.
    pub(crate) fn each(&self) -> &[Name] {
        &self.names
    }

    /// The names, each once, in alphabetical order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(Name::as_str)
    }
}

/// A name that an expression mentions and does not bind itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention<'a> {
    pub name: &'a str,
    /// Bytes in the unit.
    pub span: Span,
    pub tense: Tense,
}

/// Whether a name stands under a prime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    Now,
    /// Under `'` or UNCHANGED.
    Next,
}

/// The free names of an expression, in order of place.
pub(crate) fn mentions(expression: &Expr) -> Vec<Mention<'_>> {
    let mut finder = Finder { bound: Vec::new(), found: Vec::new(), tense: Tense::Now };
    finder.expression(expression);
    finder.found
}

struct Finder<'a> {
    bound: Vec<&'a str>,
    found: Vec<Mention<'a>>,
    tense: Tense,
}

impl<'a> Finder<'a> {
    fn name(&mut self, name: &'a str, span: Span) {
        if !self.bound.contains(&name) {
            self.found.push(Mention { name, span, tense: self.tense });
        }
    }

    fn within(&mut self, names: impl Iterator<Item = &'a str>, read: impl FnOnce(&mut Self)) {
        let depth = self.bound.len();
        self.bound.extend(names);
        read(self);
        self.bound.truncate(depth);
    }

    fn bounds(&mut self, bounds: &'a [Bound], body: impl FnOnce(&mut Self)) {
        for set in bounds.iter().filter_map(|bound| bound.set.as_ref()) {
            self.expression(set);
        }
        let names = bounds.iter().flat_map(|bound| &bound.names).map(|ident| ident.name.as_str());
        self.within(names, body);
    }

    fn next_tense(&mut self, read: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.tense, Tense::Next);
        read(self);
        self.tense = before;
    }

    fn definition(&mut self, definition: &'a Definition) {
        let parameters = definition.parameters.iter().map(|parameter| parameter.ident.name.as_str());
        self.within(parameters, |finder| {
            finder.bounds(&definition.bounds, |finder| match &definition.body {
                Body::Expression(expression) => finder.expression(expression),
                Body::Instance(instance) => {
                    for (_, expression) in &instance.substitutions {
                        finder.expression(expression);
                    }
                }
            });
        });
    }

    fn expression(&mut self, expression: &'a Expr) {
        match &expression.kind {
            ExprKind::Apply { path, operator, arguments } => {
                match path.first() {
                    Some(first) => self.name(&first.ident.name, first.ident.span),
                    None => self.name(&operator.name, operator.span),
                }
                for argument in path.iter().flat_map(|part| &part.arguments) {
                    self.expression(argument);
                }
                if path.is_empty() && matches!(operator.name.as_str(), "'" | "UNCHANGED") {
                    self.next_tense(|finder| arguments.iter().for_each(|argument| finder.expression(argument)));
                } else {
                    arguments.iter().for_each(|argument| self.expression(argument));
                }
            }
            ExprKind::Symbol(ident) => self.name(&ident.name, ident.span),
            ExprKind::Lambda { parameters, body } => {
                self.within(parameters.iter().map(|ident| ident.name.as_str()), |finder| finder.expression(body));
            }
            ExprKind::Quantifier { bounds, body, .. }
            | ExprKind::Function { bounds, body }
            | ExprKind::Map { body, bounds } => {
                self.bounds(bounds, |finder| finder.expression(body));
            }
            ExprKind::Choose { bound, body } | ExprKind::Filter { bound, body } => {
                self.bounds(std::slice::from_ref(bound), |finder| finder.expression(body));
            }
            ExprKind::Let { items, body } => {
                let names: Vec<&str> = items
                    .iter()
                    .filter_map(|item| match item {
                        LetItem::Definition(definition) => Some(definition.ident.name.as_str()),
                        LetItem::Recursive(_) => None,
                    })
                    .collect();
                self.within(names.into_iter(), |finder| {
                    for item in items {
                        if let LetItem::Definition(definition) = item {
                            finder.definition(definition);
                        }
                    }
                    finder.expression(body);
                });
            }
            _ => expression.children(&mut |child| self.expression(child)),
        }
    }
}

/// The free names of a definition's body, parameters left out.
pub(crate) fn mentions_of<'a>(definition: &'a Definition) -> Vec<Mention<'a>> {
    let mut finder = Finder { bound: Vec::new(), found: Vec::new(), tense: Tense::Now };
    finder.definition(definition);
    finder.found
}
