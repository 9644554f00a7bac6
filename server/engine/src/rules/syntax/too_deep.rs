//! An expression is nested more than 100 deep.
//!
//! Real modules nest some ten deep. What is nested deeper than a hundred brackets, bullets or forms is not read at all,
//! because parsers of TLA+ end in a crash on it; the rest of the module is judged as always.
//!
//! ````tla bad
//! ---- MODULE M ----
//! A == ((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))))
//!      + ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))
//!      ))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! A == (1)
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity},
    module::register::Trait,
    rules::Context,
    syntax::{NESTING_LIMIT, Refused},
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for unit in context.units_that(Trait::LeftAlone) {
        let unit = &context.document.units()[unit];
        if let Some(Refused::TooDeep(span)) = unit.syntax.refused {
            let message = format!(
                "this is nested more than {NESTING_LIMIT} deep and is not read; split the definition into smaller ones"
            );
            let span = span.shifted(unit.range.span.start);
            findings.push(Finding::new("syntax/too-deep", Severity::Error, span, message));
        }
    }
}
