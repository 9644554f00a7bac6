//! What Next and Init say, action by action. What an action says is kept from one text of the module to the next, as
//! long as nothing that decides it changes.

use std::{
    hash::{BuildHasher, BuildHasherDefault},
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use crate::{
    memo::Kept,
    module::{Module, calls::Calls, hash::QuickHasher, keys},
    syntax::tree::Name,
};

use super::{
    actions::{self, Equals, Ground, Offer, Walked},
    context,
    facts::{Facts, Source},
    piece::{Found, Piece},
    scopes::Scopes,
    walk::{Action, Branch, Effect, Walk},
};

/// What Next says, and Init where there is one.
#[derive(Debug)]
pub(crate) struct Pieces {
    initial: Option<Whole>,
    next: Whole,
}

/// One definition with the actions that it offers.
#[derive(Debug)]
struct Whole {
    /// Index into [`Module::definitions`].
    definition: usize,
    own: Arc<Piece>,
    found: Found,
    offered: Vec<Offered>,
}

/// An action at its place.
#[derive(Debug)]
struct Offered {
    definition: usize,
    piece: Arc<Piece>,
    found: Found,
    /// The branch that it is called in.
    branch: usize,
    /// How many branches, effects and picks of the whole there are before its own.
    before: (usize, usize, usize),
}

/// How much may still be looked at.
#[derive(Debug, Clone, Copy)]
struct Budget {
    /// Expressions that are followed.
    walk: usize,
    /// Expressions that are read.
    scan: usize,
}

/// A piece with what it took to make it.
#[derive(Debug)]
struct Known {
    key: u64,
    piece: Arc<Piece>,
    spent: Budget,
}

/// What the action of a unit was last found to say, for each of the last places where it was called.
#[derive(Debug, Default)]
struct PieceMemo(Mutex<Vec<Known>>);

/// One definition with the actions that it offers, in a form that outlives the text of the module.
struct KnownWhole {
    own: Arc<Piece>,
    offered: Vec<KnownOffer>,
    spent: Budget,
}

/// An action that is offered, by its name.
struct KnownOffer {
    name: Name,
    piece: Arc<Piece>,
    branch: usize,
    before: (usize, usize, usize),
}

/// What Next or Init of a unit was last found to say, all that it reaches included.
#[derive(Default)]
struct WholeMemo(Kept<KnownWhole>);

/// For how many places a piece is kept.
const PLACES_KEPT: usize = 4;

/// What the pieces of one module are made with.
struct Maker<'m, 'a> {
    module: &'m Module<'a>,
    source: &'a str,
    scopes: Scopes<'a>,
    keys: Vec<Option<u64>>,
    steps: Vec<bool>,
    /// Changes with the definitions of names that are defined more than once.
    twins: u64,
    budget: Budget,
    /// Whether something was made that can't be kept.
    fleeting: bool,
}

impl Pieces {
    /// Follows Next and Init; `None` where there is no Next.
    pub(crate) fn of<'a>(module: &Module<'a>, calls: &Calls<'a>, source: &'a str) -> Option<Self> {
        let index = |name: &str| module.index_of(name);
        let next = index(calls.next?.name())?;
        let initial = calls.initial.and_then(|initial| index(initial.name()));
        let scopes = Scopes::of(module);
        let twins = context::twins(module, &scopes);
        let mut maker = Maker {
            module,
            source,
            scopes,
            twins,
            keys: keys::keys(module, calls),
            steps: actions::steps(module, calls),
            budget: Budget::of(module, source),
            fleeting: false,
        };
        let initial = initial.map(|initial| maker.whole(initial, Equals::Assigns));
        maker.budget = Budget::of(module, source);
        let next = maker.whole(next, Equals::Tests);
        Some(Self { initial, next })
    }

    /// What Next does, and what is known of it.
    pub(super) fn next<'s>(&'s self, module: &Module<'_>) -> (Walk, Facts<'s>) {
        self.next.assembled(module)
    }

    /// What is known of Init.
    pub(super) fn initial<'s>(&'s self, module: &Module<'_>) -> Facts<'s> {
        self.initial.as_ref().map(|initial| initial.assembled(module).1).unwrap_or_default()
    }
}

