//! What a prompt excludes: membership changes, snapshots, ReadIndex, storage threads, flow control, and whatever else
//! it names. Only what a reachable step does counts; a name in a list of types is a mention.

use std::cell::RefCell;

use super::{Answer, Fault, view::View};
use crate::{
    contract::{Evidence, EvidenceLevel, Verdict},
    diagnostic::Span,
    module::{calls::stem, hash::QuickMap, model::plain},
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

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let things: Vec<&Thing> = THINGS.iter().filter(|thing| view.words.any(thing.words)).collect();
    let names: Vec<String> = view.clause.names.iter().map(|thing| stem(&thing.name)).collect();
    if things.is_empty() && names.is_empty() {
        return Answer::not_checked("no name or known subject to look for is in it");
    }
    let spoken = RefCell::new(QuickMap::<String, bool>::default());
    let speaks = |written: &str| {
        if let Some(known) = spoken.borrow().get(written) {
            return *known;
        }
        let plain = plain(written);
        let known = things.iter().any(|thing| {
            thing.parts.iter().any(|part| plain.contains(part)) && !thing.but.iter().any(|but| plain.contains(but))
        });
        let speaks = known || names.contains(&stem(written));
        spoken.borrow_mut().insert(written.to_owned(), speaks);
        speaks
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
    let mentioned = view.listed().iter().find(|listed| speaks(listed.written));
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
fn done(view: &View<'_, '_>, speaks: &dyn Fn(&str) -> bool) -> Vec<Evidence> {
    let model = view.model;
    let module = view.subject.module;
    let mut found = Vec::new();
    let mut push = |name: &str, span: Span| {
        found.push(Evidence { name: name.to_owned(), span, level: EvidenceLevel::Behaviour });
    };
    for effect in model.walk.effects.iter().filter(|effect| effect.value.is_some() && model.is_live(effect.branch)) {
        let variable = module.variables[effect.variable].value.name.as_str();
        if speaks(variable) && !model.messages.networks.contains(&effect.variable) {
            push(variable, effect.span);
        }
        let action = view.action_of(effect.branch);
        for definition in [effect.within, action] {
            let name = view.definition_name(definition);
            if speaks(name) {
                push(name, module.definitions[definition].name_span());
            }
        }
    }
    for sent in &model.messages.sent {
        if model.spellings(sent.kind).iter().any(|name| speaks(name)) {
            push(sent.kind, sent.span);
        }
    }
    for tested in model.messages.tested.iter().filter(|tested| tested.alone) {
        let named = model.spellings(tested.kind).iter().any(|name| speaks(name));
        if named && view.changes_beneath(tested.source.branch) > 0 {
            push(tested.kind, tested.span);
        }
    }
    found
}
