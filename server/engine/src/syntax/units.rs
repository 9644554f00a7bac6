//! Where the pieces of a module begin and end, told from tokens alone, so that a broken definition hides no other.

use std::cell::Cell;

use super::lexer::{Closing, Keyword, Kind, Lexed, Token, lex};
use crate::{
    diagnostic::Span,
    syntax::operators::{self, Fixity},
};

/// What a unit is by its first tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum UnitKind {
    /// `---- MODULE M ----`
    Header,
    Extends,
    Constants,
    Variables,
    Assume,
    Theorem,
    Recursive,
    Instance,
    /// A definition, LOCAL or not; `M == INSTANCE N` too.
    Definition,
    UseHide,
    /// A row of dashes between units.
    Separator,
    /// `====`
    Footer,
    /// Tokens in the module that begin no unit.
    Unknown,
}

/// One top-level piece of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnitRange {
    pub kind: UnitKind,
    /// Bytes from its first token to the end of its last.
    pub span: Span,
    /// Column of the first token, from 1, tabs expanded.
    pub column: u32,
    /// How many modules it is nested in; 1 for the units of an ordinary module.
    pub depth: u32,
    /// How far the text was looked at to tell what and where the unit is, in bytes from its start.
    pub reach: usize,
}

/// A text cut into units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    pub units: Vec<UnitRange>,
    /// Comments outside of all units, as bytes of the text.
    pub comments: Vec<(Span, Closing)>,
    /// Bytes before the header: the whole text where there is no module.
    pub before: Span,
    /// Bytes after the last footer.
    pub after: Span,
    pub header: HeaderForm,
    /// Whether a footer closes the module.
    pub closed: bool,
    /// Where the text ends that may belong to the module, in bytes: at a line of back-ticks, else at the text's end.
    pub limit: usize,
}

/// How the module begins.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum HeaderForm {
    /// As SANY wants it.
    Proper,
    /// A line that is meant for a header but that SANY does not take: too few dashes.
    Lame,
    #[default]
    Missing,
}

/// Cuts a text into units.
pub(crate) fn layout(text: &str) -> Layout {
    let (start, header) = find_header(text);
    if header == HeaderForm::Missing {
        let (before, after) = (Span::new(0, text.len()), Span::at(text.len()));
        return Layout { before, after, limit: text.len(), ..Layout::default() };
    }
    let column = column_at(text, start);
    // A line of back-ticks ends a module that lacks its footer: TLA+ has no such line.
    let limit = text[start..].find("\n```").map_or(text.len(), |fence| start + fence + 1);
    let lexed = lex(&text[start..limit], column);
    let (mut units, closing) = Splitter::split(&lexed, 0, limit - start);
    for unit in &mut units {
        unit.span = unit.span.shifted(start);
    }
    let end = closing.map_or(limit, |closing| start + closing);
    let comments = lexed
        .comments
        .iter()
        .map(|comment| (Span::new(comment.start as usize, comment.end as usize).shifted(start), comment.closing))
        .filter(|(span, _)| span.end <= end)
        .collect();
    let (before, after, closed) = (Span::new(0, start), Span::new(end, text.len()), closing.is_some());
    Layout { units, comments, before, after, header, closed, limit }
}

/// SANY skips everything before the first `---- MODULE`. Where there is none, a line that is meant for one is taken.
fn find_header(text: &str) -> (usize, HeaderForm) {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(found) = text[from..].find("MODULE") {
        let word = from + found;
        let spaces = bytes[..word].iter().rev().take_while(|byte| **byte == b' ').count();
        let dashes = bytes[..word - spaces].iter().rev().take_while(|byte| **byte == b'-').count();
        if dashes >= 4 {
            return (word - spaces - dashes, HeaderForm::Proper);
        }
        from = word + "MODULE".len();
    }
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start_matches([' ', '\t', '-', '=', '#', '*']);
        let named = trimmed.strip_prefix("MODULE").map(str::trim_start);
        if named.is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_alphabetic())) {
            return (offset + (line.len() - line.trim_start().len()), HeaderForm::Lame);
        }
        offset += line.len();
    }
    (text.len(), HeaderForm::Missing)
}

fn column_at(text: &str, offset: usize) -> u32 {
    let line = text[..offset].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    text[line..offset]
        .chars()
        .fold(1, |column, character| if character == '\t' { (column - 1) / 8 * 8 + 9 } else { column + 1 })
}

