//! Tokens of TLA+, as SANY's token manager cuts them, with the columns that junction lists depend on.

use super::operators::{self, OperatorId};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Identifier,
    Number,
    /// A string with its quotes.
    Str,
    /// A string that its line does not close.
    OpenString,
    Keyword(Keyword),
    Operator(OperatorId),
    Comma,
    Colon,
    /// `::`, after a label.
    ColonColon,
    Dot,
    Bang,
    LeftParen,
    RightParen,
    LeftBracket,
    RightBracket,
    /// `]_`
    RightBracketSub,
    LeftBrace,
    RightBrace,
    /// `<<`
    LeftTuple,
    /// `>>`
    RightTuple,
    /// `>>_`
    RightTupleSub,
    /// `==`
    Defines,
    /// `->`
    Arrow,
    /// `<-`
    Gets,
    /// `|->`
    MapsTo,
    Underscore,
    At,
    /// `WF_`
    Weak,
    /// `SF_`
    Strong,
    /// A step name of a proof, such as `<1>2.`
    ProofStep,
    /// Four dashes or more.
    Separator,
    /// Four equals signs or more.
    End,
    /// A character that no token begins with.
    Stray,
}

macro_rules! keywords {
    ($($name:ident $text:literal),* $(,)?) => {
        /// The reserved words of TLA+ that are not operators.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Keyword { $($name),* }

        impl Keyword {
            fn find(word: &str) -> Option<Self> {
                match word { $($text => Some(Keyword::$name),)* _ => None }
            }
        }
    };
}

keywords! {
    Action "ACTION", Assume "ASSUME", Assumption "ASSUMPTION", Axiom "AXIOM", By "BY", Case "CASE", Choose "CHOOSE",
    Constant "CONSTANT", Constants "CONSTANTS", Corollary "COROLLARY", Def "DEF", Define "DEFINE", Defs "DEFS",
    Else "ELSE", Except "EXCEPT", Extends "EXTENDS", Have "HAVE", Hide "HIDE", If "IF", In "IN",
    Instance "INSTANCE", Lambda "LAMBDA", Lemma "LEMMA", Let "LET", Local "LOCAL", Module "MODULE", New "NEW",
    Obvious "OBVIOUS", Omitted "OMITTED", Only "ONLY", Other "OTHER", Pick "PICK", Proof "PROOF",
    Proposition "PROPOSITION", Prove "PROVE", Qed "QED", Recursive "RECURSIVE", State "STATE",
    Suffices "SUFFICES", Take "TAKE", Temporal "TEMPORAL", Then "THEN", Theorem "THEOREM", Use "USE",
    Variable "VARIABLE", Variables "VARIABLES", With "WITH", Witness "WITNESS",
    Forall "\\A", Exists "\\E", TemporalForall "\\AA", TemporalExists "\\EE",
}

/// One token. Offsets are bytes in the text that was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Token {
    pub kind: Kind,
    pub start: u32,
    pub end: u32,
    /// Line from 0, counted from the start of the text that was cut.
    pub line: u32,
    /// Column from 1 in characters, tabs expanded to stops of 8 as SANY does.
    pub column: u32,
}

impl Token {
    pub(crate) fn text(self, source: &str) -> &str {
        &source[self.start as usize..self.end as usize]
    }

    pub(crate) fn span(self) -> crate::diagnostic::Span {
        crate::diagnostic::Span::new(self.start as usize, self.end as usize)
    }
}

/// A comment. Offsets are bytes in the text that was cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Comment {
    pub start: u32,
    pub end: u32,
    pub closing: Closing,
    /// How many tokens stand before it.
    pub before_token: u32,
}

/// How a comment ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closing {
    /// `\*` to the end of its line.
    Line,
    /// `(*` closed by `*)`.
    Closed,
    /// `(*` that nothing closes; SANY takes the rest of the file for a comment, we take the line.
    Open,
}

/// A text cut into tokens.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Lexed {
    pub tokens: Vec<Token>,
    pub comments: Vec<Comment>,
}

/// Cuts a text into tokens. The first character stands in `column` (from 1).
pub(crate) fn lex(source: &str, column: u32) -> Lexed {
    lex_until(source, column, source.len(), 0)
}

/// Cuts the first `length` bytes of a text into tokens; the last token may end behind them. So many comments stand
/// before it that nothing closes.
pub(crate) fn lex_until(source: &str, column: u32, length: usize, open_comments: usize) -> Lexed {
    let mut lexer = Lexer {
        source,
        bytes: source.as_bytes(),
        position: 0,
        line: 0,
        column,
        open_comments,
        lexed: Lexed::default(),
    };
    lexer.lexed.tokens.reserve(length / 4);
    lexer.run(length);
    lexer.lexed
}

