//! Labels, `name(x, y) :: e`: where they may stand, and that their parameters are the names that are bound there.

use super::problem::{Fault, Problem};
use crate::{
    diagnostic::Span,
    syntax::tree::{Body, Bound, Definition, Expr, ExprKind, Ident, Item, Label, LetItem},
};

/// A place that encloses a label.
enum Enclosing<'a> {
    /// A definition of a LET: labels in it are its own.
    Definition(Span),
    Names(Span, Vec<&'a Ident>),
    /// The new value of an EXCEPT.
    NewValue,
}

/// What is wrong with the labels of a unit (SANY errors 4330 to 4336).
pub(super) fn check(item: &Item, labels: &[Label]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut known: Vec<(Span, Option<Span>, &Label)> = Vec::new();
    for label in labels {
        let mut report = |span: Span, message: String| {
            problems.push(Problem { fault: Fault::WrongLabel, span, name: label.ident.name.clone(), message });
        };
        let Some(path) = path_to(item, label.span) else {
            let message = format!("the label `{}` stands in no definition; drop it", label.ident.name);
            report(label.span, message);
            continue;
        };
        if path.iter().any(|enclosing| matches!(enclosing, Enclosing::NewValue)) {
            report(label.ident.span, "no label may stand within the new value of an EXCEPT".to_owned());
            continue;
        }
        let owner = path.iter().rev().find_map(|enclosing| match enclosing {
            Enclosing::Definition(span) => Some(*span),
            _ => None,
        });
        let parent = labels
            .iter()
            .filter(|other| other.span != label.span && other.span.contains(label.span))
            .filter(|other| owner.is_none_or(|owner| owner.contains(other.span)))
            .min_by_key(|other| other.span.len())
            .map(|other| other.span);
        let begins = parent.or(owner);
        let bound: Vec<&Ident> = path
            .iter()
            .filter_map(|enclosing| match enclosing {
                Enclosing::Names(span, names) => {
                    let inside = begins.is_none_or(|outer| outer.contains(*span));
                    inside.then_some(names)
                }
                _ => None,
            })
            .flatten()
            .copied()
            .collect();
        for (index, parameter) in label.parameters.iter().enumerate() {
            if label.parameters[..index].iter().any(|earlier| earlier.name == parameter.name) {
                report(parameter.span, format!("the label has `{}` twice", parameter.name));
            } else if bound.iter().all(|name| name.name != parameter.name) {
                let message = format!(
                    "`{}` is not bound between the label and its definition; a label has just those names as parameters",
                    parameter.name
                );
                report(parameter.span, message);
            }
        }
        for name in bound.iter().filter(|name| label.parameters.iter().all(|given| given.name != name.name)) {
            let message = format!("the label must have the bound name `{}` as a parameter", name.name);
            report(label.ident.span, message);
        }
        let twin = |other: &&(Span, Option<Span>, &Label)| {
            other.2.ident.name == label.ident.name && other.1 == parent && Some(other.0) == owner.or(Some(Span::at(0)))
        };
        if known.iter().any(|other| twin(&other)) {
            report(label.ident.span, format!("the definition has a label `{}` already", label.ident.name));
        }
        known.push((owner.unwrap_or(Span::at(0)), parent, label));
    }
    problems
}

/// What encloses a place within a unit, from the outside; `None` where labels may not stand at all.
fn path_to(item: &Item, place: Span) -> Option<Vec<Enclosing<'_>>> {
    let mut path = Vec::new();
    match item {
        Item::Definition(definition) => within_definition(definition, place, &mut path),
        Item::Assume { name: Some(_), body } => within(body, place, &mut path),
        Item::Theorem { name: Some(_), statement } => {
            if let Some(statement) = statement {
                within(statement, place, &mut path);
            }
        }
        _ => return None,
    }
    Some(path)
}

fn within_definition<'a>(definition: &'a Definition, place: Span, path: &mut Vec<Enclosing<'a>>) {
    let Body::Expression(body) = &definition.body else { return };
    if body.span.contains(place) && !definition.bounds.is_empty() {
        path.push(Enclosing::Names(body.span, names_of(&definition.bounds)));
    }
    within(body, place, path);
}

fn names_of(bounds: &[Bound]) -> Vec<&Ident> {
    bounds.iter().flat_map(|bound| &bound.names).collect()
}

fn within<'a>(expression: &'a Expr, place: Span, path: &mut Vec<Enclosing<'a>>) {
    let span = expression.span;
    match &expression.kind {
        ExprKind::Quantifier { bounds, body, .. }
        | ExprKind::Function { bounds, body }
        | ExprKind::Map { body, bounds }
            if body.span.contains(place) =>
        {
            path.push(Enclosing::Names(span, names_of(bounds)));
        }
        ExprKind::Choose { bound, body } | ExprKind::Filter { bound, body } if body.span.contains(place) => {
            path.push(Enclosing::Names(span, bound.names.iter().collect()));
        }
        ExprKind::Lambda { parameters, body } if body.span.contains(place) => {
            path.push(Enclosing::Names(span, parameters.iter().collect()));
        }
        ExprKind::Except { updates, .. } if updates.iter().any(|update| update.value.span.contains(place)) => {
            path.push(Enclosing::NewValue);
        }
        ExprKind::Let { items, .. } => {
            for item in items {
                let LetItem::Definition(definition) = item else { continue };
                if definition.span.contains(place) {
                    path.push(Enclosing::Definition(definition.span));
                    return within_definition(definition, place, path);
                }
            }
        }
        _ => {}
    }
    let mut inner = None;
    expression.children(&mut |child| {
        if child.span.contains(place) {
            inner = Some(child);
        }
    });
    if let Some(child) = inner {
        within(child, place, path);
    }
}
