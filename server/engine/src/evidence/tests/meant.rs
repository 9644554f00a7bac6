//! Modules that SANY refuses, and what they mean all the same; loss and receipt in less common shapes.

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
