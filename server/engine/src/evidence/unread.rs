//! What could not be read: the parts of reachable definitions that no tree was made of. What was not found elsewhere may
//! stand there, so nothing is claimed of it.

use std::collections::HashSet;

use super::{
    Answer, Fault,
    kinds::{Kind, abbreviates},
    view::View,
};
use crate::{
    contract::Verdict,
    diagnostic::Span,
    module::{
        Placed,
        model::{Role, plain},
    },
    syntax::{
        SlipKind,
        tree::{Definition, Expr, ExprKind},
    },
};

/// The parts of one definition that could not be read.
pub(super) struct Unread {
    pub definition: usize,
    words: Vec<Word>,
}

/// A name or a string in them.
struct Word {
    text: String,
    /// In lower case and without signs.
    plain: String,
    /// Whether a prime follows.
    primed: bool,
}

/// The unread parts of every definition that Next reaches.
pub(super) fn of(view: &View<'_, '_>) -> Vec<Unread> {
    let reached = view.subject.module.definitions.iter().enumerate().filter(|(index, _)| view.reaches(*index));
    reached
        .map(|(definition, placed)| Unread { definition, words: unread_words(view, placed) })
        .filter(|unread| !unread.words.is_empty())
        .map(|unread| with_what_it_calls(view, unread))
        .collect()
}

/// A call that could not be read may be the only one of a definition: that definition is not read, either.
fn with_what_it_calls(view: &View<'_, '_>, mut unread: Unread) -> Unread {
    let module = view.subject.module;
    let walked: HashSet<&str> = (0..module.definitions.len())
        .filter(|index| view.model.walk.called[*index])
        .map(|index| view.definition_name(index))
        .collect();
    let mut names: HashSet<&str> = HashSet::new();
    for called in unread.words.iter().filter_map(|word| module.definition(&word.text)) {
        if !walked.contains(called.name()) && names.insert(called.name()) {
            names.extend(view.subject.calls.reached_from(called.name()));
        }
    }
    for placed in module.definitions.iter().filter(|placed| names.contains(placed.name())) {
        if !walked.contains(placed.name()) {
            let whole = placed.span(placed.value.span);
            let text = view.subject.document.source().get(whole.start..whole.end).unwrap_or_default();
            unread.words.extend(words(text).filter_map(|(_, word)| telling(view, word)));
        }
    }
    unread
}

/// The words of a definition that its tree lacks, and those within a part whose shape is not known.
fn unread_words(view: &View<'_, '_>, placed: &Placed<'_, Definition>) -> Vec<Word> {
    let unit = &view.subject.document.units()[placed.unit];
    let whole = unit.range.span;
    let Some(text) = view.subject.document.source().get(whole.start..whole.end) else { return Vec::new() };
    let Some(body) = placed.body() else { return Vec::new() };
    if matches!(body.kind, ExprKind::Opaque) {
        return words(text).filter_map(|(_, word)| telling(view, word)).collect();
    }
    // What a repair mends was read as if it had been written so. Behind the first slip that has none nobody knows what
    // belongs to what.
    let lost = unit.syntax.slips.iter().find(|slip| slip.repairs.is_empty() && slip.kind != SlipKind::Precedence);
    let lost = lost.map_or(usize::MAX, |slip| slip.span.start);
    let mut broken = Vec::new();
    if !unit.syntax.facts.whole {
        outermost_broken(body, &mut broken);
    }
    if broken.is_empty() && lost == usize::MAX {
        return Vec::new();
    }
    let comments = &unit.syntax.comments;
    words(text)
        .filter(|(at, _)| *at >= lost || broken.iter().any(|span| span.start <= *at && *at < span.end))
        .filter(|(at, _)| !comments.iter().any(|(span, _)| span.start <= *at && *at < span.end))
        .filter_map(|(_, word)| telling(view, word))
        .collect()
}

