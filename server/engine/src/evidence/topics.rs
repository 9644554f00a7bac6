//! The topics: which demands each of them recognises, and where its answer comes from.

use super::{
    Answer, by_state, clients, generic, locks, log, majority, messages, moves, network, next, prevote, states, terms,
    timers,
    view::{View, Words, combined},
    whole,
};
use crate::contract::{Clause, ClauseKind};

/// A thing that prompts demand.
pub(super) struct Topic {
    pub name: &'static str,
    /// Whether a demand speaks of it.
    asks: fn(&Words, &Clause) -> bool,
    answer: fn(&View<'_, '_>) -> Answer,
    /// What shows it, for the table of topics.
    pub behaviour: &'static str,
    /// What counts as naming it only.
    pub declared: &'static str,
}

/// Every topic. A demand may speak of several; its answer is then the worst of theirs.
pub(super) static TOPICS: &[Topic] = &[
    Topic {
        name: "message types",
        asks: messages::asks,
        answer: messages::answer,
        behaviour: "each type, or an equivalent one, is built in a reachable step and tested for in a reachable step; \
                    an election timeout or a client's request may be a step without a message",
        declared: "listed in a set of types, sent without a handler, handled without a sender",
    },
    Topic {
        name: "states",
        asks: states::asks,
        answer: states::answer,
        behaviour: "Init or a reachable step gives the value to the state variable",
        declared: "named, but no reachable step takes the state",
    },
    Topic {
        name: "moves between states",
        asks: moves::asks,
        answer: moves::answer,
        behaviour: "for each arrow a reachable step that leads from the one state to the other; guards of callers count",
        declared: "",
    },
    Topic {
        name: "prevote",
        asks: |words, _| prevote::asks(words),
        answer: prevote::answer,
        behaviour: "a reachable step makes a precandidate, another makes it a candidate, prevote requests are sent",
        declared: "the state is named only",
    },
    Topic {
        name: "log append",
        asks: |words, _| log::asks_append(words),
        answer: log::append,
        behaviour: "a reachable step writes the log with `Append` or `\\o`",
        declared: "",
    },
    Topic {
        name: "log consistency",
        asks: |words, _| log::asks_consistency(words),
        answer: log::consistency,
        behaviour: "a reachable step compares the term of the previous entry with that of the message",
        declared: "only the previous index is tested",
    },
    Topic {
        name: "commitment by majority",
        asks: |words, _| log::asks_commit(words),
        answer: log::commit,
        behaviour: "a reachable step raises the commit index under a test for a majority",
        declared: "",
    },
    Topic {
        name: "election by majority",
        asks: |words, _| majority::asks(words),
        answer: majority::answer,
        behaviour: "a reachable step makes a leader under a test for a majority",
        declared: "",
    },
    Topic {
        name: "election timeout",
        asks: |words, _| timers::asks_timeouts(words),
        answer: timers::timeouts,
        behaviour: "a reachable step makes a follower or candidate campaign, or a Hup message is sent and handled",
        declared: "",
    },
    Topic {
        name: "heartbeats",
        asks: |words, _| timers::asks_heartbeats(words),
        answer: timers::heartbeats,
        behaviour: "a leader's step sends heartbeats, or AppendEntries that need no new entry; who receives them resets \
                    what the timeout reads",
        declared: "named, but no reachable step sends them; without a timer the reset is not checked",
    },
    Topic {
        name: "client requests",
        asks: |words, _| clients::asks(words),
        answer: clients::answer,
        behaviour: "a leader's step appends an entry of its own, other than on election",
        declared: "no guard says that a leader does it; handled without a sender",
    },
    Topic {
        name: "term advancement",
        asks: |words, _| terms::asks_advance(words),
        answer: terms::advance,
        behaviour: "a reachable step compares a message's term with the node's own and takes it over",
        declared: "taken over without a comparison",
    },
    Topic {
        name: "one vote per term",
        asks: |words, _| terms::asks_vote(words),
        answer: terms::one_vote,
        behaviour: "a step that sets the vote for another node also tests it",
        declared: "set without a test",
    },
    Topic {
        name: "votes for current terms",
        asks: |words, _| terms::asks_current(words),
        answer: terms::current,
        behaviour: "a step that grants a vote also compares the term with the node's own",
        declared: "",
    },
    Topic {
        name: "messages by state",
        asks: |words, _| by_state::asks(words),
        answer: by_state::answer,
        behaviour: "at least two types are handled under a test of the state",
        declared: "one type alone",
    },
    Topic {
        name: "message delay and loss",
        asks: |words, _| network::asks(words),
        answer: network::answer,
        behaviour: "a message waits in a set, bag or queue; a reachable step takes one away with all else unchanged",
        declared: "loss that is only implicit is an equivalent",
    },
    Topic {
        name: "locks",
        asks: locks::asks,
        answer: locks::answer,
        behaviour: "a reachable step for each operation that is named: acquire, try-acquire, release, read, write, \
                    upgrade, exchange, wait",
        declared: "defined, but not reached from Next",
    },
    Topic {
        name: "whole system",
        asks: |words, clause| clause.kind != ClauseKind::Exclusion && whole::asks(words),
        answer: whole::answer,
        behaviour: "election by majority, appended and committed entries, client requests; a lock that is taken and \
                    released",
        declared: "",
    },
    Topic {
        name: "Next as a disjunction",
        asks: |words, clause| clause.kind == ClauseKind::Output && words.all(&["next", "disjunct"]),
        answer: next::answer,
        behaviour: "Next is a disjunction of actions",
        declared: "",
    },
];

/// The topics that a demand speaks of.
pub(super) fn of(words: &Words, clause: &Clause) -> Vec<&'static Topic> {
    TOPICS.iter().filter(|topic| (topic.asks)(words, clause)).collect()
}

pub(super) fn answer(view: &View<'_, '_>) -> Answer {
    let topics = &view.asked.topics;
    if topics.is_empty() {
        return match view.clause.kind {
            ClauseKind::Action | ClauseKind::Scope | ClauseKind::Naming | ClauseKind::Modeling => generic::answer(view),
            _ => Answer::not_checked("no topic knows it; the text of a module can't decide it"),
        };
    }
    combined(view, topics.iter().map(|topic| (topic.answer)(view)).collect())
}
