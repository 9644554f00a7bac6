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
        if self.words_are(&["ELSEIF", "ELSIF", "ELIF", "elseif", "elif"], 0)
            && let Some(word) = self.peek_inside()
        {
            let message = "an IF within ELSE is written `ELSE IF`";
            let repair = super::replacement("write `ELSE IF`", word.span(), "ELSE IF");
            self.slip_with(SlipKind::ForeignKeyword, word.span(), message, repair);
            self.tokens[self.position].kind = Kind::Keyword(Keyword::If);
            return self.if_then_else();
        }
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
            repairs: vec![Repair {
                title: format!("add `ELSE {other}`"),
                safety: Safety::Ask,
                edits: vec![Edit::insert(at, text)],
            }],
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
        self.arms.push(self.brackets);
        let subject = self.subject();
        let mut guards = Vec::new();
        self.case_arms(&mut guards)?;
        self.arms.pop();
        if let Some((subject, word)) = subject {
            self.compare_with(subject, word, &guards);
        }
        Ok(())
    }

    /// `x OF` behind CASE, with the place of the word.
    fn subject(&mut self) -> Option<(Span, Token)> {
        let from = self.position;
        let ahead = self.tokens[from..].iter().take_while(|token| token.kind != Kind::Arrow);
        let found = ahead.clone().position(|token| matches!(token.text(self.source), "OF" | "of"))?;
        let (first, last) = (self.tokens.get(from)?, self.tokens.get((from + found).checked_sub(1)?)?);
        if found == 0 {
            return None;
        }
        let subject = Span::new(first.start as usize, last.end as usize);
        self.position = from + found + 1;
        Some((subject, self.tokens[from + found]))
    }

    /// `CASE x OF 1 -> a [] 2 -> b`: every guard compares.
    fn compare_with(&mut self, subject: Span, word: Token, guards: &[Token]) {
        let text = self.source[subject.start..subject.end].to_owned();
        let first = guards.first().map_or(word.end as usize, |guard| guard.start as usize);
        let mut edits = vec![Edit::replace(Span::new(subject.start, first), format!("{text} = "))];
        edits.extend(guards.iter().skip(1).map(|guard| Edit::insert(guard.start as usize, format!("{text} = "))));
        let repair = Repair { title: "compare in each arm".to_owned(), safety: Safety::Safe, edits };
        let message = "CASE has no subject in TLA+: each arm has a formula, `CASE x = 1 -> a [] x = 2 -> b`";
        self.slip_with(SlipKind::ForeignKeyword, word.span(), message, repair);
    }

    /// The arms of a CASE; gives the first tokens of their guards.
    fn case_arms(&mut self, guards: &mut Vec<Token>) -> Read {
        guards.extend(self.peek());
        self.case_arm()?;
        while let Some(token) = self.peek() {
            if token.kind == Kind::Comma && self.is_inside(token) && self.arm_follows() {
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
            } else if !self.is_inside(token) {
                // Another CASE around this one may have it.
                if self.arms.len() > 1 || !self.begins_line(self.position) {
                    break;
                }
                self.realign(token)?;
            }
            self.next()?;
            if self.is_keyword(Keyword::Other) {
                self.next()?;
                self.expect(Kind::Arrow, "`->` after OTHER")?;
                return self.expression();
            }
            guards.extend(self.peek());
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

    fn case_arm(&mut self) -> Read {
        self.expression()?;
        self.expect(Kind::Arrow, "`->`: an arm of CASE reads `p -> e`")?;
        self.expression()
    }
}
