//! A draft analysis held against a module: core functions as actions, infrastructure left out, essential variables.

use std::{
    cell::OnceCell,
    collections::{HashMap, HashSet},
};

use super::{Answer, Fault, Subject, spelled::Spelled};
use crate::{
    contract::{DraftPart, Evidence, EvidenceLevel, Verdict},
    diagnostic::Span,
    module::{Module, model::plain},
    prompt::draft::{Draft, DraftEntry},
};

/// Variables that a specification needs beside what a draft lists: the network, program counters, bounds.
const NECESSARY: &[&str] = &[
    "messages",
    "message",
    "msgs",
    "network",
    "net",
    "pc",
    "stack",
    "inbox",
    "mailbox",
    "mailboxes",
    "channels",
    "history",
];

pub(super) fn answer(subject: &Subject<'_>, part: DraftPart) -> Answer {
    let Some(draft) = subject.draft.filter(|draft| !draft.is_empty()) else {
        return Answer::not_checked("no draft analysis is at hand");
    };
    // Several clauses may speak of the same part.
    let known = match part {
        DraftPart::CoreFunctions => &subject.found.draft.core,
        DraftPart::SupportingFunctions => &subject.found.draft.supporting,
        DraftPart::InfrastructureFunctions => &subject.found.draft.infrastructure,
        DraftPart::Variables => &subject.found.draft.variables,
    };
    known.get_or_init(|| followed(subject, draft, part)).clone()
}

/// The answers for the parts of a draft that a demand asked for.
#[derive(Default)]
pub(super) struct Followed {
    core: OnceCell<Answer>,
    supporting: OnceCell<Answer>,
    infrastructure: OnceCell<Answer>,
    variables: OnceCell<Answer>,
}

fn followed(subject: &Subject<'_>, draft: &Draft, part: DraftPart) -> Answer {
    match part {
        DraftPart::CoreFunctions => core(subject, draft),
        DraftPart::SupportingFunctions => {
            Answer::not_checked("supporting functions are free: how they are abstracted can't be read off the module")
        }
        DraftPart::InfrastructureFunctions => infrastructure(subject, draft),
        DraftPart::Variables => variables(subject, draft),
    }
}

/// How the module has a core function.
enum Standing {
    /// An action of this name; the second says whether only the first letter's case differs.
    Action(usize, bool),
    /// An action of another, like name.
    Renamed(usize),
    /// A helper that reachable steps use.
    Helper(usize),
    /// Defined, and not reached from Next.
    Unreached(usize),
    /// Several actions share it.
    Split(Vec<usize>),
    /// An action that stands for another core function has it, too.
    Folded(usize),
    Missing,
}

