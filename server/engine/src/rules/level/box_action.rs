//! `[]` or `<>` of an action that is not written with its subscript.
//!
//! SANY errors 4310 and 4311. `[]` of an action is written `[][A]_v` and `<>` of one `<><<A>>_v`, so that steps in which
//! nothing changes make no difference.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLE x
//! Next == x' = 1
//! Always == []Next
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLE x
//! Next == x' = 1
//! Always == [][Next]_x
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Span},
    module::problem::Fault,
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let first = findings.len();
    context.report_problems(Fault::BoxAction, "level/box-action", findings);
    for finding in &mut findings[first..] {
        finding.fixes.extend(with_subscript(context, finding.span));
    }
}

/// The action in its brackets, with all variables as its subscript. It allows steps that the text does not, so it is asked.
fn with_subscript(context: &Context<'_>, span: Span) -> Option<Fix> {
    let text = context.text(span);
    let (open, close) = match text.get(..2)? {
        "[]" => ("[", "]_"),
        "<>" => ("<<", ">>_"),
        _ => return None,
    };
    let action = text[2..].trim_start();
    if action.contains("]_") || action.contains(">>_") {
        return None;
    }
    let variables: Vec<&str> = context.module.variables.iter().map(|variable| variable.value.name.as_str()).collect();
    let subscript = match (context.module.variables_tuple(), variables.as_slice()) {
        (Some(name), _) => name.to_owned(),
        (None, []) => return None,
        (None, [only]) => (*only).to_owned(),
        (None, several) => format!("<<{}>>", several.join(", ")),
    };
    let edits = vec![Edit::insert(span.end - action.len(), open), Edit::insert(span.end, format!("{close}{subscript}"))];
    Some(Fix { title: "write the action with its subscript".to_owned(), safety: Safety::Ask, edits })
}
