//! An operator with more or fewer arguments than it takes.
//!
//! SANY error 4204. Often a model's own idea of an operator of the library: `Max` of FiniteSetsExt takes one set, not two
//! numbers.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS FiniteSetsExt
//! A == Max(1, 2)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS FiniteSetsExt
//! A == Max({1, 2})
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
    module::problem::{Fault, Problem},
    rules::Context,
    syntax::tree::ExprKind,
};

/// Operators that take the set of what models like to give them one by one.
const OF_A_SET: &[&str] = &["Max", "Min", "MAX", "MIN", "max", "min", "SetMax", "SetMin", "Maximum", "Minimum", "BagUnion"];

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (unit, problem) in context.linked.problems.iter().filter(|(_, problem)| problem.fault == Fault::WrongArity) {
        let span = problem.span.shifted(context.start_of(*unit));
        let mut finding = Finding::new("name/wrong-arity", Severity::Error, span, problem.message.as_str());
        finding.fixes.extend(as_set(context, problem, *unit).or_else(|| one_by_one(context, problem, *unit)));
        findings.push(finding);
    }
}

/// `Max(a, b)` becomes `Max({a, b})` where Max takes a set.
fn as_set(context: &Context<'_>, problem: &Problem, unit: usize) -> Option<Fix> {
    let name = problem.name.as_str();
    if !OF_A_SET.contains(&name) || takes(context, name)? != 1 {
        return None;
    }
    let used = context.use_at(unit, &problem.name, problem.span).filter(|used| used.arguments.len() > 1)?;
    let span = used.span.shifted(context.start_of(unit));
    let text = context.text(span);
    let open = span.start + text.find('(')?;
    if !text.ends_with(')') {
        return None;
    }
    let edits = vec![Edit::insert(open + 1, "{"), Edit::insert(span.end - 1, "}")];
    Some(Fix { title: format!("give `{name}` a set"), safety: Safety::Safe, edits })
}

/// `Max({a, b})` becomes `Max(a, b)` where the module's own Max takes two numbers.
fn one_by_one(context: &Context<'_>, problem: &Problem, unit: usize) -> Option<Fix> {
    let name = problem.name.as_str();
    let used = context.use_at(unit, &problem.name, problem.span)?;
    let [set] = used.arguments else { return None };
    let ExprKind::Set(items) = &set.kind else { return None };
    if !OF_A_SET.contains(&name) || items.len() < 2 || takes(context, name)? != items.len() {
        return None;
    }
    let span = set.span.shifted(context.start_of(unit));
    let text = context.text(span);
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let edits = vec![Edit::replace(span, inner.trim())];
    Some(Fix { title: format!("give `{name}` its arguments one by one"), safety: Safety::Safe, edits })
}

/// How many arguments an operator takes, where the module has one alone of that name.
fn takes(context: &Context<'_>, name: &str) -> Option<usize> {
    let arity = context.linked.symbol(name)?.arity();
    let own = context.module.definition(name).map(|definition| definition.value.parameters.len());
    (own.unwrap_or(arity) == arity).then_some(arity)
}
