//! What names stand for: symbols, the scope that they are looked up in, and what a module exports.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use super::{
    hash::{QuickHasher, QuickMap},
    level::{BuiltIn, Level, Signature},
    link::Link,
    register::Register,
    words::Word,
};
use crate::syntax::tree::Name;

/// What a name was declared or defined as. TLA+ has one space of names for all of them.
#[derive(Debug, Clone)]
pub(crate) enum SymbolKind {
    Constant,
    Variable,
    Operator,
    /// The name of a theorem or an assumption.
    Theorem,
    /// `M == INSTANCE N`: what N exports, where N is known.
    Instance(Option<Arc<Exports>>),
}

/// A declared or defined name.
#[derive(Debug, Clone)]
pub(crate) struct Symbol {
    pub name: Name,
    pub kind: SymbolKind,
    /// How many arguments each of its parameters takes itself; 0 for ordinary ones.
    pub parameters: Box<[usize]>,
    /// The number of bounds of a function definition.
    pub function: Option<usize>,
    pub local: bool,
    /// Declared RECURSIVE and not yet defined.
    pub pending: bool,
    /// The labels of a definition with the numbers of their parameters, those within others left out.
    pub labels: Vec<(Name, usize)>,
    /// A theorem that says ASSUME … PROVE ….
    pub assume_prove: bool,
    /// The module that declares or defines it.
    pub home: Name,
    pub signature: Signature,
    /// Changes whenever anything of it does; of use once it is shared.
    pub(super) fingerprint: u64,
}

pub(crate) type SymbolRef = Arc<Symbol>;

impl Symbol {
    pub(super) fn new(
        name: Name,
        kind: SymbolKind,
        parameters: Box<[usize]>,
        home: Name,
        signature: Signature,
    ) -> Self {
        Self {
            name,
            kind,
            parameters,
            function: None,
            local: false,
            pending: false,
            labels: Vec::new(),
            assume_prove: false,
            home,
            signature,
            fingerprint: 0,
        }
    }

    /// The symbol, complete and ready to be shared.
    pub(super) fn shared(mut self) -> SymbolRef {
        let mut hasher = QuickHasher::default();
        let kind = std::mem::discriminant(&self.kind);
        (&self.name, kind, &self.parameters, self.function, self.pending, &self.home, &self.signature)
            .hash(&mut hasher);
        (&self.labels, self.assume_prove).hash(&mut hasher);
        if let SymbolKind::Instance(Some(exports)) = &self.kind {
            exports.fingerprint.hash(&mut hasher);
        }
        self.fingerprint = hasher.finish();
        Arc::new(self)
    }

    pub(crate) fn arity(&self) -> usize {
        self.parameters.len()
    }

    pub(super) fn is_declared(&self) -> bool {
        matches!(self.kind, SymbolKind::Constant | SymbolKind::Variable)
    }

    /// Whether SANY keeps both in nodes of one class, so that EXTENDS takes the first of two without an error.
    pub(super) fn has_class_of(&self, other: &Symbol) -> bool {
        let class = |symbol: &Symbol| match symbol.kind {
            SymbolKind::Constant | SymbolKind::Variable => 0,
            SymbolKind::Operator | SymbolKind::Instance(_) => 1,
            SymbolKind::Theorem => 2,
        };
        class(self) == class(other)
    }

    /// Whether SANY only warns of two symbols of one name: they are of one kind and take as many arguments.
    pub(super) fn agrees_with(&self, other: &Symbol) -> bool {
        std::mem::discriminant(&self.kind) == std::mem::discriminant(&other.kind) && self.arity() == other.arity()
    }

    /// What it is, for messages: "the variable".
    pub(crate) fn noun(&self) -> &'static str {
        match self.kind {
            SymbolKind::Constant => "constant",
            SymbolKind::Variable => "variable",
            SymbolKind::Operator if self.function.is_some() => "function",
            SymbolKind::Operator if self.parameters.is_empty() => "definition",
            SymbolKind::Operator => "operator",
            SymbolKind::Theorem => "theorem",
            SymbolKind::Instance(_) => "instance",
        }
    }
}

/// What a module gives to those that extend or instantiate it.
#[derive(Debug, Default)]
pub(crate) struct Exports {
    pub module: Name,
    /// In the order in which they come into being; those of extended modules too.
    pub symbols: Vec<SymbolRef>,
    by_name: QuickMap<Name, usize>,
    /// Named instances that come with an unnamed one: reached by `M!Op`, but M itself stays free.
    pub compound: Vec<SymbolRef>,
    pub modules: Vec<(Name, Arc<Exports>)>,
    /// Whether nothing was left out that could not be understood.
    pub complete: bool,
    /// Whether it has no variables and no definition above the constant level.
    pub constant: bool,
    fingerprint: u64,
}

