//! A bullet stands a column or two right of its list.
//!
//! In a list the column decides. A `/\` that stands right of the list's bullets is no bullet but an operator within
//! the item before it, and if that item ends in an IF, a quantifier or an implication, the line becomes a part of
//! that. SANY accepts it and says nothing.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLES x, y
//! A == /\ IF x = 1 THEN x' = 2 ELSE x' = 1
//!       /\ y' = y
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLES x, y
//! A == /\ IF x = 1 THEN x' = 2 ELSE x' = 1
//!      /\ y' = y
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    module::register::Trait,
    rules::Context,
};

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for unit in context.units_that(Trait::Strays) {
        let unit = &context.document.units()[unit];
        let offset = unit.range.span.start;
        for stray in &unit.syntax.facts.strays {
            let Some((first, _)) = stray.places.first() else { continue };
            let severity = if stray.caught { Severity::Warning } else { Severity::Hint };
            let message = format!(
                "this `{}` stands right of the bullets of its list, so it belongs to the item before it: put it into \
                 column {} if it is an item of its own",
                stray.spelling, stray.column,
            );
            let edits = stray.places.iter().map(|(place, by)| {
                let start = place.start + offset;
                Edit::delete(Span::new(start - by, start))
            });
            let finding = Finding::new("syntax/uneven-bullets", severity, first.shifted(offset), message);
            // Where nothing is caught, the list means the same in either column: there is nothing to mend.
            let fix = stray.caught.then(|| Fix {
                title: "put the bullet into its list's column".to_owned(),
                safety: Safety::Ask,
                edits: edits.collect(),
            });
            findings.push(match fix {
                Some(fix) => finding.with_fix(fix),
                None => finding,
            });
        }
    }
}
