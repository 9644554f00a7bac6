//! Everything between brackets: sets, functions, records, EXCEPT, tuples, actions with subscripts, fairness.

use super::{Judge, Keyword, Kind, Read, Repair, SlipKind, Token, replacement};
use crate::{
    diagnostic::{Edit, Safety, Span},
    syntax::operators,
};

impl Judge<'_> {
    pub(super) fn parentheses(&mut self) -> Read {
        let open = self.next()?;
        self.expression()?;
        if self.is(Kind::Comma) {
            return self.tuple_in_parentheses(open);
        }
        self.close(open, Kind::RightParen, ")")?;
        self.subscript_of_parentheses(open)
    }

    /// `[](A)_v`
    fn subscript_of_parentheses(&mut self, open: Token) -> Read {
        let close = self.tokens[self.position - 1];
        let adjacent = |token: &Token| token.start == close.end && token.text(self.source).starts_with('_');
        let Some(subscript) = self.peek().filter(adjacent) else { return Ok(()) };
        let edits = vec![Edit::replace(open.span(), "["), Edit::replace(close.span(), "]")];
        let repair = Repair { title: "write `[` and `]`".to_owned(), safety: Safety::Safe, edits };
        let message = "an action with a subscript stands in brackets: `[A]_v`";
        self.slip_with(SlipKind::UnexpectedToken, open.span().cover(subscript.span()), message, repair);
        self.next().map(|_| ())
    }

    /// `(a, b)`, as tuples are written elsewhere.
    fn tuple_in_parentheses(&mut self, open: Token) -> Read {
        let before = self.tokens.partition_point(|token| token.start < open.start).checked_sub(1);
        let unchanged = before.is_some_and(|before| self.tokens[before].kind == Kind::Operator(operators::UNCHANGED));
        while self.separated(Kind::RightParen)? {
            self.expression()?;
        }
        self.close(open, Kind::RightParen, ")")?;
        let close = self.tokens[self.position - 1];
        let edits = vec![
            Edit::replace(
                open.span(),
                if unchanged && !self.source[..open.start as usize].ends_with(' ') { " <<" } else { "<<" },
            ),
            Edit::replace(close.span(), ">>"),
        ];
        let safety = if unchanged { Safety::Safe } else { Safety::Ask };
        let repair = Repair { title: "write `<<` and `>>`".to_owned(), safety, edits };
        let span = open.span().cover(close.span());
        self.slip_with(SlipKind::UnexpectedToken, span, "a tuple is written `<<a, b>>`", repair);
        Ok(())
    }

    /// `{}`, `{a, b}`, `{x \in S : p}`, `{e : x \in S}`
    pub(super) fn braces(&mut self) -> Read {
        let open = self.next()?;
        if self.is(Kind::RightBrace) {
            return self.next().map(|_| ());
        }
        if self.begins_bound() {
            let first = self.position;
            if self.is(Kind::LeftTuple) {
                self.name_tuple()?;
            } else {
                self.names("a bound name")?;
            }
            return self.set_of_bound(open, first);
        }
        self.expression()?;
        if let Some(word) = self.peek().filter(|token| token.text(self.source) == "for") {
            let repair = replacement("write `:`", word.span(), ":");
            self.slip_with(
                SlipKind::ForeignKeyword,
                word.span(),
                "a set of values is written `{e : x \\in S}`",
                repair,
            );
            self.tokens[self.position].kind = Kind::Colon;
        }
        if self.eat(Kind::Colon)? {
            self.bounds()?;
            return self.close(open, Kind::RightBrace, "}");
        }
        while self.separated(Kind::RightBrace)? {
            self.expression()?;
        }
        self.close(open, Kind::RightBrace, "}")
    }

    /// Whether `x \in`, `x, y \in` or `<<x, y>> \in` stands here, which SANY takes for bound names.
    fn begins_bound(&self) -> bool {
        let mut ahead = 0;
        if self.is(Kind::LeftTuple) {
            let mut depth = 0;
            while let Some(kind) = self.kind_at(ahead) {
                match kind {
                    Kind::LeftTuple => depth += 1,
                    Kind::RightTuple => depth -= 1,
                    _ => {}
                }
                ahead += 1;
                if depth == 0 {
                    break;
                }
            }
            return self.kind_at(ahead) == Some(Kind::Operator(operators::IN));
        }
        while self.kind_at(ahead) == Some(Kind::Identifier) {
            match self.kind_at(ahead + 1) {
                Some(Kind::Operator(operators::IN)) => return true,
                Some(Kind::Comma) => ahead += 2,
                _ => return false,
            }
        }
        false
    }

    /// `[x \in S |-> e]`, `[f |-> e]`, `[f : S]`, `[S -> T]`, `[f EXCEPT …]`, `[A]_v`
    pub(super) fn brackets(&mut self) -> Read {
        let open = self.next()?;
        if self.begins_bound() {
            self.bounds()?;
            if self.is(Kind::Arrow) || self.is(Kind::Colon) {
                let token = self.peek();
                let span = token.map_or(Span::at(0), Token::span);
                let text = token.map_or("", |token| token.text(self.source)).to_owned();
                let message = format!("a function is written `[x \\in S |-> e]`, not with `{text}`");
                self.slip_with(SlipKind::UnexpectedToken, span, message, replacement("write `|->`", span, "|->"));
                self.position += 1;
            } else {
                self.expect(Kind::MapsTo, "`|->` after the bounds of a function")?;
            }
            self.expression()?;
            return self.close(open, Kind::RightBracket, "]");
        }
        match (self.peek_kind(), self.kind_at(1)) {
            (Some(Kind::Str), Some(Kind::MapsTo | Kind::Colon)) => return self.fields(open),
            (Some(_), Some(Kind::MapsTo)) => return self.fields(open),
            (Some(Kind::Identifier), Some(Kind::Colon)) => return self.fields(open),
            (Some(Kind::Identifier), Some(Kind::Operator(operators::EQUALS))) if self.is_record_of_equations(open) => {
                return self.fields(open);
            }
            (Some(Kind::RightBracket), _) => {
                return Err(self.unexpected("`[ ]` is empty; the empty function is `<<>>`"));
            }
            _ => {}
        }
        self.expression()?;
        self.foreign_except();
        match self.peek_kind() {
            Some(Kind::Arrow) => {
                self.next()?;
                self.expression()?;
                self.close(open, Kind::RightBracket, "]")
            }
            Some(Kind::Keyword(Keyword::Except)) => {
                self.next()?;
                loop {
                    self.update(open)?;
                    if self.is(Kind::Bang) {
                        self.missing_comma();
                    } else if !self.separated(Kind::RightBracket)? {
                        break;
                    }
                }
                self.close(open, Kind::RightBracket, "]")
            }
            Some(Kind::RightBracketSub) => {
                self.next()?;
                self.subscript()
            }
            Some(Kind::Comma) => {
                while self.separated(Kind::RightBracket)? {
                    self.expression()?;
                }
                self.list(open)
            }
            _ => self.list(open),
        }
    }

    /// `[a, b]` passes SANY's parser and fails in its name resolution (SANY error 4003).
    fn list(&mut self, open: Token) -> Read {
        let boxed = self.position >= 2 && {
            let at = self.tokens.iter().position(|token| token.start == open.start).unwrap_or(0);
            at > 0 && self.tokens[at - 1].kind == Kind::Operator(operators::BOX)
        };
        self.close(open, Kind::RightBracket, "]")?;
        let Some(close) = self.tokens.get(self.position - 1).copied() else { return Ok(()) };
        let span = Span::new(open.start as usize, close.end as usize);
        if let Some(subscript) = self.peek_inside().filter(|token| token.text(self.source).starts_with('_')) {
            let blanks = Span::new(span.end, subscript.start as usize);
            let message = "the subscript stands directly behind the bracket: `[A]_v`";
            let repair = super::removal("remove the blank", blanks);
            self.slip_with(SlipKind::UnexpectedToken, subscript.span(), message, repair);
            return self.next().map(|_| ());
        }
        if boxed {
            let message = "an action in brackets needs the variables that may stutter: `[A]_vars`";
            self.slip(SlipKind::UnexpectedToken, span, message);
            return Ok(());
        }
        let message = "brackets around values mean nothing in TLA+; a sequence or tuple is written `<<a, b>>`";
        let edits = vec![
            Edit::replace(open.span(), "<<"),
            Edit::replace(Span::new(close.start as usize, close.end as usize), ">>"),
        ];
        let repair = Repair { title: "write `<<` and `>>`".to_owned(), safety: Safety::Ask, edits };
        self.slip_with(SlipKind::UnexpectedToken, span, message, repair);
        Ok(())
    }

    /// `f |-> e, g |-> e]` and `f : S, g : S]`
    fn fields(&mut self, open: Token) -> Read {
        let sign = match self.kind_at(1) {
            Some(Kind::Colon) => Kind::Colon,
            _ => Kind::MapsTo,
        };
        loop {
            if let Some(token) = self.peek().filter(|token| token.kind == Kind::Str) {
                let name = token.text(self.source).trim_matches('"').to_owned();
                let message = format!("a record's field is a name without quotes: `{name}`");
                let repair = replacement(format!("write `{name}`"), token.span(), name.as_str());
                self.slip_with(SlipKind::QuotedField, token.span(), message, repair);
                self.next()?;
            } else {
                self.field_name()?;
            }
            let other = if sign == Kind::Colon { Kind::MapsTo } else { Kind::Colon };
            if let Some(token) =
                self.peek().filter(|token| token.kind == other || token.kind == Kind::Operator(operators::EQUALS))
            {
                let wanted = if sign == Kind::Colon { ":" } else { "|->" };
                let message = format!("the fields of this record are written with `{wanted}`, this one too");
                self.slip_with(
                    SlipKind::UnexpectedToken,
                    token.span(),
                    message,
                    replacement(format!("write `{wanted}`"), token.span(), wanted),
                );
                self.next()?;
            } else {
                self.expect(
                    sign,
                    if sign == Kind::Colon { "`:` and the field's set" } else { "`|->` and the field's value" },
                )?;
            }
            self.expression()?;
            if !self.separated(Kind::RightBracket)? {
                return self.close(open, Kind::RightBracket, "]");
            }
        }
    }

    /// `<<a, b>>` and `<<A>>_v`
    pub(super) fn tuple(&mut self) -> Read {
        let open = self.next()?;
        if !self.is(Kind::RightTuple) && !self.is(Kind::RightTupleSub) {
            loop {
                self.expression()?;
                if !self.separated(Kind::RightTuple)? {
                    break;
                }
            }
        }
        if self.eat(Kind::RightTupleSub)? {
            return self.subscript();
        }
        self.close(open, Kind::RightTuple, ">>")
    }

    /// What may stand after `]_`, `>>_`, `WF_` and `SF_`.
    pub(super) fn subscript(&mut self) -> Read {
        match self.peek_kind() {
            Some(Kind::Identifier | Kind::At) => loop {
                self.next()?;
                if self.is(Kind::LeftParen) && self.subscript_has_arguments() {
                    let open = self.next()?;
                    loop {
                        self.operator_or_expression()?;
                        if !self.separated(Kind::RightParen)? {
                            break;
                        }
                    }
                    self.close(open, Kind::RightParen, ")")?;
                }
                if !self.eat(Kind::Bang)? {
                    return Ok(());
                }
            },
            Some(Kind::LeftParen) => self.parentheses(),
            Some(Kind::LeftBrace) => self.braces(),
            Some(Kind::LeftBracket) => self.brackets(),
            Some(Kind::LeftTuple) => self.tuple(),
            Some(Kind::Operator(operator)) if operator.name() == "<" && self.opens_tuple_by_half() => self.tuple(),
            _ => Err(self.unexpected("expected the variables that the action is subscripted with")),
        }
    }

    /// In `WF_v(x)(A)` the first parentheses are the subscript's own.
    fn subscript_has_arguments(&self) -> bool {
        let mut depth = 0;
        for (index, token) in self.tokens[self.position..].iter().enumerate() {
            match token.kind {
                Kind::LeftParen => depth += 1,
                Kind::RightParen => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return matches!(self.kind_at(index + 1), Some(Kind::LeftParen | Kind::Bang));
            }
        }
        false
    }

    /// `WF_v(A)`
    pub(super) fn fairness(&mut self) -> Read {
        self.next()?;
        self.subscript()?;
        if !self.is(Kind::LeftParen) {
            return Err(self.unexpected("expected the action in parentheses: fairness reads `WF_vars(A)`"));
        }
        let open = self.next()?;
        self.expression()?;
        self.close(open, Kind::RightParen, ")")
    }
}
