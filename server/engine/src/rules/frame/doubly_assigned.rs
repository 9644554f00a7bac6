//! One path of an action gives a variable a value twice.
//!
//! A conjunction is no sequence of statements: `x' = 1 /\ x' = 2` is FALSE, and an action that says both that a
//! variable changes and that it is UNCHANGED is never enabled, or only where both agree. TLC takes the first for the
//! value and the second for a test, silently. Put all changes into one value.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x
//! Init == x = [a |-> 0, b |-> 0]
//! Step == /\ x' = [x EXCEPT !.a = 1]
//!         /\ x' = [x' EXCEPT !.b = 2]
//! Next == Step
//! Spec == Init /\ [][Next]_x
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x
//! Init == x = [a |-> 0, b |-> 0]
//! Step == /\ x' = [x EXCEPT !.a = 1, !.b = 2]
//! Next == Step
//! Spec == Init /\ [][Next]_x
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    module::frame::Conflict,
    rules::Context,
    syntax::tree::{Expr, ExprKind},
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for conflict in &context.frames().conflicts {
        let variables = context.told(conflict.variables);
        let keeps = conflict.first.as_application("UNCHANGED").or(conflict.second.as_application("UNCHANGED"));
        let how = if keeps.is_some() { "both given a value and kept UNCHANGED" } else { "given a value twice" };
        let are = if context.names_of(conflict.variables).len() == 1 { "is" } else { "are" };
        let message = format!(
            "on one path of `{}`, {variables} {are} {how}: both must hold at once, so the action is enabled only where they \
             agree; say it once",
            context.name_at(conflict.home),
        );
        let span = context.placed(conflict.home, conflict.second.span);
        let first = context.placed(conflict.home, conflict.first.span);
        let mut finding = Finding::new("frame/doubly-assigned", Severity::Warning, span, message)
            .see(first, format!("{variables} {are} given a value here"));
        if let Some(fix) = merged(context, conflict).or_else(|| released(context, conflict)) {
            finding = finding.with_fix(fix);
        }
        findings.push(finding);
    }
}

/// `x' = [x EXCEPT …]` and `x' = [x' EXCEPT …]` as one value.
fn merged(context: &Context<'_>, conflict: &Conflict<'_>) -> Option<Fix> {
    let home = conflict.home;
    let (variable, first) = assignment(conflict.first)?;
    let (other, second) = assignment(conflict.second)?;
    let ExprKind::Except { base, updates } = &second.kind else { return None };
    let [based] = base.as_application("'")? else { return None };
    let twice = updates.iter().any(|update| mentions_next(&update.value, variable));
    if variable != other || based.as_name()?.name != variable || twice || !context.is_list(home, conflict.conjunction) {
        return None;
    }
    let ExprKind::Junction { items, .. } = &conflict.conjunction.kind else { return None };
    let position = items.iter().position(|item| item.span == conflict.first.span)?;
    // The first conjunct goes with its bullet: from its bullet to the next one.
    let bullet = |index: usize| {
        let item = context.placed(home, items.get(index)?.span);
        let before = context.document.source().get(..item.start)?;
        let start = before.trim_end();
        start.ends_with("/\\").then(|| start.len() - 2)
    };
    let gone = Span::new(bullet(position)?, bullet(position + 1)?);
    let base = context.placed(home, base.span);
    let edits = match &first.kind {
        ExprKind::Except { base: origin, updates: earlier } => {
            let last = earlier.last()?;
            let origin = context.placed(home, origin.span);
            let begin = Span::new(origin.start, context.placed(home, last.value.span).end);
            let tail = context.placed(home, second.span);
            let rest = context.text(Span::new(base.end, tail.end)).trim_start();
            let rest = rest.strip_prefix("EXCEPT")?.trim_start();
            let from = tail.end - rest.len();
            vec![Edit::delete(gone), Edit::replace(Span::new(base.start, from), format!("{}, ", context.text(begin)))]
        }
        _ => vec![
            Edit::delete(gone),
            Edit::replace(base, format!("({})", context.text(context.placed(home, first.span)))),
        ],
    };
    let title = format!("put both changes of `{variable}` into one value");
    Some(Fix { title, safety: Safety::Ask, edits })
}

/// The variable and the value of `x' = e`.
fn assignment(expression: &Expr) -> Option<(&str, &Expr)> {
    let [left, value] = expression.as_application("=")? else { return None };
    let [variable] = left.as_application("'")? else { return None };
    Some((variable.as_name()?.name.as_str(), value))
}

fn mentions_next(expression: &Expr, variable: &str) -> bool {
    let mut found = false;
    expression.walk(&mut |inner| {
        if let Some([primed]) = inner.as_application("'") {
            found |= primed.as_name().is_some_and(|name| name.name == variable);
        }
    });
    found
}

/// The UNCHANGED without the variables that the other conjunct changes.
fn released(context: &Context<'_>, conflict: &Conflict<'_>) -> Option<Fix> {
    let kept = [conflict.first, conflict.second].into_iter().find_map(|item| item.as_application("UNCHANGED"))?;
    let [subject] = kept else { return None };
    let ExprKind::Tuple(items) = &subject.kind else { return None };
    let names = context.names_of(conflict.variables);
    let stay = |item: &&Expr| item.as_name().is_none_or(|name| !names.contains(&name.name.as_str()));
    let rest: Vec<&str> = items
        .iter()
        .filter(stay)
        .map(|item| context.text(context.placed(conflict.home, item.span)))
        .collect();
    // All of them must stand in the tuple by name, and something must be left in it.
    if rest.is_empty() || items.len() - rest.len() != names.len() {
        return None;
    }
    let span = context.placed(conflict.home, subject.span);
    let edits = vec![Edit::replace(span, format!("<<{}>>", rest.join(", ")))];
    Some(Fix { title: format!("take {} out of UNCHANGED", context.told(conflict.variables)), safety: Safety::Ask, edits })
}
