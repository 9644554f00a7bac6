//! What an expression stands for in a test: a variable's part, a field of a message, a constant, a number.

use std::hash::Hasher;

use crate::{
    module::Module,
    syntax::tree::{Expr, ExprKind},
};

use super::scopes::{Binding, Closure, Meaning, QuickHasher, Scopes};

/// A variable, or one field of the records that it holds: `state`, `servers[n].state`. `T` is a text: borrowed from the
/// module, or owned where it is kept from one text of the module to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SlotOf<T> {
    /// Index into [`Module::variables`].
    pub variable: usize,
    pub field: Option<T>,
}

pub(crate) type Slot<'a> = SlotOf<&'a str>;

/// A part of the state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct PlaceOf<T> {
    pub slot: SlotOf<T>,
    /// Tells the first index from others; 0 where there is none.
    pub index: u64,
    /// How many indices there are.
    pub indices: u8,
    /// The field behind the second index, such as `term` in `log[n][i].term`.
    pub entry: Option<T>,
    /// The field of a message by which an entry is found: `prevLogIndex` in `log[n][m.prevLogIndex]`.
    pub entry_by: Option<T>,
}

pub(crate) type Place<'a> = PlaceOf<&'a str>;

/// One side of a test.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum OperandOf<T> {
    Place(PlaceOf<T>),
    /// A field of a record that is no part of a variable, such as `m.term`; the variable that it was taken from.
    Field(T, Option<usize>),
    /// A string or a model value: the string's text, or the name.
    Atom(T),
    Atoms(Vec<T>),
    Number(T),
    Truth(bool),
    /// `Len(x)` or `Cardinality(x)`.
    Size(Option<PlaceOf<T>>),
    Other,
}

pub(crate) type Operand<'a> = OperandOf<&'a str>;

impl<T> SlotOf<T> {
    /// The same slot with its text held in another way.
    pub(super) fn retold<'s, U>(&'s self, text: &impl Fn(&'s T) -> U) -> SlotOf<U> {
        SlotOf { variable: self.variable, field: self.field.as_ref().map(text) }
    }
}

impl<T> PlaceOf<T> {
    /// The same place with its texts held in another way.
    pub(super) fn retold<'s, U>(&'s self, text: &impl Fn(&'s T) -> U) -> PlaceOf<U> {
        PlaceOf {
            slot: self.slot.retold(text),
            index: self.index,
            indices: self.indices,
            entry: self.entry.as_ref().map(text),
            entry_by: self.entry_by.as_ref().map(text),
        }
    }
}

impl<T> OperandOf<T> {
    pub(crate) fn place(&self) -> Option<&PlaceOf<T>> {
        match self {
            OperandOf::Place(place) => Some(place),
            _ => None,
        }
    }

    /// The values that an operand stands for: one, or those of a set that is written out.
    pub(crate) fn atoms(&self) -> Option<&[T]> {
        match self {
            OperandOf::Atom(atom) => Some(std::slice::from_ref(atom)),
            OperandOf::Atoms(atoms) => Some(atoms),
            _ => None,
        }
    }

    /// The same operand with its texts held in another way.
    pub(super) fn retold<'s, U>(&'s self, text: &impl Fn(&'s T) -> U) -> OperandOf<U> {
        match self {
            OperandOf::Place(place) => OperandOf::Place(place.retold(text)),
            OperandOf::Field(field, from) => OperandOf::Field(text(field), *from),
            OperandOf::Atom(atom) => OperandOf::Atom(text(atom)),
            OperandOf::Atoms(atoms) => OperandOf::Atoms(atoms.iter().map(text).collect()),
            OperandOf::Number(number) => OperandOf::Number(text(number)),
            OperandOf::Truth(truth) => OperandOf::Truth(*truth),
            OperandOf::Size(place) => OperandOf::Size(place.as_ref().map(|place| place.retold(text))),
            OperandOf::Other => OperandOf::Other,
        }
    }
}

/// Reads operands; `at` is what `@` stands for.
pub(crate) struct Reader<'r, 'a> {
    pub module: &'r Module<'a>,
    pub scopes: &'r mut Scopes<'a>,
    pub source: &'a str,
    pub at: Option<Place<'a>>,
}

