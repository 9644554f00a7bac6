//! What a clause asks for, as far as it can be told from the clause alone: its words, its topics, the names it seeks. It
//! is worked out once for each contract.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use super::{
    exclusions::things_meant,
    spelled::Sought,
    topics::{self, Topic},
    view::Words,
};
use crate::{
    contract::{Clause, Contract},
    memo::Kept,
    module::hash::QuickHasher,
    syntax::tree::Name,
};

/// What one clause asks for.
pub(super) struct Asked {
    pub words: Words,
    /// Those that it speaks of.
    pub topics: Vec<&'static Topic>,
    /// One for each of [`Clause::names`].
    pub names: Vec<Sought>,
    /// The stems of the names.
    pub stems: Vec<Name>,
    /// The things of which prompts exclude some and that its words mean, as bits.
    pub things: u32,
}

impl Asked {
    pub(super) fn of(clause: &Clause) -> Self {
        let words = Words::of(clause);
        let names: Vec<Sought> = clause.names.iter().map(|thing| Sought::of(&thing.name)).collect();
        Self {
            topics: topics::of(&words, clause),
            stems: names.iter().map(|sought| sought.spelled.stem.clone()).collect(),
            names,
            things: things_meant(&words),
            words,
        }
    }

    /// What each clause of a contract asks for, in its order.
    pub(super) fn all(contract: &Contract) -> Arc<Vec<Self>> {
        let kept = contract.memo.of::<Kept<Vec<Self>>>();
        let key = key(contract);
        kept.get(key).unwrap_or_else(|| kept.keep(key, contract.clauses.iter().map(Self::of).collect()))
    }
}

/// A number that changes with everything that is read of the clauses here.
fn key(contract: &Contract) -> u64 {
    let mut hasher = QuickHasher::default();
    for clause in &contract.clauses {
        (clause.kind, clause.title.as_str(), clause.text.as_str()).hash(&mut hasher);
        clause.names.iter().for_each(|thing| thing.name.hash(&mut hasher));
        hasher.write_usize(clause.names.len());
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prompt::Prompt;

    #[test]
    fn a_contract_whose_clauses_change_is_understood_anew() {
        let prompt =
            Prompt::parse("MANDATORY CORE ACTIONS:\n1. Leader election: `MsgVote`\n2. Heartbeats: `MsgBeat`\n");
        let mut contract = prompt.contract().clone();
        let names = |contract: &Contract| -> Vec<String> {
            Asked::all(contract).iter().flat_map(|asked| &asked.names).map(|sought| sought.name.to_string()).collect()
        };
        assert_eq!(names(&contract), ["MsgVote", "MsgBeat"]);
        assert!(Arc::ptr_eq(&Asked::all(&contract), &Asked::all(&contract)));
        contract.clauses.remove(0);
        assert_eq!(names(&contract), ["MsgBeat"]);
        contract.clauses[0].names[0].name = "MsgSnap".to_owned();
        assert_eq!(names(&contract), ["MsgSnap"]);
    }
}
