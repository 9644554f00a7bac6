//! What the guards and the new values of a walk say: tests, majorities, messages built, values given.

mod given;
mod scan;

use std::sync::Arc;

use crate::diagnostic::Span;

use super::{
    conditions::Condition,
    operands::{OperandOf, PlaceOf, SlotOf},
    walk::Walk,
};
pub(super) use scan::read;

/// Where a fact comes from: a guard of a branch, or the new value of an effect in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Source {
    pub branch: usize,
    pub effect: Option<usize>,
}

impl Source {
    /// Facts of guards before those of new values, each in order of place.
    pub(super) fn rank(self) -> (bool, usize) {
        (self.effect.is_some(), self.effect.unwrap_or(self.branch))
    }
}

/// Two sides that are compared.
#[derive(Debug)]
pub(crate) struct ComparisonOf<T> {
    /// `=`, `/=`, `<`, `>`, `\leq`, `\geq`, `\in`, `\notin`.
    pub operator: T,
    pub left: OperandOf<T>,
    pub right: OperandOf<T>,
    pub holds: bool,
    pub source: Source,
    /// Bytes of the document.
    pub span: Span,
}

pub(crate) type Comparison<'a> = ComparisonOf<&'a str>;

/// A test that more than half of something agrees.
#[derive(Debug)]
pub(crate) struct Majority {
    pub holds: bool,
    pub source: Source,
}

/// What a record is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be put somewhere.
    Made,
    /// To be looked for in a set, which has to hold it.
    Sought,
    /// To be looked for in a set that may not hold it.
    Absent,
}

/// A record (or tuple) that has a kind: a message, or an entry.
#[derive(Debug)]
pub(crate) struct BuiltOf<T> {
    pub kinds: Vec<T>,
    pub fields: Vec<T>,
    pub purpose: Purpose,
    pub source: Source,
    /// Bytes of the document.
    pub span: Span,
}

pub(crate) type Built<'a> = BuiltOf<&'a str>;

/// One value that an effect may give to a slot.
#[derive(Debug)]
pub(crate) struct GivenOf<T> {
    pub slot: SlotOf<T>,
    pub value: OperandOf<T>,
    /// Tells the index of EXCEPT; 0 where the whole is new.
    pub index: u64,
    /// Whether the value is the index itself: `![i] = i`.
    pub own_index: bool,
    /// What the conditions within the new value demand, where the value is one that can be named.
    pub condition: Option<Arc<Condition>>,
    /// What the value is made by: `Append`, `\o`, `+`, `\cup`, `\`, `SubSeq` …; empty for others.
    pub made_by: T,
    /// Whether `Append` or `\o` adds something that is not a field of a message.
    pub own_entry: bool,
    /// What `@` stands for in the conditions.
    pub at: Option<PlaceOf<T>>,
    pub effect: usize,
}

pub(crate) type Given<'a> = GivenOf<&'a str>;

/// All facts of one walk.
#[derive(Debug)]
pub(crate) struct FactsOf<T> {
    pub comparisons: Vec<ComparisonOf<T>>,
    pub majorities: Vec<Majority>,
    pub built: Vec<BuiltOf<T>>,
    pub given: Vec<GivenOf<T>>,
}

pub(crate) type Facts<'a> = FactsOf<&'a str>;

impl<T> Default for FactsOf<T> {
    fn default() -> Self {
        Self { comparisons: Vec::new(), majorities: Vec::new(), built: Vec::new(), given: Vec::new() }
    }
}

impl<T> FactsOf<T> {
    /// No facts yet, with room for as many as there are in several.
    pub(super) fn with_room_for<'f, U: 'f>(several: impl Iterator<Item = &'f FactsOf<U>> + Clone) -> Self {
        let room = |count: fn(&FactsOf<U>) -> usize| several.clone().map(count).sum();
        Self {
            comparisons: Vec::with_capacity(room(|facts| facts.comparisons.len())),
            majorities: Vec::with_capacity(room(|facts| facts.majorities.len())),
            built: Vec::with_capacity(room(|facts| facts.built.len())),
            given: Vec::with_capacity(room(|facts| facts.given.len())),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.comparisons.is_empty() && self.majorities.is_empty() && self.built.is_empty() && self.given.is_empty()
    }
}

impl Facts<'_> {
    /// Whether a majority is demanded on the way to an effect: by a guard above it, or within its new value.
    pub(crate) fn under_majority(&self, walk: &Walk, effect: usize) -> bool {
        let above = || std::iter::successors(Some(walk.effects[effect].branch), |branch| walk.branches[*branch].parent);
        self.majorities.iter().any(|majority| {
            majority.holds
                && match majority.source.effect {
                    Some(other) => other == effect,
                    None => above().any(|branch| branch == majority.source.branch),
                }
        })
    }
}

impl<T> ComparisonOf<T> {
    /// The same comparison at another place, its texts held in another way.
    pub(super) fn retold<'s, U>(
        &'s self,
        text: &impl Fn(&'s T) -> U,
        source: impl Fn(Source) -> Source,
        span: impl Fn(Span) -> Span,
    ) -> ComparisonOf<U> {
        ComparisonOf {
            operator: text(&self.operator),
            left: self.left.retold(text),
            right: self.right.retold(text),
            holds: self.holds,
            source: source(self.source),
            span: span(self.span),
        }
    }
}

impl Majority {
    /// The same test at another place.
    pub(super) fn retold(&self, source: impl Fn(Source) -> Source) -> Self {
        Self { holds: self.holds, source: source(self.source) }
    }
}

impl<T> BuiltOf<T> {
    /// The same record at another place, its texts held in another way.
    pub(super) fn retold<'s, U>(
        &'s self,
        text: &impl Fn(&'s T) -> U,
        source: impl Fn(Source) -> Source,
        span: impl Fn(Span) -> Span,
    ) -> BuiltOf<U> {
        BuiltOf {
            kinds: self.kinds.iter().map(text).collect(),
            fields: self.fields.iter().map(text).collect(),
            purpose: self.purpose,
            source: source(self.source),
            span: span(self.span),
        }
    }
}

impl<T> GivenOf<T> {
    /// The same value of another effect, its texts held in another way.
    pub(super) fn retold<'s, U>(&'s self, text: &impl Fn(&'s T) -> U, effect: impl Fn(usize) -> usize) -> GivenOf<U> {
        GivenOf {
            slot: self.slot.retold(text),
            value: self.value.retold(text),
            index: self.index,
            own_index: self.own_index,
            condition: self.condition.clone(),
            made_by: text(&self.made_by),
            own_entry: self.own_entry,
            at: self.at.as_ref().map(|at| at.retold(text)),
            effect: effect(self.effect),
        }
    }
}

/// Names of the field that tells what kind of message a record is, in whatever case, with and without `_`.
pub(crate) fn is_kind_field(field: &str) -> bool {
    const NAMES: &[&str] =
        &["type", "mtype", "msgtype", "kind", "mkind", "tag", "mtag", "messagetype", "typ", "msgkind", "1"];
    let letters = || field.bytes().filter(|letter| *letter != b'_').map(|letter| letter.to_ascii_lowercase());
    NAMES.iter().any(|name| letters().eq(name.bytes()))
}
