//! What a prompt excludes: membership changes, snapshots, ReadIndex, storage threads, flow control, and whatever else
//! it names. Only what a reachable step does counts; a name in a list of types is a mention.

use super::{Answer, Fault, view::View};
use crate::{
    contract::{Evidence, EvidenceLevel, Verdict},
    diagnostic::Span,
    module::{calls::stem, model::plain},
    syntax::tree::Name,
};

/// A thing that prompts exclude, with the words that speak of it.
struct Thing {
    /// Words of the clause that mean it.
    words: &'static [&'static str],
    /// Parts of names (without case and signs) of actions, messages and variables that model it.
    parts: &'static [&'static str],
    /// Names that contain a part and mean something else.
    but: &'static [&'static str],
}

const THINGS: &[Thing] = &[
    Thing {
        words: &[
            "configuration change",
            "joint consensus",
            "confchange",
            "membership",
            "configuration changes",
            "cluster's members",
        ],
        parts: &[
            "confchange",
            "configchange",
            "joint",
            "reconfig",
            "membership",
            "addserver",
            "removeserver",
            "addnode",
            "removenode",
            "addmember",
            "removemember",
            "addnewserver",
            "addnewnode",
            "deleteserver",
            "deletenode",
            "deletemember",
            "addpeer",
            "removepeer",
            "addvoter",
            "removevoter",
            "oldconfig",
            "newconfig",
            "learner",
            "pendingconf",
            "votersoutgoing",
            "applyconf",
        ],
        but: &[],
    },
    Thing { words: &["snapshot", "compaction", "compact"], parts: &["snap", "compact", "lastincluded"], but: &[] },
    Thing {
        words: &["readindex", "read index", "read-only", "readonly"],
        parts: &["readindex", "readonly", "readstate", "leaseread"],
        but: &[],
    },
    Thing {
        words: &["async storage", "localappend", "localapply", "storage thread", "storage that works in threads"],
        parts: &[
            "localappend",
            "localapply",
            "storageappend",
            "storageapply",
            "appendthread",
            "applythread",
            "asyncstorage",
        ],
        but: &[],
    },
    Thing {
        words: &["flow control", "progress tracking", "tracks the progress"],
        parts: &[
            "inflight",
            "stateprobe",
            "statereplicate",
            "statesnapshot",
            "msgapppaused",
            "pausedprobe",
            "probesent",
            "becomeprobe",
            "becomereplicate",
            "flowcontrol",
            "uncommittedsize",
            "maxinflight",
            "progressstate",
        ],
        but: &["inflightmessages", "inflightmsgs", "msgsinflight", "messagesinflight"],
    },
    Thing {
        words: &["arc-based", "lock_arc", "arcmutex"],
        parts: &["lockarc", "arcmutex", "arcguard", "refcount"],
        but: &[],
    },
    Thing { words: &["get_mut"], parts: &["getmut"], but: &[] },
    Thing { words: &["unsafecell"], parts: &["unsafecell"], but: &[] },
    Thing { words: &["debug formatting"], parts: &["debugfmt", "fmtdebug"], but: &[] },
    Thing {
        words: &["memory ordering"],
        parts: &["memoryorder", "acquirefence", "releasefence", "storebuffer"],
        but: &[],
    },
    Thing {
        words: &["leadership transfer", "leader transfer"],
        parts: &["timeoutnow", "leadtransferee", "transferleader"],
        but: &[],
    },
    Thing {
        words: &["guard type", "guard behavior", "localirqdisabled"],
        parts: &["irqdisabled", "preemptdisabled", "localirq"],
        but: &[],
    },
];

/// What a spelling says of the things that prompts exclude.
#[derive(Clone)]
pub(super) struct Spelled {
    /// A bit for each of [`THINGS`].
    things: u32,
    stem: Name,
}

