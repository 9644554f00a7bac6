//! Every topic at every level: met in each representation, met by an equivalent, only declared, hidden in dead code,
//! missing. One protocol is changed a little for each row; a row fails when the change makes no difference.

use std::collections::BTreeSet;

use super::{module, prompt, raft, verdicts};
use crate::evidence::topics::TOPICS;

const ACTIONS: &str = "MANDATORY CORE ACTIONS (must include all):";
const SCOPE: &str = "REQUIRED BEHAVIORAL SCOPE:";
const OUTPUT: &str = "CRITICAL OUTPUT REQUIREMENTS:";

/// The changes to the protocol, and the verdict on the bullet.
type Row = (&'static [(&'static str, &'static str)], &'static str);

/// A topic with a bullet that asks for it.
struct Levels {
    topics: &'static [&'static str],
    heading: &'static str,
    bullet: &'static str,
    rows: &'static [Row],
}

const NO_EXPIRE: (&str, &str) = ("Expire(n) \\/ ", "");
const NO_WIN: (&str, &str) = ("Win(n) \\/ ", "");
const NO_PROPOSE: (&str, &str) = ("Propose(n) \\/ ", "");
const NO_REPLICATE: (&str, &str) = ("Replicate(n) \\/ ", "");
const NO_COMMIT: (&str, &str) = ("Commit(n) \\/ ", "");
const NO_GRANT: (&str, &str) = ("Grant(n, m) \\/ ", "");
const NO_TAKE: (&str, &str) = (" \\/ Take(n, m)", "");
const DEAD_GRANT: (&str, &str) = ("Grant(n, m) == /\\", "Grant(n, m) == /\\ \"on\" = \"off\"\n               /\\");
const DEAD_TAKE: (&str, &str) = ("Take(n, m) == /\\", "Take(n, m) == /\\ FALSE\n              /\\");
const DEAD_WIN: (&str, &str) = ("Win(n) == /\\", "Win(n) == /\\ FALSE\n          /\\");
const DEAD_PROPOSE: (&str, &str) = ("Propose(n) == /\\", "Propose(n) == /\\ FALSE\n              /\\");
const DEAD_REPLICATE: (&str, &str) = ("Replicate(n) == /\\", "Replicate(n) == /\\ FALSE\n                /\\");
const DEAD_COMMIT: (&str, &str) = ("Commit(n) == /\\", "Commit(n) == /\\ FALSE\n             /\\");
const GRANT_GUARD: &str = "m.term > epoch[n] \\/ (m.term = epoch[n] /\\ choice[n] \\in {Nil, m.from})";
const PREVIOUS: &str = "m.prevIndex = 0 \\/ entries[n][m.prevIndex].term = m.prevTerm";
const COMMITTED: &str = "Cardinality({k \\in Node : Len(entries[k]) > done[n]}) > Cardinality(Node) \\div 2";
const ELECTED: &str = "Cardinality({m \\in net : m.type = \"VoteGranted\" /\\ m.to = n}) * 2 > Cardinality(Node)";
const PRECANDIDATE: (&str, &str) = (
    "             /\\ role' = [role EXCEPT ![n] = \"candidate\"]",
    "             /\\ role' = [role EXCEPT ![n] = \"precandidate\"]",
);
const RUN: (&str, &str) = (
    "Win(n) ==",
    "Run(n) == /\\ role[n] = \"precandidate\" /\\ role' = [role EXCEPT ![n] = \"candidate\"]
          /\\ net' = net \\cup {[type |-> \"PreVote\", from |-> n]}
          /\\ UNCHANGED <<epoch, choice, entries, done, clock>>\nWin(n) ==",
);
const NEXT_RUNS: (&str, &str) = ("Expire(n) \\/ ", "Expire(n) \\/ Run(n) \\/ ");