struct Lexer<'a> {
    source: &'a str,
    bytes: &'a [u8],
    position: usize,
    line: u32,
    column: u32,
    /// Once two comments stayed open, later `(*` are not searched again: the cut stays linear.
    open_comments: usize,
    lexed: Lexed,
}

impl Lexer<'_> {
    fn run(&mut self, length: usize) {
        while self.position < length
            && let Some(&byte) = self.bytes.get(self.position)
        {
            match byte {
                b' ' => {
                    self.position += 1;
                    self.column += 1;
                }
                b'\t' | b'\n' | b'\r' | 0x0c => self.advance_to(self.position + 1),
                b'\\' if self.next_is(1, b'*') => self.line_comment(),
                b'(' if self.next_is(1, b'*') => self.block_comment(),
                _ => {
                    let (kind, length) = self.token();
                    let start = self.position;
                    let (line, column) = (self.line, self.column);
                    match kind {
                        Kind::Str | Kind::OpenString => self.advance_to(start + length),
                        // No other token has a tab or the end of a line in it.
                        _ => {
                            self.position += length;
                            self.column += offset(self.source[start..start + length].chars().count());
                        }
                    }
                    self.lexed.tokens.push(Token {
                        kind,
                        start: offset(start),
                        end: offset(start + length),
                        line,
                        column,
                    });
                }
            }
        }
    }

    fn next_is(&self, ahead: usize, byte: u8) -> bool {
        self.bytes.get(self.position + ahead) == Some(&byte)
    }

    /// Moves on, counting lines and columns.
    fn advance_to(&mut self, end: usize) {
        while self.position < end {
            match self.bytes[self.position] {
                b'\n' => {
                    self.line += 1;
                    self.column = 1;
                }
                b'\r' if self.bytes.get(self.position + 1) != Some(&b'\n') => {
                    self.line += 1;
                    self.column = 1;
                }
                b'\t' => self.column = (self.column - 1) / 8 * 8 + 9,
                // Bytes that continue a character have no column of their own.
                0x80..=0xbf => {}
                _ => self.column += 1,
            }
            self.position += 1;
        }
    }

    fn comment(&mut self, end: usize, closing: Closing) {
        let start = offset(self.position);
        let before_token = offset(self.lexed.tokens.len());
        self.advance_to(end);
        self.lexed.comments.push(Comment { start, end: offset(end), closing, before_token });
    }

    fn line_end(&self) -> usize {
        let rest = &self.bytes[self.position..];
        self.position + rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len())
    }

    fn line_comment(&mut self) {
        self.comment(self.line_end(), Closing::Line);
    }

    fn block_comment(&mut self) {
        let end = if self.open_comments < 2 { block_comment_end(self.bytes, self.position) } else { None };
        match end {
            Some(end) => self.comment(end, Closing::Closed),
            None => {
                self.open_comments += 1;
                self.comment(self.line_end(), Closing::Open);
            }
        }
    }

    fn token(&self) -> (Kind, usize) {
        let rest = &self.source[self.position..];
        let bytes = &self.bytes[self.position..];
        match bytes[0] {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' => word(rest),
            b'"' => string(bytes),
            b'\\' => backslash(rest),
            b'<' if let Some(length) = proof_step(bytes) => (Kind::ProofStep, length),
            _ => symbol(rest),
        }
    }
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Where the block comment that begins at `start` ends, nested ones counted.
fn block_comment_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut position = start;
    while position + 1 < bytes.len() {
        match (bytes[position], bytes[position + 1]) {
            (b'(', b'*') => {
                depth += 1;
                position += 2;
            }
            (b'*', b')') => {
                depth -= 1;
                position += 2;
                if depth == 0 {
                    return Some(position);
                }
            }
            _ => position += 1,
        }
    }
    None
}

