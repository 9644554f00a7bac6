//! Modules that SANY refuses, and what they mean all the same; steps in less common shapes.

use expect_test::expect;

use super::{check, check_excluded, check_scope, module};

const LOSS: &str = "Basic network message delays and losses";

#[test]
fn a_definition_of_let_is_meant_behind_the_end_of_its_let() {
    check_scope(
        "Voting restrictions: one vote per term",
        &module(
            "term, vote, net",
            r#"Init == term = [n \in Node |-> 0] /\ vote = [n \in Node |-> Nil] /\ net = {}
Ask(n) == /\ net' = net \cup {[type |-> "Vote", from |-> n, term |-> term[n]]}
          /\ UNCHANGED <<term, vote>>
Grant(n, m) ==
    /\ m.type = "Vote"
    /\ LET free == vote[n] \in {Nil, m.from}
       IN net' = net \cup {[type |-> "VoteResp", granted |-> free, term |-> term[n]]}
    /\ IF free THEN vote' = [vote EXCEPT ![n] = m.from] ELSE UNCHANGED vote
    /\ UNCHANGED term
Next == \E n \in Node : Ask(n) \/ (\E m \in net : Grant(n, m))"#,
        ),
        expect![[r#"met: one vote per term: `vote` tested and set by `Grant`, line 13"#]],
    );
}

#[test]
fn a_variable_that_is_not_declared_is_one_where_it_is_primed() {
    let text = module(
        "state",
        r#"Init == state = [n \in Node |-> "Follower"]
Run(n) == state' = [state EXCEPT ![n] = "Candidate"]
Win(n) == state[n] = "Candidate" /\ state' = [state EXCEPT ![n] = "Leader"]
Next == \E n \in Node : Run(n) \/ Win(n)"#,
    );
    let bullet = "【Node States】Three states: StateFollower, StateCandidate, StateLeader";
    let met = "met: StateFollower, which Init gives as `Follower`; StateCandidate as `Candidate` by `Run`, line ";
    let told =
        |text: &str| super::verdicts(&super::prompt("MANDATORY CORE ACTIONS:", &format!("1. {bullet}")), text, None);
    assert!(told(&text).starts_with(met), "{}", told(&text));
    let undeclared = text.replace("VARIABLES state\n", "");
    assert!(told(&undeclared).starts_with(met), "{}", told(&undeclared));
}

#[test]
fn slips_that_are_mended_hide_nothing_of_the_rest() {
    let text = |case: &str| {
        module(
            "net, clock",
            &format!(
                r#"Init == net = {{}} /\ clock = [n \in Node |-> 0]
Ask(n) == net' = net \cup {{[type |-> "MsgVote", from |-> n]}} /\ clock' = [clock EXCEPT ![n] \in 1..3]
Take(m) ==
    {case}
Next == (\E n \in Node : Ask(n)) \/ (\E m \in net : Take(m))"#
            ),
        )
    };
    let bullet = "【Message Types】MsgVote/MsgVoteResp (voting)";
    let case = "CASE m.type = \"MsgVote\" -> net' = {[type |-> \"MsgVoteResp\"]} /\\ UNCHANGED clock,\n         m.type = \"MsgVoteResp\" -> net' = net \\ {m} /\\ UNCHANGED clock";
    let met = expect![[
        r#"met: MsgVote sent by `Ask`, line 7, handled by `Take`, line 9; MsgVoteResp sent by `Take`, line 9, handled by `Take`, line 10"#
    ]];
    check(bullet, &text(case), met);
    let brackets = "IF m.type = \"MsgVote\" THEN [ net' = {[type |-> \"MsgVoteResp\"]}, clock' = clock ]\n    ELSE m.type = \"MsgVoteResp\" /\\ net' = {} /\\ UNCHANGED clock";
    let met = expect![[
        r#"met: MsgVote sent by `Ask`, line 7, handled by `Take`, line 9; MsgVoteResp sent by `Take`, line 9, handled by `Take`, line 10"#
    ]];
    check(bullet, &text(brackets), met);
}

#[test]
fn a_message_that_a_bag_counts_is_not_handled_there() {
    check(
        "【Message Types】MsgVote (voting)",
        &module(
            "net",
            r#"Put(bag, m) == [bag EXCEPT ![m] = IF m \in DOMAIN bag THEN bag[m] + 1 ELSE 1]
Init == net = [m \in {} |-> 0]
Ask(n) == LET m == [type |-> "MsgVote", from |-> n] IN net' = Put(net, m)
Next == \E n \in Node : Ask(n)"#,
        ),
        expect![[r#"declared: MsgVote (sent by `Ask`, line 8, but no reachable step handles it)"#]],
    );
}

#[test]
fn the_head_of_a_queue_is_received_whatever_its_type() {
    check(
        "【Message Types】MsgVote (voting)",
        &module(
            "net, seen",
            r#"Init == net = [n \in Node |-> <<>>] /\ seen = {}
Ask(n) == net' = [net EXCEPT ![n] = Append(@, [type |-> "MsgVote", from |-> n])] /\ UNCHANGED seen
Take(n) == /\ seen' = seen \cup {Head(net[n])}
           /\ net' = [net EXCEPT ![n] = Tail(@)]
Next == \E n \in Node : Ask(n) \/ Take(n)"#,
        ),
        expect![[r#"equivalent: MsgVote sent by `Ask`, line 7, received by `Take`, which takes any type"#]],
    );
}

#[test]
fn what_is_not_sent_to_one_who_is_cut_off_is_lost_if_anybody_ever_is() {
    let text = |crash: &str| {
        module(
            "net, up",
            &format!(
                r#"Init == net = [n \in Node |-> <<>>] /\ up = [n \in Node |-> TRUE]
Send(n, m) == \/ up[n] /\ net' = [net EXCEPT ![n] = Append(@, m)]
              \/ ~up[n] /\ UNCHANGED net
Ask(n) == Send(n, [type |-> "Ping"]) /\ UNCHANGED up
Take(n) == net[n] # <<>> /\ Head(net[n]).type = "Ping" /\ net' = [net EXCEPT ![n] = Tail(@)] /\ UNCHANGED up
Crash(n) == up' = [up EXCEPT ![n] = FALSE] /\ UNCHANGED net
Next == \E n \in Node : Ask(n) \/ Take(n){crash}"#
            ),
        )
    };
    check_scope(
        LOSS,
        &text(" \\/ Crash(n)"),
        expect![[
            r#"equivalent: message loss by the equivalent `Send`, line 8, which sends nothing where `up` says so; message delay (a message waits in `net` until a step takes it)"#
        ]],
    );
    check_scope(
        LOSS,
        &text(""),
        expect![[
            r#"declared: message loss (`Send`, line 8, sends nothing where `up` says so, but no step changes `up`); met: message delay (a message waits in `net` until a step takes it)"#
        ]],
    );
}

#[test]
fn who_was_heard_of_lately_is_no_flow_control_and_what_is_in_flight_is() {
    let text = |variable: &str| {
        module(
            &format!("state, {variable}"),
            &format!(
                r#"Init == state = [n \in Node |-> "Leader"] /\ {variable} = [n \in Node |-> FALSE]
Hear(n) == {variable}' = [{variable} EXCEPT ![n] = TRUE] /\ UNCHANGED state
Next == \E n \in Node : Hear(n)"#
            ),
        )
    };
    let bullet = "Advanced flow control and progress tracking details";
    check_excluded(
        bullet,
        &text("recentActive"),
        expect![[r#"met: no reachable step, message or variable models it"#]],
    );
    check_excluded(bullet, &text("inflights"), expect![[r#"violated: `inflights`, line 7, models it"#]]);
}

#[test]
fn what_next_does_beside_every_action_is_part_of_none() {
    check_scope(
        LOSS,
        &module(
            "net, past",
            r#"Init == net = {} /\ past = {}
Ask(n) == net' = net \cup {[type |-> "Ping", from |-> n]}
Drop(m) == net' = net \ {m}
Next == /\ \/ \E n \in Node : Ask(n)
           \/ \E m \in net : Drop(m)
        /\ past' = past \cup {net}"#,
        ),
        expect![[
            r#"met: message delay (a message waits in `net` until a step takes it, in any order); message loss by `Drop`, line 8"#
        ]],
    );
}

#[test]
fn only_what_runs_or_is_switched_outside_of_campaigns_is_a_timer() {
    let text = |guard: &str, other: &str| {
        module(
            "state, net, k, term",
            &format!(
                r#"Init == state = [n \in Node |-> "Follower"] /\ net = {{}} /\ k = [n \in Node |-> 0]
        /\ term = [n \in Node |-> 0]
Run(n) == /\ {guard}
          /\ state' = [state EXCEPT ![n] = "Candidate"]
          /\ k' = [k EXCEPT ![n] = @ + 1]
          /\ term' = [term EXCEPT ![n] = @ + 1]
          /\ UNCHANGED net
Win(n) == state[n] = "Candidate" /\ state' = [state EXCEPT ![n] = "Leader"] /\ UNCHANGED <<net, k, term>>
Beat(n) == state[n] = "Leader" /\ net' = net \cup {{[type |-> "Heartbeat"]}} /\ UNCHANGED <<state, k, term>>
Hear(n, m) == m.type = "Heartbeat" /\ k' = [k EXCEPT ![n] = 0] /\ UNCHANGED <<state, net, term>>
{other}
Next == \E n \in Node : Run(n) \/ Win(n) \/ Beat(n) \/ (\E m \in net : Hear(n, m)){}"#,
                if other.is_empty() { "" } else { " \\/ Other(n)" }
            ),
        )
    };
    let bullet = "Heartbeat mechanism: leaders send heartbeats, followers reset election timeout on receipt";
    let count = text("state[n] # \"Leader\" /\\ k[n] < 3", "");
    check_scope(
        bullet,
        &count,
        expect![[
            r#"not-checked: the timer's reset (no timer stands behind the election timeout, so that a heartbeat sets it back can't be shown); met: heartbeats sent by `Beat`, line 14"#
        ]],
    );
    let tick = text(
        "state[n] # \"Leader\" /\\ k[n] > 3",
        "Other(n) == k' = [k EXCEPT ![n] = @ + 1] /\\ UNCHANGED <<state, net, term>>",
    );
    check_scope(
        bullet,
        &tick,
        expect![[r#"met: heartbeats sent by `Beat`, line 14; reset of `k` by `Hear`, line 15"#]],
    );
}

#[test]
fn a_helper_that_looks_at_what_it_is_given_to_send_receives_nothing() {
    check_scope(
        "Heartbeat mechanism: leaders send heartbeats",
        &module(
            "state, net",
            r#"CONSTANTS Append, Ack
Once(m) == m \notin net /\ net' = net \cup {m}
Send(m) == IF m.type = Append /\ m.entries = <<>> THEN Once(m) ELSE net' = net \cup {m}
Init == state = [n \in Node |-> "Follower"] /\ net = {}
Run(n) == state' = [state EXCEPT ![n] = "Candidate"] /\ UNCHANGED net
Win(n) == state[n] = "Candidate" /\ state' = [state EXCEPT ![n] = "Leader"] /\ UNCHANGED net
Replicate(n) == state[n] = "Leader" /\ Send([type |-> Append, from |-> n, entries |-> <<>>]) /\ UNCHANGED state
Take(m) == m.type = Append /\ net' = (net \ {m}) \cup {[type |-> Ack]} /\ UNCHANGED state
Next == \E n \in Node : Run(n) \/ Win(n) \/ Replicate(n) \/ (\E m \in net : Take(m))"#,
        ),
        expect![[
            r#"not-checked: the timer's reset (no timer stands behind the election timeout, so that a heartbeat sets it back can't be shown); met: heartbeats as AppendEntries that may be empty, sent by `Replicate`, line 12"#
        ]],
    );
}

#[test]
fn an_entry_of_the_log_that_has_a_type_is_no_message() {
    check(
        "【Timers】Election timeouts triggering campaigns",
        &module(
            "state, log, net",
            r#"Whole == [log |-> log, state |-> state]
Members(n, whole) == {i \in 1..Len(whole.log[n]) : whole.log[n][i].type = "Config"}
Init == state = [n \in Node |-> "Follower"] /\ log = [n \in Node |-> <<>>] /\ net = {}
Run(n) == /\ state[n] # "Leader" /\ Members(n, Whole) # {}
          /\ state' = [state EXCEPT ![n] = "Candidate"] /\ UNCHANGED <<log, net>>
Win(n) == state[n] = "Candidate" /\ state' = [state EXCEPT ![n] = "Leader"] /\ UNCHANGED <<log, net>>
Next == \E n \in Node : Run(n) \/ Win(n)"#,
        ),
        expect![[r#"met: election timeout by `Run`, line 10"#]],
    );
}

#[test]
fn one_type_is_handled_by_state_where_two_states_take_it_differently() {
    let text = |candidate: &str| {
        module(
            "state, net",
            &format!(
                r#"Init == state = [n \in Node |-> "Follower"] /\ net = {{}}
Run(n) == state' = [state EXCEPT ![n] = "Candidate"] /\ net' = net \cup {{[type |-> "Append"]}}
Take(n, m) == /\ m.type = "Append"
              /\ \/ state[n] = "Follower" /\ net' = net \ {{m}} /\ UNCHANGED state
                 {candidate}
Next == \E n \in Node : Run(n) \/ (\E m \in net : Take(n, m))"#
            ),
        )
    };
    let bullet = "Message routing and processing in different node states";
    check_scope(
        bullet,
        &text(""),
        expect![[r#"declared: messages handled by state (for `Append` alone, in `Take`, line 9)"#]],
    );
    let two = "\\/ state[n] = \"Candidate\" /\\ state' = [state EXCEPT ![n] = \"Follower\"] /\\ UNCHANGED net";
    check_scope(
        bullet,
        &text(two),
        expect![[r#"met: `Append` handled by state in `Take`, line 9, in one state otherwise than in another"#]],
    );
}
