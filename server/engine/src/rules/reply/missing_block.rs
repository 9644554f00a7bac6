//! A fenced block that the prompt demands is missing.
//!
//! Some prompts want exactly two fenced blocks, one with the module and one with the configuration of the model checker,
//! and nothing else.
//!
//! ````prompt
//! CRITICAL OUTPUT REQUIREMENTS:
//! 1. Output EXACTLY TWO fenced code blocks — a ```tla block and a ```cfg block. Output NOTHING else (no prose, no markdown outside the fences).
//! ````
//!
//! ````tla bad
//! ```tla
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! vars == <<x>>
//! Init == x = 0
//! Next == x' = x + 1
//! Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
//! ====
//! ```
//! ````
//!
//! ````tla good
//! ```tla
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! vars == <<x>>
//! Init == x = 0
//! Next == x' = x + 1
//! Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
//! ====
//! ```
//!
//! ```cfg
//! SPECIFICATION Spec
//! ```
//! ````

use crate::{
    contract::Demand,
    diagnostic::{Finding, Severity, Span},
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (clause, demand, answer) in context.answered() {
        if !matches!(demand, Demand::FencedBlocks(_)) || answer.verdict.is_met() {
            continue;
        }
        let end = context.document.source().lines().next().map_or(0, str::len);
        let message = format!("{}; the prompt wants its fenced blocks and nothing else", answer.reason());
        findings.push(Finding::new("reply/missing-block", Severity::Error, Span::new(0, end), message).for_clause(&clause.id));
    }
}
