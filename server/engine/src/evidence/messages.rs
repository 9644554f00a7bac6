//! Message types that a prompt names: each is built in a reachable step and tested for in a reachable step.

use super::{
    Answer, clients,
    kinds::{Kind, abbreviates},
    timers,
    view::{View, Words, combined, declared, missing},
};
use crate::{
    contract::{Clause, EvidenceLevel, NamedThing, Verdict},
    module::model::{Sent, Tested},
};

/// A demand that lists types of messages.
pub(super) fn asks(words: &Words, clause: &Clause) -> bool {
    !clause.names.is_empty()
        && !words.any(&["message routing", "delay", "by state", "by role"])
        && !clients::asks(words)
        && (words.title.contains("message") || is_list(words, clause))
}

/// All that is named is a message, and the words say so.
fn is_list(words: &Words, clause: &Clause) -> bool {
    words.any(&["message"])
        && clause.names.iter().all(|thing| Kind::named(&thing.name).is_some() || thing.name.starts_with("Msg"))
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let things: Vec<&NamedThing> = view.clause.names.iter().collect();
    combined(view, things.into_iter().map(|thing| one(view, &thing.name, thing.meaning.as_deref())).collect())
}

/// The kinds of the module that stand for a wanted name, in order, and whether they have its very name.
fn kinds<'a>(view: &View<'_, 'a>, name: &str, wanted: Option<Kind>) -> (Vec<&'a str>, bool) {
    let known = view.kinds();
    let of = |kinds: &[&'a str], accept: &dyn Fn(Option<Kind>) -> bool| -> Vec<&'a str> {
        kinds.iter().copied().filter(|kind| accept(known.kind(kind))).collect()
    };
    let same = of(known.similar(name), &|kind| wanted.is_none() || kind.is_none() || kind == wanted);
    if !same.is_empty() {
        return (same, true);
    }
    let coded: Vec<&'a str> = known.codes().iter().copied().filter(|kind| abbreviates(kind, name)).collect();
    let coded = of(&coded, &|kind| kind.is_none_or(|found| fits(found, wanted)));
    if !coded.is_empty() {
        return (coded, false);
    }
    let Some(wanted) = wanted else { return (Vec::new(), false) };
    let exact = known.of_kind(wanted);
    if !exact.is_empty() {
        return (exact.to_vec(), false);
    }
    (of(known.all(), &|kind| kind.is_some_and(|found| fits(found, Some(wanted)))), false)
}

/// Whether a kind of the module can stand for a wanted one: a client's request of no special kind stands for all.
fn fits(found: Kind, wanted: Option<Kind>) -> bool {
    let Some(wanted) = wanted else { return true };
    found == wanted
        || found == Kind::Client && wanted.is_client_request()
        || wanted == Kind::Client && found.is_client_request()
        || found == Kind::ClientResponse && wanted.is_client_response()
}

/// The answer for one type.
pub(super) fn one(view: &View<'_, '_>, name: &str, meaning: Option<&str>) -> Answer {
    let wanted = Kind::named(name).or_else(|| meaning.and_then(kind_meant));
    let (kinds, same) = kinds(view, name, wanted);
    let messages = &view.model.messages;
    let uses = view.kinds().uses(&kinds);
    let sent = uses.sent.first().map(|sent| &messages.sent[*sent]);
    // The handler that does most with a message beside taking it away is shown.
    let tested = uses.tested.iter().map(|tested| &messages.tested[*tested]).max_by_key(|tested| {
        (tested.source.effect.is_none(), tested.alone, view.changes_beneath(tested.source.branch))
    });
    if let (Some(sent), Some(tested)) = (sent, tested) {
        let place = format!("sent by {}, handled by {}", sent_by(view, sent), handled_by(view, tested));
        let (verdict, note) = match same {
            true => (Verdict::Met, format!("{name} {place}")),
            false => (Verdict::Equivalent, format!("{name} as the equivalent `{}`, {place}", kinds[0])),
        };
        return Answer::new(verdict, note).shown(kinds[0], sent.span, EvidenceLevel::Behaviour).shown(
            kinds[0],
            tested.span,
            EvidenceLevel::Behaviour,
        );
    }
    if wanted == Some(Kind::Hup)
        && let Some(answer) = timers::campaign(view, name)
    {
        return answer;
    }
    if let Some(wanted) = wanted
        && let Some(answer) = clients::instead_of_message(view, name, wanted)
    {
        return answer;
    }
    match (sent, tested) {
        (Some(sent), None) => {
            if let Some(receiver) = any_receiver(view) {
                let note = format!(
                    "{name} sent by {}, received by `{}`, which takes any type",
                    sent_by(view, sent),
                    view.definition_name(receiver)
                );
                return Answer::new(Verdict::Equivalent, note).shown(kinds[0], sent.span, EvidenceLevel::Behaviour);
            }
            let why = format!("sent by {}, but no reachable step handles it", sent_by(view, sent));
            declared(name, name, why).shown(kinds[0], sent.span, EvidenceLevel::Declared)
        }
        (None, Some(tested)) => {
            let why = format!("handled by {}, but nothing sends it", handled_by(view, tested));
            declared(name, name, why).shown(kinds[0], tested.span, EvidenceLevel::Declared)
        }
        _ => unseen(view, name),
    }
}

/// What is said of a type that no reachable step builds or tests for.
fn unseen(view: &View<'_, '_>, name: &str) -> Answer {
    if let Some(listed) = view.mentioned(name) {
        let why = format!(
            "listed in `{}`, line {}, but sent and handled by no reachable step",
            listed.within,
            view.line(listed.span)
        );
        return declared(name, name, why).shown(listed.within, listed.span, EvidenceLevel::Declared);
    }
    let looked = match view.model.messages.networks.is_empty() {
        true => "the module has no messages",
        false => "looked for a step that builds a message of this type or an equivalent one, and one that tests for it",
    };
    missing(name, name, looked)
}

/// A step that takes any message whatever its type, from a set or off a queue, and changes more than the network.
fn any_receiver(view: &View<'_, '_>) -> Option<usize> {
    let (messages, walk) = (&view.model.messages, &view.model.walk);
    let of_network = walk.picks.iter().filter(|(variable, _)| messages.networks.contains(variable));
    let picked = of_network.map(|(_, branch)| *branch);
    let taken = messages.removals.iter().map(|effect| walk.effects[*effect].branch);
    for branch in picked.chain(taken).filter(|branch| view.model.is_live(*branch)) {
        if !messages.handled(walk, branch).is_empty() {
            continue;
        }
        let changed = walk.effects.iter().find(|effect| {
            effect.value.is_some()
                && !messages.networks.contains(&effect.variable)
                && view.model.is_live(effect.branch)
                && view.model.chain(effect.branch).any(|above| above == branch)
                && messages.handled(walk, effect.branch).is_empty()
        });
        if let Some(changed) = changed {
            return Some(view.action_of(changed.branch));
        }
    }
    None
}

/// Who sends a message: the step that builds it, else the one that puts it into the network.
pub(super) fn sent_by(view: &View<'_, '_>, sent: &Sent<'_>) -> String {
    let within = view.definition_at(sent.span).filter(|within| view.model.walk.called[*within]);
    view.at(within.unwrap_or(sent.within), sent.span)
}

/// Who tests for a type: the step that holds the test, else the action that calls a predicate.
fn handled_by(view: &View<'_, '_>, tested: &Tested<'_>) -> String {
    let within = view.definition_at(tested.span).filter(|within| view.model.walk.called[*within]);
    view.at(within.unwrap_or_else(|| view.action_of(tested.source.branch)), tested.span)
}

/// The kind that a meaning in parentheses speaks of: "election timeout".
fn kind_meant(meaning: &str) -> Option<Kind> {
    let lower = meaning.to_lowercase();
    if lower.contains("election") && (lower.contains("timeout") || lower.contains("timer")) {
        return Some(Kind::Hup);
    }
    None
}