impl Budget {
    fn of(module: &Module<'_>, source: &str) -> Self {
        let size: usize = module.definitions.iter().map(|definition| definition.value.span.len()).sum();
        Self { walk: 4_000 + size, scan: 20_000 + source.len() * 4 }
    }

    /// What of it is gone, where so much is left.
    fn less(self, left: Self) -> Self {
        Self { walk: self.walk - left.walk, scan: self.scan - left.scan }
    }

    /// What is left when so much is spent; `None` where that is nothing.
    fn after(self, spent: Self) -> Option<Self> {
        let is_enough = spent.walk < self.walk && spent.scan < self.scan;
        is_enough.then(|| self.less(spent))
    }
}

impl KnownWhole {
    /// The same in a module that has all of it, where there is budget for it.
    fn found_in(&self, module: &Module<'_>, definition: usize, budget: &mut Budget) -> Option<Whole> {
        let left = budget.after(self.spent)?;
        let found = self.own.homes.found_in(module)?;
        let offered: Option<Vec<Offered>> = self.offered.iter().map(|offer| offer.found_in(module)).collect();
        let whole = Whole { definition, own: Arc::clone(&self.own), found, offered: offered? };
        *budget = left;
        Some(whole)
    }
}

impl KnownOffer {
    fn found_in(&self, module: &Module<'_>) -> Option<Offered> {
        let found = self.piece.homes.found_in(module)?;
        let definition = module.index_of(&self.name)?;
        Some(Offered { definition, piece: Arc::clone(&self.piece), found, branch: self.branch, before: self.before })
    }
}

impl Offered {
    fn known(&self, module: &Module<'_>) -> KnownOffer {
        let name = module.definitions[self.definition].value.ident.name.clone();
        KnownOffer { name, piece: Arc::clone(&self.piece), branch: self.branch, before: self.before }
    }
}

/// The marks of the scopes of Init and of Next themselves; what an action is called with depends on them.
const FIRST_MARKS: [u64; 2] = [1 << 60, 1 << 61];

