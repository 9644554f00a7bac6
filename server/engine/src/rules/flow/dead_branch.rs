//! A branch that no call's argument selects.
//!
//! The operator tests a parameter for a value, and no call in the module passes that value: the branch never runs.
//! Either the call is missing, or the branch is left over.
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
    diagnostic::{Finding, Severity},
    module::register::Trait,
    rules::Context,
    syntax::{facts::Written, tree::ExprKind},
};

/// What the calls of an operator pass at each position; `None` where it can't be told.
type Passed = BTreeMap<usize, Option<BTreeSet<Written>>>;

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.frames().next.is_none() || context.has_instances() || context.has_foreign_modules() {
        return;
    }
    let module = &context.module;
    let briefs = || module.definitions.iter().map(|definition| module.brief(*definition)).enumerate();
    let tested: BTreeMap<&str, usize> = briefs()
        .filter(|(_, brief)| brief.has(Trait::Tests))
        .map(|(home, _)| (context.name_at(home), home))
        .collect();
    if tested.is_empty() || briefs().any(|(_, brief)| !brief.has(Trait::Whole)) {
        return;
    }
    let passed = passed(context, &tested);
    for (home, _) in briefs().filter(|(_, brief)| brief.has(Trait::Tests)) {
        for test in &context.facts(module.definitions[home]).tests {
            let Some(Some(values)) = passed.get(&home).and_then(|positions| positions.get(&test.position)) else {
                continue;
            };
            if values.is_empty() || values.contains(&test.value) {
                continue;
            }
            let message = format!(
                "no call of `{}` passes {} for `{}`, only {}: this branch never runs",
                context.name_at(home),
                shown(&test.value),
                context.module.definitions[home].value.parameters[test.position].ident.name,
                values.iter().map(shown).collect::<Vec<_>>().join(", "),
            );
            let span = context.placed(home, test.span);
            findings.push(Finding::new("flow/dead-branch", Severity::Warning, span, message));
        }
    }
}

fn shown(value: &Written) -> String {
    match value {
        Written::Text(text) => format!("`\"{text}\"`"),
        Written::Truth(true) => "`TRUE`".to_owned(),
        Written::Truth(false) => "`FALSE`".to_owned(),
    }
}

/// What all calls pass to the operators that have tests.
fn passed(context: &Context<'_>, tested: &BTreeMap<&str, usize>) -> BTreeMap<usize, Passed> {
    let mut passed: BTreeMap<usize, Passed> = BTreeMap::new();
    let register = &context.module.register;
    let words: Vec<_> = tested.keys().filter_map(|name| register.words.get(name)).collect();
    for definition in &context.module.definitions {
        let calls = register.named.at(definition.unit).iter().any(|name| words.contains(name));
        let Some(body) = definition.body().filter(|_| calls) else { continue };
        body.walk(&mut |expression| {
            let (name, arguments) = match &expression.kind {
                ExprKind::Apply { path, operator, arguments } if path.is_empty() => (operator, arguments.as_slice()),
                ExprKind::Symbol(operator) => (operator, [].as_slice()),
                _ => return,
            };
            let Some(home) = tested.get(name.name.as_str()) else { return };
            let positions = passed.entry(*home).or_default();
            for position in 0..context.module.definitions[*home].value.parameters.len() {
                let values = positions.entry(position).or_insert_with(|| Some(BTreeSet::new()));
                match (arguments.get(position).and_then(Written::of), values.as_mut()) {
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
