//! Expressions: operands, operators by precedence, junction lists by column, and the forms that run to the end.

use super::{
    Judge, Junction, Keyword, Kind, Pending, Read, Repair, SlipKind, Token,
    between::Mark,
    closing,
    precedence::{Chain, Link},
    replacement, shown,
};
use crate::{
    diagnostic::{Edit, Safety, Span},
    syntax::operators::{self, Fixity, OperatorId, Reading, reading},
};

impl Judge<'_> {
    pub(super) fn expression(&mut self) -> Read {
        self.nested(Self::expression_here)
    }

    fn expression_here(&mut self) -> Read {
        let mut chain = Chain { base: self.links.len(), ..Chain::default() };
        let result = self.operands(&mut chain);
        if result.is_ok() && !chain.conflicts.is_empty() {
            self.offer_parentheses(&chain);
        }
        self.links.truncate(chain.base);
        result
    }

    /// Operands with operators between them.
    fn operands(&mut self, chain: &mut Chain) -> Read {
        let mut operands_start = self.position;
        loop {
            if let Some(token) = self.peek().filter(|token| !self.is_inside(*token)) {
                self.realign(token)?;
            }
            self.prefix_operators(chain)?;
            let first = self.peek();
            if self.open_form()? {
                self.link(first);
                return Ok(());
            }
            self.operand()?;
            self.postfix(chain, operands_start)?;
            if self.is(Kind::ColonColon) && self.peek_inside().is_some() {
                self.next()?;
                self.expression()?;
                self.link(first);
                return Ok(());
            }
            self.link(first);
            let Some((operator, token)) = self.infix()? else { return Ok(()) };
            self.meet(chain, operator, token);
            self.wait(chain, operator, token);
            operands_start = self.position;
        }
    }

    /// Notes the operand that begins with a token and ends before the position.
    fn link(&mut self, first: Option<Token>) {
        let Some((first, last)) =
            first.zip(self.position.checked_sub(1).and_then(|last| self.tokens.get(last)).copied())
        else {
            return;
        };
        let sort = self.sort_of(first, last);
        self.links.push(Link::Operand(Span::new(first.start as usize, last.end as usize), sort));
    }

    /// Notes an operator whose right operand comes.
    fn wait(&mut self, chain: &mut Chain, operator: OperatorId, token: Token) {
        chain.pending.push(Pending { operator, token });
        self.links.push(Link::Operator(operator, token.span()));
    }

    fn prefix_operators(&mut self, chain: &mut Chain) -> Read {
        while let Some(token) = self.peek_inside() {
            if token.text(self.source) == "NOT" && self.peek_at(1).is_some_and(|next| begins_negated(next.kind)) {
                let message = "`NOT` is no operator of TLA+, write `~`";
                let repair = replacement("write `~`", token.span(), "~");
                self.slip_with(SlipKind::ForeignKeyword, token.span(), message, repair);
                self.position += 1;
                self.wait(chain, operators::NOT, token);
                continue;
            }
            let Kind::Operator(operator) = token.kind else { break };
            let prefix = if operator == operators::MINUS { operators::NEGATIVE } else { operator };
            // `-.` only names the operator; between operands it is written `-`.
            if prefix.fixity() != Fixity::Prefix || operator == operators::NEGATIVE {
                break;
            }
            if prefix == operators::NEGATIVE
                && let Some(before) = chain.pending.last().copied()
                && before.operator.operator().low > prefix.operator().high
            {
                self.conflict(chain, before, operators::MINUS, token);
            }
            self.position += 1;
            self.wait(chain, prefix, token);
        }
        Ok(())
    }

    /// Whether the operator at the position is used like a name: `+(1, 2)`, `^+(x)`, `-.(x)`, `+!1`.
    fn stands_for_name(&self, operator: OperatorId) -> bool {
        let alone = operator == operators::NEGATIVE || operator.fixity() == Fixity::Postfix;
        match self.kind_at(1) {
            Some(Kind::Bang) => true,
            Some(Kind::LeftParen) if alone => true,
            Some(Kind::LeftParen) => self.applies_symbol(),
            _ => false,
        }
    }

    /// Whether the operator at the position has two arguments in parentheses.
    fn applies_symbol(&self) -> bool {
        if self.kind_at(1) != Some(Kind::LeftParen) {
            return false;
        }
        let mut depth = 0;
        for token in &self.tokens[self.position + 1..] {
            match token.kind {
                Kind::LeftParen | Kind::LeftBracket | Kind::LeftBrace | Kind::LeftTuple => depth += 1,
                Kind::RightParen | Kind::RightBracket | Kind::RightBrace | Kind::RightTuple => depth -= 1,
                Kind::Comma if depth == 1 => return true,
                _ => {}
            }
            if depth == 0 {
                return false;
            }
        }
        false
    }

    /// Reads the forms that extend as far as they can; says whether there was one.
    fn open_form(&mut self) -> Read<bool> {
        self.foreign_quantifier();
        let Some(Token { kind: Kind::Keyword(keyword), .. }) = self.peek_inside() else { return Ok(false) };
        match keyword {
            Keyword::If => self.if_then_else()?,
            Keyword::Case => self.case()?,
            Keyword::Let => self.let_in()?,
            Keyword::Choose => self.choose()?,
            Keyword::Forall | Keyword::Exists => self.quantifier()?,
            Keyword::TemporalForall | Keyword::TemporalExists => {
                self.next()?;
                self.names("a variable's name")?;
                self.expect(Kind::Colon, "`:` after the quantified names")?;
                self.expression()?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// `FORALL x \in S : p`
    fn foreign_quantifier(&mut self) {
        let Some(token) = self.peek().filter(|token| token.kind == Kind::Identifier) else { return };
        if self.kind_at(1) != Some(Kind::Identifier) {
            return;
        }
        let (keyword, instead) = match token.text(self.source) {
            "FORALL" | "forall" | "ForAll" | "ALL" => (Keyword::Forall, "\\A"),
            "EXISTS" | "exists" | "Exists" => (Keyword::Exists, "\\E"),
            _ => return,
        };
        let message = format!("{} is written `{instead}` in TLA+", shown(token.text(self.source)));
        let repair = replacement(format!("write `{instead}`"), token.span(), instead);
        self.slip_with(SlipKind::ForeignKeyword, token.span(), message, repair);
        self.tokens[self.position].kind = Kind::Keyword(keyword);
    }

    fn choose(&mut self) -> Read {
        self.next()?;
        if self.is(Kind::LeftTuple) {
            self.name_tuple()?;
        } else {
            self.name("the chosen name")?;
        }
        if self.is(Kind::Operator(operators::IN)) {
            self.next()?;
            self.expression()?;
        }
        if self.peek_inside().is_none_or(|next| closing::closes(next.kind) || next.kind == Kind::Keyword(Keyword::In)) {
            let start = self.tokens[self.position - 1];
            let edits = vec![Edit::insert(start.end as usize, " : TRUE")];
            let repair = Repair { title: "add `: TRUE`".to_owned(), safety: Safety::Ask, edits };
            let message = "CHOOSE says by a formula what it chooses: `CHOOSE x \\in S : p`, any element with TRUE";
            self.slip_with(SlipKind::UnexpectedToken, start.span(), message, repair);
            return Ok(());
        }
        self.expect(Kind::Colon, "`:` after what CHOOSE chooses from")?;
        self.expression()
    }

    fn quantifier(&mut self) -> Read {
        self.next()?;
        let first = self.position;
        let mut ahead = 0;
        while matches!(self.kind_at(ahead), Some(Kind::Identifier)) && self.kind_at(ahead + 1) == Some(Kind::Comma) {
            ahead += 2;
        }
        if matches!(self.kind_at(ahead), Some(Kind::Identifier)) && self.kind_at(ahead + 1) == Some(Kind::Colon) {
            self.names("a bound name")?;
        } else {
            self.bounds()?;
        }
        if self.missing_colon() {
            return self.expression();
        }
        self.colon_within(first)?;
        self.expect(Kind::Colon, "`:` between what is quantified and its formula")?;
        self.expression()
    }

    /// `\E x \in S, \E y \in T : p`, `\E x \in S p`: only a colon can stand between a bound and a formula.
    fn missing_colon(&mut self) -> bool {
        let Some(token) = self.peek() else { return false };
        let message = "a colon stands between what is quantified and its formula";
        if token.kind == Kind::Comma {
            let repair = replacement("write `:`", token.span(), " :");
            self.slip_with(SlipKind::UnexpectedToken, token.span(), message, repair);
            self.position += 1;
            return true;
        }
        let begins = matches!(
            token.kind,
            Kind::Identifier | Kind::Keyword(Keyword::Exists | Keyword::Forall | Keyword::If | Keyword::Let)
        ) && self.is_inside(token);
        if !begins {
            return false;
        }
        let end = self.tokens[self.position - 1].end as usize;
        let edits = vec![Edit::insert(end, " :")];
        let repair = Repair { title: "insert `:`".to_owned(), safety: Safety::Safe, edits };
        self.slip_with(SlipKind::UnexpectedToken, token.span(), message, repair);
        true
    }

    /// `x, y \in S, <<a, b>> \in T`
    pub(super) fn bounds(&mut self) -> Read {
        self.bound()?;
        while self.is(Kind::Comma) && self.bound_follows() {
            self.next()?;
            self.bound()?;
        }
        Ok(())
    }

    /// Whether a comma has another bound behind it, rather than a formula.
    fn bound_follows(&self) -> bool {
        match self.kind_at(1) {
            Some(Kind::Keyword(Keyword::Exists | Keyword::Forall)) => false,
            Some(Kind::Identifier) => match self.kind_at(2) {
                Some(Kind::Operator(operator)) => {
                    matches!(operator, operators::IN | operators::SUBSETEQ | operators::EQUALS | operators::NOT)
                }
                Some(kind) => !closing::opens(kind) && kind != Kind::Dot,
                None => true,
            },
            _ => true,
        }
    }

    pub(super) fn bound(&mut self) -> Read {
        if self.is(Kind::LeftTuple) {
            self.name_tuple()?;
        } else {
            self.names("a bound name")?;
        }
        if let Some(token) = self.peek()
            && token.kind == Kind::Operator(operators::SUBSETEQ)
        {
            let message = "a bound is written with `\\in`: a subset of T is an element of `SUBSET T`";
            self.slip_with(
                SlipKind::QuantifierBound,
                token.span(),
                message,
                replacement("write `\\in SUBSET`", token.span(), "\\in SUBSET"),
            );
            self.next()?;
            return self.expression();
        }
        if let Some(token) = self.peek()
            && (matches!(token.text(self.source), "in" | "IN") || token.kind == Kind::Operator(operators::EQUALS))
            && self.kind_at(1).is_some()
        {
            let text = shown(token.text(self.source));
            let message = format!("a bound is written with `\\in`, not {text}");
            if token.kind == Kind::Operator(operators::EQUALS) {
                return Err(self.unexpected("a bound is written `x \\in S`"));
            }
            self.slip_with(
                SlipKind::ForeignKeyword,
                token.span(),
                message,
                replacement("write `\\in`", token.span(), "\\in"),
            );
            self.next()?;
            return self.expression();
        }
        self.expect(Kind::Operator(operators::IN), "`\\in` and the set that the name is taken from")?;
        self.expression()
    }

    pub(super) fn names(&mut self, wanted: &str) -> Read {
        self.name(wanted)?;
        while self.is(Kind::Comma) {
            self.next()?;
            self.name(wanted)?;
        }
        Ok(())
    }

    pub(super) fn name(&mut self, wanted: &str) -> Read<Token> {
        if self.is(Kind::Identifier) || self.is(Kind::At) {
            return self.next();
        }
        Err(self.unexpected(&format!("expected a name ({wanted})")))
    }

    /// `<<a, b>>` as bound names.
    pub(super) fn name_tuple(&mut self) -> Read {
        self.next()?;
        if !self.is(Kind::RightTuple) {
            self.names("a bound name")?;
        }
        self.expect(Kind::RightTuple, "`>>` after the bound names").map(|_| ())
    }

    /// The bounds that begin at a place have taken all that was there, with the formula: `\E x \in S . p`, `\E x \in S | p`,
    /// or a list of its conjuncts on the lines below. Stops there.
    fn colon_within(&mut self, first: usize) -> Read {
        if self.is(Kind::Colon) || self.peek_inside().is_some() {
            return Ok(());
        }
        let sign = (first + 3..self.position.saturating_sub(1)).find_map(|index| {
            let (before, token, after) = (self.tokens[index - 1], self.tokens[index], self.tokens[index + 1]);
            let apart = before.end < token.start && token.end < after.start;
            match token.kind {
                Kind::Dot if apart => Some((token.span(), ":")),
                Kind::Operator(operator) if operator.name() == "|" => Some((token.span(), ":")),
                Kind::Operator(operators::AND | operators::OR) if self.begins_line(index) => {
                    Some((Span::at(before.end as usize), " :"))
                }
                _ => None,
            }
        });
        let Some((span, instead)) = sign else { return Ok(()) };
        let end = self.tokens[first].span().cover(self.tokens[self.position - 1].span());
        let repair =
            Repair { title: "write `:`".to_owned(), safety: Safety::Ask, edits: vec![Edit::replace(span, instead)] };
        let message = "a colon stands between what is quantified and its formula";
        self.slip_with(SlipKind::UnexpectedToken, end, message, repair);
        Err(super::Stop)
    }

    /// An operand without its postfix parts.
    fn operand(&mut self) -> Read {
        let Some(token) = self.peek() else { return Err(self.unexpected("expected an expression")) };
        match token.kind {
            Kind::Operator(operator) if operator == operators::AND || operator == operators::OR => {
                self.junction(operator)
            }
            Kind::Number | Kind::Str => self.next().map(|_| ()),
            Kind::Identifier | Kind::At | Kind::ProofStep => self.applied_name(),
            Kind::Operator(operator) if self.stands_for_name(operator) => self.applied_name(),
            Kind::Operator(operators::SETMINUS) if self.is_escaped(Kind::LeftBrace) => {
                self.skip_backslash(token);
                self.operand()
            }
            Kind::Operator(operators::SETMINUS) if self.words_are(&["emptyset", "varnothing"], 1) => {
                self.empty_set(token);
                Ok(())
            }
            Kind::LeftParen => self.parentheses(),
            Kind::LeftBrace => self.braces(),
            Kind::LeftBracket => self.brackets().map(|_| ()),
            Kind::LeftTuple => self.tuple(),
            Kind::Weak | Kind::Strong => self.fairness(),
            _ => Err(self.no_operand(token)),
        }
    }

    /// Whether a backslash stands directly before a token of a kind: `\{`, as in LaTeX.
    pub(super) fn is_escaped(&self, kind: Kind) -> bool {
        let (Some(backslash), Some(next)) = (self.peek(), self.peek_at(1)) else { return false };
        backslash.kind == Kind::Operator(operators::SETMINUS) && next.kind == kind && next.start == backslash.end
    }

    /// `\emptyset`
    fn empty_set(&mut self, backslash: Token) {
        let span = self.peek_at(1).map_or(backslash.span(), |word| backslash.span().cover(word.span()));
        let repair = replacement("write `{}`", span, "{}");
        self.slip_with(SlipKind::ForeignOperator, span, "the empty set is written `{}` in TLA+", repair);
        self.position += 2;
    }

    pub(super) fn skip_backslash(&mut self, backslash: Token) {
        let message = "braces stand without a backslash in TLA+";
        let repair = super::removal("remove the backslash", backslash.span());
        self.slip_with(SlipKind::ForeignOperator, backslash.span(), message, repair);
        self.position += 1;
    }

    /// Words what stands where an operand should.
    fn no_operand(&mut self, token: Token) -> super::Stop {
        let after = self.position.checked_sub(1).and_then(|index| self.tokens.get(index)).copied();
        let text = token.text(self.source);
        let why = match (token.kind, after.map(|after| after.kind)) {
            (Kind::Keyword(Keyword::In | Keyword::Then | Keyword::Else), _) => {
                format!("an expression is missing before {text}")
            }
            (Kind::Keyword(_), _) => format!("{text} is a reserved word of TLA+ and no expression begins with it"),
            (Kind::Operator(_), Some(Kind::Operator(before))) => {
                format!("`{}` needs an operand on its right", before.name())
            }
            (_, Some(Kind::Operator(before))) => format!("`{}` needs an operand on its right", before.name()),
            _ => "expected an expression".to_owned(),
        };
        self.unexpected(&why)
    }

    /// A junction list: bullets of one kind in one column.
    fn junction(&mut self, bullet: OperatorId) -> Read {
        let Some(first) = self.peek() else { return Ok(()) };
        self.junctions.push(Junction { column: first.column, bullet });
        let mut result = Ok(());
        self.position += 1;
        while result.is_ok() {
            if self.empty_item(self.tokens[self.position - 1]) {
                if self.peek().is_none() {
                    break;
                }
                self.position += 1;
                continue;
            }
            result = self.expression();
            if result.is_err() {
                break;
            }
            let next_item =
                self.peek().is_some_and(|next| next.column == first.column && next.kind == Kind::Operator(bullet));
            if next_item {
                self.position += 1;
            } else if !self.missing_bullet(first.column, bullet) {
                break;
            }
        }
        self.junctions.pop();
        result
    }

    /// A name with its arguments and what `!` leads to.
    fn applied_name(&mut self) -> Read {
        self.next()?;
        self.arguments()?;
        while self.is(Kind::Bang) && self.foreign_infix().is_none() && self.peek_inside().is_some() {
            self.next()?;
            match self.peek_kind() {
                Some(Kind::LeftParen) => self.arguments()?,
                Some(
                    Kind::Identifier
                    | Kind::At
                    | Kind::Number
                    | Kind::LeftTuple
                    | Kind::RightTuple
                    | Kind::Colon
                    | Kind::Operator(_),
                ) => {
                    self.next()?;
                    self.arguments()?;
                }
                _ => return Err(self.unexpected("expected the name of a definition after `!`")),
            }
        }
        Ok(())
    }

    /// `(a, b)` after a name; a parenthesis that stands left of the list's bullets is none of its own.
    fn arguments(&mut self) -> Read {
        let Some(open) = self.peek().filter(|token| token.kind == Kind::LeftParen) else { return Ok(()) };
        self.next()?;
        if let Some(close) = self.peek().filter(|token| token.kind == Kind::RightParen) {
            let span = Span::new(open.start as usize, close.end as usize);
            let message = "an operator without arguments is used without parentheses";
            self.slip_with(SlipKind::EmptyParentheses, span, message, super::removal("remove the `()`", span));
            self.next()?;
            return Ok(());
        }
        loop {
            self.operator_or_expression()?;
            if !self.separated(Kind::RightParen)? {
                break;
            }
        }
        self.close(open, Kind::RightParen, ")")
    }

    /// An argument: an expression, an operator by its symbol, or LAMBDA.
    pub(super) fn operator_or_expression(&mut self) -> Read {
        if self.is_keyword(Keyword::Lambda) {
            self.next()?;
            self.names("a parameter of LAMBDA")?;
            self.expect(Kind::Colon, "`:` after the parameters of LAMBDA")?;
            return self.expression();
        }
        let alone = matches!(self.kind_at(1), None | Some(Kind::Comma | Kind::RightParen));
        if self.is(Kind::Operator(operators::TIMES)) && alone {
            return Err(self.unexpected("`\\X` takes any number of sets and can't be an argument"));
        }
        if matches!(self.peek_kind(), Some(Kind::Operator(_))) && alone {
            return self.next().map(|_| ());
        }
        self.expression()
    }

    /// Postfix operators, fields and function arguments after an operand.
    fn postfix(&mut self, chain: &mut Chain, operand_start: usize) -> Read {
        while let Some(token) = self.peek_inside() {
            match token.kind {
                Kind::Operator(operator) if operator.fixity() == Fixity::Postfix => {
                    self.meet(chain, operator, token);
                    self.position += 1;
                    if operator == operators::PRIME {
                        self.arguments_behind_prime(token)?;
                    }
                }
                Kind::Dot => {
                    self.next()?;
                    self.field_name()?;
                    self.called_field()?;
                }
                Kind::LeftBracket if self.position > operand_start => self.bracketed()?,
                _ => break,
            }
        }
        Ok(())
    }

    /// `[e, …]`: the arguments of a function, and a place in EXCEPT.
    pub(super) fn bracketed(&mut self) -> Read {
        let open = self.next()?;
        loop {
            self.expression()?;
            if !self.separated(Kind::RightBracket)? {
                break;
            }
        }
        self.close(open, Kind::RightBracket, "]")
    }

    /// `r.f(x)`: a field that is a function takes its argument in brackets.
    fn called_field(&mut self) -> Read {
        let Some(open) = self.peek_inside().filter(|token| token.kind == Kind::LeftParen) else { return Ok(()) };
        if self.tokens[self.position - 1].end != open.start {
            return Ok(());
        }
        self.arguments()?;
        let span = Span::new(open.start as usize, self.tokens[self.position - 1].end as usize);
        let brackets = vec![Edit::replace(open.span(), "["), Edit::replace(Span::new(span.end - 1, span.end), "]")];
        let mut repairs = vec![("write `[` and `]`", brackets)];
        let start = self.tokens.partition_point(|token| token.start < open.start).saturating_sub(3);
        let (base, dot) = (self.tokens[start], self.tokens[start + 1]);
        // `Sequences.Append(s, e)`, where a module is meant.
        if base.kind == Kind::Identifier && base.text(self.source).starts_with(|first: char| first.is_ascii_uppercase())
        {
            repairs.insert(0, ("name the operator alone", vec![Edit::delete(base.span().cover(dot.span()))]));
        }
        let message = "a record's field takes no arguments; where it is a function, they stand in brackets";
        self.slip(SlipKind::UnexpectedToken, span, message);
        if let Some(slip) = self.judged.slips.last_mut() {
            let repair =
                |(title, edits): (&str, Vec<Edit>)| Repair { title: title.to_owned(), safety: Safety::Ask, edits };
            slip.repairs = repairs.into_iter().map(repair).collect();
        }
        Ok(())
    }

    /// `F'(x)` for `F(x)'`.
    fn arguments_behind_prime(&mut self, prime: Token) -> Read {
        let before = self.position.checked_sub(2).and_then(|at| self.tokens.get(at));
        let named = before.is_some_and(|token| token.kind == Kind::Identifier && token.end == prime.start);
        if !named || self.peek().is_none_or(|token| token.kind != Kind::LeftParen || token.start != prime.end) {
            return Ok(());
        }
        self.arguments()?;
        let end = self.tokens[self.position - 1].end as usize;
        let repair = Repair {
            title: "move the prime behind the arguments".to_owned(),
            safety: Safety::Safe,
            edits: vec![Edit::delete(prime.span()), Edit::insert(end, "'")],
        };
        let message = "the prime stands behind the arguments: `F(x)'`";
        self.slip_with(SlipKind::UnexpectedToken, prime.span(), message, repair);
        Ok(())
    }

    /// A field's name; most reserved words may be one.
    pub(super) fn field_name(&mut self) -> Read<Token> {
        if let Some(token) = self.peek().filter(|token| token.kind == Kind::Str) {
            let name = token.text(self.source).trim_matches('"').to_owned();
            if name.starts_with(|first: char| first.is_ascii_alphabetic())
                && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
            {
                let message = format!("a record's field is a name without quotes: `{name}`");
                let repair = replacement(format!("write `{name}`"), token.span(), name.as_str());
                self.slip_with(SlipKind::QuotedField, token.span(), message, repair);
                return self.next();
            }
        }
        let word = self.peek().is_some_and(|token| {
            matches!(token.kind, Kind::Identifier | Kind::At | Kind::Underscore)
                || (matches!(token.kind, Kind::Keyword(_) | Kind::Operator(_) | Kind::Weak | Kind::Strong)
                    && token.text(self.source).starts_with(|first: char| first.is_ascii_alphabetic()))
        });
        if word { self.next() } else { Err(self.unexpected("expected a field's name")) }
    }

    /// The infix operator that continues the expression, if one does.
    fn infix(&mut self) -> Read<Option<(OperatorId, Token)>> {
        if let Mark::Ends = self.mark_behind_operand() {
            return Ok(None);
        }
        let Some(token) = self.peek_inside() else { return Ok(None) };
        if self.is_escaped(Kind::RightBrace) {
            self.skip_backslash(token);
            return Ok(None);
        }
        if let Some(foreign) = self.foreign_infix() {
            let token = self.take_foreign(&foreign);
            return Ok(Some((foreign.meant, token)));
        }
        let Kind::Operator(operator) = token.kind else { return Ok(None) };
        if operator.fixity() != Fixity::Infix {
            return Ok(None);
        }
        self.position += 1;
        Ok(Some((operator, token)))
    }

    /// Lets an operator meet those that still wait for their right operand.
    fn meet(&mut self, chain: &mut Chain, operator: OperatorId, token: Token) {
        while let Some(before) = chain.pending.last().copied() {
            match reading(before.operator, operator) {
                Reading::Left => {
                    chain.pending.pop();
                }
                Reading::Right => return,
                Reading::Conflict => {
                    self.conflict(chain, before, operator, token);
                    chain.pending.pop();
                }
            }
        }
    }

    fn conflict(&mut self, chain: &mut Chain, before: Pending, operator: OperatorId, token: Token) {
        let first = shown(before.token.text(self.source));
        let second = shown(token.text(self.source));
        if before.operator == operators::UNCHANGED && operator == operators::PRIME {
            let message = "UNCHANGED x already speaks of x': the prime is too much";
            self.slip_with(
                SlipKind::Precedence,
                token.span(),
                message,
                super::removal("remove the prime", token.span()),
            );
            return;
        }
        for (side, name) in [(before.token, before.operator.name()), (token, operator.name())] {
            if matches!(name, "&&" | "||") {
                let instead = if name == "&&" { "/\\" } else { "\\/" };
                let message = format!("`{name}` is not a TLA+ operator, write `{instead}`");
                self.slip_with(
                    SlipKind::ForeignOperator,
                    side.span(),
                    message,
                    replacement(format!("write `{instead}`"), side.span(), instead),
                );
                return;
            }
        }
        let message = if before.operator == operator {
            format!(
                "`a {0} b {0} c` has no meaning of its own in TLA+: {first} is not associative, put parentheses",
                operator.name()
            )
        } else {
            format!("{first} and {second} have no order of precedence between them: put parentheses around one of them")
        };
        self.tell_conflict(chain, token, message);
    }
}

/// What may follow a `NOT` that is meant for a negation; `NOT(p)` may be an operator of that name.
fn begins_negated(kind: Kind) -> bool {
    kind != Kind::LeftParen && super::foreign::begins_operand(kind)
}
