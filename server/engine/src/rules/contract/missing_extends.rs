//! EXTENDS lacks a module that the prompt demands.
//!
//! The prompt names modules that the specification must extend. Each is wanted by its own name: extending Integers brings
//! the operators of Naturals, but does not meet a demand for Naturals.
//!
//! ````prompt
//! CRITICAL OUTPUT REQUIREMENTS:
//! 1. The specification must extend at least these modules: Naturals, Sequences, TLC
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
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, Sequences, TLC
//! VARIABLE x
//! vars == <<x>>
//! Init == x = 0
//! Next == x' = x + 1
//! Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
//! ====
//! ````

use crate::{
    contract::Demand,
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
    evidence::Fault,
    rules::Context,
};

const ID: &str = "contract/missing-extends";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (clause, demand, answer) in context.answered() {
        let (Demand::Extends(_), Fault::Modules(missing)) = (demand, &answer.fault) else { continue };
        let Some(header) = context.module.header else { continue };
        let listed = missing.join(", ");
        let plural = if missing.len() == 1 { "module" } else { "modules" };
        // After the last module that is listed, else a line of its own under the header.
        let (span, edit) = match (context.module.extends_unit, context.module.extends.last()) {
            (Some(unit), Some(last)) => (unit, Edit::insert(last.span(last.value.span).end, format!(", {listed}"))),
            (Some(unit), None) => (unit, Edit::insert(unit.end, format!(" {listed}"))),
            (None, _) => (header, Edit::insert(header.end, format!("\nEXTENDS {listed}"))),
        };
        let message = format!("EXTENDS lacks {listed}: the prompt demands {} by name", if missing.len() == 1 { "it" } else { "them" });
        let fix = Fix { title: format!("extend the missing {plural} {listed}"), safety: Safety::Safe, edits: vec![edit] };
        findings.push(Finding::new(ID, Severity::Error, span, message).for_clause(&clause.id).with_fix(fix));
    }
}
