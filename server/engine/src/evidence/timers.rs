//! Election timeouts that begin a campaign, heartbeats, and the timer that a heartbeat sets back.

use super::{
    Answer,
    kinds::Kind,
    messages::sent_by,
    view::{View, Words, combined, declared, missing},
};
use crate::{
    contract::{EvidenceLevel, Verdict},
    module::{
        calls::similar,
        model::{Role, Sent, Slot, is_hup, plain},
    },
};

/// A demand that timeouts start elections.
pub(super) fn asks_timeouts(words: &Words) -> bool {
    let timeout = words.any(&["election timeout", "election timer", "timeouts trigger", "timeout trigger"]);
    let starts = words.any(&["trigger", "start", "campaign", "begin"]);
    timeout && starts && !words.title.contains("message")
}

/// A demand that leaders send heartbeats, or that these keep elections from starting.
pub(super) fn asks_heartbeats(words: &Words) -> bool {
    words.any(&["heartbeat"])
        && (words.any(&["send", "prevent", "keep", "reset", "suppress", "broadcast", "periodic"])
            || words.title.contains("heartbeat"))
}

pub(super) fn timeouts(view: &View<'_, '_>) -> Answer {
    campaign(view, "election timeout").unwrap_or_else(|| {
        let looked = "looked for a step that makes a follower or candidate campaign, and for a Hup message";
        missing("ElectionTimeout", "election timeout", looked)
    })
}

/// The step by which a campaign begins, as an equivalent of a local message of this name.
pub(super) fn campaign(view: &View<'_, '_>, name: &str) -> Option<Answer> {
    let messages = &view.model.messages;
    let is_campaign = |kind: &&&str| view.model.spellings(kind).iter().any(|name| is_hup(name));
    let campaigns: Vec<&str> = view.kinds().all().iter().filter(is_campaign).copied().collect();
    let uses = view.kinds().uses(&campaigns);
    let hup_sent = uses.sent.first().map(|sent| &messages.sent[*sent]);
    let hup_tested = uses.tested.first().map(|tested| &messages.tested[*tested]);
    if let (Some(sent), Some(tested)) = (hup_sent, hup_tested) {
        let note = format!(
            "{name} as `{}`, sent by {}, handled in line {}",
            sent.kind,
            view.at(sent.within, sent.span),
            view.line(tested.span)
        );
        return Some(Answer::met(note).shown(sent.kind, sent.span, EvidenceLevel::Behaviour));
    }
    let effect = *view.parts().timeouts.iter().max_by_key(|effect| {
        let action = view.action_of_effect(**effect);
        let plain = plain(view.definition_name(action));
        (plain.contains("timeout"), std::cmp::Reverse(**effect))
    })?;
    let place = &view.model.walk.effects[effect];
    let action = view.action_of_effect(effect);
    let called = view.definition_name(action);
    let own_name = similar(called, name) || plain(called) == plain(name);
    let answer = match own_name {
        true => Answer::met(format!("{name} by {}", view.at(action, place.span))),
        false if name.contains(' ') => Answer::met(format!("{name} by {}", view.at(action, place.span))),
        false => Answer::new(
            Verdict::Equivalent,
            format!("{name} by the equivalent {}, which starts a campaign", view.at(action, place.span)),
        ),
    };
    Some(view.show_effect(answer, effect))
}

pub(super) fn heartbeats(view: &View<'_, '_>) -> Answer {
    combined(view, vec![sent(view), reset(view)])
}

/// A leader sends something that needs no new entry, by itself and not only to answer.
fn sent(view: &View<'_, '_>) -> Answer {
    let by_leaders = |sent: &&Sent<'_>| by_leader(view, sent.branch);
    let unasked = |sent: &&Sent<'_>| is_unasked(view, sent.branch);
    if let Some(sent) = view.sent_as(Kind::Heartbeat).filter(by_leaders).find(unasked) {
        let note = format!("heartbeats sent by {}", sent_by(view, sent));
        return Answer::met(note).shown(sent.kind, sent.span, EvidenceLevel::Behaviour);
    }
    let may_be_empty = |sent: &&Sent<'_>| !needs_entry(view, sent.branch) && !appends_here(view, sent.branch);
    if let Some(sent) = view.sent_as(Kind::Append).filter(by_leaders).filter(unasked).find(may_be_empty) {
        let note = format!("heartbeats as AppendEntries that may be empty, sent by {}", sent_by(view, sent));
        return Answer::met(note).shown(sent.kind, sent.span, EvidenceLevel::Behaviour);
    }
    if let Some(sent) = view.sent_as(Kind::Heartbeat).next() {
        let but = if by_leaders(&sent) { "only to answer a message" } else { "but not by leaders alone" };
        let note = format!("heartbeats sent by {}, {but}", sent_by(view, sent));
        return Answer::new(Verdict::Equivalent, note).shown(sent.kind, sent.span, EvidenceLevel::Behaviour);
    }
    match view.mentioned("Heartbeat").filter(|listed| plain(listed.written).ends_with("heartbeat")) {
        Some(listed) => declared(
            "Heartbeat",
            "heartbeats",
            format!("named in `{}`, line {}, but no reachable step sends them", listed.within, view.line(listed.span)),
        )
        .shown(listed.within, listed.span, EvidenceLevel::Declared),
        None => missing(
            "Heartbeat",
            "heartbeats",
            "looked for a leader's step that sends heartbeats, or AppendEntries without a new entry",
        ),
    }
}

