//! A part of the template is missing.
//!
//! The prompt shows a template; each of its parts is demanded by name: the declarations, `vars`, `Init`, `Next`, `Spec`,
//! `TypeOK` and the like.
//!
//! ````prompt
//! ## TLA+ Template Structure:
//!
//! ```tla
//! ---- MODULE ModuleName ----
//! VARIABLES
//!     [List essential state variables]
//!
//! TypeOK == TypeInvariant
//!
//! ====
//! ```
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
//! Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
//! TypeOK == x \in Nat
//! ====
//! ````

use crate::{
    contract::{Declares, Demand, Verdict},
    diagnostic::{Finding, Severity},
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (clause, demand, answer) in context.answered() {
        // A system may have no constants; their part of a template is then rightly empty. A missing header is SANY's.
        let severity = match demand {
            Demand::Declares(Declares::Constants) => Severity::Hint,
            Demand::Declares(Declares::Header) => continue,
            Demand::Declares(_) | Demand::Defines(_) => Severity::Error,
            _ => continue,
        };
        if answer.verdict != Verdict::Missing {
            continue;
        }
        let Some(span) = context.module.header else { continue };
        let message = format!("{}: the prompt's template has it", answer.reason());
        findings.push(Finding::new("contract/missing-definition", severity, span, message).for_clause(&clause.id));
    }
}
