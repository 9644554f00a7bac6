//! A message is handled that nothing sends.
//!
//! An action tests for a message type that no action which Next reaches ever builds: its handler never runs.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES network, x
//! Init == network = {} /\ x = 0
//! Ask == network' = network \cup {[type |-> "ask", from |-> 1, to |-> 2]} /\ UNCHANGED x
//! Answer(m) == m.type = "ask" /\ x' = x + 1 /\ UNCHANGED network
//! Cancel(m) == m.type = "cancel" /\ x' = 0 /\ UNCHANGED network
//! Next == Ask \/ \E m \in network : Answer(m) \/ Cancel(m)
//! Spec == Init /\ [][Next]_<<network, x>>
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES network, x
//! Init == network = {} /\ x = 0
//! Ask == network' = network \cup {[type |-> "ask", from |-> 1, to |-> 2]} /\ UNCHANGED x
//! Abort == network' = network \cup {[type |-> "cancel", from |-> 1, to |-> 2]} /\ UNCHANGED x
//! Answer(m) == m.type = "ask" /\ x' = x + 1 /\ UNCHANGED network
//! Cancel(m) == m.type = "cancel" /\ x' = 0 /\ UNCHANGED network
//! Next == Ask \/ Abort \/ \E m \in network : Answer(m) \/ Cancel(m)
//! Spec == Init /\ [][Next]_<<network, x>>
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity},
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let messages = context.messages();
    let known = context.frames().next.is_some_and(|next| !next.silenced);
    if !known || messages.open || messages.built.is_empty() {
        return;
    }
    for (name, place) in &messages.tested {
        if messages.built.contains_key(name) || messages.elsewhere.contains(name) {
            continue;
        }
        let span = context.placed(place.home, place.span);
        let message = format!(
            "messages of type `{}` are handled here, but no action that Next reaches sends them: this never \
             happens; send them, or remove the handler",
            context.text(span).trim_matches('"'),
        );
        findings.push(Finding::new("flow/message-never-sent", Severity::Warning, span, message));
    }
}
