//! Comments, where the prompt wants none, or none about the translation.

use super::{Answer, Fault, Subject};
use crate::{contract::Verdict, diagnostic::Span};

pub(super) fn none(subject: &Subject<'_>) -> Answer {
    violated_by(subject.document.comments().collect(), "comment")
}

/// Comments that speak of the prompt, the draft or the translation, not of the system.
pub(super) fn none_about_the_translation(subject: &Subject<'_>) -> Answer {
    let source = subject.document.source();
    let speaks = |span: &Span| speaks_of_translation(&source.as_bytes()[span.start..span.end]);
    violated_by(subject.document.comments().filter(speaks).collect(), "comment about the translation")
}

/// Whether a comment has one of these words, in capitals or not.
fn speaks_of_translation(comment: &[u8]) -> bool {
    const WORDS: [&str; 8] = [
        "translat",
        "the draft",
        "draft analysis",
        "natural language",
        "as requested",
        "per the prompt",
        "the prompt",
        "pre-generated",
    ];
    comment.iter().enumerate().any(|(at, letter)| {
        let begins = matches!(letter.to_ascii_lowercase(), b't' | b'd' | b'n' | b'a' | b'p');
        let has = |word: &&str| {
            comment.get(at..at + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
        };
        begins && WORDS.iter().any(has)
    })
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
