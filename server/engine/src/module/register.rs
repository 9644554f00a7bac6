//! What is asked of every unit at every keystroke, as numbers that lie side by side: kept from one text to the next, and
//! changed only for the units that an edit touched.

use std::{
    ops::Range,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    frame::{Remembered, disjoined},
    link::{Link, is_dark},
    mentions::Mentions,
    words::{Lists, Word, Words},
};
use crate::{
    document::{Document, Unit},
    memo::Shared,
    syntax::{
        UnitSyntax,
        facts::{TypeRole, TypeUse, TypeValue},
        tree::{Body, Definition, ExprKind, Item},
    },
};

/// The units of a document in order, and what was worked out about each of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Register {
    pub words: Words,
    pub briefs: Vec<Brief>,
    /// The names that a unit's meaning hangs on, each once.
    pub(super) linked: Lists,
    /// Those that it binds or defines within itself.
    pub(super) bound: Lists,
    /// Those that stand alone under a prime.
    pub(super) primed: Lists,
    /// Modules that are instantiated within a LET or by a named definition.
    pub(super) instanced: Lists,
    /// The free names of its definition, each once, in alphabetical order.
    pub named: Lists,
    /// The names that are its disjuncts, where it is an action.
    pub(super) disjoined: Lists,
    /// See [`Facts::reads`](crate::syntax::facts::Facts::reads).
    pub reads: Lists,
    /// See [`Facts::fields_built`](crate::syntax::facts::Facts::fields_built).
    pub fields_built: Lists,
    /// The fields of [`Facts::fields_read`](crate::syntax::facts::Facts::fields_read), in its order.
    pub fields_read: Lists,
    /// The message types of [`Facts::types`](crate::syntax::facts::Facts::types), in its order; see [`TypeNumber`].
    pub types: Lists,
    /// What linking found each unit to mean.
    pub(super) links: Shared<Vec<Link>>,
    /// What each definition says of the next state.
    pub(super) frames: Shared<Vec<Remembered>>,
    /// Of long lists, such as Next may be, what each item hangs on.
    parts: Vec<Option<Arc<Parts>>>,
    units: Vec<Arc<UnitSyntax>>,
    /// How many words there were when all units were entered.
    words_at_first: usize,
}

/// The names that each item of a list hangs on, where the list is all that a definition without parameters is.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub names: Lists,
    pub count: usize,
}

/// Lists of so many items are looked at item by item: an edit elsewhere seldom touches more than one of them.
const MANY_ITEMS: usize = 32;

/// What is known of a unit without a look into its tree.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Brief {
    /// How many modules it is nested in.
    pub depth: u32,
    /// The name that it defines.
    pub defines: Option<Word>,
    pub fingerprint: u64,
    traits: u16,
}

/// Something that holds of a unit or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u16)]
pub(crate) enum Trait {
    /// SANY's parser would reject something in it.
    Slips = 1,
    /// Names may come from it that can't be told.
    Dark = 2,
    /// There is a `[A]_v`, `<<A>>_v` or a fairness condition in it.
    Temporal = 4,
    /// Nothing in it is broken or not understood.
    Whole = 8,
    /// Something in it is not looked into.
    LeftAlone = 16,
    /// It is an INSTANCE of its own.
    Instantiates = 32,
    /// It is `name == INSTANCE …`.
    IsInstance = 64,
    /// Some condition in it compares a parameter with a written value.
    Tests = 128,
    /// Some test of a message's type goes on with what to do for every other type.
    OtherTypes = 256,
    /// It is an assumption or a theorem.
    States = 512,
    /// It defines an operator that is written as a symbol.
    Symbol = 1024,
    /// See [`Facts::idle`](crate::syntax::facts::Facts::idle).
    Idle = 2048,
    /// See [`Facts::disjoins`](crate::syntax::facts::Facts::disjoins).
    Disjoins = 4096,
    /// Operators stand just right of the bullets of a list.
    Strays = 8192,
}

impl Brief {
    pub(crate) fn has(&self, what: Trait) -> bool {
        self.traits & what as u16 != 0
    }
}

/// The use of a message type in one number: its role and what is written, with the number of the name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TypeNumber(u32);

/// What is written where a message type is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Text(Word),
    Named(Word),
    Unknown,
}

