//! A message is sent that no action handles.
//!
//! Messages of this type are built by actions that Next reaches, and no action that Next reaches tests for the type:
//! they are sent into the void. Write the handler, or stop sending.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES network, x
//! Init == network = {} /\ x = 0
//! Ask == network' = network \cup {[type |-> "ask", from |-> 1, to |-> 2]} /\ UNCHANGED x
//! Answer(m) == m.type = "ask" /\ network' = network \cup {[type |-> "reply", from |-> 2, to |-> 1]} /\ x' = x + 1
//! Next == Ask \/ \E m \in network : Answer(m)
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
//! Answer(m) == m.type = "ask" /\ network' = network \cup {[type |-> "reply", from |-> 2, to |-> 1]} /\ x' = x + 1
//! Take(m) == m.type = "reply" /\ x' = 0 /\ UNCHANGED network
//! Next == Ask \/ \E m \in network : Answer(m) \/ Take(m)
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
    // Where nothing tests types, messages are told apart in another way.
    if !known || messages.rest_handled || messages.tested.is_empty() {
        return;
    }
    for (name, place) in &messages.built {
        if messages.tested.contains_key(name) || messages.elsewhere.contains(name) {
            continue;
        }
        let span = context.placed(place.home, place.span);
        // Answers to a client outside the model are taken by nobody in it.
        let outside = name.to_ascii_lowercase().contains("client") || context.text(span).contains("lient");
        let severity = if outside { Severity::Hint } else { Severity::Warning };
        let message = format!(
            "messages of type `{}` are sent, but no action that Next reaches handles them: write the handler, or \
             stop sending them",
            context.text(span).trim_matches('"'),
        );
        findings.push(Finding::new("flow/message-never-handled", severity, span, message));
    }
}
