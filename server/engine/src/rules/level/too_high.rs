//! A prime or a temporal operator where none may stand.
//!
//! SANY errors 4205, 4272 and 4273. What is primed can't be primed again, neither with `'` nor by UNCHANGED; a definition that
//! has a prime in it can't be primed as a whole; a set, a function or a fairness condition has no temporal formula in it.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE x
//! Step == x' = x
//! Next == Step'
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE x
//! Step == x' = x
//! Next == Step
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    module::problem::{Fault, Problem},
    rules::{Context, context::Use},
    syntax::tree::{Expr, ExprKind},
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (unit, problem) in context.linked.problems.iter().filter(|(_, problem)| problem.fault == Fault::LevelTooHigh) {
        let span = problem.span.shifted(context.start_of(*unit));
        let mut finding = Finding::new("level/too-high", Severity::Error, span, problem.message.as_str());
        finding.fixes.extend(without_primes(context, problem, *unit));
        findings.push(finding);
    }
}

/// A name is primed once: `x''` becomes `x'`, `UNCHANGED x'` becomes `UNCHANGED x`, and `A'` becomes `A` where A has primes
/// of its own.
fn without_primes(context: &Context<'_>, problem: &Problem, unit: usize) -> Option<Fix> {
    let primes: Vec<Use> = context.uses("'").into_iter().filter(|prime| prime.unit == unit).collect();
    let superfluous: Vec<Span> = match problem.name.as_str() {
        "UNCHANGED" => {
            let within = primes.iter().filter(|prime| problem.span.contains(prime.span) && of_name(prime));
            within.map(|prime| prime.name.span).collect()
        }
        "'" => {
            let here = |prime: &&Use| prime.span == problem.span || prime.arguments.iter().any(|it| it.span == problem.span);
            let innermost = primes.iter().filter(here).find(|prime| of_name(prime) || is_double(prime))?;
            vec![innermost.name.span]
        }
        _ => return None,
    };
    if superfluous.is_empty() {
        return None;
    }
    let offset = context.start_of(unit);
    let edits = superfluous.into_iter().map(|prime| Edit::delete(prime.shifted(offset))).collect();
    Some(Fix { title: "drop the prime".to_owned(), safety: Safety::Ask, edits })
}

fn of_name(prime: &Use<'_>) -> bool {
    matches!(prime.arguments, [argument] if is_name(argument))
}

fn is_name(expression: &Expr) -> bool {
    matches!(&expression.kind, ExprKind::Apply { path, operator, arguments }
        if path.is_empty() && arguments.is_empty() && operator.name.starts_with(|first: char| first.is_alphabetic()))
}

/// `x''`
fn is_double(prime: &Use<'_>) -> bool {
    let [argument] = prime.arguments else { return false };
    matches!(argument.as_application("'"), Some([inner]) if is_name(inner))
}
