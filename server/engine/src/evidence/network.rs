//! Messages that are delayed and lost.

use super::{
    Answer,
    view::{View, Words, combined, declared, missing},
};
use crate::{contract::Verdict, module::model::is_fault_switch};

/// A demand that the network delays or loses messages.
pub(super) fn asks(words: &Words) -> bool {
    words.any(&["message", "network", "packet"])
        && words.any(&["delay", "loss", "lose", "losing", "drop", "reorder", "unreliable"])
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let mut answers = Vec::new();
    if view.words.any(&["delay", "reorder", "unreliable"]) {
        answers.push(delay(view));
    }
    if view.words.any(&["loss", "lose", "losing", "drop", "unreliable"]) {
        answers.push(loss(view));
    }
    combined(view, answers)
}

fn network_name(view: &View<'_, '_>) -> Option<String> {
    let network = view.model.messages.networks.first()?;
    Some(view.subject.module.variables[*network].value.name.to_string())
}

fn delay(view: &View<'_, '_>) -> Answer {
    let messages = &view.model.messages;
    let Some(name) = network_name(view) else {
        return missing("MessageDelay", "message delay", "the module keeps no messages, so none can be late");
    };
    if messages.any_order {
        let how = format!("a message waits in `{name}` until a step takes it, in any order");
        return Answer::about(Verdict::Met, "message delay", how);
    }
    if messages.received {
        return Answer::about(
            Verdict::Met,
            "message delay",
            format!("a message waits in `{name}` until a step takes it"),
        );
    }
    missing("MessageDelay", "message delay", format!("no reachable step receives anything from `{name}`"))
}

fn loss(view: &View<'_, '_>) -> Answer {
    let messages = &view.model.messages;
    if let Some(effect) = messages.losses.first() {
        return view.met_by_effect("message loss", *effect);
    }
    let Some(name) = network_name(view) else {
        return missing("MessageLoss", "message loss", "the module keeps no messages, so none can be lost");
    };
    let withheld = withheld(view);
    if let Some(Withheld { variable, at, changes: true }) = &withheld {
        let note = format!("message loss by the equivalent {at}, which sends nothing where `{variable}` says so");
        return Answer::new(Verdict::Equivalent, note);
    }
    if messages.any_order {
        let how =
            format!("only implicit: one may stay in `{name}` for ever, no step takes it away with all else unchanged");
        return Answer::about(Verdict::Equivalent, "message loss", how);
    }
    if let Some(Withheld { variable, at, .. }) = &withheld {
        let why = format!("{at}, sends nothing where `{variable}` says so, but no step changes `{variable}`");
        return declared("MessageLoss", "message loss", why);
    }
    missing(
        "MessageLoss",
        "message loss",
        format!("looked for a step that takes a message from `{name}` with all else unchanged"),
    )
}

/// A way through a step that does not send what the way beside it sends, since somebody is cut off.
struct Withheld<'a> {
    variable: &'a str,
    at: String,
    /// Whether some step changes the variable that says so.
    changes: bool,
}

fn withheld<'a>(view: &View<'_, 'a>) -> Option<Withheld<'a>> {
    let (model, variables) = (view.model, &view.subject.module.variables);
    let switches: Vec<bool> = variables.iter().map(|variable| is_fault_switch(&variable.value.name)).collect();
    if !switches.contains(&true) {
        return None;
    }
    let sends = view.ways().marked(model.messages.sent.iter().map(|sent| sent.branch));
    let guards = model.comparisons().filter(|comparison| comparison.source.effect.is_none());
    let mut found = guards.filter_map(|comparison| {
        let mut sides = [&comparison.left, &comparison.right].into_iter();
        let variable = sides.find_map(|side| side.place()).map(|place| place.slot.variable)?;
        let branch = comparison.source.branch;
        let parent = model.walk.branches[branch].parent?;
        // The way beside it lies in the same branch, and this one sends nothing.
        (switches[variable] && !sends.beneath(branch) && sends.inside(parent)).then_some((variable, comparison))
    });
    let changes = |variable: usize| view.changes(variable).next().is_some();
    let first = found.next()?;
    let (variable, comparison) =
        if changes(first.0) { first } else { found.find(|(variable, _)| changes(*variable)).unwrap_or(first) };
    let branch = comparison.source.branch;
    let within = view.definition_at(comparison.span).unwrap_or_else(|| view.action_of(branch));
    Some(Withheld {
        variable: &variables[variable].value.name,
        at: view.at(within, comparison.span),
        changes: changes(variable),
    })
}
