//! Demands that no topic knows but that name things: an action, a message, a state, a variable, a definition.

use super::{
    Answer, messages,
    spelled::Sought,
    states,
    view::{View, combined, declared, missing},
};
use crate::{
    contract::{Clause, ClauseKind, EvidenceLevel, Verdict},
    module::spelling::stem,
};

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    if view.clause.names.is_empty() {
        return Answer::not_checked("no topic knows it, and it names nothing to look for");
    }
    combined(view, view.asked.names.iter().map(|sought| one(view, sought)).collect())
}

fn one(view: &View<'_, '_>, sought: &Sought) -> Answer {
    let (name, spelled) = (sought.name.as_str(), &sought.spelled);
    if name.starts_with("Msg") || sought.kind.is_some() && !view.model.messages.networks.is_empty() {
        return messages::one(view, sought, None);
    }
    let module = view.subject.module;
    let model = view.model;
    // An action, or what an action calls.
    let called = |index: &usize| model.walk.called[*index];
    let same = view.listed().definitions_named(spelled).find(called);
    let near = || view.listed().definitions_similar(spelled).find(called);
    if let Some(index) = same.or_else(near) {
        let span = module.definitions[index].name_span();
        let place = view.at(index, span);
        let answer = match same {
            Some(_) => Answer::met(format!("{name} by {place}")),
            None => Answer::new(Verdict::Equivalent, format!("{name} by the equivalent {place}")),
        };
        return answer.shown(module.definitions[index].name(), span, EvidenceLevel::Behaviour);
    }
    // A variable that some step changes.
    let variable = view.variables().iter().position(|variable| variable.similar(spelled));
    if let Some(variable) = variable {
        if let Some((effect, _)) = view.changes(variable).next() {
            return view.met_by_effect(
                &format!("{name} as the variable `{}`, changed", module.variables[variable].value.name),
                effect,
            );
        }
        let placed = &module.variables[variable];
        return declared(name, name, format!("variable `{}` never changes", placed.value.name)).shown(
            placed.value.name.as_str(),
            placed.span(placed.value.span),
            EvidenceLevel::Declared,
        );
    }
    if view.kinds().similar(spelled).any(|message| message.spelled.similar(spelled)) {
        return messages::one(view, sought, None);
    }
    if view.states().is_some_and(|states| states.atoms.iter().any(|atom| stem(atom) == spelled.stem)) {
        return states::one(view, sought);
    }
    // A helper that a reachable step uses, a field, or a value of one.
    let reached = |definition: Option<usize>| definition.is_some_and(|definition| view.reaches(definition));
    let used = view.listed().similar(spelled).find(|listed| reached(listed.definition));
    if let Some(listed) = used {
        let note = format!("{name} used by `{}`, line {}", listed.within, view.line(listed.span));
        return Answer::met(note).shown(listed.within, listed.span, EvidenceLevel::Behaviour);
    }
    match view.mentioned(spelled) {
        Some(listed) => declared(
            name,
            name,
            format!("named in `{}`, line {}, but no reachable step uses it", listed.within, view.line(listed.span)),
        )
        .shown(listed.within, listed.span, EvidenceLevel::Declared),
        None if !is_identifier(name) => {
            Answer::about(Verdict::NotChecked, name, "an everyday word, which the module may put otherwise")
        }
        None => missing(name, name, "looked for a reachable step, message, state or variable of this name"),
    }
}

/// Whether a name is one of code and no everyday word.
fn is_identifier(name: &str) -> bool {
    name.contains('_') || name.chars().skip(1).any(char::is_uppercase) || name.chars().any(|c| c.is_ascii_digit())
}

/// The names for which a stub action can be made: those of a mandatory item that were not found.
pub(crate) fn stub_name(clause: &Clause, name: &str) -> Option<String> {
    let definable = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.starts_with(|c: char| c.is_ascii_alphabetic());
    if !definable {
        return None;
    }
    match clause.kind {
        ClauseKind::Naming => Some(name.to_owned()),
        ClauseKind::Action => {
            let state = name.starts_with("State") || clause.title.to_lowercase().contains("state");
            let message = name.starts_with("Msg") || name.ends_with("Request") || name.ends_with("Response");
            (!state && (message || clause.names.iter().any(|thing| thing.name == name)))
                .then(|| if name.starts_with("Handle") { name.to_owned() } else { format!("Handle{name}") })
        }
        _ => None,
    }
}
