//! Messages that are handled by state: what a node does with a type depends on what the node is.

use std::collections::HashSet;

use super::{
    Answer,
    kinds::Kind,
    view::{View, Words, declared, missing},
};
use crate::contract::{EvidenceLevel, Verdict};

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
        return missing(
            "MessagesByState",
            "messages handled by state",
            "the module has no variable that holds the state",
        );
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
        let why = format!("for `{}` alone, in {}", only.0, only.2);
        return declared("MessagesByState", "messages handled by state", why).shown(
            only.0,
            model.walk.effects[only.1].span,
            EvidenceLevel::Declared,
        );
    }
    if let Some(answer) = by_name_of_step(view, &|index, branch| {
        within.contains(&index) || model.chain(branch).any(|above_it| above.contains(&above_it))
    }) {
        return answer;
    }
    match handled_at_all {
        Some((kind, effect)) => missing(
            "MessagesByState",
            "messages handled by state",
            format!("`{kind}` is handled by {}, but no handler tests the state", view.effect_at(effect)),
        ),
        None => {
            missing("MessagesByState", "messages handled by state", "no reachable step tests for a type of message")
        }
    }
}

/// Steps that take any message, whatever its type, and say by their names alone which one is meant.
fn by_name_of_step(view: &View<'_, '_>, tells: &dyn Fn(usize, usize) -> bool) -> Option<Answer> {
    let model = view.model;
    let mut found: Vec<(Kind, usize)> = Vec::new();
    for (index, effect) in model.walk.effects.iter().enumerate() {
        let receives = |branch| {
            let networks = &model.messages.networks;
            model.walk.picks.iter().any(|(variable, at)| *at == branch && networks.contains(variable))
        };
        let works = effect.value.is_some() && model.is_live(effect.branch) && tells(index, effect.branch);
        if !works || !model.messages.handled(&model.walk, effect.branch).is_empty() {
            continue;
        }
        let kind = Kind::named(view.definition_name(view.action_of_effect(index)));
        if let Some(kind) = kind.filter(|kind| found.iter().all(|(known, _)| known != kind))
            && model.chain(effect.branch).any(receives)
        {
            found.push((kind, index));
        }
    }
    let [first, .., last] = found.as_slice() else { return None };
    let note = format!(
        "handled by state in {} and {}, which take any type and tell it by their names alone",
        view.effect_at(first.1),
        view.effect_at(last.1)
    );
    Some(view.show_effect(Answer::new(Verdict::Equivalent, note), first.1))
}
