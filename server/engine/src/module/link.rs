//! Links a module: its units in order, with the modules that it extends and instantiates.

use std::{cell::OnceCell, sync::Arc};

use super::{
    hash::QuickMap,
    labels,
    level::{Level, Leveled, Signature, built_in},
    library,
    mentions::Mentions,
    problem::{Fault, Problem},
    register::{Register, Trait},
    resolve::{Resolver, pending, taken},
    scope::{Exports, Mark, Scope, Symbol, SymbolKind, SymbolRef},
    words::Word,
};
use crate::{
    Document, ModuleSource,
    diagnostic::Span,
    document::Unit,
    syntax::{
        Slip,
        tree::{Body, Declared, Definition, Expr, ExprKind, Ident, Item, LetItem, Name},
    },
};

/// A module with its names resolved.
#[derive(Debug, Default)]
pub(crate) struct Linked {
    /// What is visible at the end of the outermost module.
    pub scope: Scope,
    /// What is wrong, with the index of the unit, in order of place.
    pub problems: Vec<(usize, Problem)>,
    pub register: Arc<Register>,
    /// The words that some unit binds.
    bound: OnceCell<Vec<bool>>,
}

/// What a unit means where its names stand for what they stood for.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    symbol: Option<SymbolRef>,
    problems: Vec<Problem>,
}

/// What a unit was found to mean, with the number that decides it; see [`Scope::fingerprint`].
#[derive(Debug, Clone, Default)]
pub(super) struct Link {
    pub(super) key: u64,
    meaning: Option<Arc<Meaning>>,
    /// What it defines, where nothing is wrong with it.
    pub(super) plain: Option<SymbolRef>,
    /// The fingerprint of that symbol.
    pub(super) fingerprint: u64,
    /// The items of a long list.
    parts: Vec<PartLink>,
}

/// The level of one item of a long list, with the number that decides it; 0 where it can't be kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartLink {
    pub key: u64,
    pub level: Leveled,
}

impl Linked {
    /// Links the outermost module of a document.
    pub(crate) fn of(document: &Document, modules: &dyn ModuleSource) -> Self {
        let mut linker = Linker {
            source: modules,
            root: Some(document),
            loaded: QuickMap::default(),
            active: Vec::new(),
            circular: None,
            found: Vec::new(),
        };
        linker.active.extend(document.module_name().map(Name::new));
        linker.module(document)
    }

    /// Whether some unit binds a name or defines it within itself, so that it can't come from elsewhere.
    pub(crate) fn binds(&self, name: &str) -> bool {
        let bound = self.bound.get_or_init(|| {
            let mut bound = vec![false; self.register.words.len()];
            self.register.bound.whole().iter().for_each(|word| bound[*word as usize] = true);
            bound
        });
        self.register.words.get(name).is_some_and(|word| bound[word as usize])
    }

    /// Whether a name may stand in the unit at an index as an operator, free or bound.
    pub(crate) fn may_use(&self, unit: usize, name: &str) -> bool {
        let brief = &self.register.briefs[unit];
        let is_read = brief.defines.is_some() || brief.has(Trait::States);
        let has = |word: Word| self.register.linked.at(unit).contains(&word);
        !is_read || built_in(name).is_some() || self.register.words.get(name).is_some_and(has)
    }

    /// Whether the next value of a name is spoken of somewhere: the name alone under a prime.
    pub(crate) fn is_primed(&self, name: &str) -> bool {
        self.register.words.get(name).is_some_and(|word| self.register.primed.whole().contains(&word))
    }

    pub(crate) fn symbol(&self, name: &str) -> Option<&SymbolRef> {
        self.scope.get(name)
    }

    /// The level of a definition, constant or variable; `None` where it can't be told.
    pub(crate) fn level_of(&self, name: &str) -> Option<Level> {
        let symbol = self.scope.get(name)?;
        match symbol.kind {
            SymbolKind::Constant => Some(Level::Constant),
            SymbolKind::Variable => Some(Level::State),
            SymbolKind::Operator if !symbol.signature.unknown => Some(symbol.signature.level),
            _ => None,
        }
    }
}

/// What a module of the library exports, given where other modules come from.
pub(crate) fn exports_of(name: &str, modules: &dyn ModuleSource) -> Option<Arc<Exports>> {
    let document = library::document(name)?;
    let mut linker = Linker {
        source: modules,
        root: None,
        loaded: QuickMap::default(),
        active: vec![Name::new(name)],
        circular: None,
        found: Vec::new(),
    };
    Some(linker.exports(&Name::new(name), document))
}

