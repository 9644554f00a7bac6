//! What can be told of a test without a state: a call's constant arguments decide which branches are ever taken.

use crate::{
    module::Module,
    syntax::tree::{Connective, ExprKind},
};

use super::scopes::{Closure, Meaning, Scopes};

/// A value that is the same in every state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fixed<'a> {
    Text(&'a str),
    Truth(bool),
    /// A CONSTANT.
    Constant(&'a str),
}

/// Whether a test holds in every state, or in none; `None` where that depends.
pub(crate) fn truth<'a>(module: &Module<'a>, scopes: &mut Scopes<'a>, test: Closure<'a>, depth: usize) -> Option<bool> {
    if depth > 6 {
        return None;
    }
    let mut of = |expr, scope| truth(module, scopes, Closure { expr, scope }, depth + 1);
    match &test.expr.kind {
        ExprKind::Junction { connective, items } => {
            let decided = *connective == Connective::Or;
            let mut all = true;
            for item in items {
                match of(item, test.scope) {
                    Some(value) if value == decided => return Some(decided),
                    Some(_) => {}
                    None => all = false,
                }
            }
            all.then_some(!decided)
        }
        ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
            match (operator.name.as_str(), arguments.as_slice()) {
                ("~", [inner]) => of(inner, test.scope).map(|value| !value),
                ("=" | "/=", [left, right]) => {
                    let left = fixed(module, scopes, Closure { expr: left, scope: test.scope })?;
                    let right = fixed(module, scopes, Closure { expr: right, scope: test.scope })?;
                    let equal = same(left, right)?;
                    Some(equal == (operator.name == "="))
                }
                ("\\in" | "\\notin", [element, set]) => {
                    let element = fixed(module, scopes, Closure { expr: element, scope: test.scope })?;
                    let set = scopes.followed(module, Closure { expr: set, scope: test.scope });
                    let ExprKind::Set(items) = &set.expr.kind else { return None };
                    let mut inside = false;
                    for expr in items {
                        let item = fixed(module, scopes, Closure { expr, scope: set.scope })?;
                        inside |= same(element, item)?;
                    }
                    Some(inside == (operator.name == "\\in"))
                }
                ("TRUE", []) => Some(true),
                ("FALSE", []) => Some(false),
                (name, _) if name.starts_with(|c: char| c.is_alphabetic()) => {
                    let followed = scopes.followed(module, test);
                    if std::ptr::eq(followed.expr, test.expr) {
                        return None;
                    }
                    truth(module, scopes, followed, depth + 1)
                }
                _ => None,
            }
        }
        _ => None,
    }
}

fn same(left: Fixed<'_>, right: Fixed<'_>) -> Option<bool> {
    match (left, right) {
        (Fixed::Text(_), Fixed::Text(_)) | (Fixed::Truth(_), Fixed::Truth(_)) => Some(left == right),
        // Two model values are two values; only a person who writes a strange configuration makes them one.
        (Fixed::Constant(_), Fixed::Constant(_)) => Some(left == right),
        _ => None,
    }
}

fn fixed<'a>(module: &Module<'a>, scopes: &mut Scopes<'a>, value: Closure<'a>) -> Option<Fixed<'a>> {
    let followed = scopes.followed(module, value);
    match &followed.expr.kind {
        ExprKind::Str(text) => Some(Fixed::Text(text)),
        _ => {
            let name = followed.expr.as_name()?.name.as_str();
            match (name, scopes.meaning(name, followed.scope)) {
                ("TRUE", _) => Some(Fixed::Truth(true)),
                ("FALSE", _) => Some(Fixed::Truth(false)),
                (_, Meaning::Constant) => Some(Fixed::Constant(name)),
                _ => None,
            }
        }
    }
}
