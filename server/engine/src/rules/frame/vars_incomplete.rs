//! The tuple under `[Next]_vars` misses a variable.
//!
//! `[Next]_vars` allows every step that leaves `vars` as it is. A variable that is not in the tuple may then change at
//! any time and in any way. Tuples within the tuple count, and so do definitions that are tuples.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLES x, y, z
//! pair == <<x, y>>
//! vars == <<pair>>
//! Init == x = 0 /\ y = 0 /\ z = 0
//! Next == x' = y /\ y' = z /\ z' = x
//! Spec == Init /\ [][Next]_vars
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLES x, y, z
//! pair == <<x, y>>
//! vars == <<pair, z>>
//! Init == x = 0 /\ y = 0 /\ z = 0
//! Next == x' = y /\ y' = z /\ z' = x
//! Spec == Init /\ [][Next]_vars
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Fix, Safety, Severity},
    rules::Context,
    syntax::tree::{Expr, ExprKind},
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let frames = context.frames();
    let steps = frames.subscripts.iter().filter(|subscript| subscript.in_specification);
    for step in steps.filter(|subscript| matches!(subscript.formula.kind, ExprKind::Step { .. })) {
        let missing = frames.all - step.variables;
        if missing.is_empty() {
            continue;
        }
        let (home, tuple) = tuple_of(context, step.home, step.subscript);
        let variables = context.told(missing);
        let message = format!(
            "the subscript of `[Next]_…` misses {variables}: a step that leaves the others as they are may change it in \
             any way; add {variables} to the tuple"
        );
        let span = context.placed(home, tuple.span);
        let mut finding = Finding::new("frame/vars-incomplete", Severity::Warning, span, message);
        if let Some(edit) = context.completed(home, tuple, &context.names_of(missing)) {
            let title = format!("add {variables} to the tuple");
            finding = finding.with_fix(Fix { title, safety: Safety::Safe, edits: vec![edit] });
        }
        findings.push(finding);
    }
}

/// The tuple that a subscript stands for, through names of definitions.
fn tuple_of<'a>(context: &Context<'a>, home: usize, subscript: &'a Expr) -> (usize, &'a Expr) {
    let mut place = (home, subscript);
    for _ in 0..context.module.definitions.len() {
        let Some(name) = place.1.as_name() else { break };
        let Some(next) = context.module.definitions.iter().position(|definition| definition.name() == name.name) else {
            break;
        };
        let Some(body) = context.module.definitions[next].body() else { break };
        place = (next, body);
    }
    place
}
