//! An action that the prompt demands is missing.
//!
//! Exact names that a prompt requires are a matter of letters and an error. For a mandatory item without such names the
//! rule says that no behaviour was found, with what was looked for; that is a warning, since the module may have it under
//! a name that nobody would guess.
//!
//! The fix adds a stub, an action that changes nothing, and its disjunct in Next. The stub is itself reported until
//! somebody fills it.
//!
//! ````prompt
//! MANDATORY NAMING CONVENTIONS:
//!
//! Required actions:
//!   - `Push`
//!   - `Pop`
//! ````
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLES x, y
//! vars == <<x, y>>
//! Init == x = 0 /\ y = 0
//! Push == x' = 1 /\ y' = x
//! Next ==
//!     \/ Push
//! Spec == Init /\ [][Next]_vars
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLES x, y
//! vars == <<x, y>>
//! Init == x = 0 /\ y = 0
//! Push == x' = 1 /\ y' = x
//! Pop ==
//!     UNCHANGED vars
//!
//! Next ==
//!     \/ Push
//!     \/ Pop
//! Spec == Init /\ [][Next]_vars
//! ====
//! ````

use std::cell::OnceCell;

use crate::{
    contract::{ClauseKind, Demand, Polarity, Verdict},
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    evidence::{Fault, stub_name},
    module::Placed,
    rules::Context,
    syntax::tree::{Connective, Definition, ExprKind},
};

const ID: &str = "contract/missing-action";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let stubs = OnceCell::new();
    for (clause, demand, answer) in context.answered() {
        let (severity, what) = match (demand, clause.kind) {
            (Demand::ExactAction(_), _) => (Severity::Error, "the prompt requires an action of this exact name"),
            (Demand::Behaviour, ClauseKind::Action) => (Severity::Warning, "the prompt makes it mandatory"),
            (Demand::Behaviour, _) => (Severity::Warning, "the prompt requires it"),
            _ => continue,
        };
        // A strict order of states that a step breaks is one place among others, not a thing that is missing.
        if let (Verdict::Violated, Fault::Places(places), Polarity::Required) =
            (answer.verdict, &answer.fault, clause.polarity)
            && let (Demand::Behaviour, Some(first)) = (demand, places.first())
        {
            let message = format!("{}: {}", clause.title, answer.reason());
            findings.push(Finding::new(ID, Severity::Warning, *first, message).for_clause(&clause.id));
        }
        let (Verdict::Missing, Fault::Names(names)) = (answer.verdict, &answer.fault) else { continue };
        let Some(place) = place(context) else { continue };
        let message = format!("{}: missing {}; {what}", clause.title, answer.reason());
        let mut finding = Finding::new(ID, severity, place, message).for_clause(&clause.id);
        for name in names {
            let Some(action) = stub_name(clause, name) else { continue };
            let Some(stubs) = stubs.get_or_init(|| Stubs::of(context)) else { continue };
            if let Some(fix) = stub(context, stubs, &action) {
                finding = finding.with_fix(fix);
            }
        }
        findings.push(finding);
    }
}

/// Where a missing action is reported: at the name of Next, else at the header.
fn place(context: &Context<'_>) -> Option<Span> {
    context.calls.next.map(|next| next.name_span()).or(context.module.header)
}

/// What the stubs of all actions share.
struct Stubs<'a> {
    next: Placed<'a, Definition>,
    /// Behind UNCHANGED.
    variables: String,
}

impl<'a> Stubs<'a> {
    /// `None` where nothing can be added to Next.
    fn of(context: &Context<'a>) -> Option<Self> {
        let whole = |next: &Placed<'_, Definition>| context.document.units()[next.unit].syntax.facts.whole;
        let next = context.calls.next.filter(|next| whole(next) || next.is_whole())?;
        let variables = match context.module.variables_tuple() {
            Some(tuple) => tuple.to_owned(),
            None => {
                let names: Vec<&str> =
                    context.module.variables.iter().map(|variable| variable.value.name.as_str()).collect();
                format!("<<{}>>", names.join(", "))
            }
        };
        Some(Self { next, variables })
    }
}

/// An action that changes nothing, before Next, and its disjunct in Next.
fn stub(context: &Context<'_>, Stubs { next, variables }: &Stubs<'_>, action: &str) -> Option<Fix> {
    if context.module.definition(action).is_some() {
        return None;
    }
    let body = next.body()?;
    let span = next.span(body.span);
    let start = context.document.units()[next.unit].range.span.start;
    let mut edits = vec![Edit::insert(start, format!("{action} ==\n    UNCHANGED {variables}\n\n"))];
    let text = context.document.text();
    let column = |offset: usize| text.slice(Span::new(text.line_start(text.line_of(offset)), offset)).chars().count();
    let bulleted = context.text(span).starts_with("\\/");
    match &body.kind {
        ExprKind::Junction { connective: Connective::Or, .. } if bulleted => {
            edits.push(Edit::insert(span.end, format!("\n{}\\/ {action}", " ".repeat(column(span.start)))));
        }
        // `\E n : A(n) \/ B` takes all that follows into its scope: parentheses keep the stub out of it.
        _ => {
            edits.push(Edit::insert(span.start, "("));
            edits.push(Edit::insert(span.end, format!(") \\/ {action}")));
        }
    }
    Some(Fix { title: format!("insert a stub of `{action}` and its disjunct in Next"), safety: Safety::Ask, edits })
}
