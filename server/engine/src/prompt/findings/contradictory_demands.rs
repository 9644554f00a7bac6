//! Two demands of one prompt that no reply can meet together.
//!
//! Fairness required in one place and excluded in another; fences forbidden and fenced blocks demanded; fenced blocks
//! and a bare JSON object; invariants forbidden while a template requires one. A model can only guess which of the two
//! is meant, and whatever it returns breaks a clause.
//!
//! ```bad
//! EXPLICITLY EXCLUDED (do not model):
//! - Fairness assumptions
//!
//! OUTPUT REQUIREMENTS:
//! - The Spec definition must include weak fairness
//! ```
//!
//! ```good
//! OUTPUT REQUIREMENTS:
//! - The Spec definition must include weak fairness
//! ```

use crate::{
    contract::{Clause, Contract, Demand},
    diagnostic::{Finding, Severity},
    prompt::Prompt,
};

type Matches = fn(&Demand) -> bool;

/// Pairs that exclude each other, each with its words.
const PAIRS: &[(&str, Matches, &str, Matches)] = &[
    (
        "no fairness",
        |demand| matches!(demand, Demand::NoFairness),
        "fairness in Spec",
        |demand| matches!(demand, Demand::Fairness),
    ),
    (
        "no Markdown fences",
        |demand| matches!(demand, Demand::NoFences),
        "fenced blocks",
        |demand| matches!(demand, Demand::FencedBlocks(_)),
    ),
    (
        "a bare JSON object",
        |demand| matches!(demand, Demand::JsonObject(_)),
        "fenced blocks",
        |demand| matches!(demand, Demand::FencedBlocks(_)),
    ),
    (
        "no invariants",
        |demand| match demand {
            Demand::NoInvariants { allowed } => !allowed.iter().any(|name| name.starts_with("Type")),
            _ => false,
        },
        "a type invariant",
        |demand| matches!(demand, Demand::Defines(name) if name == "TypeOK" || name == "TypeInvariant"),
    ),
];

pub(super) fn check(prompt: &Prompt, findings: &mut Vec<Finding>) {
    let contract = prompt.contract();
    for (one, is_one, other, is_other) in PAIRS {
        let (Some(a), Some(b)) = (first(contract, *is_one), first(contract, *is_other)) else { continue };
        if a == b {
            continue;
        }
        let (earlier, later) = if a < b { (a, b) } else { (b, a) };
        let (earlier, later): (&Clause, &Clause) = (&contract.clauses[earlier], &contract.clauses[later]);
        let message =
            format!("{one} and {other} are both demanded, and no reply can meet both; drop one of the two demands");
        findings.push(
            Finding::new("prompt/contradictory-demands", Severity::Warning, later.span, message)
                .for_clause(&later.id)
                .see(earlier.span, "the other demand"),
        );
    }
}

fn first(contract: &Contract, matches: Matches) -> Option<usize> {
    contract.clauses.iter().position(|clause| clause.demands.iter().any(matches))
}
