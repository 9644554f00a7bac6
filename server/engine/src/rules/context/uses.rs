//! Where names are used: the applications of an operator, and names that are still free.

use super::Context;
use crate::{
    Document,
    diagnostic::Span,
    module::hash::QuickMap,
    syntax::tree::{Body, Expr, ExprKind, Ident, Item, PathPart},
};

/// The uses of all names; made when the first is asked for, since many findings ask.
#[derive(Default)]
pub(super) struct Uses<'a> {
    by_name: QuickMap<&'a str, Vec<Use<'a>>>,
}

impl<'a> Uses<'a> {
    fn of(document: &'a Document) -> Self {
        let mut uses = Self::default();
        for (unit, read) in document.units().iter().enumerate() {
            for expression in expressions(&read.syntax.item) {
                expression.walk(&mut |inner| {
                    let found = match &inner.kind {
                        ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                            Use { unit, name: operator, span: inner.span, arguments }
                        }
                        ExprKind::Apply { path, .. } => match path.first() {
                            Some(PathPart { ident, arguments, .. }) => {
                                Use { unit, name: ident, span: ident.span, arguments: arguments.as_slice() }
                            }
                            None => return,
                        },
                        ExprKind::Symbol(symbol) => Use { unit, name: symbol, span: inner.span, arguments: &[] },
                        _ => return,
                    };
                    uses.by_name.entry(found.name.name.as_str()).or_default().push(found);
                });
            }
        }
        uses.by_name.values_mut().for_each(|found| found.sort_by_key(|found| (found.unit, found.name.span)));
        uses
    }
}

/// One use of an operator; spans are bytes in the unit.
#[derive(Clone, Copy)]
pub(crate) struct Use<'a> {
    pub unit: usize,
    pub name: &'a Ident,
    /// The whole application, as far as the last argument.
    pub span: Span,
    pub arguments: &'a [Expr],
}

impl<'a> Context<'a> {
    /// The uses of a name as an operator of this module, in order of place.
    pub(crate) fn uses(&self, name: &str) -> &[Use<'a>] {
        self.uses.get_or_init(|| Uses::of(self.document)).by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The uses of a name in one unit.
    pub(crate) fn uses_in(&self, unit: usize, name: &str) -> &[Use<'a>] {
        let uses = self.uses(name);
        let start = uses.partition_point(|found| found.unit < unit);
        let rest = &uses[start..];
        &rest[..rest.partition_point(|found| found.unit == unit)]
    }

    /// The use of a name at a place of a unit, which is that of the name or of the whole application.
    pub(crate) fn use_at(&self, unit: usize, name: &str, place: Span) -> Option<Use<'a>> {
        self.uses_in(unit, name).iter().find(|found| found.name.span == place || found.span == place).copied()
    }

    /// Where a unit begins, in bytes of the document.
    pub(crate) fn start_of(&self, unit: usize) -> usize {
        self.document.units()[unit].range.span.start
    }

    /// Whether nothing has a name yet: neither the module with what it extends, nor a parameter or bound name, nor a word
    /// of what could not be read.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        self.linked.symbol(name).is_none()
            && self.module.place_of(name).is_none()
            && !self.linked.binds(self.document, name)
            && !(0..self.document.units().len()).any(|unit| self.says(unit, name))
    }

    /// The name with the first number behind it that makes it free.
    pub(crate) fn free_name(&self, name: &str) -> Option<String> {
        (1..100).map(|number| format!("{name}{number}")).find(|name| self.is_free(name))
    }
}

/// The expressions of a unit that are not within others.
pub(super) fn expressions(item: &Item) -> Vec<&Expr> {
    match item {
        Item::Definition(definition) => {
            let bounds = definition.bounds.iter().filter_map(|bound| bound.set.as_ref());
            let body = match &definition.body {
                Body::Expression(body) => vec![body],
                Body::Instance(instance) => instance.substitutions.iter().map(|(_, value)| value).collect(),
            };
            bounds.chain(body).collect()
        }
        Item::Assume { body, .. } | Item::Theorem { statement: Some(body), .. } => vec![body],
        Item::Instance { instance, .. } => instance.substitutions.iter().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    }
}
