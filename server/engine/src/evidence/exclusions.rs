//! What a prompt excludes: membership changes, snapshots, ReadIndex, storage threads, flow control, and whatever else
//! it names. Only what a reachable step does counts; a name in a list of types is a mention.

use std::sync::LazyLock;

use super::{
    Answer, Fault,
    kinds::Message,
    spelled::Parts,
    view::{View, Words},
};
use crate::{
    contract::{Evidence, EvidenceLevel, Verdict},
    diagnostic::Span,
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

/// The things that words of a clause mean: a bit for each of [`THINGS`].
pub(super) fn things_meant(words: &Words) -> u32 {
    bits(|thing| words.any(thing.words))
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    Parts::of(
        THINGS.iter().enumerate().flat_map(|(index, thing)| thing.parts.iter().map(move |part| (1 << index, *part))),
    )
});

/// The things that a name (without case and signs) speaks of: a bit for each of [`THINGS`].
pub(super) fn things_named(plain: &str) -> u32 {
    match PARTS.found(plain) {
        0 => 0,
        found => found & bits(|thing| !thing.but.iter().any(|but| plain.contains(but))),
    }
}

/// A bit for each thing that is accepted.
fn bits(accept: impl Fn(&Thing) -> bool) -> u32 {
    THINGS.iter().enumerate().filter(|(_, thing)| accept(thing)).fold(0, |bits, (index, _)| bits | 1 << index)
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let sought = Excluded { things: view.asked.things, stems: &view.asked.stems };
    if sought.things == 0 && sought.stems.is_empty() {
        return Answer::not_checked("no name or known subject to look for is in it");
    }
    let mut modelled = done(view, &sought);
    if !modelled.is_empty() {
        modelled.sort_by_key(|(_, span)| *span);
        modelled.dedup_by_key(|(_, span)| *span);
        let (name, span) = modelled[0];
        let note = format!("`{name}`, line {}, models it", view.line(span));
        let places: Vec<Span> = modelled.iter().map(|(_, span)| *span).collect();
        let mut answer = Answer::new(Verdict::Violated, note).at(Fault::Places(places));
        answer.evidence = modelled
            .into_iter()
            .map(|(name, span)| Evidence { name: name.to_owned(), span, level: EvidenceLevel::Behaviour })
            .collect();
        return answer;
    }
    match view.listed().speaking(sought.things, sought.stems) {
        Some(listed) => Answer::met(format!(
            "only named, in `{}`, line {}: no reachable step models it",
            listed.within,
            view.line(listed.span)
        ))
        .shown(listed.within, listed.span, EvidenceLevel::Declared),
        None => Answer::met("no reachable step, message or variable models it"),
    }
}

/// What a clause excludes.
struct Excluded<'c> {
    /// Bits of [`THINGS`].
    things: u32,
    stems: &'c [Name],
}

impl Excluded<'_> {
    fn is(&self, things: u32, stem: &Name) -> bool {
        self.things & things != 0 || self.stems.contains(stem)
    }
}

/// Reachable actions of that name, types that are sent or have a handler of their own, variables that change.
fn done<'a>(view: &View<'_, 'a>, sought: &Excluded<'_>) -> Vec<(&'a str, Span)> {
    let (model, module, deeds) = (view.model, view.subject.module, view.deeds());
    let mut found: Vec<(&'a str, Span)> = Vec::new();
    let networks = &model.messages.networks;
    let variables = view
        .variables()
        .iter()
        .enumerate()
        .filter(|(variable, spelled)| sought.is(spelled.things, &spelled.stem) && !networks.contains(variable));
    let mut changes: Vec<usize> = variables.flat_map(|(variable, _)| &deeds.changes[variable]).copied().collect();
    changes.sort_unstable();
    let changes = changes.into_iter().map(|change| &model.walk.effects[change]);
    found.extend(changes.map(|effect| (module.variables[effect.variable].value.name.as_str(), effect.span)));
    let speaking = view.listed().definitions_speaking(sought.things, sought.stems).into_iter();
    let working = speaking.filter(|definition| deeds.changing[*definition]);
    found.extend(
        working.map(|definition| (view.definition_name(definition), module.definitions[definition].name_span())),
    );
    let named = |message: &&Message<'a>| message.stems.iter().any(|stem| sought.is(message.things, stem));
    let messages: Vec<&Message<'a>> = view.kinds().all().iter().filter(named).collect();
    let mut sent: Vec<usize> = messages.iter().flat_map(|message| &message.sent).copied().collect();
    sent.sort_unstable();
    found.extend(sent.into_iter().map(|sent| &model.messages.sent[sent]).map(|sent| (sent.kind, sent.span)));
    let mut tested: Vec<usize> = messages.iter().flat_map(|message| &message.tested).copied().collect();
    tested.sort_unstable();
    let handlers = tested.into_iter().map(|tested| &model.messages.tested[tested]);
    let own = handlers.filter(|tested| tested.alone && view.changes_beneath(tested.source.branch) > 0);
    found.extend(own.map(|tested| (tested.kind, tested.span)));
    found
}
