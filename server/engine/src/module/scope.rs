//! What names stand for: symbols, the scope that they are looked up in, and what a module exports.

use std::{
    hash::{Hash, Hasher},
    sync::Arc,
};

use super::{
    hash::{QuickHasher, QuickMap},
    level::{BuiltIn, Level, Signature},
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
        let added = || scope.added[since.symbols..].iter().filter_map(|name| scope.symbols.get(name));
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
    symbols: QuickMap<Name, SymbolRef>,
    /// The names in the order in which they were added.
    added: Vec<Name>,
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

/// A moment in the life of a scope.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    symbols: usize,
    modules: usize,
}

impl Scope {
    /// A scope without names.
    pub(super) fn empty() -> Self {
        Self { complete: true, ..Self::default() }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&SymbolRef> {
        self.symbols.get(name)
    }

    /// Adds a symbol whose name is free; returns the one that has the name already.
    pub(super) fn add(&mut self, symbol: SymbolRef) -> Option<SymbolRef> {
        match self.symbols.get(&symbol.name) {
            Some(earlier) => Some(Arc::clone(earlier)),
            None => {
                self.added.push(symbol.name.clone());
                self.symbols.insert(symbol.name.clone(), symbol);
                None
            }
        }
    }

    /// Puts a symbol in place of the one of its name.
    pub(super) fn replace(&mut self, symbol: SymbolRef) {
        self.symbols.insert(symbol.name.clone(), symbol);
    }

    /// This moment, for what is asked of it later.
    pub(super) fn mark(&self) -> Mark {
        Mark { symbols: self.added.len(), modules: self.nested.len() }
    }

    /// Forgets what was added after a moment.
    pub(super) fn forget(&mut self, since: Mark) {
        for name in self.added.drain(since.symbols..) {
            self.symbols.remove(&name);
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

    /// A number that changes whenever one of the names stands for something else, and with the module they stand in.
    pub(super) fn fingerprint<'n>(&self, home: &Name, names: impl Iterator<Item = &'n Name>) -> u64 {
        let mut hasher = QuickHasher::default();
        home.hash(&mut hasher);
        self.complete.hash(&mut hasher);
        for name in names {
            let symbol = self.symbols.get(name).or_else(|| self.compound.get(name));
            symbol.map_or(0, |symbol| symbol.fingerprint).hash(&mut hasher);
        }
        hasher.finish()
    }

    /// The names that are visible, in no particular order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Name> {
        self.symbols.keys()
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
