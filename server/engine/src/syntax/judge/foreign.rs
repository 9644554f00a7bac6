//! Operators and words of other languages that models write into TLA+.

use super::{Judge, SlipKind, Token, replacement};
use crate::{
    diagnostic::Span,
    syntax::{
        lexer::Kind,
        operators::{self, OperatorId},
    },
};

/// LaTeX commands that are no TLA+ operators, and what TLA+ writes instead.
const COMMANDS: &[(&str, &str)] = &[
    ("neq", "#"),
    ("ne", "#"),
    ("setminus", "\\"),
    ("mod", "%"),
    ("wedge", "/\\"),
    ("vee", "\\/"),
    ("and", "/\\"),
    ("or", "\\/"),
    ("implies", "=>"),
    ("Rightarrow", "=>"),
    ("Leftrightarrow", "<=>"),
    ("iff", "<=>"),
    ("le", "<="),
    ("ge", ">="),
    ("lt", "<"),
    ("gt", ">"),
    ("nin", "\\notin"),
    ("ni", "\\notin"),
    ("eq", "="),
    ("leadsto", "~>"),
    ("plus", "+"),
    ("times_", "\\X"),
];

/// Operators behind a backslash that are none, and what is meant.
const ESCAPED: &[(&str, &str)] = &[("=", "#"), ("+", "(+)"), ("-", "(-)"), ("/=", "#")];

/// Characters that look like an operator of TLA+ and are another.
pub(super) const LOOKALIKES: &[(char, &str)] = &[
    ('◦', "\\o"),
    ('∖', "\\"),
    ('−', "-"),
    ('–', "-"),
    ('⟹', "=>"),
    ('⟺', "<=>"),
    ('⇝', "~>"),
    ('·', "\\cdot"),
    ('∗', "*"),
    ('∣', "|"),
];

/// Characters that look like a mark of TLA+, which it is, and how it is read.
pub(super) const PUNCTUATION: &[(char, &str, &[Kind])] = &[
    ('，', ",", &[Kind::Comma]),
    ('（', "(", &[Kind::LeftParen]),
    ('）', ")", &[Kind::RightParen]),
    ('［', "[", &[Kind::LeftBracket]),
    ('］', "]", &[Kind::RightBracket]),
    ('【', "[", &[Kind::LeftBracket]),
    ('】', "]", &[Kind::RightBracket]),
    ('｛', "{", &[Kind::LeftBrace]),
    ('｝', "}", &[Kind::RightBrace]),
    ('：', ":", &[Kind::Colon]),
    ('《', "<<", &[Kind::LeftTuple]),
    ('》', ">>", &[Kind::RightTuple]),
    ('∅', "{}", &[Kind::LeftBrace, Kind::RightBrace]),
];

/// Words that stand for operators elsewhere.
const WORDS: &[(&str, &str)] = &[
    ("AND", "/\\"),
    ("OR", "\\/"),
    ("and", "/\\"),
    ("or", "\\/"),
    ("XOR", "#"),
    ("MOD", "%"),
    ("mod", "%"),
    ("DIV", "\\div"),
    ("div", "\\div"),
    ("IMPLIES", "=>"),
    ("NOTIN", "\\notin"),
    ("notin", "\\notin"),
    ("in", "\\in"),
    ("is", "="),
    ("UNION", "\\cup"),
    ("union", "\\cup"),
    ("intersect", "\\cap"),
];

/// Whether a word stands for an operator elsewhere.
pub(super) fn is_foreign_word(text: &str) -> bool {
    WORDS.iter().any(|(word, _)| *word == text)
}

/// An operator of another language at the judge's position.
pub(super) struct Foreign {
    pub span: Span,
    /// How many tokens it takes.
    pub tokens: usize,
    pub meant: OperatorId,
    pub kind: SlipKind,
    pub instead: &'static str,
}

