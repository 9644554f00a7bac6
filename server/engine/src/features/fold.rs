//! What can be folded away: modules, units, comments, LETs and junction lists.

use std::collections::BTreeMap;

use crate::{
    Document,
    diagnostic::Span,
    syntax::{
        UnitKind,
        tree::{Body, Expr, ExprKind, Item},
    },
};

/// What a fold holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldKind {
    Code,
    Comment,
    Imports,
}

/// Lines that can be folded away, from 0; the first stays visible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    pub first: usize,
    pub last: usize,
    pub kind: FoldKind,
}

/// All folds of a document, in order of place (LSP 3.17, `textDocument/foldingRange`).
pub fn folds(document: &Document) -> Vec<Fold> {
    let mut folder = Folder { document, found: BTreeMap::new() };
    folder.modules();
    folder.comments();
    for unit in document.units() {
        let kind = if unit.range.kind == UnitKind::Extends { FoldKind::Imports } else { FoldKind::Code };
        folder.add(unit.range.span, kind);
        let start = unit.range.span.start;
        match &unit.syntax.item {
            Item::Definition(definition) => {
                if let Body::Expression(body) = &definition.body {
                    folder.expression(body, start);
                }
            }
            Item::Assume { body, .. } => folder.expression(body, start),
            Item::Theorem { statement: Some(statement), .. } => folder.expression(statement, start),
            _ => {}
        }
    }
    folder.found.into_iter().map(|((first, last), kind)| Fold { first, last, kind }).collect()
}

struct Folder<'a> {
    document: &'a Document,
    found: BTreeMap<(usize, usize), FoldKind>,
}

impl Folder<'_> {
    fn add(&mut self, span: Span, kind: FoldKind) {
        let text = self.document.text();
        let (first, last) = (text.line_of(span.start), text.line_of(span.end));
        if last > first {
            self.found.entry((first, last)).or_insert(kind);
        }
    }

    fn modules(&mut self) {
        let mut open = Vec::new();
        for unit in self.document.units() {
            match unit.range.kind {
                UnitKind::Header => open.push(unit.range.span.start),
                UnitKind::Footer => {
                    if let Some(start) = open.pop() {
                        self.add(Span::new(start, unit.range.span.end), FoldKind::Code);
                    }
                }
                _ => {}
            }
        }
    }

    /// Comments over several lines; those that have their lines to themselves and follow each other are one.
    fn comments(&mut self) {
        let source = self.document.source();
        let mut block: Option<Span> = None;
        for comment in self.document.comments() {
            let line = self.document.text().line_start(self.document.text().line_of(comment.start));
            let alone = source[line..comment.start].trim().is_empty();
            let joins = |before: Span| {
                let between = source.get(before.end..comment.start).unwrap_or_default();
                between.trim().is_empty() && between.matches('\n').count() <= 1
            };
            block = match block {
                Some(before) if alone && joins(before) => Some(before.cover(comment)),
                _ => {
                    self.add_comment(block);
                    if !alone {
                        self.add_comment(Some(comment));
                    }
                    alone.then_some(comment)
                }
            };
        }
        self.add_comment(block);
    }

    fn add_comment(&mut self, block: Option<Span>) {
        if let Some(block) = block {
            self.add(block, FoldKind::Comment);
        }
    }

    fn expression(&mut self, expression: &Expr, start: usize) {
        if matches!(expression.kind, ExprKind::Let { .. } | ExprKind::Junction { .. } | ExprKind::Case { .. }) {
            self.add(expression.span.shifted(start), FoldKind::Code);
        }
        expression.children(&mut |child| self.expression(child, start));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        let folds = folds(&Document::from(text));
        let shown = folds.iter().map(|fold| format!("{}-{} {:?}\n", fold.first + 1, fold.last + 1, fold.kind));
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn units_comments_lets_and_lists_fold() {
        check(
            "---- MODULE M ----\nEXTENDS A,\n  B\n\\* one\n\\* two\n\n(* three\n   four *)\nC == 1 \\* not\n\\* five\nD ==\n  LET a ==\n        /\\ 1\n        /\\ 2\n  IN  a\n====\n",
            expect![[r#"
                1-16 Code
                2-3 Imports
                4-5 Comment
                7-8 Comment
                11-15 Code
                12-15 Code
                13-15 Code
            "#]],
        );
    }
}
