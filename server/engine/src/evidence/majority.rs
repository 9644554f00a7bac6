//! A leader is elected by a majority.

use super::{
    Answer,
    view::{View, Words, missing},
};
use crate::module::model::Role;

/// A demand that a majority elects.
pub(super) fn asks(words: &Words) -> bool {
    words.any(&["majority", "quorum"])
        && words.any(&["leader election", "leaders are elected", "elected", "elect a leader"])
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let Some(states) = view.states() else {
        return missing("LeaderElection", "election by majority", "the module has no variable that holds the role");
    };
    let leader = states.bits(Role::Leader);
    let moves: Vec<usize> =
        states.moves.iter().filter(|step| leader & (1 << step.to) != 0).map(|step| step.effect).collect();
    let under_majority = view.under_majority();
    if let Some(effect) = moves.iter().find(|effect| under_majority(effect)) {
        return view.met_by_effect("election by majority", *effect);
    }
    match moves.first() {
        Some(effect) => missing(
            "ElectionByMajority",
            "election by majority",
            format!("a leader is made by {}, without a test for a majority", view.effect_at(*effect)),
        ),
        None => missing("LeaderElection", "election by majority", "no reachable step makes a node leader"),
    }
}
