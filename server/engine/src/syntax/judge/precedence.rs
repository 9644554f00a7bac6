//! Operators that meet without an order of precedence: the readings that parentheses can give them, and which of those
//! mean something.

use super::{Judge, Kind, Pending, Repair, SlipKind, Token};
use crate::{
    diagnostic::{Edit, Safety, Span},
    syntax::operators::{self, Fixity, OperatorId, Reading, reading},
};

/// One piece of an expression as it stands in the text, without its inner parts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Link {
    Operand(Span, Sort),
    Operator(OperatorId, Span),
}

/// What a value is, as far as its form tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Unknown,
    Truth,
    Number,
    Set,
    /// A string, a tuple, a function or a record.
    Other,
}

/// An expression while it is read: the operators that wait for their right operands and the conflicts between them.
#[derive(Default)]
pub(super) struct Chain {
    pub pending: Vec<Pending>,
    /// Its slips of precedence, by their places in the list of slips.
    pub conflicts: Vec<usize>,
    /// Where its links begin.
    pub base: usize,
}

/// More conflicts than this between different operators have too many readings to offer any.
const MOST_PAIRS: usize = 4;

/// One way to read an expression.
enum Tree {
    Leaf(Span, Sort),
    Prefix(OperatorId, Span, Box<Tree>),
    Infix(OperatorId, Box<Tree>, Box<Tree>),
}