/// The unit that is being read.
struct Open {
    kind: UnitKind,
    first: usize,
    column: u32,
    /// LETs whose IN has not come.
    lets: u32,
    /// Whether the tokens are those of a proof.
    in_proof: bool,
    /// Whether an ASSUME … waits for its PROVE.
    assuming: bool,
}

/// Cuts tokens into units.
pub(super) struct Splitter<'a> {
    lexed: &'a Lexed,
    /// How long the text is that was cut into tokens, in bytes.
    length: usize,
    units: Vec<UnitRange>,
    depth: u32,
    open: Option<Open>,
    /// The furthest token that was looked at since the last unit ended.
    looked: Cell<usize>,
    /// End of the last footer that closed the outermost module, in bytes.
    end: usize,
}

/// How far ahead an IN is looked for before a LET counts as one that lacks it, in tokens.
const LOOK_AHEAD: usize = 4000;

impl<'a> Splitter<'a> {
    /// The units of a text of some length that begins within `depth` modules, as bytes of that text, and where the
    /// footer of the outermost module ends.
    pub(super) fn split(lexed: &'a Lexed, depth: u32, length: usize) -> (Vec<UnitRange>, Option<usize>) {
        let looked = Cell::new(0);
        let mut splitter = Self { lexed, length, units: Vec::new(), depth, open: None, looked, end: 0 };
        splitter.run();
        let closed = splitter.depth == 0 && splitter.end > 0;
        (splitter.units, closed.then_some(splitter.end))
    }

    fn run(&mut self) {
        let tokens = &self.lexed.tokens;
        let mut index = 0;
        while index < tokens.len() {
            let token = tokens[index];
            match token.kind {
                Kind::Separator if self.kind(index + 1) == Some(Kind::Keyword(Keyword::Module)) => {
                    index = self.header(index, 2);
                    continue;
                }
                // A header that lacks dashes is only looked for at the very start.
                _ if index == 0 && self.depth == 0 => {
                    let word = tokens.iter().take(4).position(|token| token.kind == Kind::Keyword(Keyword::Module));
                    index = self.header(index, word.unwrap_or(0) + 1);
                    continue;
                }
                Kind::End => {
                    self.close(index);
                    self.push(UnitKind::Footer, index, index + 1);
                    self.depth = self.depth.saturating_sub(1);
                    if self.depth == 0 {
                        self.end = token.end as usize;
                        return;
                    }
                }
                Kind::Separator => {
                    self.close(index);
                    // No matter what stands before it, it was told from a header by what stands behind.
                    self.look(index + 1);
                    self.push(UnitKind::Separator, index, index + 1);
                }
                _ => {
                    if let Some(kind) = self.begins(index) {
                        self.close(index);
                        // What tells its kind counts for it no matter whether another unit was open before it.
                        self.unit_kind(index);
                        self.open = Some(Open {
                            kind,
                            first: index,
                            column: token.column,
                            lets: 0,
                            in_proof: false,
                            assuming: false,
                        });
                    }
                    if self.open.is_none() {
                        let kind = UnitKind::Unknown;
                        self.open = Some(Open {
                            kind,
                            first: index,
                            column: token.column,
                            lets: 0,
                            in_proof: false,
                            assuming: false,
                        });
                    }
                    self.follow(index);
                }
            }
            index += 1;
        }
        self.look(tokens.len());
        self.close(tokens.len());
    }

    fn look(&self, index: usize) {
        self.looked.set(self.looked.get().max(index));
    }

    fn kind(&self, index: usize) -> Option<Kind> {
        if index != usize::MAX {
            self.look(index);
        }
        self.lexed.tokens.get(index).map(|token| token.kind)
    }

    /// Takes a header of `length` tokens up to the module's name, then the name and the dashes behind it.
    fn header(&mut self, index: usize, length: usize) -> usize {
        self.close(index);
        let mut end = index + length;
        let line = self.lexed.tokens[index].line;
        let on_line = |end: usize| {
            self.look(end);
            self.lexed.tokens.get(end).is_some_and(|token| token.line == line)
        };
        if on_line(end) && !matches!(self.kind(end), Some(Kind::Separator)) {
            end += 1;
        }
        while on_line(end) && !matches!(self.kind(end), Some(Kind::Keyword(_))) {
            end += 1;
        }
        self.depth += 1;
        self.push(UnitKind::Header, index, end);
        end
    }

