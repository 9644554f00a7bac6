//! An invariant is defined though the prompt forbids it.
//!
//! The evaluation of such replies brings its own invariants, and a second definition of the same name fails. An invariant
//! is a definition without parameters that Spec does not reach, that speaks of a variable in a formula and of no step.
//!
//! ````prompt
//! CRITICAL OUTPUT REQUIREMENTS:
//! 1. **DO NOT define invariants** (like MutualExclusion, Invariant, etc.)
//! ````
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! vars == <<x>>
//! Init == x = 0
//! Next == x' = x + 1
//! Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
//! TypeOK == x \in Nat
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
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    evidence::{COLLIDING, Fault},
    rules::Context,
};

const ID: &str = "contract/invariant";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (clause, demand, answer) in context.answered() {
        let (Demand::NoInvariants { .. }, Verdict::Violated, Fault::Places(places)) = (demand, answer.verdict, &answer.fault)
        else {
            continue;
        };
        for span in places {
            let name = context.text(*span);
            let message = if COLLIDING.contains(&name) {
                format!("`{name}` is an invariant that the evaluation defines itself; the prompt wants none in the module")
            } else {
                format!("`{name}` is an invariant: Spec does not reach it and it speaks of the state; the prompt wants none")
            };
            let mut finding = Finding::new(ID, Severity::Error, *span, message).for_clause(&clause.id);
            let unused = !context.module.definitions.iter().enumerate().any(|(index, _)| {
                context.calls.names_at(index).any(|other| other == name)
            });
            if let Some(definition) = context.module.definition(name).filter(|_| unused) {
                let unit = context.document.units()[definition.unit].range.span;
                let edits = vec![Edit::delete(whole_lines(context.document.source(), unit))];
                finding = finding.with_fix(Fix { title: format!("delete `{name}`"), safety: Safety::Ask, edits });
            }
            findings.push(finding);
        }
    }
}

/// The lines of a unit that has them to itself.
fn whole_lines(source: &str, unit: Span) -> Span {
    let start = source[..unit.start].rfind('\n').map_or(0, |end| end + 1);
    let end = source[unit.end..].find('\n').map_or(source.len(), |end| unit.end + end + 1);
    let alone = source[start..unit.start].trim().is_empty() && source[unit.end..end].trim().is_empty();
    if alone { Span::new(start, end) } else { unit }
}
