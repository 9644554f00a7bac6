//! The text laid out anew by `libtlafmt`, only where the module provably stays the same: its tokens, its trees and its
//! comments.

use libtlafmt::ParsedFile;

use crate::{
    Document,
    diagnostic::{Edit, Span, apply_edits},
    document::Unit,
    repair::with_line_ends_of,
    syntax::{
        Kind, lex,
        tree::{Body, Expr, ExprKind, Item},
    },
};

/// The whole text laid out anew (LSP 3.17, `textDocument/formatting`); `None` where the module could not be read whole,
/// where text stands around it, or where laying it out would change more than blanks and line ends.
pub fn formatted(document: &Document) -> Option<String> {
    if !is_whole(document) {
        return None;
    }
    let mut bytes = Vec::new();
    ParsedFile::new(document.source()).ok()?.format(&mut bytes).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let text = with_own_spelling(document, &Document::from(text.as_str()))?;
    let laid_out = Document::from(text.as_str());
    if !is_whole(&laid_out) || essence(document) != essence(&laid_out) {
        return None;
    }
    let edits = with_line_ends_of(document.source(), vec![Edit::insert(0, text)]);
    Some(edits.into_iter().map(|edit| edit.text).collect())
}

/// The text with each token as it was written: `\cup` does not become `\union`, and rows of dashes are as long as they
/// were, which a prompt may have asked for. `None` where the tokens are others.
fn with_own_spelling(document: &Document, laid_out: &Document) -> Option<String> {
    let (old, new) = (placed_tokens(document), placed_tokens(laid_out));
    if old.len() != new.len() {
        return None;
    }
    let mut edits = Vec::new();
    for ((old_kind, old_span), (new_kind, new_span)) in old.into_iter().zip(new) {
        if old_kind != new_kind {
            return None;
        }
        let word = &document.source()[old_span.start..old_span.end];
        if word != &laid_out.source()[new_span.start..new_span.end] {
            edits.push(Edit::replace(new_span, word));
        }
    }
    let (text, _) = apply_edits(laid_out.source(), &edits);
    let end = if document.source().ends_with('\n') { "\n" } else { "" };
    Some(format!("{}{end}", text.trim_end()))
}

/// The tokens of all units with their places in the document.
fn placed_tokens(document: &Document) -> Vec<(Kind, Span)> {
    let of_unit = |unit: &Unit| {
        let Span { start, end } = unit.range.span;
        let tokens = lex(&document.source()[start..end], unit.range.column).tokens.into_iter();
        tokens
            .map(move |token| (token.kind, Span::new(token.start as usize, token.end as usize).shifted(start)))
            .collect::<Vec<_>>()
    };
    document.units().iter().flat_map(of_unit).collect()
}

/// Whether every part of a document is read, and nothing but one module stands in it.
fn is_whole(document: &Document) -> bool {
    let is_read = |item: &Item| match item {
        Item::Other | Item::UseHide { .. } | Item::Theorem { statement: None, .. } => false,
        Item::Definition(definition) => match &definition.body {
            Body::Expression(body) => is_known(body),
            Body::Instance(_) => true,
        },
        Item::Assume { body, .. } | Item::Theorem { statement: Some(body), .. } => is_known(body),
        _ => true,
    };
    document.json().is_none()
        && document.wrapping().pieces.is_empty()
        && document.layout().closed
        && !document.units().is_empty()
        && document.units().iter().all(|unit| {
            let syntax = &unit.syntax;
            syntax.slips.is_empty() && syntax.refused.is_none() && !syntax.proof && is_read(&syntax.item)
        })
}

/// Whether an expression is understood in all its parts.
fn is_known(expression: &Expr) -> bool {
    let mut known = true;
    expression.walk(&mut |inner| known &= !matches!(inner.kind, ExprKind::Opaque | ExprKind::Broken(_)));
    known
}

/// What of a document must stay: tokens, trees without their places, comments without the blanks at the ends of their
/// lines.
fn essence(document: &Document) -> Vec<String> {
    let source = document.source();
    let words = placed_tokens(document).into_iter().map(|(_, span)| source[span.start..span.end].to_owned());
    let mut essence: Vec<String> = words.collect();
    for unit in document.units() {
        let text = &source[unit.range.span.start..unit.range.span.end];
        essence.push(without_places(&format!("{:?}", unit.syntax.item)));
        let within = unit.syntax.comments.iter().map(|(span, _)| &text[span.start..span.end]);
        essence.extend(within.map(trimmed));
    }
    essence.extend(document.comments().map(|comment| trimmed(&source[comment.start..comment.end])));
    essence
}

fn trimmed(comment: &str) -> String {
    comment.lines().map(str::trim).collect::<Vec<_>>().join("\n")
}

/// The shape of a tree: its printed form without spans.
fn without_places(printed: &str) -> String {
    let mut parts = printed.split("Span {");
    let mut shape = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        shape.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    shape
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    fn laid_out(text: &str) -> Option<String> {
        formatted(&Document::from(text))
    }

    #[test]
    fn blanks_are_set_right_and_nothing_else_is_changed() {
        let text = "-------- MODULE M --------\nEXTENDS   Naturals\nVARIABLE x\n\\* begins\nInit==x=0\n\
                    Next ==   /\\ x<3\n          /\\ x'=x+1   \\* grows\nSpec == Init/\\[][Next]_x\n=====\n";
        expect![[r#"
            -------- MODULE M --------
            EXTENDS Naturals
            VARIABLE x
            \* begins
            Init == x = 0
            Next ==
                /\ x < 3
                /\ x' = x + 1 \* grows
            Spec == Init /\ [][Next]_x
            =====
        "#]]
        .assert_eq(&laid_out(text).unwrap_or_default());
    }

    #[test]
    fn what_is_laid_out_once_stays() {
        let text = "---- MODULE M ----\nVARIABLE x\nInit == x = {1,2}\nNext == \\/ x'=1\n        \\/ x'=2\n====\n";
        let once = laid_out(text).unwrap();
        assert_eq!(laid_out(&once), Some(once));
    }

    #[test]
    fn operators_keep_the_spelling_of_the_author() {
        let text = "---- MODULE M ----\nEXTENDS Naturals\nA==1=<2 /\\ {1}\\cup{2}={}\n====\n";
        let laid_out = laid_out(text).unwrap();
        assert!(laid_out.contains("A == 1 =< 2 /\\ {1} \\cup {2} = {}"), "{laid_out}");
    }

    #[test]
    fn line_ends_stay_those_of_the_text() {
        let text = "---- MODULE M ----\r\nVARIABLE x\r\nInit==x=0\r\n====\r\n";
        let laid_out = laid_out(text).unwrap();
        assert_eq!(laid_out.matches('\n').count(), laid_out.matches("\r\n").count());
    }

    #[test]
    fn what_is_not_read_whole_is_left_alone() {
        for text in [
            "---- MODULE M ----\nA == (1 + \n====\n",
            "---- MODULE M ----\nA == 1\n",
            "Here it is:\n---- MODULE M ----\nA == 1\n====\n",
            "---- MODULE M ----\nTHEOREM T == TRUE\n<1>1. TRUE OBVIOUS\n<1> QED\n====\n",
            "{\"specification\": \"---- MODULE M ----\\nA == 1\\n====\"}",
            "A == 1",
            "",
        ] {
            assert_eq!(laid_out(text), None, "{text}");
        }
    }
}