fn core(subject: &Subject<'_>, draft: &Draft) -> Answer {
    if draft.core.is_empty() {
        return Answer::not_checked("the draft lists no core function");
    }
    let standings = standings(subject, &draft.core);
    let module = subject.module;
    let at = |index: usize| {
        let definition = &module.definitions[index];
        let line = subject.document.text().line_of(definition.name_span().start) + 1;
        format!("`{}`, line {line}", definition.name())
    };
    let mut evidence = Vec::new();
    let (mut absent, mut unreached, mut shared, mut others) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut capitals = 0;
    let mut faulty = Vec::new();
    for (entry, standing) in draft.core.iter().zip(&standings) {
        let name = &entry.name;
        let mut show = |index: usize, level| {
            let definition = &module.definitions[index];
            evidence.push(Evidence { name: definition.name().to_owned(), span: definition.name_span(), level });
        };
        match standing {
            Standing::Action(index, other_case) => {
                capitals += usize::from(*other_case);
                show(*index, EvidenceLevel::Behaviour);
            }
            Standing::Renamed(index) => {
                others.push(format!("{name} as {}", at(*index)));
                show(*index, EvidenceLevel::Behaviour);
            }
            Standing::Helper(index) => {
                others.push(format!("{name} as the helper {}", at(*index)));
                show(*index, EvidenceLevel::Behaviour);
            }
            Standing::Unreached(index) => {
                unreached.push(format!("{name} ({})", at(*index)));
                faulty.push(name.clone());
                show(*index, EvidenceLevel::Declared);
            }
            Standing::Split(indices) => {
                let parts: Vec<String> = indices.iter().map(|index| at(*index)).collect();
                shared.push(format!("{name} is split in {}", parts.join(" and ")));
                faulty.push(name.clone());
                indices.iter().for_each(|index| show(*index, EvidenceLevel::Behaviour));
            }
            Standing::Folded(index) => {
                shared.push(format!("{name} is folded into {}", at(*index)));
                faulty.push(name.clone());
            }
            Standing::Missing => {
                absent.push(name.clone());
                faulty.push(name.clone());
            }
        }
    }
    let count = draft.core.len();
    let met = count - faulty.len();
    let mut notes = Vec::new();
    if !absent.is_empty() {
        notes.push(format!("no definition for {}", absent.join(", ")));
    }
    if !unreached.is_empty() {
        notes.push(format!("no step that Next offers takes {}", unreached.join(", ")));
    }
    notes.extend(shared.iter().cloned());
    notes.push(format!("{met} of {count} core functions are actions of their own"));
    if capitals > 0 {
        notes.push(format!("{capitals} with a capital letter"));
    }
    notes.extend(others.iter().cloned());
    let verdict = match () {
        () if !absent.is_empty() || !shared.is_empty() => Verdict::Missing,
        () if !unreached.is_empty() => Verdict::Declared,
        () if !others.is_empty() => Verdict::Equivalent,
        () => Verdict::Met,
    };
    let mut answer = Answer::new(verdict, notes.join("; "));
    if !faulty.is_empty() {
        answer = answer.at(Fault::Names(faulty));
    }
    answer.evidence = evidence;
    answer
}

fn standings(subject: &Subject<'_>, core: &[DraftEntry]) -> Vec<Standing> {
    let module = subject.module;
    let called: Vec<bool> =
        subject.model().map_or_else(|| vec![false; module.definitions.len()], |model| model.walk.called.clone());
    // A step that is only named in branches which no call selects is not taken, whatever reaches its name.
    let is_step = |index: usize| subject.calls.names_at(index).any(|name| matches!(name, "'" | "UNCHANGED"));
    let stand = |index: usize, other_case: bool| match () {
        () if called[index] => Standing::Action(index, other_case),
        () if !is_step(index) && subject.reaches(index) => Standing::Helper(index),
        () => Standing::Unreached(index),
    };
    // First those whose names agree, so that what is left can be told to share one of these.
    let mut standings: Vec<Option<Standing>> = core
        .iter()
        .map(|entry| {
            let name = last_part(&entry.name);
            if let Some(index) = subject.calls.first_of(name) {
                return Some(stand(index, false));
            }
            let spelled = Spelled::of(name);
            let alike = || subject.listed().definitions_named(&spelled);
            if let Some(index) = alike().find(|index| same_but_first(module.definitions[*index].name(), name)) {
                return Some(stand(index, true));
            }
            alike().next().map(|index| match stand(index, false) {
                Standing::Action(index, _) => Standing::Renamed(index),
                other => other,
            })
        })
        .collect();
    let found = standings.iter().filter_map(|standing| match standing {
        Some(Standing::Action(index, _) | Standing::Renamed(index)) => Some(*index),
        _ => None,
    });
    let mut taken = Taken::of(module, found);
    let tops = (0..module.definitions.len()).filter(|index| called[*index] && !is_frame(module, *index));
    // Only what begins with the same word can be a shorter or a longer name; what has no word begins every name.
    let tops: Vec<(usize, Vec<String>)> = match standings.iter().any(Option::is_none) {
        true => tops.map(|index| (index, tokens(module.definitions[index].name()))).collect(),
        false => Vec::new(),
    };
    let mut by_first: HashMap<&str, Vec<&(usize, Vec<String>)>> = HashMap::new();
    for top in &tops {
        if let Some(first) = top.1.first() {
            by_first.entry(first).or_default().push(top);
        }
    }
    let all: Vec<&(usize, Vec<String>)> = tops.iter().collect();
    let without = |standings: &[Option<Standing>]| -> Vec<usize> {
        (0..core.len()).filter(|entry| standings[*entry].is_none()).collect()
    };
    for entry in without(&standings) {
        let wanted = tokens(last_part(&core[entry].name));
        let alike = match wanted.first() {
            Some(first) => by_first.get(first.as_str()).map_or(&[][..], Vec::as_slice),
            None => &all,
        };
        let free = || alike.iter().filter(|(index, _)| !taken.has(*index));
        // `Release` for `release_lock`: fewer words, none of them new.
        let is_shorter = |own: &[String]| {
            own.first() == wanted.first() && !own.is_empty() && own.iter().all(|token| wanted.contains(token))
        };
        let shorter = free().find(|(_, own)| is_shorter(own)).map(|(index, _)| *index);
        let longer: Vec<usize> = free().filter(|(_, own)| own.starts_with(&wanted)).map(|(index, _)| *index).collect();
        standings[entry] = match (shorter, longer.as_slice()) {
            (Some(index), _) => Some(Standing::Renamed(index)),
            (None, [one]) => Some(Standing::Renamed(*one)),
            (None, [_, _, ..]) => Some(Standing::Split(longer.clone())),
            (None, []) => None,
        };
        match &standings[entry] {
            Some(Standing::Renamed(index)) => taken.take(module, *index),
            Some(Standing::Split(indices)) => indices.iter().for_each(|index| taken.take(module, *index)),
            _ => {}
        }
    }
    for entry in without(&standings) {
        let wanted = tokens(last_part(&core[entry].name));
        let word = wanted.iter().find(|token| token.len() > 3);
        let shared = word.and_then(|word| taken.with_word(word));
        standings[entry] = Some(shared.map_or(Standing::Missing, Standing::Folded));
    }
    standings.into_iter().map(|standing| standing.unwrap_or(Standing::Missing)).collect()
}