impl<'a> Maker<'_, 'a> {
    /// What a definition says with all that it offers: as it was found in an earlier text, where nothing that it reaches
    /// is another, or else put together anew.
    fn whole(&mut self, definition: usize, equals: Equals) -> Whole {
        let key = self.keys[definition].map(|key| (key, self.twins, equals == Equals::Assigns));
        let key = key.map(|key| BuildHasherDefault::<QuickHasher>::default().hash_one(key));
        let unit = self.module.definitions[definition].unit;
        let memo = key.map(|key| (key, self.module.units[unit].syntax.memo.of::<WholeMemo>()));
        if let Some(known) = memo.as_ref().and_then(|(key, memo)| memo.0.get(*key))
            && let Some(whole) = known.found_in(self.module, definition, &mut self.budget)
        {
            return whole;
        }
        let before = self.budget;
        self.fleeting = false;
        let whole = self.whole_anew(definition, equals);
        if let Some((key, memo)) = memo.filter(|_| !self.fleeting) {
            let spent = before.less(self.budget);
            let offered = whole.offered.iter().map(|offered| offered.known(self.module)).collect();
            memo.0.keep(key, KnownWhole { own: Arc::clone(&whole.own), offered, spent });
        }
        whole
    }

    fn whole_anew(&mut self, definition: usize, equals: Equals) -> Whole {
        self.scopes.begin(FIRST_MARKS[usize::from(equals == Equals::Tests)]);
        let walked = actions::follow(self.ground(definition), equals);
        let (own, found) = Piece::of(self.module, &mut self.scopes, &walked, self.source, &mut self.budget.scan);
        self.fleeting |= !self.is_lasting(&walked);
        let mut offered = Vec::with_capacity(walked.offers.len());
        for (count, offer) in walked.offers.iter().enumerate() {
            let (piece, found) = self.piece(offer, definition, count, equals);
            let Offer { definition, branch, before, .. } = *offer;
            offered.push(Offered { definition, piece, found, branch, before });
        }
        Whole { definition, own: Arc::new(own), found, offered }
    }

    /// Whether what was just made follows from its key alone.
    fn is_lasting(&self, walked: &Walked<'a>) -> bool {
        !walked.cut && self.budget.walk > 0 && self.budget.scan > 0 && !self.scopes.met_twins()
    }

    fn ground(&mut self, from: usize) -> Ground<'_, 'a> {
        let Self { module, scopes, steps, budget, .. } = self;
        Ground { module, scopes, steps, budget: &mut budget.walk, from }
    }

    /// What an action says: as it was found in an earlier text, where all that decides it is the same, or else anew.
    fn piece(&mut self, offer: &Offer<'a>, from: usize, count: usize, equals: Equals) -> (Arc<Piece>, Found) {
        let Self { module, keys, scopes, source, twins, .. } = self;
        let key = context::Looked { module, keys, scopes, source, twins: *twins }.key(offer, equals);
        let unit = self.module.definitions[offer.definition].unit;
        let memo = key.map(|key| (key, self.module.units[unit].syntax.memo.of::<PieceMemo>()));
        let known = memo.as_ref().and_then(|(key, memo)| memo.known(*key, self.module, &mut self.budget));
        if let Some(known) = known {
            return known;
        }
        let before = self.budget;
        self.scopes.begin(key.unwrap_or((count as u64 + 1) << 32));
        let walked = actions::follow_offer(self.ground(from), offer, equals);
        let (piece, found) = Piece::of(self.module, &mut self.scopes, &walked, self.source, &mut self.budget.scan);
        let piece = Arc::new(piece);
        match memo.filter(|_| self.is_lasting(&walked)) {
            Some((key, memo)) => {
                memo.keep(Known { key, piece: Arc::clone(&piece), spent: before.less(self.budget) });
            }
            None => self.fleeting = true,
        }
        (piece, found)
    }
}

impl PieceMemo {
    /// The piece of a key with its homes, where there is budget for it.
    fn known(&self, key: u64, module: &Module<'_>, budget: &mut Budget) -> Option<(Arc<Piece>, Found)> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = known.iter().find(|known| known.key == key)?;
        let left = budget.after(known.spent)?;
        let found = known.piece.homes.found_in(module)?;
        *budget = left;
        Some((Arc::clone(&known.piece), found))
    }

    /// Keeps a piece; the oldest goes.
    fn keep(&self, piece: Known) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= PLACES_KEPT {
            known.remove(0);
        }
        known.push(piece);
    }
}

/// In which order what pieces have of one kind stands among all: own runs between those of the actions.
struct Order {
    /// The piece, 0 for the own one, with its indices.
    runs: Vec<(usize, Range<usize>)>,
    /// For each of the own its place among all.
    own: Vec<usize>,
    /// For each action the place of its first.
    bases: Vec<usize>,
}

impl Order {
    /// `offered` tells of each action how many of the own stand before it and how many it has.
    fn of(own: usize, offered: impl Iterator<Item = (usize, usize)>) -> Self {
        let mut order = Order { runs: Vec::new(), own: Vec::with_capacity(own), bases: Vec::new() };
        let mut shift = 0;
        for (action, (before, count)) in offered.enumerate() {
            order.fill(before, shift);
            order.bases.push(before + shift);
            order.runs.push((action + 1, 0..count));
            shift += count;
        }
        order.fill(own, shift);
        order
    }

    fn fill(&mut self, before: usize, shift: usize) {
        let begun = self.own.len();
        self.runs.push((0, begun..before));
        self.own.extend((begun..before).map(|index| index + shift));
    }

    fn place(&self, piece: usize, index: usize) -> usize {
        match piece.checked_sub(1) {
            Some(action) => self.bases[action] + index,
            None => self.own[index],
        }
    }

