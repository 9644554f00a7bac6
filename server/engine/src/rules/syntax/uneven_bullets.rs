//! A bullet stands a column or two right of its list.
//!
//! In a list the column decides. A `/\` that stands right of the list's bullets is no bullet but an operator within the
//! item before it, and if that item ends in an IF, a quantifier or an implication, the line becomes a part of that.
//! SANY accepts it and says nothing.
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
    rules::Context,
    syntax::tree::{Connective, Expr, ExprKind},
};

/// How far a bullet may stray to count as meant for the list.
const STRAY: usize = 2;

/// A list that is open at a place.
#[derive(Clone, Copy)]
struct List {
    connective: Connective,
    /// Where its bullets stand.
    column: usize,
    /// Whether something stands between the list's item and the place that a further conjunct would become a part of.
    caught: bool,
}

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (home, definition) in context.module.definitions.iter().enumerate() {
        if let Some(body) = definition.body() {
            search(context, home, body, &mut Vec::new(), findings);
        }
    }
}

fn search(context: &Context<'_>, home: usize, expression: &Expr, lists: &mut Vec<List>, findings: &mut Vec<Finding>) {
    let depth = lists.len();
    match &expression.kind {
        ExprKind::Junction { connective, items } if context.is_list(home, expression) => {
            let column = context.indent_of(context.placed(home, expression.span).start).chars().count();
            for item in items {
                lists.push(List { connective: *connective, column, caught: false });
                search(context, home, item, lists, findings);
                lists.truncate(depth);
            }
            return;
        }
        ExprKind::Junction { connective, items } => {
            for pair in items.windows(2) {
                if let Some(finding) = strayed(context, home, *connective, (&pair[0], &pair[1]), lists) {
                    findings.push(finding);
                }
            }
        }
        _ => {}
    }
    let reaches_on = matches!(
        expression.kind,
        ExprKind::Quantifier { .. } | ExprKind::If { .. } | ExprKind::Case { .. } | ExprKind::Apply { .. }
    );
    let before = lists.clone();
    if reaches_on {
        lists.iter_mut().for_each(|list| list.caught = true);
    }
    expression.children(&mut |child| search(context, home, child, lists, findings));
    *lists = before;
}

/// The operator between two operands, where it begins a line and stands just right of a list of its kind.
fn strayed(
    context: &Context<'_>,
    home: usize,
    connective: Connective,
    (left, right): (&Expr, &Expr),
    lists: &[List],
) -> Option<Finding> {
    let gap = Span::new(context.placed(home, left.span).end, context.placed(home, right.span).start);
    let spelling = match connective {
        Connective::And => "/\\",
        Connective::Or => "\\/",
    };
    let text = context.text(gap);
    let start = gap.start + text.rfind(spelling)?;
    let source = context.document.source();
    let line = source[..start].rfind('\n').map_or(0, |end| end + 1);
    if !source[line..start].trim().is_empty() || text.contains("\\*") && text.rfind("\\*") > text.rfind('\n') {
        return None;
    }
    let column = source[line..start].chars().count();
    let list = lists.iter().rev().find(|list| {
        list.connective == connective && list.column < column && column <= list.column + STRAY
    })?;
    let severity = if list.caught { Severity::Warning } else { Severity::Hint };
    let message = format!(
        "this `{spelling}` stands right of the bullets of its list, so it belongs to the item before it: put it into \
         column {} if it is an item of its own",
        list.column + 1,
    );
    let edits = vec![Edit::delete(Span::new(start - (column - list.column), start))];
    let span = Span::new(start, start + spelling.len());
    Some(Finding::new("syntax/uneven-bullets", severity, span, message).with_fix(Fix {
        title: "put the bullet into its list's column".to_owned(),
        safety: Safety::Ask,
        edits,
    }))
}
