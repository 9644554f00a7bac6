//! IF and CASE, with what is missing from them or too much in them.

use super::{Judge, Keyword, Kind, Read, Repair, Slip, SlipKind, Token};
use crate::{
    diagnostic::{Edit, Safety, Span},
    syntax::operators,
};

impl Judge<'_> {
    pub(super) fn if_then_else(&mut self) -> Read {
        let start = self.next()?;
        self.expression()?;
        self.drop_bullet_before(Keyword::Then);
        if !self.is_keyword(Keyword::Then) {
            return Err(self.unexpected("expected THEN: an IF reads `IF p THEN a ELSE b`"));
        }
        let then = self.next()?;
        let branch = self.position;
        self.expression()?;
        self.drop_bullet_before(Keyword::Else);
        if !self.is_keyword(Keyword::Else) {
            self.missing_else(start, then, branch);
            return Ok(());
        }
        self.next()?;
        self.expression()
    }

    /// An IF without ELSE, whose THEN branch begins at a position.
    fn missing_else(&mut self, start: Token, then: Token, branch: usize) {
        let written = self.written(branch);
        let other = match written.as_slice() {
            [] => "TRUE".to_owned(),
            [only] => format!("UNCHANGED {only}"),
            several => format!("UNCHANGED <<{}>>", several.join(", ")),
        };
        let end = self.tokens[self.position - 1];
        let below = if then.line > start.line { then } else { start };
        let text = if end.line > start.line {
            format!("\n{}ELSE {other}", " ".repeat(below.column as usize - 1))
        } else {
            format!(" ELSE {other}")
        };
        let at = self.behind_comment(end.end as usize, &text);
        let message = "this IF has no ELSE; TLA+ wants both, an action says in its ELSE what stays UNCHANGED";
        self.judged.slips.push(Slip {
            kind: SlipKind::MissingElse,
            span: start.span(),
            message: message.to_owned(),
            repair: Some(Repair {
                title: format!("add `ELSE {other}`"),
                safety: Safety::Ask,
                edits: vec![Edit::insert(at, text)],
            }),
        });
    }

    /// The variables that the tokens from a position on give their next values, in order.
    fn written(&self, from: usize) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        let tokens = &self.tokens[from..self.position];
        let mut kept = false;
        for (index, token) in tokens.iter().enumerate() {
            let kind = |ahead: usize| tokens.get(index + ahead).map(|token| token.kind);
            match token.kind {
                Kind::Operator(operators::UNCHANGED) => kept = true,
                Kind::LeftTuple | Kind::Comma => {}
                Kind::Identifier => {
                    let assigned = kind(1) == Some(Kind::Operator(operators::PRIME))
                        && matches!(kind(2), Some(Kind::Operator(operators::EQUALS | operators::IN)));
                    let name = token.text(self.source);
                    if (assigned || kept) && !names.contains(&name) {
                        names.push(name);
                    }
                    kept &= kind(1) == Some(Kind::Comma);
                }
                _ => kept = false,
            }
        }
        names
    }

    /// Where a text goes in behind a token: where it begins a line of its own, behind the comment on the token's line.
    fn behind_comment(&self, offset: usize, text: &str) -> usize {
        let line = self.source[offset..].split(['\n', '\r']).next().unwrap_or_default();
        let comment = line.trim_start().starts_with("\\*");
        if text.starts_with('\n') && comment { offset + line.len() } else { offset }
    }

    pub(super) fn case(&mut self) -> Read {
        self.next()?;
        self.case_arm()?;
        while let Some(token) = self.peek_inside() {
            if token.kind == Kind::Comma && self.arm_follows() {
                let message = "the arms of CASE are separated by `[]`, not by commas";
                let arm = self.peek_at(1).map_or(token.end, |arm| arm.start) as usize;
                let repair = Repair {
                    title: "write `[]`".to_owned(),
                    safety: Safety::Safe,
                    edits: vec![Edit::delete(token.span()), Edit::insert(arm, "[] ")],
                };
                self.slip_with(SlipKind::UnexpectedToken, token.span(), message, repair);
            } else if token.kind != Kind::Operator(operators::BOX) {
                break;
            }
            self.next()?;
            if self.is_keyword(Keyword::Other) {
                self.next()?;
                self.expect(Kind::Arrow, "`->` after OTHER")?;
                return self.expression();
            }
            self.case_arm()?;
        }
        if self.is_keyword(Keyword::Other) {
            let at = self.peek().map_or(0, |token| token.start as usize);
            let repair = Repair {
                title: "write `[] OTHER`".to_owned(),
                safety: Safety::Safe,
                edits: vec![Edit::insert(at, "[] ")],
            };
            self.slip_with(
                SlipKind::ForeignKeyword,
                Span::new(at, at + 5),
                "OTHER is an arm of its own: write `[] OTHER`",
                repair,
            );
            self.next()?;
            self.expect(Kind::Arrow, "`->` after OTHER")?;
            return self.expression();
        }
        Ok(())
    }

    /// Whether an arm stands behind the comma at the position: a test and `->`, which no element of a list has.
    fn arm_follows(&self) -> bool {
        let mut depth = 0_u32;
        for token in &self.tokens[self.position + 1..] {
            match token.kind {
                Kind::LeftParen | Kind::LeftBracket | Kind::LeftBrace | Kind::LeftTuple => depth += 1,
                Kind::RightParen | Kind::RightBracket | Kind::RightBrace | Kind::RightTuple if depth > 0 => depth -= 1,
                _ if depth > 0 => {}
                Kind::Arrow => return true,
                Kind::Comma | Kind::Defines | Kind::Keyword(Keyword::Case) | Kind::Operator(operators::BOX) => {
                    return false;
                }
                Kind::RightParen | Kind::RightBracket | Kind::RightBrace | Kind::RightTuple => return false,
                _ if !self.is_inside(*token) => return false,
                _ => {}
            }
        }
        false
    }

    fn case_arm(&mut self) -> Read {
        self.expression()?;
        self.expect(Kind::Arrow, "`->`: an arm of CASE reads `p -> e`")?;
        self.expression()
    }
}