/// The definitions that stand for a core function, with the words of their names.
#[derive(Default)]
struct Taken {
    indices: HashSet<usize>,
    /// For each word the first that has it.
    words: HashMap<String, usize>,
}

impl Taken {
    fn of(module: &Module<'_>, indices: impl Iterator<Item = usize>) -> Self {
        let mut taken = Self::default();
        indices.for_each(|index| taken.take(module, index));
        taken
    }

    fn take(&mut self, module: &Module<'_>, index: usize) {
        if self.indices.insert(index) {
            for word in tokens(module.definitions[index].name()) {
                self.words.entry(word).or_insert(index);
            }
        }
    }

    fn has(&self, index: usize) -> bool {
        self.indices.contains(&index)
    }

    fn with_word(&self, word: &str) -> Option<usize> {
        self.words.get(word).copied()
    }
}

/// Next itself and definitions that only say what stays as it is are no actions of a function.
fn is_frame(module: &Module<'_>, index: usize) -> bool {
    let name = module.definitions[index].name();
    matches!(name, "Next" | "Init") || plain(name).starts_with("unchanged")
}

/// `raft.Step` and `Mutex::lock` are known by their last part.
fn last_part(name: &str) -> &str {
    name.rsplit(['.', ':']).next().unwrap_or(name)
}

fn same_but_first(one: &str, other: &str) -> bool {
    let mut letters = one.chars();
    let mut others = other.chars();
    let (Some(first), Some(second)) = (letters.next(), others.next()) else { return false };
    first.eq_ignore_ascii_case(&second) && letters.as_str() == others.as_str()
}

