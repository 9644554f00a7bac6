//! CHOOSE from a set of real values stands for "none".
//!
//! `CHOOSE s \in Server : TRUE` is one fixed element of `Server`, always the same. A vote for nobody that is written
//! so is a vote for that server. Write a value that no server is: a constant, or `CHOOSE v : v \notin Server`.
//!
//! ````tla bad
//! ---- MODULE M ----
//! CONSTANT Server
//! VARIABLE votedFor
//! Init == votedFor = [s \in Server |-> CHOOSE t \in Server : TRUE]
//! Vote(s) == votedFor' = [votedFor EXCEPT ![s] = s]
//! Next == \E s \in Server : Vote(s)
//! Spec == Init /\ [][Next]_votedFor
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! CONSTANT Server, Nil
//! VARIABLE votedFor
//! Init == votedFor = [s \in Server |-> Nil]
//! Vote(s) == votedFor' = [votedFor EXCEPT ![s] = s]
//! Next == \E s \in Server : Vote(s)
//! Spec == Init /\ [][Next]_votedFor
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity},
    rules::Context,
    syntax::tree::{Expr, ExprKind},
};

/// Names that say "nobody", in lower case.
const NOBODY: &[&str] = &["nil", "null", "none", "nobody", "noone", "empty", "undefined"];

/// Parts of the names of variables that begin as nobody's, in lower case.
const OWNED: &[&str] = &["voted", "vote", "leader", "lead", "owner", "holder"];

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.frames().next.is_none() {
        return;
    }
    let initial = context.calls.initial.map(|initial| initial.name());
    for (home, definition) in context.module.definitions.iter().enumerate() {
        if NOBODY.iter().any(|nobody| definition.name().eq_ignore_ascii_case(nobody)) {
            let body = definition.body();
            body.into_iter().for_each(|body| report(context, home, body, definition.name(), findings));
        }
        if let Some(body) = definition.body().filter(|_| initial == Some(definition.name())) {
            body.walk(&mut |inner| {
                if let Some([left, value]) = inner.as_application("=")
                    && let Some(variable) = left.as_name()
                    && OWNED.iter().any(|word| variable.name.to_ascii_lowercase().contains(word))
                {
                    report(context, home, value, &variable.name, findings);
                }
            });
        }
    }
}

fn report(context: &Context<'_>, home: usize, value: &Expr, name: &str, findings: &mut Vec<Finding>) {
    let chosen = match &value.kind {
        ExprKind::Function { body, .. } => body,
        _ => value,
    };
    let ExprKind::Choose { bound, body } = &chosen.kind else { return };
    let Some(set) = bound.set.as_ref().filter(|_| body.as_name().is_some_and(|name| name.name == "TRUE")) else {
        return;
    };
    let message = format!(
        "`{name}` is meant to be none here, but this is an element of `{}`, always the same one: take a value that is \
         no element of it, such as a constant `Nil`",
        context.quoted(home, set),
    );
    let span = context.placed(home, chosen.span);
    findings.push(Finding::new("flow/choose-as-none", Severity::Warning, span, message));
}
