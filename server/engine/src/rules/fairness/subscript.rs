//! A fairness condition's subscript is not all variables.
//!
//! `WF_v(A)` asks for steps of `A` that change `v`. Where `A` can change a variable that is not in `v`, a step that
//! changes only that one does not count, and the condition may ask for less, or for something else, than was meant.
//! The usual subscript is `vars`, the tuple of all variables.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x, y
//! vars == <<x, y>>
//! Init == x = 0 /\ y = 0
//! Next == x' = 1 - x /\ y' = x
//! Spec == Init /\ [][Next]_vars /\ WF_x(Next)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLES x, y
//! vars == <<x, y>>
//! Init == x = 0 /\ y = 0
//! Next == x' = 1 - x /\ y' = x
//! Spec == Init /\ [][Next]_vars /\ WF_vars(Next)
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
    module::frame::VariableSet,
    rules::Context,
    syntax::tree::ExprKind,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let frames = context.frames();
    // The name of the tuple that the steps are taken over, where it is complete.
    let complete = frames.subscripts.iter().find_map(|subscript| {
        let step = matches!(subscript.formula.kind, ExprKind::Step { .. }) && subscript.variables == frames.all;
        subscript.subscript.as_name().filter(|_| step)
    });
    for fairness in &frames.subscripts {
        let missing = (frames.all - fairness.variables) & fairness.action.changes;
        let judged = matches!(fairness.formula.kind, ExprKind::Fairness { .. }) && fairness.in_specification;
        if !judged || missing == VariableSet::EMPTY || fairness.action.silenced {
            continue;
        }
        let variables = context.told(missing);
        // Where the subscript has a variable that the action changes too, a step hardly goes uncounted.
        let covered = !(fairness.variables & fairness.action.changes & fairness.action.must).is_empty();
        let severity = if covered { Severity::Hint } else { Severity::Warning };
        let message = format!(
            "the subscript of this fairness condition misses {variables}, which its action can change: a step that \
             changes nothing else does not count; use the tuple of all variables"
        );
        let span = context.placed(fairness.home, fairness.subscript.span);
        let mut finding = Finding::new("fairness/subscript", severity, span, message);
        if let Some(name) = complete {
            finding = finding.with_fix(Fix {
                title: format!("take `{}` for the subscript", name.name),
                safety: Safety::Ask,
                edits: vec![Edit::replace(span, name.name.as_str())],
            });
        }
        findings.push(finding);
    }
}
