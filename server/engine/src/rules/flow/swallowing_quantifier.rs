//! A quantifier in the next-state relation swallows the disjuncts behind it.
//!
//! `\E` reaches as far as it can: in `\E m \in messages : Receive(m) \/ Timeout` the `Timeout` belongs to the
//! quantifier, and nothing happens at all while `messages` is empty. Parentheses, or a list of `\/` bullets, keep the
//! disjuncts apart.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE messages
//! Init == messages = {}
//! Receive(m) == messages' = messages \ {m}
//! Send == messages' = messages \cup {1}
//! Next == \E m \in messages : Receive(m) \/ Send
//! Spec == Init /\ [][Next]_messages
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE messages
//! Init == messages = {}
//! Receive(m) == messages' = messages \ {m}
//! Send == messages' = messages \cup {1}
//! Next == (\E m \in messages : Receive(m)) \/ Send
//! Spec == Init /\ [][Next]_messages
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
    module::{calls, register::Trait},
    rules::Context,
    syntax::tree::{Bound, Connective, Expr, ExprKind, Quantifier},
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for home in &context.frames().actions {
        let definition = context.module.definitions[*home];
        if context.module.brief(definition).has(Trait::Disjoins)
            && let Some(body) = definition.body()
        {
            search(context, *home, body, findings);
        }
    }
}

/// Follows disjunctions and quantifiers, as Next is made of them.
fn search(context: &Context<'_>, home: usize, expression: &Expr, findings: &mut Vec<Finding>) {
    match &expression.kind {
        ExprKind::Junction { connective: Connective::Or, items } => {
            items.iter().for_each(|item| search(context, home, item, findings));
        }
        ExprKind::Let { body, .. } => search(context, home, body, findings),
        ExprKind::Quantifier { quantifier: Quantifier::Exists, bounds, body } => {
            if let ExprKind::Junction { connective: Connective::Or, items } = &body.kind
                && !context.is_list(home, body)
                && items.first().is_some_and(|first| first.span.start == body.span.start)
            {
                findings.extend(swallowed(context, home, expression, bounds, items));
            }
            search(context, home, body, findings);
        }
        _ => {}
    }
}

fn swallowed(
    context: &Context<'_>,
    home: usize,
    quantifier: &Expr,
    bounds: &[Bound],
    items: &[Expr],
) -> Option<Finding> {
    let bound: Vec<&str> = bounds.iter().flat_map(|bound| &bound.names).map(|name| name.name.as_str()).collect();
    let depends = |item: &Expr| {
        let mut found = false;
        item.walk(&mut |inner| {
            found |= match &inner.kind {
                ExprKind::Apply { operator, .. } => bound.contains(&operator.name.as_str()),
                _ => false,
            };
        });
        found
    };
    let last = items.iter().rposition(&depends)?;
    let swallowed = items.get(last + 1)?;
    let over_state = bounds.iter().filter_map(|bound| bound.set.as_ref()).any(|set| {
        calls::mentions(set).iter().any(|mention| context.module.is_variable(mention.name))
    });
    let severity = if over_state { Severity::Warning } else { Severity::Hint };
    let message = format!(
        "the `\\E {}` before it swallows `{}`: where the set is empty this can't happen either; put the quantifier in \
         parentheses, or make the disjuncts a list of `\\/` bullets",
        bound.join(", "),
        context.quoted(home, swallowed),
    );
    let begin = context.placed(home, quantifier.span).start;
    let end = context.placed(home, items[last].span).end;
    let edits = vec![Edit::insert(begin, "("), Edit::insert(end, ")")];
    let span = context.placed(home, swallowed.span);
    Some(Finding::new("flow/swallowing-quantifier", severity, span, message).with_fix(Fix {
        title: "close the quantifier before this disjunct".to_owned(),
        safety: Safety::Ask,
        edits,
    }))
}