/// The modules that a document extends or instantiates, nested modules left out.
pub(super) fn modules_named_in(document: &Document) -> Vec<Name> {
    let mut names = Vec::new();
    for unit in document.units() {
        match &unit.syntax.item {
            Item::Extends(extended) => names.extend(extended.iter().map(|ident| ident.name.clone())),
            Item::Instance { instance, .. } => names.push(instance.module.name.clone()),
            Item::Definition(_) => names.extend(Mentions::of(&unit.syntax.item).instanced),
            _ => {}
        }
    }
    names
}

struct Linker<'a> {
    source: &'a dyn ModuleSource,
    /// The document that is judged, which may hold several modules.
    root: Option<&'a Document>,
    /// Modules that were asked for; `None` where there is none.
    loaded: QuickMap<Name, Option<Arc<Exports>>>,
    /// The modules that are being linked, outermost first.
    active: Vec<Name>,
    /// Whether one of them was asked for again: the outermost one.
    circular: Option<Name>,
    /// What the units of the innermost one were found to mean by now, with their indices.
    found: Vec<(usize, Link)>,
}

/// A module within the document, while its units are read.
struct Nest {
    name: Name,
    /// When it was opened.
    since: Mark,
    /// Names declared RECURSIVE and not yet defined, with their unit and place.
    pending: Vec<(usize, Ident)>,
}

