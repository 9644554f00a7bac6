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
            let strayed: Vec<Strayed> = items
                .windows(2)
                .filter_map(|pair| strayed(context, home, *connective, (&pair[0], &pair[1]), lists))
                .collect();
            findings.extend(finding(*connective, &strayed));
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

/// An operator that stands right of a list of its kind.
struct Strayed {
    list: List,
    start: usize,
    /// How far right of the list's bullets it stands.
    by: usize,
}

/// The operator between two operands, where it begins a line and stands just right of a list of its kind.
fn strayed(
    context: &Context<'_>,
    home: usize,
    connective: Connective,
    (left, right): (&Expr, &Expr),
    lists: &[List],
) -> Option<Strayed> {
    let gap = Span::new(context.placed(home, left.span).end, context.placed(home, right.span).start);
    let source = context.document.source();
    let start = gap.start + context.text(gap).rfind(spelling(connective))?;
    let line = source[..start].rfind('\n').map_or(0, |end| end + 1);
    if !source[line..start].trim().is_empty() {
        return None;
    }
    let column = source[line..start].chars().count();
    let near = |list: &&List| list.connective == connective && list.column < column && column <= list.column + STRAY;
    let list = *lists.iter().rev().find(near)?;
    Some(Strayed { list, start, by: column - list.column })
}

fn spelling(connective: Connective) -> &'static str {
    match connective {
        Connective::And => "/\\",
        Connective::Or => "\\/",
    }
}

/// One finding for all operators of one junction.
fn finding(connective: Connective, strayed: &[Strayed]) -> Option<Finding> {
    let first = strayed.first()?;
    let spelling = spelling(connective);
    let severity = if first.list.caught { Severity::Warning } else { Severity::Hint };
    let message = format!(
        "this `{spelling}` stands right of the bullets of its list, so it belongs to the item before it: put it into \
         column {} if it is an item of its own",
        first.list.column + 1,
    );
    let edits = strayed.iter().map(|each| Edit::delete(Span::new(each.start - each.by, each.start))).collect();
    let span = Span::new(first.start, first.start + spelling.len());
    Some(Finding::new("syntax/uneven-bullets", severity, span, message).with_fix(Fix {
        title: "put the bullet into its list's column".to_owned(),
        safety: Safety::Ask,
        edits,
    }))
}
