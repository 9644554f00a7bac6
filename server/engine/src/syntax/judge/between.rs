//! What stands between operands, items or definitions and belongs to none of them: marks of other languages, marks too
//! many, words too many.

use super::{Judge, Keyword, Kind, Repair, SlipKind, Token, closing, realign::is_bullet, replacement, shown};
use crate::{
    diagnostic::{Edit, Safety, Span},
    syntax::operators::{self, OperatorId},
};

/// What a mark behind an operand turns out to be.
pub(super) enum Mark {
    /// An operator of TLA+ or nothing that is known here.
    Usual,
    /// It ends the expression.
    Ends,
}

impl Judge<'_> {
    /// Looks at what stands behind an operand and mends the marks that have no place there.
    pub(super) fn mark_behind_operand(&mut self) -> Mark {
        self.drop_surplus();
        let Some(token) = self.peek_inside() else { return Mark::Usual };
        match token.kind {
            Kind::Comma if self.brackets == 0 => self.comma_without_list(token),
            Kind::Operator(operator) if is_bullet(operator) => self.dangling(token, operator),
            Kind::Operator(operator) if operator.name() == "|" => self.bar(token),
            Kind::Operator(operator) if operator.name() == ">" && self.brackets > 0 => {
                if self.closes_tuple_by_half(token) { Mark::Ends } else { Mark::Usual }
            }
            _ => Mark::Usual,
        }
    }

    /// `UNCHANGED x, y`, and a comma behind a conjunct.
    fn comma_without_list(&mut self, comma: Token) -> Mark {
        let next = self.peek_at(1);
        let ends_item = match next.map(|next| next.kind) {
            None | Some(Kind::Keyword(Keyword::In)) => true,
            Some(Kind::Operator(operator)) => is_bullet(operator) && self.begins_line(self.position + 1),
            _ => false,
        };
        if ends_item {
            let message = "no comma stands between the items of a list or behind a definition";
            let repair = super::removal("remove the comma", comma.span());
            self.slip_with(SlipKind::TrailingComma, comma.span(), message, repair);
            self.tokens.remove(self.position);
            return Mark::Usual;
        }
        let first = self.position.wrapping_sub(1);
        let unchanged = self.tokens.get(first.wrapping_sub(1)).map(|token| token.kind)
            == Some(Kind::Operator(operators::UNCHANGED));
        if !unchanged || self.tokens[first].kind != Kind::Identifier {
            return Mark::Usual;
        }
        let mut end = self.position;
        while self.tokens.get(end).map(|token| token.kind) == Some(Kind::Comma)
            && self.tokens.get(end + 1).is_some_and(|name| name.kind == Kind::Identifier && self.is_inside(*name))
            && self.tokens.get(end + 2).is_none_or(|behind| !self.is_inside(*behind) || ends_name(behind.kind))
        {
            end += 2;
        }
        if end == self.position {
            return Mark::Usual;
        }
        let span = Span::new(self.tokens[first].start as usize, self.tokens[end - 1].end as usize);
        let edits = vec![Edit::insert(span.start, "<<"), Edit::insert(span.end, ">>")];
        let repair = Repair { title: "write them as a tuple".to_owned(), safety: Safety::Safe, edits };
        self.slip_with(
            SlipKind::UnexpectedToken,
            span,
            "UNCHANGED takes several variables as a tuple `<<x, y>>`",
            repair,
        );
        self.position = end;
        Mark::Usual
    }

    /// `/\` behind the last item of a line, whose right side never comes; `/\ ![i] = e` in EXCEPT.
    fn dangling(&mut self, token: Token, operator: OperatorId) -> Mark {
        let next = self.peek_at(1);
        if next.is_some_and(|next| next.kind == Kind::Bang)
            && matches!(self.kind_at(2), Some(Kind::LeftBracket | Kind::Dot))
            && self.brackets > 0
        {
            let message = "EXCEPT lists its changes with commas";
            self.slip_with(
                SlipKind::ForeignOperator,
                token.span(),
                message,
                replacement("write `,`", token.span(), ","),
            );
            self.tokens[self.position].kind = Kind::Comma;
            return Mark::Ends;
        }
        // At the end of a LET, what should stand here may as well be the IN.
        let (ends, safety) = match next {
            None => (self.brackets == 0, Safety::Ask),
            Some(next) => {
                let left_out = !self.is_inside(next) && self.begins_line(self.position + 1);
                let same = next.kind == Kind::Operator(operator);
                let bullet = matches!(next.kind, Kind::Operator(other) if is_bullet(other));
                (left_out && bullet && self.brackets == 0, if same { Safety::Safe } else { Safety::Ask })
            }
        };
        if !ends {
            return Mark::Usual;
        }
        let text = shown(token.text(self.source));
        let message = format!("nothing stands on the right of {text}; remove it or write what is missing");
        let repair =
            Repair { title: format!("remove the {text}"), safety, edits: vec![Edit::delete(self.with_blanks(token))] };
        self.slip_with(SlipKind::UnexpectedToken, token.span(), message, repair);
        self.tokens.remove(self.position);
        Mark::Usual
    }

    /// The token at the position with the blanks before it.
    pub(super) fn with_blanks(&self, token: Token) -> Span {
        let before = self.position.checked_sub(1).map(|before| self.tokens[before]);
        let start = before.filter(|before| before.line == token.line).map_or(token.start, |before| before.end);
        Span::new(start as usize, token.end as usize)
    }

    /// `|` between the arms of a CASE, and before the bounds of a set.
    fn bar(&mut self, token: Token) -> Mark {
        let arm = self.arms.last() == Some(&self.brackets) && self.arm_follows();
        let bounds = self.kind_at(1) == Some(Kind::Identifier)
            && self.kind_at(2) == Some(Kind::Operator(operators::IN))
            && self.braced_whole();
        let (kind, instead, message) = if arm {
            (Kind::Operator(operators::BOX), "[]", "the arms of a CASE have `[]` between them")
        } else if bounds {
            (Kind::Colon, ":", "a set of values is written `{e : x \\in S}`")
        } else {
            return Mark::Usual;
        };
        let repair = replacement(format!("write `{instead}`"), token.span(), instead);
        self.slip_with(SlipKind::ForeignOperator, token.span(), message, repair);
        self.tokens[self.position].kind = kind;
        Mark::Ends
    }

    /// Whether the arrow of another arm comes before anything that could not stand in its guard.
    pub(super) fn arm_follows(&self) -> bool {
        if self.kind_at(1) == Some(Kind::Keyword(Keyword::Other)) {
            return true;
        }
        let mut depth = 0_u32;
        for token in &self.tokens[self.position + 1..] {
            match token.kind {
                kind if closing::opens(kind) => depth += 1,
                kind if closing::closes(kind) && depth == 0 => return false,
                kind if closing::closes(kind) => depth -= 1,
                _ if depth > 0 => {}
                Kind::Arrow => return true,
                Kind::Comma | Kind::Defines | Kind::Keyword(Keyword::Case) | Kind::Operator(operators::BOX) => {
                    return false;
                }
                _ if !self.is_inside(*token) => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether what stands before the position in its braces is one element with an operator that meets `|` without an
    /// order of precedence: as an operator it would have no meaning here.
    fn braced_whole(&self) -> bool {
        let Some(Kind::Operator(bar)) = self.peek_kind() else { return false };
        let mut depth = 0;
        let mut conflict = false;
        for (index, token) in self.tokens[..self.position].iter().enumerate().rev() {
            match token.kind {
                kind if closing::closes(kind) => depth += 1,
                Kind::LeftBrace if depth == 0 => return conflict,
                kind if closing::opens(kind) && depth == 0 => return false,
                kind if closing::opens(kind) => depth -= 1,
                Kind::Comma | Kind::Colon if depth == 0 => return false,
                Kind::Operator(operator) if depth == 0 => {
                    conflict |= operators::reading(operator, bar) == operators::Reading::Conflict;
                }
                _ if index == 0 => return false,
                _ => {}
            }
        }
        false
    }

    /// A bullet of a list without an item: nothing or the next bullet follows.
    pub(super) fn empty_item(&mut self, bullet: Token) -> bool {
        let (empty, safety) = match self.peek() {
            None => (true, Safety::Ask),
            Some(next) => {
                let again = next.kind == bullet.kind && next.column == bullet.column && next.line > bullet.line;
                (again, Safety::Safe)
            }
        };
        if empty {
            let text = shown(bullet.text(self.source));
            let message = format!("nothing stands behind this {text}; remove it or write what is missing");
            let repair =
                Repair { title: format!("remove the {text}"), safety, edits: vec![Edit::delete(bullet.span())] };
            self.slip_with(SlipKind::UnexpectedToken, bullet.span(), message, repair);
        }
        empty
    }

    /// Passes over `// comment`, `# comment` and `/* comment */`, whose words can't be an operand. `index` is that of the
    /// first token in `tokens`; gives how many of them the comment takes.
    pub(super) fn foreign_comment(&mut self, tokens: &[Token], index: usize) -> usize {
        let first = tokens[index];
        let mark = first.text(self.source);
        if !matches!(mark, "//" | "#" | "##") {
            return 0;
        }
        let on_line = tokens[index..].iter().take_while(|token| token.line == first.line).count();
        let words = &tokens[index + 1..index + on_line];
        let is_word =
            |token: &Token| token.kind == Kind::Identifier && !super::foreign::is_foreign_word(token.text(self.source));
        let prose = words.windows(2).any(|pair| is_word(&pair[0]) && is_word(&pair[1]) && pair[0].end < pair[1].start);
        let begins_line = index == 0 || tokens[index - 1].line < first.line;
        let heading = begins_line && mark == "##";
        if !(prose && (begins_line || mark == "//")) && !heading {
            return 0;
        }
        let span = Span::new(first.start as usize, tokens[index + on_line - 1].end as usize);
        let mark = self.source[span.start..].bytes().take_while(|byte| matches!(byte, b'/' | b'#')).count();
        let mark = Span::new(span.start, span.start + mark);
        let message = "a comment begins with `\\*` in TLA+";
        self.slip_with(SlipKind::ForeignKeyword, mark, message, replacement("write `\\*`", mark, "\\*"));
        on_line
    }

    /// Takes `“abc”` for a string. `index` is that of the first token in `tokens`; gives how many of them it takes.
    pub(super) fn printed_string(&mut self, tokens: &[Token], index: usize) -> usize {
        const QUOTES: [&str; 3] = ["“", "”", "„"];
        let first = tokens[index];
        let is_quote = |token: &Token| token.kind == Kind::Stray && QUOTES.contains(&token.text(self.source));
        if !is_quote(&first) {
            return 0;
        }
        let on_line = tokens[index + 1..].iter().take_while(|token| token.line == first.line);
        let Some(inner) = on_line.clone().position(is_quote) else { return 0 };
        let last = tokens[index + 1 + inner];
        let edits = vec![Edit::replace(first.span(), "\""), Edit::replace(last.span(), "\"")];
        let repair = Repair { title: "write plain quotes".to_owned(), safety: Safety::Safe, edits };
        let span = first.span().cover(last.span());
        self.slip_with(SlipKind::BadString, span, "a string stands between plain quotes: `\"abc\"`", repair);
        self.tokens.push(Token { kind: Kind::Str, end: last.end, ..first });
        inner + 2
    }
}

/// Whether a name is complete before a token of a kind, and no part of a longer expression.
fn ends_name(kind: Kind) -> bool {
    matches!(kind, Kind::Comma | Kind::Keyword(_) | Kind::Operator(operators::AND | operators::OR))
        || closing::closes(kind)
}
