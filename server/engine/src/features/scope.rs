//! What names stand for in one document: its own symbols, those of modules that it extends, and where each is told.

use std::{cell::OnceCell, collections::HashSet, sync::Arc};

use crate::{
    Document, ModuleSource,
    diagnostic::Span,
    module::{hash::QuickMap, library},
    syntax::tree::{Body, Declared, Definition, Item, Name},
};

/// What a symbol was declared or defined as.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Meaning<'a> {
    Constant(&'a Declared),
    Variable,
    Definition(&'a Definition),
    /// Declared RECURSIVE and defined nowhere.
    Recursive(&'a Declared),
    /// The name of a theorem or an assumption.
    Statement,
}

/// A name that a document declares or defines outside of its definitions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Symbol<'a> {
    pub name: &'a str,
    pub meaning: Meaning<'a>,
    /// Index into the document's units.
    pub unit: usize,
    /// The name in the document, in bytes.
    pub span: Span,
    /// The module within the document that it belongs to; 0 is the outermost.
    pub nest: usize,
}

impl<'a> Symbol<'a> {
    pub(crate) fn definition(&self) -> Option<&'a Definition> {
        match self.meaning {
            Meaning::Definition(definition) => Some(definition),
            _ => None,
        }
    }

    pub(crate) fn is_variable(&self) -> bool {
        matches!(self.meaning, Meaning::Variable)
    }
}

/// Where a module comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Library,
    /// A file beside the specification.
    Beside,
}

/// A module whose names are visible.
#[derive(Debug, Clone)]
pub(crate) struct Import {
    pub module: Name,
    pub document: Arc<Document>,
    pub origin: Origin,
}

/// A document with what its names may stand for. Cheap to make: linear in the number of units.
pub(crate) struct View<'a> {
    pub document: &'a Document,
    pub modules: &'a dyn ModuleSource,
    /// In order of place.
    pub symbols: Vec<Symbol<'a>>,
    /// The module within the document that each unit lies in.
    pub nest_of: Vec<usize>,
    /// The module that each module within the document lies in; the outermost lies in itself.
    parents: Vec<usize>,
    by_name: QuickMap<(usize, &'a str), usize>,
    imports: OnceCell<Imports>,
}

#[derive(Default)]
struct Imports {
    modules: Vec<Import>,
    by_name: QuickMap<Name, usize>,
}

impl<'a> View<'a> {
    pub(crate) fn of(document: &'a Document, modules: &'a dyn ModuleSource) -> Self {
        let mut view = View {
            document,
            modules,
            symbols: Vec::new(),
            nest_of: Vec::with_capacity(document.units().len()),
            parents: vec![0],
            by_name: QuickMap::default(),
            imports: OnceCell::new(),
        };
        view.read();
        view
    }

    fn read(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        let mut recursive = Vec::new();
        for (unit, found) in self.document.units().iter().enumerate() {
            if let Item::Header { .. } = &found.syntax.item {
                let parent = open.last().copied().unwrap_or(0);
                if !open.is_empty() {
                    self.parents.push(parent);
                }
                open.push(if open.is_empty() { 0 } else { self.parents.len() - 1 });
            }
            let nest = open.last().copied().unwrap_or(0);
            self.nest_of.push(nest);
            if let Item::Footer = &found.syntax.item {
                open.pop();
            }
            let start = found.range.span.start;
            let symbol =
                |name: &'a str, span: Span, meaning| Symbol { name, meaning, unit, span: span.shifted(start), nest };
            match &found.syntax.item {
                Item::Constants(declared) => self
                    .symbols
                    .extend(declared.iter().map(|one| symbol(&one.ident.name, one.ident.span, Meaning::Constant(one)))),
                Item::Variables(names) => {
                    self.symbols.extend(names.iter().map(|one| symbol(&one.name, one.span, Meaning::Variable)));
                }
                Item::Recursive(declared) => recursive.extend(
                    declared.iter().map(|one| symbol(&one.ident.name, one.ident.span, Meaning::Recursive(one))),
                ),
                Item::Definition(one) => {
                    self.symbols.push(symbol(&one.ident.name, one.ident.span, Meaning::Definition(one)));
                }
                Item::Assume { name: Some(name), .. } | Item::Theorem { name: Some(name), .. } => {
                    self.symbols.push(symbol(&name.name, name.span, Meaning::Statement));
                }
                _ => {}
            }
        }
        for (index, symbol) in self.symbols.iter().enumerate() {
            self.by_name.entry((symbol.nest, symbol.name)).or_insert(index);
        }
        for symbol in recursive {
            if let std::collections::hash_map::Entry::Vacant(free) = self.by_name.entry((symbol.nest, symbol.name)) {
                free.insert(self.symbols.len());
                self.symbols.push(symbol);
            }
        }
    }

