//! The reply is a JSON object, and the prompt wants the module.
//!
//! Repair prompts ask for a JSON object with the module in a string; a prompt that wants the module alone does not. The
//! fix takes the module out of its string.
//!
//! ````prompt
//! CRITICAL OUTPUT REQUIREMENTS:
//! 1. Return ONLY pure TLA+ specification code - no markdown code blocks
//! ````
//!
//! ````tla bad
//! {"specification": "---- MODULE M ----\nEXTENDS Naturals\nVARIABLE x\nvars == <<x>>\nInit == x = 0\nNext == x' = x + 1\nSpec == Init /\\ [][Next]_vars /\\ WF_vars(Next)\n====", "configuration": "SPECIFICATION Spec"}
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
    contract::Demand,
    diagnostic::{Finding, Severity, Span},
    rules::Context,
};

pub(crate) const ID: &str = "reply/json";

/// The fix is made by the judgement of the whole reply, since it replaces all of it.
pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.json.is_none() {
        return;
    }
    let Some(clause) = context.clause_of(&[Demand::NoProse, Demand::NoFences, Demand::StartsWithHeader]) else { return };
    let message = "the reply is a JSON object with the module in a string; the prompt wants the module alone";
    findings.push(Finding::new(ID, Severity::Error, Span::at(0), message).for_clause(&clause.id));
}
