//! EXTENDS lists at least the modules that the prompt demands, each by its own name.

use super::{Answer, Fault, Subject};
use crate::contract::{EvidenceLevel, Verdict};

pub(super) fn answer(subject: &Subject<'_>, wanted: &[String]) -> Answer {
    let extends = &subject.module.extends;
    let missing: Vec<String> = wanted
        .iter()
        .filter(|name| !extends.iter().any(|module| module.value.name == name.as_str()))
        .cloned()
        .collect();
    if !missing.is_empty() {
        let note = format!("EXTENDS lacks {}", missing.join(", "));
        return Answer::new(Verdict::Violated, note).at(Fault::Modules(missing));
    }
    let answer = Answer::met("by EXTENDS");
    extends.iter().filter(|module| wanted.iter().any(|name| module.value.name == name.as_str())).fold(
        answer,
        |answer, module| {
            answer.shown(module.value.name.as_str(), module.span(module.value.span), EvidenceLevel::Behaviour)
        },
    )
}
