//! The lines of a prompt and what each looks like by itself: indentation, item markers, rules, fences.

use crate::diagnostic::Span;

/// One line without its line end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// Byte at which the line begins.
    pub(super) start: usize,
    /// Number of the line, from 0.
    pub(super) number: usize,
}

/// What introduces an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    /// `1.`, `2)`.
    Number,
    /// `-`, `*`, `+` or `•`.
    Bullet,
}

/// An item's marker and where the text behind it begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct ItemStart {
    pub(super) marker: Marker,
    /// Columns before the marker; a tab counts four.
    pub(super) indent: usize,
    /// The text behind the marker, trimmed; empty when the marker stands alone.
    pub(super) content: Span,
}

/// A line of a table in Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// The text between the outermost bars.
    Cells(Span),
    /// The line of dashes below the head.
    Dashes,
}

/// Splits at LF, CR LF and CR, as editors do.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let bytes = text.as_bytes();
    let mut result = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < bytes.len() {
        let end = at;
        match bytes[at] {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => at += 2,
            b'\r' | b'\n' => at += 1,
            _ => {
                at += 1;
                continue;
            }
        }
        result.push(Line { text: &text[start..end], start, number: result.len() });
        start = at;
    }
    result.push(Line { text: &text[start..], start, number: result.len() });
    result
}

impl<'a> Line<'a> {
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Columns before the first character that is not white space; a tab counts four.
    pub(super) fn indent(&self) -> usize {
        self.text.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
    }

    /// The bytes of the line without white space around it.
    pub(super) fn span(&self) -> Span {
        trimmed(self.text, self.start)
    }

    /// A line of dashes, equals signs, stars or underscores alone.
    pub(super) fn is_rule(&self) -> bool {
        let text = self.text.trim();
        let Some(first) = text.chars().next() else { return false };
        text.len() >= 3 && "-=*_".contains(first) && text.chars().all(|c| c == first || c == ' ')
    }

    /// A code fence, with or without a language. Fences are skipped, never paired: code in a prompt may hold any.
    pub(super) fn is_fence(&self) -> bool {
        let text = self.text.trim();
        let rest = text.trim_start_matches('`');
        text.len() - rest.len() >= 3 && rest.chars().all(|c| c.is_alphanumeric() || "+-_. ".contains(c))
    }

    /// The line as a row of a table, if bars stand at both its ends.
    pub(super) fn row(&self) -> Option<Row> {
        let span = self.span();
        let text = self.text.trim();
        let inner = text.strip_prefix('|')?.strip_suffix('|')?;
        if inner.chars().all(|c| " -:|".contains(c)) && inner.contains('-') {
            return Some(Row::Dashes);
        }
        inner.contains('|').then(|| Row::Cells(trimmed(inner, span.start + 1)))
    }

    /// The marker of an item, if the line begins with one.
    pub(super) fn item(&self) -> Option<ItemStart> {
        if self.is_rule() {
            return None;
        }
        let body = self.text.trim_start();
        let offset = self.text.len() - body.len();
        let first = body.chars().next()?;
        let (marker, length) = if matches!(first, '-' | '*' | '+' | '•' | '–') {
            (Marker::Bullet, first.len_utf8())
        } else {
            let digits = body.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 || digits > 3 || !matches!(body.as_bytes().get(digits), Some(b'.' | b')')) {
                return None;
            }
            (Marker::Number, digits + 1)
        };
        let rest = &body[length..];
        // `1.【Title】` is written without a space; `*emphasis*`, `-1` and `1.5` are not items.
        let separated = rest.is_empty() || rest.starts_with(char::is_whitespace) || rest.starts_with('【');
        if !separated {
            return None;
        }
        let content = trimmed(rest, self.start + offset + length);
        Some(ItemStart { marker, indent: self.indent(), content })
    }
}

/// The span of a text that begins at `start`, without the white space around it.
pub(super) fn trimmed(text: &str, start: usize) -> Span {
    let body = text.trim_start();
    let start = start + text.len() - body.len();
    Span::new(start, start + body.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_as_in_editors() {
        let found: Vec<_> = lines("a\r\nb\rc\n\nd").iter().map(|line| (line.text, line.start)).collect();
        assert_eq!(found, [("a", 0), ("b", 3), ("c", 5), ("", 7), ("d", 8)]);
    }

    #[test]
    fn items_need_a_space_or_a_title_behind_the_marker() {
        let marker = |text| lines(text)[0].item().map(|item| item.marker);
        assert_eq!(marker("1. a"), Some(Marker::Number));
        assert_eq!(marker("  12) a"), Some(Marker::Number));
        assert_eq!(marker("1.【T】a"), Some(Marker::Number));
        assert_eq!(marker("- a"), Some(Marker::Bullet));
        for text in ["**bold** a", "*a*", "-1", "1.5 a", "---- MODULE a ----", "-----", "* * *", "2026. a"] {
            assert_eq!(marker(text), None, "{text}");
        }
    }
}
