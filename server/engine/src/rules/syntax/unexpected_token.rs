//! Something stands where TLA+ allows none of it.
//!
//! SANY stops at the first token that its grammar has no place for, and says nothing of what comes after. This rule tells
//! of each definition by itself, with what was expected there; slips that have a name of their own have their own rule.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == y' = [y EXCEPT ![1] \in 1..3]
//! B == x' = CASE y = 1 -> 2, y = 2 -> 3, OTHER -> x
//! C(i) == x = i
//! D == C'(1)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences
//! VARIABLES x, y
//! A == y' \in {[y EXCEPT ![1] = chosen] : chosen \in 1..3}
//! B == x' = CASE y = 1 -> 2 [] y = 2 -> 3 [] OTHER -> x
//! C(i) == x = i
//! D == C(1)'
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Span},
    rules::Context,
    syntax::SlipKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let first = findings.len();
    context.report_slips(SlipKind::UnexpectedToken, "syntax/unexpected-token", findings);
    for finding in findings[first..].iter_mut().filter(|finding| finding.fixes.is_empty()) {
        finding.fixes.extend(subscript(context, finding.span));
    }
}

/// `[][Next]` gets the tuple of all variables, where it has its usual name.
fn subscript(context: &Context<'_>, span: Span) -> Option<Fix> {
    let boxed = context.text(span).starts_with('[') && context.text(Span::new(0, span.start)).trim_end().ends_with("[]");
    let vars = context.module.variables_tuple()?;
    let edits = vec![Edit::insert(span.end, format!("_{vars}"))];
    boxed.then(|| Fix { title: format!("write the subscript `_{vars}`"), safety: Safety::Safe, edits })
}
