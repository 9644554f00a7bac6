//! Names that are used a little behind the end of what binds them: how the binder is made to reach them.

use super::Context;
use crate::{
    diagnostic::{Edit, Fix, Safety, Span},
    syntax::tree::{Bound, BoundForm, Connective, Expr, ExprKind, LetItem, Quantifier},
};

impl Context<'_> {
    /// What lets a name be known at a place of a unit, where something near it binds that name.
    pub(crate) fn let_reach(&self, name: &str, unit: usize, place: Span) -> Option<Fix> {
        let mut fix = None;
        for expression in super::uses::expressions(&self.document.units()[unit].syntax.item) {
            expression.walk(&mut |inner| {
                if !inner.span.contains(place) {
                    return;
                }
                let found = self
                    .split_bounds(inner, name, unit, place)
                    .or_else(|| self.filter_of(inner, name, unit))
                    .or_else(|| self.take_in(inner, name, unit, place));
                // The innermost one that can be meant.
                fix = found.or_else(|| fix.take());
            });
        }
        fix
    }

    /// `\E x \in S, y \in T[x]` becomes `\E x \in S : \E y \in T[x]`.
    fn split_bounds(&self, quantifier: &Expr, name: &str, unit: usize, place: Span) -> Option<Fix> {
        let ExprKind::Quantifier { bounds, .. } = &quantifier.kind else { return None };
        let using = bounds.iter().position(|bound| bound.set.as_ref().is_some_and(|set| set.span.contains(place)))?;
        let binds = |bound: &Bound| bound.names.iter().any(|ident| ident.name == name);
        if !bounds[..using].iter().any(binds) {
            return None;
        }
        let offset = self.start_of(unit);
        let text = self.text(quantifier.span.shifted(offset));
        let end = text[1..].find(|letter: char| !letter.is_ascii_alphabetic()).map_or(text.len(), |end| end + 1);
        let symbol = text.get(..end).filter(|symbol| symbol.starts_with('\\')).or_else(|| {
            text.chars().next().filter(|first| ['∃', '∀'].contains(first)).map(|first| &text[..first.len_utf8()])
        })?;
        let first = bounds[using].names.first()?.span.start;
        let between = Span::new(bounds[using - 1].set.as_ref()?.span.end, first).shifted(offset);
        let comma = between.start + self.text(between).find(',')?;
        let edits = vec![Edit::replace(Span::new(comma, comma + 1), format!(" : {symbol}"))];
        let title = format!("bind `{name}` before what is taken from it");
        Some(Fix { title, safety: Safety::Safe, edits })
    }

    /// `{e : x \in S /\ p}` becomes `{e : x \in {x \in S : p}}`.
    fn filter_of(&self, map: &Expr, name: &str, unit: usize) -> Option<Fix> {
        let ExprKind::Map { bounds, .. } = &map.kind else { return None };
        let [Bound { names, form: BoundForm::Names, set: Some(set) }] = bounds.as_slice() else { return None };
        let ExprKind::Junction { connective: Connective::And, items } = &set.kind else { return None };
        let ([bound], [first, second, ..]) = (names.as_slice(), items.as_slice()) else { return None };
        if bound.name != name {
            return None;
        }
        let offset = self.start_of(unit);
        let between = Span::new(first.span.end, second.span.start).shifted(offset);
        let sign = ["/\\", "∧", "\\land"].into_iter().find(|sign| self.text(between).contains(sign))?;
        let at = between.start + self.text(between).find(sign)?;
        let edits = vec![
            Edit::insert(set.span.start + offset, format!("{{{name} \\in ")),
            Edit::replace(Span::new(at, at + sign.len()), ":"),
            Edit::insert(set.span.end + offset, "}"),
        ];
        Some(Fix { title: format!("filter the set that `{name}` is taken from"), safety: Safety::Safe, edits })
    }

    /// An item of a list uses what LET or `\E` of an earlier item binds: the items behind that one are taken into it.
    fn take_in(&self, list: &Expr, name: &str, unit: usize, place: Span) -> Option<Fix> {
        let ExprKind::Junction { connective, items } = &list.kind else { return None };
        let using = items.iter().position(|item| item.span.contains(place))?;
        let binder = items[..using].iter().rposition(|item| binds(item, *connective, name))?;
        let offset = self.start_of(unit);
        let bullets: Vec<Span> =
            (0..items.len()).map(|index| self.bullet(items, index, offset)).collect::<Option<_>>()?;
        let column = self.column(bullets[0].start)?;
        if bullets.iter().any(|bullet| self.column(bullet.start) != Some(column)) {
            return None;
        }
        let body = innermost(&items[binder], *connective);
        let start = self.opening(body.span.start + offset, items[binder].span.start + offset);
        let bullet = self.text(bullets[binder]);
        let mut edits = Vec::new();
        let is_list = matches!(&body.kind, ExprKind::Junction { connective: own, .. } if own == connective)
            && self.text(Span::new(start, start + bullet.len())) == bullet;
        let next = bullets[binder + 1].start;
        if !is_list {
            edits.push(Edit::insert(start, format!("{bullet} ")));
            edits.extend(self.shifted(Span::new(self.line_end(start), next), bullet.chars().count() + 1));
        }
        let by = self.column(start)?.checked_sub(column).filter(|by| *by > 0)?;
        let end = list.span.end + offset;
        edits.extend(self.shifted(Span::new(next, end), by));
        let title = format!("let `{name}` reach the items below");
        Some(Fix { title, safety: Safety::Safe, edits })
    }

    /// The bullet of an item, where it begins a line.
    fn bullet(&self, items: &[Expr], index: usize, offset: usize) -> Option<Span> {
        let source = self.document.source();
        let start = items[index].span.start + offset;
        let line = source[..start].rfind('\n').map_or(0, |end| end + 1);
        let before = &source[line..start];
        let indent = before.len() - before.trim_start().len();
        let bullet = ["/\\", "\\/", "∧", "∨"].into_iter().find(|bullet| before[indent..].starts_with(bullet))?;
        let at = line + indent;
        Some(Span::new(at, at + bullet.len()))
    }

    /// Columns from 0 in characters; `None` where a tab stands before the place.
    fn column(&self, offset: usize) -> Option<usize> {
        let source = self.document.source();
        let line = source[..offset].rfind('\n').map_or(0, |end| end + 1);
        let before = &source[line..offset];
        (!before.contains('\t')).then(|| before.chars().count())
    }

    fn line_end(&self, offset: usize) -> usize {
        let source = self.document.source();
        source[offset..].find('\n').map_or(source.len(), |end| offset + end + 1)
    }

    /// Where the parentheses open that stand directly before a place, or the place itself.
    fn opening(&self, place: usize, from: usize) -> usize {
        let before = &self.document.source()[from.min(place)..place];
        from.min(place) + before.trim_end_matches([' ', '(']).len() + {
            let rest = &before[before.trim_end_matches([' ', '(']).len()..];
            rest.len() - rest.trim_start_matches(' ').len()
        }
    }

    /// Blanks before every line that begins within a span, or on the line that the span begins on.
    fn shifted(&self, span: Span, by: usize) -> Vec<Edit> {
        let source = self.document.source();
        let mut edits = Vec::new();
        let mut line = source[..span.start].rfind('\n').map_or(0, |end| end + 1);
        while line < span.end {
            let end = self.line_end(line);
            if !source[line..end].trim().is_empty() {
                edits.push(Edit::insert(line, " ".repeat(by)));
            }
            line = end;
        }
        edits
    }
}

/// Whether an item is a LET or a quantifier, or such within such, that binds a name for its last expression.
fn binds(item: &Expr, connective: Connective, name: &str) -> bool {
    let is_it = |ident: &crate::syntax::tree::Ident| ident.name == name;
    match &item.kind {
        ExprKind::Let { items, body } => {
            let here = items.iter().any(|item| matches!(item, LetItem::Definition(it) if is_it(&it.ident)));
            here || binds(body, connective, name)
        }
        ExprKind::Quantifier { quantifier: Quantifier::Exists, bounds, body } if connective == Connective::And => {
            bounds.iter().flat_map(|bound| &bound.names).any(is_it) || binds(body, connective, name)
        }
        _ => false,
    }
}

/// The expression that all binders of an item lead to.
fn innermost(item: &Expr, connective: Connective) -> &Expr {
    match &item.kind {
        ExprKind::Let { body, .. } => innermost(body, connective),
        ExprKind::Quantifier { quantifier: Quantifier::Exists, body, .. } if connective == Connective::And => {
            innermost(body, connective)
        }
        _ => item,
    }
}