/// The words of a name, in lower case: `try_acquire_lock` and `TryAcquireLock` have the same.
fn tokens(name: &str) -> Vec<String> {
    let mut result: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before_lower = false;
    for letter in name.chars() {
        if (!letter.is_alphanumeric() || letter.is_uppercase() && before_lower) && !word.is_empty() {
            result.push(std::mem::take(&mut word));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        before_lower = letter.is_lowercase() || letter.is_ascii_digit();
    }
    if !word.is_empty() {
        result.push(word);
    }
    result
}

fn infrastructure(subject: &Subject<'_>, draft: &Draft) -> Answer {
    // Names of traits and of everyday helpers say nothing.
    const EVERYDAY: &[&str] =
        &["send", "sync", "drop", "debug", "deref", "derefmut", "new", "clone", "default", "init", "fmt"];
    let module = subject.module;
    let Some(called) = subject.model().map(|model| model.walk.called.as_slice()) else {
        return Answer::met("no infrastructure function of the draft is a reachable step");
    };
    let mut found = Vec::new();
    for entry in &draft.infrastructure {
        let name = Spelled::of(last_part(&entry.name));
        if entry.name.contains(' ') || name.plain.len() < 4 || EVERYDAY.contains(&name.plain.as_str()) {
            continue;
        }
        if let Some(index) = subject.listed().definitions_named(&name).find(|index| called[*index]) {
            let definition = &module.definitions[index];
            found.push((definition.name(), definition.name_span()));
        }
    }
    let Some((name, span)) = found.first() else {
        return Answer::met("no infrastructure function of the draft is a reachable step");
    };
    let line = subject.document.text().line_of(span.start) + 1;
    let places: Vec<Span> = found.iter().map(|(_, span)| *span).collect();
    let mut answer = Answer::new(Verdict::Violated, format!("`{name}`, line {line}, is infrastructure in the draft"))
        .at(Fault::Places(places));
    for (name, span) in found {
        answer = answer.shown(name, span, EvidenceLevel::Behaviour);
    }
    answer
}

fn variables(subject: &Subject<'_>, draft: &Draft) -> Answer {
    if draft.variables.is_empty() {
        return Answer::not_checked("the draft lists no state variable");
    }
    let listed: Vec<String> = draft.variables.iter().map(|entry| plain(last_part(&entry.name))).collect();
    let mut used = vec![false; listed.len()];
    let (mut extra, mut rest) = (Vec::new(), Vec::new());
    for variable in &subject.module.variables {
        let name = plain(&variable.value.name);
        match listed.iter().position(|known| *known == name) {
            Some(at) => used[at] = true,
            None if NECESSARY.contains(&name.as_str()) => {}
            None => rest.push(variable),
        }
    }
    let mut renamed = Vec::new();
    for variable in rest {
        let name = plain(&variable.value.name);
        let like = listed.iter().enumerate().position(|(at, known)| {
            !used[at] && (known.contains(&name) && name.len() > 3 || name.contains(known.as_str()) && known.len() > 2)
        });
        match like {
            Some(at) => {
                used[at] = true;
                renamed.push(format!("`{}` for {}", variable.value.name, draft.variables[at].name));
            }
            None => extra.push(variable),
        }
    }
    let mut notes = Vec::new();
    if !extra.is_empty() {
        let names: Vec<String> = extra.iter().map(|variable| format!("`{}`", variable.value.name)).collect();
        notes.push(format!("not in the draft: {}", names.join(", ")));
    }
    if !renamed.is_empty() {
        notes.push(format!("renamed: {}", renamed.join(", ")));
    }
    let unused: Vec<&str> =
        draft.variables.iter().zip(&used).filter(|(_, used)| !**used).map(|(entry, _)| entry.name.as_str()).collect();
    if !unused.is_empty() {
        notes.push(format!("no variable for {}", unused.join(", ")));
    }
    if notes.is_empty() {
        notes.push("the variables are those of the draft".to_owned());
    }
    let verdict = match () {
        () if !extra.is_empty() => Verdict::Violated,
        () if !renamed.is_empty() => Verdict::Equivalent,
        () => Verdict::Met,
    };
    let places: Vec<Span> = extra.iter().map(|variable| variable.span(variable.value.span)).collect();
    let answer = Answer::new(verdict, notes.join("; "));
    if places.is_empty() { answer } else { answer.at(Fault::Places(places)) }
}
