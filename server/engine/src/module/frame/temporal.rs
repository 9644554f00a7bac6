//! Where a module's temporal formulas have their actions: `[][A]_v`, `WF_v(A)`; and which of them are Init and Next.

use std::collections::HashSet;

use crate::{
    module::{Module, calls::Calls, register::Trait},
    syntax::tree::{Body, Connective, Expr, ExprKind, LetItem, StepForm},
};

/// `[][A]_v` or `WF_v(A)`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Formula<'a> {
    /// The definition that it stands in; an index of `Module::definitions`.
    pub home: usize,
    pub whole: &'a Expr,
    pub subscript: &'a Expr,
    pub action: &'a Expr,
    /// Whether Spec reaches it through conjunctions and names.
    pub in_specification: bool,
}

/// The formulas of all definitions, in order of place.
pub(super) fn formulas<'a>(module: &Module<'a>, calls: &Calls<'a>) -> Vec<Formula<'a>> {
    let mut reached = HashSet::new();
    if let Some(specification) = calls.specification {
        reach(module, specification.name(), &mut reached);
    }
    let mut found = Vec::new();
    for (home, definition) in
        module.definitions.iter().enumerate().filter(|(_, home)| module.brief(**home).has(Trait::Temporal))
    {
        let Some(body) = definition.body() else { continue };
        let in_specification = reached.contains(&home);
        search(body, &mut |whole, subscript, action| {
            found.push(Formula { home, whole, subscript, action, in_specification });
        });
    }
    found
}

/// The definitions that a definition names as conjuncts, itself included.
fn reach<'a>(module: &Module<'a>, name: &str, reached: &mut HashSet<usize>) {
    let Some(index) = module.index_of(name) else { return };
    if !reached.insert(index) {
        return;
    }
    if let Some(body) = module.definitions[index].body() {
        conjuncts(body, &mut |conjunct| {
            if let ExprKind::Apply { path, operator, .. } = &conjunct.kind
                && path.is_empty()
            {
                reach(module, &operator.name, reached);
            }
        });
    }
}

/// Visits the conjuncts of a formula, through quantifiers and LET.
fn conjuncts<'a>(expression: &'a Expr, visit: &mut dyn FnMut(&'a Expr)) {
    match &expression.kind {
        ExprKind::Junction { connective: Connective::And, items } => {
            items.iter().for_each(|item| conjuncts(item, visit));
        }
        ExprKind::Quantifier { body, .. } | ExprKind::Let { body, .. } => conjuncts(body, visit),
        _ => visit(expression),
    }
}

/// Looks through the temporal structure of a formula only; actions are not entered.
fn search<'a>(expression: &'a Expr, found: &mut dyn FnMut(&'a Expr, &'a Expr, &'a Expr)) {
    match &expression.kind {
        ExprKind::Junction { items, .. } => items.iter().for_each(|item| search(item, found)),
        ExprKind::Quantifier { body, .. } => search(body, found),
        ExprKind::Let { items, body } => {
            for item in items {
                if let LetItem::Definition(definition) = item
                    && let Body::Expression(body) = &definition.body
                {
                    search(body, found);
                }
            }
            search(body, found);
        }
        ExprKind::Apply { path, operator, arguments } if path.is_empty() => match operator.name.as_str() {
            "[]" => {
                if let [step] = arguments.as_slice()
                    && let ExprKind::Step { form: StepForm::Square, action, subscript } = &step.kind
                {
                    found(step, subscript, action);
                } else {
                    arguments.iter().for_each(|argument| search(argument, found));
                }
            }
            "<>" | "=>" | "~>" | "<=>" | "~" => arguments.iter().for_each(|argument| search(argument, found)),
            _ => {}
        },
        ExprKind::If { then, otherwise, .. } => {
            search(then, found);
            search(otherwise, found);
        }
        ExprKind::Fairness { subscript, action, .. } => found(expression, subscript, action),
        _ => {}
    }
}

/// The action that every step of the specification is, with the definition that it stands in. `None` where there is
/// none or where several together make up the steps.
pub(super) fn next<'a>(module: &Module<'a>, calls: &Calls<'a>, formulas: &[Formula<'a>]) -> Option<(usize, &'a Expr)> {
    // Without a definition called Spec, only what looks like one counts: `Init /\ [][Next]_vars …`.
    let named = calls
        .specification
        .is_some_and(|specification| specification.name() == "Spec" || begins_with_name(specification.body()));
    if calls.specification.is_some() && !named {
        return None;
    }
    let mut steps = formulas
        .iter()
        .filter(|formula| formula.in_specification && matches!(formula.whole.kind, ExprKind::Step { .. }));
    match (steps.next(), steps.next()) {
        (Some(step), None) => Some((step.home, step.action)),
        (Some(_), Some(_)) => None,
        (None, _) => {
            let next = calls.next.or_else(|| module.definition("Next"))?;
            Some((module.index_of(next.name())?, next.body()?))
        }
    }
}

fn begins_with_name(body: Option<&Expr>) -> bool {
    let Some(ExprKind::Junction { connective: Connective::And, items }) = body.map(|body| &body.kind) else {
        return false;
    };
    items.first().is_some_and(|first| first.as_name().is_some())
}

/// The initial predicate: what stands before `[][Next]_v` in Spec, or Init.
pub(super) fn initial<'a>(module: &Module<'a>, calls: &Calls<'a>) -> Option<(usize, &'a Expr)> {
    if let Some(specification) = calls.specification
        && let ExprKind::Junction { connective: Connective::And, items } = &specification.body()?.kind
        && let [first, second, ..] = items.as_slice()
        && second.as_application("[]").is_some()
    {
        let name = first.as_name()?;
        return Some((module.index_of(&name.name)?, module.definition(&name.name)?.body()?));
    }
    if calls.specification.is_some() {
        return None;
    }
    let initial = module.definition("Init")?;
    Some((module.index_of("Init")?, initial.body()?))
}
