Here is the TLA+ specification of etcd's Raft. It models elections, replication and an unreliable network.

```tla
---- MODULE etcdraft ----
EXTENDS Naturals, FiniteSets

CONSTANTS Server, MaxTerm, Nil

VARIABLES currentTerm, votedFor, state, log, commitIndex, votes, matchIndex, timerReset, messages

vars == <<currentTerm, votedFor, state, log, commitIndex, votes, matchIndex, timerReset, messages>>

(* The four node states. *)
StateFollower     == "StateFollower"
StatePreCandidate == "StatePreCandidate"
StateCandidate    == "StateCandidate"
StateLeader       == "StateLeader"

\* The messages on the wire. The log of a server is a function from 1..n to terms.
Message == [type : {"MsgVote", "MsgVoteResp", "MsgApp", "MsgAppResp", "MsgHeartbeat"},
            from : Server, to : Server, term : Nat]

LastIndex(l) == Cardinality(DOMAIN l)
LastTerm(l)  == IF LastIndex(l) = 0 THEN 0 ELSE l[LastIndex(l)]

IsQuorum(members) == Cardinality(members) * 2 > Cardinality(Server)

Send(m)     == messages' = messages \cup {m}
Reply(m, r) == messages' = (messages \ {m}) \cup {r}

Init ==
    /\ currentTerm = [s \in Server |-> 0]
    /\ votedFor = [s \in Server |-> Nil]
    /\ state = [s \in Server |-> StateFollower]
    /\ log = [s \in Server |-> [i \in {} |-> 0]]
    /\ commitIndex = [s \in Server |-> 0]
    /\ votes = [s \in Server |-> {}]
    /\ matchIndex = [s \in Server |-> [p \in Server |-> 0]]
    /\ timerReset = [s \in Server |-> FALSE]
    /\ messages = {}

\* An election timeout starts a prevote round.
BecomePreCandidate(s) ==
    /\ state[s] = StateFollower
    /\ state' = [state EXCEPT ![s] = StatePreCandidate]
    /\ votes' = [votes EXCEPT ![s] = {s}]
    /\ UNCHANGED <<currentTerm, votedFor, log, commitIndex, matchIndex, timerReset, messages>>

\* MsgHup: a server that has not heard from a leader campaigns.
Hup(s) ==
    /\ state[s] \in {StateFollower, StateCandidate}
    /\ ~timerReset[s]
    /\ currentTerm[s] < MaxTerm
    /\ state' = [state EXCEPT ![s] = StateCandidate]
    /\ currentTerm' = [currentTerm EXCEPT ![s] = @ + 1]
    /\ votedFor' = [votedFor EXCEPT ![s] = s]
    /\ votes' = [votes EXCEPT ![s] = {s}]
    /\ UNCHANGED <<log, commitIndex, matchIndex, timerReset, messages>>

RequestVote(s, p) ==
    /\ state[s] = StateCandidate
    /\ p \notin votes[s]
    /\ Send([type |-> "MsgVote", from |-> s, to |-> p, term |-> currentTerm[s],
             lastIndex |-> LastIndex(log[s]), lastTerm |-> LastTerm(log[s])])
    /\ UNCHANGED <<currentTerm, votedFor, state, log, commitIndex, votes, matchIndex, timerReset>>

HandleVote(m) ==
    LET s == m.to
        upToDate == \/ m.lastTerm > LastTerm(log[s])
                    \/ /\ m.lastTerm = LastTerm(log[s])
                       /\ m.lastIndex >= LastIndex(log[s])
        grant == m.term = currentTerm[s] /\ upToDate /\ votedFor[s] \in {Nil, m.from}
    IN  /\ m.type = "MsgVote"
        /\ m.term <= currentTerm[s]
        /\ votedFor' = [votedFor EXCEPT ![s] = IF grant THEN m.from ELSE @]
        /\ Reply(m, [type |-> "MsgVoteResp", from |-> s, to |-> m.from,
                     term |-> currentTerm[s], granted |-> grant])
        /\ UNCHANGED <<currentTerm, state, log, commitIndex, votes, matchIndex, timerReset>>

HandleVoteResp(m) ==
    /\ m.type = "MsgVoteResp"
    /\ m.term = currentTerm[m.to]
    /\ state[m.to] = StateCandidate
    /\ votes' = [votes EXCEPT ![m.to] = IF m.granted THEN @ \cup {m.from} ELSE @]
    /\ messages' = messages \ {m}
    /\ UNCHANGED <<currentTerm, votedFor, state, log, commitIndex, matchIndex, timerReset>>

BecomeLeader(s) ==
    /\ state[s] = StateCandidate
    /\ IsQuorum(votes[s])
    /\ state' = [state EXCEPT ![s] = StateLeader]
    /\ matchIndex' = [matchIndex EXCEPT ![s] = [p \in Server |-> 0]]
    /\ UNCHANGED <<currentTerm, votedFor, log, commitIndex, votes, timerReset, messages>>

AppendEntries(s, p) ==
    /\ state[s] = StateLeader
    /\ p # s
    /\ matchIndex[s][p] < LastIndex(log[s])
    /\ LET next == matchIndex[s][p] + 1 IN
       Send([type |-> "MsgApp", from |-> s, to |-> p, term |-> currentTerm[s], index |-> next,
             prevTerm |-> IF next = 1 THEN 0 ELSE log[s][next - 1], entry |-> log[s][next],
             commit |-> commitIndex[s]])
    /\ UNCHANGED <<currentTerm, votedFor, state, log, commitIndex, votes, matchIndex, timerReset>>

HandleApp(m) ==
    LET s == m.to
        consistent == \/ m.index = 1
                      \/ m.index - 1 \in DOMAIN log[s] /\ log[s][m.index - 1] = m.prevTerm
    IN  /\ m.type = "MsgApp"
        /\ m.term = currentTerm[s]
        /\ state' = [state EXCEPT ![s] = StateFollower]
        /\ timerReset' = [timerReset EXCEPT ![s] = TRUE]
        /\ log' = IF consistent
                  THEN [log EXCEPT ![s] = [i \in 1..m.index |-> IF i = m.index THEN m.entry ELSE @[i]]]
                  ELSE log
        /\ commitIndex' = [commitIndex EXCEPT ![s] = IF consistent /\ m.commit > @ THEN m.commit ELSE @]
        /\ Reply(m, [type |-> "MsgAppResp", from |-> s, to |-> m.from, term |-> currentTerm[s],
                     index |-> m.index, success |-> consistent])
        /\ UNCHANGED <<currentTerm, votedFor, votes, matchIndex>>

HandleAppResp(m) ==
    /\ m.type = "MsgAppResp"
    /\ m.term = currentTerm[m.to]
    /\ state[m.to] = StateLeader
    /\ matchIndex' = [matchIndex EXCEPT ![m.to][m.from] = IF m.success THEN m.index ELSE @]
    /\ messages' = messages \ {m}
    /\ UNCHANGED <<currentTerm, votedFor, state, log, commitIndex, votes, timerReset>>

AdvanceCommitIndex(s) ==
    /\ state[s] = StateLeader
    /\ \E i \in DOMAIN log[s] :
        /\ i > commitIndex[s]
        /\ log[s][i] = currentTerm[s]
        /\ IsQuorum({s} \cup {p \in Server : matchIndex[s][p] >= i})
        /\ commitIndex' = [commitIndex EXCEPT ![s] = i]
    /\ UNCHANGED <<currentTerm, votedFor, state, log, votes, matchIndex, timerReset, messages>>

\* Heartbeats hold back the elections of the others.
Heartbeat(s, p) ==
    /\ state[s] = StateLeader
    /\ Send([type |-> "MsgHeartbeat", from |-> s, to |-> p, term |-> currentTerm[s]])
    /\ UNCHANGED <<currentTerm, votedFor, state, log, commitIndex, votes, matchIndex, timerReset>>

HandleHeartbeat(m) ==
    /\ m.type = "MsgHeartbeat"
    /\ m.term = currentTerm[m.to]
    /\ timerReset' = [timerReset EXCEPT ![m.to] = TRUE]
    /\ messages' = messages \ {m}
    /\ UNCHANGED <<currentTerm, votedFor, state, log, commitIndex, votes, matchIndex>>

ElectionTick(s) ==
    /\ timerReset[s]
    /\ timerReset' = [timerReset EXCEPT ![s] = FALSE]
    /\ UNCHANGED <<currentTerm, votedFor, state, log, commitIndex, votes, matchIndex, messages>>

\* A message of a higher term turns every server into a follower of that term.
UpdateTerm(m) ==
    /\ m.term > currentTerm[m.to]
    /\ currentTerm' = [currentTerm EXCEPT ![m.to] = m.term]
    /\ state' = [state EXCEPT ![m.to] = StateFollower]
    /\ votedFor' = [votedFor EXCEPT ![m.to] = Nil]
    /\ UNCHANGED <<log, commitIndex, votes, matchIndex, timerReset, messages>>

DropMessage(m) ==
    /\ messages' = messages \ {m}
    /\ UNCHANGED <<currentTerm, votedFor, state, log, commitIndex, votes, matchIndex, timerReset>>

Receive(m) ==
    \/ UpdateTerm(m)
    \/ HandleVote(m)
    \/ HandleVoteResp(m)
    \/ HandleApp(m)
    \/ HandleAppResp(m)
    \/ HandleHeartbeat(m)

Next ==
    \/ \E s \in Server : Hup(s) \/ BecomeLeader(s) \/ AdvanceCommitIndex(s) \/ ElectionTick(s)
    \/ \E s, p \in Server : RequestVote(s, p) \/ AppendEntries(s, p) \/ Heartbeat(s, p)
    \/ \E m \in messages : Receive(m) \/ DropMessage(m)

Spec == Init /\ [][Next]_vars

\* Safety: at most one leader in each term.
ElectionSafety ==
    \A s, p \in Server :
        state[s] = StateLeader /\ state[p] = StateLeader /\ currentTerm[s] = currentTerm[p] => s = p
====
```
