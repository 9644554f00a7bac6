//! The prevote phase: a precandidate asks before it campaigns.

use super::{
    Answer,
    kinds::Kind,
    messages::sent_by,
    moves,
    spelled::Sought,
    states,
    view::{View, Words, combined, missing},
};
use crate::{
    contract::{EvidenceLevel, Verdict},
    module::model::Role,
};

/// A demand that there is a prevote phase.
pub(super) fn asks(words: &Words) -> bool {
    words.any(&[
        "prevote phase",
        "pre-vote phase",
        "prevote + vote",
        "the prevote and then",
        "first the prevote",
        "prevote and vote",
    ])
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let mut answers = vec![states::one(view, &Sought::of("StatePreCandidate"))];
    if let Some(states) = view.states() {
        if let Some(step) = moves::step_between(states, Role::PreCandidate, Role::Candidate) {
            answers.push(view.met_by_effect("PreCandidate → Candidate", step.effect));
        } else if states.bits(Role::PreCandidate) != 0 {
            answers.push(missing(
                "PreCandidate",
                "the prevote phase",
                "no reachable step leads from PreCandidate to Candidate",
            ));
        }
    }
    let sent = view.sent_as(Kind::PreVote).next();
    match sent {
        Some(sent) => {
            let note = format!("prevote requests sent by {}", sent_by(view, sent));
            answers.push(Answer::met(note).shown(sent.kind, sent.span, EvidenceLevel::Behaviour));
        }
        None if !view.model.messages.networks.is_empty() => {
            // Some modules send an ordinary vote request with a flag.
            let why = "none of their own type is sent; a flag of the vote request may stand for it";
            answers.push(Answer::about(Verdict::Equivalent, "prevote requests", why));
        }
        None => {}
    }
    combined(view, answers)
}
