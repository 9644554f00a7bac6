//! Whole units: declarations, definitions, LET, INSTANCE, assumptions and theorems up to their proofs.

use super::{Judge, Keyword, Kind, Read, Repair, SlipKind, Token, replacement};
use crate::{
    diagnostic::{Edit, Safety, Span},
    syntax::operators::{self, Fixity},
};

impl Judge<'_> {
    pub(super) fn unit(&mut self) -> Read {
        let Some(first) = self.peek() else { return Ok(()) };
        match first.kind {
            Kind::Separator if self.kind_at(1) == Some(Kind::Keyword(Keyword::Module)) => self.header()?,
            Kind::Separator | Kind::End => self.position += 1,
            Kind::Keyword(Keyword::Extends) => {
                self.position += 1;
                self.listed(|judge| judge.field_name().map(|_| ()))?;
            }
            Kind::Keyword(Keyword::Variable | Keyword::Variables) => {
                self.position += 1;
                self.declared_tuple();
                self.listed(|judge| {
                    judge.name("a variable")?;
                    judge.typed("a variable is declared by its name alone; what it holds is said in Init")
                })?;
            }
            Kind::Keyword(Keyword::Constant | Keyword::Constants | Keyword::Recursive) => {
                self.position += 1;
                self.listed(|judge| {
                    judge.declared_operator()?;
                    judge.typed("a constant is declared by its name alone; what it is, is said in an ASSUME or a model")
                })?;
            }
            Kind::Keyword(Keyword::Assume | Keyword::Assumption | Keyword::Axiom) => {
                self.position += 1;
                self.optional_name()?;
                self.expression()?;
            }
            Kind::Keyword(Keyword::Theorem | Keyword::Lemma | Keyword::Proposition | Keyword::Corollary) => {
                return self.theorem();
            }
            Kind::Keyword(Keyword::Use | Keyword::Hide) => {
                self.judged.proof = true;
                return Ok(());
            }
            Kind::Keyword(Keyword::Local) => {
                self.position += 1;
                if self.is_keyword(Keyword::Instance) { self.instance()? } else { self.definition()? }
            }
            Kind::Keyword(Keyword::Instance) => self.instance()?,
            _ => self.definition()?,
        }
        self.finished()
    }

    /// Nothing may follow a complete unit.
    fn finished(&mut self) -> Read {
        while let Some(token) = self.peek() {
            // `END` closes nothing in TLA+.
            if token.kind == Kind::Identifier && matches!(token.text(self.source), "END" | "ENDIF" | "FI" | "end") {
                let message = "TLA+ closes nothing with a word: IF, CASE and LET end where their last expression ends";
                self.slip_with(
                    SlipKind::ForeignKeyword,
                    token.span(),
                    message,
                    super::removal("remove it", token.span()),
                );
                self.position += 1;
                continue;
            }
            if self.word_before_definition(token) {
                return if self.peek().is_some() { Err(super::Stop) } else { Ok(()) };
            }
            if self.begins_line(self.position) && self.defines_at(self.position) {
                // What is defined here is a unit of its own once the sign is mended.
                self.definition_head()?;
                return Err(super::Stop);
            }
            return Err(self.leftover(token));
        }
        Ok(())
    }

    /// `DEFINE` and the like on the last line before a definition; it says nothing.
    fn word_before_definition(&mut self, token: Token) -> bool {
        let word = matches!(
            token.text(self.source),
            "DEFINE" | "OPERATOR" | "ACTION" | "DEFINITION" | "FUNCTION" | "PREDICATE" | "INVARIANT" | "define" | "def"
        );
        let defines = match self.peek_at(1) {
            None => true,
            Some(_) => self.defines_at(self.position + 1),
        };
        if !word || !defines || !self.begins_line(self.position) {
            return false;
        }
        let message = "no word stands before a definition in TLA+";
        self.slip_with(SlipKind::ForeignKeyword, token.span(), message, super::removal("remove it", token.span()));
        self.position += 1;
        true
    }

    /// Whether a name, with parameters or without, and a sign of definition, be it of another language, stand at a place:
    /// `A = e`, `A := e`, `A(x \in S) == e`.
    fn defines_at(&self, position: usize) -> bool {
        let kind_at = |index: usize| self.tokens.get(index).map(|token| token.kind);
        if kind_at(position) != Some(Kind::Identifier) {
            return false;
        }
        let mut after = position + 1;
        if kind_at(after) == Some(Kind::LeftParen) {
            let mut depth = 0;
            while let Some(kind) = kind_at(after) {
                match kind {
                    Kind::LeftParen => depth += 1,
                    Kind::RightParen => depth -= 1,
                    _ => {}
                }
                after += 1;
                if depth == 0 {
                    break;
                }
            }
        }
        kind_at(after).is_some_and(|kind| kind == Kind::Defines || stands_for_defines(kind))
    }

    /// Words what stands after a complete expression.
    fn leftover(&mut self, token: Token) -> super::Stop {
        let why = match token.kind {
            Kind::RightParen | Kind::RightBracket | Kind::RightBrace | Kind::RightTuple => {
                "nothing opens the bracket that it closes".to_owned()
            }
            Kind::Keyword(Keyword::Else) => "no IF … THEN stands before it that it belongs to".to_owned(),
            Kind::Keyword(Keyword::Then) => "no IF stands before it that it belongs to".to_owned(),
            Kind::Keyword(Keyword::In) => "no LET stands before it that it belongs to".to_owned(),
            Kind::Operator(operator) if operator.fixity() == Fixity::Prefix => {
                "the expression before it is complete; an operator or a bullet is missing between them".to_owned()
            }
            _ => "the expression before it is complete; an operator, a bullet or a definition's `==` is missing"
                .to_owned(),
        };
        self.unexpected(&why)
    }

    fn header(&mut self) -> Read {
        self.position += 2;
        if self.is(Kind::Identifier) || matches!(self.peek_kind(), Some(Kind::Keyword(_) | Kind::Weak | Kind::Strong)) {
            self.position += 1;
        } else {
            return Err(self.unexpected("expected the module's name"));
        }
        if self.peek().is_none() {
            let name = self.tokens[self.position - 1];
            let edits = vec![Edit::insert(name.end as usize, " ----")];
            let repair = Repair { title: "write `----` behind the name".to_owned(), safety: Safety::Safe, edits };
            let message = "four dashes or more stand behind the module's name";
            self.slip_with(SlipKind::UnexpectedToken, name.span(), message, repair);
            return Ok(());
        }
        self.expect(Kind::Separator, "four dashes or more after the module's name").map(|_| ())
    }

    /// `VARIABLES <<x, y>>`
    fn declared_tuple(&mut self) {
        let (Some(open), Some(close)) = (self.peek(), self.tokens.last().copied()) else { return };
        if open.kind != Kind::LeftTuple || close.kind != Kind::RightTuple {
            return;
        }
        let message = "variables are declared one by one, with commas and no brackets";
        let edits = vec![Edit::delete(open.span()), Edit::delete(close.span())];
        let repair = Repair { title: "remove the brackets".to_owned(), safety: Safety::Safe, edits };
        self.slip_with(SlipKind::UnexpectedToken, open.span(), message, repair);
        self.tokens.remove(self.position);
        self.tokens.pop();
    }

    /// Elements with commas between them; a comma at the end is a slip.
    fn listed(&mut self, mut element: impl FnMut(&mut Self) -> Read) -> Read {
        loop {
            element(self)?;
            if self.is(Kind::Identifier) && matches!(self.kind_at(1), None | Some(Kind::Identifier | Kind::Comma)) {
                self.missing_comma();
                continue;
            }
            let Some(comma) = self.peek().filter(|token| token.kind == Kind::Comma) else { break };
            self.position += 1;
            if self.peek().is_none() {
                let repair = super::removal("remove the comma", comma.span());
                self.slip_with(SlipKind::TrailingComma, comma.span(), "nothing follows this comma", repair);
                break;
            }
        }
        Ok(())
    }

    /// `C`, `Op(_, _)`, `_ + _`
    fn declared_operator(&mut self) -> Read {
        match self.peek_kind() {
            Some(Kind::Underscore) => {
                self.next()?;
                let postfix = match self.peek_kind() {
                    Some(Kind::Operator(operator)) if operator.fixity() != Fixity::Prefix => {
                        operator.fixity() == Fixity::Postfix
                    }
                    _ => return Err(self.unexpected("expected an operator's symbol after `_`")),
                };
                self.next()?;
                if postfix { Ok(()) } else { self.expect(Kind::Underscore, "`_` after the symbol").map(|_| ()) }
            }
            Some(Kind::Operator(operator)) if operator.fixity() == Fixity::Prefix => {
                self.next()?;
                self.expect(Kind::Underscore, "`_` after the symbol").map(|_| ())
            }
            _ => {
                self.name("a declared name")?;
                if !self.is(Kind::LeftParen) {
                    return Ok(());
                }
                let open = self.next()?;
                loop {
                    self.expect(Kind::Underscore, "`_` for each argument")?;
                    if !self.separated(Kind::RightParen)? {
                        break;
                    }
                }
                self.close(open, Kind::RightParen, ")")
            }
        }
    }

    fn optional_name(&mut self) -> Read {
        if self.is(Kind::Identifier) && self.kind_at(1) == Some(Kind::Defines) {
            self.position += 2;
        }
        Ok(())
    }

    /// A theorem up to its proof; ASSUME/PROVE and proofs are not judged.
    fn theorem(&mut self) -> Read {
        self.position += 1;
        self.optional_name()?;
        let assume_prove = self.is_keyword(Keyword::Assume)
            || (self.is(Kind::Operator(operators::BOX)) && self.kind_at(1) == Some(Kind::Keyword(Keyword::Assume)))
            || self.kind_at(1) == Some(Kind::ColonColon);
        if assume_prove {
            self.judged.proof = true;
            return Ok(());
        }
        self.expression()?;
        let proof = matches!(
            self.peek_kind(),
            Some(
                Kind::ProofStep
                    | Kind::Keyword(
                        Keyword::Proof
                            | Keyword::By
                            | Keyword::Obvious
                            | Keyword::Omitted
                            | Keyword::Use
                            | Keyword::Hide
                    )
            )
        );
        if proof {
            self.judged.proof = true;
            return Ok(());
        }
        self.finished()
    }

    /// `INSTANCE M WITH a <- e, b <- f`
    fn instance(&mut self) -> Read {
        self.next()?;
        self.field_name()?;
        if !self.is_keyword(Keyword::With) {
            return Ok(());
        }
        self.next()?;
        loop {
            match self.peek_kind() {
                Some(Kind::Identifier | Kind::Operator(_)) => self.next()?,
                _ => return Err(self.unexpected("expected the name that is replaced: WITH a <- e")),
            };
            if let Some(token) =
                self.peek().filter(|token| matches!(token.kind, Kind::Operator(operators::EQUALS) | Kind::Arrow))
            {
                let message = "WITH replaces by `<-`";
                self.slip_with(
                    SlipKind::ForeignOperator,
                    token.span(),
                    message,
                    replacement("write `<-`", token.span(), "<-"),
                );
                self.next()?;
            } else {
                self.expect(Kind::Gets, "`<-` and what replaces the name")?;
            }
            self.operator_or_expression()?;
            if !self.eat(Kind::Comma)? {
                return Ok(());
            }
        }
    }

    fn definition(&mut self) -> Read {
        self.definition_head()?;
        if self.is_keyword(Keyword::Instance) { self.instance() } else { self.expression() }
    }

    /// Everything before the body, `==` included.
    fn definition_head(&mut self) -> Read {
        self.eat(Kind::Keyword(Keyword::Local))?;
        match (self.peek_kind(), self.kind_at(1)) {
            (Some(Kind::Operator(operator)), Some(Kind::Identifier)) if operator.fixity() == Fixity::Prefix => {
                self.next()?;
                self.next()?;
            }
            (Some(Kind::Identifier), Some(Kind::Operator(operator)))
                if operator.fixity() == Fixity::Postfix && self.kind_at(2) == Some(Kind::Defines) =>
            {
                self.next()?;
                self.next()?;
            }
            (Some(Kind::Identifier), Some(Kind::Operator(operator)))
                if operator.fixity() == Fixity::Infix && self.kind_at(3) == Some(Kind::Defines) =>
            {
                self.next()?;
                self.next()?;
                self.name("the right parameter")?;
            }
            (Some(Kind::Identifier), Some(Kind::LeftBracket)) => {
                self.next()?;
                let open = self.next()?;
                self.bounds()?;
                self.close(open, Kind::RightBracket, "]")?;
            }
            (Some(Kind::Identifier), _) => {
                self.next()?;
                self.parameters()?;
            }
            (Some(Kind::Weak | Kind::Strong), _) => {
                return Err(
                    self.unexpected("WF_ and SF_ are fairness operators, no name of a definition begins with them")
                );
            }
            _ => return Err(self.unexpected("expected a definition, a declaration or the end of the module")),
        }
        if let Some(token) = self.peek().filter(|token| stands_for_defines(token.kind)) {
            let message = match token.kind {
                Kind::Operator(operators::EQUALS) => "a definition needs `==`; `=` compares",
                _ => "a definition needs `==`",
            };
            self.slip_with(SlipKind::LetEquals, token.span(), message, replacement("write `==`", token.span(), "=="));
            return self.next().map(|_| ());
        }
        self.expect(Kind::Defines, "`==` after the name of a definition").map(|_| ())
    }

    fn parameters(&mut self) -> Read {
        let Some(open) = self.peek().filter(|token| token.kind == Kind::LeftParen) else { return Ok(()) };
        self.next()?;
        if let Some(close) = self.peek().filter(|token| token.kind == Kind::RightParen) {
            let span = Span::new(open.start as usize, close.end as usize);
            let message = "a definition without parameters has no parentheses";
            self.slip_with(SlipKind::EmptyParentheses, span, message, super::removal("remove the `()`", span));
            return self.next().map(|_| ());
        }
        loop {
            self.declared_operator()?;
            self.typed("a parameter has no type in TLA+")?;
            if !self.separated(Kind::RightParen)? {
                break;
            }
        }
        self.close(open, Kind::RightParen, ")")
    }

    /// `x : Nat`, `x \\in S` and `x = 0` where a name is declared.
    fn typed(&mut self, message: &str) -> Read {
        let Some(sign) = self.peek() else { return Ok(()) };
        if !matches!(sign.kind, Kind::Colon | Kind::Operator(operators::IN | operators::EQUALS)) {
            return Ok(());
        }
        let before = self.tokens[self.position - 1].end as usize;
        self.next()?;
        self.expression()?;
        let span = Span::new(sign.start as usize, self.tokens[self.position - 1].end as usize);
        let edits = vec![Edit::delete(Span::new(before, span.end))];
        let title = format!("remove {}", super::shown(&self.source[span.start..span.end]));
        self.slip_with(SlipKind::UnexpectedToken, span, message, Repair { title, safety: Safety::Ask, edits });
        Ok(())
    }

    /// `LET … IN e`
    pub(super) fn let_in(&mut self) -> Read {
        let start = self.next()?;
        loop {
            self.bullet_in_let();
            match self.peek() {
                Some(token) if token.kind == Kind::Keyword(Keyword::Recursive) => {
                    self.next()?;
                    self.listed_in_let()?;
                }
                Some(token) if token.kind == Kind::Keyword(Keyword::In) => break,
                Some(token) if token.kind == Kind::Comma => {
                    let message = "the definitions of a LET stand one after the other without commas";
                    self.slip_with(
                        SlipKind::TrailingComma,
                        token.span(),
                        message,
                        super::removal("remove the comma", token.span()),
                    );
                    self.next()?;
                }
                Some(token) if self.begins_let_definition(token) => self.definition()?,
                _ => return self.missing_in(start),
            }
        }
        if self.tokens[self.position - 1].start == start.start {
            return Err(self.unexpected("a LET needs a definition before its IN"));
        }
        self.next()?;
        self.expression()
    }

    /// `LET /\\ i == 1`
    fn bullet_in_let(&mut self) {
        let Some(token) = self.peek() else { return };
        let Some(next) = self.peek_at(1) else { return };
        if !matches!(token.kind, Kind::Operator(operators::AND)) || !self.is_inside(token) {
            return;
        }
        self.position += 1;
        let defines = self.begins_let_definition(next);
        self.position -= 1;
        if defines {
            let message = "the definitions of a LET take no bullets";
            let repair = replacement("remove the bullet", token.span(), "  ");
            self.slip_with(SlipKind::ForeignOperator, token.span(), message, repair);
            self.tokens.remove(self.position);
        }
    }

    fn listed_in_let(&mut self) -> Read {
        self.declared_operator()?;
        while self.eat(Kind::Comma)? {
            self.declared_operator()?;
        }
        Ok(())
    }

    /// Whether a name at the position is followed by what makes it a definition.
    fn begins_let_definition(&self, token: Token) -> bool {
        match token.kind {
            Kind::Operator(operator) if operator.fixity() == Fixity::Prefix => self.kind_at(2) == Some(Kind::Defines),
            Kind::Weak | Kind::Strong | Kind::Keyword(Keyword::Local) => true,
            Kind::Identifier => match self.kind_at(1) {
                Some(Kind::Defines | Kind::Operator(operators::EQUALS)) => true,
                Some(Kind::LeftParen | Kind::LeftBracket) => self.bracket_then_defines(),
                Some(Kind::Operator(operator)) => match operator.fixity() {
                    Fixity::Infix => operator.name() == ":=" || self.kind_at(3) == Some(Kind::Defines),
                    Fixity::Postfix => self.kind_at(2) == Some(Kind::Defines),
                    Fixity::Prefix => false,
                },
                _ => false,
            },
            _ => false,
        }
    }

    fn bracket_then_defines(&self) -> bool {
        let mut depth = 0;
        for (index, token) in self.tokens[self.position..].iter().enumerate().skip(1) {
            match token.kind {
                Kind::LeftParen | Kind::LeftBracket | Kind::LeftBrace | Kind::LeftTuple => depth += 1,
                Kind::RightParen | Kind::RightBracket | Kind::RightBrace | Kind::RightTuple => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                let after = self.kind_at(index + 1);
                return after == Some(Kind::Defines) || after == Some(Kind::Operator(operators::EQUALS));
            }
        }
        false
    }

    /// A LET whose definitions end without IN.
    fn missing_in(&mut self, start: Token) -> Read {
        let span = start.span();
        let message = "this LET has no IN: write IN between its definitions and the expression that uses them";
        if self.peek().is_none() {
            self.slip(SlipKind::MissingIn, span, message);
            let repair = self.in_before_bullets(start);
            if let Some(slip) = self.judged.slips.last_mut() {
                slip.repairs.extend(repair);
            }
            return Err(super::Stop);
        }
        let before = self.tokens[self.position - 1].end as usize;
        let repair = Repair {
            title: "insert IN".to_owned(),
            // Nothing but IN can stand between a definition and an expression.
            safety: Safety::Safe,
            edits: vec![Edit::insert(before, " IN")],
        };
        self.slip_with(SlipKind::MissingIn, span, message, repair);
        let end = self.tokens[self.position - 1];
        let meant = Token { kind: Kind::Keyword(Keyword::In), start: end.end, ..end };
        self.tokens.insert(self.position, meant);
        self.position += 1;
        self.expression()
    }
    /// IN before the bullets that were taken for the end of a LET's last definition.
    fn in_before_bullets(&self, start: Token) -> Option<Repair> {
        let last = self.tokens[..self.position].iter().rposition(|token| token.kind == Kind::Defines)?;
        if self.tokens[last].start < start.start {
            return None;
        }
        let is_bullet =
            |token: &Token| matches!(token.kind, Kind::Operator(operator) if super::realign::is_bullet(operator));
        let body =
            self.tokens.get(last + 1).filter(|token| !is_bullet(token) && token.line == self.tokens[last].line)?;
        let below = (last + 1..self.position).find(|index| self.begins_line(*index))?;
        if !is_bullet(&self.tokens[below]) || self.tokens[below].column > body.column {
            return None;
        }
        let edits = vec![Edit::insert(self.tokens[below - 1].end as usize, " IN")];
        Some(Repair { title: "insert IN before the bullets".to_owned(), safety: Safety::Ask, edits })
    }
}

/// Signs that define in other languages.
fn stands_for_defines(kind: Kind) -> bool {
    match kind {
        Kind::Operator(operators::EQUALS) | Kind::ColonColon => true,
        Kind::Operator(operator) => operator.name() == ":=",
        _ => false,
    }
}
