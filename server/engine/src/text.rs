//! The text of a document: bytes, lines and the columns that editors count in. The only place that knows ropey.

use std::borrow::Cow;

use ropey::Rope;

use crate::diagnostic::Span;

/// How an editor counts columns (LSP 3.17, `PositionEncodingKind`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// 16-bit units; what LSP takes when nothing is negotiated.
    Utf16,
    /// Unicode characters.
    Utf32,
}

/// A place as editors say it: line and column from 0, the column in the units of an [`Encoding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// A text that is cheap to clone and to edit. Lines end at LF, CR or CR LF, as in LSP.
#[derive(Debug, Clone, Default)]
pub struct Text {
    rope: Rope,
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self { rope: Rope::from_str(text) }
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| formatter.write_str(chunk))
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.rope == other.rope
    }
}

impl Text {
    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many lines there are; a text that ends with a line end has an empty last line.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The line, from 0, of a byte offset. An offset behind the end counts as the end.
    pub fn line_of(&self, offset: usize) -> usize {
        self.rope.byte_to_line(offset.min(self.len()))
    }

    /// The byte offset at which a line begins; the end of the text for lines behind it.
    pub fn line_start(&self, line: usize) -> usize {
        if line >= self.line_count() { self.len() } else { self.rope.line_to_byte(line) }
    }

    /// Bytes of a line without its line end.
    pub fn line_span(&self, line: usize) -> Span {
        let start = self.line_start(line);
        let mut end = self.line_start(line + 1).max(start);
        while end > start && matches!(self.rope.byte(end - 1), b'\n' | b'\r') {
            end -= 1;
        }
        Span::new(start, end)
    }

    /// The text of a line without its line end.
    pub fn line(&self, line: usize) -> Cow<'_, str> {
        self.slice(self.line_span(line))
    }

    /// The text of a span; its ends are moved to the character they fall in, and to the end of the text.
    pub fn slice(&self, span: Span) -> Cow<'_, str> {
        let start = self.floor(span.start);
        let end = self.floor(span.end).max(start);
        self.rope.byte_slice(start..end).into()
    }

    /// The position of a byte offset; an offset within a character counts as the character's start.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let line = self.line_of(offset);
        let start = self.rope.line_to_byte(line);
        let written = self.rope.get_byte_slice(start..offset);
        let before = written.unwrap_or_else(|| self.rope.byte_slice(start..self.floor(offset)));
        let column = match encoding {
            Encoding::Utf8 => before.len_bytes(),
            Encoding::Utf16 => before.len_utf16_cu(),
            Encoding::Utf32 => before.len_chars(),
        };
        Position { line, column }
    }

    /// The byte offset of a position. A column behind the line's last character counts as the line's end, a line
    /// behind the last one as the end of the text (LSP 3.17, `Position`), a column within a character as its start.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        if position.line >= self.line_count() {
            return self.len();
        }
        let line = self.line_span(position.line);
        let slice = self.rope.byte_slice(line.start..line.end);
        match encoding {
            Encoding::Utf8 => self.floor(line.start + position.column.min(line.len())),
            Encoding::Utf16 => {
                let column = position.column.min(slice.len_utf16_cu());
                line.start + slice.char_to_byte(slice.utf16_cu_to_char(column))
            }
            Encoding::Utf32 => line.start + slice.char_to_byte(position.column.min(slice.len_chars())),
        }
    }

    /// Replaces the bytes of a span. Ends that lie outside the text, within a character or in the wrong order are
    /// mended first, so no span can fail. Gives the span that was replaced.
    pub fn replace(&mut self, span: Span, with: &str) -> Span {
        let start = self.floor(span.start.min(span.end));
        let end = self.floor(span.start.max(span.end));
        let first = self.rope.byte_to_char(start);
        self.rope.remove(first..self.rope.byte_to_char(end));
        self.rope.insert(first, with);
        Span::new(start, end)
    }

    /// The start of the character that an offset falls in, at most the end of the text.
    fn floor(&self, offset: usize) -> usize {
        let offset = offset.min(self.len());
        self.rope.char_to_byte(self.rope.byte_to_char(offset))
    }
}

