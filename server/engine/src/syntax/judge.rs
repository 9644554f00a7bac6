//! Whether SANY's parser would take a unit, and if not, which slip it stumbles over.
//!
//! Trees come from tree-sitter, whose grammar is generous; this is the strict reader beside it. It walks the tokens of
//! one unit as SANY's grammar does (junction lists by column, operators by precedence range), names the slips that it
//! knows, repairs them in its head and reads on, and stops at the first thing it can't make sense of.

mod between;
mod brackets;
mod closing;
mod definition;
mod expression;
mod foreign;
mod forms;
mod precedence;
mod realign;
mod updates;

use super::{
    lexer::{Keyword, Kind, Token},
    operators::{self, OperatorId},
};
use crate::diagnostic::{Edit, Safety, Span};

/// Something in a unit that SANY's parser rejects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slip {
    pub kind: SlipKind,
    /// Bytes in the unit.
    pub span: Span,
    pub message: String,
    /// What mends it, the likeliest first, which also gives tree-sitter a text it can read.
    pub repairs: Vec<Repair>,
}

/// The edits that mend a slip; spans are bytes in the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Repair {
    pub title: String,
    pub safety: Safety,
    pub edits: Vec<Edit>,
}

/// The kinds of slips; each is reported by the `syntax` rule of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum SlipKind {
    ForeignOperator,
    ForeignKeyword,
    LetEquals,
    MissingIn,
    MissingElse,
    Precedence,
    Indentation,
    QuotedField,
    ExceptBang,
    EmptyParentheses,
    TrailingComma,
    QuantifierBound,
    StrayCharacter,
    BadString,
    UnclosedBracket,
    ReservedWord,
    UnexpectedToken,
}

/// What came of reading one unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Judged {
    /// In order of place.
    pub slips: Vec<Slip>,
    /// Whether the reader stopped before the unit's end; its last slip says why.
    pub stopped: bool,
    /// How many tokens then stand behind the place where it stopped.
    pub unread: usize,
    /// Whether the rest of the unit is a proof, which is not judged.
    pub proof: bool,
}

/// Reads one unit. `tokens` are those of `source`, which is the unit's text alone.
pub(crate) fn judge(source: &str, tokens: &[Token]) -> Judged {
    let mut judge = Judge {
        source,
        tokens: Vec::with_capacity(tokens.len()),
        position: 0,
        junctions: Vec::new(),
        depth: 0,
        links: Vec::new(),
        brackets: 0,
        arms: Vec::new(),
        judged: Judged::default(),
    };
    judge.take_in(tokens);
    if judge.unit().is_err() {
        judge.judged.stopped = true;
        judge.judged.unread = judge.tokens.len().saturating_sub(judge.position).max(1);
    }
    judge.judged.slips.sort_by_key(|slip| slip.span);
    judge.judged
}

/// Reading stops; the reason is the last slip.
#[derive(Debug)]
struct Stop;

type Read<T = ()> = Result<T, Stop>;

/// An open junction list: the column of its bullets and which bullet it has.
#[derive(Debug, Clone, Copy)]
struct Junction {
    column: u32,
    bullet: OperatorId,
}

/// An operator whose right operand is still being read.
#[derive(Debug, Clone, Copy)]
struct Pending {
    operator: OperatorId,
    token: Token,
}

struct Judge<'a> {
    source: &'a str,
    tokens: Vec<Token>,
    position: usize,
    junctions: Vec<Junction>,
    depth: u32,
    /// The operands and operators of the expressions that are being read, the innermost last.
    links: Vec<precedence::Link>,
    /// How many brackets are open.
    brackets: u32,
    /// How many brackets were open where each CASE around the position began.
    arms: Vec<u32>,
    judged: Judged,
}

/// Expressions nested deeper than this are not read; the guard refuses such units before they come here.
const DEPTH_LIMIT: u32 = 250;

