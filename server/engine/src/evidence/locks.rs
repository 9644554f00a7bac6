//! Locks: who takes one, who only tries, who gives it back, readers and writers, upgrades, the atomic exchange, and the
//! queue of those who wait.

use std::{cell::OnceCell, sync::LazyLock};

use super::{
    Answer,
    spelled::{Parts, Spelled},
    view::{View, Words, combined, declared, missing},
    ways::Marked,
};
use crate::{
    contract::{Clause, EvidenceLevel, Verdict},
    module::{
        hash::QuickSet,
        model::{Operand, Slot},
    },
};

/// An operation of a lock, with the words that ask for it and the names that actions for it have.
struct Operation {
    what: &'static str,
    /// Words of a clause, each alternative whole.
    asked: &'static [&'static str],
    /// Parts of names of actions.
    actions: &'static [&'static str],
    /// Parts that rule a name out.
    but: &'static [&'static str],
}

const OPERATIONS: &[Operation] = &[
    Operation {
        what: "try-acquire",
        asked: &["try_lock", "try-lock", "trylock", "try_acquire", "try_read", "try_write", "try_upread"],
        actions: &["try", "attempt", "nonblock"],
        but: &[],
    },
    Operation { what: "upgrade", asked: &["upgrad", "upread"], actions: &["upgrad", "upread"], but: &[] },
    Operation {
        what: "readers",
        asked: &["read lock", "readers", "read()", "multiple reader", "shared access"],
        actions: &["read"],
        but: &["thread", "upread", "upgrad"],
    },
    Operation {
        what: "writers",
        asked: &["write lock", "writers", "write()", "single writer", "exclusive writer"],
        actions: &["write", "writer"],
        but: &[],
    },
    Operation {
        what: "acquire",
        asked: &[
            "lock()",
            "acquire",
            "lock/unlock",
            "acquisition",
            "lock operation",
            "critical section",
            "criticalsection",
        ],
        actions: &["acquire", "lock", "enter", "grant", "request", "cas", "swap", "success", "obtain", "take"],
        but: &["unlock", "release", "trylockfail", "exit"],
    },
    Operation {
        what: "release",
        asked: &["unlock", "release", "unlocking", "drop"],
        actions: &["release", "unlock", "exit", "leave", "drop", "free"],
        but: &["dropmessage"],
    },
    Operation {
        what: "compare-and-exchange",
        asked: &["cas", "compare_exchange", "compare-and-exchange", "compare-and-swap", "atomicbool", "fetch_"],
        actions: &[],
        but: &[],
    },
    Operation {
        what: "busy-wait",
        asked: &["spin_loop", "busy-wait", "busy wait", "retry loop", "spinning"],
        actions: &["spin", "retry", "busy", "wait", "fail", "loop"],
        but: &[],
    },
    Operation {
        what: "wait queue",
        asked: &[
            "waitqueue",
            "wait_queue",
            "wait queue",
            "wait_until",
            "wake_one",
            "wake_all",
            "wakeup",
            "queue handling",
            "fifo-like queue",
            "enqueue",
        ],
        actions: &["wake", "wait", "enqueue", "dequeue", "notify", "park", "block"],
        but: &[],
    },
    Operation {
        what: "interleaving",
        asked: &["interleaving", "competing", "concurrent threads"],
        actions: &[],
        but: &[],
    },
    Operation {
        what: "exclusion",
        asked: &["exclusive access", "mutual exclusion", "only one thread"],
        actions: &[],
        but: &[],
    },
];

static PARTS: LazyLock<[Parts; 2]> = LazyLock::new(|| {
    let parts = |of: fn(&Operation) -> &'static [&'static str]| {
        let each =
            move |(bit, operation): (u32, &Operation)| of(operation).iter().map(move |part| (1u32 << bit, *part));
        Parts::of((0u32..).zip(OPERATIONS).flat_map(each))
    };
    [parts(|operation| operation.actions), parts(|operation| operation.but)]
});

