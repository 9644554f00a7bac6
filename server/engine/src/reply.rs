//! What a model returned around the module: fences, prose, `<think>` tags, JSON.

use crate::{
    diagnostic::Span,
    syntax::{HeaderForm, Layout},
};

/// The text outside of the module, told apart. SANY ignores all of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Wrapping {
    /// Pieces before the header and after the footer, in order of place; blank text is no piece.
    pub pieces: Vec<Piece>,
}

/// One piece of text outside of the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    pub kind: PieceKind,
    pub side: Side,
    /// Bytes of the reply, without blank lines around.
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// A line that is a Markdown fence, with its language.
    Fence,
    /// `<think>` up to `</think>`, or one of the two alone.
    Thinking,
    Prose,
    /// A row of equals signs, which closes nothing any more.
    Footer,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Before,
    After,
    /// There is no module at all.
    Alone,
}

/// A string of a JSON object whose text is a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JsonString {
    /// Bytes between the string's quotes.
    pub span: Span,
    /// The string's value.
    pub text: String,
    /// Where the value and the reply fall out of step: bytes of the value and of the reply from which they run alike.
    steps: Vec<(usize, usize)>,
}

impl JsonString {
    /// The bytes of the reply that a span of the value stands for.
    pub(crate) fn to_reply(&self, span: Span) -> Span {
        let offset = |offset: usize| {
            let index = self.steps.partition_point(|(value, _)| *value <= offset);
            let (value, reply) = self.steps[index.saturating_sub(1)];
            (reply + offset - value).min(self.span.end)
        };
        Span::new(offset(span.start), offset(span.end))
    }

    /// The byte of the value that a byte of the reply stands for; the nearest one outside of the string.
    pub(crate) fn of_reply(&self, offset: usize) -> usize {
        let index = self.steps.partition_point(|(_, reply)| *reply <= offset);
        let (value, reply) = self.steps[index.saturating_sub(1)];
        let next = self.steps.get(index).map_or(self.text.len(), |(value, _)| *value);
        (value + offset.saturating_sub(reply)).min(next)
    }

    /// A text as it is written within a JSON string.
    pub(crate) fn escaped(text: &str) -> String {
        let mut escaped = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                '"' => escaped.push_str("\\\""),
                '\\' => escaped.push_str("\\\\"),
                '\n' => escaped.push_str("\\n"),
                '\r' => escaped.push_str("\\r"),
                '\t' => escaped.push_str("\\t"),
                _ => escaped.push(character),
            }
        }
        escaped
    }
}

/// Tells apart what stands around the module.
pub(crate) fn wrapping(source: &str, layout: &Layout) -> Wrapping {
    let mut wrapping = Wrapping::default();
    let side = if layout.header == HeaderForm::Missing { Side::Alone } else { Side::Before };
    pieces(source, layout.before, side, &mut wrapping.pieces);
    pieces(source, layout.after, Side::After, &mut wrapping.pieces);
    wrapping
}

/// Cuts a span into fences, thinking, footers and the prose between them.
fn pieces(source: &str, span: Span, side: Side, pieces: &mut Vec<Piece>) {
    let mut push = |kind, start: usize, end: usize| {
        let text = &source[start..end];
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return;
        }
        let start = start + (text.len() - text.trim_start().len());
        pieces.push(Piece { kind, side, span: Span::new(start, start + trimmed.len()) });
    };
    let mut prose_start = span.start;
    let mut offset = span.start;
    let mut thinking: Option<usize> = None;
    for line in source[span.start..span.end].split_inclusive('\n') {
        let end = offset + line.len();
        let trimmed = line.trim();
        if thinking.is_none() && trimmed.contains("<think>") {
            push(PieceKind::Prose, prose_start, offset);
            thinking = Some(offset);
            prose_start = offset;
        }
        if trimmed.contains("</think>") {
            // A lone closing tag ends a thinking part whose beginning was cut off.
            let start = thinking.take().unwrap_or(prose_start);
            let close = offset + line.find("</think>").unwrap_or(0) + "</think>".len();
            push(PieceKind::Thinking, start, close);
            prose_start = close;
        } else if thinking.is_none() {
            let kind = if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
                Some(PieceKind::Fence)
            } else if trimmed.len() >= 4 && trimmed.bytes().all(|byte| byte == b'=') {
                Some(PieceKind::Footer)
            } else {
                None
            };
            if let Some(kind) = kind {
                push(PieceKind::Prose, prose_start, offset);
                push(kind, offset, end);
                prose_start = end;
            }
        }
        offset = end;
    }
    let kind = if thinking.is_some() { PieceKind::Thinking } else { PieceKind::Prose };
    push(kind, prose_start, span.end);
}