const ROLES: [TypeRole; 4] = [TypeRole::Built, TypeRole::Tested, TypeRole::Changed, TypeRole::Elsewhere];

impl TypeNumber {
    /// Reads a number of [`Register::types`].
    pub(crate) fn of(number: u32) -> Self {
        Self(number)
    }

    pub(crate) fn role(self) -> TypeRole {
        ROLES[(self.0 & 3) as usize]
    }

    pub(crate) fn written(self) -> Written {
        match self.0 >> 2 & 3 {
            0 => Written::Text(self.0 >> 4),
            1 => Written::Named(self.0 >> 4),
            _ => Written::Unknown,
        }
    }

    fn made(used: &TypeUse, words: &mut Words) -> u32 {
        let role = ROLES.iter().position(|role| *role == used.role).unwrap_or_default() as u32;
        let (form, word) = match &used.value {
            TypeValue::Text(name) => (0, words.add(name)),
            TypeValue::Named(name) => (1, words.add(name)),
            TypeValue::Unknown => (2, 0),
        };
        word << 4 | form << 2 | role
    }
}

/// The register of a document and of those that it is edited into.
#[derive(Debug, Default)]
struct Trail(Mutex<Arc<Register>>);

impl Register {
    /// The register of a document: that of the text before it, brought up to date.
    pub(crate) fn of(document: &Document) -> Arc<Self> {
        let trail = document.trail().of::<Trail>();
        let mut known = trail.0.lock().unwrap_or_else(PoisonError::into_inner);
        let units = document.units();
        let touched = known.touched(units);
        if !touched.is_none_on(units) {
            // While an older text is still being judged, this one gets a register of its own.
            Arc::make_mut(&mut known).enter(units, touched);
        }
        Arc::clone(&known)
    }

    /// What each item of the list hangs on that the definition of a unit is; `None` where that is no long list.
    pub(super) fn parts_of(&self, unit: usize) -> Option<&Parts> {
        self.parts[unit].as_deref()
    }

    /// Which units are not those that were entered.
    fn touched(&self, units: &[Unit]) -> Touched {
        let same = |index: usize, unit: &Unit| {
            Arc::ptr_eq(&self.units[index], &unit.syntax) && self.briefs[index].depth == unit.range.depth
        };
        let (known, count) = (self.units.len(), units.len());
        let least = known.min(count);
        let before = (0..least).take_while(|index| same(*index, &units[*index])).count();
        let after = (0..least - before).take_while(|back| same(known - 1 - back, &units[count - 1 - back])).count();
        Touched { known: before..known - after, now: before..count - after }
    }

    fn enter(&mut self, units: &[Unit], touched: Touched) {
        // Names that no unit has any more are forgotten all at once, when they are the most.
        if self.words.len() > 2 * self.words_at_first + 4096 {
            *self = Self::default();
        }
        let is_first = self.units.is_empty();
        let Touched { known, now } = if is_first { Touched { known: 0..0, now: 0..units.len() } } else { touched };
        let mut entered = Entered::default();
        for unit in &units[now.clone()] {
            entered.add(unit, &mut self.words);
        }
        self.linked.replace(known.clone(), &entered.linked);
        self.bound.replace(known.clone(), &entered.bound);
        self.primed.replace(known.clone(), &entered.primed);
        self.instanced.replace(known.clone(), &entered.instanced);
        self.named.replace(known.clone(), &entered.named);
        self.disjoined.replace(known.clone(), &entered.disjoined);
        self.reads.replace(known.clone(), &entered.reads);
        self.fields_built.replace(known.clone(), &entered.fields_built);
        self.fields_read.replace(known.clone(), &entered.fields_read);
        self.types.replace(known.clone(), &entered.types);
        self.briefs.splice(known.clone(), entered.briefs);
        let links = now.clone().map(|_| Link::default());
        self.links.change(|kept| drop(kept.splice(known.clone(), links)));
        let frames = now.clone().map(|_| Remembered::default());
        self.frames.change(|kept| drop(kept.splice(known.clone(), frames)));
        self.parts.splice(known.clone(), entered.parts);
        self.units.splice(known, units[now].iter().map(|unit| Arc::clone(&unit.syntax)));
        if is_first {
            self.words_at_first = self.words.len();
        }
    }
}

/// The units that differ, by index: those that were entered and those that take their place.
struct Touched {
    known: Range<usize>,
    now: Range<usize>,
}