impl Judge<'_> {
    /// The foreign infix operator at the current position, if there is one.
    pub(super) fn foreign_infix(&self) -> Option<Foreign> {
        let first = self.peek()?;
        let second = self.peek_at(1);
        let adjacent = second.filter(|second| second.start == first.end);
        let found = |tokens: usize, end: Token, kind, instead: &'static str| {
            let meant = operators::find(instead)?;
            Some(Foreign { span: Span::new(first.start as usize, end.end as usize), tokens, meant, kind, instead })
        };
        match first.kind {
            Kind::Bang if adjacent.is_some_and(|next| next.kind == Kind::Operator(operators::EQUALS)) => {
                found(2, adjacent?, SlipKind::ForeignOperator, "#")
            }
            Kind::Bang if adjacent.is_some_and(|next| next.kind == Kind::Defines) => {
                found(2, adjacent?, SlipKind::ForeignOperator, "#")
            }
            Kind::Operator(operators::SETMINUS)
                if self.words_are(&["not"], 1) && self.kind_at(2) == Some(Kind::Operator(operators::IN)) =>
            {
                found(3, self.peek_at(2)?, SlipKind::ForeignOperator, "\\notin")
            }
            Kind::Operator(operators::SETMINUS)
                if adjacent.is_some_and(|next| ESCAPED.iter().any(|(kind, _)| next.is(kind))) =>
            {
                let next = adjacent?;
                let (_, instead) = ESCAPED.iter().find(|(kind, _)| next.is(kind))?;
                found(2, next, SlipKind::ForeignOperator, instead)
            }
            Kind::Operator(operators::SETMINUS) => {
                let next = adjacent.filter(|next| next.kind == Kind::Identifier)?;
                let (_, instead) = COMMANDS.iter().find(|(word, _)| *word == next.text(self.source))?;
                // `a \ne` may be a set without the constant `ne`, and `a \mod (b)` one without `mod(b)`: only what
                // can't be an operand is taken for a command.
                let third = self.peek_at(2).filter(|third| third.kind != Kind::LeftParen);
                let operand_follows = third.is_some_and(|third| begins_operand(third.kind));
                if operand_follows { found(2, next, SlipKind::ForeignOperator, instead) } else { None }
            }
            Kind::Operator(operator) if operator.name() == "\\o" || operator.name() == "\\in" => {
                // `\or` is cut into `\o` and `r`, `\int` into `\in` and `t`.
                let next = adjacent.filter(|next| next.kind == Kind::Identifier)?;
                let command = &self.source[first.start as usize + 1..next.end as usize];
                let (_, instead) = COMMANDS.iter().find(|(word, _)| *word == command)?;
                found(2, next, SlipKind::ForeignOperator, instead)
            }
            Kind::Operator(operators::NOT) if second?.kind == Kind::Operator(operators::IN) => {
                found(2, second?, SlipKind::ForeignOperator, "\\notin")
            }
            Kind::Identifier if self.words_are(&["NOT", "not"], 0) && self.words_are(&["IN", "in"], 1) => {
                found(2, second?, SlipKind::ForeignKeyword, "\\notin")
            }
            // Where WITH wants it, no operand stands before it.
            Kind::Gets => found(1, first, SlipKind::ForeignOperator, "="),
            Kind::Defines => found(1, first, SlipKind::ForeignOperator, "="),
            Kind::Operator(operator) if operator.name() == "UNION" => {
                found(1, first, SlipKind::ForeignKeyword, "\\cup")
            }
            Kind::Identifier => {
                let (_, instead) = WORDS.iter().find(|(word, _)| *word == first.text(self.source))?;
                let operand_follows = second.is_some_and(|second| begins_operand(second.kind));
                if operand_follows { found(1, first, SlipKind::ForeignKeyword, instead) } else { None }
            }
            _ => None,
        }
    }

    /// Whether the token some places ahead is one of some words.
    pub(super) fn words_are(&self, words: &[&str], ahead: usize) -> bool {
        self.peek_at(ahead).is_some_and(|token| words.contains(&token.text(self.source)))
    }

    /// Takes a foreign operator for the one it stands for.
    pub(super) fn take_foreign(&mut self, foreign: &Foreign) -> Token {
        let first = self.tokens[self.position];
        let last = self.tokens[self.position + foreign.tokens - 1];
        self.position += foreign.tokens;
        let text = self.source[foreign.span.start..foreign.span.end].to_owned();
        let instead = foreign.instead;
        let message = match (foreign.kind, text.as_str()) {
            (_, "==") => "`==` defines; a comparison is written `=`".to_owned(),
            (SlipKind::ForeignKeyword, _) => format!("`{text}` is no operator of TLA+, write `{instead}`"),
            _ => format!("`{text}` is not a TLA+ operator, write `{instead}`"),
        };
        self.slip_with(
            foreign.kind,
            foreign.span,
            message,
            replacement(format!("write `{instead}`"), foreign.span, instead),
        );
        Token { kind: Kind::Operator(foreign.meant), end: last.end, ..first }
    }
}

impl Token {
    /// Whether the token is the operator of a name.
    fn is(self, name: &str) -> bool {
        matches!(self.kind, Kind::Operator(operator) if operators::find(name) == Some(operator))
    }
}

pub(super) fn begins_operand(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Identifier
            | Kind::Number
            | Kind::Str
            | Kind::At
            | Kind::LeftParen
            | Kind::LeftBrace
            | Kind::LeftBracket
            | Kind::LeftTuple
            | Kind::Keyword(_)
    ) || matches!(kind, Kind::Operator(operator) if operator.fixity() == operators::Fixity::Prefix)
}
