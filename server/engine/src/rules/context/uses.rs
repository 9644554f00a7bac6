//! Where names are used: the applications of an operator, and names that are still free.

use super::Context;
use crate::{
    diagnostic::Span,
    document::Unit,
    syntax::tree::{Body, Expr, ExprKind, Ident, Item},
};

/// One use of an operator; spans are bytes in the unit.
pub(crate) struct Use<'a> {
    pub unit: usize,
    pub name: &'a Ident,
    /// The whole application, as far as the last argument.
    pub span: Span,
    pub arguments: &'a [Expr],
}

impl<'a> Context<'a> {
    /// The uses of a name as an operator of this module, in order of place.
    pub(crate) fn uses(&self, name: &str) -> Vec<Use<'a>> {
        self.uses_beside(name, name)
    }

    /// The uses of a name in the units that use another one too, in order of place.
    pub(crate) fn uses_beside(&self, name: &str, other: &str) -> Vec<Use<'a>> {
        let mut uses = Vec::new();
        let units = self.document.units().iter().enumerate();
        for (index, unit) in units.filter(|(index, _)| self.linked.may_use(*index, other)) {
            collect(index, unit, name, &mut uses);
        }
        uses.sort_by_key(|found| (found.unit, found.name.span));
        uses
    }

    /// The expressions of a unit.
    pub(crate) fn expressions(&self, unit: usize) -> Vec<&'a Expr> {
        expressions(&self.document.units()[unit].syntax.item)
    }

    /// The use of a name at a place of a unit, which is that of the name or of the whole application.
    pub(crate) fn use_at(&self, unit: usize, name: &str, place: Span) -> Option<Use<'a>> {
        let mut uses = Vec::new();
        collect(unit, &self.document.units()[unit], name, &mut uses);
        uses.sort_by_key(|found| found.name.span);
        uses.into_iter().find(|found| found.name.span == place || found.span == place)
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
            && !self.linked.binds(name)
            && !(0..self.document.units().len()).any(|unit| self.says(unit, name))
    }

    /// The name with the first number behind it that makes it free.
    pub(crate) fn free_name(&self, name: &str) -> Option<String> {
        (1..100).map(|number| format!("{name}{number}")).find(|name| self.is_free(name))
    }
}

/// Adds the uses of a name within a unit.
fn collect<'a>(index: usize, unit: &'a Unit, name: &str, uses: &mut Vec<Use<'a>>) {
    for expression in expressions(&unit.syntax.item) {
        expression.walk(&mut |inner| match &inner.kind {
            ExprKind::Apply { path, operator, arguments } if path.is_empty() && operator.name == name => {
                uses.push(Use { unit: index, name: operator, span: inner.span, arguments });
            }
            ExprKind::Apply { path, .. } if path.first().is_some_and(|part| part.ident.name == name) => {
                let part = &path[0];
                let (span, arguments) = (part.ident.span, part.arguments.as_slice());
                uses.push(Use { unit: index, name: &part.ident, span, arguments });
            }
            ExprKind::Symbol(symbol) if symbol.name == name => {
                uses.push(Use { unit: index, name: symbol, span: inner.span, arguments: &[] });
            }
            _ => {}
        });
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