impl Judge<'_> {
    /// Takes the tokens over, without the characters that belong to no token.
    fn take_in(&mut self, tokens: &[Token]) {
        let mut passed = 0;
        for (index, token) in tokens.iter().copied().enumerate() {
            if index < passed {
                continue;
            }
            passed = index + self.foreign_comment(tokens, index).max(self.printed_string(tokens, index));
            if index < passed {
                continue;
            }
            match token.kind {
                Kind::Stray => self.stray(token),
                Kind::OpenString => {
                    self.slip(SlipKind::BadString, token.span(), "this string is not closed on its line");
                    self.tokens.push(Token { kind: Kind::Str, ..token });
                }
                Kind::Str => {
                    self.check_escapes(token);
                    self.tokens.push(token);
                }
                Kind::Keyword(Keyword::In | Keyword::Then | Keyword::Else) => {
                    self.drop_backslash_before(token);
                    self.tokens.push(token);
                }
                Kind::Identifier if self.continues_name(token) => {
                    if let Some(previous) = self.tokens.last_mut() {
                        previous.end = token.end;
                    }
                }
                _ => self.tokens.push(token),
            }
        }
    }

    /// `\IN` for IN: these words begin no expression, so the backslash before them is no set difference.
    fn drop_backslash_before(&mut self, keyword: Token) {
        let backslash =
            self.tokens.last().filter(|token| token.end == keyword.start && token.text(self.source) == "\\");
        let Some(span) = backslash.map(|token| token.span()) else { return };
        self.tokens.pop();
        let message = format!("`{0}` is written without a backslash", keyword.text(self.source));
        self.slip_with(SlipKind::ForeignKeyword, span, message, removal("remove the backslash", span));
    }

    /// Whether only stray characters stand between the last name and this one: `cur极rent`.
    fn continues_name(&self, token: Token) -> bool {
        let (Some(previous), Some(slip)) = (self.tokens.last(), self.judged.slips.last()) else { return false };
        slip.kind == SlipKind::StrayCharacter
            && slip.span.end == token.start as usize
            && previous.kind == Kind::Identifier
            && previous.end as usize == slip.span.start
    }

    fn stray(&mut self, token: Token) {
        let text = token.text(self.source);
        let meant = foreign::LOOKALIKES.iter().find(|(character, _)| text.starts_with(*character));
        if let Some((_, instead)) = meant
            && let Some(operator) = operators::find(instead)
        {
            let message = format!("`{text}` only looks like an operator of TLA+, write `{instead}`");
            let repair = replacement(format!("write `{instead}`"), token.span(), *instead);
            self.slip_with(SlipKind::ForeignOperator, token.span(), message, repair);
            self.tokens.push(Token { kind: Kind::Operator(operator), ..token });
            return;
        }
        if let Some((_, instead, kinds)) =
            foreign::PUNCTUATION.iter().find(|(character, ..)| text.starts_with(*character))
        {
            let message = format!("`{text}` only looks like a mark of TLA+, write `{instead}`");
            let repair = replacement(format!("write `{instead}`"), token.span(), *instead);
            self.slip_with(SlipKind::ForeignOperator, token.span(), message, repair);
            self.tokens.extend(kinds.iter().map(|kind| Token { kind: *kind, ..token }));
            return;
        }
        let joined = self.judged.slips.last_mut().filter(|slip| {
            slip.kind == SlipKind::StrayCharacter && slip.span.end == token.start as usize && text != ";"
        });
        if let Some(slip) = joined {
            slip.span.end = token.end as usize;
            slip.repairs = vec![removal("remove the stray characters", slip.span)];
            return;
        }
        if text == ";" {
            let message = "TLA+ has no `;`: definitions and conjuncts need no mark between them";
            let repair = removal("remove the `;`", token.span());
            self.slip_with(SlipKind::ForeignKeyword, token.span(), message, repair);
            return;
        }
        let message = format!("the character `{}` is not part of TLA+", text.escape_debug());
        self.slip_with(
            SlipKind::StrayCharacter,
            token.span(),
            message,
            removal("remove the stray characters", token.span()),
        );
    }

    /// Strings know the escapes `\"`, `\\`, `\t`, `\n`, `\f` and `\r`.
    fn check_escapes(&mut self, token: Token) {
        let text = token.text(self.source);
        let mut characters = text.char_indices();
        while let Some((at, character)) = characters.next() {
            if character != '\\' {
                continue;
            }
            if let Some((_, escaped)) = characters.next()
                && !matches!(escaped, '"' | '\\' | 't' | 'n' | 'f' | 'r')
            {
                let start = token.start as usize + at;
                let span = Span::new(start, start + 1 + escaped.len_utf8());
                let message = format!("`\\{escaped}` is no escape that TLA+ strings know; write `\\\\{escaped}`");
                let repair = Repair {
                    title: "double the backslash".to_owned(),
                    safety: Safety::Safe,
                    edits: vec![Edit::insert(start, "\\")],
                };
                self.slip_with(SlipKind::BadString, span, message, repair);
            }
        }
    }

    fn peek(&self) -> Option<Token> {
        self.tokens.get(self.position).copied()
    }

    fn peek_kind(&self) -> Option<Kind> {
        self.peek().map(|token| token.kind)
    }

    fn peek_at(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.position + ahead).copied()
    }

    fn kind_at(&self, ahead: usize) -> Option<Kind> {
        self.peek_at(ahead).map(|token| token.kind)
    }

    fn is(&self, kind: Kind) -> bool {
        self.peek_kind() == Some(kind)
    }

    fn is_keyword(&self, keyword: Keyword) -> bool {
        self.is(Kind::Keyword(keyword))
    }

    /// Whether a token stands right of the bullets of the innermost junction list.
    fn is_inside(&self, token: Token) -> bool {
        self.junctions.last().is_none_or(|junction| junction.column < token.column)
    }

    /// The next token, if the current junction list lets it continue the expression.
    fn peek_inside(&self) -> Option<Token> {
        self.peek().filter(|token| self.is_inside(*token))
    }

    /// Consumes the next token, which must stand right of the bullets of the innermost junction list.
    fn next(&mut self) -> Read<Token> {
        let Some(token) = self.peek() else { return Err(self.unexpected("the definition ends here unfinished")) };
        if !self.is_inside(token) {
            self.realign(token)?;
        }
        self.position += 1;
        if closing::opens(token.kind) {
            self.brackets += 1;
        } else if closing::closes(token.kind) {
            self.brackets = self.brackets.saturating_sub(1);
        }
        Ok(token)
    }

    /// Consumes a token of a kind or stops; `wanted` completes "expected …".
    fn expect(&mut self, kind: Kind, wanted: &str) -> Read<Token> {
        if self.is(kind) { self.next() } else { Err(self.unexpected(&format!("expected {wanted}"))) }
    }

    fn eat(&mut self, kind: Kind) -> Read<bool> {
        if !self.is(kind) {
            return Ok(false);
        }
        self.next()?;
        Ok(true)
    }

    fn slip(&mut self, kind: SlipKind, span: Span, message: impl Into<String>) {
        self.judged.slips.push(Slip { kind, span, message: message.into(), repairs: Vec::new() });
    }

    fn slip_with(&mut self, kind: SlipKind, span: Span, message: impl Into<String>, repair: Repair) {
        self.judged.slips.push(Slip { kind, span, message: message.into(), repairs: vec![repair] });
    }

    /// A token that stands at or left of the bullets of the list it belongs to.
    fn misplaced(&self, token: Token) -> Slip {
        let bullet = self.junctions.last().map_or("", |junction| junction.bullet.name());
        let column = self.junctions.last().map_or(0, |junction| junction.column);
        let text = shown(token.text(self.source));
        let message = match token.kind {
            Kind::Operator(operator) if operator.name() == "/\\" || operator.name() == "\\/" => format!(
                "this bullet stands left of its list: the `{bullet}` list around it has its bullets in column {column}, and what \
                 belongs to one of its items must stand right of them"
            ),
            _ => format!(
                "{text} must stand right of the `{bullet}` bullets in column {column} whose item it belongs to; SANY ends \
                 the item here"
            ),
        };
        Slip { kind: SlipKind::Indentation, span: token.span(), message, repairs: Vec::new() }
    }

    /// The next token makes no sense here; `why` says what was wanted.
    fn unexpected(&mut self, why: &str) -> Stop {
        let Some(token) = self.peek() else {
            let end = self.tokens.last().map_or(0, |token| token.end as usize);
            let start = self.tokens.last().map_or(0, |token| token.start as usize);
            let message = format!("{why}, but the definition ends here");
            self.slip(SlipKind::UnexpectedToken, Span::new(start, end), message);
            return Stop;
        };
        let text = shown(token.text(self.source));
        let kind = if matches!(token.kind, Kind::Keyword(_)) && why.contains("a name") {
            SlipKind::ReservedWord
        } else {
            SlipKind::UnexpectedToken
        };
        let message = match kind {
            SlipKind::ReservedWord => format!("{text} is a reserved word of TLA+ and can't be a name here"),
            _ => format!("unexpected {text}: {why}"),
        };
        self.slip(kind, token.span(), message);
        Stop
    }

    /// Guards the recursion; the lexical guard makes this a second line of defence.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Read<T>) -> Read<T> {
        if self.depth >= DEPTH_LIMIT {
            return Err(self.unexpected("the nesting is too deep to be read"));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }
}

fn removal(title: &str, span: Span) -> Repair {
    Repair { title: title.to_owned(), safety: Safety::Safe, edits: vec![Edit::delete(span)] }
}

fn replacement(title: impl Into<String>, span: Span, text: impl Into<String>) -> Repair {
    Repair { title: title.into(), safety: Safety::Safe, edits: vec![Edit::replace(span, text)] }
}

/// A token as a message shows it.
fn shown(text: &str) -> String {
    let short: String = text.chars().take(40).collect();
    format!(
        "`{}`{}",
        short.escape_debug().to_string().replace("\\\\", "\\").replace("\\\"", "\""),
        if short.len() < text.len() { "…" } else { "" }
    )
}
