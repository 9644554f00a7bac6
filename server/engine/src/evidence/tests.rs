//! Topics held against small modules: met, met by an equivalent, only declared, hidden in dead code, missing.

mod levels;
mod meant;

use expect_test::{Expect, expect};

use crate::{
    Document, NoModules, Setting,
    config::Config,
    prompt::{Prompt, draft::Draft},
};

/// A bullet of a section, with its heading.
fn prompt(heading: &str, bullet: &str) -> Prompt {
    Prompt::parse(&format!("{heading}\n{bullet}\n"))
}

fn verdicts(prompt: &Prompt, module: &str, draft: Option<&Draft>) -> String {
    let config = Config::default();
    let setting =
        Setting { contract: Some(prompt.contract()), config: &config, file_stem: None, draft, modules: &NoModules };
    let judgement = crate::judge(&Document::from(module), setting);
    let shown = judgement.verdicts.iter().map(|verdict| format!("{}: {}", verdict.verdict.word(), verdict.note));
    shown.collect::<Vec<_>>().join("\n")
}

/// Holds one bullet of a mandatory section against a module.
fn check(bullet: &str, module: &str, expected: Expect) {
    let prompt = prompt("MANDATORY CORE ACTIONS (must include all):", &format!("1. {bullet}"));
    expected.assert_eq(&verdicts(&prompt, module, None));
}

/// Holds one bullet of the required scope against a module.
fn check_scope(bullet: &str, module: &str, expected: Expect) {
    let prompt = prompt("REQUIRED BEHAVIORAL SCOPE:", &format!("- {bullet}"));
    expected.assert_eq(&verdicts(&prompt, module, None));
}

/// Holds one excluded bullet against a module.
fn check_excluded(bullet: &str, module: &str, expected: Expect) {
    let prompt = prompt("EXPLICITLY EXCLUDED (do not model):", &format!("- {bullet}"));
    expected.assert_eq(&verdicts(&prompt, module, None));
}

/// A module of these variables and definitions.
fn module(variables: &str, body: &str) -> String {
    format!(
        "---- MODULE M ----\nEXTENDS Naturals, Sequences, FiniteSets\nCONSTANTS Node, Nil\nVARIABLES {variables}\nvars == <<{variables}>>\n{body}\nSpec == Init /\\ [][Next]_vars\n====\n"
    )
}

const POLL: &str = "【Message Types】MsgVote/MsgVoteResp (voting)";

#[test]
fn a_type_is_met_where_it_is_sent_and_handled_in_every_spelling() {
    let body = |kind: &str, alias: &str| {
        module(
            "net",
            &format!(
                r#"{alias}
Init == net = {{}}
Ask(n) == net' = net \cup {{[{kind} |-> Vote, from |-> n]}}
Answer(m) == /\ m.{kind} = Vote
             /\ net' = (net \ {{m}}) \cup {{[{kind} |-> VoteResp, to |-> m.from]}}
Count(m) == m["{kind}"] = VoteResp /\ net' = net \ {{m}}
Next == \/ \E n \in Node : Ask(n)
        \/ \E m \in net : Answer(m) \/ Count(m)"#
            ),
        )
    };
    check(
        POLL,
        &body("type", "Vote == \"MsgVote\"\nVoteResp == \"MsgVoteResp\""),
        expect![[
            r#"met: MsgVote sent by `Ask`, line 9, handled by `Answer`, line 10; MsgVoteResp sent by `Answer`, line 11, handled by `Count`, line 12"#
        ]],
    );
    check(
        POLL,
        &body("mtype", "Vote == \"RequestVote\"\nVoteResp == \"RequestVoteReply\""),
        expect![[
            r#"met: MsgVote sent by `Ask`, line 9, handled by `Answer`, line 10; MsgVoteResp sent by `Answer`, line 11, handled by `Count`, line 12"#
        ]],
    );
    check(
        POLL,
        &body("kind", "CONSTANTS Vote, VoteResp"),
        expect![[
            r#"met: MsgVote sent by `Ask`, line 8, handled by `Answer`, line 9; MsgVoteResp sent by `Answer`, line 10, handled by `Count`, line 11"#
        ]],
    );
}

