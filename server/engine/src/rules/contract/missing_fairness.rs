//! Spec has no fairness though the prompt demands it.
//!
//! Without a WF_ or SF_ conjunct every behaviour may stop for ever, and no liveness property holds. The conjunct counts
//! wherever Spec reaches it, also through a definition or a quantifier; a definition of fairness that Spec does not use
//! does nothing.
//!
//! ````prompt
//! CRITICAL OUTPUT REQUIREMENTS:
//! 1. The Spec definition MUST include appropriate fairness assumptions (e.g., WF_vars/SF_vars)
//! ````
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! vars == <<x>>
//! Init == x = 0
//! Next == x' = x + 1
//! Spec == Init /\ [][Next]_vars
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! vars == <<x>>
//! Init == x = 0
//! Next == x' = x + 1
//! Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
//! ====
//! ````

use crate::{
    contract::{Demand, Verdict},
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
    evidence::Fault,
    rules::Context,
    syntax::tree::{Connective, ExprKind},
};

const ID: &str = "contract/missing-fairness";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (clause, demand, answer) in context.answered() {
        if *demand != Demand::Fairness || !matches!(answer.verdict, Verdict::Missing | Verdict::Declared) {
            continue;
        }
        let place = match &answer.fault {
            Fault::Places(places) => places.first().copied(),
            _ => context.module.footer.or(context.module.header),
        };
        let Some(span) = place else { continue };
        let message = format!("{}; the prompt demands fairness in Spec", answer.reason());
        let mut finding = Finding::new(ID, Severity::Error, span, message).for_clause(&clause.id);
        if let Some(fix) = weak_fairness(context) {
            finding = finding.with_fix(fix);
        }
        findings.push(finding);
    }
}

/// Weak fairness of Next over all variables, conjoined to Spec.
fn weak_fairness(context: &Context<'_>) -> Option<Fix> {
    let specification = context.calls.specification.filter(|specification| specification.is_whole())?;
    let next = context.calls.next?;
    let body = specification.body()?;
    let span = specification.span(body.span);
    let mut edits = Vec::new();
    let tuple = context.module.variables_tuple();
    let subscript = match tuple {
        Some(tuple) => tuple.to_owned(),
        None => {
            let name = ["vars", "allVars", "variables"].into_iter().find(|name| {
                context.module.definition(name).is_none() && !context.module.is_variable(name) && !context.module.is_constant(name)
            })?;
            let names: Vec<&str> = context.module.variables.iter().map(|variable| variable.value.name.as_str()).collect();
            let start = context.document.units()[specification.unit].range.span.start;
            edits.push(Edit::insert(start, format!("{name} == <<{}>>\n\n", names.join(", "))));
            name.to_owned()
        }
    };
    let conjunct = format!("WF_{subscript}({})", next.name());
    let bulleted = context.text(span).starts_with("/\\");
    match &body.kind {
        ExprKind::Junction { connective: Connective::And, .. } if bulleted => {
            let text = context.document.text();
            let column = span.start - text.line_start(text.line_of(span.start));
            edits.push(Edit::insert(span.end, format!("\n{}/\\ {conjunct}", " ".repeat(column))));
        }
        ExprKind::Junction { connective: Connective::And, .. } => edits.push(Edit::insert(span.end, format!(" /\\ {conjunct}"))),
        _ => {
            edits.push(Edit::insert(span.start, "("));
            edits.push(Edit::insert(span.end, format!(") /\\ {conjunct}")));
        }
    }
    Some(Fix { title: format!("conjoin `{conjunct}` to Spec"), safety: Safety::Safe, edits })
}
