//! What one action says, or Next itself, in a form that outlives the text of the module: its texts are owned, and its
//! places count within the definitions that it speaks of.

use crate::{diagnostic::Span, module::Module, syntax::tree::Name};

use super::{
    actions::Walked,
    conditions,
    facts::{self, Facts, FactsOf},
    operands::Reader,
    scopes::Scopes,
    walk::{Branch, Effect},
};

/// What following one definition brought to light. Branches and effects count from its own first; a branch without a
/// parent lies in the one where the action is called.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub homes: Homes,
    pub branches: Vec<Branch>,
    pub effects: Vec<Effect>,
    pub picks: Vec<(usize, usize)>,
    /// Definitions that are called, as indices of the homes.
    pub called: Vec<usize>,
    pub facts: FactsOf<Name>,
}

/// The definitions that a piece speaks of. Its places are counted as if their units stood one after the other.
#[derive(Debug, Default)]
pub(super) struct Homes {
    names: Vec<Name>,
    /// Where each unit begins, in that count.
    starts: Vec<usize>,
}

/// The homes of a piece in one module.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Indices into [`Module::definitions`].
    pub definitions: Vec<usize>,
    /// Where the units begin, in bytes of the document.
    offsets: Vec<usize>,
}

/// Homes that are being gathered.
struct Gathering<'m, 'a> {
    module: &'m Module<'a>,
    homes: Homes,
    found: Found,
    /// Where the last home ends, as its places are counted.
    end: usize,
}

impl Piece {
    /// Reads what was followed, as far as the budget goes; with the homes in this module.
    pub(super) fn of<'a>(
        module: &Module<'a>,
        scopes: &mut Scopes<'a>,
        walked: &Walked<'a>,
        source: &'a str,
        budget: &mut usize,
    ) -> (Self, Found) {
        let facts = facts::read(module, scopes, walked, source, budget);
        let mut homes = Gathering { module, homes: Homes::default(), found: Found::default(), end: 0 };
        let mut branches = walked.branches.clone();
        let mut reader = Reader { module, scopes, source, at: None };
        for (branch, guards) in branches.iter_mut().zip(&walked.guards).filter(|(branch, _)| !branch.dead) {
            branch.condition = conditions::of(&mut reader, guards);
        }
        let effects = walked.effects.iter().map(|effect| Effect {
            within: homes.take(effect.within),
            span: homes.keep(effect.span),
            ..*effect
        });
        let effects = effects.collect();
        let called = walked.called.iter().map(|called| homes.take(*called)).collect();
        let facts = owned(&mut homes, &facts);
        let Gathering { homes, found, .. } = homes;
        (Self { homes, branches, effects, picks: walked.picks.clone(), called, facts }, found)
    }
}

fn owned(homes: &mut Gathering<'_, '_>, facts: &Facts<'_>) -> FactsOf<Name> {
    let text = |text: &&str| Name::from(*text);
    let mut comparisons = Vec::with_capacity(facts.comparisons.len());
    for comparison in &facts.comparisons {
        let span = homes.keep(comparison.span);
        comparisons.push(comparison.retold(&text, |source| source, |_| span));
    }
    let mut built = Vec::with_capacity(facts.built.len());
    for record in &facts.built {
        let span = homes.keep(record.span);
        built.push(record.retold(&text, |source| source, |_| span));
    }
    let majorities = facts.majorities.iter().map(|majority| majority.retold(|source| source)).collect();
    let given = facts.given.iter().map(|given| given.retold(&text, |effect| effect)).collect();
    FactsOf { comparisons, majorities, built, given }
}

impl Gathering<'_, '_> {
    /// The index among the homes of a definition of the module.
    fn take(&mut self, definition: usize) -> usize {
        if let Some(known) = self.found.definitions.iter().position(|known| *known == definition) {
            return known;
        }
        let placed = &self.module.definitions[definition];
        self.homes.names.push(Name::from(placed.name()));
        self.homes.starts.push(self.end);
        self.found.definitions.push(definition);
        self.found.offsets.push(placed.offset);
        self.end += placed.value.span.end + 1;
        self.found.definitions.len() - 1
    }

    /// Bytes of the document as they are counted in the piece.
    fn keep(&mut self, span: Span) -> Span {
        let after = self.module.definitions.partition_point(|definition| definition.offset <= span.start);
        let home = self.take(after.saturating_sub(1));
        moved(span, self.found.offsets[home], self.homes.starts[home])
    }
}

impl Homes {
    /// The homes in a module; `None` where it lacks one.
    pub(super) fn found_in(&self, module: &Module<'_>) -> Option<Found> {
        let definitions: Option<Vec<usize>> = self.names.iter().map(|name| module.index_of(name)).collect();
        let definitions = definitions?;
        let offsets = definitions.iter().map(|definition| module.definitions[*definition].offset).collect();
        Some(Found { definitions, offsets })
    }

    /// A place of the piece as bytes of the document.
    pub(super) fn place(&self, found: &Found, span: Span) -> Span {
        let home = self.starts.partition_point(|start| *start <= span.start).saturating_sub(1);
        moved(span, self.starts[home], found.offsets[home])
    }
}

/// A span that counts from one byte, counted from another.
fn moved(span: Span, from: usize, to: usize) -> Span {
    let start = span.start - from + to;
    Span::new(start, start + span.len())
}