impl Linker<'_> {
    /// What a module exports; `None` where it can't be found.
    fn load(&mut self, name: &Name) -> Option<Arc<Exports>> {
        if let Some(known) = self.loaded.get(name) {
            return known.clone();
        }
        if self.active.contains(name) {
            if self.active.first() == Some(name) {
                self.circular = Some(name.clone());
            }
            return None;
        }
        let found = match self.source.module(name) {
            Some(document) => {
                self.active.push(name.clone());
                let exports = self.exports(name, &document);
                self.active.pop();
                Some(exports)
            }
            None => self.in_library(name).or_else(|| self.beside_root(name)).or_else(|| self.elsewhere(name)),
        };
        self.loaded.insert(name.clone(), found.clone());
        found
    }

    fn in_library(&mut self, name: &Name) -> Option<Arc<Exports>> {
        let document = library::document(name)?;
        let replaced = library::needs(name).iter().any(|needed| self.source.module(needed).is_some());
        if !replaced && self.active.first() != Some(name) {
            return library::exports(name);
        }
        self.active.push(name.clone());
        let exports = self.exports(name, document);
        self.active.pop();
        Some(exports)
    }

    /// A module of the workspace that SANY would have to be told of.
    fn elsewhere(&mut self, name: &Name) -> Option<Arc<Exports>> {
        let document = self.source.module_elsewhere(name)?;
        self.active.push(name.clone());
        let exports = self.exports(name, &document);
        self.active.pop();
        Some(exports)
    }

    /// A file may hold further modules beside the one that it is named after.
    fn beside_root(&mut self, name: &Name) -> Option<Arc<Exports>> {
        let layout = self.root?.layout();
        let source = self.root?.source();
        let around = [layout.after, layout.before];
        let text = around.into_iter().filter_map(|span| source.get(span.start..span.end)).find_map(|text| {
            let at = text.match_indices("MODULE").map(|(at, _)| at).find(|at| {
                let named = text[at + "MODULE".len()..].trim_start().strip_prefix(name.as_str());
                let dashed = text[..*at].trim_end().ends_with("----");
                dashed && named.is_some_and(|rest| rest.trim_start().starts_with("----"))
            })?;
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            Some(&text[line..])
        })?;
        let document = Document::from(text);
        self.active.push(name.clone());
        let exports = self.exports(name, &document);
        self.active.pop();
        Some(exports)
    }

    fn exports(&mut self, name: &Name, document: &Document) -> Arc<Exports> {
        let mut linked = self.module(document);
        linked.scope.complete &= document.layout().closed && !document.units().iter().any(is_dark);
        Exports::of(name.clone(), &linked.scope, Mark::default())
    }

    fn module(&mut self, document: &Document) -> Linked {
        let register = Register::of(document);
        let scope = Scope::empty(Arc::clone(&register));
        let mut linked = Linked { scope, register: Arc::clone(&register), ..Linked::default() };
        let mut nests: Vec<Nest> = Vec::new();
        let outer = std::mem::take(&mut self.found);
        for (index, (unit, brief)) in document.units().iter().zip(&register.briefs).enumerate() {
            match (brief.defines, nests.last_mut()) {
                (Some(name), Some(nest)) => self.definition(index, unit, name, nest, &mut linked),
                _ => self.unit(index, unit, &mut nests, &mut linked),
            }
        }
        while let Some(nest) = nests.pop() {
            close(nest, &mut linked);
        }
        let found = std::mem::replace(&mut self.found, outer);
        if !found.is_empty() {
            register.links.keep(&mut linked.scope.kept, |links| {
                found.into_iter().for_each(|(unit, link)| links[unit] = link);
            });
        }
        linked
    }

    fn unit(&mut self, index: usize, unit: &Unit, nests: &mut Vec<Nest>, linked: &mut Linked) {
        if let Item::Header { name } = &unit.syntax.item {
            return self.open(index, name.as_ref(), nests, linked);
        }
        let Some(nest) = nests.last_mut() else { return };
        let home = nest.name.clone();
        match &unit.syntax.item {
            Item::Footer => {
                if let Some(nest) = nests.pop() {
                    if nests.is_empty() {
                        nests.push(nest);
                        return;
                    }
                    let (name, since) = (nest.name.clone(), nest.since);
                    close(nest, linked);
                    let exports = Exports::of(name.clone(), &linked.scope, since);
                    linked.scope.forget(since);
                    linked.scope.nest(name, exports);
                }
            }
            Item::Extends(names) => names.iter().for_each(|ident| self.extend(index, ident, linked)),
            Item::Constants(declared) => {
                for constant in declared {
                    let parameters = vec![0; constant.arity].into_boxed_slice();
                    let signature = Signature::of_level(Level::Constant);
                    let name = constant.ident.name.clone();
                    let symbol = Symbol::new(name, SymbolKind::Constant, parameters, home.clone(), signature);
                    declare(index, &constant.ident, symbol, nest, linked);
                }
                self.in_recursion(index, unit, "A declaration", nest, linked);
            }
            Item::Variables(names) => {
                for ident in names {
                    let signature = Signature::of_level(Level::State);
                    let symbol =
                        Symbol::new(ident.name.clone(), SymbolKind::Variable, Box::default(), home.clone(), signature);
                    declare(index, ident, symbol, nest, linked);
                }
                self.in_recursion(index, unit, "A declaration", nest, linked);
            }
            Item::Recursive(declared) => declared.iter().for_each(|name| recursive(index, name, nest, linked)),
            item @ Item::Instance { .. } => self.instance(index, item, &home, linked),
            Item::Assume { name, body } => {
                let meaning = self.resolve(index, unit, &home, linked, |resolver| {
                    let level = resolver.expression(body);
                    resolver.assume(level, body.span);
                    None
                });
                self.named(index, unit, name.as_ref(), &meaning, &home, linked);
                self.in_recursion(index, unit, "ASSUME", nest, linked);
            }
            Item::Theorem { name, statement } => {
                let meaning = match statement {
                    Some(statement) => self.resolve(index, unit, &home, linked, |resolver| {
                        resolver.expression(statement);
                        None
                    }),
                    None => Arc::default(),
                };
                self.named(index, unit, name.as_ref(), &meaning, &home, linked);
                self.in_recursion(index, unit, "A theorem", nest, linked);
            }
            Item::UseHide { hidden, facts, definitions } => {
                self.in_recursion(index, unit, "USE or HIDE", nest, linked);
                for ident in facts.iter().chain(definitions) {
                    unknown_fact(index, ident, linked);
                }
                if *hidden {
                    facts.iter().for_each(|ident| hide(index, ident, linked));
                }
            }
            // Definitions don't come here.
            Item::Definition(_) | Item::Other | Item::Separator | Item::Header { .. } => {}
        }
    }

    fn open(&mut self, index: usize, name: Option<&Ident>, nests: &mut Vec<Nest>, linked: &mut Linked) {
        let ident = name.cloned().unwrap_or(Ident { name: Name::default(), span: Span::default() });
        if let Some(outer) = nests.last_mut() {
            let open = !outer.pending.is_empty();
            if open {
                let message = "A module can't stand between a RECURSIVE declaration and its definition";
                report(Fault::RecursiveDeclaration, index, &ident, message, linked);
            }
            let taken = linked.scope.nested(&ident.name).is_some()
                || linked.scope.loaded.get(&ident.name).is_some_and(Option::is_some)
                || nests.iter().any(|nest| nest.name == ident.name);
            if taken {
                let message = format!("there is a module `{}` already; give this one another name", ident.name);
                report(Fault::ModuleRedefined, index, &ident, message, linked);
            }
        }
        let since = linked.scope.mark();
        nests.push(Nest { name: ident.name, since, pending: Vec::new() });
    }

    fn in_recursion(&self, index: usize, unit: &Unit, what: &str, nest: &Nest, linked: &mut Linked) {
        let Some((_, open)) = nest.pending.first() else { return };
        let span = Span::new(0, unit.range.span.len());
        let message = format!("{what} can't stand between RECURSIVE {} and its definition", open.name);
        let name = open.name.clone();
        linked.problems.push((index, Problem { fault: Fault::RecursiveDeclaration, span, name, message }));
    }

    /// Looks for a module that the document names; one that can't be found makes the scope incomplete.
    fn find(&mut self, index: usize, ident: &Ident, linked: &mut Linked) -> Option<Arc<Exports>> {
        if let Some(nested) = linked.scope.nested(&ident.name) {
            return Some(Arc::clone(nested));
        }
        let known = linked.scope.loaded.contains_key(&ident.name);
        let found = self.load(&ident.name);
        let circular = self.active.len() == 1 && self.circular.take().is_some();
        if circular || (found.is_none() && !known) {
            if circular || self.active.contains(&ident.name) {
                let message = format!("module {} needs itself, directly or by way of others", ident.name);
                report(Fault::CircularModules, index, ident, message, linked);
            } else {
                let message = format!(
                    "module {} is not found beside this file, in the workspace, in a library folder or in the engine's \
                     own library; what comes from it is not judged",
                    ident.name
                );
                report(Fault::ModuleNotFound, index, ident, message, linked);
            }
        }
        linked.scope.loaded.insert(ident.name.clone(), found.clone());
        found
    }

    fn extend(&mut self, index: usize, ident: &Ident, linked: &mut Linked) {
        let Some(exports) = self.find(index, ident, linked) else {
            linked.scope.complete = false;
            return;
        };
        linked.scope.complete &= exports.complete;
        for symbol in &exports.symbols {
            let Some(earlier) = linked.scope.add(Arc::clone(symbol)) else { continue };
            if !earlier.has_class_of(symbol) {
                let message = format!(
                    "`{}` is a {} of module {} and a {} of module {}; they can't both be extended",
                    symbol.name,
                    earlier.noun(),
                    earlier.home,
                    symbol.noun(),
                    symbol.home
                );
                report(Fault::ExtendsConflict, index, ident, message, linked);
            }
        }
        for symbol in &exports.compound {
            linked.scope.compound.entry(symbol.name.clone()).or_insert_with(|| Arc::clone(symbol));
        }
        for (name, nested) in &exports.modules {
            linked.scope.nest(name.clone(), Arc::clone(nested));
        }
    }

    fn instance(&mut self, index: usize, item: &Item, home: &Name, linked: &mut Linked) {
        let Item::Instance { local, instance } = item else { return };
        let Some(exports) = self.find(index, &instance.module, linked) else {
            linked.scope.complete = false;
            return;
        };
        linked.scope.complete &= exports.complete;
        let mut resolver = Resolver::new(&linked.scope, home);
        let plain = resolver.instance(instance).is_some_and(|(_, plain)| plain);
        let clashes = resolver.clashes(&exports);
        let problems = std::mem::take(&mut resolver.problems);
        drop(resolver);
        linked.problems.extend(problems.into_iter().map(|problem| (index, problem)));
        for (name, earlier) in clashes {
            let message = format!(
                "`{name}` of module {} collides with the {} `{name}` of {}",
                exports.module,
                earlier.noun(),
                if earlier.home == *home { "this module".to_owned() } else { format!("module {}", earlier.home) }
            );
            let ident = Ident { name, span: instance.module.span };
            report(Fault::RedefinedName { earlier: None, bound: false }, index, &ident, message, linked);
        }
        for symbol in exports.symbols.iter().chain(&exports.compound) {
            if symbol.is_declared() {
                continue;
            }
            let symbol = if plain && symbol.local == *local {
                Arc::clone(symbol)
            } else {
                let mut changed = Symbol::clone(symbol);
                changed.signature.unknown |= !plain;
                Symbol { local: *local, ..changed }.shared()
            };
            if matches!(symbol.kind, SymbolKind::Instance(_)) {
                linked.scope.compound.entry(symbol.name.clone()).or_insert(symbol);
            } else {
                linked.scope.add(symbol);
            }
        }
    }

    fn resolve(
        &mut self,
        index: usize,
        unit: &Unit,
        home: &Name,
        linked: &Linked,
        read: impl FnOnce(&mut Resolver<'_>) -> Option<SymbolRef>,
    ) -> Arc<Meaning> {
        let scope = &linked.scope;
        let find = || {
            let mut resolver = Resolver::new(scope, home);
            let before = scope.kept.get(index).map_or(&[][..], |link| &link.parts);
            resolver.parts = scope.register().parts_of(index).map(|parts| (parts, before));
            let symbol = read(&mut resolver);
            let parts = std::mem::take(&mut resolver.parts_found);
            let mut problems = resolver.problems;
            drop_consequences(&mut problems, &unit.syntax.slips);
            let labels = &unit.syntax.labels;
            if labels.is_empty() {
                return (Meaning { symbol, problems }, parts);
            }
            problems.extend(labels::check(&unit.syntax.item, labels));
            let symbol = symbol.map(|symbol| {
                let outer = labels.iter().filter(|label| {
                    !labels.iter().any(|other| other.span != label.span && other.span.contains(label.span))
                });
                let labels = outer.map(|label| (label.ident.name.clone(), label.parameters.len())).collect();
                Symbol { labels, ..Symbol::clone(&symbol) }.shared()
            });
            (Meaning { symbol, problems }, parts)
        };
        // What comes from another module is looked at every time.
        if !linked.register.instanced.at(index).is_empty() {
            return Arc::new(find().0);
        }
        let key = scope.fingerprint(home, index);
        let known = scope.kept.get(index).filter(|link| link.key == key);
        if let Some(meaning) = known.and_then(|link| link.meaning.as_ref()) {
            return Arc::clone(meaning);
        }
        let (meaning, parts) = find();
        let meaning = Arc::new(meaning);
        let plain = meaning.symbol.clone().filter(|_| meaning.problems.is_empty());
        let fingerprint = plain.as_ref().map_or(0, |symbol| symbol.fingerprint);
        self.found.push((index, Link { key, meaning: Some(Arc::clone(&meaning)), plain, fingerprint, parts }));
        meaning
    }

    fn definition(&mut self, index: usize, unit: &Unit, name: Word, nest: &mut Nest, linked: &mut Linked) {
        if nest.pending.is_empty() && linked.scope.define_as_before(index, name, &nest.name) {
            return;
        }
        let Item::Definition(definition) = &unit.syntax.item else { return };
        for module in linked.register.instanced.at(index).to_vec() {
            let name = linked.register.words.name(module).clone();
            let span = instanced_at(definition, &name);
            self.find(index, &Ident { name, span }, linked);
        }
        let meaning =
            self.resolve(index, unit, &nest.name, linked, |resolver| Some(resolver.definition(definition, None)));
        linked.problems.extend(meaning.problems.iter().map(|problem| (index, problem.clone())));
        if !nest.pending.is_empty() {
            nest.pending.retain(|(_, ident)| ident.name != definition.ident.name);
        }
        if let Some(symbol) = &meaning.symbol {
            linked.scope.define(name, symbol);
        }
    }

    fn named(
        &self,
        index: usize,
        unit: &Unit,
        name: Option<&Ident>,
        meaning: &Meaning,
        home: &Name,
        linked: &mut Linked,
    ) {
        linked.problems.extend(meaning.problems.iter().map(|problem| (index, problem.clone())));
        let Some(ident) = name else { return };
        let signature = Signature::unknown(0);
        let symbol = Symbol::new(ident.name.clone(), SymbolKind::Theorem, Box::default(), home.clone(), signature);
        let symbol = Symbol { assume_prove: unit.syntax.assume_prove, ..symbol }.shared();
        let Some(earlier) = linked.scope.add(Arc::clone(&symbol)) else { return };
        if !earlier.agrees_with(&symbol) {
            let message = taken(&ident.name, &earlier, home, "theorem");
            report(Fault::RedefinedName { earlier: None, bound: false }, index, ident, message, linked);
        }
    }
}

