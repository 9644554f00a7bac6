//! The shape of TLA+: tokens, units, trees and what SANY's parser would say. The only place that knows tree-sitter.

pub(crate) mod facts;
mod guard;
mod judge;
mod lexer;
mod lower;
pub(crate) mod mentions;
mod nodes;
mod operators;
mod prepare;
mod proof;
mod relayout;
pub(crate) mod tree;
mod units;

use std::hash::{DefaultHasher, Hash, Hasher};

use facts::Facts;
pub(crate) use guard::NESTING_LIMIT;
use judge::Judged;
pub(crate) use judge::{Slip, SlipKind};
pub(crate) use lexer::{Closing, Keyword, Kind, Lexed, Token, lex};
use mentions::Mentions;
pub(crate) use relayout::{Change, Relaid, relayout};
pub(crate) use units::{HeaderForm, Layout, UnitKind, UnitRange, layout};

use lower::{Lowered, Parsed};
use tree::{Body, Declared, Definition, Expr, ExprKind, Ident, Instance, Item, Label, Name};

use crate::{
    diagnostic::{Edit, Span},
    memo::Memo,
};

/// One unit, read by itself. Spans are bytes in the unit.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct UnitSyntax {
    pub item: Item,
    /// What SANY's parser would reject, in order of place.
    pub slips: Vec<Slip>,
    /// How many tokens stand behind the place where SANY's parser could not go on.
    pub unread: usize,
    /// Comments within the unit.
    pub comments: Vec<(Span, Closing)>,
    pub refused: Option<Refused>,
    /// Whether the unit has a proof or an ASSUME/PROVE, which is left alone.
    pub proof: bool,
    pub facts: Facts,
    /// The free names of its definition.
    pub mentions: Mentions,
    /// The labels of its expressions, in order of place.
    pub labels: Vec<Label>,
    /// Whether it is a theorem that says ASSUME … PROVE ….
    pub assume_prove: bool,
    /// Tells the unit from others that are read in another way.
    pub fingerprint: u64,
    /// What others worked out from this unit.
    pub memo: Memo,
}

/// Why a unit was not parsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refused {
    /// Nested deeper than [`NESTING_LIMIT`]; where.
    TooDeep(Span),
    /// The parser took too long.
    TooLong,
    /// SANY would take it, the grammar does not.
    NotUnderstood,
}

/// Reads one unit, given its text alone, its kind and the column (from 1) that it begins in.
pub(crate) fn read_unit(source: &str, kind: UnitKind, column: u32) -> UnitSyntax {
    let mut hasher = DefaultHasher::new();
    (source, kind, column).hash(&mut hasher);
    UnitSyntax { fingerprint: hasher.finish(), ..read(source, kind, column) }
}

