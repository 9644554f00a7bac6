//! Everything between brackets: sets, functions, records, EXCEPT, tuples, actions with subscripts, fairness.

use super::{Judge, Keyword, Kind, Read, Repair, SlipKind, Token, replacement, shown};
use crate::{
    diagnostic::{Edit, Safety, Span},
    syntax::operators,
};

impl Judge<'_> {
    pub(super) fn parentheses(&mut self) -> Read {
        let open = self.next()?;
        self.expression()?;
        self.close(open, Kind::RightParen, ")")
    }

    /// Consumes the closing bracket of `open` or says that it is not closed.
    pub(super) fn close(&mut self, open: Token, kind: Kind, text: &str) -> Read {
        if self.is(kind) {
            return self.next().map(|_| ());
        }
        let opened = shown(open.text(self.source));
        let (line, column) = (open.line, open.column);
        match self.peek() {
            None => {
                let message = format!("{opened} is not closed: the definition ends before its `{text}`");
                self.slip(SlipKind::UnclosedBracket, open.span(), message);
                Err(super::Stop)
            }
            Some(token) if self.ends_unit(token) => {
                let message = format!("{opened} is not closed before the next definition; a `{text}` is missing");
                self.slip(SlipKind::UnclosedBracket, open.span(), message);
                Err(super::Stop)
            }
            Some(token) => {
                let place = if token.line == line {
                    format!("in column {column}")
                } else {
                    format!("{} lines above", token.line - line)
                };
                Err(self.unexpected(&format!("expected `{text}` to close the {opened} {place}")))
            }
        }
    }

    /// Whether a token can only begin the next unit.
    fn ends_unit(&self, token: Token) -> bool {
        token.column == 1 && matches!(token.kind, Kind::Identifier) && token.line > 0
    }

    /// A comma, and whether another element follows; a comma before the closing bracket is a slip.
    pub(super) fn separated(&mut self, close: Kind) -> Read<bool> {
        let Some(comma) = self.peek().filter(|token| token.kind == Kind::Comma) else { return Ok(false) };
        self.next()?;
        if self.is(close) {
            let repair = super::removal("remove the comma", comma.span());
            self.slip_with(
                SlipKind::TrailingComma,
                comma.span(),
                "no comma stands before a closing bracket in TLA+",
                repair,
            );
            return Ok(false);
        }
        Ok(true)
    }

    /// `{}`, `{a, b}`, `{x \in S : p}`, `{e : x \in S}`
    pub(super) fn braces(&mut self) -> Read {
        let open = self.next()?;
        if self.is(Kind::RightBrace) {
            return self.next().map(|_| ());
        }
        if self.begins_bound() {
            if self.is(Kind::LeftTuple) {
                self.name_tuple()?;
            } else {
                self.name("a bound name")?;
            }
            if self.is(Kind::Comma) {
                return Err(self.unexpected("a set filter binds one name: write `{x \\in S : p}`"));
            }
            self.expect(Kind::Operator(operators::IN), "`\\in`")?;
            self.expression()?;
            if self.eat(Kind::Colon)? {
                self.expression()?;
                return self.close(open, Kind::RightBrace, "}");
            }
            while self.separated(Kind::RightBrace)? {
                self.expression()?;
            }
            return self.close(open, Kind::RightBrace, "}");
        }
        self.expression()?;
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
            (Some(Kind::RightBracket), _) => {
                return Err(self.unexpected("`[ ]` is empty; the empty function is `<<>>`"));
            }
            _ => {}
        }
        self.expression()?;
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
                    if !self.separated(Kind::RightBracket)? {
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
        let Some(close) = self.tokens.get(self.position - 1) else { return Ok(()) };
        let span = Span::new(open.start as usize, close.end as usize);
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

    /// `![i].f = e` in an EXCEPT whose bracket is given.
    fn update(&mut self, open: Token) -> Read {
        let first = self.position;
        let Some(start) = self.peek() else { return Err(self.unexpected("expected `!` and what EXCEPT changes")) };
        match start.kind {
            Kind::Bang => {
                self.next()?;
            }
            Kind::LeftBracket | Kind::Dot => {
                let repair = Repair {
                    title: "insert `!`".to_owned(),
                    safety: Safety::Safe,
                    edits: vec![Edit::insert(start.start as usize, "!")],
                };
                self.slip_with(
                    SlipKind::ExceptBang,
                    start.span(),
                    "EXCEPT names its place with `!`: `![i]` or `!.f`",
                    repair,
                );
            }
            _ => return Err(self.unexpected("expected `!` and what EXCEPT changes: `![i]` or `!.f`")),
        }
        if let Some(name) = self.peek().filter(|token| token.kind == Kind::Identifier) {
            let repair = Repair {
                title: "insert `.`".to_owned(),
                safety: Safety::Safe,
                edits: vec![Edit::insert(name.start as usize, ".")],
            };
            self.slip_with(SlipKind::ExceptBang, name.span(), "EXCEPT names a field with `!.`", repair);
            self.next()?;
        }
        loop {
            match self.peek_kind() {
                Some(Kind::Dot) => {
                    self.next()?;
                    self.field_name()?;
                }
                Some(Kind::LeftBracket) => {
                    let open = self.next()?;
                    loop {
                        self.expression()?;
                        if !self.separated(Kind::RightBracket)? {
                            break;
                        }
                    }
                    self.close(open, Kind::RightBracket, "]")?;
                }
                _ => break,
            }
        }
        if let Some(token) = self.peek().filter(|token| matches!(token.kind, Kind::Defines | Kind::MapsTo | Kind::Gets))
        {
            let text = shown(token.text(self.source));
            let message = format!("EXCEPT writes `=` between the place and its value, not {text}");
            self.slip_with(
                SlipKind::ForeignOperator,
                token.span(),
                message,
                replacement("write `=`", token.span(), "="),
            );
            self.next()?;
            return self.expression();
        }
        if let Some(sign) = self.peek().filter(|token| token.kind == Kind::Operator(operators::IN)) {
            return self.update_from_a_set(open, first, sign);
        }
        self.expect(Kind::Operator(operators::EQUALS), "`=` and the new value")?;
        self.expression()
    }

    /// `x' = [x EXCEPT ![i] \in S]` means any value of the set: `x' \in {[x EXCEPT ![i] = v] : v \in S}`.
    fn update_from_a_set(&mut self, open: Token, first: usize, sign: Token) -> Read {
        self.next()?;
        let set = self.position;
        self.expression()?;
        let set = Span::new(self.tokens[set].start as usize, self.tokens[self.position - 1].end as usize);
        let message =
            "EXCEPT writes `=` and one new value; any value of a set is `x' \\in {[x EXCEPT ![i] = v] : v \\in S}`";
        let bracket = self.tokens[..first].iter().rposition(|token| token.start == open.start);
        let assigned = bracket.and_then(|at| Some((self.tokens.get(at.checked_sub(2)?)?, self.tokens.get(at - 1)?)));
        let equals = assigned.filter(|(prime, equals)| {
            prime.kind == Kind::Operator(operators::PRIME) && equals.kind == Kind::Operator(operators::EQUALS)
        });
        let alone = self.tokens[first - 1].kind == Kind::Keyword(Keyword::Except);
        let close = self.peek().filter(|token| token.kind == Kind::RightBracket && alone);
        let (Some((_, equals)), Some(close)) = (equals, close) else {
            self.slip(SlipKind::UnexpectedToken, sign.span(), message);
            return Ok(());
        };
        let value = self.unused_name("chosen");
        let edits = vec![
            Edit::replace(equals.span(), "\\in"),
            Edit::insert(open.start as usize, "{"),
            Edit::replace(sign.span(), "="),
            Edit::replace(set, value.clone()),
            Edit::insert(close.end as usize, format!(" : {value} \\in {}}}", &self.source[set.start..set.end])),
        ];
        let title = "take any value of the set".to_owned();
        // It changes what the action writes, if only to what was meant.
        let repair = Repair { title, safety: Safety::Ask, edits };
        self.slip_with(SlipKind::UnexpectedToken, sign.span(), message, repair);
        Ok(())
    }

    /// A name that the unit does not have yet.
    fn unused_name(&self, wanted: &str) -> String {
        let used = |name: &str| self.tokens.iter().any(|token| token.text(self.source) == name);
        std::iter::once(wanted.to_owned())
            .chain((1..).map(|number| format!("{wanted}{number}")))
            .find(|name| !used(name))
            .unwrap_or_default()
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