    fn push(&mut self, kind: UnitKind, first: usize, end: usize) {
        let tokens = &self.lexed.tokens;
        let span = Span::new(tokens[first].start as usize, tokens[end.max(first + 1) - 1].end as usize);
        let looked = tokens.get(self.looked.take()).map_or(self.length, |token| token.end as usize);
        let reach = looked.max(span.end) - span.start;
        self.units.push(UnitRange { kind, span, column: tokens[first].column, depth: self.depth, reach });
    }

    fn close(&mut self, index: usize) {
        if let Some(open) = self.open.take() {
            self.push(open.kind, open.first, index);
        }
    }

    /// Keeps count of what decides whether a later token begins a unit.
    fn follow(&mut self, index: usize) {
        let kind = self.lexed.tokens[index].kind;
        let Some(open) = &mut self.open else { return };
        match kind {
            Kind::Keyword(Keyword::Let) => open.lets += 1,
            Kind::Keyword(Keyword::In) => open.lets = open.lets.saturating_sub(1),
            Kind::Keyword(Keyword::Assume) if open.kind == UnitKind::Theorem => open.assuming = true,
            Kind::Keyword(Keyword::Prove) => open.assuming = false,
            Kind::ProofStep | Kind::Keyword(Keyword::Proof | Keyword::By | Keyword::Obvious | Keyword::Omitted)
                if open.kind == UnitKind::Theorem || open.kind == UnitKind::UseHide =>
            {
                open.in_proof = true;
            }
            _ => {}
        }
    }

    /// The kind of the unit that begins at a token, if one does.
    fn begins(&self, index: usize) -> Option<UnitKind> {
        let kind = self.unit_kind(index)?;
        let Some(open) = &self.open else { return Some(kind) };
        let token = self.lexed.tokens[index];
        let first_on_line = index == 0 || self.lexed.tokens[index - 1].line < token.line;
        let outdented = first_on_line && token.column <= open.column;
        if open.assuming {
            return None;
        }
        if open.in_proof {
            let continues = match self.kind(index - 1) {
                Some(Kind::Keyword(Keyword::Define)) => true,
                // The number of a step, not one that a BY refers to.
                Some(Kind::ProofStep) => {
                    let first = index < 2 || self.lexed.tokens[index - 2].line < self.lexed.tokens[index - 1].line;
                    let listed =
                        index >= 2 && matches!(self.kind(index - 2), Some(Kind::Comma | Kind::Keyword(Keyword::By)));
                    first && !listed && kind != UnitKind::Theorem
                }
                _ => false,
            };
            return if outdented && !continues { Some(kind) } else { None };
        }
        match kind {
            UnitKind::Definition if open.lets > 0 => {
                if outdented && !self.let_goes_on(index, open.lets) {
                    Some(kind)
                } else {
                    None
                }
            }
            UnitKind::Recursive if open.lets > 0 => {
                if outdented && !self.let_goes_on(index, open.lets) {
                    Some(kind)
                } else {
                    None
                }
            }
            UnitKind::Definition => {
                let complete = self.completes(index - 1);
                if complete || outdented { Some(kind) } else { None }
            }
            UnitKind::Instance => {
                if self.kind(index - 1) == Some(Kind::Defines) {
                    None
                } else {
                    Some(kind)
                }
            }
            UnitKind::Assume => {
                let of_theorem = open.kind == UnitKind::Theorem
                    && (index == open.first + 1
                        || matches!(self.kind(index - 1), Some(Kind::Defines | Kind::ColonColon | Kind::Comma)));
                if of_theorem { None } else { Some(kind) }
            }
            _ => Some(kind),
        }
    }

    /// The token before one, if it belongs to the unit that is open: what a header or a separator ends with says nothing
    /// of what comes behind it.
    fn before(&self, index: usize) -> Option<Kind> {
        self.open.as_ref().and_then(|_| self.kind(index.wrapping_sub(1)))
    }

