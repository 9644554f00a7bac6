//! The module has another name than the prompt demands.
//!
//! The header's name is how tools find the module. SANY also wants the file to be called like it (SANY error 4221).
//!
//! ````prompt
//! CRITICAL OUTPUT REQUIREMENTS:
//! 1. The MODULE name must be exactly "Clock"
//! ````
//!
//! ````tla bad
//! ---- MODULE Tick ----
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
//! ---- MODULE Clock ----
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
    evidence::Fault,
    rules::Context,
};

const ID: &str = "contract/module-name";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (clause, demand, answer) in context.answered() {
        let (Demand::ModuleName(wanted), Verdict::Violated, Fault::Places(places)) = (demand, answer.verdict, &answer.fault)
        else {
            continue;
        };
        for span in places {
            let name = context.text(*span);
            let message = format!("the module is called `{name}`; the prompt wants `{wanted}`");
            let fix = Fix {
                title: format!("rename the module to `{wanted}`"),
                safety: Safety::Safe,
                edits: vec![Edit::replace(Span::new(span.start, span.end), wanted.as_str())],
            };
            findings.push(Finding::new(ID, Severity::Error, *span, message).for_clause(&clause.id).with_fix(fix));
        }
    }
}