/// Whether names may come from a unit that can't be told.
pub(crate) fn is_dark(unit: &Unit) -> bool {
    if unit.syntax.unread > 0 || unit.syntax.slips.iter().any(|slip| slip.repairs.is_empty()) {
        return true;
    }
    match &unit.syntax.item {
        Item::Other => true,
        Item::Definition(_) if unit.syntax.facts.whole => false,
        Item::Definition(definition) => match &definition.body {
            Body::Expression(body) => body.is_broken(),
            Body::Instance(_) => false,
        },
        Item::Assume { body, .. } => body.is_broken(),
        Item::Theorem { statement, .. } => statement.as_ref().is_some_and(Expr::is_broken),
        _ => false,
    }
}

/// Where the text went wrong and nobody knows how to mend it, the scopes behind that place are not to be trusted.
fn drop_consequences(problems: &mut Vec<Problem>, slips: &[Slip]) {
    let Some(slip) = slips.iter().find(|slip| slip.repairs.is_empty()) else { return };
    problems.retain(|problem| {
        problem.span.end <= slip.span.start || matches!(problem.fault, Fault::WrongArity | Fault::DuplicateField)
    });
}

/// Where a definition instantiates a module.
fn instanced_at(definition: &Definition, module: &Name) -> Span {
    if let Body::Instance(instance) = &definition.body {
        return instance.module.span;
    }
    let mut found = definition.ident.span;
    if let Body::Expression(body) = &definition.body {
        body.walk(&mut |inner| {
            let ExprKind::Let { items, .. } = &inner.kind else { return };
            for item in items {
                if let LetItem::Definition(inner) = item
                    && let Body::Instance(instance) = &inner.body
                    && instance.module.name == *module
                {
                    found = instance.module.span;
                }
            }
        });
    }
    found
}

