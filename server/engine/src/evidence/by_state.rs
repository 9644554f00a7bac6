//! Messages that are handled by state: what a node does with a type depends on what the node is.

use std::collections::HashSet;

use super::{
    Answer,
    view::{View, Words, declared, missing},
};
use crate::contract::EvidenceLevel;

/// A demand that states handle messages in their own way.
pub(super) fn asks(words: &Words) -> bool {
    words.any(&["message"])
        && words.any(&[
            "node states",
            "by state",
            "each state",
            "node state",
            "different states",
            "in each node",
            "each role",
            "by role",
        ])
        && words.any(&["process", "handl", "rout"])
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let model = view.model;
    let Some(states) = view.states() else {
        return missing("MessagesByState", "messages by state: the module has no variable that holds the state");
    };
    // In a guard, of the old state or of the one that the step has given already, or within a new value.
    let (mut within, mut above) = (HashSet::new(), HashSet::new());
    for comparison in model.comparisons() {
        if comparison.left.place().is_some_and(|place| place.slot == states.slot) {
            match comparison.source.effect {
                Some(effect) => within.insert(effect),
                None => above.insert(comparison.source.branch),
            };
        }
    }
    let mut found: Vec<(&str, usize, String)> = Vec::new();
    let mut handled_at_all = None;
    for (index, effect) in model.walk.effects.iter().enumerate() {
        if effect.value.is_none() || !model.is_live(effect.branch) {
            continue;
        }
        let tells = within.contains(&index) || model.chain(effect.branch).any(|branch| above.contains(&branch));
        let handled = model.messages.handled(&model.walk, effect.branch);
        if let Some(first) = handled.first() {
            handled_at_all.get_or_insert((first.kind, index));
        }
        if !tells {
            continue;
        }
        for tested in &handled {
            if !found.iter().any(|(kind, ..)| *kind == tested.kind) {
                found.push((tested.kind, index, view.effect_at(index)));
            }
        }
    }
    if let [first, .., last] = found.as_slice() {
        let note = format!("`{}` handled by state in {}, `{}` in {}", first.0, first.2, last.0, last.2);
        return view.show_effect(Answer::met(note), first.1);
    }
    if let [only] = found.as_slice() {
        let note = format!("only `{}` is handled by state, in {}", only.0, only.2);
        return declared("MessagesByState", note).shown(
            only.0,
            model.walk.effects[only.1].span,
            EvidenceLevel::Declared,
        );
    }
    match handled_at_all {
        Some((kind, effect)) => missing(
            "MessagesByState",
            format!(
                "messages by state: `{kind}` is handled by {}, but no handler tests the state",
                view.effect_at(effect)
            ),
        ),
        None => missing("MessagesByState", "messages by state: no reachable step tests for a type of message"),
    }
}
