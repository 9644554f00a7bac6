//! Terms that advance with the messages of others, and one vote in each.

use super::{
    Answer,
    view::{View, Words, declared, missing},
};
use crate::{
    contract::EvidenceLevel,
    module::model::{Comparison, Operand, plain},
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
    let model = view.model;
    for given in model.given(vote) {
        if given.own_index || matches!(given.value, Operand::Atom(_) | Operand::Number(_) | Operand::Truth(_)) {
            continue;
        }
        let branch = model.walk.effects[given.effect].branch;
        let tested = model.comparisons().any(|comparison| {
            [&comparison.left, &comparison.right]
                .iter()
                .any(|side| side.place().is_some_and(|place| place.slot == term))
                && model.together(comparison.source.branch, branch)
        });
        if tested {
            return view.met_by_effect("votes for current terms", given.effect);
        }
    }
    missing(
        "VoteTerm",
        "votes for current terms",
        format!("no step that grants a vote compares the term with `{}`", view.slot_name(term)),
    )
}

pub(super) fn advance<'a>(view: &View<'_, 'a>) -> Answer {
    let Some(term) = view.parts().term else {
        return missing("Term", "term advancement", "no variable that counts terms");
    };
    let model = view.model;
    let own = |side: &Operand<'a>| side.place().is_some_and(|place| place.slot == term);
    let of_message = |side: &Operand<'a>| match model.message_field(side) {
        Some(field) => plain(field).contains("term") || plain(field).contains("epoch"),
        None => own(side),
    };
    let tests: Vec<&Comparison<'a>> = model
        .comparisons()
        .filter(|comparison| {
            matches!(comparison.operator, "<" | ">" | "\\leq" | "\\geq" | "=" | "/=")
                && (own(&comparison.left) && of_message(&comparison.right)
                    || own(&comparison.right) && of_message(&comparison.left))
        })
        .collect();
    let mut direct = None;
    for given in model.given(term) {
        if given.made_by == "+" {
            continue;
        }
        let branch = model.walk.effects[given.effect].branch;
        let tested = tests.iter().find(|comparison| {
            matches!(comparison.operator, "<" | ">" | "\\leq" | "\\geq")
                && match comparison.source.effect {
                    Some(effect) => effect == given.effect || model.walk.effects[effect].branch == branch,
                    None => model.together(comparison.source.branch, branch),
                }
        });
        let from_message = model.message_field(&given.value).is_some();
        if let Some(tested) = tested {
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
    let untested = model.given(term).find(|given| model.message_field(&given.value).is_some());
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
    let reads = |comparison: &Comparison<'_>| {
        [&comparison.left, &comparison.right].iter().any(|side| side.place().is_some_and(|place| place.slot == vote))
    };
    let mut granted = None;
    for given in model.given(vote) {
        // To vote for oneself, or to forget the vote, grants nothing.
        if given.own_index || matches!(given.value, Operand::Atom(_) | Operand::Number(_) | Operand::Truth(_)) {
            continue;
        }
        granted.get_or_insert(given.effect);
        let branch = model.walk.effects[given.effect].branch;
        let guarded = model.comparisons().find(|comparison| {
            reads(comparison)
                && match comparison.source.effect {
                    Some(effect) => effect == given.effect || model.walk.effects[effect].branch == branch,
                    None => model.together(comparison.source.branch, branch),
                }
        });
        if guarded.is_some() {
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
