//! An action leaves a variable unspecified.
//!
//! In TLA+ a variable that an action does not speak of may take any value in the next state; TLC stops there with
//! "Successor state is not completely specified". Every path of an action, each disjunct and each branch of an IF or
//! CASE, must say what becomes of every variable: `x' = …`, `x' \in …` or UNCHANGED. Operators that the action calls
//! count, and so do conjuncts around it; a path through an operator that is not known is not judged.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLES x, y, z
//! Init == x = 0 /\ y = 0 /\ z = 0
//! Swap == /\ x # y
//!         /\ x' = y
//!         /\ y' = x
//!         /\ z' = x
//! Reset == /\ x' = z
//!          /\ UNCHANGED <<y>>
//! Next == Swap \/ Reset
//! Spec == Init /\ [][Next]_<<x, y, z>>
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLES x, y, z
//! Init == x = 0 /\ y = 0 /\ z = 0
//! Swap == /\ x # y
//!         /\ x' = y
//!         /\ y' = x
//!         /\ z' = x
//! Reset == /\ x' = z
//!          /\ UNCHANGED <<y, z>>
//! Next == Swap \/ Reset
//! Spec == Init /\ [][Next]_<<x, y, z>>
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Fix, Safety, Severity},
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for gap in &context.frames().gaps {
        let variables = context.told(gap.missing);
        let it = if context.names_of(gap.missing).len() == 1 { "it" } else { "them" };
        let message = format!(
            "`{}` leaves {variables} unspecified{}: in the next state any value is allowed, and TLC stops with an error; \
             say what becomes of {it}, or add {it} to UNCHANGED",
            context.name_at(gap.home),
            context.turn(gap.home, gap.turn),
        );
        let span = context.placed(gap.home, gap.part.span);
        let mut finding = Finding::new("frame/unspecified-variable", Severity::Warning, span, message);
        // What some callers say themselves can't be added here for all of them.
        if gap.missing == gap.always_missing
            && let Some(edit) = context.keep(gap.home, gap.part, gap.missing)
        {
            finding = finding.with_fix(Fix {
                title: format!("keep {variables} UNCHANGED"),
                safety: Safety::Safe,
                edits: vec![edit],
            });
        }
        findings.push(finding);
    }
}