/// Whether a step is taken without a message of another node; a node's own timer may send itself one.
fn is_unasked(view: &View<'_, '_>, branch: usize) -> bool {
    let model = view.model;
    let local = |kind| model.spellings(kind).iter().any(|name| is_hup(name) || is_beat(name));
    model.messages.handled(&model.walk, branch).iter().all(|tested| local(tested.kind))
}

/// Whether a kind is the local message by which a leader's own timer asks for heartbeats.
fn is_beat(kind: &str) -> bool {
    let plain = plain(kind);
    plain.ends_with("beat") && !plain.ends_with("heartbeat") || plain.ends_with("heartbeattimeout")
}

fn by_leader(view: &View<'_, '_>, branch: usize) -> bool {
    view.only(branch, Role::Leader)
}

/// Whether a step is only taken when there is something new to send.
fn needs_entry(view: &View<'_, '_>, branch: usize) -> bool {
    let Some(log) = view.parts().log else { return false };
    view.model.comparisons().any(|comparison| {
        comparison.source.effect.is_none()
            && comparison.holds
            && view.model.chain(branch).any(|above| above == comparison.source.branch)
            && [&comparison.left, &comparison.right]
                .iter()
                .any(|side| matches!(side, crate::module::model::Operand::Size(Some(place)) if place.slot == log))
            && matches!(comparison.operator, "<" | ">" | "\\leq" | "\\geq")
            && [&comparison.left, &comparison.right]
                .iter()
                .any(|side| side.place().is_some_and(|place| plain(&view.slot_name(place.slot)).contains("next")))
    })
}

/// Whether a step that sends also appends an entry of its own.
fn appends_here(view: &View<'_, '_>, branch: usize) -> bool {
    let Some(log) = view.parts().log else { return false };
    view.model.given(log).any(|given| given.own_entry && view.model.walk.effects[given.effect].branch == branch)
}

/// Who receives a heartbeat sets back what the timeout reads.
fn reset(view: &View<'_, '_>) -> Answer {
    let model = view.model;
    let timers: Vec<Slot<'_>> = view.parts().timers.clone();
    if timers.is_empty() {
        return untimed(view);
    }
    for timer in &timers {
        for given in model.given(*timer) {
            if given.made_by == "+" {
                continue;
            }
            let branch = model.walk.effects[given.effect].branch;
            let kinds: Vec<Kind> = model
                .messages
                .handled(&model.walk, branch)
                .iter()
                .filter_map(|tested| view.kinds().kind(tested.kind))
                .collect();
            if kinds.iter().any(|kind| matches!(kind, Kind::Heartbeat | Kind::Append)) {
                return view.met_by_effect(&format!("reset of `{}`", view.slot_name(*timer)), given.effect);
            }
        }
    }
    // A module without messages may reset the follower's timer in the leader's own step.
    for timer in &timers {
        let by_leader = model
            .given(*timer)
            .find(|given| given.made_by != "+" && view.only(model.walk.effects[given.effect].branch, Role::Leader));
        if let Some(given) = by_leader.filter(|_| model.messages.networks.is_empty()) {
            return view.equivalent_by_effect(&format!("reset of `{}`", view.slot_name(*timer)), given.effect);
        }
    }
    let names: Vec<String> = timers.iter().map(|timer| format!("`{}`", view.slot_name(*timer))).collect();
    missing(
        "ElectionTimeout",
        "the timer's reset",
        format!(
            "no step that handles heartbeats or AppendEntries sets back {}, which the timeout reads",
            names.join(" or ")
        ),
    )
}

/// There is no timer that the timeout reads.
fn untimed(view: &View<'_, '_>) -> Answer {
    if view.parts().timeouts.is_empty() {
        return Answer::about(
            Verdict::NotChecked,
            "the timer's reset",
            "without an election timeout there is nothing to set back",
        );
    }
    Answer::about(
        Verdict::NotChecked,
        "the timer's reset",
        "no timer stands behind the election timeout, so that a heartbeat sets it back can't be shown",
    )
}
