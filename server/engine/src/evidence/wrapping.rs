//! What stands around the module: fences, prose, the first and the last line, JSON.

use super::{Answer, Fault, Subject};
use crate::{
    contract::Verdict,
    diagnostic::Span,
    reply::{Piece, PieceKind, Side},
    syntax::HeaderForm,
};

fn places(subject: &Subject<'_>, accept: impl Fn(&Piece) -> bool) -> Vec<Span> {
    subject.document.wrapping().pieces.iter().filter(|piece| accept(piece)).map(|piece| piece.span).collect()
}

fn violated(note: impl Into<String>, places: Vec<Span>) -> Answer {
    Answer::new(Verdict::Violated, note).at(Fault::Places(places))
}

pub(super) fn no_fences(subject: &Subject<'_>) -> Answer {
    let fences = places(subject, |piece| piece.kind == PieceKind::Fence);
    if fences.is_empty() {
        return Answer::met("there are no fences");
    }
    let count = fences.len();
    violated(if count == 1 { "there is a fence".to_owned() } else { format!("there are {count} fences") }, fences)
}

pub(super) fn no_prose(subject: &Subject<'_>) -> Answer {
    if subject.json.is_some() {
        return violated("the reply is a JSON object", vec![Span::new(0, 1)]);
    }
    let prose =
        places(subject, |piece| matches!(piece.kind, PieceKind::Prose | PieceKind::Thinking | PieceKind::Footer));
    if prose.is_empty() {
        return Answer::met("there is no text around the module");
    }
    let text = subject.document.text();
    let lines: Vec<String> = prose.iter().map(|span| (text.line_of(span.start) + 1).to_string()).collect();
    violated(format!("there is text outside of the module, line {}", lines.join(", ")), prose)
}

pub(super) fn starts_with_header(subject: &Subject<'_>) -> Answer {
    if subject.json.is_some() {
        return violated("the reply begins with a brace", Vec::new());
    }
    match subject.document.layout().header {
        HeaderForm::Missing => return Answer::new(Verdict::Missing, "there is no module header"),
        HeaderForm::Lame => return violated("the header is not one that SANY takes", Vec::new()),
        HeaderForm::Proper => {}
    }
    let before = places(subject, |piece| piece.side == Side::Before);
    if before.is_empty() {
        Answer::met("the header comes first")
    } else {
        violated("other text comes before the header", before)
    }
}

pub(super) fn ends_with_footer(subject: &Subject<'_>) -> Answer {
    if subject.json.is_some() {
        return violated("the reply ends with a brace", Vec::new());
    }
    let layout = subject.document.layout();
    if layout.header == HeaderForm::Missing || !layout.closed {
        return Answer::new(Verdict::Missing, "the module is not closed by ====");
    }
    let after = places(subject, |piece| piece.side == Side::After);
    if after.is_empty() {
        Answer::met("==== comes last")
    } else {
        violated("other text comes after the closing ====", after)
    }
}

/// The prompt wants exactly these fenced blocks, an empty language standing for any.
pub(super) fn fenced_blocks(subject: &Subject<'_>, languages: &[String]) -> Answer {
    let source = subject.document.source();
    let fences: Vec<&str> = source.lines().map(str::trim).filter(|line| line.starts_with("```")).collect();
    let opened: Vec<&str> = fences.iter().step_by(2).map(|fence| fence.trim_start_matches('`').trim()).collect();
    let missing: Vec<&str> = languages
        .iter()
        .map(String::as_str)
        .filter(|language| !language.is_empty() && !opened.contains(language))
        .collect();
    if !missing.is_empty() {
        let note = format!("there is no fenced block of {}", missing.join(" and "));
        return Answer::new(Verdict::Missing, note).at(Fault::Names(missing.into_iter().map(str::to_owned).collect()));
    }
    if opened.len() != languages.len() || !fences.len().is_multiple_of(2) {
        let note = format!("there are {} fenced blocks, {} are wanted", opened.len(), languages.len());
        return violated(note, Vec::new());
    }
    Answer::met("by the fenced blocks")
}

pub(super) fn json_object(subject: &Subject<'_>) -> Answer {
    match subject.json {
        Some(reply) if reply.source().trim_start().starts_with('{') && reply.source().trim_end().ends_with('}') => {
            Answer::met("the reply is a JSON object")
        }
        Some(_) => violated("there is other text around the JSON object", Vec::new()),
        None => Answer::new(Verdict::Missing, "the reply is no JSON object with the module in a string"),
    }
}
