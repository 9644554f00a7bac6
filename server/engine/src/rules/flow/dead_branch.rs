//! A branch that no call's argument selects.
//!
//! The operator tests a parameter for a value, and no call in the module passes that value: the branch never runs. Either the call is
//! missing, or the branch is left over.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x, y
//! Init == x = 0 /\ y = 0
//! Move(kind) == IF kind = "up" THEN x' = x + 1 /\ UNCHANGED y
//!               ELSE IF kind = "down" THEN x' = x - 1 /\ UNCHANGED y
//!               ELSE y' = x /\ UNCHANGED x
//! Next == Move("up") \/ Move("sideways")
//! Spec == Init /\ [][Next]_<<x, y>>
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x, y
//! Init == x = 0 /\ y = 0
//! Move(kind) == IF kind = "up" THEN x' = x + 1 /\ UNCHANGED y
//!               ELSE IF kind = "down" THEN x' = x - 1 /\ UNCHANGED y
//!               ELSE y' = x /\ UNCHANGED x
//! Next == Move("up") \/ Move("down") \/ Move("sideways")
//! Spec == Init /\ [][Next]_<<x, y>>
//! ====
//! ````

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::{Finding, Severity, Span},
    rules::Context,
    syntax::tree::{Definition, Expr, ExprKind, Name},
};

/// A test of a parameter for a value.
struct Test {
    home: usize,
    /// The position of the parameter.
    position: usize,
    value: Value,
    span: Span,
}

/// A value that can be told from the text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Value {
    Text(Name),
    Truth(bool),
}

/// What the calls of an operator pass at each position; `None` where it can't be told.
type Passed = BTreeMap<usize, Option<BTreeSet<Value>>>;

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.frames().next.is_none() || context.has_instances() || context.has_foreign_modules() {
        return;
    }
    let mut tests = Vec::new();
    for (home, definition) in context.module.definitions.iter().enumerate() {
        if let Some(body) = definition.body().filter(|_| !definition.value.parameters.is_empty()) {
            tests_in(home, definition.value, body, &mut tests);
        }
    }
    if tests.is_empty() || context.module.definitions.iter().any(|definition| !definition.is_whole()) {
        return;
    }
    let passed = passed(context, &tests);
    for test in tests {
        let Some(values) = passed.get(&test.home).and_then(|positions| positions.get(&test.position)) else { continue };
        let Some(values) = values.as_ref().filter(|values| !values.is_empty() && !values.contains(&test.value)) else {
            continue;
        };
        let definition = context.module.definitions[test.home];
        let shown = |value: &Value| match value {
            Value::Text(text) => format!("`\"{text}\"`"),
            Value::Truth(truth) => format!("`{}`", if *truth { "TRUE" } else { "FALSE" }),
        };
        let message = format!(
            "no call of `{}` passes {} for `{}`, only {}: this branch never runs",
            definition.name(),
            shown(&test.value),
            definition.value.parameters[test.position].ident.name,
            values.iter().map(shown).collect::<Vec<_>>().join(", "),
        );
        let span = context.placed(test.home, test.span);
        findings.push(Finding::new("flow/dead-branch", Severity::Warning, span, message));
    }
}

/// The conditions of IF and CASE that compare a parameter with a text, or are a parameter.
fn tests_in(home: usize, definition: &Definition, body: &Expr, tests: &mut Vec<Test>) {
    let parameter = |expression: &Expr| {
        let name = &expression.as_name()?.name;
        definition.parameters.iter().position(|parameter| parameter.ident.name == *name)
    };
    let mut condition = |test: &Expr| {
        if let Some(position) = parameter(test) {
            tests.push(Test { home, position, value: Value::Truth(true), span: test.span });
        }
        if let Some([left, right]) = test.as_application("=") {
            let pair = parameter(left).zip(value(right)).or_else(|| parameter(right).zip(value(left)));
            if let Some((position, value)) = pair {
                tests.push(Test { home, position, value, span: test.span });
            }
        }
    };
    body.walk(&mut |expression| match &expression.kind {
        ExprKind::If { test, .. } => condition(test),
        ExprKind::Case { arms, .. } => arms.iter().for_each(|(test, _)| condition(test)),
        _ => {}
    });
}

fn value(expression: &Expr) -> Option<Value> {
    match &expression.kind {
        ExprKind::Str(text) => Some(Value::Text(text.clone())),
        _ => match expression.as_name()?.name.as_str() {
            "TRUE" => Some(Value::Truth(true)),
            "FALSE" => Some(Value::Truth(false)),
            _ => None,
        },
    }
}

/// What all calls pass to the operators that have tests.
fn passed(context: &Context<'_>, tests: &[Test]) -> BTreeMap<usize, Passed> {
    let wanted: BTreeMap<&str, usize> = tests.iter().map(|test| (context.name_at(test.home), test.home)).collect();
    let mut passed: BTreeMap<usize, Passed> = BTreeMap::new();
    for definition in &context.module.definitions {
        let Some(body) = definition.body() else { continue };
        body.walk(&mut |expression| {
            let (name, arguments) = match &expression.kind {
                ExprKind::Apply { path, operator, arguments } if path.is_empty() => (operator, arguments.as_slice()),
                ExprKind::Symbol(operator) => (operator, [].as_slice()),
                _ => return,
            };
            let Some(home) = wanted.get(name.name.as_str()) else { return };
            let positions = passed.entry(*home).or_default();
            for position in 0..context.module.definitions[*home].value.parameters.len() {
                let values = positions.entry(position).or_insert_with(|| Some(BTreeSet::new()));
                match (arguments.get(position).and_then(value), values.as_mut()) {
                    (Some(value), Some(values)) => {
                        values.insert(value);
                    }
                    _ => *values = None,
                }
            }
        });
    }
    passed
}
