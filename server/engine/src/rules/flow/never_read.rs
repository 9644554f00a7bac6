//! A variable that is written and never read.
//!
//! Nothing depends on it: no guard, no other variable, no property. A history variable is such on purpose; otherwise the
//! behaviour that should look at it is missing.
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

use std::collections::HashSet;

use crate::{
    diagnostic::{Finding, Severity},
    rules::Context,
    syntax::tree::{Expr, ExprKind},
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(next) = context.frames().next else { return };
    if next.silenced || context.has_translation() || context.has_instances() || context.has_foreign_modules() {
        return;
    }
    let mut unread: HashSet<&str> =
        context.module.variables.iter().map(|variable| variable.value.name.as_str()).collect();
    let initial = context.calls.initial.map(|initial| initial.name());
    for definition in &context.module.definitions {
        if unread.is_empty() {
            return;
        }
        let Some(body) = definition.body() else { return };
        if matches!(body.kind, ExprKind::Opaque | ExprKind::Broken(_)) {
            return;
        }
        let skips_types = definition.name().to_ascii_lowercase().contains("type");
        let mut reader = Reader { unread: &mut unread, initial: initial == Some(definition.name()), skips_types };
        // A tuple of variables is a name for them, not a use.
        if !matches!(body.kind, ExprKind::Tuple(_)) {
            reader.read(body, None);
        }
    }
    // A module that reads hardly anything is a sketch.
    if unread.len() * 2 >= context.module.variables.len() {
        return;
    }
    let changes = next.changes;
    for (index, variable) in context.module.variables.iter().enumerate() {
        let name = variable.value.name.as_str();
        if !unread.contains(name) || !changes.has(index) {
            continue;
        }
        let message = format!("`{name}` is written, but nothing reads it: no guard, no other variable, no property");
        let span = variable.span(variable.value.span);
        findings.push(Finding::new("flow/never-read", Severity::Hint, span, message));
    }
}

struct Reader<'r, 'a> {
    unread: &'r mut HashSet<&'a str>,
    initial: bool,
    skips_types: bool,
}

impl Reader<'_, '_> {
    /// Takes out what an expression reads; `own` is the variable that it is the next value of.
    fn read(&mut self, expression: &Expr, own: Option<&str>) {
        match &expression.kind {
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                match (operator.name.as_str(), arguments.as_slice()) {
                    ("UNCHANGED", _) => {}
                    ("'", [inner]) if inner.as_name().is_some_and(|name| Some(name.name.as_str()) == own) => {}
                    ("=", [left, right]) if let Some(variable) = self.written(left) => {
                        self.read(right, Some(variable));
                    }
                    ("\\in", [left, right]) if self.written(left).is_some() => self.read(right, None),
                    ("\\in" | "\\subseteq", [left, right]) if self.skips_types && left.as_name().is_some() => {
                        self.read(right, None);
                    }
                    (name, []) if Some(name) != own => {
                        self.unread.remove(name);
                    }
                    _ => arguments.iter().for_each(|argument| self.read(argument, own)),
                }
            }
            ExprKind::Step { action, .. } | ExprKind::Fairness { action, .. } => self.read(action, own),
            _ => expression.children(&mut |child| self.read(child, own)),
        }
    }

    fn written<'e>(&self, left: &'e Expr) -> Option<&'e str> {
        let subject = match left.as_application("'") {
            Some([subject]) => subject,
            _ if self.initial => left,
            _ => return None,
        };
        subject.as_name().map(|name| name.name.as_str())
    }
}