    /// What the tokens at an index would begin, whatever stands before them.
    fn unit_kind(&self, index: usize) -> Option<UnitKind> {
        // Reserved words may name fields: `r.HIDE`, `[USE |-> 1]`.
        let field = self.before(index) == Some(Kind::Dot) || self.kind(index + 1) == Some(Kind::MapsTo);
        if field {
            return None;
        }
        match self.kind(index)? {
            Kind::Keyword(keyword) => match keyword {
                Keyword::Extends => Some(UnitKind::Extends),
                Keyword::Constant | Keyword::Constants => Some(UnitKind::Constants),
                Keyword::Variable | Keyword::Variables => Some(UnitKind::Variables),
                Keyword::Assume | Keyword::Assumption | Keyword::Axiom => Some(UnitKind::Assume),
                Keyword::Theorem | Keyword::Lemma | Keyword::Proposition | Keyword::Corollary => {
                    Some(UnitKind::Theorem)
                }
                Keyword::Recursive => Some(UnitKind::Recursive),
                Keyword::Instance => match self.before(index) {
                    Some(Kind::Keyword(Keyword::Local)) => None,
                    _ => Some(UnitKind::Instance),
                },
                Keyword::Local => match self.kind(index + 1) {
                    Some(Kind::Keyword(Keyword::Instance)) => Some(UnitKind::Instance),
                    _ => Some(UnitKind::Definition),
                },
                Keyword::Use | Keyword::Hide => Some(UnitKind::UseHide),
                _ => None,
            },
            _ if self.before(index) == Some(Kind::Keyword(Keyword::Local)) => None,
            _ => {
                let (begins, looked) = definition_head(&self.lexed.tokens[index..]);
                self.look(index + looked);
                begins.then_some(UnitKind::Definition)
            }
        }
    }

    /// Whether the token can end a complete expression or declaration.
    fn completes(&self, index: usize) -> bool {
        match self.kind(index) {
            Some(Kind::Operator(operator)) => operator.fixity() == Fixity::Postfix,
            Some(
                Kind::Identifier
                | Kind::Number
                | Kind::Str
                | Kind::OpenString
                | Kind::RightParen
                | Kind::RightBracket
                | Kind::RightBrace
                | Kind::RightTuple
                | Kind::At
                | Kind::Underscore
                | Kind::Stray
                | Kind::Separator,
            ) => true,
            Some(Kind::Keyword(Keyword::Obvious | Keyword::Omitted)) => true,
            _ => false,
        }
    }

    /// Whether the LETs that are open at a definition get their INs further on.
    fn let_goes_on(&self, index: usize, lets: u32) -> bool {
        let mut open = i64::from(lets);
        for (ahead, token) in self.lexed.tokens[index..].iter().take(LOOK_AHEAD).enumerate() {
            self.look(index + ahead + 1);
            match token.kind {
                Kind::Keyword(Keyword::Let) => open += 1,
                Kind::Keyword(Keyword::In) => {
                    open -= 1;
                    if open < i64::from(lets) {
                        return true;
                    }
                }
                Kind::End
                | Kind::Separator
                | Kind::Keyword(
                    Keyword::Variable
                    | Keyword::Variables
                    | Keyword::Constant
                    | Keyword::Constants
                    | Keyword::Theorem
                    | Keyword::Assume,
                ) => return false,
                _ => {}
            }
        }
        false
    }
}

/// Whether the tokens begin with the head of a definition and its `==`, and the index up to which that was looked at.
fn definition_head(tokens: &[Token]) -> (bool, usize) {
    let kind = |index: usize| tokens.get(index).map(|token| token.kind);
    let begins = match (kind(0), kind(1)) {
        (Some(Kind::Identifier), Some(Kind::Defines)) => return (true, 1),
        (Some(Kind::Identifier), Some(Kind::LeftParen | Kind::LeftBracket)) => return bracketed_head(tokens),
        (Some(Kind::Identifier), Some(Kind::Operator(operator))) => match operator.fixity() {
            Fixity::Postfix => kind(2) == Some(Kind::Defines),
            // `x = y == …` is a definition of `=`, which nobody writes; a missing operator is likelier.
            Fixity::Infix => {
                kind(2) == Some(Kind::Identifier) && kind(3) == Some(Kind::Defines) && operator != operators::EQUALS
            }
            Fixity::Prefix => false,
        },
        (Some(Kind::Operator(operator)), Some(Kind::Identifier)) => {
            operator.fixity() == Fixity::Prefix && kind(2) == Some(Kind::Defines)
        }
        // An operator named `WF_x`, which SANY does not take, is still meant for a definition.
        (Some(Kind::Weak | Kind::Strong), Some(Kind::Identifier)) => match kind(2) {
            Some(Kind::LeftParen) => {
                let (begins, looked) = definition_head(&tokens[1..]);
                return (begins, looked + 1);
            }
            next => next == Some(Kind::Defines),
        },
        _ => false,
    };
    (begins, 3)
}

