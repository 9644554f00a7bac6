//! Modules in the shape of a Raft specification, of any length: handlers, deep LETs, wide CASEs, long UNCHANGED lists.

use std::fmt::Write;

/// How many variables there are beside those that the actions speak of.
const OTHERS: usize = 12;

/// How many types there are of each message; a protocol has some dozens, however long its specification is.
const MESSAGE_TYPES: usize = 12;

const HANDLER: &str = "\
Action@(s, m) ==
    /\\ state[s] \\in {\"StateFollower\", \"StateCandidate\"}
    /\\ m.type = \"MsgApp@\"
    /\\ LET last == Len(log[s])
           up == m.term >= term[s]
       IN  /\\ IF up /\\ last > 0
             THEN log' = [log EXCEPT ![s] = Append(@, [term |-> m.term, value |-> @])]
             ELSE UNCHANGED log
           /\\ messages' = (messages \\ {m}) \\cup {[type |-> \"MsgAppResp@\", to |-> m.from, ok |-> up]}
    /\\ term' = [term EXCEPT ![s] = IF m.term > @ THEN m.term ELSE @]
    /\\ \\A t \\in Server : t # s => term[t] <= m.term + 1
    /\\ UNCHANGED <<state, others>>
";

const NESTED: &str = "\
Action@(s, m) ==
    LET first == m.term + @
    IN  LET second == first + term[s]
        IN  LET third == {t \\in Server : term[t] > second}
            IN  LET fourth == [t \\in third |-> Len(log[t])]
                IN  LET last == CHOOSE t \\in Server : t = s \\/ fourth[t] > first
                    IN  /\\ last > 0
                        /\\ term' = [term EXCEPT ![last] = second]
                        /\\ UNCHANGED <<state, log, messages, others>>
";

const CASES: &str = "\
Action@(s, m) ==
    /\\ state' = [state EXCEPT ![s] =
         CASE m.type = \"MsgHup@\" -> \"StateCandidate\"
           [] m.type = \"MsgVote@\" /\\ m.term > term[s] -> \"StateFollower\"
           [] m.type = \"MsgVoteResp@\" /\\ m.ok -> \"StateLeader\"
           [] m.type = \"MsgHeartbeat@\" -> \"StateFollower\"
           [] m.type = \"MsgSnap@\" -> \"StateFollower\"
           [] m.type = \"MsgProp@\" /\\ @ = \"StateLeader\" -> \"StateLeader\"
           [] OTHER -> @]
    /\\ Len(log[s]) - 1 < m.last
    /\\ messages' = messages \\ {m}
    /\\ UNCHANGED <<term, log, others>>
";

/// A module of at least so many lines, with one Next that names all actions.
pub(crate) fn module(lines: usize) -> String {
    let others: Vec<String> = (0..OTHERS).map(|index| format!("other{index}")).collect();
    let others = others.join(", ");
    let mut text = format!(
        "---- MODULE etcdraft ----\nEXTENDS Naturals, Sequences, FiniteSets\nCONSTANTS Server, Nil\nVARIABLES state, log, \
         term, messages, {others}\nvars == <<state, log, term, messages, {others}>>\nInit ==\n    /\\ state = [s \\in \
         Server |-> \"StateFollower\"]\n    /\\ log = [s \\in Server |-> <<>>]\n    /\\ term = [s \\in Server |-> 0]\n    \
         /\\ messages = {{}}\n"
    );
    for index in 0..OTHERS {
        let _ = writeln!(text, "    /\\ other{index} = {index}");
    }
    let mut count = text.lines().count() + 4;
    let mut next = String::from("\nNext ==\n");
    for index in 0.. {
        if count >= lines {
            break;
        }
        let shape = [HANDLER, NESTED, CASES, HANDLER][index % 4];
        let number = index.to_string();
        // In `EXCEPT ![s] = @` the sign stands for itself: only what follows a letter or a sum is the number.
        let action = shape
            .replace("value |-> @", &format!("value |-> {number}"))
            .replace("m.term + @", &format!("m.term + {number}"))
            .replace("Action@", &format!("Action{number}"))
            .replace("@\"", &format!("{}\"", index % MESSAGE_TYPES))
            .replace("others", &others);
        let _ = write!(text, "\n\\* Action {number}.\n{action}");
        let _ = writeln!(next, "    \\/ \\E s \\in Server, m \\in messages : Action{number}(s, m)");
        count += action.lines().count() + 3;
    }
    text + &next + "\nSpec == Init /\\ [][Next]_vars /\\ WF_vars(Next)\n====\n"
}
