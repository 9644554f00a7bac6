//! What kind of thing a definition is to its reader: an action, a predicate, a temporal formula, an operator.

use super::scope::{Meaning, Symbol, View};
use crate::{
    module::{Module, calls::is_formula, level::Level, link::Linked},
    syntax::tree::{Body, Definition, Expr, ExprKind, Quantifier},
};

/// What a name is, for outlines, completion and colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    Module,
    Constant,
    Variable,
    /// An expression or an operator on values.
    Operator,
    /// `f[x \in S] == …`
    Function,
    /// A formula about one state.
    Predicate,
    /// A formula about a step.
    Action,
    /// A formula about a whole behaviour.
    Temporal,
    /// A theorem or an assumption.
    Statement,
    /// `M == INSTANCE N`
    Instance,
    Parameter,
    /// A name that a quantifier, CHOOSE, a set or a function binds.
    Bound,
    /// The field of a record.
    Field,
}

impl NameKind {
    /// The word that people read.
    pub const fn word(self) -> &'static str {
        match self {
            NameKind::Module => "module",
            NameKind::Constant => "constant",
            NameKind::Variable => "variable",
            NameKind::Operator => "operator",
            NameKind::Function => "function",
            NameKind::Predicate => "state predicate",
            NameKind::Action => "action",
            NameKind::Temporal => "temporal formula",
            NameKind::Statement => "statement",
            NameKind::Instance => "instance",
            NameKind::Parameter => "parameter",
            NameKind::Bound => "bound name",
            NameKind::Field => "field",
        }
    }
}

/// A document with what its names stand for and what kind each is.
pub(crate) struct Sense<'a> {
    pub view: View<'a>,
    pub module: Module<'a>,
    linked: Linked,
}

impl<'a> Sense<'a> {
    pub(crate) fn of(document: &'a crate::Document, modules: &'a dyn crate::ModuleSource) -> Self {
        Self {
            view: View::of(document, modules),
            module: Module::link(document),
            linked: Linked::of(document, modules),
        }
    }

    /// The level of a definition of the outermost module, where it could be worked out.
    pub(crate) fn level(&self, symbol: &Symbol<'a>) -> Option<Level> {
        symbol.definition().filter(|_| symbol.nest == 0).and_then(|_| self.linked.level_of(symbol.name))
    }

    pub(crate) fn kind(&self, symbol: &Symbol<'a>) -> NameKind {
        match symbol.meaning {
            Meaning::Constant(_) => NameKind::Constant,
            Meaning::Variable => NameKind::Variable,
            Meaning::Recursive(_) => NameKind::Operator,
            Meaning::Statement => NameKind::Statement,
            Meaning::Definition(definition) => {
                let level = if symbol.nest == 0 { self.linked.level_of(symbol.name) } else { None };
                self.kind_of(definition, level)
            }
        }
    }

    /// The kind of a definition, given its level where that is known.
    pub(crate) fn kind_of(&self, definition: &Definition, level: Option<Level>) -> NameKind {
        let body = match &definition.body {
            Body::Instance(_) => return NameKind::Instance,
            Body::Expression(body) => body,
        };
        match level.unwrap_or_else(|| self.apparent_level(body)) {
            Level::Temporal => NameKind::Temporal,
            Level::Action => NameKind::Action,
            _ if !definition.bounds.is_empty() => NameKind::Function,
            Level::State if is_formula(body, &self.module) => NameKind::Predicate,
            _ => NameKind::Operator,
        }
    }

    /// The level of an expression by its own words, where it could not be worked out.
    fn apparent_level(&self, body: &Expr) -> Level {
        let mut level = Level::Constant;
        body.walk(&mut |inner| {
            let own = match &inner.kind {
                ExprKind::Step { .. } | ExprKind::Fairness { .. } => Level::Temporal,
                ExprKind::Quantifier {
                    quantifier: Quantifier::TemporalForall | Quantifier::TemporalExists, ..
                } => Level::Temporal,
                ExprKind::Apply { path, operator, .. } if path.is_empty() => match operator.name.as_str() {
                    "[]" | "<>" | "~>" => Level::Temporal,
                    "'" | "UNCHANGED" => Level::Action,
                    name => self.linked.level_of(name).unwrap_or_default(),
                },
                _ => Level::Constant,
            };
            level = level.max(own);
        });
        level
    }
}
