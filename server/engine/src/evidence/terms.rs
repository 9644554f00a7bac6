//! Terms that advance with the messages of others, and one vote in each.

use super::{
    Answer,
    view::{View, Words, declared, missing},
};
use crate::{
    contract::EvidenceLevel,
    module::{
        hash::QuickMap,
        model::{Comparison, Operand, Slot, plain},
    },
};

/// A demand that a higher term is taken over.
pub(super) fn asks_advance(words: &Words) -> bool {
    words.any(&["term advanc", "terms advance", "advance term", "advancing terms", "higher term"])
}

/// A demand that there is one vote per term.
pub(super) fn asks_vote(words: &Words) -> bool {
    words.any(&[
        "one vote per term",
        "votes once per term",
        "vote once per term",
        "voting restriction",
        "limits on voting",
    ])
}

/// A demand that votes are for a current term alone.
pub(super) fn asks_current(words: &Words) -> bool {
    words.any(&["current or newer", "a term that is behind", "stale term", "older term"]) && words.any(&["vot"])
}

/// A step that grants a vote compares the term that is asked for with the node's own.
pub(super) fn current(view: &View<'_, '_>) -> Answer {
    let (Some(vote), Some(term)) = (view.parts().vote, view.parts().term) else {
        return missing("VoteTerm", "votes for current terms", "no variables for the vote and the term");
    };
    let reads = |comparison: &&Comparison<'_>| reads(comparison, term);
    let tested = view.ways().marked(view.compared(term).filter(reads).map(|comparison| comparison.source.branch));
    for given in view.given(vote) {
        if given.own_index || matches!(given.value, Operand::Atom(_) | Operand::Number(_) | Operand::Truth(_)) {
            continue;
        }
        if tested.with(view.branch_of(given.effect)) {
            return view.met_by_effect("votes for current terms", given.effect);
        }
    }
    missing(
        "VoteTerm",
        "votes for current terms",
        format!("no step that grants a vote compares the term with `{}`", view.slot_name(term)),
    )
}

/// Whether one side of a comparison is a slot.
fn reads(comparison: &Comparison<'_>, slot: Slot<'_>) -> bool {
    [&comparison.left, &comparison.right].iter().any(|side| side.place().is_some_and(|place| place.slot == slot))
}

/// For each branch the first of some tests that what is done there is under, as an index: a guard on its way, or a test
/// beside it in a new value.
fn first_tests(view: &View<'_, '_>, tests: &[&Comparison<'_>]) -> Vec<Option<usize>> {
    let sources = || tests.iter().map(|test| test.source).enumerate();
    let guards = sources().filter(|(_, source)| source.effect.is_none());
    let mut first = view.ways().first_with(guards.map(|(index, source)| (source.branch, index)));
    for (index, source) in sources() {
        if let Some(effect) = source.effect {
            let first = &mut first[view.branch_of(effect)];
            *first = Some(first.map_or(index, |first| first.min(index)));
        }
    }
    first
}

pub(super) fn advance<'a>(view: &View<'_, 'a>) -> Answer {
    let Some(term) = view.parts().term else {
        return missing("Term", "term advancement", "no variable that counts terms");
    };
    let model = view.model;
    let own = |side: &Operand<'a>| side.place().is_some_and(|place| place.slot == term);
    let says_term = |field: &str| ["term", "epoch"].iter().any(|part| plain(field).contains(part));
    let mut fields: QuickMap<&str, bool> = QuickMap::default();
    let mut of_message = |side: &Operand<'a>| match model.message_field(side) {
        Some(field) => *fields.entry(field).or_insert_with(|| says_term(field)),
        None => own(side),
    };
    let tests = view.compared(term).filter(|comparison| {
        (own(&comparison.left) && of_message(&comparison.right)
            || own(&comparison.right) && of_message(&comparison.left))
            && matches!(comparison.operator, "<" | ">" | "\\leq" | "\\geq")
    });
    let tests: Vec<&Comparison<'a>> = tests.collect();
    let first_tests = first_tests(view, &tests);
    let mut direct = None;
    for given in view.given(term) {
        if given.made_by == "+" {
            continue;
        }
        let from_message = model.message_field(&given.value).is_some();
        if let Some(tested) = first_tests[view.branch_of(given.effect)].map(|first| tests[first]) {
            let between_nodes = own(&tested.left) && own(&tested.right);
            if between_nodes && !from_message {
                direct.get_or_insert(given.effect);
                continue;
            }
            return view.met_by_effect("a higher term taken over", given.effect);
        }
    }
    if let Some(effect) = direct {
        return view
            .equivalent_by_effect("a higher term read from the other node, without a message, and taken over", effect);
    }
    let untested = view.given(term).find(|given| model.message_field(&given.value).is_some());
    if let Some(given) = untested {
        let why = format!("taken over by {}, but not compared with the node's own", view.effect_at(given.effect));
        return declared("TermAdvance", "term advancement", why).shown(
            view.definition_name(model.walk.effects[given.effect].within),
            model.walk.effects[given.effect].span,
            EvidenceLevel::Declared,
        );
    }
    missing(
        "TermAdvance",
        "term advancement",
        format!("looked for a step that compares a message's term with `{}` and takes it over", view.slot_name(term)),
    )
}

pub(super) fn one_vote(view: &View<'_, '_>) -> Answer {
    let Some(vote) = view.parts().vote else {
        return missing("VotedFor", "one vote per term", "no variable that remembers for whom a node voted");
    };
    let model = view.model;
    let name = view.slot_name(vote);
    let tests: Vec<&Comparison<'_>> = view.compared(vote).filter(|comparison| reads(comparison, vote)).collect();
    let first_tests = first_tests(view, &tests);
    let mut granted = None;
    for given in view.given(vote) {
        // To vote for oneself, or to forget the vote, grants nothing.
        if given.own_index || matches!(given.value, Operand::Atom(_) | Operand::Number(_) | Operand::Truth(_)) {
            continue;
        }
        granted.get_or_insert(given.effect);
        if first_tests[view.branch_of(given.effect)].is_some() {
            return view.met_by_effect(&format!("one vote per term: `{name}` tested and set"), given.effect);
        }
    }
    match granted {
        Some(effect) => {
            let why = format!(
                "`{name}` is set by {}, but no guard there reads it: a node may vote twice",
                view.effect_at(effect)
            );
            let effect = &model.walk.effects[effect];
            declared("OneVote", "one vote per term", why).shown(
                view.definition_name(effect.within),
                effect.span,
                EvidenceLevel::Declared,
            )
        }
        None => missing(
            "OneVote",
            "one vote per term",
            format!("no reachable step grants a vote to another node by setting `{name}`"),
        ),
    }
}
