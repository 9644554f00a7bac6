//! A definition takes the parser too long.
//!
//! Text that resembles TLA+ only from afar can keep a parser busy for minutes. Each unit has a budget of work that no
//! real definition comes near; one that uses it up is not read, and the rest of the module is judged as always. A
//! warning, since SANY may well accept it.
//!
//! ````tla bad, among others
//! ---- MODULE M ----
//! A ==
//!     <> : <> : <> : <> : <> : <> : <> : <> : <> : <> : <> : <> : <> : <> : <> : <> : <> : <> : <> : <> : <> :
//! \* (the line before this one 1,000 times more)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! A == <>(1 = 1)
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity, Span},
    module::register::Trait,
    rules::Context,
    syntax::Refused,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for unit in context.units_that(Trait::LeftAlone) {
        let unit = &context.document.units()[unit];
        if unit.syntax.refused == Some(Refused::TooLong) {
            let message = "this definition takes the parser too long and is not read, so nothing in it is judged; \
                           write it more simply or split it";
            let first_line = context.text(unit.range.span).lines().next().unwrap_or_default().trim_end();
            let span = Span::new(unit.range.span.start, unit.range.span.start + first_line.len());
            findings.push(Finding::new("syntax/too-long", Severity::Warning, span, message));
        }
    }
}