/// The string of a reply that is a JSON object and has a module in one of its fields.
pub(crate) fn json_string(source: &str) -> Option<JsonString> {
    let start = source.find('{')?;
    let lead = source[..start].trim();
    if !(lead.is_empty() || lead.starts_with("```") || lead.ends_with("</think>")) || source[..start].contains("MODULE")
    {
        return None;
    }
    let bytes = source.as_bytes();
    let mut position = start + 1;
    while position < bytes.len() {
        if bytes[position] != b'"' {
            position += 1;
            continue;
        }
        let string = string_value(source, position + 1)?;
        let is_value = source[..position].trim_end().ends_with(':');
        if is_value && string.text.contains("MODULE") && string.text.contains("----") {
            return Some(string);
        }
        position = string.span.end + 1;
    }
    None
}

/// The JSON string whose first character stands at `start`.
fn string_value(source: &str, start: usize) -> Option<JsonString> {
    let mut text = String::new();
    let mut steps = vec![(0, start)];
    let mut characters = source[start..].char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some(JsonString { span: Span::new(start, start + at), text, steps }),
            '\\' => {
                match characters.next()?.1 {
                    'n' => text.push('\n'),
                    't' => text.push('\t'),
                    'r' => text.push('\r'),
                    'b' => text.push('\u{8}'),
                    'f' => text.push('\u{c}'),
                    'u' => {
                        let digits: String = characters.by_ref().take(4).map(|(_, digit)| digit).collect();
                        text.push(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32).unwrap_or('\u{fffd}'));
                    }
                    other => text.push(other),
                }
                steps.push((text.len(), start + characters.peek()?.0));
            }
            _ => text.push(character),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use crate::Document;

    fn check(source: &str, expected: Expect) {
        let document = Document::from(source);
        let mut lines: Vec<String> = document
            .wrapping()
            .pieces
            .iter()
            .map(|piece| format!("{:?} {:?} {:?}", piece.side, piece.kind, &source[piece.span.start..piece.span.end]))
            .collect();
        lines.extend(document.json().map(|(json, _)| format!("json {:?}", json.text)));
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn fences_thinking_and_prose_are_told_apart() {
        check(
            "<think>\nhm\n</think>\nHere it is:\n```tla\n---- MODULE M ----\n====\n```\nIt models ====\n=====\n",
            expect![[r#"
                Before Thinking "<think>\nhm\n</think>"
                Before Prose "Here it is:"
                Before Fence "```tla"
                After Fence "```"
                After Prose "It models ===="
                After Footer "=====""#]],
        );
        check("hm\n</think>\n---- MODULE M ----\n====", expect![[r#"Before Thinking "hm\n</think>""#]]);
        check("Sorry.", expect![[r#"Alone Prose "Sorry.""#]]);
        check("\n---- MODULE M ----\n====\n", expect![""]);
    }

    #[test]
    fn places_of_the_module_go_to_the_json_and_back() {
        let document = Document::from(r#"{"specification": "---- MODULE M ----\n\u0041 == \"x\" \\/ 1\n====\n"}"#);
        let (json, _) = document.json().unwrap();
        for offset in 0..=json.text.len() {
            let there = json.to_reply(crate::diagnostic::Span::at(offset)).start;
            assert_eq!(json.of_reply(there), offset, "{there}");
        }
    }

    #[test]
    fn a_module_in_json_is_found() {
        check(
            r#"{"specification": "---- MODULE M ----\nA == \"x\"\n====", "configuration": "SPECIFICATION Spec"}"#,
            expect![[r#"
                json "---- MODULE M ----\nA == \"x\"\n====""#]],
        );
    }
}
