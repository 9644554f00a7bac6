//! The log: entries are appended, consistency is tested before they are taken over, a majority commits them.

use super::{
    Answer,
    kinds::Kind,
    view::{View, Words, missing},
};
use crate::{
    contract::EvidenceLevel,
    module::model::{Comparison, Operand, Place, Slot, plain},
};

/// A demand that entries are appended.
pub(super) fn asks_append(words: &Words) -> bool {
    words.any(&["entry append", "append entries", "appends entries", "appending entries", "entries are appended"])
}

/// A demand that logs are compared.
pub(super) fn asks_consistency(words: &Words) -> bool {
    words.any(&[
        "consistency check",
        "log consistency",
        "prevlogindex",
        "consistency of logs",
        "log fits",
        "log matching",
    ])
}

/// A demand that a majority commits.
pub(super) fn asks_commit(words: &Words) -> bool {
    words.any(&["commit"]) && words.any(&["majority", "quorum"])
}

pub(super) fn append(view: &View<'_, '_>) -> Answer {
    let Some(log) = view.parts().log else {
        return missing("Log", "appended entries", "no variable is written with Append or `\\o`");
    };
    let appended = view.given(log).find(|given| matches!(given.made_by, "Append" | "\\o"));
    let other = appended.or_else(|| view.given(log).next());
    match other {
        Some(given) => view.met_by_effect(&format!("entries appended to `{}`", view.slot_name(log)), given.effect),
        None => missing("Log", "appended entries", format!("no reachable step writes `{}`", view.slot_name(log))),
    }
}

/// The definition that a comparison is written in.
fn within(view: &View<'_, '_>, comparison: &Comparison<'_>) -> usize {
    view.definition_at(comparison.span).unwrap_or_else(|| view.action_of(comparison.source.branch))
}

pub(super) fn consistency<'a>(view: &View<'_, 'a>) -> Answer {
    let Some(log) = view.parts().log else {
        return missing("Log", "the consistency check", "no variable that holds a log");
    };
    let model = view.model;
    let entry = |side: &Operand<'_>| side.place().is_some_and(|place| place.slot == log && is_entry(place, log));
    let of_message = |side: &Operand<'a>| model.message_field(side).is_some();
    let previous = |side: &Operand<'a>| model.message_field(side).is_some_and(|field| plain(field).contains("prev"));
    let handles = |comparison: &Comparison<'_>| view.handled(comparison.source.branch);
    let handles_append = |comparison: &Comparison<'_>| handles(comparison).any(&[Kind::Append]);
    let given = view.ways().marked(view.given(log).map(|given| view.branch_of(given.effect)));
    let replicates = |comparison: &Comparison<'_>| handles_append(comparison) || given.with(comparison.source.branch);
    // A request for votes may call its last entry the previous one.
    let of_votes = |comparison: &Comparison<'_>| {
        !handles(comparison).is_empty() && handles(comparison).only(&[Kind::Vote, Kind::PreVote])
    };
    let terms = view.compared(log).find(|comparison| {
        let (left, right) = (&comparison.left, &comparison.right);
        let equal = || matches!(comparison.operator, "=" | "/=" | "\\in" | "\\notin");
        (entry(left) || entry(right))
            && equal()
            && (entry(left) && previous(right)
                || entry(right) && previous(left)
                || entry(left) && found_by_previous(left) && of_message(right)
                || entry(right) && found_by_previous(right) && of_message(left)
                || entry(left) && entry(right) && replicates(comparison)
                || (entry(left) && of_message(right) || entry(right) && of_message(left)) && handles_append(comparison))
            && !of_votes(comparison)
    });
    if let Some(comparison) = terms {
        return view.met_at("the consistency check", within(view, comparison), comparison.span);
    }
    let indices = view.compared(log).find(|comparison| {
        let size = |side: &Operand<'_>| matches!(side, Operand::Size(Some(place)) if place.slot == log);
        previous(&comparison.left) && size(&comparison.right) || previous(&comparison.right) && size(&comparison.left)
    });
    match indices {
        Some(comparison) => super::view::declared(
            "LogConsistency",
            "the consistency check",
            format!(
                "line {} tests the previous index, no step tests the term of the entry there",
                view.line(comparison.span)
            ),
        )
        .shown(view.definition_name(within(view, comparison)), comparison.span, EvidenceLevel::Declared),
        None => missing(
            "LogConsistency",
            "the consistency check",
            "looked for a test of the previous entry's term against the log before entries are taken over",
        ),
    }
}

fn found_by_previous(side: &Operand<'_>) -> bool {
    side.place().is_some_and(|place| place.entry_by.is_some_and(|field| plain(field).contains("prev")))
}

/// Whether a place of the log lies within one entry: `log[n][i].term`, `log[n][i][1]`.
fn is_entry(place: &Place<'_>, log: Slot) -> bool {
    let of_record = log.field.is_some();
    let indices = if of_record { place.indices } else { place.indices.saturating_sub(1) };
    place.entry.is_some() || indices >= 2 || place.entry_by.is_some()
}

pub(super) fn commit(view: &View<'_, '_>) -> Answer {
    let Some(commit) = view.parts().commit else {
        return missing("Commit", "commitment by majority", "no reachable step writes a commit index");
    };
    let mut effects: Vec<usize> = view.given(commit).map(|given| given.effect).collect();
    effects.dedup();
    let name = view.slot_name(commit);
    let under_majority = view.under_majority();
    if let Some(effect) = effects.iter().find(|effect| under_majority(effect)) {
        return view.met_by_effect(&format!("commitment by majority of `{name}`"), *effect);
    }
    match effects.first() {
        Some(effect) => missing(
            "CommitByMajority",
            "commitment by majority",
            format!("`{name}` is written by {}, no step that writes it tests for a majority", view.effect_at(*effect)),
        ),
        None => missing("Commit", "commitment by majority", format!("no reachable step writes `{name}`")),
    }
}
