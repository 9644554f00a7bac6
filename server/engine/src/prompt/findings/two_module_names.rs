//! A prompt that gives the module two names.
//!
//! The name is demanded in one clause and shown in the header of another, as in "start your response with
//! `---- MODULE name ----`". When they differ, every reply breaks one of them; it happens when a prompt is copied for
//! another system.
//!
//! ```bad
//! OUTPUT REQUIREMENTS:
//! 1. The MODULE name must be exactly "queue"
//! 2. Start your response directly with: ---- MODULE stack ----
//! ```
//!
//! ```good
//! OUTPUT REQUIREMENTS:
//! 1. The MODULE name must be exactly "queue"
//! 2. Start your response directly with: ---- MODULE queue ----
//! ```

use crate::{
    contract::{Clause, Demand},
    diagnostic::{Finding, Severity},
    prompt::{Prompt, letter::named_in_header},
};

pub(super) fn check(prompt: &Prompt, findings: &mut Vec<Finding>) {
    let mut first: Option<(&Clause, &str)> = None;
    for clause in &prompt.contract().clauses {
        for name in names(clause) {
            let Some((known, earlier)) = first else {
                first = Some((clause, name));
                continue;
            };
            if earlier == name {
                continue;
            }
            let message = format!(
                "this names the module {name}, an earlier clause names it {earlier}, and a module has one name; \
                 make them the same"
            );
            findings.push(
                Finding::new("prompt/two-module-names", Severity::Warning, clause.span, message)
                    .for_clause(&clause.id)
                    .see(known.span, "the earlier name"),
            );
            break;
        }
    }
}

fn names(clause: &Clause) -> impl Iterator<Item = &str> {
    let demanded = clause.demands.iter().filter_map(|demand| match demand {
        Demand::ModuleName(name) => Some(name.as_str()),
        _ => None,
    });
    let speaks_of_form = clause
        .demands
        .iter()
        .any(|demand| matches!(demand, Demand::ModuleName(_) | Demand::StartsWithHeader | Demand::JsonObject(_)));
    demanded.chain(speaks_of_form.then(|| named_in_header(&clause.text)).flatten())
}