const LEVELS: &[Levels] = &[
    Levels {
        topics: &["message types"],
        heading: ACTIONS,
        bullet: "1. 【Message Types】RequestVote (voting)",
        rows: &[
            (&[], "met"),
            (&[("\"RequestVote\"", "RequestVote"), ("Init ==", "RequestVote == \"rvq\"\nInit ==")], "met"),
            (&[("\"RequestVote\"", "RequestVote"), ("Init ==", "CONSTANT RequestVote\nInit ==")], "met"),
            (&[("type |->", "mtype |->"), ("m.type", "m.mtype")], "met"),
            (&[("m.type", "m[\"type\"]")], "met"),
            (
                &[
                    ("[type |-> \"RequestVote\", from |-> n, term |-> epoch[n] + 1]", "Ask(n)"),
                    ("Init ==", "Ask(n) == [type |-> \"RequestVote\", from |-> n, term |-> epoch[n] + 1]\nInit =="),
                ],
                "met",
            ),
            (&[("\"RequestVote\"", "\"rvq\"")], "equivalent"),
            (&[("\"RequestVote\"", "\"MsgVote\"")], "equivalent"),
            (&[NO_GRANT], "declared"),
            (&[DEAD_GRANT], "declared"),
            (&[NO_EXPIRE, NO_GRANT, ("Init ==", "Types == {\"RequestVote\"}\nInit ==")], "declared"),
            (&[("\"RequestVote\"", "\"Ping\"")], "missing"),
        ],
    },
    Levels {
        topics: &["states"],
        heading: ACTIONS,
        bullet: "1. 【Node States】Three states: StateFollower, StateCandidate, StateLeader",
        rows: &[
            (&[], "met"),
            (
                &[
                    ("\"follower\"", "F"),
                    ("\"candidate\"", "StateCandidate"),
                    ("\"leader\"", "LEADER"),
                    ("Init ==", "CONSTANTS LEADER, StateCandidate\nF == \"Follower\"\nInit =="),
                ],
                "met",
            ),
            (&[NO_WIN], "declared"),
            (&[DEAD_WIN], "declared"),
            (&[("\"candidate\"", "\"waiting\"")], "missing"),
        ],
    },
    Levels {
        topics: &["moves between states"],
        heading: SCOPE,
        bullet: "- State transition constraints: Follower → Candidate → Leader (strict transitions)",
        rows: &[
            (&[], "met"),
            (&[("role[n] # \"leader\"", "role[n] \\in {\"follower\", \"candidate\"}")], "met"),
            (
                &[
                    ("/\\ role[n] = \"candidate\"", "/\\ Runs(n)"),
                    ("Init ==", "Runs(n) == role[n] = \"candidate\"\nInit =="),
                ],
                "met",
            ),
            (&[NO_WIN], "missing"),
            (&[DEAD_WIN], "missing"),
            (&[("Win(n) == /\\ role[n] = \"candidate\"", "Win(n) == /\\ role[n] = \"follower\"")], "violated"),
        ],
    },
    Levels {
        topics: &["prevote"],
        heading: SCOPE,
        bullet: "- Prevote phase (StatePreCandidate) must be modeled",
        rows: &[
            (&[PRECANDIDATE, RUN, NEXT_RUNS], "met"),
            (&[PRECANDIDATE, RUN, NEXT_RUNS, ("\"PreVote\"", "\"RequestVote\"")], "equivalent"),
            (&[("Init ==", "Roles == {\"precandidate\"}\nInit ==")], "declared"),
            (&[RUN], "declared"),
            (&[PRECANDIDATE, RUN], "missing"),
            (&[], "missing"),
        ],
    },
    Levels {
        topics: &["log append"],
        heading: ACTIONS,
        bullet: "1. 【Log Operations】Log entry appending",
        rows: &[
            (&[], "met"),
            (&[("Append(@, [term |-> epoch[n]])", "@ \\o <<[term |-> epoch[n]]>>"), NO_TAKE], "met"),
            (&[NO_PROPOSE, NO_TAKE], "missing"),
            (&[DEAD_PROPOSE, DEAD_TAKE], "missing"),
        ],
    },
    Levels {
        topics: &["log consistency"],
        heading: SCOPE,
        bullet: "- Log consistency checks: prevLogIndex/prevLogTerm validation",
        rows: &[
            (&[], "met"),
            (
                &[
                    (PREVIOUS, "TermAt(n, m.prevIndex) = m.prevTerm"),
                    ("Init ==", "TermAt(n, i) == IF i = 0 THEN 0 ELSE entries[n][i].term\nInit =="),
                ],
                "met",
            ),
            (&[(PREVIOUS, "LET fits == entries[n][m.prevIndex][1] = m.prevTerm IN fits")], "met"),
            (&[(PREVIOUS, "m.prevIndex <= Len(entries[n])")], "declared"),
            (&[DEAD_TAKE], "missing"),
            (&[(PREVIOUS, "TRUE")], "missing"),
        ],
    },
    Levels {
        topics: &["commitment by majority"],
        heading: ACTIONS,
        bullet: "1. 【Log Operations】Commitment with majority quorum",
        rows: &[
            (&[], "met"),
            (&[(COMMITTED, "Cardinality({k \\in Node : Len(entries[k]) > done[n]}) * 2 > Cardinality(Node)")], "met"),
            (
                &[
                    (COMMITTED, "{k \\in Node : Len(entries[k]) > done[n]} \\in Quorum"),
                    ("Init ==", "Quorum == {q \\in SUBSET Node : Cardinality(q) * 2 > Cardinality(Node)}\nInit =="),
                ],
                "met",
            ),
            (
                &[
                    (COMMITTED, "IsQuorum({k \\in Node : Len(entries[k]) > done[n]})"),
                    ("Init ==", "IsQuorum(S) == Cardinality(S) * 2 > Cardinality(Node)\nInit =="),
                ],
                "met",
            ),
            (
                &[
                    (COMMITTED, "Cardinality({k \\in Node : Len(entries[k]) > done[n]}) >= QuorumSize"),
                    ("Init ==", "CONSTANT QuorumSize\nInit =="),
                ],
                "met",
            ),
            (
                &[
                    (COMMITTED, "\\E q \\in Quorums : \\A k \\in q : Len(entries[k]) > done[n]"),
                    ("Init ==", "CONSTANT Quorums\nInit =="),
                ],
                "met",
            ),
            (&[NO_COMMIT], "missing"),
            (&[DEAD_COMMIT], "missing"),
            (&[(COMMITTED, "TRUE")], "missing"),
        ],
    },
    Levels {
        topics: &["election by majority"],
        heading: SCOPE,
        bullet: "- Majority-based leader election",
        rows: &[
            (&[], "met"),
            (
                &[
                    (ELECTED, "IsMajority({m.from : m \\in {r \\in net : r.type = \"VoteGranted\"}})"),
                    ("Init ==", "IsMajority(S) == Cardinality(S) > Cardinality(Node) \\div 2\nInit =="),
                ],
                "met",
            ),
            (&[NO_WIN], "missing"),
            (&[DEAD_WIN], "missing"),
            (&[(ELECTED, "TRUE")], "missing"),
        ],
    },
    Levels {
        topics: &["election timeout"],
        heading: ACTIONS,
        bullet: "1. 【Timeouts】Election timeouts triggering campaigns",
        rows: &[
            (&[], "met"),
            (
                &[(
                    "Expire(n) == /\\ clock[n] > 3",
                    "Expire(n) == /\\ LET m == [type |-> \"Hup\"] IN m.type = \"Hup\"",
                )],
                "met",
            ),
            (&[NO_EXPIRE], "missing"),
            (&[("Expire(n) == /\\", "Expire(n) == /\\ FALSE\n             /\\")], "missing"),
        ],
    },
    Levels {
        topics: &["heartbeats"],
        heading: SCOPE,
        bullet: "- Heartbeat mechanism: leaders send heartbeats, followers reset election timeout on receipt",
        rows: &[
            (&[], "met"),
            (&[("\"AppendEntries\"", "\"Heartbeat\"")], "met"),
            (
                &[
                    ("Replicate(n) == /\\ role[n] = \"leader\"", "Replicate(n) == /\\ TRUE"),
                    ("\"AppendEntries\"", "\"Heartbeat\""),
                ],
                "equivalent",
            ),
            (&[NO_REPLICATE, ("Init ==", "Types == {\"Heartbeat\"}\nInit ==")], "declared"),
            (&[DEAD_REPLICATE], "missing"),
            (&[NO_REPLICATE], "missing"),
            (
                &[(
                    "/\\ clock' = [clock EXCEPT ![n] = 0]\n              /\\ net' = net \\ {m}",
                    "/\\ clock' = clock\n              /\\ net' = net \\ {m}",
                )],
                "missing",
            ),
            (&[("/\\ clock[n] > 3\n", "/\\ TRUE\n")], "not-checked"),
        ],
    },
    Levels {
        topics: &["client requests"],
        heading: ACTIONS,
        bullet: "1. 【Client Proposals】MsgProp message handling and log entry creation by leaders",
        rows: &[
            (
                &[
                    (
                        "Propose(n) == /\\ role[n] = \"leader\"",
                        "Propose(n) == /\\ role[n] = \"leader\" /\\ \\E m \\in net : m.type = \"MsgProp\"",
                    ),
                    ("{[type |-> \"RequestVote\"", "{[type |-> \"MsgProp\"], [type |-> \"RequestVote\""),
                ],
                "met",
            ),
            (&[], "equivalent"),
            (
                &[(
                    "Propose(n) == /\\ role[n] = \"leader\"",
                    "Propose(n) == /\\ \\E m \\in net : m.type = \"MsgProp\" /\\ role[n] = \"leader\"",
                )],
                "declared",
            ),
            (&[("Propose(n) == /\\ role[n] = \"leader\"", "Propose(n) == /\\ TRUE")], "declared"),
            (&[DEAD_PROPOSE], "missing"),
            (&[NO_PROPOSE], "missing"),
        ],
    },
    Levels {
        topics: &["term advancement"],
        heading: SCOPE,
        bullet: "- Term advancement rules: nodes advance term when receiving messages with higher term",
        rows: &[
            (&[], "met"),
            (
                &[
                    (GRANT_GUARD, "choice[n] = Nil"),
                    ("[epoch EXCEPT ![n] = m.term]", "[epoch EXCEPT ![n] = IF m.term > @ THEN m.term ELSE @]"),
                ],
                "met",
            ),
            (
                &[
                    (GRANT_GUARD, "\\E k \\in Node : epoch[k] > epoch[n]"),
                    (
                        "[epoch EXCEPT ![n] = m.term]",
                        "[epoch EXCEPT ![n] = epoch[CHOOSE k \\in Node : epoch[k] > epoch[n]]]",
                    ),
                ],
                "equivalent",
            ),
            (&[(GRANT_GUARD, "choice[n] = Nil")], "declared"),
            (&[DEAD_GRANT], "missing"),
            (&[NO_GRANT], "missing"),
        ],
    },
    Levels {
        topics: &["one vote per term"],
        heading: SCOPE,
        bullet: "- Nodes vote once per term",
        rows: &[
            (&[], "met"),
            (
                &[
                    (GRANT_GUARD, "CanVote(n, m)"),
                    ("Init ==", "CanVote(n, m) == choice[n] = Nil \\/ choice[n] = m.from\nInit =="),
                ],
                "met",
            ),
            (
                &[
                    (GRANT_GUARD, "TRUE"),
                    ("[choice EXCEPT ![n] = m.from]", "[choice EXCEPT ![n] = IF @ = Nil THEN m.from ELSE @]"),
                ],
                "met",
            ),
            (&[(GRANT_GUARD, "m.term >= epoch[n]")], "declared"),
            (&[DEAD_GRANT], "missing"),
            (&[NO_GRANT], "missing"),
        ],
    },
    Levels {
        topics: &["votes for current terms"],
        heading: SCOPE,
        bullet: "- A vote is for a term that is current or newer",
        rows: &[
            (&[], "met"),
            (&[(GRANT_GUARD, "choice[n] = Nil")], "missing"),
            (&[DEAD_GRANT], "missing"),
            (&[NO_GRANT], "missing"),
        ],
    },
    Levels {
        topics: &["messages by state"],
        heading: SCOPE,
        bullet: "- Message processing by state: only valid message types handled in each node state",
        rows: &[
            (&[("Take(n, m) == /\\", "Take(n, m) == /\\ role[n] # \"leader\"\n              /\\")], "met"),
            (
                &[(
                    "/\\ entries' = [entries EXCEPT ![n] = SubSeq",
                    "/\\ entries' = [entries EXCEPT ![n] = IF role[n] = \"leader\" THEN @ ELSE SubSeq",
                )],
                "met",
            ),
            (&[], "declared"),
            (&[DEAD_WIN], "missing"),
            (&[("/\\ role[n] = \"candidate\"", "/\\ TRUE")], "missing"),
        ],
    },
    Levels {
        topics: &["message delay and loss"],
        heading: SCOPE,
        bullet: "- Basic network message delays and losses",
        rows: &[
            (&[], "met"),
            (
                &[("\\E m \\in net : net' = net \\ {m}", "\\E m \\in BagToSet(net) : net' = net (-) SetToBag({m})")],
                "met",
            ),
            (
                &[(
                    "\\E m \\in net : net' = net \\ {m}",
                    "\\E kept \\in SUBSET net : net' = {m \\in net : m \\in kept}",
                )],
                "met",
            ),
            (&[("        \\/ Lose", "")], "equivalent"),
            (&[("Lose == /\\", "Lose == /\\ FALSE\n        /\\")], "equivalent"),
            (
                &[(
                    "\\E m \\in net : net' = net \\ {m}",
                    "\\E m \\in net : m.type = \"AppendEntries\" /\\ net' = net \\ {m}",
                )],
                "equivalent",
            ),
        ],
    },
    Levels {
        topics: &["whole system", "client requests"],
        heading: ACTIONS,
        bullet: "1. 【Whole】Cover both leader election and log replication in full",
        rows: &[(&[], "met"), (&[NO_COMMIT], "missing"), (&[DEAD_WIN], "missing"), (&[NO_PROPOSE], "missing")],
    },
    Levels {
        topics: &["Next as a disjunction"],
        heading: OUTPUT,
        bullet: "1. Next must be a disjunction of all actions",
        rows: &[
            (&[], "met"),
            (
                &[
                    ("Next == \\/ \\E n \\in Node : Expire(n) \\/", "Next == /\\ \\E n \\in Node : Expire(n) \\/"),
                    ("        \\/ \\E n \\in Node, m", "        /\\ \\E n \\in Node, m"),
                    ("        \\/ Lose", ""),
                ],
                "missing",
            ),
        ],
    },
];

