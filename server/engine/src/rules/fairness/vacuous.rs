//! A fairness condition is quantified over what a variable holds at the beginning.
//!
//! `\A m \in messages : WF_vars(Receive(m))` is a temporal formula: `messages` is the set of the first state, which is
//! mostly empty, and the condition then asks for nothing. Put the quantifier within the action, `WF_vars(\E m \in
//! messages : Receive(m))`, or quantify over a constant set of all messages there can be.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE messages
//! Init == messages = {}
//! Receive(m) == m \in messages /\ messages' = messages \ {m}
//! Next == \/ \E m \in messages : Receive(m)
//!         \/ messages' = messages \cup {1}
//! Spec == Init /\ [][Next]_messages /\ \A m \in messages : WF_messages(Receive(m))
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE messages
//! Init == messages = {}
//! Receive(m) == m \in messages /\ messages' = messages \ {m}
//! Next == \/ \E m \in messages : Receive(m)
//!         \/ messages' = messages \cup {1}
//! Spec == Init /\ [][Next]_messages /\ WF_messages(\E m \in messages : Receive(m))
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    module::{
        calls::{self, Tense},
        register::Trait,
    },
    rules::Context,
    syntax::tree::{Expr, ExprKind, Quantifier},
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (home, definition) in context.module.definitions.iter().enumerate() {
        if !context.module.brief(*definition).has(Trait::Temporal) {
            continue;
        }
        let Some(body) = definition.body() else { continue };
        let formulas = context.frames().subscripts.iter().filter(|formula| formula.home == home);
        if formulas.filter(|formula| matches!(formula.formula.kind, ExprKind::Fairness { .. })).count() > 0 {
            search(context, home, body, findings);
        }
    }
}

fn search<'a>(context: &Context<'a>, home: usize, expression: &'a Expr, findings: &mut Vec<Finding>) {
    let ExprKind::Quantifier { quantifier, bounds, body } = &expression.kind else {
        if !matches!(expression.kind, ExprKind::Fairness { .. } | ExprKind::Step { .. }) {
            expression.children(&mut |child| search(context, home, child, findings));
        }
        return;
    };
    let Some(fairness) = first_fairness(body) else { return };
    let set = bounds.iter().filter_map(|bound| bound.set.as_ref()).find(|set| variable_in(context, set).is_some());
    let Some((set, variable)) = set.and_then(|set| Some((set, variable_in(context, set)?))) else {
        return search(context, home, body, findings);
    };
    let message = format!(
        "this fairness condition is quantified over `{}` in the first state: what comes into `{variable}` later is not \
         covered, so it mostly asks for nothing; put the quantifier within the action",
        context.quoted(home, set),
    );
    let mut finding =
        Finding::new("fairness/vacuous", Severity::Warning, context.placed(home, set.span), message);
    // `\A m \in s : WF_v(A(m))`, with nothing else under the quantifier.
    if let (Quantifier::Forall, ExprKind::Fairness { action, .. }) = (quantifier, &body.kind) {
        let whole = context.placed(home, expression.span);
        let inner = context.placed(home, body.span);
        let action = context.placed(home, action.span);
        let bounds = context.text(Span::new(whole.start, inner.start)).replacen("\\A", "\\E", 1);
        finding = finding.with_fix(Fix {
            title: "put the quantifier within the action".to_owned(),
            safety: Safety::Ask,
            edits: vec![Edit::delete(Span::new(whole.start, inner.start)), Edit::insert(action.start, bounds)],
        });
    }
    findings.push(finding.see(context.placed(home, fairness.span), "the fairness condition"));
}

fn first_fairness(expression: &Expr) -> Option<&Expr> {
    let mut found = None;
    expression.walk(&mut |inner| {
        if matches!(inner.kind, ExprKind::Fairness { .. }) {
            found.get_or_insert(inner);
        }
    });
    found
}

/// A variable that a set is made from, directly or through a definition.
fn variable_in<'a>(context: &Context<'a>, set: &'a Expr) -> Option<&'a str> {
    let names = calls::mentions(set);
    names.iter().map(|mention| mention.name).find(|name| context.module.is_variable(name)).or_else(|| {
        names.iter().find_map(|mention| {
            context.calls.variables(&context.module, mention.name, Tense::Now).into_iter().next()
        })
    })
}