impl Exports {
    /// What was added to a scope after a moment.
    pub(super) fn of(module: Name, scope: &Scope, since: Mark) -> Arc<Self> {
        let complete = scope.complete;
        let added = || scope.added[since.symbols..].iter().filter_map(|number| scope.at(*number));
        let symbols: Vec<SymbolRef> = added().filter(|symbol| !symbol.local).cloned().collect();
        let by_name = symbols.iter().enumerate().map(|(index, symbol)| (symbol.name.clone(), index)).collect();
        let constant = added().all(|symbol| {
            !matches!(symbol.kind, SymbolKind::Variable)
                && !symbol.signature.unknown
                && symbol.signature.level == Level::Constant
        });
        let nested = scope.nested[since.modules..].iter();
        let modules = nested.filter_map(|name| Some((name.clone(), Arc::clone(scope.modules.get(name)?)))).collect();
        let mut compound: Vec<SymbolRef> = scope.compound.values().cloned().collect();
        compound.sort_by(|one, other| one.name.cmp(&other.name));
        let mut hasher = QuickHasher::default();
        (&module, complete).hash(&mut hasher);
        symbols.iter().chain(&compound).for_each(|symbol| symbol.fingerprint.hash(&mut hasher));
        let fingerprint = hasher.finish();
        Arc::new(Self { module, symbols, by_name, compound, modules, complete, constant, fingerprint })
    }

    pub(crate) fn get(&self, name: &str) -> Option<&SymbolRef> {
        self.by_name.get(name).map(|index| &self.symbols[*index])
    }

    /// An instance that the first part of `M!Op` names.
    pub(super) fn instance(&self, name: &str) -> Option<&SymbolRef> {
        self.get(name).or_else(|| self.compound.iter().find(|symbol| symbol.name == name))
    }

    pub(super) fn declared(&self) -> impl Iterator<Item = &SymbolRef> {
        self.symbols.iter().filter(|symbol| symbol.is_declared())
    }
}

/// The names that are visible at one point of a module, outside of all definitions.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    /// The register of the document that is linked: its words are the numbers of most names.
    register: Arc<Register>,
    /// The numbers of other names.
    others: QuickMap<Name, usize>,
    /// What the units of the document were found to mean in an earlier text.
    pub(super) kept: Arc<Vec<Link>>,
    /// By the number of the name.
    slots: Vec<Slot>,
    /// The fingerprints of the symbols, 0 where there is none.
    fingerprints: Vec<u64>,
    /// The numbers of the names in the order in which they were added.
    added: Vec<usize>,
    /// Instances that are only reached by `M!Op`.
    pub(super) compound: QuickMap<Name, SymbolRef>,
    /// Nested modules, and those that came with extended ones.
    modules: QuickMap<Name, Arc<Exports>>,
    /// Their names in the order in which they were added.
    nested: Vec<Name>,
    /// Other modules that this one names; `None` where there is none to be found.
    pub(super) loaded: QuickMap<Name, Option<Arc<Exports>>>,
    /// Whether every name that could be there is known.
    pub complete: bool,
}

/// What has a name.
#[derive(Debug, Clone, Default)]
enum Slot {
    #[default]
    Free,
    /// What the unit at this index defined in an earlier text too; one of [`Scope::kept`].
    Kept(u32),
    Own(SymbolRef),
}

/// A moment in the life of a scope.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    symbols: usize,
    modules: usize,
}

impl Scope {
    /// A scope without names, for the units of a register.
    pub(super) fn empty(register: Arc<Register>) -> Self {
        let count = register.words.len();
        Self {
            kept: register.links.get(),
            slots: vec![Slot::Free; count],
            fingerprints: vec![0; count],
            complete: true,
            register,
            ..Self::default()
        }
    }

    pub(super) fn register(&self) -> &Register {
        &self.register
    }

    fn number_of(&self, name: &str) -> Option<usize> {
        self.register.words.get(name).map(|word| word as usize).or_else(|| self.others.get(name).copied())
    }

    fn number_for(&mut self, name: &Name) -> usize {
        self.number_of(name).unwrap_or_else(|| {
            self.others.insert(name.clone(), self.slots.len());
            self.slots.push(Slot::Free);
            self.fingerprints.push(0);
            self.slots.len() - 1
        })
    }