impl Touched {
    fn is_none_on(&self, units: &[Unit]) -> bool {
        self.known.is_empty() && self.now.is_empty() && self.now.end <= units.len()
    }
}

/// What is entered of the units that an edit touched.
#[derive(Default)]
struct Entered {
    briefs: Vec<Brief>,
    linked: Lists,
    bound: Lists,
    primed: Lists,
    instanced: Lists,
    named: Lists,
    disjoined: Lists,
    reads: Lists,
    fields_built: Lists,
    fields_read: Lists,
    types: Lists,
    parts: Vec<Option<Arc<Parts>>>,
}

impl Entered {
    fn add(&mut self, unit: &Unit, words: &mut Words) {
        let syntax = &*unit.syntax;
        let facts = &syntax.facts;
        let Mentions { names, bound, primed, instanced } = Mentions::of(&syntax.item);
        self.briefs.push(brief(unit, words));
        self.linked.push(names.iter().map(|name| words.add(name)));
        self.bound.push(bound.iter().map(|name| words.add(name)));
        self.primed.push(primed.iter().map(|name| words.add(name)));
        self.instanced.push(instanced.iter().map(|name| words.add(name)));
        self.named.push(syntax.mentions.each().iter().map(|name| words.add(name)));
        let body = match &syntax.item {
            Item::Definition(Definition { body: Body::Expression(body), .. }) => Some(body),
            _ => None,
        };
        self.disjoined.push(body.into_iter().flat_map(disjoined).map(|name| words.add(name)));
        self.reads.push(facts.reads.iter().map(|name| words.add(name)));
        self.fields_built.push(facts.fields_built.iter().map(|name| words.add(name)));
        self.fields_read.push(facts.fields_read.iter().map(|read| words.add(&read.field)));
        self.parts.push(parts(&syntax.item, words));
        self.types.push(facts.types.iter().map(|used| TypeNumber::made(used, words)));
    }
}

fn parts(item: &Item, words: &mut Words) -> Option<Arc<Parts>> {
    let Item::Definition(Definition { body: Body::Expression(body), parameters, bounds, .. }) = item else {
        return None;
    };
    let ExprKind::Junction { items, .. } = &body.kind else { return None };
    if items.len() < MANY_ITEMS || !parameters.is_empty() || !bounds.is_empty() {
        return None;
    }
    let mut parts = Parts { count: items.len(), ..Parts::default() };
    for item in items {
        parts.names.push(Mentions::within(item).iter().map(|name| words.add(name)));
    }
    Some(Arc::new(parts))
}

fn brief(unit: &Unit, words: &mut Words) -> Brief {
    let syntax = &*unit.syntax;
    let facts = &syntax.facts;
    let (mut defines, mut is_instance, mut is_symbol) = (None, false, false);
    match &syntax.item {
        Item::Definition(definition) => {
            defines = Some(words.add(&definition.ident.name));
            is_symbol = !definition.ident.name.starts_with(|first: char| first.is_alphanumeric() || first == '_');
            is_instance = matches!(definition.body, Body::Instance(_));
        }
        // A module's own name counts among the names of its units.
        Item::Header { name: Some(name) } => drop(words.add(&name.name)),
        _ => {}
    }
    let traits = [
        (Trait::Slips, !syntax.slips.is_empty()),
        (Trait::Dark, is_dark(unit)),
        (Trait::Temporal, facts.temporal),
        (Trait::Whole, facts.whole),
        (Trait::LeftAlone, syntax.refused.is_some() || syntax.proof),
        (Trait::IsInstance, is_instance),
        (Trait::Symbol, is_symbol),
        (Trait::Idle, facts.idle),
        (Trait::Disjoins, facts.disjoins),
        (Trait::Strays, !facts.strays.is_empty()),
        (Trait::Tests, !facts.tests.is_empty()),
        (Trait::OtherTypes, facts.other_types_handled),
        (Trait::Instantiates, matches!(syntax.item, Item::Instance { .. })),
        (Trait::States, matches!(syntax.item, Item::Assume { .. } | Item::Theorem { .. })),
    ];
    let traits = traits.iter().filter(|(_, holds)| *holds).fold(0, |sum, (each, _)| sum | *each as u16);
    Brief { depth: unit.range.depth, defines, fingerprint: syntax.fingerprint, traits }
}