impl Judge<'_> {
    /// Gives the conflicts of an expression the parentheses that mend them; the likeliest come first.
    pub(super) fn offer_parentheses(&mut self, chain: &Chain) {
        let links = &self.links[chain.base..];
        let foreign =
            |link: &Link| matches!(link, Link::Operator(operator, _) if matches!(operator.name(), "&&" | "||"));
        if links.iter().any(foreign) {
            return;
        }
        let bar = links.iter().find_map(|link| match link {
            Link::Operator(operator, span) if operator.name() == "|" && self.brackets > 0 => Some(*span),
            _ => None,
        });
        if let Some(bar) = bar {
            // No module of the library defines `|`, and in braces it is what mathematicians write for the colon.
            let repair = super::replacement("write `:`", bar, ":");
            for index in &chain.conflicts {
                self.judged.slips[*index].repairs.push(repair.clone());
            }
            return;
        }
        let readings = readings(links);
        let mut repairs: Vec<Repair> = Vec::new();
        let equal = links.iter().filter(|link| matches!(link, Link::Operator(operators::EQUALS, _))).count() > 1;
        if readings.is_empty() || equal {
            repairs.extend(self.apart(links));
        }
        let safety = if readings.len() == 1 && repairs.is_empty() { Safety::Safe } else { Safety::Ask };
        for tree in &readings {
            let mut around = Vec::new();
            tree.spines(&mut around);
            repairs.extend(self.parenthesized(&around, safety));
        }
        for index in &chain.conflicts {
            self.judged.slips[*index].repairs.clone_from(&repairs);
        }
    }

    /// `a < b < c` as `a < b /\ b < c`, as mathematicians mean it.
    fn apart(&self, links: &[Link]) -> Option<Repair> {
        let tree = read(links, &|before, operator| match reading(before, operator) {
            Reading::Conflict => Reading::Left,
            known => known,
        })?;
        let mut found = None;
        tree.walk(&mut |inner| {
            if let Tree::Infix(outer, left, _) = inner
                && let Tree::Infix(before, _, middle) = left.as_ref()
                && compares(*outer)
                && compares(*before)
            {
                found = Some((inner.span(), middle.span()));
            }
        });
        let (whole, middle) = found?;
        let text = self.source.get(middle.start..middle.end).filter(|text| !text.contains('\n'))?;
        let binds_tighter = |link: &Link| match link {
            Link::Operator(operator, _) => *operator != operators::AND && operator.operator().low.abs_diff(3) <= 1,
            Link::Operand(..) => false,
        };
        let mut edits = vec![Edit::insert(middle.end, format!(" /\\ {text}"))];
        if links.iter().any(binds_tighter) {
            edits.extend(self.around(&[whole])?);
        }
        Some(Repair { title: format!("compare `{text}` twice"), safety: Safety::Ask, edits })
    }

    fn parenthesized(&self, around: &[Span], safety: Safety) -> Option<Repair> {
        let first = around.first()?;
        let words: Vec<&str> = self.source.get(first.start..first.end)?.split_whitespace().collect();
        let title = format!("put parentheses around {}", super::shown(&words.join(" ")));
        Some(Repair { title, safety, edits: self.around(around)? })
    }

    /// The edits that put parentheses around spans, where that moves no bullet away from the others of its list.
    fn around(&self, spans: &[Span]) -> Option<Vec<Edit>> {
        let mut places: Vec<(usize, &str)> =
            spans.iter().flat_map(|span| [(span.start, "("), (span.end, ")")]).collect();
        if places.iter().any(|(offset, _)| self.moves_a_list(*offset)) {
            return None;
        }
        places.sort_unstable();
        let mut edits: Vec<Edit> = Vec::new();
        for (offset, text) in places {
            match edits.last_mut().filter(|last| last.span.start == offset) {
                Some(last) => last.text.push_str(text),
                None => edits.push(Edit::insert(offset, text)),
            }
        }
        Some(edits)
    }

    /// Whether a list has its first bullet on the line of an offset, behind it, and others on lines below.
    pub(super) fn moves_a_list(&self, offset: usize) -> bool {
        let from = self.tokens.partition_point(|token| (token.start as usize) < offset);
        let Some(line) = self.tokens.get(from).map(|token| token.line) else { return false };
        let on_line = self.tokens[from..].iter().take_while(|token| token.line == line);
        on_line.filter(|token| matches!(token.kind, Kind::Operator(operators::AND | operators::OR))).any(|bullet| {
            let below = self.tokens[from..].iter().skip_while(|token| token.line == line);
            below
                .take_while(|token| token.column >= bullet.column)
                .any(|token| token.column == bullet.column && token.kind == bullet.kind)
        })
    }

    /// What the operand of some tokens is.
    pub(super) fn sort_of(&self, first: Token, last: Token) -> Sort {
        let alone = first.start == last.start;
        match (first.kind, last.kind) {
            (Kind::Number, _) if alone => Sort::Number,
            (Kind::Str, _) if alone => Sort::Other,
            (Kind::LeftBrace, Kind::RightBrace) => Sort::Set,
            (Kind::LeftTuple, Kind::RightTuple) => Sort::Other,
            (Kind::Operator(operators::AND | operators::OR), _) => Sort::Truth,
            (Kind::Keyword(super::Keyword::Exists | super::Keyword::Forall), _) => Sort::Truth,
            (Kind::Identifier, _) => match first.text(self.source) {
                "TRUE" | "FALSE" if alone => Sort::Truth,
                "Nat" | "Int" | "Real" | "BOOLEAN" | "STRING" if alone => Sort::Set,
                "Cardinality" | "Len" if last.kind == Kind::RightParen => Sort::Number,
                _ => Sort::Unknown,
            },
            _ => Sort::Unknown,
        }
    }

    /// Tells a conflict of precedence and remembers it for the parentheses that come when all is read.
    pub(super) fn tell_conflict(&mut self, chain: &mut Chain, token: Token, message: String) {
        chain.conflicts.push(self.judged.slips.len());
        self.slip(SlipKind::Precedence, token.span(), message);
    }
}

/// The readings of an expression that mean something, the likeliest first: those that keep to the order of precedence where
/// there is one, or where none of them means anything, any.
fn readings(links: &[Link]) -> Vec<Tree> {
    let all = pairs(links);
    let open: Vec<(OperatorId, OperatorId)> =
        all.iter().copied().filter(|(left, right)| reading(*left, *right) == Reading::Conflict).collect();
    let found = sensible(links, &open);
    if found.is_empty() { sensible(links, &all) } else { found }
}

