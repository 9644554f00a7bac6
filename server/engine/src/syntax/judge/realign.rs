//! Lines that stand too far left: which of them belong together, and how far they must go to the right.

use super::{Judge, Read, Repair, Slip, SlipKind, Stop, Token};
use crate::{
    diagnostic::{Edit, Safety, Span},
    syntax::{
        lexer::{Keyword, Kind},
        operators::{self, OperatorId},
    },
};

/// How far right of its list's bullets a moved line begins: where an item's text does.
const BEHIND_BULLET: u32 = 3;

impl Judge<'_> {
    /// The next token stands at or left of the bullets of the list that it belongs to: its line and those that hang on it
    /// are taken for what they stand for, as far right as they must be. Stops where it is not certain that the token
    /// goes on with the item.
    pub(super) fn realign(&mut self, token: Token) -> Read {
        let slip = self.misplaced(token);
        let (Some(junction), true) = (self.junctions.last().copied(), self.begins_line(self.position)) else {
            return Err(self.stop_at(slip));
        };
        let Some(safety) = self.goes_on(token) else { return Err(self.stop_at(slip)) };
        let by = junction.column + BEHIND_BULLET - token.column;
        let end = self.hanging(self.position);
        let edits = self.moved_right(self.position, end, by);
        for moved in &mut self.tokens[self.position..end] {
            moved.column += by;
        }
        let repair = Repair { title: "indent what belongs to the item".to_owned(), safety, edits };
        self.judged.slips.push(Slip { repairs: vec![repair], ..slip });
        Ok(())
    }

    fn stop_at(&mut self, slip: Slip) -> Stop {
        self.judged.slips.push(slip);
        Stop
    }

    pub(super) fn begins_line(&self, position: usize) -> bool {
        let Some(token) = self.tokens.get(position) else { return false };
        position > 0 && self.tokens[position - 1].line < token.line
    }

    /// Whether a token that stands too far left can only go on with the item before it, and how sure that is.
    fn goes_on(&self, token: Token) -> Option<Safety> {
        let before = self.position.checked_sub(1).and_then(|index| self.tokens.get(index)).copied()?;
        match token.kind {
            // A definition that begins the next unit.
            Kind::Identifier | Kind::Separator | Kind::End if token.column == 1 => None,
            Kind::Operator(operator) if is_bullet(operator) => self.bullet_goes_on(token, operator, before),
            _ => Some(Safety::Safe),
        }
    }

    /// A bullet begins a list of its own where an expression must begin; whether the bullets below it belong to that list
    /// or to the one around it is another question.
    fn bullet_goes_on(&self, token: Token, operator: OperatorId, before: Token) -> Option<Safety> {
        let begins_expression = match before.kind {
            Kind::Keyword(_) | Kind::Colon | Kind::Defines | Kind::Arrow | Kind::MapsTo | Kind::LeftParen => true,
            Kind::Operator(bullet) => {
                is_bullet(bullet)
                    && self.junctions.last().is_some_and(|list| list.bullet == bullet && list.column == before.column)
            }
            _ => false,
        };
        if !begins_expression {
            return None;
        }
        let of_another = self.junctions.iter().any(|list| list.column == token.column && list.bullet == operator);
        // What stands under `LET … IN` may as well hold the items behind it: it is the same.
        let after_in = before.kind == Kind::Keyword(Keyword::In);
        Some(if of_another && !after_in { Safety::Ask } else { Safety::Safe })
    }

    /// The end of the lines that hang on the line of a token: those right of it, and with a bullet the other bullets of
    /// its column.
    pub(super) fn hanging(&self, position: usize) -> usize {
        let first = self.tokens[position];
        let bullet = match first.kind {
            Kind::Operator(operator) if is_bullet(operator) => Some(first.kind),
            _ => None,
        };
        // A bullet of a list around it, behind what is complete, goes on with that list.
        let of_another = |index: usize| {
            let token = self.tokens[index];
            let goes_on = matches!(
                self.tokens[index - 1].kind,
                Kind::Keyword(_)
                    | Kind::Colon
                    | Kind::Comma
                    | Kind::Arrow
                    | Kind::MapsTo
                    | Kind::Operator(_)
                    | Kind::Defines
            ) || super::closing::opens(self.tokens[index - 1].kind);
            let is_of =
                |list: &super::Junction| list.column == token.column && Kind::Operator(list.bullet) == token.kind;
            !goes_on && self.junctions.iter().any(is_of)
        };
        let hangs = |index: &usize| {
            let token = self.tokens[*index];
            !self.begins_line(*index)
                || (token.column > first.column && !of_another(*index))
                || (token.column == first.column && bullet == Some(token.kind))
        };
        (position + 1..self.tokens.len()).take_while(hangs).last().map_or(position + 1, |last| last + 1)
    }

    /// The edits that move the lines from one token to another (not included) to the right, comments between them too.
    pub(super) fn moved_right(&self, from: usize, to: usize, by: u32) -> Vec<Edit> {
        let blanks = " ".repeat(by as usize);
        let start = self.source[..self.tokens[from].start as usize].rfind('\n').map_or(0, |end| end + 1);
        let end = self.tokens[to - 1].start as usize;
        let mut edits = Vec::new();
        let mut offset = start;
        for line in self.source[start..].split_inclusive('\n') {
            if offset > end {
                break;
            }
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            // Blanks before a tab would be swallowed by it.
            let at = if line[..indent].contains('\t') { offset + indent } else { offset };
            if !line.trim().is_empty() {
                edits.push(Edit::insert(at, blanks.as_str()));
            }
            offset += line.len();
        }
        edits
    }

    /// A bullet before a word that goes on with the item: `/\ ELSE`.
    pub(super) fn drop_bullet_before(&mut self, keyword: Keyword) {
        let (Some(bullet), Some(word)) = (self.peek(), self.peek_at(1)) else { return };
        if !matches!(bullet.kind, Kind::Operator(operator) if is_bullet(operator))
            || word.kind != Kind::Keyword(keyword)
            || !self.begins_line(self.position)
        {
            return;
        }
        let text = bullet.text(self.source).to_owned();
        let word = word.text(self.source);
        let message = format!("{word} goes on with what begins above it, and takes no bullet `{text}`");
        let span = bullet.span();
        let blanks = " ".repeat(text.chars().count());
        let repair = super::replacement(format!("remove the bullet before {word}"), span, blanks);
        self.slip_with(SlipKind::UnexpectedToken, span, message, repair);
        self.tokens.remove(self.position);
    }

    /// A conjunct or disjunct that stands exactly below the bullets of a list that just ended, without a bullet.
    pub(super) fn missing_bullet(&mut self, column: u32, bullet: OperatorId) -> bool {
        let Some(token) = self.peek().filter(|token| token.column == column) else { return false };
        let next = self.kind_at(1);
        let begins_item = match token.kind {
            Kind::Keyword(word) => {
                matches!(word, Keyword::Let | Keyword::If | Keyword::Case | Keyword::Forall | Keyword::Exists)
            }
            Kind::Operator(operators::UNCHANGED) => true,
            Kind::Identifier => next == Some(Kind::Operator(operators::PRIME)) && column > 1,
            _ => false,
        };
        if !begins_item || !self.begins_line(self.position) {
            return false;
        }
        let text = super::shown(token.text(self.source));
        let message = format!(
            "{text} stands below the `{0}` bullets of a list without a bullet of its own; write `{0}`",
            bullet.name()
        );
        let end = self.hanging(self.position);
        let mut edits = self.moved_right(self.position, end, BEHIND_BULLET);
        edits.remove(0);
        edits.push(Edit::insert(token.start as usize, format!("{} ", bullet.name())));
        for moved in &mut self.tokens[self.position..end] {
            moved.column += BEHIND_BULLET;
        }
        let repair = Repair { title: format!("write `{}` before it", bullet.name()), safety: Safety::Ask, edits };
        self.slip_with(SlipKind::UnexpectedToken, Span::new(token.start as usize, token.end as usize), message, repair);
        true
    }
}

pub(super) fn is_bullet(operator: OperatorId) -> bool {
    operator == operators::AND || operator == operators::OR
}
