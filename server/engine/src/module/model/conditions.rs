//! What guards demand of the values of slots, told without the text that they stand in.

use std::sync::Arc;

use crate::syntax::tree::{Connective, Expr, ExprKind, Name};

use super::{
    actions::Guard,
    operands::{Operand, PlaceOf, Reader},
    scopes::Closure,
};

/// A demand on the values of slots.
#[derive(Debug, PartialEq)]
pub(crate) enum Condition {
    /// Nothing that could be told.
    Anything,
    All(Vec<Condition>),
    Any(Vec<Condition>),
    /// The place holds one of some values.
    Among(PlaceOf<Name>, Vec<Name>),
    /// The place holds none of some values.
    Outside(PlaceOf<Name>, Vec<Name>),
}

/// How deep a guard is looked into.
const DEPTH_LIMIT: usize = 10;

/// What several guards demand together; `None` where nothing can be told. `@` is what it is for the reader.
pub(super) fn of<'a>(reader: &mut Reader<'_, 'a>, guards: &[Guard<'a>]) -> Option<Arc<Condition>> {
    let demands = guards.iter().map(|guard| read(reader, *guard, 0)).collect();
    match all(demands) {
        Condition::Anything => None,
        condition => Some(Arc::new(condition)),
    }
}

fn all(mut demands: Vec<Condition>) -> Condition {
    demands.retain(|demand| *demand != Condition::Anything);
    match demands.len() {
        0 => Condition::Anything,
        1 => demands.swap_remove(0),
        _ => Condition::All(demands),
    }
}

fn any(demands: Vec<Condition>) -> Condition {
    if demands.contains(&Condition::Anything) { Condition::Anything } else { Condition::Any(demands) }
}

fn read<'a>(reader: &mut Reader<'_, 'a>, guard: Guard<'a>, depth: usize) -> Condition {
    if depth > DEPTH_LIMIT {
        return Condition::Anything;
    }
    let Closure { expr, scope } = guard.test;
    let part = |reader: &mut Reader<'_, 'a>, expr: &'a Expr, holds: bool| {
        read(reader, Guard { test: Closure { expr, scope }, holds }, depth + 1)
    };
    match &expr.kind {
        ExprKind::Junction { connective, items } => {
            let demands = items.iter().map(|item| part(reader, item, guard.holds)).collect();
            if (*connective == Connective::And) == guard.holds { all(demands) } else { any(demands) }
        }
        ExprKind::Let { items, body } => {
            let scope = reader.scopes.bind_let(scope, items);
            read(reader, Guard { test: Closure { expr: body, scope }, holds: guard.holds }, depth + 1)
        }
        ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
            match (operator.name.as_str(), arguments.as_slice()) {
                ("~", [inner]) => part(reader, inner, !guard.holds),
                ("=>", [left, right]) if guard.holds => any(vec![part(reader, left, false), part(reader, right, true)]),
                ("=" | "/=" | "\\in" | "\\notin", [left, right]) => {
                    let positive = matches!(operator.name.as_str(), "=" | "\\in") == guard.holds;
                    match values(reader, Closure { expr: left, scope }, Closure { expr: right, scope }) {
                        Some((place, values)) if positive => Condition::Among(place, values),
                        Some((place, values)) => Condition::Outside(place, values),
                        None => Condition::Anything,
                    }
                }
                _ => {
                    let followed = reader.followed(guard.test);
                    if std::ptr::eq(followed.expr, expr) {
                        return Condition::Anything;
                    }
                    read(reader, Guard { test: followed, holds: guard.holds }, depth + 1)
                }
            }
        }
        _ => Condition::Anything,
    }
}

/// The place that one side is, and the values that the other is.
fn values<'a>(
    reader: &mut Reader<'_, 'a>,
    left: Closure<'a>,
    right: Closure<'a>,
) -> Option<(PlaceOf<Name>, Vec<Name>)> {
    if is_primed(left.expr) || is_primed(right.expr) {
        return None;
    }
    let mut left = reader.operand(left);
    let mut right = reader.operand(right);
    if matches!(left, Operand::Atom(_)) {
        std::mem::swap(&mut left, &mut right);
    }
    let (place, values) = (left.place()?, right.atoms()?);
    Some((place.retold(&|text| Name::from(*text)), values.iter().map(|value| Name::from(*value)).collect()))
}

fn is_primed(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Apply { operator, arguments, .. } => operator.name == "'" && arguments.len() == 1,
        ExprKind::Index { function, .. } => is_primed(function),
        ExprKind::Field { record, .. } => is_primed(record),
        _ => false,
    }
}