    /// The index of the symbol that a name stands for in a unit, unless the unit binds it.
    pub(crate) fn symbol_index(&self, unit: usize, name: &str) -> Option<usize> {
        let mut nest = self.nest_of.get(unit).copied().unwrap_or(0);
        loop {
            if let Some(index) = self.by_name.get(&(nest, name)) {
                return Some(*index);
            }
            if nest == 0 {
                return None;
            }
            nest = self.parents[nest];
        }
    }

    /// The symbol of the outermost module.
    pub(crate) fn symbol(&self, name: &str) -> Option<&Symbol<'a>> {
        self.by_name.get(&(0, name)).map(|index| &self.symbols[*index])
    }

    fn imports(&self) -> &Imports {
        self.imports.get_or_init(|| {
            let mut imports = Imports::default();
            let mut seen: HashSet<Name> = self.document.module_name().map(Name::new).into_iter().collect();
            for name in extended(self.document, Reach::Own) {
                import(&name, self.modules, &mut seen, &mut imports);
            }
            imports
        })
    }

    /// The modules that are extended or instantiated without a name, directly or not.
    pub(crate) fn imported_modules(&self) -> &[Import] {
        &self.imports().modules
    }

    /// The module that gives a name, as an index into [`View::imported_modules`].
    pub(crate) fn imported(&self, name: &str) -> Option<usize> {
        self.imports().by_name.get(name).copied()
    }

    /// The module of a name, beside the specification or in the library.
    pub(crate) fn module(&self, name: &str) -> Option<Import> {
        find_module(name, self.modules)
    }

    /// The name of the module that `M == INSTANCE …` instantiates.
    pub(crate) fn instantiated(&self, unit: usize, name: &str) -> Option<&'a str> {
        let definition = self.symbols[self.symbol_index(unit, name)?].definition()?;
        match &definition.body {
            Body::Instance(instance) => Some(&instance.module.name),
            Body::Expression(_) => None,
        }
    }
}

/// Whether LOCAL instances count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    Own,
    /// As others see it.
    Exported,
}

fn extended(document: &Document, reach: Reach) -> Vec<Name> {
    let mut names = Vec::new();
    for unit in document.units() {
        match &unit.syntax.item {
            Item::Extends(modules) => names.extend(modules.iter().map(|ident| ident.name.clone())),
            Item::Instance { local, instance } if reach == Reach::Own || !local => {
                names.push(instance.module.name.clone());
            }
            _ => {}
        }
    }
    names
}

fn find_module(name: &str, modules: &dyn ModuleSource) -> Option<Import> {
    let import = |document, origin| Import { module: Name::new(name), document, origin };
    modules
        .module(name)
        .map(|document| import(document, Origin::Beside))
        .or_else(|| Some(import(Arc::clone(library::document(name)?), Origin::Library)))
        .or_else(|| Some(import(modules.module_elsewhere(name)?, Origin::Beside)))
}

fn import(name: &Name, modules: &dyn ModuleSource, seen: &mut HashSet<Name>, imports: &mut Imports) {
    if !seen.insert(name.clone()) {
        return;
    }
    let Some(found) = find_module(name, modules) else { return };
    let index = imports.modules.len();
    imports.modules.push(found.clone());
    for name in exported(&found.document) {
        imports.by_name.entry(name).or_insert(index);
    }
    for inner in extended(&found.document, Reach::Exported) {
        import(&inner, modules, seen, imports);
    }
}

/// The names that a module gives to others by itself.
fn exported(document: &Document) -> Vec<Name> {
    let mut names = Vec::new();
    for unit in document.units().iter().filter(|unit| unit.range.depth == 1) {
        match &unit.syntax.item {
            Item::Constants(declared) => names.extend(declared.iter().map(|one| one.ident.name.clone())),
            Item::Variables(variables) => names.extend(variables.iter().map(|one| one.name.clone())),
            Item::Definition(definition) if !definition.local => names.push(definition.ident.name.clone()),
            Item::Assume { name: Some(name), .. } | Item::Theorem { name: Some(name), .. } => {
                names.push(name.name.clone());
            }
            _ => {}
        }
    }
    names
}