/// The operations that a name (without case and signs) says: a bit for each of [`OPERATIONS`].
pub(super) fn operations_named(plain: &str) -> u32 {
    let [actions, but] = &*PARTS;
    match actions.found(plain) {
        0 => 0,
        found => found & !but.found(plain),
    }
}

impl Operation {
    /// Its bit.
    fn bit(&self) -> u32 {
        OPERATIONS.iter().position(|operation| operation.what == self.what).map_or(0, |index| 1 << index)
    }
}

/// What is worked out once of the locks of a module.
#[derive(Default)]
pub(super) struct Locks<'a> {
    /// Of what is tested and set in one step the first, with the effect that sets it.
    exchanged: OnceCell<Option<(Slot<'a>, usize)>>,
    /// The values that live effects give, with what each says and the first effect that gives it, in order.
    states: OnceCell<Vec<(&'a str, Spelled, usize)>>,
}

/// A demand that speaks of locks.
pub(super) fn asks(words: &Words, _clause: &Clause) -> bool {
    words.any(&[
        "lock",
        "mutex",
        "critical section",
        "criticalsection",
        "atomicbool",
        "waitqueue",
        "wait_until",
        "spin_loop",
        "compare",
    ]) && OPERATIONS.iter().any(|operation| asked(words, operation))
}

fn asked(words: &Words, operation: &Operation) -> bool {
    operation.asked.iter().any(|word| match *word {
        "cas" => words.text.split(|c: char| !c.is_alphanumeric()).any(|part| part == "cas"),
        "drop" => words.any(&[" drop", "on drop"]),
        "lock()" => {
            words.text.split(|c: char| !(c.is_alphanumeric() || "_()".contains(c))).any(|part| part == "lock()")
        }
        word => words.any(&[word]),
    })
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let asked = OPERATIONS.iter().filter(|operation| asked(view.words, operation));
    combined(view, asked.map(|operation| one(view, operation)).collect())
}

fn one(view: &View<'_, '_>, operation: &Operation) -> Answer {
    match operation.what {
        "compare-and-exchange" => exchange(view),
        "exclusion" | "acquire" if by_name(view, operation).is_none() => exchange(view),
        "interleaving" => interleaving(view),
        "wait queue" => queue(view, operation),
        _ => by_name(view, operation).unwrap_or_else(|| unseen(view, operation)),
    }
}

/// A reachable action, or a definition that one calls, whose name says the operation and that changes something.
fn by_name(view: &View<'_, '_>, operation: &Operation) -> Option<Answer> {
    let [changing, saying] = &view.deeds().doers;
    // A step that only waits changes nothing.
    let doers = if operation.what == "busy-wait" { saying } else { changing };
    if let Some(definition) = doers.iter().find(|definition| view.listed().says(**definition, operation.bit())) {
        let span = view.subject.module.definitions[*definition].name_span();
        return Some(view.met_at(operation.what, *definition, span));
    }
    // States such as "trying" or "upgrading" say it as well.
    if operation.what == "acquire" {
        return None;
    }
    let states = view.subject.found.locks.states.get_or_init(|| states(view));
    let (state, _, effect) = states.iter().find(|(_, spelled, _)| spelled.operations & operation.bit() != 0)?;
    let note = format!("{}: by the equivalent state `{state}`, given by {}", operation.what, view.effect_at(*effect));
    Some(view.show_effect(Answer::new(Verdict::Equivalent, note), *effect))
}

fn states<'a>(view: &View<'_, 'a>) -> Vec<(&'a str, Spelled, usize)> {
    let model = view.model;
    let mut known: QuickSet<&str> = QuickSet::default();
    let live = model.facts.given.iter().filter(|given| model.is_live(view.branch_of(given.effect)));
    let atoms = live.filter_map(|given| match given.value {
        Operand::Atom(atom) => known.insert(atom).then(|| (atom, Spelled::of(atom), given.effect)),
        _ => None,
    });
    atoms.collect()
}

