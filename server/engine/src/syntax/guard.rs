//! What keeps tree-sitter from harm: its grammar aborts the process on deep nesting, and soup of tokens takes it long.

use super::{
    lexer::{Keyword, Kind, Token, lex},
    operators,
};

/// Nesting over this depth is refused before parsing; the grammar's scanner aborts at about 340 nested bullets. Real
/// modules nest 10 deep.
pub(crate) const NESTING_LIMIT: usize = 100;

/// How often the parser's progress is asked about before a unit is given up. A thousand lines of clean text take some
/// 100 of these steps.
pub(super) const PARSE_STEPS: usize = 20_000;

/// Bytes that the grammar's scanner may need at most to note where it is: it ends the process at 1,024.
const SCANNER_BYTES: usize = 900;

/// What the scanner notes of one list of bullets and of one level of a proof, in bytes.
const BYTES_OF_BULLETS: usize = 3;
const BYTES_OF_LEVEL: usize = 4;

/// Whether the scanner could be brought to note more than it has room for. It opens a list for each `/\` that stands to
/// the right of the list around it and a proof for each higher level. While it mends an error, it may take any operator
/// for a bullet and forget that a bracket was closed; so the longest rising row of columns (and of levels) counts,
/// whatever stands between.
pub(super) fn outgrows_scanner(text: &str) -> bool {
    // Hardly any unit has so many that a closer look is worth its time.
    let most = |signs: &[u8]| text.bytes().filter(|byte| signs.contains(byte)).count();
    if most(b"\\\xe2") * BYTES_OF_BULLETS + most(b"<") * BYTES_OF_LEVEL <= SCANNER_BYTES {
        return false;
    }
    let tokens = lex(text, 1).tokens;
    let is_bullet = |token: &&Token| {
        matches!(token.kind, Kind::Operator(_))
            && matches!(&text[token.span().start..token.span().end], "/\\" | "\\/" | "\\land" | "\\lor" | "∧" | "∨")
    };
    // The scanner keeps columns in 16 bits.
    let columns = tokens.iter().filter(is_bullet).map(|token| u64::from(token.column as u16 ^ (1 << 15)));
    let mut before = None;
    let levels = tokens.iter().filter(|token| token.kind == Kind::ProofStep).map(|token| {
        let level = proof_level(&text[token.span().start..token.span().end], before);
        before = Some(level);
        level
    });
    longest_rise(columns) * BYTES_OF_BULLETS + longest_rise(levels) * BYTES_OF_LEVEL > SCANNER_BYTES
}

/// The length of the longest strictly rising row among numbers, in their order.
fn longest_rise(numbers: impl Iterator<Item = u64>) -> usize {
    // The least number that a row of each length can end with.
    let mut ends: Vec<u64> = Vec::new();
    for number in numbers {
        let place = ends.partition_point(|end| *end < number);
        match ends.get_mut(place) {
            Some(end) => *end = number,
            None => ends.push(number),
        }
    }
    ends.len()
}

/// The token at which brackets, bullets or proof levels of a unit pass [`NESTING_LIMIT`]; `source` is the unit's text.
pub(super) fn too_deep(source: &str, tokens: &[Token]) -> Option<Token> {
    enum Open {
        Bracket,
        Bullet(u32),
        Form,
    }
    let mut open: Vec<Open> = Vec::new();
    // A proof nests by the numbers of its levels, wherever they stand.
    let mut proof_levels: Vec<u64> = Vec::new();
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
                let level = proof_level(&source[token.span().start..token.span().end], proof_levels.last().copied());
                proof_levels.retain(|open| *open < level);
                proof_levels.push(level);
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

/// The level of a step name such as `<2>1.`, given the level of the step before it.
fn proof_level(step: &str, before: Option<u64>) -> u64 {
    let before = before.unwrap_or(0);
    match step.trim_start_matches('<').split('>').next() {
        Some("+") => before.saturating_add(1),
        Some("*") => before,
        level => level.and_then(|level| level.parse().ok()).unwrap_or(u64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_refused(text: &str) -> bool {
        too_deep(text, &lex(text, 1).tokens).is_some()
    }

    #[test]
    fn bullets_that_a_wrong_bracket_seems_to_close_still_count() {
        assert!(outgrows_scanner(&format!("A == /\\ {}", "] /\\ ".repeat(340))));
        assert!(outgrows_scanner(&format!("A == {}", "(/\\ ) ".repeat(340))));
        let staircase: String = (0..200).map(|depth| format!("{}/\\\n", " ".repeat(depth))).collect();
        let levels: String = (0..100).map(|level| format!("<{level}>1. TRUE\n")).collect();
        assert!(!outgrows_scanner(&staircase) && !outgrows_scanner(&levels));
        assert!(outgrows_scanner(&(staircase + &levels)), "they share the room");
        assert!(!outgrows_scanner(&format!("A ==\n{}", "  /\\ x \\/ y\n".repeat(5_000))));
    }

    #[test]
    fn a_proof_is_as_deep_as_its_levels_whatever_their_columns() {
        let steps = |levels: &mut dyn Iterator<Item = usize>| -> String {
            std::iter::once("THEOREM TRUE\n".to_owned())
                .chain(levels.map(|level| format!("<{level}>1. TRUE\n")))
                .collect()
        };
        assert!(is_refused(&steps(&mut (0..253))));
        assert!(is_refused(&format!("THEOREM TRUE\n{}", "<+> TRUE\n".repeat(253))));
        assert!(!is_refused(&steps(&mut (0..1_000).map(|step| step % 9))));
        assert!(!is_refused(&format!("THEOREM TRUE\n{}", "<1>1. TRUE\n<*> QED\n".repeat(253))));
    }
}
