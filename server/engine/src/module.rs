//! The meaning of TLA+: what a module declares and defines, and how its definitions hang together.

pub(crate) mod calls;
pub(crate) mod frame;
pub(crate) mod hash;
mod keys;
mod labels;
pub(crate) mod level;
pub(crate) mod library;
pub(crate) mod link;
mod mentions;
pub(crate) mod messages;
pub(crate) mod model;
pub(crate) mod problem;
mod resolve;
pub(crate) mod scope;
pub(crate) mod spelling;
mod undeclared;

use crate::{
    diagnostic::Span,
    document::{Document, Unit},
    syntax::{
        mentions::Mentions,
        tree::{Body, Declared, Definition, Expr, ExprKind, Ident, Instance, Item},
    },
};

/// A module, linked: the units of the outermost module of a document. Cheap to build; borrows the document.
pub(crate) struct Module<'a> {
    pub name: Option<Placed<'a, Ident>>,
    /// Where the header's line ends; the place for a first EXTENDS.
    pub header: Option<Span>,
    pub extends: Vec<Placed<'a, Ident>>,
    /// The EXTENDS unit, if there is one.
    pub extends_unit: Option<Span>,
    pub constants: Vec<Placed<'a, Declared>>,
    pub variables: Vec<Placed<'a, Ident>>,
    /// In order of place; of two of the same name the first is [`Module::definition`]'s.
    pub definitions: Vec<Placed<'a, Definition>>,
    pub instances: Vec<Placed<'a, Instance>>,
    pub footer: Option<Span>,
    by_name: hash::QuickMap<&'a str, usize>,
    units: &'a [Unit],
}

/// A part of a unit with the bytes that its spans are counted from.
#[derive(Debug)]
pub(crate) struct Placed<'a, T> {
    pub value: &'a T,
    /// Where the unit begins in the document, in bytes.
    pub offset: usize,
    /// Index into [`Document::units`].
    pub unit: usize,
}

impl<T> Clone for Placed<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Placed<'_, T> {}

impl<T> Placed<'_, T> {
    /// A span of the unit as bytes of the document.
    pub(crate) fn span(&self, span: Span) -> Span {
        span.shifted(self.offset)
    }
}

impl<'a> Placed<'a, Definition> {
    pub(crate) fn name(&self) -> &'a str {
        &self.value.ident.name
    }

    pub(crate) fn name_span(&self) -> Span {
        self.span(self.value.ident.span)
    }

    /// The body, where the definition is no INSTANCE.
    pub(crate) fn body(&self) -> Option<&'a Expr> {
        match &self.value.body {
            Body::Expression(expression) => Some(expression),
            Body::Instance(_) => None,
        }
    }

    /// Whether the body could be read whole.
    pub(crate) fn is_whole(&self) -> bool {
        self.body().is_none_or(|body| !body.is_broken() && !matches!(body.kind, ExprKind::Opaque))
    }
}

impl<'a> Module<'a> {
    /// Links the outermost module of a document.
    pub(crate) fn link(document: &'a Document) -> Self {
        let mut module = Module {
            name: None,
            header: None,
            extends: Vec::new(),
            extends_unit: None,
            constants: Vec::new(),
            variables: Vec::new(),
            definitions: Vec::new(),
            instances: Vec::new(),
            footer: None,
            by_name: hash::QuickMap::default(),
            units: document.units(),
        };
        for (index, unit) in document.units().iter().enumerate().filter(|(_, unit)| unit.range.depth == 1) {
            module.take(index, unit);
        }
        for (index, definition) in module.definitions.iter().enumerate() {
            module.by_name.entry(definition.name()).or_insert(index);
        }
        module
    }

    fn take(&mut self, index: usize, unit: &'a Unit) {
        let offset = unit.range.span.start;
        match &unit.syntax.item {
            Item::Header { name } => {
                self.name = name.as_ref().map(|value| Placed { value, offset, unit: index });
                self.header = Some(unit.range.span);
            }
            Item::Extends(names) => {
                self.extends.extend(names.iter().map(|value| Placed { value, offset, unit: index }));
                self.extends_unit = Some(unit.range.span);
            }
            Item::Constants(names) => {
                self.constants.extend(names.iter().map(|value| Placed { value, offset, unit: index }))
            }
            Item::Variables(names) => {
                for value in names {
                    // A variable that is declared twice is one.
                    if !self.is_variable(&value.name) {
                        self.variables.push(Placed { value, offset, unit: index });
                    }
                }
            }
            Item::Definition(value) => self.definitions.push(Placed { value, offset, unit: index }),
            Item::Instance { instance: value, .. } => self.instances.push(Placed { value, offset, unit: index }),
            Item::Footer => self.footer = Some(unit.range.span),
            _ => {}
        }
    }

    /// The free names of a definition of the module.
    pub(crate) fn mentions(&self, definition: Placed<'a, Definition>) -> &'a Mentions {
        &self.units[definition.unit].syntax.mentions
    }

    /// Whether there is a `[A]_v`, `<<A>>_v` or a fairness condition in a definition.
    fn is_temporal(&self, definition: Placed<'a, Definition>) -> bool {
        self.units[definition.unit].syntax.facts.temporal
    }

    pub(crate) fn definition(&self, name: &str) -> Option<Placed<'a, Definition>> {
        self.by_name.get(name).map(|index| self.definitions[*index])
    }

    /// Where a name is declared or defined first.
    pub(crate) fn place_of(&self, name: &str) -> Option<Span> {
        let variable = self.variables.iter().find(|it| it.value.name == name).map(|it| it.span(it.value.span));
        let constant = || self.constants.iter().find(|it| it.value.ident.name == name);
        let definition = || self.definition(name).map(|it| it.name_span());
        variable.or_else(|| constant().map(|it| it.span(it.value.ident.span))).or_else(definition)
    }

    pub(crate) fn is_variable(&self, name: &str) -> bool {
        self.variables.iter().any(|variable| variable.value.name == name)
    }

    pub(crate) fn is_constant(&self, name: &str) -> bool {
        self.constants.iter().any(|constant| constant.value.ident.name == name)
    }

    /// The name of a definition that is the tuple of all variables, such as `vars`; tuples of tuples count.
    pub(crate) fn variables_tuple(&self) -> Option<&'a str> {
        let all = |definition: &&Placed<'a, Definition>| {
            let mut found = std::collections::HashSet::new();
            definition.value.parameters.is_empty()
                && definition.body().is_some_and(|body| self.collect_tuple(body, &mut found, 0))
                && self.variables.iter().all(|variable| found.contains(variable.value.name.as_str()))
        };
        self.definitions.iter().find(all).map(Placed::<Definition>::name)
    }

    /// Gathers the variables of a tuple, through names; says whether it is made of variables alone.
    fn collect_tuple(
        &self,
        expression: &'a Expr,
        found: &mut std::collections::HashSet<&'a str>,
        depth: usize,
    ) -> bool {
        match &expression.kind {
            ExprKind::Tuple(items) => items.iter().all(|item| self.collect_tuple(item, found, depth)),
            _ => {
                let Some(name) = expression.as_name() else { return false };
                if self.is_variable(&name.name) {
                    found.insert(&name.name);
                    return true;
                }
                let body = self.definition(&name.name).and_then(|definition| definition.body());
                depth < 8 && body.is_some_and(|body| self.collect_tuple(body, found, depth + 1))
            }
        }
    }
}
