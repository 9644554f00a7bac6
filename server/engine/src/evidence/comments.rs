//! Comments, where the prompt wants none, or none about the translation.

use super::{Answer, Fault, Subject};
use crate::{contract::Verdict, diagnostic::Span};

pub(super) fn none(subject: &Subject<'_>) -> Answer {
    violated_by(subject.document.comments().collect(), "comment")
}

/// Comments that speak of the prompt, the draft or the translation, not of the system.
pub(super) fn none_about_the_translation(subject: &Subject<'_>) -> Answer {
    let source = subject.document.source();
    let speaks = |span: &Span| {
        let text = source[span.start..span.end].to_lowercase();
        [
            "translat",
            "the draft",
            "draft analysis",
            "natural language",
            "as requested",
            "per the prompt",
            "the prompt",
            "pre-generated",
        ]
        .iter()
        .any(|words| text.contains(words))
    };
    violated_by(subject.document.comments().filter(speaks).collect(), "comment about the translation")
}

fn violated_by(places: Vec<Span>, what: &str) -> Answer {
    match places.len() {
        0 => Answer::met(format!("there is no {what}")),
        1 => Answer::new(Verdict::Violated, format!("there is 1 {what}")).at(Fault::Places(places)),
        count => {
            let plural = what.replacen("comment", "comments", 1);
            Answer::new(Verdict::Violated, format!("there are {count} {plural}")).at(Fault::Places(places))
        }
    }
}
