//! States that a prompt names: values that the state variable takes in Init and in reachable steps.

use super::{
    Answer,
    spelled::Sought,
    view::{View, Words, combined, declared, missing},
};
use crate::{
    contract::{Clause, EvidenceLevel, Verdict},
    module::{
        calls::stem,
        hash::QuickMap,
        model::{Operand, Role, plain},
    },
};

/// A demand that lists the states a node may be in.
pub(super) fn asks(words: &Words, clause: &Clause) -> bool {
    let counted =
        words.any(&["states:", "states ", "states)", "node states", "roles:"]) || words.title.ends_with("states");
    counted
        && clause.names.len() >= 2
        && !words.any(&["message", "different node states", "→", "->"])
        && !clause.names.iter().any(|thing| thing.name.starts_with("Msg"))
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    combined(view, view.asked.names.iter().map(|sought| one(view, sought)).collect())
}

/// The answer for one state.
pub(super) fn one(view: &View<'_, '_>, sought: &Sought) -> Answer {
    let Sought { name, role, spelled, .. } = sought;
    let role = *role;
    let Some(states) = view.states() else {
        return unseen(view, sought, "the module has no variable that holds the state");
    };
    let fits = |atom: &'_ str, spellings: &[&str]| match role {
        Some(role) => {
            spellings.iter().any(|spelling| Role::named(spelling) == Some(role)) || stem(atom) == spelled.stem
        }
        None => spellings.iter().any(|spelling| stem(spelling) == spelled.stem || plain(spelling) == spelled.plain),
    };
    for (index, atom) in states.atoms.iter().enumerate() {
        if !fits(atom, &view.model.spellings(atom)) {
            continue;
        }
        if let Some(step) = states.moves.iter().find(|step| step.to == index) {
            let place = view.effect_at(step.effect);
            let as_written = if plain(atom) == spelled.plain { String::new() } else { format!(" as `{atom}`") };
            let answer = Answer::met(format!("{name}{as_written} by {place}"));
            return view.show_effect(answer, step.effect);
        }
        if states.initial & (1 << index) != 0 {
            return Answer::met(format!("{name}, which Init gives as `{atom}`"));
        }
    }
    // Another variable may hold it, such as a program counter beside the role.
    if let Some(effect) = view.gives(spelled) {
        let note = format!("{name} by {}", view.effect_at(effect));
        return view.show_effect(Answer::met(note), effect);
    }
    if role == Some(Role::PreCandidate)
        && let Some(answer) = flag(view, name)
    {
        return answer;
    }
    unseen(view, sought, "looked for among the values that reachable steps give to the state")
}

/// A prevote flag beside the role: the phase without the state.
fn flag(view: &View<'_, '_>, name: &str) -> Option<Answer> {
    let says = |plain: &str| ["prevote", "precand", "campaign"].iter().any(|part| plain.contains(part));
    let variables: Vec<bool> = view.variables().iter().map(|variable| says(&variable.plain)).collect();
    let mut fields: QuickMap<&str, bool> = QuickMap::default();
    let given = view.model.facts.given.iter().find(|given| {
        matches!(given.value, Operand::Truth(true) | Operand::Atom(_))
            && match given.slot.field {
                Some(field) => *fields.entry(field).or_insert_with(|| says(&plain(field))),
                None => variables[given.slot.variable],
            }
            && view.model.is_live(view.branch_of(given.effect))
    })?;
    let note = format!(
        "{name} by the equivalent flag `{}`, set by {}",
        view.slot_name(given.slot),
        view.effect_at(given.effect)
    );
    Some(view.show_effect(Answer::new(Verdict::Equivalent, note), given.effect))
}

fn unseen(view: &View<'_, '_>, sought: &Sought, looked: &str) -> Answer {
    let name = sought.name.as_str();
    let listed = view.mentioned(&sought.spelled).or_else(|| {
        // A type of message such as `MsgPreVote` is no state.
        view.listed().naming(sought.role?).find(|listed| !listed.spelled.plain.starts_with("msg"))
    });
    match listed {
        Some(listed) => declared(
            name,
            name,
            format!(
                "named in `{}`, line {}, but no reachable step takes this state",
                listed.within,
                view.line(listed.span)
            ),
        )
        .shown(listed.within, listed.span, EvidenceLevel::Declared),
        None => missing(name, name, looked),
    }
}