fn report(fault: Fault, index: usize, ident: &Ident, message: impl Into<String>, linked: &mut Linked) {
    let problem = Problem { fault, span: ident.span, name: ident.name.clone(), message: message.into() };
    linked.problems.push((index, problem));
}

/// A fact or definition that nothing here has the name of (SANY error 4200).
fn unknown_fact(index: usize, ident: &Ident, linked: &mut Linked) {
    let known = built_in(&ident.name).is_some()
        || linked.scope.get(&ident.name).is_some()
        || linked.scope.compound.contains_key(&ident.name);
    if known || !linked.scope.complete {
        return;
    }
    let message = format!("`{}` is not declared or defined at this place", ident.name);
    report(Fault::UnknownName { arguments: 0 }, index, ident, message, linked);
}

/// HIDE takes the names of theorems and assumptions (SANY error 4357).
fn hide(index: usize, ident: &Ident, linked: &mut Linked) {
    let is_fact = built_in(&ident.name).is_none()
        && linked.scope.get(&ident.name).is_none_or(|symbol| matches!(symbol.kind, SymbolKind::Theorem));
    if !is_fact {
        let message = format!("`{}` is no theorem or assumption; a definition is hidden by HIDE DEF", ident.name);
        report(Fault::WrongFact, index, ident, message, linked);
    }
}

