//! What keeps tree-sitter from harm: its grammar aborts the process on deep nesting, and soup of tokens takes it long.

use super::{
    lexer::{Keyword, Kind, Token},
    operators,
};

/// Nesting over this depth is refused before parsing; the grammar's scanner aborts at about 340 nested bullets. Real
/// modules nest 10 deep.
pub(crate) const NESTING_LIMIT: usize = 100;

/// How often the parser's progress is asked about before a unit is given up. A thousand lines of clean text take some
/// 100 of these steps.
pub(super) const PARSE_STEPS: usize = 20_000;

/// The depth of brackets, bullets and proof levels in a unit, and the token at which [`NESTING_LIMIT`] is passed.
pub(super) fn too_deep(tokens: &[Token]) -> Option<Token> {
    enum Open {
        Bracket,
        Bullet(u32),
        Form,
    }
    let mut open: Vec<Open> = Vec::new();
    let mut proof_levels: Vec<u32> = Vec::new();
    let mut operand = true;
    for token in tokens {
        while let Some(Open::Bullet(column)) = open.last()
            && *column >= token.column
        {
            open.pop();
        }
        match token.kind {
            Kind::LeftParen | Kind::LeftBracket | Kind::LeftBrace | Kind::LeftTuple => open.push(Open::Bracket),
            Kind::RightParen
            | Kind::RightBracket
            | Kind::RightBracketSub
            | Kind::RightBrace
            | Kind::RightTuple
            | Kind::RightTupleSub => while !matches!(open.pop(), None | Some(Open::Bracket)) {},
            Kind::Operator(operators::AND | operators::OR) if operand => open.push(Open::Bullet(token.column)),
            Kind::Keyword(Keyword::If | Keyword::Let | Keyword::Case) => open.push(Open::Form),
            Kind::Keyword(Keyword::Else | Keyword::In) => {
                if matches!(open.last(), Some(Open::Form)) {
                    open.pop();
                }
            }
            Kind::ProofStep => {
                proof_levels.retain(|column| *column < token.column);
                proof_levels.push(token.column);
            }
            _ => {}
        }
        operand = !matches!(
            token.kind,
            Kind::Identifier
                | Kind::Number
                | Kind::Str
                | Kind::OpenString
                | Kind::RightParen
                | Kind::RightBracket
                | Kind::RightBrace
                | Kind::RightTuple
                | Kind::At
        );
        if open.len() > NESTING_LIMIT || proof_levels.len() > NESTING_LIMIT {
            return Some(*token);
        }
    }
    None
}
