//! The text that tree-sitter reads: one unit between a header and a footer, comments blanked, tabs expanded, slips
//! mended, with an exact map back to the unit.

use super::lexer::Comment;
use crate::diagnostic::{Edit, Span};

/// A prepared unit.
pub(super) struct Prepared {
    pub text: String,
    /// Pieces in order: where a piece begins in the prepared text, what it stands for in the unit, and whether its
    /// bytes are those of the unit.
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy)]
struct Piece {
    at: usize,
    source: Span,
    form: Form,
}

#[derive(Clone, Copy, PartialEq)]
enum Form {
    Copied,
    Replaced,
}

const HEADER: &str = "---- MODULE M ----\n";

/// Prepares a unit whose first token stands in `column` (from 1). `repairs` must not overlap.
pub(super) fn prepare(source: &str, column: u32, comments: &[Comment], repairs: &[Edit]) -> Prepared {
    let mut prepared = Prepared { text: String::with_capacity(source.len() + 64), pieces: Vec::new() };
    prepared.text.push_str(HEADER);
    prepared.text.extend(std::iter::repeat_n(' ', column as usize - 1));

    let mut changes: Vec<(Span, Change)> = comments
        .iter()
        .map(|comment| (Span::new(comment.start as usize, comment.end as usize), Change::Blank))
        .chain(repairs.iter().map(|edit| (edit.span, Change::Write(&edit.text))))
        .collect();
    changes.sort_by_key(|(span, _)| *span);

    let mut writer = Writer { source, column: column as usize, prepared: &mut prepared };
    let mut position = 0;
    for (span, change) in changes {
        if span.start < position || span.end > source.len() {
            continue;
        }
        writer.copy(Span::new(position, span.start));
        match change {
            Change::Blank => writer.blank(span),
            Change::Write(text) => writer.write(span, text),
        }
        position = span.end;
    }
    writer.copy(Span::new(position, source.len()));
    prepared.text.push_str("\n====\n");
    prepared
}

enum Change<'a> {
    Blank,
    Write(&'a str),
}

struct Writer<'a, 'b> {
    source: &'a str,
    /// Column of the next character in the unit, from 1.
    column: usize,
    prepared: &'b mut Prepared,
}

impl Writer<'_, '_> {
    fn piece(&mut self, source: Span, form: Form) {
        self.prepared.pieces.push(Piece { at: self.prepared.text.len(), source, form });
    }

    fn count(&mut self, text: &str) {
        for character in text.chars() {
            self.column = match character {
                '\n' | '\r' => 1,
                '\t' => (self.column - 1) / 8 * 8 + 9,
                _ => self.column + 1,
            };
        }
    }

    fn copy(&mut self, span: Span) {
        let mut start = span.start;
        while let Some(tab) = self.source[start..span.end].find('\t') {
            self.copy_plain(Span::new(start, start + tab));
            let before = self.column;
            self.count("\t");
            self.piece(Span::new(start + tab, start + tab + 1), Form::Replaced);
            self.prepared.text.extend(std::iter::repeat_n(' ', self.column - before));
            start += tab + 1;
        }
        self.copy_plain(Span::new(start, span.end));
    }

    fn copy_plain(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        self.piece(span, Form::Copied);
        let text = &self.source[span.start..span.end];
        self.prepared.text.push_str(text);
        self.count(text);
    }

    fn blank(&mut self, span: Span) {
        self.piece(span, Form::Replaced);
        let text = &self.source[span.start..span.end];
        for character in text.chars() {
            match character {
                '\n' | '\r' => self.prepared.text.push(character),
                '\t' => {
                    let spaces = (self.column - 1) / 8 * 8 + 9 - self.column;
                    self.prepared.text.extend(std::iter::repeat_n(' ', spaces));
                }
                _ => self.prepared.text.push(' '),
            }
            self.count(character.encode_utf8(&mut [0; 4]));
        }
    }

    /// A repair, padded to the width of what it replaces where that keeps the columns behind it.
    fn write(&mut self, span: Span, text: &str) {
        self.piece(span, Form::Replaced);
        self.prepared.text.push_str(text);
        let replaced = &self.source[span.start..span.end];
        let shorter = replaced.chars().count().saturating_sub(text.chars().count());
        self.prepared.text.extend(std::iter::repeat_n(' ', shorter));
        self.count(replaced);
    }
}

impl Prepared {
    /// The bytes of the unit that a span of the prepared text stands for.
    pub(super) fn to_source(&self, span: Span) -> Span {
        let start = self.offset(span.start, Edge::Start);
        Span::new(start, self.offset(span.end, Edge::End).max(start))
    }

    fn offset(&self, offset: usize, edge: Edge) -> usize {
        let index = match edge {
            Edge::Start => self.pieces.partition_point(|piece| piece.at <= offset),
            // An end belongs to the piece that it ends, not to the one that begins there.
            Edge::End => self.pieces.partition_point(|piece| piece.at < offset),
        };
        let Some(piece) = index.checked_sub(1).and_then(|index| self.pieces.get(index)) else { return 0 };
        match (piece.form, edge) {
            (Form::Copied, _) => (piece.source.start + offset - piece.at).min(piece.source.end),
            (Form::Replaced, Edge::Start) => piece.source.start,
            (Form::Replaced, Edge::End) => piece.source.end,
        }
    }
}

#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::lexer::lex;

    #[test]
    fn places_lead_back_to_the_unit() {
        let source = "A ==\t(* é *) x && y \\* c";
        let lexed = lex(source, 3);
        let at = source.find("&&").unwrap();
        let repairs = [Edit::replace(Span::new(at, at + 2), "/\\")];
        let prepared = prepare(source, 3, &lexed.comments, &repairs);
        assert_eq!(prepared.text, "---- MODULE M ----\n  A ==  ".to_owned() + "        x /\\ y     \n====\n");
        let y = prepared.text.find('y').unwrap();
        let span = prepared.to_source(Span::new(y, y + 1));
        assert_eq!(&source[span.start..span.end], "y");
        let operator = prepared.text.find("/\\").unwrap();
        assert_eq!(prepared.to_source(Span::new(operator, operator + 2)), Span::new(at, at + 2));
    }
}
