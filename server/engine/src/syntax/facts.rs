//! What rules ask of a unit's tree again and again, worked out once when the unit is read.

use std::collections::HashSet;

use super::tree::{Body, Connective, Definition, Expr, ExprKind, Item, Name, Quantifier, UpdateStep};
use crate::diagnostic::Span;

mod bullets;
mod messages;

pub(crate) use bullets::Stray;
pub(crate) use messages::{TypeRole, TypeUse, TypeValue};

/// The facts of one definition; empty for other units. Spans are bytes in the unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Facts {
    /// Whether nothing in it is broken or not understood.
    pub whole: bool,
    /// Whether there is a `[A]_v`, `<<A>>_v` or a fairness condition in it.
    pub temporal: bool,
    /// The fields of the records and the sets of records that are written out, and all strings.
    pub fields_built: Vec<Name>,
    pub fields_read: Vec<FieldRead>,
    /// Names whose value in this state something else than their own next value depends on.
    pub reads: Vec<Name>,
    /// The conditions that compare a parameter of the definition with a written value.
    pub tests: Vec<ParameterTest>,
    /// Operators that stand just right of the bullets of a list.
    pub strays: Vec<Stray>,
    /// Where message types are built and tested.
    pub types: Vec<TypeUse>,
    /// Whether some test of a type goes on with what to do for every other type.
    pub other_types_handled: bool,
    /// Whether it is made of UNCHANGED and TRUE alone.
    pub idle: bool,
    /// Whether a disjunction is all that some `\E` of it holds, where disjunctions, `\E` and LET alone lead to that.
    pub disjoins: bool,
}

/// `record.field`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FieldRead {
    pub field: Name,
    pub span: Span,
    /// The name that the record is reached from.
    pub root: Option<Name>,
}

/// A condition of IF or CASE on a parameter.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParameterTest {
    /// The position of the parameter.
    pub position: usize,
    pub value: Written,
    pub span: Span,
}

/// A value that can be told from the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Written {
    Text(Name),
    Truth(bool),
}

impl Written {
    pub(crate) fn of(expression: &Expr) -> Option<Self> {
        match &expression.kind {
            ExprKind::Str(text) => Some(Self::Text(text.clone())),
            _ => match expression.as_name()?.name.as_str() {
                "TRUE" => Some(Self::Truth(true)),
                "FALSE" => Some(Self::Truth(false)),
                _ => None,
            },
        }
    }
}

impl Facts {
    /// The facts of a unit, given its text and the column (from 1) that it begins in.
    pub(super) fn of(item: &Item, source: &str, column: u32) -> Self {
        let Item::Definition(definition) = item else { return Self::default() };
        let Body::Expression(body) = &definition.body else { return Self { whole: true, ..Self::default() } };
        let mut facts = Self { whole: true, ..Self::default() };
        facts.look(definition, body);
        (facts.idle, facts.disjoins) = (is_idle(body), disjoins(body));
        facts.strays = bullets::strays(body, source, column);
        let messages = messages::read(body);
        facts.types = messages.uses;
        facts.other_types_handled = messages.rest_handled;
        // A tuple of variables is a name for them, not a use.
        if !matches!(body.kind, ExprKind::Tuple(_)) {
            let skips_types = definition.ident.name.to_ascii_lowercase().contains("type");
            let mut reader = Reader { skips_types, reads: HashSet::new() };
            reader.expression(body, None);
            facts.reads = reader.reads.into_iter().cloned().collect();
        }
        facts
    }

    fn look(&mut self, definition: &Definition, body: &Expr) {
        body.walk(&mut |expression| match &expression.kind {
            ExprKind::Record(fields) | ExprKind::RecordSet(fields) => {
                self.fields_built.extend(fields.iter().map(|(field, _)| field.name.clone()));
            }
            ExprKind::Str(text) => self.fields_built.push(text.clone()),
            ExprKind::Except { updates, .. } => {
                for step in updates.iter().flat_map(|update| &update.path) {
                    if let UpdateStep::Field(field) = step {
                        self.fields_built.push(field.name.clone());
                    }
                }
            }
            ExprKind::Field { record, field } => {
                self.fields_read.push(FieldRead { field: field.name.clone(), span: field.span, root: root(record) });
            }
            ExprKind::If { test, .. } => self.test(definition, test),
            ExprKind::Case { arms, .. } => arms.iter().for_each(|(test, _)| self.test(definition, test)),
            ExprKind::Junction { connective: Connective::Or, items } => {
                for item in items {
                    if let ExprKind::Junction { connective: Connective::And, items } = &item.kind
                        && let Some(first) = items.first()
                    {
                        self.test(definition, first);
                    }
                }
            }
            ExprKind::Step { .. } | ExprKind::Fairness { .. } => self.temporal = true,
            ExprKind::Broken(_) | ExprKind::Opaque => self.whole = false,
            _ => {}
        });
        self.fields_built.sort_unstable();
        self.fields_built.dedup();
    }