fn read(source: &str, kind: UnitKind, column: u32) -> UnitSyntax {
    let mut lexed = lex(source, column);
    let mut outline = Vec::new();
    let proof = kind == UnitKind::Theorem && {
        outline = proof::check(source, &lexed.tokens);
        cut_proof(&mut lexed)
    };
    let comments = lexed
        .comments
        .iter()
        .map(|comment| (Span::new(comment.start as usize, comment.end as usize), comment.closing))
        .collect();
    if let Some(token) = guard::too_deep(source, &lexed.tokens) {
        let item = headed(source, &lexed.tokens, kind, ExprKind::Opaque);
        let refused = Some(Refused::TooDeep(token.span()));
        return UnitSyntax { item, comments, refused, ..UnitSyntax::default() };
    }
    // A header that SANY does not take is one finding of its own.
    let lame = kind == UnitKind::Header && lexed.tokens.first().is_some_and(|token| token.kind != Kind::Separator);
    let judged = if lame { Judged::default() } else { judge::judge(source, &lexed.tokens) };
    let mut unit =
        UnitSyntax { comments, unread: judged.unread, proof: proof || judged.proof, ..UnitSyntax::default() };
    unit.assume_prove = kind == UnitKind::Theorem && states_assumptions(&lexed.tokens);
    unit.item = match kind {
        UnitKind::Header => Item::Header { name: module_name(source, &lexed.tokens) },
        UnitKind::Extends => Item::Extends(listed_names(source, &lexed.tokens[1..])),
        UnitKind::Variables => Item::Variables(listed_names(source, &lexed.tokens[1..])),
        UnitKind::Constants => Item::Constants(listed_operators(source, &lexed.tokens[1..])),
        UnitKind::Recursive => Item::Recursive(listed_operators(source, &lexed.tokens[1..])),
        UnitKind::Separator => Item::Separator,
        UnitKind::Footer => Item::Footer,
        UnitKind::UseHide => used(source, &lexed.tokens),
        UnitKind::Unknown => Item::Other,
        UnitKind::Assume | UnitKind::Theorem | UnitKind::Instance | UnitKind::Definition => {
            let parsed = parsed_item(source, kind, column, &lexed, &judged);
            (unit.refused, unit.labels) = (parsed.refused, parsed.labels);
            parsed.item
        }
    };
    unit.slips = judged.slips;
    // What mends a proof's outline is of no concern to the statement's tree.
    unit.slips.extend(outline);
    unit.facts = Facts::of(&unit.item, source, column);
    unit.mentions = Mentions::of(&unit.item);
    unit
}

/// Leaves out the tokens of a theorem's proof, which is not read; says whether there was one.
fn cut_proof(lexed: &mut Lexed) -> bool {
    let proof = lexed.tokens.iter().position(proof::begins_proof);
    lexed.tokens.truncate(proof.unwrap_or(lexed.tokens.len()));
    proof.is_some()
}

/// `THEOREM T == ASSUME … PROVE …`
fn states_assumptions(tokens: &[Token]) -> bool {
    let body = match tokens {
        [_, name, defines, body, ..] if name.kind == Kind::Identifier && defines.kind == Kind::Defines => body,
        [_, body, ..] => body,
        _ => return false,
    };
    body.kind == Kind::Keyword(Keyword::Assume)
}

/// The plain names of `USE A, B DEF C`.
fn used(source: &str, tokens: &[Token]) -> Item {
    let hidden = tokens.first().is_some_and(|token| token.kind == Kind::Keyword(Keyword::Hide));
    let (mut facts, mut definitions) = (Vec::new(), Vec::new());
    let mut of_definitions = false;
    for (index, token) in tokens.iter().enumerate().skip(1) {
        of_definitions |= matches!(token.kind, Kind::Keyword(Keyword::Def | Keyword::Defs));
        let next = tokens.get(index + 1).map(|next| next.kind);
        let plain = matches!(next, None | Some(Kind::Comma | Kind::Keyword(Keyword::Def | Keyword::Defs)));
        let begins = matches!(
            tokens[index - 1].kind,
            Kind::Comma | Kind::Keyword(Keyword::Use | Keyword::Hide | Keyword::Def | Keyword::Defs)
        );
        if token.kind == Kind::Identifier && plain && begins {
            let names = if of_definitions { &mut definitions } else { &mut facts };
            names.push(ident(source, *token));
        }
    }
    Item::UseHide { hidden, facts, definitions }
}

/// What came of a unit's tree.
struct ParsedItem {
    item: Item,
    refused: Option<Refused>,
    labels: Vec<Label>,
}

/// The columns of all tokens of a unit together, at most; half a second of the scanner's time. A thousand lines of real
/// modules come to one million.
const MOST_COLUMNS: u64 = 50_000_000;

