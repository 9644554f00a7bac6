//! What a text consists of besides names, for colours where no grammar gives them: comments, words of TLA+, strings,
//! numbers and operators.

use super::operators;
use crate::{
    Document,
    diagnostic::Span,
    syntax::{Kind, lex},
};

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    Comment,
    Keyword,
    Text,
    Number,
    Operator,
}

/// One piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Bytes of the document, on one line.
    pub span: Span,
    pub kind: WordKind,
}

/// The words of a module in order of place; what stands around the module has none.
pub fn words(document: &Document) -> Vec<Word> {
    let source = document.source();
    let mut words: Vec<Word> =
        document.comments().flat_map(|comment| on_lines(source, comment)).map(comment_word).collect();
    for unit in document.units() {
        let span = unit.range.span;
        let Some(text) = source.get(span.start..span.end) else { continue };
        words.extend(lex(text, 1).tokens.iter().filter_map(|token| {
            let kind = kind_of(token.kind, token.text(text))?;
            Some(Word { span: token.span().shifted(span.start), kind })
        }));
    }
    words.sort_by_key(|word| word.span);
    words
}

fn comment_word(span: Span) -> Word {
    Word { span, kind: WordKind::Comment }
}

/// The parts of a span that stand on one line each, without white space around them.
fn on_lines(source: &str, span: Span) -> impl Iterator<Item = Span> + use<'_> {
    let mut start = span.start;
    source[span.start..span.end].split_inclusive('\n').filter_map(move |line| {
        let from = start + line.len() - line.trim_start().len();
        start += line.len();
        let text = line.trim();
        (!text.is_empty()).then(|| Span::new(from, from + text.len()))
    })
}

fn kind_of(kind: Kind, text: &str) -> Option<WordKind> {
    match kind {
        Kind::Str | Kind::OpenString => Some(WordKind::Text),
        Kind::Number => Some(WordKind::Number),
        Kind::Keyword(_) | Kind::Weak | Kind::Strong => Some(WordKind::Keyword),
        Kind::Identifier => operators::find(text).map(|_| WordKind::Keyword),
        Kind::Operator(_) if text.starts_with(|first: char| first.is_ascii_alphabetic()) => Some(WordKind::Keyword),
        Kind::Operator(_) | Kind::Defines => Some(WordKind::Operator),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn everything_but_names_and_brackets_is_there() {
        let text = "prose\n---- MODULE M ----\n(* one\n   two *)\nA == IF TRUE THEN \"s\" ELSE x' = 1 \\* end\n\
                    B == UNCHANGED x /\\ WF_x(A)\n====\n";
        let document = Document::from(text);
        let shown = |word: &Word| format!("{:?} {}\n", word.kind, &document.source()[word.span.start..word.span.end]);
        expect![[r#"
            Keyword MODULE
            Comment (* one
            Comment two *)
            Operator ==
            Keyword IF
            Keyword TRUE
            Keyword THEN
            Text "s"
            Keyword ELSE
            Operator '
            Operator =
            Number 1
            Comment \* end
            Operator ==
            Keyword UNCHANGED
            Operator /\
            Keyword WF_
        "#]]
        .assert_eq(&words(&document).iter().map(shown).collect::<String>());
    }
}
