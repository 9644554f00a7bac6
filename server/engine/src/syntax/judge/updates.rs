//! EXCEPT with its changes, and the sets and records that are written as in other languages.

use super::{Judge, Keyword, Kind, Read, Repair, SlipKind, Token, closing, replacement, shown};
use crate::{
    diagnostic::{Edit, Safety, Span},
    syntax::operators,
};

impl Judge<'_> {
    /// `![i].f = e` in EXCEPT.
    pub(super) fn update(&mut self, open: Token) -> Read {
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
            Kind::Identifier if self.kind_at(1) == Some(Kind::Operator(operators::EQUALS)) => {
                let edits = vec![Edit::insert(start.start as usize, "!.")];
                let repair = Repair { title: "insert `!.`".to_owned(), safety: Safety::Safe, edits };
                let message = "EXCEPT names its place with `!`: `![i]` or `!.f`";
                self.slip_with(SlipKind::ExceptBang, start.span(), message, repair);
                self.next()?;
            }
            _ => return Err(self.unexpected("expected `!` and what EXCEPT changes: `![i]` or `!.f`")),
        }
        let named = start.kind == Kind::Bang;
        if let Some(name) = self.peek().filter(|token| named && token.kind == Kind::Identifier) {
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
                Some(Kind::LeftBracket) => self.bracketed()?,
                _ => break,
            }
        }
        if let Some(prime) = self.peek().filter(|token| token.kind == Kind::Operator(operators::PRIME)) {
            let repair = super::removal("remove the prime", prime.span());
            let message = "EXCEPT names the place without a prime; what gets its next value stands before the brackets";
            self.slip_with(SlipKind::UnexpectedToken, prime.span(), message, repair);
            self.position += 1;
        }
        if self.is(Kind::Operator(operators::IN)) {
            return self.chosen(open);
        }
        let assigns = |kind| matches!(kind, Kind::Operator(operator) if operator.name() == ":=");
        if let Some(token) = self
            .peek()
            .filter(|token| assigns(token.kind) || matches!(token.kind, Kind::Defines | Kind::MapsTo | Kind::Gets))
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
        self.expect(Kind::Operator(operators::EQUALS), "`=` and the new value")?;
        self.expression()
    }

    /// `f' = [f EXCEPT ![i] \in S]`: some value of S, so that `f'` is one of a set of functions.
    fn chosen(&mut self, open: Token) -> Read {
        let sign = self.next()?;
        let from = self.position;
        self.expression()?;
        let set = Span::new(self.tokens[from].start as usize, self.tokens[self.position - 1].end as usize);
        let message = "EXCEPT gives its place one value with `=`; some value of a set makes a set of functions";
        let at = self.tokens.partition_point(|token| token.start < open.start);
        let equals = at.checked_sub(1).map(|before| self.tokens[before]);
        let equals = equals.filter(|token| token.kind == Kind::Operator(operators::EQUALS));
        let (Some(equals), Some(close)) = (equals, self.peek().filter(|token| token.kind == Kind::RightBracket)) else {
            self.slip(SlipKind::UnexpectedToken, sign.span(), message);
            return Ok(());
        };
        let name = self.unused_name("chosen");
        let text = self.source[set.start..set.end].to_owned();
        let edits = vec![
            Edit::replace(equals.span(), "\\in"),
            Edit::insert(open.start as usize, "{"),
            Edit::replace(sign.span().cover(set), format!("= {name}")),
            Edit::insert(close.end as usize, format!(" : {name} \\in {text}}}")),
        ];
        let repair = Repair { title: "write the set of functions".to_owned(), safety: Safety::Ask, edits };
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

    /// `[f WITH ![i] = e]`
    pub(super) fn foreign_except(&mut self) {
        let Some(word) = self.peek().filter(|token| matches!(token.text(self.source), "WITH" | "with" | "except"))
        else {
            return;
        };
        if !matches!(self.kind_at(1), Some(Kind::Bang | Kind::LeftBracket)) {
            return;
        }
        let repair = replacement("write `EXCEPT`", word.span(), "EXCEPT");
        self.slip_with(
            SlipKind::ForeignKeyword,
            word.span(),
            "a changed function is written `[f EXCEPT ![i] = e]`",
            repair,
        );
        self.tokens[self.position].kind = Kind::Keyword(Keyword::Except);
    }

    /// Whether `[a = 1, b = 2]` stands here, which means nothing, rather than `[a = 1]_v`.
    pub(super) fn is_record_of_equations(&self, open: Token) -> bool {
        let before = self.tokens.partition_point(|token| token.start < open.start).checked_sub(1);
        if before.is_some_and(|before| self.tokens[before].kind == Kind::Operator(operators::BOX)) {
            return false;
        }
        let mut depth = 0;
        let mut begins = true;
        for (index, token) in self.tokens.iter().enumerate().skip(self.position) {
            let next = self.tokens.get(index + 1).map(|next| next.kind);
            if begins && (token.kind != Kind::Identifier || next != Some(Kind::Operator(operators::EQUALS))) {
                return false;
            }
            begins = depth == 0 && token.kind == Kind::Comma;
            match token.kind {
                kind if closing::opens(kind) => depth += 1,
                kind if closing::closes(kind) && depth == 0 => return kind == Kind::RightBracket,
                kind if closing::closes(kind) => depth -= 1,
                Kind::Operator(operators::AND | operators::OR | operators::PRIME) if depth == 0 => return false,
                _ => {}
            }
        }
        false
    }

    /// What follows a name, several or a tuple in braces: `\in S : p}`, `\in S}`. `first` is the place of the first name.
    pub(super) fn set_of_bound(&mut self, open: Token, first: usize) -> Read {
        let names = Span::new(self.tokens[first].start as usize, self.tokens[self.position - 1].end as usize);
        let several = self.tokens[first].kind == Kind::Identifier && self.position > first + 1;
        self.expect(Kind::Operator(operators::IN), "`\\in`")?;
        let from = self.position;
        self.expression()?;
        let set = Span::new(self.tokens[from].start as usize, self.tokens[self.position - 1].end as usize);
        if several {
            self.names_from_one_set(names, set);
        }
        if let Some(sign) = self.peek().filter(|token| token.kind == Kind::MapsTo) {
            return self.function_in_braces(open, names.cover(set), sign);
        }
        if self.eat(Kind::Colon)? {
            self.expression()?;
            return self.close(open, Kind::RightBrace, "}");
        }
        while self.separated(Kind::RightBrace)? {
            let from = self.position;
            self.expression()?;
            if self.is(Kind::Colon) {
                self.names_from_two_sets(names, set, from);
                self.next()?;
                self.expression()?;
            }
        }
        self.close(open, Kind::RightBrace, "}")
    }

    /// `{x, y \in S : p}`
    fn names_from_one_set(&mut self, names: Span, set: Span) {
        let text = self.source[set.start..set.end].to_owned();
        let plain = text.chars().all(|character| character.is_alphanumeric() || character == '_');
        let count = self.source[names.start..names.end].matches(',').count();
        let times = if plain { format!(" \\X {text}") } else { format!(" \\X ({text})") };
        let mut edits = vec![Edit::insert(names.start, "<<"), Edit::insert(names.end, ">>")];
        if plain {
            edits.push(Edit::insert(set.end, times.repeat(count)));
        } else {
            edits.push(Edit::insert(set.start, "("));
            edits.push(Edit::insert(set.end, format!("){}", times.repeat(count))));
        }
        let message = "a set filter binds one name or one tuple: `{<<x, y>> \\in S \\X S : p}`";
        let repair = Repair { title: "bind a tuple".to_owned(), safety: Safety::Ask, edits };
        self.slip_with(SlipKind::QuantifierBound, names, message, repair);
    }

    /// `{x \in S, y \in T : p}`; the second bound begins at the place `from`.
    fn names_from_two_sets(&mut self, names: Span, set: Span, from: usize) {
        let second = self.tokens.get(from + 2).filter(|_| {
            self.tokens[from].kind == Kind::Identifier && self.tokens[from + 1].kind == Kind::Operator(operators::IN)
        });
        let span = Span::new(names.start, self.tokens[self.position - 1].end as usize);
        let message = "a set filter binds one name or one tuple: `{<<x, y>> \\in S \\X T : p}`";
        let Some(second) = second.copied() else {
            self.slip(SlipKind::QuantifierBound, span, message);
            return;
        };
        let text = |span: Span| &self.source[span.start..span.end];
        let in_parentheses = |text: &str| match text.chars().all(|letter| letter.is_alphanumeric() || letter == '_') {
            true => text.to_owned(),
            false => format!("({text})"),
        };
        let sets = [set, Span::new(second.start as usize, span.end)].map(|set| in_parentheses(text(set)));
        let bound =
            format!("<<{}, {}>> \\in {} \\X {}", text(names), self.tokens[from].text(self.source), sets[0], sets[1]);
        let repair =
            Repair { title: "bind a tuple".to_owned(), safety: Safety::Ask, edits: vec![Edit::replace(span, bound)] };
        self.slip_with(SlipKind::QuantifierBound, span, message, repair);
    }

    /// `{x \in S |-> e}` is meant for a function, or for the set of its values.
    fn function_in_braces(&mut self, open: Token, bound: Span, sign: Token) -> Read {
        self.next()?;
        let from = self.position;
        self.expression()?;
        let value = Span::new(self.tokens[from].start as usize, self.tokens[self.position - 1].end as usize);
        self.close(open, Kind::RightBrace, "}")?;
        let close = self.tokens[self.position - 1];
        let text = |span: Span| &self.source[span.start..span.end];
        let function = vec![Edit::replace(open.span(), "["), Edit::replace(close.span(), "]")];
        let set = vec![Edit::replace(bound.cover(value), format!("{} : {}", text(value), text(bound)))];
        let repairs = [("write the function `[x \\in S |-> e]`", function), ("write the set `{e : x \\in S}`", set)]
            .map(|(title, edits)| Repair { title: title.to_owned(), safety: Safety::Ask, edits });
        let message = "braces make sets and `|->` functions: write `[x \\in S |-> e]` or `{e : x \\in S}`";
        self.slip(SlipKind::UnexpectedToken, sign.span(), message);
        if let Some(slip) = self.judged.slips.last_mut() {
            slip.repairs = repairs.into();
        }
        Ok(())
    }
}
