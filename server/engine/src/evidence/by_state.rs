//! Messages that are handled by state: what a node does with a type depends on what the node is.

use std::collections::{HashMap, HashSet};

use super::{
    Answer,
    kinds::Kind,
    view::{View, Words, declared, missing},
};
use crate::{
    contract::{EvidenceLevel, Verdict},
    diagnostic::Span,
    module::model::{Comparison, Role},
};

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

/// A type of message that some step handles under a test of the state.
struct ByState<'a> {
    kind: &'a str,
    /// Where the state is tested.
    test: Span,
    /// An effect of the handling.
    effect: usize,
    /// The states that are told from the others.
    ways: HashSet<Role>,
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
    let mut within: HashMap<usize, Vec<&Comparison<'_>>> = HashMap::new();
    let mut above: HashMap<usize, Vec<&Comparison<'_>>> = HashMap::new();
    for comparison in model.comparisons() {
        if comparison.left.place().is_some_and(|place| place.slot == states.slot) {
            match comparison.source.effect {
                Some(effect) => within.entry(effect).or_default().push(comparison),
                None => above.entry(comparison.source.branch).or_default().push(comparison),
            };
        }
    }
    let mut found: Vec<ByState<'_>> = Vec::new();
    let mut handled_at_all = None;
    for (index, effect) in model.walk.effects.iter().enumerate() {
        if effect.value.is_none() || !model.is_live(effect.branch) {
            continue;
        }
        let handled = model.messages.handled(&model.walk, effect.branch);
        if let Some(first) = handled.first() {
            handled_at_all.get_or_insert((first.kind, index));
        }
        let guards = model.chain(effect.branch).filter_map(|branch| above.get(&branch)).flatten();
        let tests: Vec<&Comparison<'_>> = within.get(&index).into_iter().flatten().chain(guards).copied().collect();
        let Some(test) = tests.first() else { continue };
        for tested in &handled {
            let known = found.iter().position(|by_state| by_state.kind == tested.kind);
            let at = known.unwrap_or_else(|| {
                found.push(ByState { kind: tested.kind, test: test.span, effect: index, ways: HashSet::new() });
                found.len() - 1
            });
            found[at].ways.extend(tests.iter().filter_map(|test| states.role_of(&test.right)));
        }
    }
    let place = |by_state: &ByState<'_>| {
        let of_effect = model.walk.effects[by_state.effect].within;
        view.at(view.definition_at(by_state.test).unwrap_or(of_effect), by_state.test)
    };
    if let [first, .., last] = found.as_slice() {
        let note = format!("`{}` handled by state in {}, `{}` in {}", first.kind, place(first), last.kind, place(last));
        return view.show_effect(Answer::met(note), first.effect);
    }
    if let [only] = found.as_slice() {
        if only.ways.len() > 1 {
            let note =
                format!("`{}` handled by state in {}, in one state otherwise than in another", only.kind, place(only));
            return view.show_effect(Answer::met(note), only.effect);
        }
        let why = format!("for `{}` alone, in {}", only.kind, place(only));
        return declared("MessagesByState", "messages handled by state", why).shown(
            only.kind,
            only.test,
            EvidenceLevel::Declared,
        );
    }
    if let Some(answer) = by_name_of_step(view, &|index, branch| {
        within.contains_key(&index) || model.chain(branch).any(|above_it| above.contains_key(&above_it))
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
