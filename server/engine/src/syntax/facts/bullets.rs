//! Operators that begin a line just right of the bullets of a list of their kind: SANY takes them for a part of the
//! item.

use crate::{
    diagnostic::Span,
    syntax::tree::{Connective, Expr, ExprKind},
};

/// The operators of one junction that stand right of a list's bullets.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stray {
    pub spelling: &'static str,
    /// The operators, and how far right of the list's bullets each stands.
    pub places: Vec<(Span, usize)>,
    /// The column (from 1) of the list's bullets.
    pub column: usize,
    /// Whether the item ends in something that the line has become a part of.
    pub caught: bool,
}

/// How far a bullet may stray to count as meant for the list.
const REACH: usize = 2;

/// A list that is open at a place.
#[derive(Clone, Copy)]
struct List {
    connective: Connective,
    /// Where its bullets stand.
    column: usize,
    /// Whether something stands between the list's item and the place that a further operand would become a part of.
    caught: bool,
}

struct Search<'s> {
    source: &'s str,
    /// The column (from 1) of the unit's first line.
    column: u32,
    lists: Vec<List>,
    found: Vec<Stray>,
}

pub(super) fn strays(body: &Expr, source: &str, column: u32) -> Vec<Stray> {
    let mut search = Search { source, column, lists: Vec::new(), found: Vec::new() };
    search.expression(body);
    search.found
}

fn spelling(connective: Connective) -> &'static str {
    match connective {
        Connective::And => "/\\",
        Connective::Or => "\\/",
    }
}

impl Search<'_> {
    /// The column (from 1) of an offset, and whether only blanks stand before it in its line.
    fn place(&self, offset: usize) -> (usize, bool) {
        let line = self.source[..offset].rfind('\n').map_or(0, |end| end + 1);
        let before = &self.source[line..offset];
        let first = if line == 0 { self.column as usize } else { 1 };
        (first + before.chars().count(), before.trim().is_empty() && (line > 0 || self.column == 1))
    }

    fn expression(&mut self, expression: &Expr) {
        let depth = self.lists.len();
        if let ExprKind::Junction { connective, items } = &expression.kind {
            let start = expression.span.start;
            if self.source.get(start..).is_some_and(|text| text.starts_with(spelling(*connective))) {
                let list = List { connective: *connective, column: self.place(start).0, caught: false };
                for item in items {
                    self.lists.push(list);
                    self.expression(item);
                    self.lists.truncate(depth);
                }
                return;
            }
            self.infix(*connective, items);
        }
        let reaches_on = matches!(
            expression.kind,
            ExprKind::Quantifier { .. } | ExprKind::If { .. } | ExprKind::Case { .. } | ExprKind::Apply { .. }
        );
        if !reaches_on || self.lists.iter().all(|list| list.caught) {
            return expression.children(&mut |child| self.expression(child));
        }
        let before = self.lists.clone();
        self.lists.iter_mut().for_each(|list| list.caught = true);
        expression.children(&mut |child| self.expression(child));
        self.lists = before;
    }

    fn infix(&mut self, connective: Connective, items: &[Expr]) {
        let mut stray: Option<Stray> = None;
        for pair in items.windows(2) {
            let (from, to) = (pair[0].span.end, pair[1].span.start);
            let Some(start) = self.source.get(from..to).and_then(|gap| gap.rfind(spelling(connective))) else {
                continue;
            };
            let start = from + start;
            let (column, first) = self.place(start);
            let near =
                |list: &&List| list.connective == connective && list.column < column && column <= list.column + REACH;
            let Some(list) = self.lists.iter().rev().find(near).filter(|_| first) else { continue };
            let stray = stray.get_or_insert_with(|| Stray {
                spelling: spelling(connective),
                places: Vec::new(),
                column: list.column,
                caught: list.caught,
            });
            let span = Span::new(start, start + spelling(connective).len());
            stray.places.push((span, column - list.column));
        }
        self.found.extend(stray);
    }
}
