//! Requests of clients: a leader that makes an entry of its log of them, and what may stand for a client's message.

use super::{
    Answer,
    kinds::Kind,
    listing::Listed,
    view::{View, Words, combined, declared, missing},
};
use crate::{
    contract::{EvidenceLevel, Verdict},
    module::{
        calls::similar,
        model::{Given, Role, plain},
    },
};

/// A demand that leaders turn proposals into entries.
pub(super) fn asks(words: &Words) -> bool {
    let client = words.any(&["proposal", "msgprop", "client request", "client command"]);
    client && words.any(&["entry", "entries", "leader"]) && !words.title.contains("message")
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let mut answers = vec![entry(view)];
    if let Some(thing) = view.clause.names.iter().find(|thing| Kind::named(&thing.name) == Some(Kind::Client)) {
        answers.push(super::messages::one(view, &thing.name, None));
    }
    combined(view, answers)
}

/// The steps by which a node appends an entry of its own, other than the one by which it becomes leader.
fn appends<'v, 'a>(view: &'v View<'_, 'a>) -> Vec<&'v Given<'a>> {
    let Some(log) = view.parts().log else { return Vec::new() };
    let model = view.model;
    let elections: Vec<usize> = view
        .states()
        .map(|states| {
            let leader = states.bits(Role::Leader);
            states.moves.iter().filter(|step| leader & (1 << step.to) != 0).map(|step| step.branch).collect()
        })
        .unwrap_or_default();
    model
        .given(log)
        .filter(|given| matches!(given.made_by, "Append" | "\\o"))
        .filter(|given| {
            let branch = model.walk.effects[given.effect].branch;
            let elected = elections.iter().any(|election| model.together(*election, branch));
            let handled = model.messages.handled(&model.walk, branch);
            let of = |wanted: &dyn Fn(Kind) -> bool| {
                handled.iter().any(|tested| view.kinds().kind(tested.kind).is_some_and(wanted))
            };
            let replicated = of(&|kind| matches!(kind, Kind::Append | Kind::Heartbeat));
            // What a client sent is new to the log although it comes out of a message.
            let new = given.own_entry || of(&Kind::is_client_request);
            new && !elected && !replicated
        })
        .collect()
}

/// A leader appends an entry for a client.
pub(super) fn entry(view: &View<'_, '_>) -> Answer {
    let appends = appends(view);
    let by_leader = appends.iter().find(|given| {
        let branch = view.model.walk.effects[given.effect].branch;
        view.only(branch, Role::Leader) || conditions_leader(view, given)
    });
    if let Some(given) = by_leader {
        return view.met_by_effect("entry of the leader's log", given.effect);
    }
    if let Some(given) = appends.first() {
        let why =
            format!("an entry is made by {}, but no guard says that a leader makes it", view.effect_at(given.effect));
        return declared("ClientRequest", "client requests", why).shown(
            view.definition_name(view.model.walk.effects[given.effect].within),
            view.model.walk.effects[given.effect].span,
            EvidenceLevel::Declared,
        );
    }
    missing(
        "ClientRequest",
        "client requests",
        "looked for a leader's step that appends an entry of its own to the log",
    )
}

/// `log' = IF state[n] = Leader THEN Append(…) ELSE log`, or the log of `CHOOSE n : state[n] = Leader`.
fn conditions_leader(view: &View<'_, '_>, given: &Given<'_>) -> bool {
    view.states().is_some_and(|states| {
        view.model.comparisons().any(|comparison| {
            comparison.source.effect == Some(given.effect)
                && comparison.holds
                && comparison.operator == "="
                && comparison.left.place().is_some_and(|place| place.slot == states.slot)
                && states.role_of(&comparison.right) == Some(Role::Leader)
        })
    })
}

/// What a module has in place of a client's message of this kind.
pub(super) fn instead_of_message(view: &View<'_, '_>, name: &str, wanted: Kind) -> Option<Answer> {
    if wanted.is_client_response() {
        return response(view, name, wanted);
    }
    if !wanted.is_client_request() {
        return None;
    }
    let model = view.model;
    // Handled but never sent is no behaviour of a client.
    let unasked =
        |given: &&Given<'_>| model.messages.handled(&model.walk, model.walk.effects[given.effect].branch).is_empty();
    let appends: Vec<&Given<'_>> = appends(view).into_iter().filter(unasked).collect();
    let named = appends.iter().find(|given| {
        let action = view.action_of_effect(given.effect);
        similar(view.definition_name(action), name)
    });
    let fitting = named.or_else(|| appends.iter().find(|given| serves(view, given, wanted)))?;
    let action = view.action_of_effect(fitting.effect);
    let place = view.at(action, model.walk.effects[fitting.effect].span);
    let note = format!("{name} by the equivalent {place}, which takes a client's request without a message");
    Some(view.show_effect(Answer::new(Verdict::Equivalent, note), fitting.effect))
}

/// Whether an appending step serves requests to read, or to write, where the prompt tells them apart.
fn serves(view: &View<'_, '_>, given: &Given<'_>, wanted: Kind) -> bool {
    let words: &[&str] = match wanted {
        Kind::ClientGet => &["get", "read"],
        Kind::ClientPut => &["put", "write", "set", "request", "propose"],
        _ => return true,
    };
    let action = view.action_of_effect(given.effect);
    let name = plain(view.definition_name(action));
    words.iter().any(|word| name.contains(word))
        || view.listed().within(action).iter().any(|listed| words.contains(&plain(listed.written).as_str()))
}

/// A client's answer that is put into a variable, not into the network.
fn response(view: &View<'_, '_>, name: &str, wanted: Kind) -> Option<Answer> {
    let words: &[&str] = match wanted {
        Kind::ClientGetResponse => &["get", "read"],
        Kind::ClientPutResponse => &["put", "write", "set", "apply"],
        _ => &[],
    };
    let variables = &view.subject.module.variables;
    let holds: Vec<bool> = variables.iter().map(|variable| holds_responses(&variable.value.name)).collect();
    let found = view.model.walk.effects.iter().enumerate().find(|(_, effect)| {
        let of_kind = || {
            let said = |listed: &Listed<'_>| words.iter().any(|word| plain(listed.written).contains(word));
            words.is_empty() || view.listed().within(effect.within).iter().any(said)
        };
        holds[effect.variable] && effect.value.is_some() && view.model.is_live(effect.branch) && of_kind()
    })?;
    let note = format!(
        "{name} by the equivalent variable `{}`, set by {}",
        variables[found.1.variable].value.name,
        view.effect_at(found.0)
    );
    Some(view.show_effect(Answer::new(Verdict::Equivalent, note), found.0))
}

/// Whether a variable is named after answers, and not after those of other nodes.
fn holds_responses(variable: &str) -> bool {
    let variable = plain(variable);
    let holds = ["respon", "repl", "result", "answer"].iter().any(|word| variable.contains(word));
    let counts = ["vote", "replic", "append"].iter().any(|word| variable.contains(word));
    holds && !counts
}
