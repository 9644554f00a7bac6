//! A demand that no reply is held to.
//!
//! Some demands are understood and yet can't be decided from the text of a module, such as faithfulness to the source
//! code; others are not understood at all. Both stay in the contract as clauses that are not checked, and this is where
//! a prompt's author sees them.
//!
//! ```bad
//! OUTPUT REQUIREMENTS:
//! - Use pleasant words
//! ```
//!
//! ```good
//! OUTPUT REQUIREMENTS:
//! - The MODULE name must be exactly "queue"
//! ```

use crate::{
    contract::Demand,
    diagnostic::{Finding, Severity},
    prompt::Prompt,
};

pub(super) fn check(prompt: &Prompt, findings: &mut Vec<Finding>) {
    for clause in &prompt.contract().clauses {
        let message = match clause.demands.as_slice() {
            [] => "nothing in this demand is understood, so no reply is held to it; \
                   name actions, states or messages, or use the words of a letter clause"
                .to_owned(),
            [Demand::Undecidable(why), rest @ ..]
                if rest.iter().all(|demand| matches!(demand, Demand::Undecidable(_))) =>
            {
                format!("no reply is held to this demand: {why}")
            }
            _ => continue,
        };
        findings.push(Finding::new("prompt/not-checked", Severity::Info, clause.span, message).for_clause(&clause.id));
    }
}
