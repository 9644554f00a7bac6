//! Both halves of a consensus protocol, or all of a lock: no subsystem is left out.

use super::{
    Answer, clients, log, majority,
    view::{View, Words, combined},
};
use crate::{contract::Verdict, module::model::Role};

/// A demand that election and replication, or all synchronization, are there.
pub(super) fn asks(words: &Words) -> bool {
    let halves = words.any(&["election"]) && words.any(&["replication"]);
    let whole = words.any(&["both", "balance", "complete", "in full", "same care", "fully"]);
    halves && whole && !words.title.contains("message") || words.any(&["synchronization mechanism"])
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let raft = view.states().is_some_and(|states| {
        states.bits(Role::Leader) != 0 && (states.bits(Role::Candidate) | states.bits(Role::Follower)) != 0
    });
    if raft {
        return combined(
            view,
            vec![majority::answer(view), log::append(view), log::commit(view), clients::entry(view)],
        );
    }
    if view.words.any(&["synchronization"]) && locks_in(view) {
        return super::locks::whole(view);
    }
    Answer::new(
        Verdict::NotChecked,
        "the module is neither a consensus protocol nor a lock, so there are no halves to look for",
    )
}

fn locks_in(view: &View<'_, '_>) -> bool {
    view.subject.module.variables.iter().any(|variable| {
        let name = variable.value.name.to_ascii_lowercase();
        ["lock", "mutex", "holder", "owner", "sem"].iter().any(|word| name.contains(word))
    })
}
