//! The initial predicate leaves a variable out.
//!
//! A variable that Init does not speak of may begin with any value; TLC stops there with "current state is not a legal
//! state". Every disjunct and every branch must say what each variable is at the beginning.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLES x, y
//! Init == x = 0
//! Next == x' = y /\ y' = x
//! Spec == Init /\ [][Next]_<<x, y>>
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLES x, y
//! Init == x = 0 /\ y = 1
//! Next == x' = y /\ y' = x
//! Spec == Init /\ [][Next]_<<x, y>>
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity},
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for gap in &context.frames().initial_gaps {
        let variables = context.told(gap.missing);
        let message = format!(
            "`{}` says nothing of {variables}{}: it may begin with any value, and TLC stops with an error; give \
             {variables} an initial value",
            context.name_at(gap.home),
            context.turn(gap.home, gap.turn),
        );
        let span = context.placed(gap.home, gap.part.span);
        findings.push(Finding::new("frame/init-incomplete", Severity::Warning, span, message));
    }
}
