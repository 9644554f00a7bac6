//! Messages that are delayed and lost.

use super::{
    Answer,
    view::{View, Words, combined, missing},
};
use crate::contract::Verdict;

/// A demand that the network delays or loses messages.
pub(super) fn asks(words: &Words) -> bool {
    words.any(&["message", "network", "packet"])
        && words.any(&["delay", "loss", "lose", "losing", "drop", "reorder", "unreliable"])
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let mut answers = Vec::new();
    if view.words.any(&["delay", "reorder", "unreliable"]) {
        answers.push(delay(view));
    }
    if view.words.any(&["loss", "lose", "losing", "drop", "unreliable"]) {
        answers.push(loss(view));
    }
    combined(view, answers)
}

fn network_name(view: &View<'_, '_>) -> Option<String> {
    let network = view.model.messages.networks.first()?;
    Some(view.subject.module.variables[*network].value.name.to_string())
}

fn delay(view: &View<'_, '_>) -> Answer {
    let messages = &view.model.messages;
    let Some(name) = network_name(view) else {
        return missing("MessageDelay", "delay: the module keeps no messages, so none can be late");
    };
    if messages.any_order {
        return Answer::met(format!("delay: a message waits in `{name}` until a step takes it, in any order"));
    }
    if messages.received {
        return Answer::met(format!("delay: a message waits in `{name}` until a step takes it"));
    }
    missing("MessageDelay", format!("delay: no reachable step receives anything from `{name}`"))
}

fn loss(view: &View<'_, '_>) -> Answer {
    let messages = &view.model.messages;
    if let Some(effect) = messages.losses.first() {
        return view.met_by_effect("loss:", *effect);
    }
    let Some(name) = network_name(view) else {
        return missing("MessageLoss", "loss: the module keeps no messages, so none can be lost");
    };
    if messages.any_order {
        let note = format!(
            "loss: only implicit, a message may stay in `{name}` for ever: no step takes one away with all else unchanged"
        );
        return Answer::new(Verdict::Equivalent, note);
    }
    missing(
        "MessageLoss",
        format!("loss: looked for a step that takes a message from `{name}` with all else unchanged"),
    )
}
