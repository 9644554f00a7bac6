//! The module has the name that the prompt gives it.

use super::{Answer, Fault, Subject};
use crate::contract::{EvidenceLevel, Verdict};

pub(super) fn answer(subject: &Subject<'_>, wanted: &str) -> Answer {
    match subject.module.name {
        Some(name) if name.value.name == wanted => {
            Answer::met("by the header").shown(wanted, name.span(name.value.span), EvidenceLevel::Behaviour)
        }
        Some(name) => Answer::new(Verdict::Violated, format!("the module is called `{}`", name.value.name))
            .at(Fault::Places(vec![name.span(name.value.span)])),
        None => Answer::new(Verdict::Missing, "there is no module header"),
    }
}
