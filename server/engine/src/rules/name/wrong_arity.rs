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
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
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
        let fix = as_set(context, problem, *unit)
            .or_else(|| one_by_one(context, problem, *unit))
            .or_else(|| in_brackets(context, problem, *unit))
            .or_else(|| in_parentheses(context, problem, *unit));
        finding.fixes.extend(fix);
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

/// `f(x)` becomes `f[x]` where f is declared as a value, which can only be a function.
fn in_brackets(context: &Context<'_>, problem: &Problem, unit: usize) -> Option<Fix> {
    let name = problem.name.as_str();
    let variable = context.module.variables.iter().any(|variable| variable.value.name == name);
    if !(variable || context.module.is_constant(name)) || takes(context, name)? != 0 {
        return None;
    }
    let used = context.use_at(unit, &problem.name, problem.span).filter(|used| !used.arguments.is_empty())?;
    let span = used.span.shifted(context.start_of(unit));
    let text = context.text(span);
    let open = span.start + text.find('(').filter(|_| text.ends_with(')'))?;
    let edits = vec![
        Edit::replace(Span::new(open, open + 1), "["),
        Edit::replace(Span::new(span.end - 1, span.end), "]"),
    ];
    // Several arguments may be those of a function of functions.
    let safety = if variable && used.arguments.len() == 1 { Safety::Safe } else { Safety::Ask };
    Some(Fix { title: format!("write `{name}[…]`"), safety, edits })
}

/// `Op[x]` becomes `Op(x)` where Op takes as many arguments.
fn in_parentheses(context: &Context<'_>, problem: &Problem, unit: usize) -> Option<Fix> {
    let name = problem.name.as_str();
    let wanted = takes(context, name).filter(|wanted| *wanted > 0)?;
    let mut found = None;
    for expression in context.expressions(unit) {
        expression.walk(&mut |inner| {
            if let ExprKind::Index { function, arguments } = &inner.kind
                && arguments.len() == wanted
                && function.span == problem.span
            {
                found = Some((function.span, inner.span));
            }
        });
    }
    let (function, whole) = found?;
    let offset = context.start_of(unit);
    let behind = Span::new(function.end, whole.end).shifted(offset);
    let text = context.text(behind);
    let open = behind.start + text.find('[').filter(|_| text.ends_with(']'))?;
    let edits = vec![
        Edit::replace(Span::new(open, open + 1), "("),
        Edit::replace(Span::new(behind.end - 1, behind.end), ")"),
    ];
    Some(Fix { title: format!("write `{name}(…)`"), safety: Safety::Safe, edits })
}

/// How many arguments an operator takes, where the module has one alone of that name.
fn takes(context: &Context<'_>, name: &str) -> Option<usize> {
    let arity = context.linked.symbol(name)?.arity();
    let own = context.module.definition(name).map(|definition| definition.value.parameters.len());
    (own.unwrap_or(arity) == arity).then_some(arity)
}
