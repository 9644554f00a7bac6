//! A variable that no action ever changes.
//!
//! Every action keeps it, so it holds its first value for ever. Either the actions that should change it forget to, or
//! it is a constant. A variable that Init chooses from a set stands for an arbitrary constant and is not reported.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x, y
//! Init == x = 0 /\ y = 0
//! Step == x' = 1 - y /\ UNCHANGED y
//! Next == Step
//! Spec == Init /\ [][Next]_<<x, y>>
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x, y
//! Init == x = 0 /\ y = 0
//! Step == x' = 1 - y /\ y' = x
//! Next == Step
//! Spec == Init /\ [][Next]_<<x, y>>
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity},
    rules::Context,
    syntax::tree::{Connective, Expr, ExprKind},
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let frames = context.frames();
    let (Some(next), Some(initial)) = (frames.next, context.calls.initial) else { return };
    let kept = frames.all - next.changes;
    if next.silenced || kept.is_empty() || context.has_translation() {
        return;
    }
    let Some(body) = initial.body() else { return };
    for (index, variable) in context.module.variables.iter().enumerate() {
        let name = variable.value.name.as_str();
        let Some(value) = first_value(context, body, name).filter(|_| kept.has(index)) else { continue };
        // What begins as something particular may be a constant on purpose.
        let severity = if is_blank(value) { Severity::Warning } else { Severity::Hint };
        let message = format!(
            "no action changes `{name}`: it holds its first value for ever; change it where it should change, or make \
             it a constant"
        );
        let span = variable.span(variable.value.span);
        findings.push(Finding::new("flow/never-changed", severity, span, message));
    }
}

/// The value that an initial predicate gives a variable: by a conjunct `x = e`, also of a definition it names.
fn first_value<'a>(context: &Context<'a>, expression: &'a Expr, variable: &str) -> Option<&'a Expr> {
    let own = conjunct_value(expression, variable);
    own.or_else(|| match &expression.kind {
        ExprKind::Junction { connective: Connective::And, items } => {
            items.iter().find_map(|item| conjunct_value(called(context, item)?, variable))
        }
        _ => conjunct_value(called(context, expression)?, variable),
    })
}

fn called<'a>(context: &Context<'a>, expression: &'a Expr) -> Option<&'a Expr> {
    context.module.definition(&expression.as_name()?.name)?.body()
}

fn conjunct_value<'a>(expression: &'a Expr, variable: &str) -> Option<&'a Expr> {
    if let ExprKind::Junction { connective: Connective::And, items } = &expression.kind {
        return items.iter().find_map(|item| conjunct_value(item, variable));
    }
    match expression.as_application("=") {
        Some([left, value]) if left.as_name().is_some_and(|name| name.name == variable) => Some(value),
        _ => None,
    }
}

/// Whether a value is what a variable has before anything happens: nothing, zero, FALSE, or a function of these.
fn is_blank(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Number => true,
        ExprKind::Set(items) | ExprKind::Tuple(items) => items.is_empty(),
        ExprKind::Function { body, .. } => is_blank(body),
        _ => value.as_name().is_some_and(|name| name.name == "FALSE"),
    }
}
