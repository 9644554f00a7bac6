//! Messages that are handled by state: what a node does with a type depends on what the node is.

use std::collections::HashSet;

use super::{
    Answer,
    kinds::Kind,
    view::{View, Words, declared, missing},
};
use crate::{
    contract::{EvidenceLevel, Verdict},
    diagnostic::Span,
    module::{
        hash::{QuickMap, QuickSet},
        model::{Comparison, Effect, Role, States},
    },
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
}

/// Where a step tests the state: in a guard, of the old state or of the one that the step has given already, or within
/// a new value.
struct StateTests<'v, 'a> {
    /// By the effect whose new value they stand in.
    within: QuickMap<usize, Vec<&'v Comparison<'a>>>,
    /// By the branch whose guards they are.
    own: QuickMap<usize, Vec<&'v Comparison<'a>>>,
    /// For each branch the branch nearest above it, or itself, that has some.
    nearest: Vec<Option<usize>>,
}

impl<'v, 'a> StateTests<'v, 'a> {
    fn of(view: &'v View<'_, 'a>, states: &States<'a>) -> Self {
        let mut tests = Self { within: QuickMap::default(), own: QuickMap::default(), nearest: Vec::new() };
        for comparison in view.compared(states.slot) {
            if comparison.left.place().is_some_and(|place| place.slot == states.slot) {
                match comparison.source.effect {
                    Some(effect) => tests.within.entry(effect).or_default().push(comparison),
                    None => tests.own.entry(comparison.source.branch).or_default().push(comparison),
                };
            }
        }
        for (branch, parent) in view.model.walk.branches.iter().map(|branch| branch.parent).enumerate() {
            let above = parent.and_then(|parent| tests.nearest[parent]);
            tests.nearest.push(if tests.own.contains_key(&branch) { Some(branch) } else { above });
        }
        tests
    }

    /// The first test that an effect in a branch is under.
    fn first(&self, effect: usize, branch: usize) -> Option<&'v Comparison<'a>> {
        let above = || self.own.get(&self.nearest[branch]?)?.first();
        self.within.get(&effect).and_then(|tests| tests.first()).or_else(above).copied()
    }

    /// The roles that the tests tell from the others which effects are under.
    fn ways(&self, view: &View<'_, 'a>, states: &States<'a>, effects: impl Iterator<Item = usize>) -> HashSet<Role> {
        let mut ways = HashSet::new();
        let mut add = |tests: Option<&Vec<&Comparison<'a>>>| {
            ways.extend(tests.into_iter().flatten().filter_map(|test| states.role_of(&test.right)));
        };
        let mut gone = vec![false; self.nearest.len()];
        for effect in effects {
            add(self.within.get(&effect));
            let mut next = self.nearest[view.branch_of(effect)];
            while let Some(branch) = next.filter(|branch| !std::mem::replace(&mut gone[*branch], true)) {
                add(self.own.get(&branch));
                next = view.model.walk.branches[branch].parent.and_then(|parent| self.nearest[parent]);
            }
        }
        ways
    }
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
    let tests = StateTests::of(view, states);
    let mut found: Vec<ByState<'_>> = Vec::new();
    let mut known: QuickSet<&str> = QuickSet::default();
    let mut handled_at_all = None;
    // Branches whose messages, and those of all above them, are known already.
    let mut told = vec![false; model.walk.branches.len()];
    let handles = |effect: &Effect| {
        effect.value.is_some() && model.is_live(effect.branch) && !view.handled(effect.branch).is_empty()
    };
    for (index, effect) in model.walk.effects.iter().enumerate().filter(|(_, effect)| handles(effect)) {
        handled_at_all.get_or_insert(index);
        let Some(test) = tests.first(index, effect.branch) else { continue };
        for branch in model.chain(effect.branch) {
            if std::mem::replace(&mut told[branch], true) {
                break;
            }
            for tested in model.messages.tested_in(branch).filter(|tested| known.insert(tested.kind)) {
                found.push(ByState { kind: tested.kind, test: test.span, effect: index });
            }
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
        let effects = model.walk.effects.iter().enumerate().filter(|(_, effect)| handles(effect));
        if tests.ways(view, states, effects.map(|(index, _)| index)).len() > 1 {
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
    if let Some(answer) = by_name_of_step(view, &tests) {
        return answer;
    }
    let first = handled_at_all.and_then(|effect| Some((view.first_handled(view.branch_of(effect))?, effect)));
    match first {
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
fn by_name_of_step(view: &View<'_, '_>, tests: &StateTests<'_, '_>) -> Option<Answer> {
    let model = view.model;
    let networks = &model.messages.networks;
    let receiving = model.walk.picks.iter().filter(|(variable, _)| networks.contains(variable));
    let receiving = view.ways().marked(receiving.map(|(_, branch)| *branch));
    let mut found: Vec<(Kind, usize)> = Vec::new();
    let mut named: QuickMap<usize, Option<Kind>> = QuickMap::default();
    for (index, effect) in model.walk.effects.iter().enumerate() {
        let works = effect.value.is_some()
            && model.is_live(effect.branch)
            && tests.first(index, effect.branch).is_some()
            && view.handled(effect.branch).is_empty();
        if !works {
            continue;
        }
        let action = view.action_of_effect(index);
        let kind = *named.entry(action).or_insert_with(|| Kind::named(view.definition_name(action)));
        if let Some(kind) = kind.filter(|kind| found.iter().all(|(known, _)| known != kind))
            && receiving.above(effect.branch)
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
