//! Requests of clients: a leader that makes an entry of its log of them, and what may stand for a client's message.

use super::{
    Answer,
    kinds::Kind,
    listing::Listed,
    spelled::Sought,
    view::{View, Words, combined, declared, missing},
};
use crate::{
    contract::{EvidenceLevel, Verdict},
    module::{
        hash::{QuickMap, QuickSet},
        model::{Given, Role, States},
    },
};

/// A demand that leaders turn proposals into entries.
pub(super) fn asks(words: &Words) -> bool {
    let client = words.any(&["proposal", "msgprop", "client request", "client command"]);
    client && words.any(&["entry", "entries", "leader"]) && !words.title.contains("message")
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let mut answers = vec![entry(view)];
    if let Some(sought) = view.asked.names.iter().find(|sought| sought.kind == Some(Kind::Client)) {
        answers.push(super::messages::one(view, sought, None));
    }
    combined(view, answers)
}

/// The steps by which a node appends an entry of its own, other than the one by which it becomes leader.
fn appends<'v, 'a>(view: &'v View<'_, 'a>) -> impl Iterator<Item = &'v Given<'a>> {
    let found = view.subject.found.entries.get_or_init(|| own_entries(view));
    found.iter().map(|given| &view.model.facts.given[*given])
}

fn own_entries(view: &View<'_, '_>) -> Vec<usize> {
    let Some(log) = view.parts().log else { return Vec::new() };
    let elections = view.states().into_iter().flat_map(|states| {
        let leader = states.bits(Role::Leader);
        states.moves.iter().filter(move |step| leader & (1 << step.to) != 0).map(|step| step.branch)
    });
    let elections = view.ways().marked(elections);
    let of_log = view.deeds().given[log.variable].iter().map(|index| (*index, &view.model.facts.given[*index]));
    let appended = of_log.filter(|(_, given)| given.slot == log && matches!(given.made_by, "Append" | "\\o"));
    let own = appended.filter(|(_, given)| {
        let branch = view.branch_of(given.effect);
        let handled = view.handled(branch);
        let replicated = handled.any(&[Kind::Append, Kind::Heartbeat]);
        // What a client sent is new to the log although it comes out of a message.
        let new = given.own_entry || handled.any(&[Kind::Client, Kind::ClientGet, Kind::ClientPut]);
        new && !replicated && !elections.with(branch)
    });
    own.map(|(index, _)| index).collect()
}

/// A leader appends an entry for a client.
pub(super) fn entry(view: &View<'_, '_>) -> Answer {
    let conditions = view.states().map(|states| conditioned(view, states)).unwrap_or_default();
    let by_leader = appends(view)
        .find(|given| view.only(view.branch_of(given.effect), Role::Leader) || conditions.contains(&given.effect));
    if let Some(given) = by_leader {
        return view.met_by_effect("entry of the leader's log", given.effect);
    }
    if let Some(given) = appends(view).next() {
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

/// The effects such as `log' = IF state[n] = Leader THEN Append(…) ELSE log`, or the log of
/// `CHOOSE n : state[n] = Leader`.
fn conditioned<'a>(view: &View<'_, 'a>, states: &States<'a>) -> QuickSet<usize> {
    let of_leaders = view.compared(states.slot).filter(|comparison| {
        comparison.holds
            && comparison.operator == "="
            && comparison.left.place().is_some_and(|place| place.slot == states.slot)
            && states.role_of(&comparison.right) == Some(Role::Leader)
    });
    of_leaders.filter_map(|comparison| comparison.source.effect).collect()
}

/// What a module has in place of a client's message of this kind.
pub(super) fn instead_of_message(view: &View<'_, '_>, sought: &Sought, wanted: Kind) -> Option<Answer> {
    if wanted.is_client_response() {
        return response(view, &sought.name, wanted);
    }
    if !wanted.is_client_request() {
        return None;
    }
    // Handled but never sent is no behaviour of a client.
    let unasked = || appends(view).filter(|given| view.handled(view.branch_of(given.effect)).is_empty());
    let is_named = |given: &&Given<'_>| {
        let own = view.listed().own(view.action_of_effect(given.effect));
        own.is_some_and(|own| own.similar(&sought.spelled))
    };
    let serving = || {
        let mut serves: QuickMap<usize, bool> = QuickMap::default();
        unasked().find(|given| {
            let action = view.action_of_effect(given.effect);
            *serves.entry(action).or_insert_with(|| self::serves(view, action, wanted))
        })
    };
    let fitting = unasked().find(is_named).or_else(serving)?;
    let action = view.action_of_effect(fitting.effect);
    let place = view.at(action, view.model.walk.effects[fitting.effect].span);
    let note = format!("{} by the equivalent {place}, which takes a client's request without a message", sought.name);
    Some(view.show_effect(Answer::new(Verdict::Equivalent, note), fitting.effect))
}

/// Whether an appending action serves requests to read, or to write, where the prompt tells them apart.
fn serves(view: &View<'_, '_>, action: usize, wanted: Kind) -> bool {
    let words: &[&str] = match wanted {
        Kind::ClientGet => &["get", "read"],
        Kind::ClientPut => &["put", "write", "set", "request", "propose"],
        _ => return true,
    };
    view.listed().own(action).is_some_and(|own| words.iter().any(|word| own.plain.contains(word)))
        || view.listed().within(action).any(|listed| words.contains(&listed.spelled.plain.as_str()))
}

/// A client's answer that is put into a variable, not into the network.
fn response(view: &View<'_, '_>, name: &str, wanted: Kind) -> Option<Answer> {
    let words: &[&str] = match wanted {
        Kind::ClientGetResponse => &["get", "read"],
        Kind::ClientPutResponse => &["put", "write", "set", "apply"],
        _ => &[],
    };
    let holding = view.variables().iter().enumerate().filter(|(_, spelled)| holds_responses(&spelled.plain));
    let mut changes: Vec<usize> = holding.flat_map(|(variable, _)| &view.deeds().changes[variable]).copied().collect();
    changes.sort_unstable();
    let mut of_kind: QuickMap<usize, bool> = QuickMap::default();
    let found = changes.into_iter().find(|effect| {
        let within = view.model.walk.effects[*effect].within;
        let said = |listed: Listed<'_>| words.iter().any(|word| listed.spelled.plain.contains(word));
        words.is_empty() || *of_kind.entry(within).or_insert_with(|| view.listed().within(within).any(said))
    })?;
    let variable = &view.subject.module.variables[view.model.walk.effects[found].variable].value.name;
    let note = format!("{name} by the equivalent variable `{variable}`, set by {}", view.effect_at(found));
    Some(view.show_effect(Answer::new(Verdict::Equivalent, note), found))
}

/// Whether a variable is named after answers, and not after those of other nodes; its name is without case and signs.
fn holds_responses(variable: &str) -> bool {
    let holds = ["respon", "repl", "result", "answer"].iter().any(|word| variable.contains(word));
    let counts = ["vote", "replic", "append"].iter().any(|word| variable.contains(word));
    holds && !counts
}
