//! Where brackets end: those that are never closed, closed by another bracket's mark, or closed twice.

use super::{Judge, Keyword, Kind, Read, Repair, SlipKind, Token, replacement, shown};
use crate::{
    diagnostic::{Edit, Safety, Span},
    syntax::operators,
};

impl Judge<'_> {
    /// Consumes the closing bracket of `open`. Where it is missing and only one place is left for it, it is taken as there.
    pub(super) fn close(&mut self, open: Token, kind: Kind, text: &str) -> Read {
        if self.is(kind) {
            return self.next().map(|_| ());
        }
        let Some(token) = self.peek() else {
            let why = "the definition ends before";
            return self.unclosed(open, kind, text, why);
        };
        if closes(token.kind) {
            return self.close_by_another(open, kind, text, token);
        }
        let ends_here = match token.kind {
            Kind::Keyword(Keyword::Then | Keyword::Else | Keyword::In | Keyword::Other) => true,
            Kind::Operator(operators::AND | operators::OR) => !self.is_inside(token),
            Kind::Identifier => token.column == 1,
            _ => false,
        };
        if ends_here {
            return self.unclosed(open, kind, text, "what follows can't go on with it:");
        }
        let opened = shown(open.text(self.source));
        let place = match token.line - open.line {
            0 => format!("in column {}", open.column),
            lines => format!("{lines} lines above"),
        };
        Err(self.unexpected(&format!("expected `{text}` to close the {opened} {place}")))
    }

    /// Takes a closing bracket as if it stood behind the last token.
    fn unclosed(&mut self, open: Token, kind: Kind, text: &str, why: &str) -> Read {
        let message = format!("{} is not closed: {why} its `{text}` is missing", shown(open.text(self.source)));
        let end = self.tokens[self.position - 1];
        let title = format!("insert `{text}` behind {}", shown(end.text(self.source)));
        let safety = self.safety_of_closing(open);
        let repair = Repair { title, safety, edits: vec![Edit::insert(end.end as usize, text)] };
        self.slip_with(SlipKind::UnclosedBracket, open.span(), message, repair);
        self.tokens.insert(self.position, Token { kind, start: end.end, ..end });
        self.position += 1;
        self.brackets = self.brackets.saturating_sub(1);
        Ok(())
    }

    /// A list of values can only end where it does; a formula in parentheses may have been meant to end earlier.
    fn safety_of_closing(&self, open: Token) -> Safety {
        let inner = self.tokens[..self.position].iter().rev().take_while(|token| token.start > open.start);
        let mut depth = 0;
        for token in inner {
            match token.kind {
                kind if closes(kind) => depth += 1,
                kind if opens(kind) => depth -= 1,
                Kind::Operator(operator) if depth == 0 && operator.operator().low < 5 => return Safety::Ask,
                Kind::Keyword(_) if depth == 0 && open.kind != Kind::LeftBracket => return Safety::Ask,
                _ => {}
            }
        }
        Safety::Safe
    }

    /// Another bracket's closing mark stands where `open` should be closed.
    fn close_by_another(&mut self, open: Token, kind: Kind, text: &str, found: Token) -> Read {
        let mut around = self.open_brackets();
        around.retain(|other| other.start != open.start);
        if around.iter().any(|other| closing_of(other.kind).contains(&found.kind)) {
            return self.unclosed(open, kind, text, "another bracket is closed before,");
        }
        let (opened, marked) = (shown(open.text(self.source)), shown(found.text(self.source)));
        if self.kind_at(1) == Some(kind) {
            self.surplus(found, Safety::Safe);
            return self.close(open, kind, text);
        }
        let message = format!("{marked} does not close {opened}, write `{text}`");
        let repair = replacement(format!("write `{text}`"), found.span(), text);
        self.slip_with(SlipKind::UnclosedBracket, found.span(), message, repair);
        self.tokens[self.position].kind = kind;
        self.next().map(|_| ())
    }

    /// Passes over a closing bracket that closes nothing.
    fn surplus(&mut self, token: Token, safety: Safety) {
        let message =
            format!("unexpected {}: nothing opens the bracket that it closes", shown(token.text(self.source)));
        let title = format!("remove the {}", shown(token.text(self.source)));
        let repair = Repair { title, safety, edits: vec![Edit::delete(self.with_blanks(token))] };
        self.slip_with(SlipKind::UnexpectedToken, token.span(), message, repair);
        self.tokens.remove(self.position);
    }

    /// Passes over closing brackets behind an operand where no bracket is open.
    pub(super) fn drop_surplus(&mut self) {
        while self.brackets == 0
            && let Some(token) = self.peek().filter(|token| closes(token.kind))
            && self.open_brackets().is_empty()
        {
            let doubled = self.position > 0 && self.tokens[self.position - 1].kind == token.kind;
            self.surplus(token, if doubled { Safety::Safe } else { Safety::Ask });
        }
    }

    /// `<<a, b>`, where nothing follows that could be compared.
    pub(super) fn closes_tuple_by_half(&mut self, token: Token) -> bool {
        let behind = self.kind_at(1);
        let compares = behind.is_some_and(super::foreign::begins_operand)
            && !matches!(behind, Some(Kind::Keyword(Keyword::Then | Keyword::Else | Keyword::In)));
        let bullet = self.peek_at(1).is_some_and(|next| {
            matches!(next.kind, Kind::Operator(operators::AND | operators::OR)) && self.is_inside(next)
        });
        if token.text(self.source) != ">" || compares || bullet {
            return false;
        }
        if self.open_brackets().last().is_none_or(|open| open.kind != Kind::LeftTuple) {
            return false;
        }
        let message = "a tuple is closed by `>>`";
        let repair = replacement("write `>>`", token.span(), ">>");
        self.slip_with(SlipKind::UnclosedBracket, token.span(), message, repair);
        self.tokens[self.position].kind = Kind::RightTuple;
        true
    }

    /// `_<a, b>`: gives the two signs for the tuple's brackets, where names and commas stand between them.
    pub(super) fn opens_tuple_by_half(&mut self) -> bool {
        let end = (self.position + 1..self.tokens.len())
            .find(|index| !matches!(self.tokens[*index].kind, Kind::Identifier | Kind::Comma));
        let Some(end) = end.filter(|end| matches!(self.tokens[*end].text(self.source), ">" | ">>")) else {
            return false;
        };
        let whole = self.tokens[self.position].span().cover(self.tokens[end].span());
        let mut edits = Vec::new();
        for (index, kind, text) in [(self.position, Kind::LeftTuple, "<<"), (end, Kind::RightTuple, ">>")] {
            let token = &mut self.tokens[index];
            if token.kind != kind {
                edits.push(Edit::replace(token.span(), text));
                token.kind = kind;
            }
        }
        let repair = Repair { title: "write `<<` and `>>`".to_owned(), safety: Safety::Safe, edits };
        self.slip_with(SlipKind::UnclosedBracket, whole, "a tuple is written `<<a, b>>`", repair);
        true
    }

    /// The brackets that are open at the position, the innermost last; those that are closed wrongly count as closed.
    fn open_brackets(&self) -> Vec<Token> {
        let mut open: Vec<Token> = Vec::new();
        for token in &self.tokens[..self.position] {
            if opens(token.kind) {
                open.push(*token);
            } else if closes(token.kind) && open.last().is_some_and(|last| closing_of(last.kind).contains(&token.kind))
            {
                open.pop();
            }
        }
        open
    }

    /// A comma, and whether another element follows; a comma before the closing bracket is a slip, and one that is missing
    /// between two lines or names of a tuple.
    pub(super) fn separated(&mut self, close: Kind) -> Read<bool> {
        if close == Kind::RightTuple && self.is(Kind::Identifier) {
            self.missing_comma();
            return Ok(true);
        }
        let Some(comma) = self.peek().filter(|token| token.kind == Kind::Comma) else { return Ok(false) };
        self.next()?;
        if self.is(close) || self.is(Kind::Comma) {
            let repair = super::removal("remove the comma", comma.span());
            let message = match self.is(close) {
                true => "no comma stands before a closing bracket in TLA+",
                false => "one comma is enough",
            };
            self.slip_with(SlipKind::TrailingComma, comma.span(), message, repair);
            return if self.is(close) { Ok(false) } else { self.separated(close) };
        }
        Ok(true)
    }

    /// Takes a comma as if it stood behind the last token.
    pub(super) fn missing_comma(&mut self) {
        let (Some(next), Some(last)) = (self.peek(), self.position.checked_sub(1).map(|last| self.tokens[last])) else {
            return;
        };
        let message = format!("a comma is missing before {}", shown(next.text(self.source)));
        let edits = vec![Edit::insert(last.end as usize, ",")];
        let repair = Repair { title: "insert the comma".to_owned(), safety: Safety::Safe, edits };
        self.slip_with(SlipKind::UnexpectedToken, Span::new(next.start as usize, next.end as usize), message, repair);
    }
}

pub(super) fn opens(kind: Kind) -> bool {
    matches!(kind, Kind::LeftParen | Kind::LeftBracket | Kind::LeftBrace | Kind::LeftTuple)
}

pub(super) fn closes(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::RightParen
            | Kind::RightBracket
            | Kind::RightBrace
            | Kind::RightTuple
            | Kind::RightBracketSub
            | Kind::RightTupleSub
    )
}

fn closing_of(open: Kind) -> &'static [Kind] {
    match open {
        Kind::LeftParen => &[Kind::RightParen],
        Kind::LeftBracket => &[Kind::RightBracket, Kind::RightBracketSub],
        Kind::LeftBrace => &[Kind::RightBrace],
        Kind::LeftTuple => &[Kind::RightTuple, Kind::RightTupleSub],
        _ => &[],
    }
}