/// A step that tests a variable and changes the same: the lock is taken only when it is free.
fn exchange(view: &View<'_, '_>) -> Answer {
    match view.subject.found.locks.exchanged.get_or_init(|| exchanged(view)) {
        Some((slot, effect)) => {
            let name = view.slot_name(*slot);
            view.met_by_effect(&format!("`{name}` is tested and set in one step"), *effect)
        }
        None => missing("Acquire", "acquire", "looked for a step that tests whether the lock is free and takes it"),
    }
}

fn exchanged<'a>(view: &View<'_, 'a>) -> Option<(Slot<'a>, usize)> {
    let branches = |variable: usize| view.changes(variable).map(|(_, effect)| effect.branch);
    let changed: Vec<OnceCell<Marked<'_>>> = vec![OnceCell::new(); view.variables().len()];
    let state = view.states().map(|states| states.slot);
    for comparison in view.model.comparisons() {
        let branch = comparison.source.branch;
        let places = [&comparison.left, &comparison.right].into_iter().filter_map(Operand::place);
        for slot in places.map(|place| place.slot).filter(|slot| state != Some(*slot)) {
            let changed = changed[slot.variable].get_or_init(|| view.ways().marked(branches(slot.variable)));
            if !changed.with(branch) {
                continue;
            }
            let beside = |effect: &usize| view.ways().together(view.branch_of(*effect), branch);
            let sets = &view.deeds().changes[slot.variable];
            let set = match comparison.source.effect {
                Some(source) => Some(source).filter(|source| sets.binary_search(source).is_ok() && beside(source)),
                None => sets.iter().copied().find(beside),
            };
            if let Some(effect) = set {
                return Some((slot, effect));
            }
        }
    }
    None
}

fn interleaving(view: &View<'_, '_>) -> Answer {
    let next = view.model.walk.actions.first().map(|action| action.definition);
    let body = next.and_then(|next| view.subject.module.definitions[next].body());
    let mut quantified = false;
    if let Some(body) = body {
        body.walk(&mut |expr| quantified |= matches!(expr.kind, crate::syntax::tree::ExprKind::Quantifier { .. }));
    }
    match (quantified, next) {
        (true, Some(next)) => {
            let span = view.subject.module.definitions[next].name_span();
            view.met_at("interleaving: any process may step", next, span)
        }
        _ => missing("Interleaving", "interleaving", "Next does not range over several processes"),
    }
}

/// A variable from which those who wait are taken: appended to and shortened.
fn queue(view: &View<'_, '_>, operation: &Operation) -> Answer {
    let model = view.model;
    let waits =
        |name: &Spelled| ["wait", "queue", "block", "pending", "q"].iter().any(|word| name.plain.contains(word));
    let waiting: Vec<bool> = view.variables().iter().map(waits).collect();
    let added = model.facts.given.iter().find(|given| {
        waiting[given.slot.variable]
            && matches!(given.made_by, "Append" | "\\cup" | "\\o" | "+")
            && model.is_live(model.walk.effects[given.effect].branch)
    });
    match added {
        Some(given) => view.met_by_effect(&format!("wait queue `{}`", view.slot_name(given.slot)), given.effect),
        None => by_name(view, operation).unwrap_or_else(|| unseen(view, operation)),
    }
}

fn unseen(view: &View<'_, '_>, operation: &Operation) -> Answer {
    let listed = view.listed().definitions_saying(operation.bit()).next();
    match listed {
        Some(listed) => declared(
            operation.what,
            operation.what,
            format!("`{}`, line {}, is not reached from Next", listed.written, view.line(listed.span)),
        )
        .shown(listed.within, listed.span, EvidenceLevel::Declared),
        None => missing(operation.what, operation.what, "looked for a reachable step of this name or meaning"),
    }
}

/// The operations that every lock has: it is taken when free, and given back.
pub(super) fn whole(view: &View<'_, '_>) -> Answer {
    let wanted = OPERATIONS.iter().filter(|operation| matches!(operation.what, "acquire" | "release"));
    let mut answers: Vec<Answer> = wanted.map(|operation| one(view, operation)).collect();
    answers.push(exchange(view));
    combined(view, answers)
}
