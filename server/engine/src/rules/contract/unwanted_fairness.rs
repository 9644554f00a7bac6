//! Spec has fairness though the prompt excludes it.
//!
//! Some prompts fix the form of Spec to `Init /\ [][Next]_vars` and exclude fairness.
//!
//! ````prompt
//! EXPLICITLY EXCLUDED (do not model):
//! - Fairness constraints (use Spec == Init /\ [][Next]_vars)
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
//! EXTENDS Naturals
//! VARIABLE x
//! vars == <<x>>
//! Init == x = 0
//! Next == x' = x + 1
//! Spec == Init /\ [][Next]_vars
//! ====
//! ````

use crate::{
    contract::{Demand, Verdict},
    diagnostic::{Finding, Severity},
    evidence::Fault,
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (clause, demand, answer) in context.answered() {
        let (Demand::NoFairness, Verdict::Violated, Fault::Places(places)) = (demand, answer.verdict, &answer.fault) else {
            continue;
        };
        for span in places {
            let message = "Spec has this fairness; the prompt excludes fairness";
            let finding = Finding::new("contract/unwanted-fairness", Severity::Error, *span, message);
            findings.push(finding.for_clause(&clause.id));
        }
    }
}