impl<'a> Reader<'_, 'a> {
    pub(crate) fn followed(&mut self, closure: Closure<'a>) -> Closure<'a> {
        self.scopes.followed(self.module, closure)
    }

    pub(crate) fn operand(&mut self, closure: Closure<'a>) -> Operand<'a> {
        let followed = self.followed(closure);
        if let Some(place) = self.place(followed, 0) {
            return Operand::Place(place);
        }
        if let Some((field, from)) = self.field(followed) {
            return Operand::Field(field, from);
        }
        let scope = followed.scope;
        match &followed.expr.kind {
            ExprKind::Str(text) => Operand::Atom(text),
            // A number with a name of its own is told from others by that name.
            ExprKind::Number => match closure.expr.as_name() {
                Some(name) if matches!(self.scopes.meaning(&name.name, closure.scope), Meaning::Definition(_)) => {
                    Operand::Atom(&name.name)
                }
                _ => Operand::Number(self.text(followed)),
            },
            ExprKind::Set(items) => {
                let mut atoms = Vec::with_capacity(items.len());
                for expr in items {
                    match self.operand(Closure { expr, scope }) {
                        Operand::Atom(atom) => atoms.push(atom),
                        _ => return Operand::Other,
                    }
                }
                Operand::Atoms(atoms)
            }
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                match (operator.name.as_str(), arguments.as_slice()) {
                    ("TRUE", []) => Operand::Truth(true),
                    ("FALSE", []) => Operand::Truth(false),
                    ("Len" | "Cardinality" | "BagCardinality", [inner]) => {
                        let inner = self.followed(Closure { expr: inner, scope });
                        Operand::Size(self.place(inner, 0))
                    }
                    ("\\cup", [left, right]) => {
                        match (
                            self.operand(Closure { expr: left, scope }),
                            self.operand(Closure { expr: right, scope }),
                        ) {
                            (Operand::Atoms(mut left), Operand::Atoms(right)) => {
                                left.extend(right);
                                Operand::Atoms(left)
                            }
                            _ => Operand::Other,
                        }
                    }
                    (name, []) => match self.scopes.meaning(name, scope) {
                        Meaning::Constant | Meaning::Definition(_) => Operand::Atom(&operator.name),
                        // A name that is nowhere declared is one that the author took for a value.
                        Meaning::Other if is_unknown_value(name) => Operand::Atom(&operator.name),
                        _ => Operand::Other,
                    },
                    _ => Operand::Other,
                }
            }
            // `Nil == CHOOSE x : x \notin S` is a value with a name.
            ExprKind::Choose { bound, .. } if bound.set.is_none() => match closure.expr.as_name() {
                Some(name) => Operand::Atom(&name.name),
                None => Operand::Other,
            },
            _ => Operand::Other,
        }
    }

    /// The part of the state that an expression, its names already followed, stands for.
    pub(crate) fn place(&mut self, closure: Closure<'a>, depth: usize) -> Option<Place<'a>> {
        if depth > 12 {
            return None;
        }
        let scope = closure.scope;
        let of = |expr: &'a Expr| Closure { expr, scope };
        match &closure.expr.kind {
            ExprKind::At => self.at,
            ExprKind::Index { function, arguments } => {
                let base = self.followed(of(function));
                let place = self.place(base, depth + 1)?;
                match arguments.as_slice() {
                    [argument] => match &argument.kind {
                        ExprKind::Str(field) => Some(with_field(place, field)),
                        _ => Some(self.with_index(place, of(argument))),
                    },
                    _ => Some(Place { indices: place.indices + 2, ..place }),
                }
            }
            ExprKind::Field { record, field } => {
                let base = self.followed(of(record));
                // A record that is written out, such as one of all variables, is looked through.
                if let ExprKind::Record(fields) = &base.expr.kind {
                    let (_, expr) = fields.iter().find(|(known, _)| known.name == field.name)?;
                    let value = self.followed(Closure { expr, scope: base.scope });
                    return self.place(value, depth + 1);
                }
                self.place(base, depth + 1).map(|place| with_field(place, &field.name))
            }
            ExprKind::Except { base, .. } => {
                let base = self.followed(of(base));
                self.place(base, depth + 1)
            }
            ExprKind::If { then, otherwise, .. } => {
                let otherwise = self.followed(of(otherwise));
                if let Some(place) = self.place(otherwise, depth + 1) {
                    return Some(place);
                }
                let then = self.followed(of(then));
                self.place(then, depth + 1)
            }
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                match (operator.name.as_str(), arguments.as_slice()) {
                    ("'", [inner]) => {
                        let inner = self.followed(of(inner));
                        self.place(inner, depth + 1)
                    }
                    ("Head" | "Last", [inner]) => {
                        let inner = self.followed(of(inner));
                        let place = self.place(inner, depth + 1)?;
                        Some(Place { indices: place.indices + 1, ..place })
                    }
                    (name, []) => match self.scopes.meaning(name, scope) {
                        Meaning::Variable(variable) => Some(Place {
                            slot: Slot { variable, field: None },
                            index: 0,
                            indices: 0,
                            entry: None,
                            entry_by: None,
                        }),
                        _ => None,
                    },
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn with_index(&mut self, place: Place<'a>, argument: Closure<'a>) -> Place<'a> {
        let indices = place.indices.saturating_add(1);
        if place.indices == 0 && place.slot.field.is_none() {
            return Place { index: self.key(argument, 0), indices, ..place };
        }
        let followed = self.followed(argument);
        let of_message = match self.field(followed) {
            Some((field, _)) => Some(field),
            None => self.place(followed, 8).and_then(|inner| inner.entry),
        };
        let entry_by = of_message.or(place.entry_by);
        Place { indices, entry_by, ..place }
    }

    /// The field that a record of no variable is asked for, and the variable that the record was taken from.
    pub(crate) fn field(&mut self, followed: Closure<'a>) -> Option<(&'a str, Option<usize>)> {
        let scope = followed.scope;
        let (record, field): (&'a Expr, &'a str) = match &followed.expr.kind {
            ExprKind::Field { record, field } => (record, &field.name),
            ExprKind::Index { function, arguments } => match arguments.as_slice() {
                [argument] => match &argument.kind {
                    ExprKind::Str(field) => (function, field),
                    ExprKind::Number => (function, self.text(Closure { expr: argument, scope })),
                    _ => return None,
                },
                _ => return None,
            },
            _ => return None,
        };
        let record = self.followed(Closure { expr: record, scope });
        Some((field, self.origin(record, 0)))
    }

    /// The variable that an element was taken from.
    fn origin(&mut self, element: Closure<'a>, depth: usize) -> Option<usize> {
        if depth > 5 {
            return None;
        }
        let set = match &element.expr.kind {
            ExprKind::Choose { bound, .. } => Closure { expr: bound.set.as_ref()?, scope: element.scope },
            ExprKind::Apply { operator, arguments, .. } if arguments.is_empty() => {
                match self.scopes.meaning(&operator.name, element.scope) {
                    Meaning::Bound(Binding::Element(set), _) => set?,
                    _ => return None,
                }
            }
            _ => return None,
        };
        let set = self.followed(set);
        self.holder(set, depth)
    }

    fn holder(&mut self, set: Closure<'a>, depth: usize) -> Option<usize> {
        if let Some(place) = self.place(set, 0) {
            return Some(place.slot.variable);
        }
        match &set.expr.kind {
            ExprKind::Apply { arguments, .. } if depth < 5 => arguments.iter().find_map(|expr| {
                let inner = self.followed(Closure { expr, scope: set.scope });
                self.holder(inner, depth + 1)
            }),
            ExprKind::Filter { bound, .. } if depth < 5 => {
                let inner = self.followed(Closure { expr: bound.set.as_ref()?, scope: set.scope });
                self.holder(inner, depth + 1)
            }
            _ => None,
        }
    }

    /// Tells expressions apart: two that have the same key are the same node, thread or message.
    pub(crate) fn key(&mut self, closure: Closure<'a>, depth: usize) -> u64 {
        let followed = self.followed(closure);
        let mut hasher = QuickHasher::default();
        match &followed.expr.kind {
            ExprKind::Field { record, field } if depth < 6 => {
                hasher.write_u64(self.key(Closure { expr: record, scope: followed.scope }, depth + 1));
                hasher.write(field.name.as_bytes());
            }
            _ => {
                hasher.write(self.text(followed).as_bytes());
                let home =
                    followed.expr.as_name().and_then(|name| match self.scopes.meaning(&name.name, followed.scope) {
                        Meaning::Bound(_, home) => Some(home),
                        _ => None,
                    });
                hasher.write_u64(home.map_or(u64::MAX, |home| self.scopes.mark(home)));
            }
        }
        hasher.finish() | 1
    }

    pub(crate) fn text(&self, closure: Closure<'a>) -> &'a str {
        let span = self.scopes.span(closure);
        self.source.get(span.start..span.end).unwrap_or_default()
    }
}

fn with_field<'a>(place: Place<'a>, field: &'a str) -> Place<'a> {
    if place.slot.field.is_none() && place.indices <= 1 {
        return Place { slot: Slot { field: Some(field), ..place.slot }, ..place };
    }
    Place { entry: Some(field), ..place }
}

/// Whether an undeclared name can only stand for a value: no operator of the standard modules has it.
fn is_unknown_value(name: &str) -> bool {
    const LIBRARY: &[&str] = &["Nat", "Int", "Real", "STRING", "BOOLEAN", "EmptyBag", "Infinity", "UNCHANGED"];
    name.starts_with(|c: char| c.is_alphabetic()) && !LIBRARY.contains(&name)
}