/// Declares a constant or a variable. The same declaration twice is only a warning of SANY's (W4801).
fn declare(index: usize, ident: &Ident, symbol: Symbol, nest: &Nest, linked: &mut Linked) {
    let symbol = symbol.shared();
    let fault = Fault::RedefinedName { earlier: None, bound: false };
    if built_in(&symbol.name).is_some() {
        let message = format!("`{}` is built into TLA+ and can't be declared; choose another name", symbol.name);
        return report(fault, index, ident, message, linked);
    }
    let Some(earlier) = linked.scope.add(Arc::clone(&symbol)) else { return };
    if !earlier.agrees_with(&symbol) {
        let message = taken(&symbol.name, &earlier, &nest.name, symbol.noun());
        report(fault, index, ident, message, linked);
    }
}

fn recursive(index: usize, declared: &Declared, nest: &mut Nest, linked: &mut Linked) {
    let symbol = pending(declared, &nest.name);
    if let Some(earlier) = linked.scope.add(Arc::clone(&symbol)) {
        if !earlier.agrees_with(&symbol) {
            let message = taken(&symbol.name, &earlier, &nest.name, "operator");
            report(Fault::RedefinedName { earlier: None, bound: false }, index, &declared.ident, message, linked);
        }
        return;
    }
    nest.pending.push((index, declared.ident.clone()));
}

/// Ends a module: what it declares RECURSIVE must be defined by now (SANY error 4291).
fn close(nest: Nest, linked: &mut Linked) {
    for (index, ident) in nest.pending {
        let message = format!("`{}` is declared RECURSIVE and never defined", ident.name);
        report(Fault::RecursiveDeclaration, index, &ident, message, linked);
    }
}

#[cfg(test)]
mod tests;