/// `F(x, y) ==` or `f[x \in S] ==`
fn bracketed_head(tokens: &[Token]) -> (bool, usize) {
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate().skip(1).take(400) {
        match token.kind {
            Kind::LeftParen | Kind::LeftBracket | Kind::LeftBrace | Kind::LeftTuple => depth += 1,
            Kind::RightParen | Kind::RightBracket | Kind::RightBrace | Kind::RightTuple => depth -= 1,
            Kind::Defines => return (false, index),
            _ => {}
        }
        if depth == 0 {
            let next = tokens.get(index + 1).map(|token| token.kind);
            return (next == Some(Kind::Defines), index + 1);
        }
    }
    (false, tokens.len().min(401))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        let layout = layout(text);
        let units: Vec<String> = layout
            .units
            .iter()
            .map(|unit| {
                let words: Vec<&str> = text[unit.span.start..unit.span.end].split_whitespace().collect();
                format!("{:?}{} {}", unit.kind, "+".repeat(unit.depth as usize), words.join(" "))
            })
            .collect();
        expected.assert_eq(&format!("{}\n{:?} closed: {}", units.join("\n"), layout.header, layout.closed));
    }

    #[test]
    fn an_ordinary_module() {
        check(
            "prose\n---- MODULE M ----\nEXTENDS A, B\nVARIABLE x\nf[i \\in S] == i\na \\prec b == a < b\nLOCAL INSTANCE T\nN == INSTANCE O\n------\nG == LET y == 1\n IN y\n====\nafter == 1",
            expect![[r#"
                Header+ ---- MODULE M ----
                Extends+ EXTENDS A, B
                Variables+ VARIABLE x
                Definition+ f[i \in S] == i
                Definition+ a \prec b == a < b
                Instance+ LOCAL INSTANCE T
                Definition+ N == INSTANCE O
                Separator+ ------
                Definition+ G == LET y == 1 IN y
                Footer+ ====
                Proper closed: true"#]],
        );
    }

    #[test]
    fn a_missing_in_and_an_open_brace_end_with_their_definition() {
        check(
            "---- MODULE M ----\nA == LET x == 1\n  x + 1\nB == {1, 2\nC == /\\ a == 1\n     /\\ LET z == 2 IN z\nD ==\n====",
            expect![[r#"
                Header+ ---- MODULE M ----
                Definition+ A == LET x == 1 x + 1
                Definition+ B == {1, 2
                Definition+ C == /\ a == 1 /\ LET z == 2 IN z
                Definition+ D ==
                Footer+ ====
                Proper closed: true"#]],
        );
    }

    #[test]
    fn nested_modules_and_a_let_that_is_not_indented() {
        check(
            "---- MODULE M ----\n  ---- MODULE N ----\n  A == 1\n  ====\nB == LET\nx == 1\ny == 2\nIN x\nC == 3\n",
            expect![[r#"
                Header+ ---- MODULE M ----
                Header++ ---- MODULE N ----
                Definition++ A == 1
                Footer++ ====
                Definition+ B == LET x == 1 y == 2 IN x
                Definition+ C == 3
                Proper closed: false"#]],
        );
    }

    #[test]
    fn proofs_keep_their_definitions() {
        check(
            "---- MODULE M ----\nTHEOREM T == ASSUME NEW x \\in S,\n CONSTANT y PROVE x = y\n<1> DEFINE p == x\n<1>1. q == 2\n  BY DEF p\n<1> QED\nA == 1\nTHEOREM x = 1\nPROOF OBVIOUS\nB == 2\n====",
            expect![[r#"
                Header+ ---- MODULE M ----
                Theorem+ THEOREM T == ASSUME NEW x \in S, CONSTANT y PROVE x = y <1> DEFINE p == x <1>1. q == 2 BY DEF p <1> QED
                Definition+ A == 1
                Theorem+ THEOREM x = 1 PROOF OBVIOUS
                Definition+ B == 2
                Footer+ ====
                Proper closed: true"#]],
        );
    }

    #[test]
    fn a_fence_ends_a_module_without_a_footer() {
        let text = "```tla\n---- MODULE M ----\nA == 1\n```\nIt has one definition.\n";
        check(
            text,
            expect![[r#"
                Header+ ---- MODULE M ----
                Definition+ A == 1
                Proper closed: false"#]],
        );
        assert_eq!(&text[layout(text).after.start..], "```\nIt has one definition.\n");
    }

    #[test]
    fn a_lame_header_and_none() {
        check(
            "--- MODULE M ---\nA == 1\n====",
            expect![[r#"
            Header+ --- MODULE M ---
            Definition+ A == 1
            Footer+ ====
            Lame closed: true"#]],
        );
        check(
            "A == 1",
            expect![[r#"

            Missing closed: false"#]],
        );
    }
}
