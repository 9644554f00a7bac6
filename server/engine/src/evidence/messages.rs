//! Message types that a prompt names: each is built in a reachable step and tested for in a reachable step.

use super::{
    Answer, clients,
    kinds::{Kind, Message, is_abbreviation},
    spelled::Sought,
    timers,
    view::{View, Words, combined, declared, missing},
};
use crate::{
    contract::{Clause, EvidenceLevel, Verdict},
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
    let meanings = view.clause.names.iter().map(|thing| thing.meaning.as_deref());
    combined(view, view.asked.names.iter().zip(meanings).map(|(sought, meaning)| one(view, sought, meaning)).collect())
}

/// The messages of the module that stand for a wanted name, in order, and whether they have its very name.
fn kinds<'v, 'a>(view: &'v View<'_, 'a>, sought: &Sought, wanted: Option<Kind>) -> (Vec<&'v Message<'a>>, bool) {
    let known = view.kinds();
    let of_name = |message: &&Message<'_>| wanted.is_none() || message.kind.is_none() || message.kind == wanted;
    let same: Vec<&Message<'a>> = known.similar(&sought.spelled).filter(of_name).collect();
    if !same.is_empty() {
        return (same, true);
    }
    let coded = known.all().iter().filter(|message| {
        message.is_code()
            && is_abbreviation(&message.spelled.plain, &sought.spelled.plain)
            && message.kind.is_none_or(|found| fits(found, wanted))
    });
    let coded: Vec<&Message<'a>> = coded.collect();
    if !coded.is_empty() {
        return (coded, false);
    }
    let Some(wanted) = wanted else { return (Vec::new(), false) };
    let exact: Vec<&Message<'a>> = known.of_kind(wanted).collect();
    if !exact.is_empty() {
        return (exact, false);
    }
    let fitting = |message: &&Message<'_>| message.kind.is_some_and(|found| fits(found, Some(wanted)));
    (known.all().iter().filter(fitting).collect(), false)
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
pub(super) fn one(view: &View<'_, '_>, sought: &Sought, meaning: Option<&str>) -> Answer {
    let name = sought.name.as_str();
    let wanted = sought.kind.or_else(|| meaning.and_then(kind_meant));
    let (kinds, same) = kinds(view, sought, wanted);
    let messages = &view.model.messages;
    let sent = kinds.iter().filter_map(|message| message.sent.first()).min().map(|sent| &messages.sent[*sent]);
    // The handler that does most with a message beside taking it away is shown.
    let tested = kinds.iter().flat_map(|message| &message.tested).max_by_key(|index| {
        let tested = &messages.tested[**index];
        (tested.source.effect.is_none(), tested.alone, view.changes_beneath(tested.source.branch), **index)
    });
    let tested = tested.map(|tested| &messages.tested[*tested]);
    let shown = kinds.first().map_or(name, |message| message.atom);
    if let (Some(sent), Some(tested)) = (sent, tested) {
        let place = format!("sent by {}, handled by {}", sent_by(view, sent), handled_by(view, tested));
        let (verdict, note) = match same {
            true => (Verdict::Met, format!("{name} {place}")),
            false => (Verdict::Equivalent, format!("{name} as the equivalent `{}`, {place}", shown)),
        };
        return Answer::new(verdict, note).shown(shown, sent.span, EvidenceLevel::Behaviour).shown(
            shown,
            tested.span,
            EvidenceLevel::Behaviour,
        );
    }
    if wanted == Some(Kind::Hup)
        && let Some(answer) = timers::campaign(view, sought)
    {
        return answer;
    }
    if let Some(wanted) = wanted
        && let Some(answer) = clients::instead_of_message(view, sought, wanted)
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
                return Answer::new(Verdict::Equivalent, note).shown(shown, sent.span, EvidenceLevel::Behaviour);
            }
            let why = format!("sent by {}, but no reachable step handles it", sent_by(view, sent));
            declared(name, name, why).shown(shown, sent.span, EvidenceLevel::Declared)
        }
        (None, Some(tested)) => {
            let why = format!("handled by {}, but nothing sends it", handled_by(view, tested));
            declared(name, name, why).shown(shown, tested.span, EvidenceLevel::Declared)
        }
        _ => unseen(view, sought),
    }
}

/// What is said of a type that no reachable step builds or tests for.
fn unseen(view: &View<'_, '_>, sought: &Sought) -> Answer {
    let name = sought.name.as_str();
    if let Some(listed) = view.mentioned(&sought.spelled) {
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

/// The action of a step that takes any message whatever its type, from a set or off a queue, and changes more than the
/// network.
fn any_receiver(view: &View<'_, '_>) -> Option<usize> {
    *view.subject.found.any_receiver.get_or_init(|| {
        let (messages, walk) = (&view.model.messages, &view.model.walk);
        let of_network = walk.picks.iter().filter(|(variable, _)| messages.networks.contains(variable));
        let picked = of_network.map(|(_, branch)| *branch);
        let taken = messages.removals.iter().map(|effect| view.branch_of(*effect));
        // What a step does beneath is of any type, too, where no guard on the way tests for one.
        let changes = walk.effects.iter().enumerate().filter(|(_, effect)| {
            effect.value.is_some()
                && !messages.networks.contains(&effect.variable)
                && view.model.is_live(effect.branch)
                && view.handled(effect.branch).is_empty()
        });
        let changes: Vec<usize> = changes.map(|(_, effect)| effect.branch).collect();
        let changing = view.ways().marked(changes.iter().copied());
        let mut receivers = picked.chain(taken).filter(|branch| view.model.is_live(*branch));
        let receiver = receivers.find(|branch| view.handled(*branch).is_empty() && changing.beneath(*branch))?;
        let changed = changes.into_iter().find(|branch| view.ways().holds(receiver, *branch))?;
        Some(view.action_of(changed))
    })
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