#[test]
fn a_type_by_a_helper_and_by_except_is_found() {
    check(
        POLL,
        &module(
            "net",
            r#"Msg(kind, n) == [type |-> kind, from |-> n]
Send(m) == net' = net \cup {m}
Init == net = {}
Ask(n) == Send(Msg("vote", n))
Handle == \E m \in net :
    CASE m.type = "vote" -> Send([m EXCEPT !.type = "vote_resp"])
      [] m.type = "vote_resp" -> net' = net \ {m}
Next == (\E n \in Node : Ask(n)) \/ Handle"#,
        ),
        expect![[
            r#"met: MsgVote sent by `Ask` through `Msg`, line 6, handled by `Handle`, line 11; MsgVoteResp sent by `Handle`, line 11, handled by `Handle`, line 12"#
        ]],
    );
}

#[test]
fn a_type_that_is_listed_or_handled_only_is_declared() {
    check(
        POLL,
        &module(
            "net",
            r#"Types == {"MsgVote", "MsgVoteResp"}
Init == net = {}
Ask(n) == net' = net \cup {[type |-> "MsgOther", from |-> n]}
Next == \E n \in Node : Ask(n)"#,
        ),
        expect![[
            r#"declared: MsgVote and MsgVoteResp (listed in `Types`, line 6, but sent and handled by no reachable step)"#
        ]],
    );
    check(
        "【Message Types】MsgVote (voting)",
        &module(
            "net, x",
            r#"Init == net = {} /\ x = 0
Answer(m) == m.type = "MsgVote" /\ x' = 1 /\ net' = net \ {m}
Next == \E m \in net : Answer(m)"#,
        ),
        expect![[r#"declared: MsgVote (handled by `Answer`, line 7, but nothing sends it)"#]],
    );
}

#[test]
fn a_branch_that_no_call_selects_is_dead() {
    let text = |call: &str| {
        module(
            "state, net",
            &format!(
                r#"Init == state = [n \in Node |-> "Follower"] /\ net = {{}}
Campaign(n, how) ==
    \/ /\ how = "pre"
       /\ state' = [state EXCEPT ![n] = "PreCandidate"]
       /\ net' = net
    \/ /\ how = "full"
       /\ state[n] = "Follower"
       /\ state' = [state EXCEPT ![n] = "Candidate"]
       /\ net' = net
Win(n) == /\ state[n] \in {{"Candidate", "PreCandidate"}}
          /\ state' = [state EXCEPT ![n] = IF state[n] = "Candidate" THEN "Leader" ELSE "Candidate"]
          /\ UNCHANGED net
Next == \E n \in Node : {call} \/ Win(n)"#
            ),
        )
    };
    let bullet = "【Node States】Four states: StateFollower, StateCandidate, StateLeader, StatePreCandidate";
    check(
        bullet,
        &text("Campaign(n, \"full\")"),
        expect![[
            r#"declared: StatePreCandidate (named in `Campaign`, line 9, but no reachable step takes this state); met: StateFollower, which Init gives as `Follower`; StateCandidate as `Candidate` by `Campaign`, line 13; StateLeader as `Leader` by `Win`, line 16"#
        ]],
    );
    check(
        bullet,
        &text("Campaign(n, \"pre\")"),
        expect![[
            r#"met: StateFollower, which Init gives as `Follower`; StateCandidate as `Candidate` by `Win`, line 16; StateLeader as `Leader` by `Win`, line 16; StatePreCandidate as `PreCandidate` by `Campaign`, line 9"#
        ]],
    );
    check(
        "【Leader Election】PreCandidate → Candidate → Leader transitions",
        &text("Campaign(n, \"pre\")"),
        expect![[r#"met: PreCandidate → Candidate by `Win`, line 16; Candidate → Leader by `Win`, line 16"#]],
    );
    check_scope(
        "State transition constraints: Follower → Candidate → Leader (strict transitions)",
        &module(
            "state",
            r#"Init == state = [n \in Node |-> "Follower"]
Run(n) == state[n] = "Follower" /\ state' = [state EXCEPT ![n] = "Candidate"]
Win(n) == state[n] = "Candidate" /\ state' = [state EXCEPT ![n] = "Leader"]
Seize(n) == state[n] = "Follower" /\ state' = [state EXCEPT ![n] = "Leader"]
Next == \E n \in Node : Run(n) \/ Win(n) \/ Seize(n)"#,
        ),
        expect![[r#"violated: Follower → Leader by `Seize`, line 9, a step that the chain leaves out"#]],
    );
}

#[test]
fn states_in_a_record_and_as_model_values_are_found() {
    check(
        "【Node States】Three states: StateFollower, StateCandidate, StateLeader",
        &module(
            "servers",
            r#"CONSTANTS LEADER, CANDIDATE, FOLLOWER
Init == servers = [n \in Node |-> [role |-> FOLLOWER, term |-> 0]]
Run(n) == servers[n].role = FOLLOWER /\ servers' = [servers EXCEPT ![n].role = CANDIDATE, ![n].term = @ + 1]
Win(n) == LET me == servers[n] IN
    me.role = CANDIDATE /\ servers' = [servers EXCEPT ![n] = [me EXCEPT !.role = LEADER]]
Next == \E n \in Node : Run(n) \/ Win(n)"#,
        ),
        expect![[
            r#"met: StateFollower, which Init gives as `FOLLOWER`; StateCandidate as `CANDIDATE` by `Run`, line 8; StateLeader as `LEADER` by `Win`, line 10"#
        ]],
    );
}

const RAFT: &str = r#"Init == /\ role = [n \in Node |-> "follower"] /\ epoch = [n \in Node |-> 0]
        /\ choice = [n \in Node |-> Nil] /\ entries = [n \in Node |-> <<>>]
        /\ done = [n \in Node |-> 0] /\ clock = [n \in Node |-> 0] /\ net = {}
Expire(n) == /\ clock[n] > 3
             /\ role[n] # "leader"
             /\ role' = [role EXCEPT ![n] = "candidate"]
             /\ epoch' = [epoch EXCEPT ![n] = @ + 1]
             /\ choice' = [choice EXCEPT ![n] = n]
             /\ clock' = [clock EXCEPT ![n] = 0]
             /\ net' = net \cup {[type |-> "RequestVote", from |-> n, term |-> epoch[n] + 1]}
             /\ UNCHANGED <<entries, done>>
Grant(n, m) == /\ m.type = "RequestVote"
               /\ m.term > epoch[n] \/ (m.term = epoch[n] /\ choice[n] \in {Nil, m.from})
               /\ epoch' = [epoch EXCEPT ![n] = m.term]
               /\ choice' = [choice EXCEPT ![n] = m.from]
               /\ role' = [role EXCEPT ![n] = "follower"]
               /\ net' = (net \ {m}) \cup {[type |-> "VoteGranted", from |-> n, to |-> m.from]}
               /\ UNCHANGED <<entries, done, clock>>
Win(n) == /\ role[n] = "candidate"
          /\ Cardinality({m \in net : m.type = "VoteGranted" /\ m.to = n}) * 2 > Cardinality(Node)
          /\ role' = [role EXCEPT ![n] = "leader"]
          /\ UNCHANGED <<epoch, choice, entries, done, clock, net>>
Propose(n) == /\ role[n] = "leader"
              /\ entries' = [entries EXCEPT ![n] = Append(@, [term |-> epoch[n]])]
              /\ UNCHANGED <<role, epoch, choice, done, clock, net>>
Replicate(n) == /\ role[n] = "leader"
                /\ net' = net \cup {[type |-> "AppendEntries", term |-> epoch[n], entries |-> entries[n],
                                     prevTerm |-> 0, prevIndex |-> 0]}
                /\ UNCHANGED <<role, epoch, choice, entries, done, clock>>
Take(n, m) == /\ m.type = "AppendEntries"
              /\ m.prevIndex = 0 \/ entries[n][m.prevIndex].term = m.prevTerm
              /\ entries' = [entries EXCEPT ![n] = SubSeq(@, 1, m.prevIndex) \o m.entries]
              /\ clock' = [clock EXCEPT ![n] = 0]
              /\ net' = net \ {m}
              /\ UNCHANGED <<role, epoch, choice, done>>
Commit(n) == /\ role[n] = "leader"
             /\ \E i \in 1..Len(entries[n]) : done' = [done EXCEPT ![n] = i]
             /\ Cardinality({k \in Node : Len(entries[k]) > done[n]}) > Cardinality(Node) \div 2
             /\ UNCHANGED <<role, epoch, choice, entries, clock, net>>
Tick(n) == /\ clock' = [clock EXCEPT ![n] = @ + 1]
           /\ UNCHANGED <<role, epoch, choice, entries, done, net>>
Lose == /\ \E m \in net : net' = net \ {m}
        /\ UNCHANGED <<role, epoch, choice, entries, done, clock>>
Next == \/ \E n \in Node : Expire(n) \/ Win(n) \/ Propose(n) \/ Replicate(n) \/ Commit(n) \/ Tick(n)
        \/ \E n \in Node, m \in net : Grant(n, m) \/ Take(n, m)
        \/ Lose"#;

/// The same protocol with parts taken out or put otherwise.
fn raft(changes: &[(&str, &str)]) -> String {
    let mut body = RAFT.to_owned();
    for (from, to) in changes {
        assert!(body.contains(from), "{from}");
        body = body.replace(from, to);
    }
    module("role, epoch, choice, entries, done, clock, net", &body)
}

#[test]
fn parts_of_a_protocol_are_found_by_what_the_actions_do() {
    check_scope(
        "Term advancement and voting restrictions (one vote per term)",
        &raft(&[]),
        expect![[
            r#"met: a higher term taken over by `Grant`, line 19; one vote per term: `choice` tested and set by `Grant`, line 20"#
        ]],
    );
    check_scope(
        "Majority-based leader election",
        &raft(&[]),
        expect![[r#"met: election by majority by `Win`, line 26"#]],
    );
    check_scope(
        "Majority-based leader election",
        &raft(&[(
            "          /\\ Cardinality({m \\in net : m.type = \"VoteGranted\" /\\ m.to = n}) * 2 > Cardinality(Node)\n",
            "",
        )]),
        expect![[
            r#"missing: election by majority (a leader is made by `Win`, line 25, without a test for a majority)"#
        ]],
    );
    check_scope(
        "Voting restrictions: one vote per term",
        &raft(&[("m.term > epoch[n] \\/ (m.term = epoch[n] /\\ choice[n] \\in {Nil, m.from})", "m.term >= epoch[n]")]),
        expect![[
            r#"declared: one vote per term (`choice` is set by `Grant`, line 20, but no guard there reads it: a node may vote twice)"#
        ]],
    );
}

#[test]
fn log_operations_need_append_consistency_and_commitment() {
    let bullet = "【Log Operations】Log entry appending, consistency checks";
    check(
        bullet,
        &raft(&[]),
        expect![[
            r#"met: entries appended to `entries` by `Propose`, line 29; the consistency check by `Take`, line 36"#
        ]],
    );
    check(
        bullet,
        &raft(&[("              /\\ m.prevIndex = 0 \\/ entries[n][m.prevIndex].term = m.prevTerm\n", "")]),
        expect![[
            r#"missing: the consistency check (looked for a test of the previous entry's term against the log before entries are taken over); met: entries appended to `entries` by `Propose`, line 29"#
        ]],
    );
}

#[test]
fn heartbeats_are_sent_and_set_the_timer_back() {
    let bullet = "【Heartbeat/Timeout】Election timeouts triggering campaigns, heartbeat prevention of elections";
    check(
        bullet,
        &raft(&[]),
        expect![[
            r#"met: election timeout by `Expire`, line 11; heartbeats as AppendEntries that may be empty, sent by `Replicate`, line 32; reset of `clock` by `Take`, line 38"#
        ]],
    );
    check(
        bullet,
        &raft(&[(
            "              /\\ clock' = [clock EXCEPT ![n] = 0]\n              /\\ net' = net \\ {m}",
            "              /\\ clock' = clock\n              /\\ net' = net \\ {m}",
        )]),
        expect![[
            r#"missing: the timer's reset (no step that handles heartbeats or AppendEntries sets back `clock`, which the timeout reads); met: heartbeats as AppendEntries that may be empty, sent by `Replicate`, line 32; election timeout by `Expire`, line 11"#
        ]],
    );
    check(
        bullet,
        &raft(&[("Expire(n) == /\\ clock[n] > 3\n", "Expire(n) ==\n")]),
        expect![[
            r#"not-checked: the timer's reset (no timer stands behind the election timeout, so that a heartbeat sets it back can't be shown); met: heartbeats as AppendEntries that may be empty, sent by `Replicate`, line 32; election timeout by `Expire`, line 11"#
        ]],
    );
    check(
        bullet,
        &raft(&[("Expire(n) \\/ ", "")]),
        expect![[
            r#"missing: election timeout (looked for a step that makes a follower or candidate campaign, and for a Hup message); not checked: the timer's reset (without an election timeout there is nothing to set back); met: heartbeats as AppendEntries that may be empty, sent by `Replicate`, line 32"#
        ]],
    );
}

#[test]
fn a_hup_may_be_a_timeout_without_a_message() {
    check(
        "【Message Types】MsgHup (election timeout)",
        &raft(&[]),
        expect![[r#"equivalent: MsgHup by the equivalent `Expire`, line 11, which starts a campaign"#]],
    );
    check(
        "【Message Types】LeaderTimeout (election timeout)",
        &raft(&[("Expire", "LeaderTimeout")]),
        expect![[r#"met: LeaderTimeout by `LeaderTimeout`, line 11"#]],
    );
}

#[test]
fn client_requests_are_entries_of_a_leader_and_not_its_first() {
    let bullet = "【Client Proposals】MsgProp message handling and log entry creation by leaders";
    check(
        bullet,
        &raft(&[]),
        expect![[
            r#"equivalent: MsgProp by the equivalent `Propose`, line 29, which takes a client's request without a message; entry of the leader's log by `Propose`, line 29"#
        ]],
    );
    check(
        bullet,
        &raft(&[
            ("\\/ Propose(n) ", ""),
            (
                "          /\\ UNCHANGED <<epoch, choice, entries, done, clock, net>>",
                "          /\\ entries' = [entries EXCEPT ![n] = Append(@, [term |-> epoch[n]])]\n          /\\ UNCHANGED <<epoch, choice, done, clock, net>>",
            ),
        ]),
        expect![[
            r#"missing: client requests (looked for a leader's step that appends an entry of its own to the log); MsgProp (looked for a step that builds a message of this type or an equivalent one, and one that tests for it)"#
        ]],
    );
}

#[test]
fn loss_needs_a_step_of_its_own() {
    let bullet = "Basic network message delays and losses";
    check_scope(
        bullet,
        &raft(&[]),
        expect![[
            r#"met: message delay (a message waits in `net` until a step takes it, in any order); message loss by `Lose`, line 47"#
        ]],
    );
    check_scope(
        bullet,
        &raft(&[("\n        \\/ Lose", "")]),
        expect![[
            r#"equivalent: message loss (only implicit: one may stay in `net` for ever, no step takes it away with all else unchanged); message delay (a message waits in `net` until a step takes it, in any order)"#
        ]],
    );
}

#[test]
fn exclusions_are_broken_by_steps_and_not_by_lists() {
    let snapshots = "Log compaction and snapshots (MsgSnap)";
    check_excluded(
        snapshots,
        &module("x", "Types == {\"MsgSnap\"}\nInit == x = 0\nMsgSnapUnused == x' = 2\nStep == x' = 1\nNext == Step"),
        expect![[r#"met: only named, in `Types`, line 6: no reachable step models it"#]],
    );
    check_excluded(
        snapshots,
        &module("x", "Init == x = 0\nCompactLog == x' = 2\nNext == CompactLog"),
        expect![[r#"violated: `CompactLog`, line 7, models it"#]],
    );
    check_excluded(
        "Advanced flow control and progress tracking details",
        &module(
            "nextIndex, matchIndex",
            "Init == nextIndex = 0 /\\ matchIndex = 0\nStep == nextIndex' = 1 /\\ matchIndex' = 1\nNext == Step",
        ),
        expect![[r#"met: no reachable step, message or variable models it"#]],
    );
}

#[test]
fn locks_are_taken_when_free_and_given_back() {
    let lock = module(
        "lock, pc, queue",
        r#"Init == lock = FALSE /\ pc = [t \in Node |-> "idle"] /\ queue = <<>>
TryLock(t) == /\ pc[t] = "idle" /\ lock = FALSE /\ lock' = TRUE
              /\ pc' = [pc EXCEPT ![t] = "held"] /\ UNCHANGED queue
Wait(t) == lock = TRUE /\ queue' = Append(queue, t) /\ UNCHANGED <<lock, pc>>
Unlock(t) == pc[t] = "held" /\ lock' = FALSE /\ pc' = [pc EXCEPT ![t] = "idle"] /\ UNCHANGED queue
Upgrade(t) == pc[t] = "held" /\ UNCHANGED vars
Next == \E t \in Node : TryLock(t) \/ Unlock(t) \/ Wait(t)"#,
    );
    check(
        "【Lock/Unlock Operations】lock(), try_lock(), unlock() methods with proper semantics",
        &lock,
        expect![[
            r#"met: try-acquire by `TryLock`, line 7; acquire by `TryLock`, line 7; release by `Unlock`, line 10"#
        ]],
    );
    check(
        "【Atomic CAS】compare_exchange operation on AtomicBool",
        &lock,
        expect![[r#"met: `lock` is tested and set in one step by `TryLock`, line 7"#]],
    );
    check(
        "【Wait queue】blocked threads wait in the wait queue of the lock",
        &lock,
        expect![[r#"met: wait queue `queue` by `Wait`, line 9"#]],
    );
    check(
        "【Upgrade】a read lock may be upgraded",
        &lock,
        expect![[
            r#"missing: readers (looked for a reachable step of this name or meaning); only declared: upgrade (`Upgrade`, line 11, is not reached from Next)"#
        ]],
    );
}

#[test]
fn a_draft_asks_for_one_action_for_each_core_function() {
    let prompt = Prompt::parse(
        "## Translation Requirements:\n\n1. **Mapping**: Each CORE function identified in the draft should correspond to exactly one TLA+ action with the same name.\n2. **State Variables**: Use only the ESSENTIAL state variables identified in the draft analysis.\n",
    );
    let draft = Draft::parse(
        "CORE FUNCTIONS (require detailed analysis):\n- acquire: takes\n- try_acquire: tries\n- release: gives back\n- isFree: tells\n\nESSENTIAL STATE VARIABLES:\n- lock: AtomicBool\n- ownerId: who\n",
    );
    let text = module(
        "lock, owner, pc, tickets",
        r#"Init == lock = FALSE /\ owner = Nil /\ pc = 0 /\ tickets = 0
IsFree == lock = FALSE
Acquire(t) == IsFree /\ lock' = TRUE /\ owner' = t /\ UNCHANGED <<pc, tickets>>
Release(t) == lock' = FALSE /\ UNCHANGED <<owner, pc, tickets>>
Next == \E t \in Node : Acquire(t)"#,
    );
    let expected = expect![[r#"
        missing: no step that Next offers takes release (`Release`, line 9); try_acquire is folded into `Acquire`, line 8; 2 of 4 core functions are actions of their own; 1 with a capital letter; isFree as the helper `IsFree`, line 7
        violated: not in the draft: `tickets`; renamed: `owner` for ownerId"#]];
    expected.assert_eq(&verdicts(&prompt, &text, Some(&draft)));
    let expected = expect![[r#"
        not-checked: no draft analysis is at hand
        not-checked: no draft analysis is at hand"#]];
    expected.assert_eq(&verdicts(&prompt, &text, None));
}