/// The broken expressions that lie in no other, in bytes of the unit.
fn outermost_broken(expr: &Expr, found: &mut Vec<Span>) {
    if matches!(expr.kind, ExprKind::Broken(_)) {
        found.push(expr.span);
    } else {
        expr.children(&mut |child| outermost_broken(child, found));
    }
}

/// A variable that is only read is neither a role nor a type of message, whatever it is called.
fn telling(view: &View<'_, '_>, word: Word) -> Option<Word> {
    (word.primed || !view.subject.module.is_variable(&word.text)).then_some(word)
}

/// The names and strings of a text, with their places.
fn words(text: &str) -> impl Iterator<Item = (usize, Word)> + '_ {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(is_part)?;
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        at = end;
        let (word, after) = (&text[start..end], &text[end..]);
        Some((start, Word { text: word.to_owned(), plain: plain(word), primed: after.starts_with('\'') }))
    })
}

/// What was not found may stand in a part that could not be read: then nothing is claimed.
pub(super) fn unless_unread(view: &View<'_, '_>, answer: Answer) -> Answer {
    if !matches!(answer.verdict, Verdict::Missing | Verdict::Declared) {
        return answer;
    }
    let Fault::Names(names) = &answer.fault else { return answer };
    let unread = view.unread().iter().find(|unread| names.iter().any(|name| unread.speaks_of(name)));
    let Some(definition) = unread.map(|unread| unread.definition) else { return answer };
    let span = view.subject.module.definitions[definition].name_span();
    let note =
        answer.note.doubted(&format!("it may stand in {}, which could not be read whole", view.at(definition, span)));
    Answer { verdict: Verdict::NotChecked, fault: Fault::None, note, evidence: answer.evidence }
}

impl Unread {
    fn any(&self, fits: impl Fn(&Word) -> bool) -> bool {
        self.words.iter().any(fits)
    }

    fn primes(&self, part: &str) -> bool {
        self.any(|word| word.primed && word.plain.contains(part))
    }

    fn names_majority(&self) -> bool {
        self.any(|word| ["majority", "quorum", "cardinality"].iter().any(|part| word.plain.contains(part)))
    }

    /// Whether a missing thing may stand in these parts.
    fn speaks_of(&self, name: &str) -> bool {
        match name {
            "LogConsistency" => self.any(|word| word.plain.contains("prev")),
            "Commit" => self.primes("commit"),
            "CommitByMajority" => self.primes("commit") || self.names_majority(),
            "ElectionByMajority" => self.primes("state") || self.primes("role") || self.names_majority(),
            "LeaderElection" => self.any(|word| Role::named(&word.text) == Some(Role::Leader)),
            "Log" | "ClientRequest" => self.primes("log"),
            "Term" | "TermAdvance" => self.primes("term"),
            "OneVote" | "VotedFor" | "VoteTerm" => self.primes("vote"),
            "MessagesByState" => self.any(|word| Role::named(&word.text).is_some()),
            "Heartbeat" => self
                .any(|word| Kind::named(&word.text).is_some_and(|kind| matches!(kind, Kind::Heartbeat | Kind::Append))),
            "ElectionTimeout" => {
                self.any(|word| ["timeout", "elapsed", "timer"].iter().any(|part| word.plain.contains(part)))
            }
            "MessageDelay" | "MessageLoss" => false,
            _ => self.names(name),
        }
    }

    /// Whether they have a name: a role or a type of message by any spelling, else the words of the name.
    fn names(&self, name: &str) -> bool {
        let role = Role::named(name);
        let kind = Kind::named(name);
        if role.is_some() || kind.is_some() {
            return self.any(|word| {
                role.is_some() && Role::named(&word.text) == role
                    || kind.is_some() && Kind::named(&word.text) == kind
                    || abbreviates(&word.text, name)
            });
        }
        let parts: Vec<String> = name.split([' ', '→']).map(plain).filter(|part| part.len() > 2).collect();
        self.any(|word| parts.iter().any(|part| word.plain.contains(part.as_str())))
    }
}