    /// Each with its piece, in order.
    fn each(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.runs.iter().flat_map(|(piece, indices)| indices.clone().map(|index| (*piece, index)))
    }
}

impl Whole {
    /// All pieces as one, in the order of the text that Next reaches: each action where it is called.
    fn assembled<'s>(&'s self, module: &Module<'_>) -> (Walk, Facts<'s>) {
        let offered = || self.offered.iter();
        let pieces: Vec<(&'s Piece, &'s Found)> = std::iter::once((&*self.own, &self.found))
            .chain(offered().map(|offered| (&*offered.piece, &offered.found)))
            .collect();
        let branches = Order::of(self.own.branches.len(), offered().map(|it| (it.before.0, it.piece.branches.len())));
        let effects = Order::of(self.own.effects.len(), offered().map(|it| (it.before.1, it.piece.effects.len())));
        let picks = Order::of(self.own.picks.len(), offered().map(|it| (it.before.2, it.piece.picks.len())));
        let mut called = vec![false; module.definitions.len()];
        for (piece, found) in &pieces {
            piece.called.iter().for_each(|home| called[found.definitions[*home]] = true);
        }
        let walk = Walk {
            branches: branches
                .each()
                .map(|(action, index)| {
                    let branch = pieces[action].0.branches[index].clone();
                    let parent = match (branch.parent, action.checked_sub(1)) {
                        (None, Some(offered)) => Some(branches.place(0, self.offered[offered].branch)),
                        (parent, _) => parent.map(|parent| branches.place(action, parent)),
                    };
                    Branch { parent, action, ..branch }
                })
                .collect(),
            effects: effects
                .each()
                .map(|(action, index)| {
                    let (piece, found) = pieces[action];
                    let effect = piece.effects[index];
                    let (within, span) = (found.definitions[effect.within], piece.homes.place(found, effect.span));
                    Effect { branch: branches.place(action, effect.branch), within, span, ..effect }
                })
                .collect(),
            actions: std::iter::once(self.definition)
                .chain(offered().map(|offered| offered.definition))
                .map(|definition| Action { definition })
                .collect(),
            picks: picks
                .each()
                .map(|(action, index)| {
                    let (variable, branch) = pieces[action].0.picks[index];
                    (variable, branches.place(action, branch))
                })
                .collect(),
            called,
        };
        let mut facts = Facts::with_room_for(pieces.iter().map(|(piece, _)| &piece.facts));
        // As they are found when all is read at once: guards first, then new values.
        for values in [false, true] {
            for (action, (piece, found)) in pieces.iter().enumerate() {
                let place = |source: Source| Source {
                    branch: branches.place(action, source.branch),
                    effect: source.effect.map(|effect| effects.place(action, effect)),
                };
                let span = |span| piece.homes.place(found, span);
                let here = |source: Source| source.effect.is_some() == values;
                let told = &piece.facts;
                let comparisons = told.comparisons.iter().filter(|it| here(it.source));
                facts.comparisons.extend(comparisons.map(|it| it.retold(&Name::as_str, place, span)));
                let majorities = told.majorities.iter().filter(|it| here(it.source));
                facts.majorities.extend(majorities.map(|it| it.retold(place)));
                let built = told.built.iter().filter(|it| here(it.source));
                facts.built.extend(built.map(|it| it.retold(&Name::as_str, place, span)));
            }
        }
        for (action, (piece, _)) in pieces.iter().enumerate() {
            let given = piece.facts.given.iter();
            facts.given.extend(given.map(|it| it.retold(&Name::as_str, |effect| effects.place(action, effect))));
        }
        // Only what Next itself says may not be at its place yet.
        if !self.own.facts.is_empty() {
            facts.comparisons.sort_by_key(|comparison| comparison.source.rank());
            facts.majorities.sort_by_key(|majority| majority.source.rank());
            facts.built.sort_by_key(|built| built.source.rank());
            facts.given.sort_by_key(|given| given.effect);
        }
        (walk, facts)
    }
}
