//! Growing selections: the name, the expressions around it, the definition, the module, the text.

use crate::{
    Document,
    diagnostic::Span,
    syntax::{
        UnitKind, lex,
        tree::{Body, Expr, ExprKind, Item, LetItem},
    },
};

/// The spans around a byte of a document, from the smallest to the whole text; each lies in the next
/// (LSP 3.17, `textDocument/selectionRange`).
pub fn selections(document: &Document, offset: usize) -> Vec<Span> {
    let mut spans = vec![Span::new(0, document.source().len())];
    spans.extend(modules_around(document, offset));
    if let Some(comment) = document.comments().find(|comment| comment.start <= offset && offset <= comment.end) {
        grow(&mut spans, comment);
    }
    let units = document.units();
    let index = units.partition_point(|unit| unit.range.span.start <= offset);
    let unit = index.checked_sub(1).map(|index| &units[index]).filter(|unit| unit.range.span.touches(offset));
    if let Some(unit) = unit {
        let span = unit.range.span;
        grow(&mut spans, span);
        let inside = offset - span.start;
        let mut found = Vec::new();
        match &unit.syntax.item {
            Item::Definition(definition) => {
                if let Body::Expression(body) = &definition.body {
                    around(body, inside, &mut found);
                }
            }
            Item::Assume { body, .. } => around(body, inside, &mut found),
            Item::Theorem { statement: Some(statement), .. } => around(statement, inside, &mut found),
            _ => {}
        }
        let text = &document.source()[span.start..span.end];
        let tokens = lex(text, unit.range.column).tokens;
        let touching = tokens.iter().filter(|token| token.span().touches(inside));
        found.extend(touching.max_by_key(|token| token.span().end > inside).map(|token| token.span()));
        found.into_iter().for_each(|inner| grow(&mut spans, inner.shifted(span.start)));
    }
    spans.reverse();
    spans
}

/// Adds a span that lies in the last one and is smaller.
fn grow(spans: &mut Vec<Span>, inner: Span) {
    if spans.last().is_some_and(|last| last.contains(inner) && *last != inner) {
        spans.push(inner);
    }
}

fn modules_around(document: &Document, offset: usize) -> Vec<Span> {
    let mut open = Vec::new();
    let mut found = Vec::new();
    for unit in document.units() {
        match unit.range.kind {
            UnitKind::Header => open.push(unit.range.span.start),
            UnitKind::Footer => found.extend(open.pop().map(|start| Span::new(start, unit.range.span.end))),
            _ => {}
        }
    }
    found.retain(|span| span.touches(offset));
    found.sort_by_key(|span| std::cmp::Reverse(span.len()));
    found
}

/// The expressions around a byte of the unit, from the largest.
fn around(expression: &Expr, offset: usize, found: &mut Vec<Span>) {
    if !expression.span.touches(offset) {
        return;
    }
    found.push(expression.span);
    if let ExprKind::Let { items, .. } = &expression.kind {
        let definitions = items.iter().filter_map(|item| match item {
            LetItem::Definition(definition) => Some(definition.span),
            LetItem::Recursive(_) => None,
        });
        found.extend(definitions.filter(|span| span.touches(offset)));
    }
    expression.children(&mut |child| around(child, offset, found));
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        let offset = text.find("$0").unwrap();
        let document = Document::from(text.replace("$0", "").as_str());
        let spans = selections(&document, offset);
        let shown = spans.iter().map(|span| format!("{:?}\n", &document.source()[span.start..span.end]));
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn a_selection_grows_by_expressions() {
        check(
            "x\n---- MODULE M ----\nA == LET b == f[1 + $0y] IN b \\cup c\n====\n",
            expect![[r#"
                "y"
                "1 + y"
                "f[1 + y]"
                "b == f[1 + y]"
                "LET b == f[1 + y] IN b \\cup c"
                "A == LET b == f[1 + y] IN b \\cup c"
                "---- MODULE M ----\nA == LET b == f[1 + y] IN b \\cup c\n===="
                "x\n---- MODULE M ----\nA == LET b == f[1 + y] IN b \\cup c\n====\n"
            "#]],
        );
        check(
            "---- MODULE M ----\n\\* wo$0rd\nA == 1\n====",
            expect![[r#"
            "\\* word"
            "---- MODULE M ----\n\\* word\nA == 1\n===="
            "---- MODULE M ----\n\\* word\nA == 1\n===="
        "#]],
        );
        check(
            "A == $0",
            expect![[r#"
            "A == "
        "#]],
        );
    }
}