/// Reads a unit whose tree is needed.
fn parsed_item(source: &str, kind: UnitKind, column: u32, lexed: &Lexed, judged: &Judged) -> ParsedItem {
    // For each token the grammar's scanner counts its line's characters from the first: on a line of many thousands that
    // takes minutes, and the parser's own budget does not see it.
    if lexed.tokens.iter().map(|token| u64::from(token.column)).sum::<u64>() > MOST_COLUMNS {
        let item = headed(source, &lexed.tokens, kind, ExprKind::Opaque);
        return ParsedItem { item, refused: Some(Refused::TooLong), labels: Vec::new() };
    }
    let repairs: Vec<Edit> =
        judged.slips.iter().filter_map(|slip| slip.repairs.first()).flat_map(|repair| repair.edits.clone()).collect();
    // Nothing behind the last token that was read: a theorem's proof stays out.
    let end = lexed.tokens.last().map_or(source.len(), |token| token.end as usize);
    let prepared = prepare::prepare(&source[..end], column, &lexed.comments, &repairs);
    let Parsed::Tree(tree) = lower::parse(&prepared) else {
        let item = headed(source, &lexed.tokens, kind, ExprKind::Opaque);
        return ParsedItem { item, refused: Some(Refused::TooLong), labels: Vec::new() };
    };
    let errs = tree.root_node().has_error();
    let local = matches!(lexed.tokens.first().map(|token| token.kind), Some(Kind::Keyword(Keyword::Local)));
    let (lowered, labels) = lower::lower(&tree, &prepared);
    // The strict reader accepts what the grammar does not: the unit is legal, and nobody looks into it.
    if errs && !judged.stopped && !matches!(kind, UnitKind::Theorem) {
        let item = headed(source, &lexed.tokens, kind, ExprKind::Opaque);
        return ParsedItem { item, refused: Some(Refused::NotUnderstood), labels: Vec::new() };
    }
    let item = match lowered {
        Lowered::Definition(definition) => Item::Definition(Definition { local, ..definition }),
        Lowered::Instance(instance) => Item::Instance { local, instance },
        Lowered::Statement(body) if kind == UnitKind::Assume => {
            Item::Assume { name: statement_name(source, &lexed.tokens), body }
        }
        Lowered::Statement(body) => Item::Theorem {
            name: statement_name(source, &lexed.tokens),
            statement: if errs { None } else { Some(body) },
        },
        Lowered::Nothing(found) => headed(source, &lexed.tokens, kind, ExprKind::Broken(found)),
    };
    ParsedItem { item, refused: None, labels }
}

/// The unit with what its first tokens tell; `body` stands for the rest.
fn headed(source: &str, tokens: &[Token], kind: UnitKind, body: ExprKind) -> Item {
    let span = Span::new(0, source.len());
    let body = Expr::new(span, body);
    match kind {
        UnitKind::Definition => definition_head(source, tokens, span, body).map_or(Item::Other, Item::Definition),
        UnitKind::Assume => Item::Assume { name: statement_name(source, tokens), body },
        UnitKind::Theorem => Item::Theorem { name: statement_name(source, tokens), statement: None },
        UnitKind::Instance => {
            let local = tokens.first().is_some_and(|token| token.kind == Kind::Keyword(Keyword::Local));
            match tokens.iter().find(|token| token.kind == Kind::Identifier) {
                Some(name) => Item::Instance {
                    local,
                    instance: Instance { module: ident(source, *name), substitutions: Vec::new(), span },
                },
                None => Item::Other,
            }
        }
        _ => Item::Other,
    }
}

/// The operators that a text's outermost module defines for others, in order of place, told from tokens alone.
pub(crate) fn operators_defined(source: &str) -> Vec<Name> {
    let layout = layout(source);
    let units = layout.units.iter().filter(|unit| unit.depth == 1 && unit.kind == UnitKind::Definition);
    let heads = units.filter_map(|unit| {
        let text = &source[unit.span.start..unit.span.end];
        let lexed = lex(text.split_inclusive("==").next()?, unit.column);
        let body = Expr::new(Span::default(), ExprKind::Opaque);
        definition_head(text, &lexed.tokens, Span::default(), body)
    });
    heads.filter(|head| !head.local).map(|head| head.ident.name).collect()
}