/// Goes through a text and tells the positions of offsets that ascend: of many quicker than [`Text::position`].
#[derive(Debug, Clone, Copy)]
pub struct Positions<'a> {
    /// What comes behind.
    rest: &'a str,
    encoding: Encoding,
    offset: usize,
    position: Position,
}

impl<'a> Positions<'a> {
    pub fn of(text: &'a str, encoding: Encoding) -> Self {
        Self { rest: text, encoding, offset: 0, position: Position { line: 0, column: 0 } }
    }

    /// The position of a byte offset; one within a character counts as the character's start, one that lies before the
    /// last one as that.
    pub fn at(&mut self, offset: usize) -> Position {
        let mut rest = self.rest.chars();
        while let Some(character) = rest.next()
            && self.offset + character.len_utf8() <= offset
        {
            self.offset += character.len_utf8();
            self.rest = rest.as_str();
            match character {
                '\n' => self.position = Position { line: self.position.line + 1, column: 0 },
                '\r' if !self.rest.starts_with('\n') => {
                    self.position = Position { line: self.position.line + 1, column: 0 };
                }
                _ => {
                    self.position.column += match self.encoding {
                        Encoding::Utf8 => character.len_utf8(),
                        Encoding::Utf16 => character.len_utf16(),
                        Encoding::Utf32 => 1,
                    }
                }
            }
        }
        self.position
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_text() -> impl Strategy<Value = String> {
        proptest::collection::vec(
            prop_oneof!["[a-z/\\\\ ]", "\n", "\r", "\r\n", "【", "😀", "é", "\u{2028}", "\u{c}"],
            0..40,
        )
        .prop_map(|parts| parts.concat())
    }

    fn any_encoding() -> impl Strategy<Value = Encoding> {
        prop_oneof![Just(Encoding::Utf8), Just(Encoding::Utf16), Just(Encoding::Utf32)]
    }

    proptest! {
        #[test]
        fn offsets_that_ascend_have_the_positions_that_each_has_by_itself(text in any_text(), encoding in any_encoding()) {
            let rope = Text::from(text.as_str());
            let mut positions = Positions::of(&text, encoding);
            for offset in 0..text.len() + 2 {
                prop_assert_eq!(positions.at(offset), rope.position(offset, encoding));
            }
        }

        #[test]
        fn replacing_bytes_equals_replacing_them_in_a_string(text in any_text(), with in any_text(), a in 0usize..80, b in 0usize..80) {
            let mut string = text.clone();
            let floor = |mut at: usize| { at = at.min(text.len()); while !text.is_char_boundary(at) { at -= 1 } at };
            string.replace_range(floor(a.min(b))..floor(a.max(b)), &with);
            let mut rope = Text::from(text.as_str());
            rope.replace(Span::new(a, b), &with);
            prop_assert_eq!(rope.to_string(), string);
        }

        #[test]
        fn a_position_goes_back_to_its_offset(text in any_text(), at in 0usize..80) {
            let rope = Text::from(text.as_str());
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let position = rope.position(at, encoding);
                let offset = rope.offset(position, encoding);
                // Between CR and LF there is no position of its own: both stand for the line's end.
                let floored = rope.position(offset, encoding);
                prop_assert_eq!(rope.position(rope.offset(floored, encoding), encoding), floored);
                prop_assert!(offset <= rope.len());
            }
        }

        #[test]
        fn any_position_is_clamped_into_the_text(text in any_text(), line in 0usize..100, column in 0usize..100) {
            let rope = Text::from(text.as_str());
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let offset = rope.offset(Position { line, column }, encoding);
                prop_assert!(text.is_char_boundary(offset));
            }
        }
    }

    #[test]
    fn utf16_columns_count_surrogates_and_clamp_at_the_line_end() {
        let text = Text::from("a😀b\r\n【x】\n");
        assert_eq!(text.position(5, Encoding::Utf16), Position { line: 0, column: 3 });
        assert_eq!(text.offset(Position { line: 0, column: 99 }, Encoding::Utf16), 6);
        assert_eq!(text.offset(Position { line: 1, column: 1 }, Encoding::Utf16), 11);
        assert_eq!(text.offset(Position { line: 9, column: 0 }, Encoding::Utf16), text.len());
    }
}
