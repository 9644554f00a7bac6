//! Names at their place: what a name means inside a definition that is called with arguments.

use std::{cell::Cell, collections::hash_map::Entry};

pub(crate) use crate::module::hash::{QuickHasher, QuickMap as Quick};
use crate::{
    diagnostic::Span,
    module::Module,
    syntax::tree::{Body, Bound, Definition, Expr, ExprKind, LetItem},
};

/// An expression with the scope that gives its names a meaning.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Closure<'a> {
    pub expr: &'a Expr,
    pub scope: usize,
}

/// What a name is bound to within a definition.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Binding<'a> {
    /// A parameter with its argument.
    Value(Closure<'a>),
    /// A LET definition with the scope it stands in.
    Local(&'a Definition, usize),
    /// An element of a set, by a quantifier, a set or a function.
    Element(Option<Closure<'a>>),
}

/// What a name means.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Meaning<'a> {
    /// With the scope that binds it.
    Bound(Binding<'a>, usize),
    /// Index into [`Module::definitions`].
    Definition(usize),
    /// Index into [`Module::variables`].
    Variable(usize),
    Constant,
    /// An operator symbol, a library operator, or nothing.
    Other,
}

#[derive(Debug)]
struct Scope<'a> {
    parent: Option<usize>,
    /// The scope of the call that led here; for the body of a definition of the module.
    caller: Option<usize>,
    /// Where the unit begins, in bytes of the document.
    offset: usize,
    /// Index of the definition it belongs to.
    within: usize,
    /// Tells the scope from others, in this text of the module and in the next.
    mark: u64,
    names: Vec<(&'a str, Binding<'a>)>,
}

/// All scopes of one look at a module.
pub(crate) struct Scopes<'a> {
    scopes: Vec<Scope<'a>>,
    globals: Quick<&'a str, Meaning<'a>>,
    /// Definitions of a name that is defined more than once, which SANY refuses: a use means the one that it fits.
    twins: Quick<&'a str, Vec<usize>>,
    /// Operators with parameters that share their name with a constant or a variable, which SANY refuses: a call means
    /// the operator.
    operators: Quick<&'a str, usize>,
    /// LET definitions by the outermost scope of the definition that they stand in: a use behind the end of its LET,
    /// which SANY refuses, means them.
    ended: Quick<(usize, &'a str), Binding<'a>>,
    /// Whether the module gives a meaning to an operator that is written as a symbol; most don't.
    has_symbols: bool,
    /// The mark of the next scope.
    mark: u64,
    /// Whether a name was asked for that is defined more than once.
    met_twins: Cell<bool>,
}

impl<'a> Scopes<'a> {
    pub(crate) fn of(module: &Module<'a>) -> Self {
        let mut globals: Quick<&'a str, Meaning<'a>> = Quick::default();
        for constant in &module.constants {
            globals.insert(&constant.value.ident.name, Meaning::Constant);
        }
        for (index, variable) in module.variables.iter().enumerate() {
            globals.insert(&variable.value.name, Meaning::Variable(index));
        }
        let mut twins: Quick<&'a str, Vec<usize>> = Quick::default();
        let mut operators: Quick<&'a str, usize> = Quick::default();
        for (index, definition) in module.definitions.iter().enumerate() {
            match globals.entry(definition.name()) {
                Entry::Occupied(known) => {
                    if let Meaning::Definition(first) = known.get() {
                        twins.entry(definition.name()).or_insert_with(|| vec![*first]).push(index);
                    } else if !definition.value.parameters.is_empty() {
                        operators.entry(definition.name()).or_insert(index);
                    }
                }
                Entry::Vacant(free) => {
                    free.insert(Meaning::Definition(index));
                }
            }
        }
        let has_symbols = !globals.keys().all(|name| is_word(name));
        Self {
            scopes: Vec::new(),
            globals,
            twins,
            operators,
            ended: Quick::default(),
            has_symbols,
            mark: 0,
            met_twins: Cell::new(false),
        }
    }

    /// The scopes that follow are those of one action, and are told from others by this number.
    pub(crate) fn begin(&mut self, mark: u64) {
        self.mark = mark;
        self.met_twins.set(false);
    }

    /// Whether since [`Scopes::begin`] a name was asked for that is defined more than once.
    pub(crate) fn met_twins(&self) -> bool {
        self.met_twins.get()
    }

    /// What tells a scope from others.
    pub(crate) fn mark(&self, scope: usize) -> u64 {
        self.scopes[scope].mark
    }

    /// The names that are defined more than once, with their definitions.
    pub(crate) fn all_twins(&self) -> impl Iterator<Item = (&'a str, &[usize])> {
        self.twins.iter().map(|(name, twins)| (*name, twins.as_slice()))
    }

    /// The scope of a definition's own body, its parameters bound to arguments.
    pub(crate) fn enter(
        &mut self,
        definition: &'a Definition,
        arguments: &'a [Expr],
        caller: usize,
        parent: Option<usize>,
        place: (usize, usize),
    ) -> usize {
        let (within, offset) = place;
        let mut names: Vec<(&'a str, Binding<'a>)> = definition
            .parameters
            .iter()
            .zip(arguments)
            .map(|(parameter, argument)| {
                let value = Closure { expr: argument, scope: caller };
                (parameter.ident.name.as_str(), Binding::Value(value))
            })
            .collect();
        for bound in &definition.bounds {
            names.extend(bound.names.iter().map(|name| (name.name.as_str(), Binding::Element(None))));
        }
        let entered = self.push(parent, offset, within, names);
        self.scopes[entered].caller = Some(caller).filter(|_| parent.is_none() && entered > 0);
        entered
    }

    fn push(
        &mut self,
        parent: Option<usize>,
        offset: usize,
        within: usize,
        names: Vec<(&'a str, Binding<'a>)>,
    ) -> usize {
        self.has_symbols |= !names.iter().all(|(name, _)| is_word(name));
        self.mark = self.mark.wrapping_add(1);
        self.scopes.push(Scope { parent, caller: None, offset, within, mark: self.mark, names });
        self.scopes.len() - 1
    }

    /// The scope within a quantifier or another binder.
    pub(crate) fn bind(&mut self, scope: usize, bounds: &'a [Bound]) -> usize {
        let names = bounds
            .iter()
            .flat_map(|bound| {
                let set = bound.set.as_ref().map(|expr| Closure { expr, scope });
                bound.names.iter().map(move |name| (name.name.as_str(), Binding::Element(set)))
            })
            .collect();
        self.inner(scope, names)
    }

    /// The scope within a LET.
    pub(crate) fn bind_let(&mut self, scope: usize, items: &'a [LetItem]) -> usize {
        let inner = self.inner(scope, Vec::with_capacity(items.len()));
        let outermost = self.outermost(scope);
        for item in items {
            let LetItem::Definition(definition) = item else { continue };
            let (name, local) = (definition.ident.name.as_str(), Binding::Local(definition, inner));
            self.has_symbols |= !is_word(name);
            self.scopes[inner].names.push((name, local));
            self.ended.entry((outermost, name)).or_insert(local);
        }
        inner
    }

    /// The scope within a LAMBDA.
    pub(crate) fn bind_unknown(&mut self, scope: usize, names: impl Iterator<Item = &'a str>) -> usize {
        let names = names.map(|name| (name, Binding::Element(None))).collect();
        self.inner(scope, names)
    }

    fn inner(&mut self, scope: usize, names: Vec<(&'a str, Binding<'a>)>) -> usize {
        let (offset, within) = (self.scopes[scope].offset, self.scopes[scope].within);
        self.push(Some(scope), offset, within, names)
    }

    pub(crate) fn meaning(&self, name: &str, scope: usize) -> Meaning<'a> {
        if !self.has_symbols && !is_word(name) {
            return Meaning::Other;
        }
        let mut next = Some(scope);
        while let Some(index) = next {
            let scope = &self.scopes[index];
            if let Some((_, binding)) = scope.names.iter().rev().find(|(known, _)| *known == name) {
                return Meaning::Bound(*binding, index);
            }
            next = scope.parent;
        }
        if let Some(meaning) = self.globals.get(name) {
            if !self.twins.is_empty() && self.twins.contains_key(name) {
                self.met_twins.set(true);
            }
            return *meaning;
        }
        if !name.starts_with(|first: char| first.is_alphabetic()) {
            return Meaning::Other;
        }
        let ended = self.ended.get(&(self.outermost(scope), name));
        match ended {
            Some(Binding::Local(definition, home)) => Meaning::Bound(Binding::Local(definition, *home), *home),
            _ => Meaning::Other,
        }
    }

    /// The scope of the definition's own body.
    fn outermost(&self, scope: usize) -> usize {
        std::iter::successors(Some(scope), |scope| self.scopes[*scope].parent).last().unwrap_or(scope)
    }

    /// What a name means where it is called with arguments.
    pub(crate) fn meaning_of_call(&self, name: &str, arguments: &[Expr], scope: usize) -> Meaning<'a> {
        match self.meaning(name, scope) {
            Meaning::Constant | Meaning::Variable(_) if !arguments.is_empty() && self.operators.contains_key(name) => {
                Meaning::Definition(self.operators[name])
            }
            meaning => meaning,
        }
    }

    /// A span of the closure's unit as bytes of the document.
    pub(crate) fn span(&self, closure: Closure<'a>) -> Span {
        closure.expr.span.shifted(self.scopes[closure.scope].offset)
    }

    /// Index of the definition in which a scope lies.
    pub(crate) fn within(&self, scope: usize) -> usize {
        self.scopes[scope].within
    }

    /// The scope from which the definition that a scope lies in was called.
    pub(crate) fn caller(&self, scope: usize) -> Option<usize> {
        self.scopes[self.outermost(scope)].caller
    }

    pub(crate) fn offset(&self, scope: usize) -> usize {
        self.scopes[scope].offset
    }

    /// Of several definitions of one name, the one that takes so many arguments.
    pub(crate) fn fitting(&self, module: &Module<'a>, name: &str, first: usize, arguments: usize) -> usize {
        let Some(twins) = self.twins.get(name) else { return first };
        let fits = |index: &&usize| module.definitions[**index].value.parameters.len() == arguments;
        twins.iter().find(fits).copied().unwrap_or(first)
    }

    /// All definitions of a name that has several.
    pub(crate) fn twins(&self, name: &str) -> &[usize] {
        self.twins.get(name).map_or(&[], Vec::as_slice)
    }

    pub(crate) fn count(&self) -> usize {
        self.scopes.len()
    }

    /// Follows parameters, LET names, definitions without parameters and constant fields of records that are written out
    /// to the expression they stand for. Stops at variables, constants, elements of sets and operators with arguments.
    pub(crate) fn followed(&mut self, module: &Module<'a>, closure: Closure<'a>) -> Closure<'a> {
        self.followed_within(module, closure, 0)
    }

    fn is_constant(&self, value: Closure<'a>) -> bool {
        let named = || value.expr.as_name().map(|name| self.meaning(&name.name, value.scope));
        matches!(value.expr.kind, ExprKind::Str(_)) || matches!(named(), Some(Meaning::Constant))
    }

    fn followed_within(&mut self, module: &Module<'a>, mut closure: Closure<'a>, depth: usize) -> Closure<'a> {
        for _ in 0..24 {
            if let ExprKind::Let { items, body } = &closure.expr.kind {
                closure = Closure { expr: body, scope: self.bind_let(closure.scope, items) };
                continue;
            }
            if let ExprKind::Field { record, field } = &closure.expr.kind
                && depth < 4
            {
                let record = Closure { expr: record, scope: closure.scope };
                let record = self.followed_within(module, record, depth + 1);
                let ExprKind::Record(fields) = &record.expr.kind else { return closure };
                let Some((_, expr)) = fields.iter().find(|(known, _)| known.name == field.name) else { return closure };
                let value = self.followed_within(module, Closure { expr, scope: record.scope }, depth + 1);
                if !self.is_constant(value) {
                    return closure;
                }
                closure = value;
                continue;
            }
            let ExprKind::Apply { path, operator, arguments } = &closure.expr.kind else { return closure };
            if !path.is_empty() {
                return closure;
            }
            let Some(next) = self.called(module, &operator.name, arguments, closure.scope) else { return closure };
            closure = next;
        }
        closure
    }

    /// The body that a name with arguments stands for, in its scope.
    pub(crate) fn called(
        &mut self,
        module: &Module<'a>,
        name: &str,
        arguments: &'a [Expr],
        scope: usize,
    ) -> Option<Closure<'a>> {
        let (mut name, mut meaning) = (name, self.meaning_of_call(name, arguments, scope));
        if arguments.is_empty()
            && let Meaning::Bound(Binding::Value(value), _) = meaning
        {
            return Some(value);
        }
        // An operator that came in as an argument, by its name: that means something where the argument was written.
        for _ in 0..24 {
            let Meaning::Bound(Binding::Value(value), _) = meaning else { break };
            name = &value.expr.as_name()?.name;
            meaning = self.meaning_of_call(name, arguments, value.scope);
        }
        let (definition, parent, place) = match meaning {
            Meaning::Bound(Binding::Local(definition, home), _) => {
                (definition, Some(home), (self.within(home), self.offset(home)))
            }
            Meaning::Definition(index) => {
                let index = self.fitting(module, name, index, arguments.len());
                let placed = module.definitions[index];
                (placed.value, None, (index, placed.offset))
            }
            _ => return None,
        };
        if definition.parameters.len() != arguments.len() || !definition.bounds.is_empty() {
            return None;
        }
        let Body::Expression(body) = &definition.body else { return None };
        if arguments.is_empty()
            && let Some(parent) = parent
        {
            return Some(Closure { expr: body, scope: parent });
        }
        let scope = self.enter(definition, arguments, scope, parent, place);
        Some(Closure { expr: body, scope })
    }
}

/// Whether a name is written in letters, and not as a symbol.
fn is_word(name: &str) -> bool {
    name.starts_with(|first: char| first.is_alphanumeric() || first == '_')
}
