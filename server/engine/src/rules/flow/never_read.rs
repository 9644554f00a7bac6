//! A variable that is written and never read.
//!
//! Nothing depends on it: no guard, no other variable, no property. A history variable is such on purpose; otherwise
//! the behaviour that should look at it is missing.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x, y, term
//! Init == x = 0 /\ y = 0 /\ term = 0
//! Step == x' = y /\ y' = x /\ term' = term + 1
//! Next == Step
//! Spec == Init /\ [][Next]_<<x, y, term>>
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x, y, term
//! Init == x = 0 /\ y = 0 /\ term = 0
//! Step == term < 3 /\ x' = y /\ y' = x /\ term' = term + 1
//! Next == Step
//! Spec == Init /\ [][Next]_<<x, y, term>>
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity},
    module::{hash::QuickSet, register::Trait},
    rules::Context,
    syntax::tree::{Expr, ExprKind},
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(next) = context.frames().next else { return };
    if next.silenced || context.has_translation() || context.has_instances() || context.has_foreign_modules() {
        return;
    }
    let initial = context.calls.initial.map(|initial| initial.name());
    let register = &context.module.register;
    let initial_word = initial.and_then(|name| register.words.get(name));
    let mut reads = vec![false; register.words.len()];
    let mut initial_read: QuickSet<&str> = QuickSet::default();
    for definition in &context.module.definitions {
        let brief = context.module.brief(*definition);
        if !brief.has(Trait::Whole) {
            return;
        }
        if initial_word.is_some() && brief.defines == initial_word {
            definition.body().into_iter().for_each(|body| initial_reads(body, &mut initial_read));
        } else {
            register.reads.at(definition.unit).iter().for_each(|word| reads[*word as usize] = true);
        }
    }
    let is_read = |name: &str| {
        initial_read.contains(name) || register.words.get(name).is_some_and(|word| reads[word as usize])
    };
    let variables = context.module.variables.iter().enumerate();
    let unread: Vec<_> = variables.filter(|(_, variable)| !is_read(&variable.value.name)).collect();
    // A module that reads hardly anything is a sketch.
    if unread.len() * 2 >= context.module.variables.len() {
        return;
    }
    for (_, variable) in unread.into_iter().filter(|(index, _)| next.changes.has(*index)) {
        let name = &variable.value.name;
        let message = format!("`{name}` is written, but nothing reads it: no guard, no other variable, no property");
        let span = variable.span(variable.value.span);
        findings.push(Finding::new("flow/never-read", Severity::Hint, span, message));
    }
}

/// What an initial predicate reads; `x = e` gives `x` its first value.
fn initial_reads<'a>(expression: &'a Expr, reads: &mut QuickSet<&'a str>) {
    match &expression.kind {
        ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
            match (operator.name.as_str(), arguments.as_slice()) {
                ("=" | "\\in", [left, right]) if left.as_name().is_some() => initial_reads(right, reads),
                (name, []) => {
                    reads.insert(name);
                }
                _ => arguments.iter().for_each(|argument| initial_reads(argument, reads)),
            }
        }
        _ => expression.children(&mut |child| initial_reads(child, reads)),
    }
}
