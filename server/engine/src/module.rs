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
pub(crate) mod register;
mod resolve;
pub(crate) mod scope;
pub(crate) mod spelling;
mod undeclared;
mod words;

use std::sync::Arc;

use crate::{
    diagnostic::Span,
    document::{Document, Unit},
    syntax::tree::{Body, Declared, Definition, Expr, ExprKind, Ident, Instance, Item},
};

use register::{Brief, Register, Trait};
use words::Word;

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
    /// What is kept of the document's units, as numbers.
    pub register: Arc<Register>,
    /// Of all definitions of a name the first, by the number of the name.
    first: Arc<Vec<Option<u32>>>,
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
        let register = Register::of(document);
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
            register: Arc::clone(&register),
            first: Arc::default(),
            units: document.units(),
        };
        let mut first = vec![None; register.words.len()];
        for (index, (unit, brief)) in document.units().iter().zip(&register.briefs).enumerate() {
            if brief.depth != 1 {
                continue;
            }
            if let Some(name) = brief.defines {
                first[name as usize].get_or_insert(module.definitions.len() as u32);
            }
            module.take(index, unit);
        }
        module.first = Arc::new(first);
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

    /// What is known of a definition without a look into its tree.
    pub(crate) fn brief(&self, definition: Placed<'a, Definition>) -> Brief {
        self.register.briefs[definition.unit]
    }

    pub(crate) fn definition(&self, name: &str) -> Option<Placed<'a, Definition>> {
        self.index_of(name).map(|index| self.definitions[index])
    }

    /// Of all definitions of a name the first, as an index of [`Module::definitions`].
    pub(crate) fn index_of(&self, name: &str) -> Option<usize> {
        self.index_of_word(self.register.words.get(name)?)
    }

    /// Of all definitions of a name the first, by the number of the name.
    pub(crate) fn index_of_word(&self, word: Word) -> Option<usize> {
        self.first[word as usize].map(|index| index as usize)
    }

    /// Where a name is declared or defined first.
    pub(crate) fn place_of(&self, name: &str) -> Option<Span> {
        let variable = self.variables.iter().find(|it| it.value.name == name).map(|it| it.span(it.value.span));
        let constant = || self.constants.iter().find(|it| it.value.ident.name == name);
        let definition = || self.definition(name).map(|it| it.name_span());
        variable.or_else(|| constant().map(|it| it.span(it.value.ident.span))).or_else(definition)
    }

    /// Whether the module defines an operator that is written as a symbol.
    fn defines_symbols(&self) -> bool {
        self.register.briefs.iter().any(|brief| brief.depth == 1 && brief.has(Trait::Symbol))
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
