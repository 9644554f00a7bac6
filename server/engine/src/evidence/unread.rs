//! What could not be read: the parts of reachable definitions that no tree was made of. What was not found elsewhere may
//! stand there, so nothing is claimed of it.

use std::{
    collections::HashSet,
    sync::{Arc, OnceLock},
};

use super::{
    Answer, Fault,
    kinds::{Kind, is_abbreviation},
    spelled::Sought,
    view::View,
};
use crate::{
    contract::Verdict,
    diagnostic::Span,
    document::Unit,
    module::{
        hash::QuickSet,
        model::{Role, plain},
    },
    syntax::{
        SlipKind,
        tree::{Body, Definition, Expr, ExprKind, Name},
    },
};

/// What one definition says in parts that could not be read and no definition before it says there.
pub(super) struct Unread {
    pub definition: usize,
    words: Vec<Word>,
}

/// A name or a string in them.
#[derive(Clone)]
pub(super) struct Word {
    text: Name,
    /// In lower case and without signs.
    plain: Name,
    /// Whether a prime follows.
    primed: bool,
    role: Option<Role>,
    kind: Option<Kind>,
}

/// All words of a definition, kept with its unit.
#[derive(Default)]
struct Whole(OnceLock<Vec<Word>>);

/// The unread parts of every definition that Next reaches, with the definitions that they alone may call.
pub(super) fn of(view: &View<'_, '_>) -> Vec<Unread> {
    let variables: HashSet<&str> =
        view.subject.module.variables.iter().map(|variable| variable.value.name.as_str()).collect();
    // A variable that is only read is neither a role nor a type of message, whatever it is called.
    let telling = |word: &&Word| word.primed || !variables.contains(word.text.as_str());
    let listed = view.listed().unread().filter(|(definition, _)| view.reaches(*definition));
    let mut found: Vec<Unread> = listed
        .map(|(definition, written)| Unread {
            definition,
            words: written.unread.iter().filter(telling).cloned().collect(),
        })
        .filter(|unread| !unread.words.is_empty())
        .collect();
    for (home, words) in called_alone(view, &found) {
        if let Some(words) = words.0.get() {
            found[home].words.extend(words.iter().filter(telling).cloned());
        }
    }
    // What the first of them says stands for all that say it.
    let mut said: QuickSet<(Name, bool)> = QuickSet::default();
    for unread in &mut found {
        unread.words.retain(|word| said.insert((word.text.clone(), word.primed)));
    }
    found
}

/// A call that could not be read may be the only one of a definition: that definition is not read, either. Each such
/// definition's words, with the first of the unread parts that may call it.
fn called_alone(view: &View<'_, '_>, found: &[Unread]) -> Vec<(usize, Arc<Whole>)> {
    let (subject, calls) = (view.subject, view.subject.calls);
    let definitions = &subject.module.definitions;
    if found.is_empty() {
        return Vec::new();
    }
    let called = definitions.iter().enumerate().filter(|(index, _)| view.model.walk.called[*index]);
    let walked: QuickSet<&str> = called.map(|(_, definition)| definition.name()).collect();
    let mut homes: Vec<Option<usize>> = vec![None; definitions.len()];
    let mut any = false;
    for (home, unread) in found.iter().enumerate() {
        let named = unread.words.iter().filter(|word| !walked.contains(word.text.as_str()));
        let mut waiting: Vec<usize> = named.filter_map(|word| calls.first_of(&word.text)).collect();
        while let Some(index) = waiting.pop() {
            if homes[index].is_none() {
                homes[index] = Some(home);
                any = true;
                waiting.extend(calls.callees_at(index));
            }
        }
    }
    if !any {
        return Vec::new();
    }
    let unwalked = definitions.iter().filter(|definition| !walked.contains(definition.name()));
    let with_home = unwalked.filter_map(|definition| Some((homes[calls.first_of(definition.name())?]?, definition)));
    let with_words = with_home.map(|(home, definition)| {
        let whole = subject.document.units()[definition.unit].syntax.memo.of::<Whole>();
        whole.0.get_or_init(|| {
            let span = definition.span(definition.value.span);
            each_once(words(subject.document.source().get(span.start..span.end).unwrap_or_default()))
        });
        (home, whole)
    });
    with_words.collect()
}

