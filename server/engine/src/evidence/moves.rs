//! Moves between states that a prompt draws as a chain: `Follower → Candidate → Leader`.

use super::{
    Answer,
    kinds::Kind,
    note::Note,
    view::{View, Words, combined, missing},
};
use crate::{
    contract::{Clause, Verdict},
    module::{
        calls::similar,
        model::{Move, Role, States, plain},
    },
};

const ARROWS: &[&str] = &["→", "->", "=>", "⇒", "↔", "<->"];

/// A demand that draws a chain of states.
pub(super) fn asks(_words: &Words, clause: &Clause) -> bool {
    chains(&clause.text).iter().any(|chain| chain.len() >= 2)
}

/// Whether a chain draws the values of a flag, `false → true`, and no states.
fn is_flag(chain: &[&str]) -> bool {
    chain.iter().any(|word| matches!(word.to_lowercase().as_str(), "true" | "false" | "full" | "tail" | "head"))
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let chains = chains(&view.clause.text);
    combined(view, chains.iter().filter(|chain| chain.len() >= 2).map(|chain| one(view, chain)).collect())
}

/// The chains of single words between arrows.
fn chains(text: &str) -> Vec<Vec<&str>> {
    let mut result: Vec<Vec<&str>> = Vec::new();
    for line in text.lines() {
        let mut pieces = vec![line];
        for arrow in ARROWS {
            pieces = pieces.into_iter().flat_map(|piece| piece.split(arrow)).collect();
        }
        let mut chain: Vec<&str> = Vec::new();
        let last = pieces.len().saturating_sub(1);
        for (index, piece) in pieces.iter().enumerate() {
            let words: Vec<&str> =
                piece.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty()).collect();
            // The first piece ends with a state, the last begins with one; those between are states alone.
            let word = match index {
                0 => words.last(),
                _ => words.first(),
            };
            let alone = index == 0 || index == last || words.len() == 1;
            match word.filter(|_| alone) {
                Some(word) => chain.push(word),
                None => {
                    result.push(std::mem::take(&mut chain));
                }
            }
        }
        result.push(chain);
    }
    result.retain(|chain| chain.len() >= 2 && !is_flag(chain));
    result
}

/// The bits of the values that a word stands for.
fn bits(view: &View<'_, '_>, states: &States<'_>, word: &str) -> u64 {
    let role = Role::named(word);
    states.atoms.iter().enumerate().fold(0, |bits, (at, atom)| {
        let fits = match role {
            Some(role) => states.roles[at] == Some(role),
            None => view.model.spellings(atom).iter().any(|name| similar(name, word) || plain(name) == plain(word)),
        };
        if fits { bits | 1 << at } else { bits }
    })
}

fn one(view: &View<'_, '_>, chain: &[&str]) -> Answer {
    let drawn = chain.join(" → ");
    let Some(states) = view.states() else {
        return missing(&drawn, &drawn, "the module has no variable that holds the state");
    };
    // States without a meaning of their own may have any name: nothing is claimed of a chain that names others.
    let of_roles = chain.iter().all(|word| Role::named(word).is_some());
    if !of_roles && let Some(other) = chain.iter().find(|word| bits(view, states, word) == 0) {
        let why =
            format!("`{}` has no value {other}; the module may name its states otherwise", view.slot_name(states.slot));
        return Answer::about(Verdict::NotChecked, drawn, why);
    }
    let mut answers = Vec::new();
    for pair in chain.windows(2) {
        let (from, to) = (bits(view, states, pair[0]), bits(view, states, pair[1]));
        let name = format!("{} → {}", pair[0], pair[1]);
        if from == 0 || to == 0 {
            let unknown = if from == 0 { pair[0] } else { pair[1] };
            answers.push(missing(&name, &name, format!("no reachable step gives the state {unknown}")));
            continue;
        }
        let mut steps = states.moves.iter().filter(|step| to & (1 << step.to) != 0 && step.from & from != 0);
        let best = steps.clone().find(|step| step.guarded).or_else(|| steps.next());
        match best {
            Some(step) => answers.push(view.met_by_effect(&name, step.effect)),
            None => answers.push(missing(&name, &name, "no reachable step makes this move")),
        }
    }
    let mut answer = combined(view, answers);
    let jumps = jumps(view, states, chain);
    let Some((jump, name)) = jumps.first() else { return answer };
    if view.words.any(&["strict"]) {
        let note = format!("{name} by {}, a step that the chain leaves out", view.effect_at(jump.effect));
        let span = view.model.walk.effects[jump.effect].span;
        let mut broken = Answer::new(Verdict::Violated, note).at(super::Fault::Places(vec![span]));
        broken.evidence = answer.evidence;
        return broken;
    }
    answer.note.add(Note::of(Verdict::Met, format!("also {name} by {}", view.effect_at(jump.effect)), ""));
    answer
}

/// Guarded moves that skip a state of the chain; a move back is none, and leadership transfer may skip.
fn jumps<'s>(view: &View<'_, '_>, states: &'s States<'_>, chain: &[&str]) -> Vec<(&'s Move, String)> {
    let order: Vec<u64> = chain.iter().map(|word| bits(view, states, word)).collect();
    let mut found = Vec::new();
    for step in &states.moves {
        let Some(to) = order.iter().position(|bits| bits & (1 << step.to) != 0) else { continue };
        let skipped = (0..to.saturating_sub(1)).find(|from| step.from & order[*from] != 0 && step.guarded);
        let transfer = || view.handled(view.branch_of(step.effect)).any(&[Kind::Transfer]);
        if let Some(from) = skipped
            && !transfer()
        {
            // A guard that leaves several states skips one only where it leaves no state beside it.
            let beside = order.get(to.saturating_sub(1)).is_some_and(|bits| step.from & bits != 0);
            if !beside || step.from & order[from] == step.from {
                found.push((step, format!("{} → {}", chain[from], chain[to])));
            }
        }
    }
    found
}

/// Whether a state can be left for another at all; for prevote.
pub(super) fn step_between<'s>(states: &'s States<'_>, from: Role, to: Role) -> Option<&'s Move> {
    let (from, to) = (states.bits(from), states.bits(to));
    let mut steps = states.moves.iter().filter(move |step| to & (1 << step.to) != 0 && step.from & from != 0);
    steps.clone().find(|step| step.guarded).or_else(|| steps.next())
}
