//! Demands that name things: messages, states, actions. A name counts as behaviour where a definition that Next reaches
//! uses it, and as declared where it is only listed.

use std::collections::HashSet;

use super::{Answer, Fault, Subject};
use crate::{
    contract::{Clause, ClauseKind, Evidence, EvidenceLevel, Verdict},
    diagnostic::Span,
    module::calls::{mentions_of, similar, stem},
    syntax::tree::{Body, Expr, ExprKind},
};

/// Other words for the messages of Raft; compared by [`stem`].
const SYNONYMS: &[&[&str]] = &[
    &["vote", "requestvote", "requestvoterequest", "voterequest"],
    &["voteresp", "requestvoteresponse"],
    &["app", "appendentries", "appendentriesrequest", "appendrequest"],
    &["appresp", "appendentriesresponse", "appendresponse"],
    &["hup", "electiontimeout", "timeout", "campaign", "startelection", "becomeprecandidate", "leadertimeout", "tick"],
    &["prop", "clientrequest", "clientproposal", "propose", "proposal", "clientpropose", "proposerequest"],
    &["clientgetrequest", "clientget", "get", "getrequest"],
    &["clientputrequest", "clientput", "put", "putrequest"],
    &["clientgetresponse", "getresponse", "getreply", "clientgetok"],
    &["clientputresponse", "putresponse", "putreply", "clientputok"],
];

/// One place where the module mentions a name.
struct Occurrence {
    /// The name as the module writes it.
    written: String,
    /// Its [`stem`].
    stem: String,
    /// The definition it stands in.
    within: String,
    span: Span,
    level: EvidenceLevel,
}

/// All names and strings of a module, each with the definition it stands in and whether Next reaches that.
fn occurrences(subject: &Subject<'_>) -> Vec<Occurrence> {
    let reached: HashSet<&str> =
        subject.calls.next.map(|next| subject.calls.reached_from(next.name())).unwrap_or_default();
    let mut found = Vec::new();
    let mut push = |written: &str, within: &str, span: Span, level: EvidenceLevel| {
        found.push(Occurrence {
            written: written.to_owned(),
            stem: stem(written),
            within: within.to_owned(),
            span,
            level,
        });
    };
    for definition in &subject.module.definitions {
        let in_behaviour = reached.contains(definition.name());
        let listing = definition.body().is_some_and(lists_only);
        let level = if in_behaviour && !listing { EvidenceLevel::Behaviour } else { EvidenceLevel::Declared };
        let within = definition.name();
        push(within, within, definition.name_span(), level);
        // An alias such as `MsgVote == "vote"` is no use of its own.
        let alias = definition.body().is_some_and(|body| matches!(body.kind, ExprKind::Str(_) | ExprKind::Number));
        for mention in mentions_of(definition.value) {
            let level = if alias { EvidenceLevel::Declared } else { level };
            push(mention.name, within, definition.span(mention.span), level);
        }
        let Body::Expression(body) = &definition.value.body else { continue };
        body.walk(&mut |expression| {
            if let ExprKind::Str(text) = &expression.kind {
                let level = if alias { EvidenceLevel::Declared } else { level };
                push(text, within, definition.span(expression.span), level);
            }
        });
    }
    for constant in &subject.module.constants {
        let ident = &constant.value.ident;
        push(&ident.name, "CONSTANTS", constant.span(ident.span), EvidenceLevel::Declared);
    }
    found
}

/// Whether a definition is only a list or a type: `{"a", "b"}`, `[type : …]`.
fn lists_only(body: &Expr) -> bool {
    matches!(body.kind, ExprKind::Set(_) | ExprKind::RecordSet(_) | ExprKind::FunctionSet { .. })
}

/// How a mention stands for a wanted name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Same,
    Synonym,
}

/// A name that is looked for, with the stems of its synonyms.
struct Wanted {
    stem: String,
    synonyms: HashSet<String>,
}

impl Wanted {
    fn new(name: &str) -> Self {
        let wanted = stem(name);
        let groups = SYNONYMS.iter().map(|group| group.iter().map(|word| stem(word)).collect::<HashSet<_>>());
        let synonyms = groups.filter(|group| group.contains(&wanted)).flatten().collect();
        Self { stem: wanted, synonyms }
    }

    fn likeness(&self, occurrence: &Occurrence) -> Option<Likeness> {
        if occurrence.stem == self.stem {
            return Some(Likeness::Same);
        }
        self.synonyms.contains(&occurrence.stem).then_some(Likeness::Synonym)
    }
}

/// The best evidence for one wanted name.
struct Found {
    level: EvidenceLevel,
    likeness: Likeness,
    evidence: Evidence,
}