/// The operators of an expression that can meet, in order of place.
fn pairs(links: &[Link]) -> Vec<(OperatorId, OperatorId)> {
    let mut pairs = Vec::new();
    let mut before: Vec<OperatorId> = Vec::new();
    for link in links {
        let Link::Operator(operator, _) = link else { continue };
        if operator.fixity() == Fixity::Infix {
            for other in &before {
                if !pairs.contains(&(*other, *operator)) {
                    pairs.push((*other, *operator));
                }
            }
        }
        if !before.contains(operator) {
            before.push(*operator);
        }
    }
    pairs
}

/// The readings that mean something when each of some pairs is read either way.
fn sensible(links: &[Link], pairs: &[(OperatorId, OperatorId)]) -> Vec<Tree> {
    if pairs.len() > MOST_PAIRS {
        return Vec::new();
    }
    let mut masks: Vec<u32> = (0..1 << pairs.len()).collect();
    // A bit says that a pair is read in the unusual way.
    masks.sort_by_key(|mask| mask.count_ones());
    let mut found: Vec<(Vec<Span>, Tree)> = Vec::new();
    for mask in masks {
        let choose = |before, operator| {
            let Some(index) = pairs.iter().position(|pair| *pair == (before, operator)) else {
                return reading(before, operator);
            };
            match (usual(before, operator), mask & (1 << index) == 0) {
                (Reading::Right, true) | (Reading::Left, false) => Reading::Right,
                _ => Reading::Left,
            }
        };
        let Some(tree) = read(links, &choose).filter(|tree| tree.sort().is_some()) else { continue };
        let mut around = Vec::new();
        tree.spines(&mut around);
        if found.iter().all(|(other, _)| *other != around) {
            found.push((around, tree));
        }
    }
    found.into_iter().map(|(_, tree)| tree).collect()
}

/// Which of two operators without an order takes the operand between them in most other languages and in mathematics.
fn usual(left: OperatorId, right: OperatorId) -> Reading {
    let tightness = |operator: OperatorId| match operator.name() {
        "/\\" | "*" | "\\div" | "%" | "/" | "\\cap" => 1,
        "^" => 2,
        _ => 0,
    };
    let to_the_right =
        matches!(left.name(), "=>" | "~>" | "^" | "-+->") || (left == operators::EQUALS && right != left);
    match tightness(left).cmp(&tightness(right)) {
        std::cmp::Ordering::Less => Reading::Right,
        std::cmp::Ordering::Equal if to_the_right => Reading::Right,
        _ => Reading::Left,
    }
}

/// Builds the tree of an expression, given which of two operators takes the operand between them.
fn read(links: &[Link], choose: &impl Fn(OperatorId, OperatorId) -> Reading) -> Option<Tree> {
    let mut operands: Vec<Tree> = Vec::new();
    let mut waiting: Vec<(OperatorId, Span)> = Vec::new();
    for link in links {
        match *link {
            Link::Operand(span, sort) => operands.push(Tree::Leaf(span, sort)),
            Link::Operator(operator, span) => {
                while operator.fixity() == Fixity::Infix
                    && let Some((before, _)) = waiting.last()
                    && choose(*before, operator) == Reading::Left
                {
                    take(&mut waiting, &mut operands)?;
                }
                waiting.push((operator, span));
            }
        }
    }
    while !waiting.is_empty() {
        take(&mut waiting, &mut operands)?;
    }
    operands.pop().filter(|_| operands.is_empty())
}

/// Gives the last waiting operator its operands.
fn take(waiting: &mut Vec<(OperatorId, Span)>, operands: &mut Vec<Tree>) -> Option<()> {
    let (operator, span) = waiting.pop()?;
    let right = Box::new(operands.pop()?);
    let tree = match operator.fixity() {
        Fixity::Prefix => Tree::Prefix(operator, span, right),
        _ => Tree::Infix(operator, Box::new(operands.pop()?), right),
    };
    operands.push(tree);
    Some(())
}