    pub(crate) fn get(&self, name: &str) -> Option<&SymbolRef> {
        self.at(self.number_of(name)?)
    }

    fn at(&self, number: usize) -> Option<&SymbolRef> {
        match &self.slots[number] {
            Slot::Free => None,
            Slot::Kept(unit) => self.kept[*unit as usize].plain.as_ref(),
            Slot::Own(symbol) => Some(symbol),
        }
    }

    /// Adds a symbol whose name is free; returns the one that has the name already.
    pub(super) fn add(&mut self, symbol: SymbolRef) -> Option<SymbolRef> {
        let number = self.number_for(&symbol.name);
        if let Some(earlier) = self.at(number) {
            return Some(Arc::clone(earlier));
        }
        self.added.push(number);
        self.put(number, symbol.fingerprint, Slot::Own(symbol));
        None
    }

    /// Adds what a definition is, whose name has this number: where the name is free or only declared RECURSIVE.
    pub(super) fn define(&mut self, name: Word, symbol: &SymbolRef) {
        self.define_at(name as usize, symbol.fingerprint, Slot::Own(Arc::clone(symbol)));
    }

    /// Adds what the definition of a unit is, where nothing is wrong with it and all that decides it is as before; says
    /// whether it is so.
    pub(super) fn define_as_before(&mut self, unit: usize, name: Word, home: &Name) -> bool {
        let Some(link) = self.kept.get(unit).filter(|link| link.plain.is_some()) else { return false };
        if link.key != self.fingerprint(home, unit) {
            return false;
        }
        self.define_at(name as usize, link.fingerprint, Slot::Kept(unit as u32));
        true
    }

    fn define_at(&mut self, number: usize, fingerprint: u64, slot: Slot) {
        match self.at(number) {
            Some(earlier) if !earlier.pending => return,
            Some(_) => {}
            None => self.added.push(number),
        }
        self.put(number, fingerprint, slot);
    }

    fn put(&mut self, number: usize, fingerprint: u64, slot: Slot) {
        self.fingerprints[number] = fingerprint;
        self.slots[number] = slot;
    }

    /// This moment, for what is asked of it later.
    pub(super) fn mark(&self) -> Mark {
        Mark { symbols: self.added.len(), modules: self.nested.len() }
    }

    /// Forgets what was added after a moment.
    pub(super) fn forget(&mut self, since: Mark) {
        for number in self.added.split_off(since.symbols) {
            self.put(number, 0, Slot::Free);
        }
        for name in self.nested.drain(since.modules..) {
            self.modules.remove(&name);
        }
    }

    /// Adds a nested module, unless there is one of its name.
    pub(super) fn nest(&mut self, name: Name, exports: Arc<Exports>) {
        if !self.modules.contains_key(&name) {
            self.nested.push(name.clone());
            self.modules.insert(name, exports);
        }
    }

    pub(super) fn nested(&self, name: &str) -> Option<&Arc<Exports>> {
        self.modules.get(name)
    }

    /// What a module exports, nested ones first; `None` where it can't be found.
    pub(super) fn module(&self, name: &str) -> Option<&Arc<Exports>> {
        self.modules.get(name).or_else(|| self.loaded.get(name)?.as_ref())
    }

    /// A number that changes whenever one of a unit's names stands for something else, and with the module it is in.
    pub(super) fn fingerprint(&self, home: &Name, unit: usize) -> u64 {
        self.fingerprint_of(home, self.register.linked.at(unit))
    }

    /// The same for other words of the register.
    pub(super) fn fingerprint_of(&self, home: &Name, of: &[Word]) -> u64 {
        let words = &self.register.words;
        let mut hasher = QuickHasher::default();
        home.hash(&mut hasher);
        self.complete.hash(&mut hasher);
        let home = words.get(home);
        for word in of.iter().chain(&home) {
            let fingerprint = match self.fingerprints[*word as usize] {
                0 if !self.compound.is_empty() => {
                    self.compound.get(words.name(*word)).map_or(0, |symbol| symbol.fingerprint)
                }
                known => known,
            };
            hasher.write_u64(fingerprint);
        }
        hasher.finish()
    }

    /// The names that are visible, in no particular order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Name> {
        (0..self.slots.len()).filter_map(|number| self.at(number)).map(|symbol| &symbol.name)
    }
}

/// What a name was found to be.
pub(super) enum Found<'s> {
    BuiltIn(&'static BuiltIn),
    Symbol(&'s SymbolRef),
    /// A bound name, with the number of its bounds' arguments where it is a function in its own definition.
    Bound,
    Parameter {
        index: usize,
        arity: usize,
    },
}