    fn test(&mut self, definition: &Definition, test: &Expr) {
        let parameter = |expression: &Expr| {
            let name = &expression.as_name()?.name;
            definition.parameters.iter().position(|parameter| parameter.ident.name == *name)
        };
        let found = match test.as_application("=") {
            Some([left, right]) => {
                parameter(left).zip(Written::of(right)).or_else(|| parameter(right).zip(Written::of(left)))
            }
            _ => parameter(test).map(|position| (position, Written::Truth(true))),
        };
        if let Some((position, value)) = found {
            self.tests.push(ParameterTest { position, value, span: test.span });
        }
    }
}

fn is_idle(body: &Expr) -> bool {
    match &body.kind {
        ExprKind::Junction { connective: Connective::And, items } => items.iter().all(is_idle),
        ExprKind::Quantifier { body, .. } | ExprKind::Let { body, .. } => is_idle(body),
        ExprKind::If { then, otherwise, .. } => is_idle(then) && is_idle(otherwise),
        _ => body.as_application("UNCHANGED").is_some() || body.as_name().is_some_and(|name| name.name == "TRUE"),
    }
}

fn disjoins(expression: &Expr) -> bool {
    match &expression.kind {
        ExprKind::Junction { connective: Connective::Or, items } => items.iter().any(disjoins),
        ExprKind::Let { body, .. } => disjoins(body),
        ExprKind::Quantifier { quantifier: Quantifier::Exists, body, .. } => {
            matches!(body.kind, ExprKind::Junction { connective: Connective::Or, .. }) || disjoins(body)
        }
        _ => false,
    }
}

/// The name that a record is reached from: `m` of `m.entries[1]`.
fn root(record: &Expr) -> Option<Name> {
    match &record.kind {
        ExprKind::Field { record, .. } => root(record),
        ExprKind::Index { function, .. } => root(function),
        ExprKind::Apply { path, operator, .. } => {
            path.first().map_or(Some(operator), |part| Some(&part.ident)).map(|ident| ident.name.clone())
        }
        _ => None,
    }
}

/// Collects what a definition reads.
struct Reader<'a> {
    /// Whether `x \in S` says of what type `x` is, which is no use of it.
    skips_types: bool,
    reads: HashSet<&'a Name>,
}

impl<'a> Reader<'a> {
    /// `own` is the variable that the expression is the next value of.
    fn expression(&mut self, expression: &'a Expr, own: Option<&str>) {
        match &expression.kind {
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                match (operator.name.as_str(), arguments.as_slice()) {
                    ("UNCHANGED", _) => {}
                    ("'", [inner]) if inner.as_name().is_some_and(|name| Some(name.name.as_str()) == own) => {}
                    ("=", [left, right]) if let Some(variable) = written(left) => {
                        self.expression(right, Some(variable));
                    }
                    ("\\in", [left, right]) if written(left).is_some() => self.expression(right, None),
                    ("\\in" | "\\subseteq", [left, right]) if self.skips_types && left.as_name().is_some() => {
                        self.expression(right, None);
                    }
                    (name, []) if Some(name) != own => {
                        self.reads.insert(&operator.name);
                    }
                    _ => arguments.iter().for_each(|argument| self.expression(argument, own)),
                }
            }
            ExprKind::Step { action, .. } | ExprKind::Fairness { action, .. } => self.expression(action, own),
            _ => expression.children(&mut |child| self.expression(child, own)),
        }
    }
}

/// The variable of `x'`.
fn written(left: &Expr) -> Option<&str> {
    match left.as_application("'") {
        Some([subject]) => subject.as_name().map(|name| name.name.as_str()),
        _ => None,
    }
}