/// The name and the parameters of a definition whose body can't be read.
fn definition_head(source: &str, tokens: &[Token], span: Span, body: Expr) -> Option<Definition> {
    let local = tokens.first()?.kind == Kind::Keyword(Keyword::Local);
    let tokens = if local { &tokens[1..] } else { tokens };
    let head: Vec<Token> = tokens.iter().copied().take_while(|token| token.kind != Kind::Defines).collect();
    let (name, parameters) = match head.as_slice() {
        [first, rest @ ..] if first.kind == Kind::Identifier => match rest {
            [] => (ident(source, *first), Vec::new()),
            [open, inner @ ..] if open.kind == Kind::LeftParen => {
                (ident(source, *first), listed_operators(source, inner))
            }
            [open, ..] if open.kind == Kind::LeftBracket => (ident(source, *first), Vec::new()),
            [symbol, operands @ ..] => {
                let operands = [first]
                    .into_iter()
                    .chain(operands)
                    .map(|token| Declared { ident: ident(source, *token), arity: 0 });
                (operator_ident(source, *symbol), operands.collect())
            }
        },
        [symbol, operand] => {
            (operator_ident(source, *symbol), vec![Declared { ident: ident(source, *operand), arity: 0 }])
        }
        [weak, first, ..] if matches!(weak.kind, Kind::Weak | Kind::Strong) => {
            let name = Name::new(&source[weak.start as usize..first.end as usize]);
            (Ident { name, span: weak.span().cover(first.span()) }, Vec::new())
        }
        _ => return None,
    };
    Some(Definition { ident: name, local, parameters, bounds: Vec::new(), body: Body::Expression(body), span })
}

fn ident(source: &str, token: Token) -> Ident {
    Ident { name: Name::new(token.text(source)), span: token.span() }
}

fn operator_ident(source: &str, token: Token) -> Ident {
    let text = token.text(source);
    Ident { name: Name::new(operators::find(text).map_or(text, |operator| operator.name())), span: token.span() }
}

fn module_name(source: &str, tokens: &[Token]) -> Option<Ident> {
    let word = tokens.iter().position(|token| token.kind == Kind::Keyword(Keyword::Module))?;
    let name = tokens.get(word + 1)?;
    matches!(name.kind, Kind::Identifier | Kind::Keyword(_) | Kind::Weak | Kind::Strong).then(|| ident(source, *name))
}

fn statement_name(source: &str, tokens: &[Token]) -> Option<Ident> {
    match tokens {
        [_, name, defines, ..] if name.kind == Kind::Identifier && defines.kind == Kind::Defines => {
            Some(ident(source, *name))
        }
        _ => None,
    }
}

/// `A, B, C`; whatever stands between them is passed over.
fn listed_names(source: &str, tokens: &[Token]) -> Vec<Ident> {
    let mut names = Vec::new();
    let mut wanted = true;
    for token in tokens {
        match token.kind {
            Kind::Comma => wanted = true,
            Kind::Identifier if wanted => {
                names.push(ident(source, *token));
                wanted = false;
            }
            // Names that begin with WF_ or hold stray characters are still names to a reader.
            Kind::Identifier => names.push(ident(source, *token)),
            _ => {}
        }
    }
    names
}

/// `C, Op(_, _), _ + _`
fn listed_operators(source: &str, tokens: &[Token]) -> Vec<Declared> {
    let mut declared: Vec<Declared> = Vec::new();
    let mut depth = 0;
    // Placeholders since the last comma, before and after the name.
    let mut placeholders = 0;
    let mut named = false;
    for token in tokens {
        match token.kind {
            Kind::LeftParen => depth += 1,
            Kind::RightParen => depth -= 1,
            Kind::Comma if depth <= 0 => (placeholders, named) = (0, false),
            Kind::Identifier | Kind::Operator(_) if depth <= 0 => {
                declared.push(Declared { ident: operator_ident(source, *token), arity: placeholders });
                named = true;
            }
            Kind::Underscore if named => {
                if let Some(last) = declared.last_mut() {
                    last.arity += 1;
                }
            }
            Kind::Underscore => placeholders += 1,
            _ => {}
        }
    }
    declared
}
