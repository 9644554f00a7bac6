//! Spec does not say that the steps are those of Next.
//!
//! A specification is `Init /\ [][Next]_vars`, perhaps with fairness. Without `[][Next]_vars` every behaviour that
//! begins well is allowed.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! Init == x = 0
//! Next == x' = 1 - x
//! Spec == Init /\ WF_x(Next)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals
//! VARIABLE x
//! Init == x = 0
//! Next == x' = 1 - x
//! Spec == Init /\ [][Next]_x /\ WF_x(Next)
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity},
    module::problem::Fault,
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(specification), Some(next)) = (context.module.definition("Spec"), context.module.definition("Next")) else {
        return;
    };
    let frames = context.frames();
    if frames.next.is_none() || !specification.is_whole() {
        return;
    }
    if frames.step.is_some_and(|name| name == "Next") {
        return;
    }
    let reached = context.calls.reached_from("Spec");
    let has_step = frames.has_step;
    if has_step && (reached.contains("Next") || context.is_mentioned("Next")) {
        return;
    }
    // `[]Next` without its subscript is told as such.
    let boxed = context.problems(|fault| fault == Fault::BoxAction).next().is_some();
    if boxed || !reached.iter().all(|name| context.is_understood(name)) {
        return;
    }
    let message = if has_step {
        "Spec has other steps than those of Next, and nothing mentions Next: write `[][Next]_vars`"
    } else {
        "Spec does not say that every step is one of Next: write `Init /\\ [][Next]_vars`"
    };
    let finding = Finding::new("flow/next-not-in-spec", Severity::Warning, specification.name_span(), message);
    findings.push(finding.see(next.name_span(), "Next is here"));
}