/// Identifiers, numbers, reserved words, `WF_`, `SF_` and `_`.
fn word(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    for (prefix, kind) in [("WF_", Kind::Weak), ("SF_", Kind::Strong)] {
        if rest.starts_with(prefix) {
            return (kind, 3);
        }
    }
    let length = bytes.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_').unwrap_or(bytes.len());
    let text = &rest[..length];
    if text.bytes().any(|byte| byte.is_ascii_alphabetic()) {
        return match (Keyword::find(text), operators::find(text)) {
            (Some(keyword), _) => (Kind::Keyword(keyword), length),
            (None, Some(operator)) => (Kind::Operator(operator), length),
            (None, None) => (Kind::Identifier, length),
        };
    }
    let digits = bytes.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(length);
    if digits == 0 {
        return (Kind::Underscore, 1);
    }
    // A decimal fraction: `1.5`, but not `1..5`.
    if bytes.get(digits) == Some(&b'.') && bytes.get(digits + 1).is_some_and(u8::is_ascii_digit) {
        let fraction = bytes[digits + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        return (Kind::Number, digits + 1 + fraction);
    }
    (Kind::Number, digits)
}

fn string(bytes: &[u8]) -> (Kind, usize) {
    let mut position = 1;
    while let Some(&byte) = bytes.get(position) {
        match byte {
            b'"' => return (Kind::Str, position + 1),
            b'\n' | b'\r' => break,
            b'\\' if bytes.get(position + 1).is_some_and(|next| !matches!(next, b'\n' | b'\r' | 0x80..)) => {
                position += 2
            }
            _ => position += 1,
        }
    }
    (Kind::OpenString, position)
}

/// Operators and numbers that begin with a backslash.
fn backslash(rest: &str) -> (Kind, usize) {
    let bytes = rest.as_bytes();
    if bytes.get(1) == Some(&b'/') {
        return (Kind::Operator(operators::OR), 2);
    }
    let digits: fn(&u8) -> bool = match bytes.get(1) {
        Some(b'b' | b'B') => |byte| matches!(byte, b'0' | b'1'),
        Some(b'o' | b'O') => |byte| matches!(byte, b'0'..=b'7'),
        Some(b'h' | b'H') => u8::is_ascii_hexdigit,
        _ => |_| false,
    };
    let number = bytes[1..].iter().skip(1).take_while(|byte| digits(byte)).count();
    if number > 0 {
        return (Kind::Number, 2 + number);
    }
    let letters = bytes[1..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    // The longest spelling that is an operator or a quantifier; `\neq` is `\` and `neq` to SANY.
    for length in (1..=letters).rev() {
        let text = &rest[..=length];
        let quantifier = match text {
            "\\forall" => Some(Keyword::Forall),
            "\\exists" => Some(Keyword::Exists),
            _ => Keyword::find(text),
        };
        if let Some(keyword) = quantifier {
            return (Kind::Keyword(keyword), 1 + length);
        }
        if let Some(operator) = operators::find(text) {
            return (Kind::Operator(operator), 1 + length);
        }
    }
    (Kind::Operator(operators::SETMINUS), 1)
}

/// `<1>`, `<1>a.`, `<*>`, `<+>b`
fn proof_step(bytes: &[u8]) -> Option<usize> {
    let level = match bytes.get(1)? {
        b'*' | b'+' => 1,
        _ => bytes[1..].iter().take_while(|byte| byte.is_ascii_digit()).count(),
    };
    if level == 0 || bytes.get(1 + level) != Some(&b'>') {
        return None;
    }
    let mut length = 2 + level;
    length += bytes[length..].iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_').count();
    length += bytes[length..].iter().take_while(|byte| **byte == b'.').count();
    Some(length)
}

/// What stands between operands and is no operator, with its length in bytes.
fn punctuation(rest: &str) -> Option<(Kind, usize)> {
    Some(match rest.as_bytes() {
        [b'>', b'>', b'_', ..] => (Kind::RightTupleSub, 3),
        [b'|', b'-', b'>', ..] => (Kind::MapsTo, 3),
        [b'<', b'<', ..] => (Kind::LeftTuple, 2),
        [b'>', b'>', ..] => (Kind::RightTuple, 2),
        [b']', b'_', ..] => (Kind::RightBracketSub, 2),
        [b'-', b'>', ..] => (Kind::Arrow, 2),
        [b'<', b'-', ..] => (Kind::Gets, 2),
        [b'=', b'=', ..] => (Kind::Defines, 2),
        [b':', b':', ..] => (Kind::ColonColon, 2),
        [b',', ..] => (Kind::Comma, 1),
        [b':', ..] => (Kind::Colon, 1),
        [b'.', ..] => (Kind::Dot, 1),
        [b'!', ..] => (Kind::Bang, 1),
        [b'(', ..] => (Kind::LeftParen, 1),
        [b')', ..] => (Kind::RightParen, 1),
        [b'[', ..] => (Kind::LeftBracket, 1),
        [b']', ..] => (Kind::RightBracket, 1),
        [b'{', ..] => (Kind::LeftBrace, 1),
        [b'}', ..] => (Kind::RightBrace, 1),
        [b'@', ..] => (Kind::At, 1),
        [0x80..=0xff, ..] => {
            let (text, kind) = BEYOND_ASCII.iter().find(|(text, _)| rest.starts_with(text))?;
            (*kind, text.len())
        }
        _ => return None,
    })
}

const BEYOND_ASCII: &[(&str, Kind)] = &[
    ("⟩_", Kind::RightTupleSub),
    ("⟨", Kind::LeftTuple),
    ("⟩", Kind::RightTuple),
    ("→", Kind::Arrow),
    ("←", Kind::Gets),
    ("↦", Kind::MapsTo),
    ("≜", Kind::Defines),
    ("∷", Kind::ColonColon),
    ("∀", Kind::Keyword(Keyword::Forall)),
    ("∃", Kind::Keyword(Keyword::Exists)),
    ("ℕ", Kind::Identifier),
    ("ℤ", Kind::Identifier),
    ("ℝ", Kind::Identifier),
];

fn symbol(rest: &str) -> (Kind, usize) {
    // The one operator with a letter between its parentheses.
    if rest.starts_with("(\\X)") {
        return (operators::find("(\\X)").map_or(Kind::Stray, Kind::Operator), 4);
    }
    let bytes = rest.as_bytes();
    for (sign, kind) in [(b'-', Kind::Separator), (b'=', Kind::End)] {
        let run = bytes.iter().take_while(|byte| **byte == sign).count();
        if run >= 4 {
            return (kind, run);
        }
    }
    let first = rest.chars().next().map_or(1, char::len_utf8);
    let punctuation = punctuation(rest);
    let operator = if first > 1 {
        operators::find(&rest[..first]).map(|operator| (operator, first))
    } else {
        let run = bytes.iter().take(4).take_while(|byte| byte.is_ascii_punctuation()).count();
        (1..=run).rev().find_map(|length| operators::find(&rest[..length]).map(|operator| (operator, length)))
    };
    match (punctuation, operator) {
        (Some(found), None) => found,
        (Some((kind, length)), Some((_, operator))) if length >= operator => (kind, length),
        (_, Some((operator, length))) => (Kind::Operator(operator), length),
        (None, None) => (Kind::Stray, first),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(source: &str, expected: Expect) {
        let lexed = lex(source, 1);
        let words: Vec<String> = lexed
            .tokens
            .iter()
            .map(|token| {
                let kind = match token.kind {
                    Kind::Operator(operator) => format!("op {}", operator.name()),
                    kind => format!("{kind:?}"),
                };
                format!("{}:{} {:?} {kind}", token.line, token.column, token.text(source))
            })
            .collect();
        expected.assert_eq(&words.join("\n"));
    }

    #[test]
    fn fairness_and_subscripts() {
        check(
            "[][Next]_vars /\\ WF_vars(A) <<x>>_v",
            expect![[r#"
                0:1 "[]" op []
                0:3 "[" LeftBracket
                0:4 "Next" Identifier
                0:8 "]_" RightBracketSub
                0:10 "vars" Identifier
                0:15 "/\\" op /\
                0:18 "WF_" Weak
                0:21 "vars" Identifier
                0:25 "(" LeftParen
                0:26 "A" Identifier
                0:27 ")" RightParen
                0:29 "<<" LeftTuple
                0:31 "x" Identifier
                0:32 ">>_" RightTupleSub
                0:35 "v" Identifier"#]],
        );
    }

    #[test]
    fn numbers_ranges_and_names_that_begin_with_digits() {
        check(
            "1..2 1.5 2a \\b01 s\\o t \\neq",
            expect![[r#"
                0:1 "1" Number
                0:2 ".." op ..
                0:4 "2" Number
                0:6 "1.5" Number
                0:10 "2a" Identifier
                0:13 "\\b01" Number
                0:18 "s" Identifier
                0:19 "\\o" op \o
                0:22 "t" Identifier
                0:24 "\\" op \
                0:25 "neq" Identifier"#]],
        );
    }

    #[test]
    fn tabs_reach_stops_of_eight_and_characters_count_once() {
        check(
            "a\tb\n\t∧ c ⟨d⟩",
            expect![[r#"
                0:1 "a" Identifier
                0:9 "b" Identifier
                1:9 "∧" op /\
                1:11 "c" Identifier
                1:13 "⟨" LeftTuple
                1:14 "d" Identifier
                1:15 "⟩" RightTuple"#]],
        );
    }

    #[test]
    fn comments_nest_and_an_open_one_ends_with_its_line() {
        let lexed = lex("(* a (* b *) c *) x (* open\ny == 1 \\* end", 1);
        let closings: Vec<Closing> = lexed.comments.iter().map(|comment| comment.closing).collect();
        assert_eq!(closings, [Closing::Closed, Closing::Open, Closing::Line]);
        assert_eq!(lexed.tokens.len(), 4);
    }

    #[test]
    fn strings_stop_at_their_line() {
        check(
            "\"a\\\"b\" \"open\nx",
            expect![[r#"
                0:1 "\"a\\\"b\"" Str
                0:8 "\"open" OpenString
                1:1 "x" Identifier"#]],
        );
    }
}
