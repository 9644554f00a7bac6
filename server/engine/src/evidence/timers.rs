//! Election timeouts that begin a campaign, heartbeats, and the timer that a heartbeat sets back.

use super::{
    Answer,
    kinds::Kind,
    messages::sent_by,
    spelled::{Sought, Spelled},
    view::{View, Words, combined, declared, missing},
    ways::Marked,
};
use crate::{
    contract::{EvidenceLevel, Verdict},
    module::{
        hash::QuickSet,
        model::{Operand, Role, Sent, Slot, plain},
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
    campaign(view, &Sought::of("election timeout")).unwrap_or_else(|| {
        let looked = "looked for a step that makes a follower or candidate campaign, and for a Hup message";
        missing("ElectionTimeout", "election timeout", looked)
    })
}

/// The step by which a campaign begins, as an equivalent of a local message of this name.
pub(super) fn campaign(view: &View<'_, '_>, sought: &Sought) -> Option<Answer> {
    let (name, messages) = (sought.name.as_str(), &view.model.messages);
    let campaigns = || view.kinds().all().iter().filter(|message| message.hup);
    let hup_sent = campaigns().filter_map(|message| message.sent.first()).min().map(|sent| &messages.sent[*sent]);
    let hup_tested =
        campaigns().filter_map(|message| message.tested.first()).min().map(|tested| &messages.tested[*tested]);
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
        let own = view.listed().own(view.action_of_effect(**effect));
        (own.is_some_and(|own| own.plain.contains("timeout")), std::cmp::Reverse(**effect))
    })?;
    let place = &view.model.walk.effects[effect];
    let action = view.action_of_effect(effect);
    let own = view.listed().own(action);
    let own_name = own.is_some_and(|own| own.similar(&sought.spelled) || own.same(&sought.spelled));
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
    let with_entry = WithEntry::of(view);
    let may_be_empty = |sent: &&Sent<'_>| !with_entry.is_needed(sent.branch);
    if let Some(sent) = view.sent_as(Kind::Append).filter(by_leaders).filter(unasked).find(may_be_empty) {
        let note = format!("heartbeats as AppendEntries that may be empty, sent by {}", sent_by(view, sent));
        return Answer::met(note).shown(sent.kind, sent.span, EvidenceLevel::Behaviour);
    }
    if let Some(sent) = view.sent_as(Kind::Heartbeat).next() {
        let but = if by_leaders(&sent) { "only to answer a message" } else { "but not by leaders alone" };
        let note = format!("heartbeats sent by {}, {but}", sent_by(view, sent));
        return Answer::new(Verdict::Equivalent, note).shown(sent.kind, sent.span, EvidenceLevel::Behaviour);
    }
    match view.mentioned(&Spelled::of("Heartbeat")).filter(|listed| listed.spelled.plain.ends_with("heartbeat")) {
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
    view.handled(branch).is_local()
}

fn by_leader(view: &View<'_, '_>, branch: usize) -> bool {
    view.only(branch, Role::Leader)
}

/// Where a step sends an entry of the log.
struct WithEntry<'v> {
    /// Guards that something new is there to send.
    guards: Marked<'v>,
    /// Branches in which a step also appends an entry of its own.
    appends: QuickSet<usize>,
}

impl<'v> WithEntry<'v> {
    fn of<'a>(view: &'v View<'_, 'a>) -> Self {
        let log = view.parts().log;
        let is_size = |side: &Operand<'a>| matches!(side, Operand::Size(Some(place)) if Some(place.slot) == log);
        let is_next =
            |side: &Operand<'a>| side.place().is_some_and(|place| plain(&view.slot_name(place.slot)).contains("next"));
        let tests = log.into_iter().flat_map(|log| view.compared(log)).filter(|comparison| {
            let sides = [&comparison.left, &comparison.right];
            comparison.source.effect.is_none()
                && comparison.holds
                && matches!(comparison.operator, "<" | ">" | "\\leq" | "\\geq")
                && sides.iter().any(|side| is_size(side))
                && sides.iter().any(|side| is_next(side))
        });
        let own = log.into_iter().flat_map(|log| view.given(log)).filter(|given| given.own_entry);
        Self {
            guards: view.ways().marked(tests.map(|test| test.source.branch)),
            appends: own.map(|given| view.branch_of(given.effect)).collect(),
        }
    }

    fn is_needed(&self, branch: usize) -> bool {
        self.guards.above(branch) || self.appends.contains(&branch)
    }
}

/// Who receives a heartbeat sets back what the timeout reads.
fn reset(view: &View<'_, '_>) -> Answer {
    let model = view.model;
    let timers: Vec<Slot<'_>> = view.parts().timers.clone();
    if timers.is_empty() {
        return untimed(view);
    }
    for timer in &timers {
        for given in view.given(*timer).filter(|given| given.made_by != "+") {
            if view.handled(view.branch_of(given.effect)).any(&[Kind::Heartbeat, Kind::Append]) {
                return view.met_by_effect(&format!("reset of `{}`", view.slot_name(*timer)), given.effect);
            }
        }
    }
    // A module without messages may reset the follower's timer in the leader's own step.
    for timer in &timers {
        let by_leader = view
            .given(*timer)
            .find(|given| given.made_by != "+" && view.only(view.branch_of(given.effect), Role::Leader));
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
