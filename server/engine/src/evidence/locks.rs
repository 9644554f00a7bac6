//! Locks: who takes one, who only tries, who gives it back, readers and writers, upgrades, the atomic exchange, and the
//! queue of those who wait.

use super::{
    Answer,
    view::{View, Words, combined, declared, missing},
};
use crate::{
    contract::{Clause, EvidenceLevel, Verdict},
    module::model::{Operand, plain},
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
    let model = view.model;
    let fits = |name: &str| {
        let name = plain(name);
        operation.actions.iter().any(|part| name.contains(part)) && !operation.but.iter().any(|but| name.contains(but))
    };
    for effect in model.walk.effects.iter().filter(|effect| model.is_live(effect.branch)) {
        if effect.value.is_none() && operation.what != "busy-wait" {
            continue;
        }
        for definition in [view.action_of(effect.branch), effect.within] {
            let name = view.definition_name(definition);
            if fits(name) {
                let span = view.subject.module.definitions[definition].name_span();
                return Some(view.met_at(operation.what, definition, span));
            }
        }
    }
    // States such as "trying" or "upgrading" say it as well.
    let state = model.facts.given.iter().find(|given| {
        let Operand::Atom(atom) = given.value else { return false };
        fits(atom) && operation.what != "acquire" && model.is_live(model.walk.effects[given.effect].branch)
    })?;
    let Operand::Atom(atom) = state.value else { return None };
    let note =
        format!("{}: by the equivalent state `{atom}`, given by {}", operation.what, view.effect_at(state.effect));
    Some(view.show_effect(Answer::new(Verdict::Equivalent, note), state.effect))
}

/// A step that tests a variable and changes the same: the lock is taken only when it is free.
fn exchange(view: &View<'_, '_>) -> Answer {
    let model = view.model;
    for comparison in model.comparisons() {
        for side in [&comparison.left, &comparison.right] {
            let Operand::Place(place) = side else { continue };
            if view.states().is_some_and(|states| states.slot == place.slot) {
                continue;
            }
            let changed = model.changes(place.slot.variable).find(|(index, effect)| {
                model.together(effect.branch, comparison.source.branch)
                    && comparison.source.effect.is_none_or(|effect| effect == *index)
            });
            if let Some((effect, _)) = changed {
                let name = view.slot_name(place.slot);
                return view.met_by_effect(&format!("`{name}` is tested and set in one step"), effect);
            }
        }
    }
    missing("Acquire", "acquire", "looked for a step that tests whether the lock is free and takes it")
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
    let variables = &view.subject.module.variables;
    let added = model.facts.given.iter().find(|given| {
        let name = plain(&variables[given.slot.variable].value.name);
        let waits = ["wait", "queue", "block", "pending", "q"].iter().any(|word| name.contains(word));
        waits
            && matches!(given.made_by, "Append" | "\\cup" | "\\o" | "+")
            && model.is_live(model.walk.effects[given.effect].branch)
    });
    match added {
        Some(given) => view.met_by_effect(&format!("wait queue `{}`", view.slot_name(given.slot)), given.effect),
        None => by_name(view, operation).unwrap_or_else(|| unseen(view, operation)),
    }
}

fn unseen(view: &View<'_, '_>, operation: &Operation) -> Answer {
    let listed = view.listed().each_definition().find(|listed| {
        let name = plain(listed.written);
        operation.actions.iter().any(|part| name.contains(part)) && !operation.but.iter().any(|but| name.contains(but))
    });
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