fn find(occurrences: &[Occurrence], name: &str) -> Option<Found> {
    let wanted = Wanted::new(name);
    let mut best: Option<Found> = None;
    for occurrence in occurrences {
        let Some(likeness) = wanted.likeness(occurrence) else { continue };
        let better = best.as_ref().is_none_or(|best| (occurrence.level, likeness) < (best.level, best.likeness));
        if better {
            let evidence = Evidence { name: occurrence.within.clone(), span: occurrence.span, level: occurrence.level };
            best = Some(Found { level: occurrence.level, likeness, evidence });
        }
    }
    best
}

/// A demand that its named things are modelled.
pub(super) fn required(subject: &Subject<'_>, clause: &Clause) -> Answer {
    if clause.names.is_empty() {
        return Answer::not_checked("it names nothing to look for; behaviour without a name is not judged");
    }
    if subject.calls.next.is_none() {
        return Answer::new(Verdict::Missing, "there is no Next that could reach it")
            .at(Fault::Names(clause.names.iter().map(|thing| thing.name.clone()).collect()));
    }
    let occurrences = occurrences(subject);
    let mut evidence = Vec::new();
    let (mut missing, mut declared, mut equivalents) = (Vec::new(), Vec::new(), Vec::new());
    for thing in &clause.names {
        match find(&occurrences, &thing.name) {
            None => missing.push(thing.name.clone()),
            Some(found) => {
                if found.level == EvidenceLevel::Declared {
                    declared.push(thing.name.clone());
                } else if found.likeness == Likeness::Synonym {
                    equivalents.push(format!("`{}` for {}", found.evidence.name, thing.name));
                }
                evidence.push(found.evidence);
            }
        }
    }
    let mut answer = if !missing.is_empty() {
        let note = format!(
            "no behaviour found for {}: no action that Next reaches uses the name or a known equivalent",
            missing.join(", ")
        );
        Answer::new(Verdict::Missing, note).at(Fault::Names(missing))
    } else if !declared.is_empty() {
        let note = format!(
            "{} {} only named, no action that Next reaches uses it",
            declared.join(", "),
            if declared.len() == 1 { "is" } else { "are" }
        );
        Answer::new(Verdict::Declared, note).at(Fault::Names(declared))
    } else if !equivalents.is_empty() {
        Answer::new(Verdict::Equivalent, format!("by {}", equivalents.join(", ")))
    } else {
        let mut names: Vec<String> =
            evidence.iter().map(|evidence: &Evidence| format!("`{}`", evidence.name)).collect();
        names.dedup();
        names.truncate(4);
        Answer::met(format!("by {}", names.join(", ")))
    };
    answer.evidence = evidence;
    answer
}

/// A demand that its named things are not modelled.
pub(super) fn excluded(subject: &Subject<'_>, clause: &Clause) -> Answer {
    if clause.names.is_empty() {
        return Answer::not_checked("it names nothing to look for; behaviour without a name is not judged");
    }
    let occurrences = occurrences(subject);
    let mut modelled = Vec::new();
    let mut mentioned = Vec::new();
    for thing in &clause.names {
        // An exclusion is held to its own names: a synonym might be something that is wanted.
        let same = occurrences.iter().filter(|occurrence| similar(&occurrence.written, &thing.name));
        for occurrence in same {
            let evidence = Evidence { name: occurrence.within.clone(), span: occurrence.span, level: occurrence.level };
            match occurrence.level {
                EvidenceLevel::Behaviour => modelled.push(evidence),
                EvidenceLevel::Declared => mentioned.push(evidence),
            }
        }
    }
    if let Some(first) = modelled.first() {
        let note = format!("`{}`, which Next reaches, models it", first.name);
        let places = modelled.iter().map(|evidence| evidence.span).collect();
        let mut answer = Answer::new(Verdict::Violated, note).at(Fault::Places(places));
        answer.evidence = modelled;
        return answer;
    }
    let mut answer = match mentioned.first() {
        Some(first) => Answer::met(format!("it is only named, in `{}`", first.name)),
        None => Answer::met("nothing of it was found"),
    };
    answer.evidence = mentioned;
    answer
}

/// The names for which a stub action can be made: those of a mandatory item that were not found.
pub(crate) fn stub_name(clause: &Clause, name: &str) -> Option<String> {
    match clause.kind {
        ClauseKind::Naming => Some(name.to_owned()),
        ClauseKind::Action => {
            let state = name.starts_with("State") || clause.title.to_lowercase().contains("state");
            (!state).then(|| if name.starts_with("Handle") { name.to_owned() } else { format!("Handle{name}") })
        }
        _ => None,
    }
}