impl Spelled {
    pub(super) fn of(written: &str) -> Self {
        let plain = plain(written);
        let speaks = |thing: &Thing| {
            thing.parts.iter().any(|part| plain.contains(part)) && !thing.but.iter().any(|but| plain.contains(but))
        };
        Self { things: bits(speaks), stem: Name::from(stem(written)) }
    }
}

/// A bit for each thing that is accepted.
fn bits(accept: impl Fn(&Thing) -> bool) -> u32 {
    THINGS.iter().enumerate().filter(|(_, thing)| accept(thing)).fold(0, |bits, (index, _)| bits | 1 << index)
}

pub(super) fn answer<'a>(view: &View<'_, 'a>) -> Answer {
    let things = bits(|thing| view.words.any(thing.words));
    let names: Vec<Name> = view.clause.names.iter().map(|thing| Name::from(stem(&thing.name))).collect();
    if things == 0 && names.is_empty() {
        return Answer::not_checked("no name or known subject to look for is in it");
    }
    let speaks = |written: &'a str| {
        let spelled = view.spelled(written);
        spelled.things & things != 0 || names.contains(&spelled.stem)
    };
    let mut modelled = done(view, &speaks);
    if !modelled.is_empty() {
        modelled.sort_by_key(|evidence| evidence.span);
        modelled.dedup_by_key(|evidence| evidence.span);
        let first = &modelled[0];
        let note = format!("`{}`, line {}, models it", first.name, view.line(first.span));
        let places: Vec<Span> = modelled.iter().map(|evidence| evidence.span).collect();
        let mut answer = Answer::new(Verdict::Violated, note).at(Fault::Places(places));
        answer.evidence = modelled;
        return answer;
    }
    let mentioned = view.listed().each_spelling().find(|listed| speaks(listed.written));
    match mentioned {
        Some(listed) => Answer::met(format!(
            "only named, in `{}`, line {}: no reachable step models it",
            listed.within,
            view.line(listed.span)
        ))
        .shown(listed.within, listed.span, EvidenceLevel::Declared),
        None => Answer::met("no reachable step, message or variable models it"),
    }
}

/// Reachable actions of that name, types that are sent or have a handler of their own, variables that change.
fn done<'a>(view: &View<'_, 'a>, speaks: &dyn Fn(&'a str) -> bool) -> Vec<Evidence> {
    let model = view.model;
    let module = view.subject.module;
    let mut found = Vec::new();
    let mut push = |name: &str, span: Span| {
        found.push(Evidence { name: name.to_owned(), span, level: EvidenceLevel::Behaviour });
    };
    let variables: Vec<bool> = module.variables.iter().map(|variable| speaks(&variable.value.name)).collect();
    let definitions: Vec<bool> = module.definitions.iter().map(|definition| speaks(definition.name())).collect();
    let effects: &[_] =
        if variables.contains(&true) || definitions.contains(&true) { &model.walk.effects } else { &[] };
    for effect in effects.iter().filter(|effect| effect.value.is_some() && model.is_live(effect.branch)) {
        if variables[effect.variable] && !model.messages.networks.contains(&effect.variable) {
            push(&module.variables[effect.variable].value.name, effect.span);
        }
        let action = view.action_of(effect.branch);
        for definition in [effect.within, action].into_iter().filter(|definition| definitions[*definition]) {
            push(view.definition_name(definition), module.definitions[definition].name_span());
        }
    }
    let named = |kind: &&&'a str| model.spellings(kind).iter().any(|name| speaks(name));
    let kinds: Vec<&str> = view.kinds().all().iter().filter(named).copied().collect();
    let uses = view.kinds().uses(&kinds);
    for sent in uses.sent.iter().map(|sent| &model.messages.sent[*sent]) {
        push(sent.kind, sent.span);
    }
    for tested in uses.tested.iter().map(|tested| &model.messages.tested[*tested]).filter(|tested| tested.alone) {
        if view.changes_beneath(tested.source.branch) > 0 {
            push(tested.kind, tested.span);
        }
    }
    found
}
