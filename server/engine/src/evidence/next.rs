//! Next is a disjunction of actions.

use super::{
    Answer,
    view::{View, missing},
};
use crate::syntax::tree::{Connective, Expr, ExprKind};

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let Some(action) = view.model.walk.actions.first() else { return missing("Next", "Next", "there is none") };
    let placed = view.subject.module.definitions[action.definition];
    let disjunction = placed.body().is_some_and(is_disjunction);
    match disjunction {
        true => view.met_at("", action.definition, placed.name_span()),
        false => missing("Next", "Next as a disjunction", format!("`{}` is no disjunction of actions", placed.name())),
    }
}

fn is_disjunction(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Junction { connective, .. } => *connective == Connective::Or,
        ExprKind::Quantifier { body, .. } | ExprKind::Let { body, .. } => is_disjunction(body),
        ExprKind::Apply { .. } => true,
        _ => false,
    }
}