fn word(heading: &str, bullet: &str, text: &str) -> String {
    let told = verdicts(&prompt(heading, bullet), text, None);
    told.split(':').next().unwrap_or_default().to_owned()
}

#[test]
fn every_topic_tells_its_levels_apart() {
    let mut wrong = Vec::new();
    for levels in LEVELS {
        for (changes, expected) in levels.rows {
            let text = raft(changes);
            let told = verdicts(&prompt(levels.heading, levels.bullet), &text, None);
            if told.split(':').next() != Some(*expected) {
                wrong.push(format!("{} with {changes:?}\n  wanted {expected}\n  told   {told}", levels.topics[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_topic_has_its_levels_here() {
    let known: BTreeSet<&str> = TOPICS.iter().map(|topic| topic.name).collect();
    let mut shown: BTreeSet<&str> = LEVELS.iter().flat_map(|levels| levels.topics).copied().collect();
    // Locks have modules of their own, below.
    shown.insert("locks");
    assert_eq!(known, shown);
}

#[test]
fn a_lock_is_taken_by_any_test_and_set() {
    let lock = |take: &str, next: &str| {
        module(
            "held, pc",
            &format!(
                "Init == held = FALSE /\\ pc = [t \\in Node |-> \"idle\"]\n{take}\nLeave(t) == pc[t] = \"in\" /\\ held' = FALSE /\\ pc' = [pc EXCEPT ![t] = \"idle\"]\nNext == \\E t \\in Node : {next}"
            ),
        )
    };
    let bullet = "1. 【Lock Operations】lock() takes the lock and unlock() releases it";
    let take = "Enter(t) == pc[t] = \"idle\" /\\ ~held /\\ held' = TRUE /\\ pc' = [pc EXCEPT ![t] = \"in\"]";
    let conditional = "Enter(t) == /\\ pc[t] = \"idle\" /\\ held' = TRUE\n            /\\ pc' = [pc EXCEPT ![t] = IF held THEN \"spinning\" ELSE \"in\"]";
    assert_eq!(word(ACTIONS, bullet, &lock(take, "Enter(t) \\/ Leave(t)")), "met");
    assert_eq!(word(ACTIONS, bullet, &lock(conditional, "Enter(t) \\/ Leave(t)")), "met");
    assert_eq!(word(ACTIONS, bullet, &lock(take, "Enter(t)")), "declared");
    assert_eq!(word(ACTIONS, bullet, &lock("Enter(t) == pc' = pc /\\ UNCHANGED held", "Enter(t)")), "missing");
}