impl Tree {
    fn span(&self) -> Span {
        match self {
            Tree::Leaf(span, _) => *span,
            Tree::Prefix(_, span, operand) => span.cover(operand.span()),
            Tree::Infix(_, left, right) => left.span().cover(right.span()),
        }
    }

    fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Tree)) {
        visit(self);
        match self {
            Tree::Leaf(..) => {}
            Tree::Prefix(_, _, operand) => operand.walk(visit),
            Tree::Infix(_, left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
        }
    }

    /// What the tree's value is; `None` where an operator is given what it can't be applied to.
    fn sort(&self) -> Option<Sort> {
        match self {
            Tree::Leaf(_, sort) => Some(*sort),
            Tree::Prefix(operator, _, operand) => {
                let (wanted, _, made) = signature(*operator);
                fits(operand.sort()?, wanted).then_some(made)
            }
            Tree::Infix(operator, left, right) => {
                let (first, second, made) = signature(*operator);
                let (left, right) = (left.sort()?, right.sort()?);
                let alike = !matches!(operator.name(), "=" | "/=") || fits(left, right);
                (fits(left, first) && fits(right, second) && alike).then_some(made)
            }
        }
    }

    /// Collects what needs parentheses for this reading. Gives the operators that one on the left of the tree meets, and
    /// those that one on its right does.
    fn spines(&self, around: &mut Vec<Span>) -> (Vec<OperatorId>, Vec<OperatorId>) {
        let met = |operator: OperatorId, ahead: OperatorId| match ahead.fixity() {
            Fixity::Prefix => ahead != operators::NEGATIVE || operator.operator().low <= ahead.operator().high,
            _ => reading(operator, ahead) == Reading::Right,
        };
        match self {
            Tree::Leaf(..) => (Vec::new(), Vec::new()),
            Tree::Prefix(operator, _, operand) => {
                let (ahead, mut behind) = operand.spines(around);
                if !ahead.iter().all(|ahead| met(*operator, *ahead)) {
                    around.push(operand.span());
                    behind.clear();
                }
                behind.push(*operator);
                (vec![*operator], behind)
            }
            Tree::Infix(operator, left, right) => {
                let (mut ahead, behind) = left.spines(around);
                if !behind.iter().all(|behind| reading(*behind, *operator) == Reading::Left) {
                    around.push(left.span());
                    ahead.clear();
                }
                let (inner, mut behind) = right.spines(around);
                if !inner.iter().all(|inner| met(*operator, *inner)) {
                    around.push(right.span());
                    behind.clear();
                }
                ahead.push(*operator);
                behind.push(*operator);
                (ahead, behind)
            }
        }
    }
}

/// What an operator is applied to and what it makes.
fn signature(operator: OperatorId) -> (Sort, Sort, Sort) {
    use Sort::{Number, Other, Set, Truth, Unknown};
    match operator.name() {
        "/\\" | "\\/" | "=>" | "\\equiv" | "~>" | "-+->" | "~" | "[]" | "<>" | "ENABLED" => (Truth, Truth, Truth),
        "=" | "/=" | "UNCHANGED" => (Unknown, Unknown, Truth),
        "\\in" | "\\notin" => (Unknown, Set, Truth),
        "\\subseteq" | "\\subset" | "\\supseteq" | "\\supset" => (Set, Set, Truth),
        "<" | ">" | "\\leq" | "\\geq" => (Number, Number, Truth),
        "+" | "-" | "-." | "*" | "\\div" | "%" | "^" | "/" => (Number, Number, Number),
        ".." => (Number, Number, Set),
        "\\cup" | "\\cap" | "\\" | "\\X" | "SUBSET" | "UNION" => (Set, Set, Set),
        "DOMAIN" => (Unknown, Unknown, Set),
        "\\o" => (Other, Other, Other),
        _ => (Unknown, Unknown, Unknown),
    }
}

fn fits(given: Sort, wanted: Sort) -> bool {
    given == wanted || given == Sort::Unknown || wanted == Sort::Unknown
}

fn compares(operator: OperatorId) -> bool {
    matches!(operator.name(), "=" | "<" | ">" | "\\leq" | "\\geq")
}
