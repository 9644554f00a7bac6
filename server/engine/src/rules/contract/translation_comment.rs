//! A comment speaks of the translation though the prompt wants none of that.
//!
//! Comments about the system may stay; comments that speak of the prompt, the draft or the translation may not.
//!
//! ````prompt
//! **IMPORTANT: Return ONLY the TLA+ code. Do not include any natural language explanations, comments about the translation process, or markdown formatting.**
//! ````
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! vars == <<x>>
//! \* translated from the draft's start()
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
//! Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
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
        let (Demand::NoTranslationComments, Verdict::Violated, Fault::Places(places)) = (demand, answer.verdict, &answer.fault)
        else {
            continue;
        };
        for span in places {
            let message = "this comment speaks of the translation, not of the system; the prompt wants none of these";
            let finding = Finding::new("contract/translation-comment", Severity::Warning, *span, message);
            findings.push(finding.for_clause(&clause.id));
        }
    }
}
