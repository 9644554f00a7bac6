//! Makes text safe to show on a terminal: replies, names and messages may hold escapes that would move the cursor,
//! rename the window or hide what follows.

use std::borrow::Cow;

/// The text on one line: every control character, line ends too, in a visible form.
pub(super) fn harmless(text: &str) -> Cow<'_, str> {
    made_visible(text, |_| false)
}

/// The text with its line ends and tabs, every other control character in a visible form.
pub(super) fn harmless_lines(text: &str) -> Cow<'_, str> {
    made_visible(text, |character| matches!(character, '\n' | '\t'))
}

fn made_visible(text: &str, keep: impl Fn(char) -> bool) -> Cow<'_, str> {
    let harmful = |character: char| is_harmful(character) && !keep(character);
    if !text.contains(harmful) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|character| if harmful(character) { visible(character) } else { character }).collect())
}

fn is_harmful(character: char) -> bool {
    // Besides control characters: marks that reverse the direction of text, and separators that end a line.
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn visible(character: char) -> char {
    match u32::from(character) {
        // Unicode has a picture of each.
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_line_ends_and_direction_marks_become_visible() {
        assert_eq!(harmless("a\u{1b}[31mb\n\u{9b}c\u{202e}d"), "a␛[31mb␊\u{fffd}c\u{fffd}d");
        assert_eq!(harmless_lines("a\n\tb\r"), "a\n\tb␍");
        assert!(matches!(harmless("【a】 é 😀"), Cow::Borrowed(_)));
    }
}