/// The words of a definition that its tree lacks, and those within a part whose shape is not known, given the text of
/// its unit.
pub(super) fn words_of(unit: &Unit, definition: &Definition, text: &str) -> Vec<Word> {
    let Body::Expression(body) = &definition.body else { return Vec::new() };
    if matches!(body.kind, ExprKind::Opaque) {
        return each_once(words(text));
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
    let unread = words(text)
        .filter(|(at, ..)| *at >= lost || broken.iter().any(|span| span.start <= *at && *at < span.end))
        .filter(|(at, ..)| !comments.iter().any(|(span, _)| span.start <= *at && *at < span.end));
    each_once(unread)
}

/// The broken expressions that lie in no other, in bytes of the unit.
fn outermost_broken(expr: &Expr, found: &mut Vec<Span>) {
    if matches!(expr.kind, ExprKind::Broken(_)) {
        found.push(expr.span);
    } else {
        expr.children(&mut |child| outermost_broken(child, found));
    }
}

/// The names and strings of a text with their places, and whether a prime follows.
fn words(text: &str) -> impl Iterator<Item = (usize, &str, bool)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.get(at..)?.find(is_part)?;
        let end = text[start..].find(|c| !is_part(c)).map_or(text.len(), |length| start + length);
        at = end;
        Some((start, &text[start..end], text[end..].starts_with('\'')))
    })
}

fn each_once<'t>(words: impl Iterator<Item = (usize, &'t str, bool)>) -> Vec<Word> {
    let mut seen: QuickSet<(&str, bool)> = QuickSet::default();
    let new = words.filter(|(_, text, primed)| seen.insert((text, *primed)));
    let words = new.map(|(_, text, primed)| Word {
        text: Name::new(text),
        plain: Name::from(plain(text)),
        primed,
        role: Role::named(text),
        kind: Kind::named(text),
    });
    words.collect()
}

/// What was not found may stand in a part that could not be read: then nothing is claimed.
pub(super) fn unless_unread(view: &View<'_, '_>, answer: Answer) -> Answer {
    if !matches!(answer.verdict, Verdict::Missing | Verdict::Declared) {
        return answer;
    }
    let Fault::Names(names) = &answer.fault else { return answer };
    let unread = view.unread();
    if unread.is_empty() {
        return answer;
    }
    let speaks: Vec<Speaks> = names.iter().map(|name| speaks_of(name)).collect();
    let unread = unread.iter().find(|unread| unread.words.iter().any(|word| speaks.iter().any(|speaks| speaks(word))));
    let Some(definition) = unread.map(|unread| unread.definition) else { return answer };
    let span = view.subject.module.definitions[definition].name_span();
    let note =
        answer.note.doubted(&format!("it may stand in {}, which could not be read whole", view.at(definition, span)));
    Answer { verdict: Verdict::NotChecked, fault: Fault::None, note, evidence: answer.evidence }
}

/// Whether a word speaks of a missing thing.
type Speaks = Box<dyn Fn(&Word) -> bool>;

/// The words that say that a missing thing may stand where they do.
fn speaks_of(name: &str) -> Speaks {
    let names_majority = |word: &Word| word.has(&["majority", "quorum", "cardinality"]);
    match name {
        "LogConsistency" => Box::new(|word| word.has(&["prev"])),
        "Commit" => Box::new(|word| word.primes(&["commit"])),
        "CommitByMajority" => Box::new(move |word| word.primes(&["commit"]) || names_majority(word)),
        "ElectionByMajority" => Box::new(move |word| word.primes(&["state", "role"]) || names_majority(word)),
        "LeaderElection" => Box::new(|word| word.role == Some(Role::Leader)),
        "Log" | "ClientRequest" => Box::new(|word| word.primes(&["log"])),
        "Term" | "TermAdvance" => Box::new(|word| word.primes(&["term"])),
        "OneVote" | "VotedFor" | "VoteTerm" => Box::new(|word| word.primes(&["vote"])),
        "MessagesByState" => Box::new(|word| word.role.is_some()),
        "Heartbeat" => Box::new(|word| matches!(word.kind, Some(Kind::Heartbeat | Kind::Append))),
        "ElectionTimeout" => Box::new(|word| word.has(&["timeout", "elapsed", "timer"])),
        "MessageDelay" | "MessageLoss" => Box::new(|_| false),
        _ => names(name),
    }
}

/// The words that may be a name: a role or a type of message by any spelling, else the words of the name.
fn names(name: &str) -> Speaks {
    let Sought { role, kind, spelled, .. } = Sought::of(name);
    if role.is_some() || kind.is_some() {
        return Box::new(move |word| {
            role.is_some() && word.role == role
                || kind.is_some() && word.kind == kind
                || is_abbreviation(&word.plain, &spelled.plain)
        });
    }
    let parts: Vec<String> = name.split([' ', '→']).map(plain).filter(|part| part.len() > 2).collect();
    Box::new(move |word| parts.iter().any(|part| word.plain.contains(part.as_str())))
}

impl Word {
    fn has(&self, parts: &[&str]) -> bool {
        parts.iter().any(|part| self.plain.contains(part))
    }

    fn primes(&self, parts: &[&str]) -> bool {
        self.primed && self.has(parts)
    }
}
