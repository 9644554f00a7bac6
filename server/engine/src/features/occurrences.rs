//! Every place where a name stands, with what it stands for there: bound names, parameters, LET, symbols, fields.

use std::collections::HashSet;

use super::scope::View;
use crate::{
    diagnostic::Span,
    syntax::{
        Kind, lex,
        tree::{Body, Bound, Declared, Definition, Expr, ExprKind, Ident, Instance, Item, LetItem, UpdateStep},
    },
};

/// How a name is used at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    Definition,
    /// VARIABLES, CONSTANTS, RECURSIVE.
    Declaration,
    Read,
    /// Under `'`.
    Write,
    /// Under UNCHANGED.
    Keep,
}

/// What a name stands for at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target<'a> {
    /// Index into [`Occurrences::binders`].
    Local(usize),
    /// Index into [`View::symbols`].
    Symbol(usize),
    /// Index into [`View::imported_modules`].
    Imported(usize),
    /// A name of the module that is instantiated: `M!Op`.
    Within(&'a str),
    /// The name of a module.
    Module,
    /// The field of a record.
    Field,
    /// A string; its place has the quotes, its name is what they hold.
    Text,
    /// Built into TLA+, or known to nobody.
    Other,
}

/// How a place was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Tree,
    /// By tokens alone, in text that could not be read: what it stands for is likely, not certain.
    Tokens,
}

/// One place of one name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Occurrence<'a> {
    pub name: &'a str,
    /// Bytes in the document.
    pub span: Span,
    pub role: Role,
    pub target: Target<'a>,
    pub reading: Reading,
}

/// What a name within a unit was bound as.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BinderKind<'a> {
    Parameter(usize),
    /// With the bytes in the document of the set that it is taken from.
    Bound(Option<Span>),
    Let(&'a Definition),
    /// Declared RECURSIVE in a LET and defined nowhere.
    Recursive,
}

/// A name that is bound or defined within a unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Binder<'a> {
    pub name: &'a str,
    /// Bytes in the document.
    pub span: Span,
    pub kind: BinderKind<'a>,
    /// Where the name may be used, in bytes of the document.
    pub extent: Span,
}

/// The places of names in some units of a document.
#[derive(Default)]
pub(crate) struct Occurrences<'a> {
    /// Unit by unit; within a unit in no particular order.
    pub places: Vec<Occurrence<'a>>,
    pub binders: Vec<Binder<'a>>,
}

impl<'a> Occurrences<'a> {
    /// All places of a document.
    pub(crate) fn of(view: &View<'a>) -> Self {
        let mut all = Self::default();
        for unit in 0..view.document.units().len() {
            all.add_unit(view, unit);
        }
        all
    }

    /// The places of one unit, by its index.
    pub(crate) fn of_unit(view: &View<'a>, unit: usize) -> Self {
        let mut found = Self::default();
        found.add_unit(view, unit);
        found
    }

    /// The places of the unit that a byte lies in or behind.
    pub(crate) fn around(view: &View<'a>, offset: usize) -> Self {
        unit_at(view, offset).map_or_else(Self::default, |unit| Self::of_unit(view, unit))
    }

    /// The place that a byte touches; of two that touch it, the one that begins there.
    pub(crate) fn at(&self, offset: usize) -> Option<&Occurrence<'a>> {
        let touching = self.places.iter().filter(|place| place.span.touches(offset) && !place.span.is_empty());
        touching.max_by_key(|place| (place.span.end > offset, is_word(place.name)))
    }

    fn add_unit(&mut self, view: &View<'a>, unit: usize) {
        let found = &view.document.units()[unit];
        let first = self.places.len();
        let mut walk = Walk {
            view,
            unit,
            start: found.range.span.start,
            extent: found.range.span,
            locals: Vec::new(),
            role: Role::Read,
            found: self,
        };
        walk.item(&found.syntax.item);
        let broken = match &found.syntax.item {
            Item::Definition(definition) => match &definition.body {
                Body::Expression(body) => is_dark(body),
                Body::Instance(_) => false,
            },
            Item::Assume { body, .. } => is_dark(body),
            Item::Theorem { statement, .. } => found.syntax.proof || statement.as_ref().is_none_or(is_dark),
            Item::Other => true,
            _ => false,
        };
        if broken {
            // What is left of broken text may have read the head of its definition twice.
            let mut seen = HashSet::new();
            let mut index = 0;
            self.places.retain(|place| {
                index += 1;
                index <= first || seen.insert(place.span.start)
            });
            self.add_tokens(view, unit, first);
        }
    }

    /// Names in text that could not be read.
    fn add_tokens(&mut self, view: &View<'a>, unit: usize, first: usize) {
        let range = view.document.units()[unit].range;
        let text = &view.document.source()[range.span.start..range.span.end];
        let lexed = lex(text, range.column);
        let known: HashSet<usize> = self.places[first..].iter().map(|place| place.span.start).collect();
        for (index, token) in lexed.tokens.iter().enumerate() {
            let span = token.span().shifted(range.span.start);
            if token.kind != Kind::Identifier || known.contains(&span.start) {
                continue;
            }
            let kind = |at: usize| lexed.tokens.get(at).map(|token| token.kind);
            let before = index.checked_sub(1).and_then(kind);
            let name = token.text(text);
            let primed = lexed.tokens.get(index + 1).is_some_and(|next| next.text(text) == "'");
            let field = before == Some(Kind::Dot) || kind(index + 1) == Some(Kind::MapsTo);
            let target = if field {
                Target::Field
            } else if before == Some(Kind::Bang) {
                Target::Other
            } else {
                let binder =
                    self.binders.iter().rposition(|binder| binder.name == name && binder.extent.contains(span));
                binder.map_or_else(|| global(view, unit, name), Target::Local)
            };
            let role = if primed { Role::Write } else { Role::Read };
            self.places.push(Occurrence { name, span, role, target, reading: Reading::Tokens });
        }
    }
}

/// The unit that a byte lies in, or that ends before it.
pub(crate) fn unit_at(view: &View<'_>, offset: usize) -> Option<usize> {
    view.document.units().partition_point(|unit| unit.range.span.start <= offset).checked_sub(1)
}

/// Whether a name is made of letters, unlike an operator symbol.
pub(crate) fn is_word(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

fn is_dark(expression: &Expr) -> bool {
    let mut dark = false;
    expression.walk(&mut |inner| dark |= matches!(inner.kind, ExprKind::Broken(_) | ExprKind::Opaque));
    dark
}

/// What a name stands for where the unit does not bind it.
fn global<'a>(view: &View<'a>, unit: usize, name: &str) -> Target<'a> {
    if let Some(index) = view.symbol_index(unit, name) {
        return Target::Symbol(index);
    }
    view.imported(name).map_or(Target::Other, Target::Imported)
}

struct Walk<'w, 'a> {
    view: &'w View<'a>,
    unit: usize,
    /// Where the unit begins in the document.
    start: usize,
    /// Where names that are bound now may be used.
    extent: Span,
    /// Indices into the binders, innermost last.
    locals: Vec<usize>,
    role: Role,
    found: &'w mut Occurrences<'a>,
}

impl<'a> Walk<'_, 'a> {
    fn place(&mut self, ident: &'a Ident, role: Role, target: Target<'a>) {
        let span = ident.span.shifted(self.start);
        // A tree of mended text may hold words that the text does not.
        let misread = match is_word(&ident.name) {
            true => self.view.document.source().get(span.start..span.end) != Some(&ident.name),
            false => ident.name.contains(char::is_whitespace),
        };
        if misread {
            return;
        }
        let place = Occurrence { name: &ident.name, span, role, target, reading: Reading::Tree };
        self.found.places.push(place);
    }

    fn text(&mut self, text: &'a str, span: Span) {
        let span = span.shifted(self.start);
        let source = self.view.document.source().get(span.start..span.end).unwrap_or_default();
        if source.trim_matches('"') == text {
            let (role, target) = (Role::Read, Target::Text);
            self.found.places.push(Occurrence { name: text, span, role, target, reading: Reading::Tree });
        }
    }

    fn lookup(&self, name: &str) -> Target<'a> {
        let local = self.locals.iter().rev().find(|index| self.found.binders[**index].name == name);
        local.map_or_else(|| global(self.view, self.unit, name), |index| Target::Local(*index))
    }

    fn mention(&mut self, ident: &'a Ident) {
        let target = self.lookup(&ident.name);
        self.place(ident, self.role, target);
    }

    fn own(&mut self, ident: &'a Ident, role: Role) {
        let target = global(self.view, self.unit, &ident.name);
        self.place(ident, role, target);
    }

    fn bind(&mut self, ident: &'a Ident, kind: BinderKind<'a>) {
        let index = self.found.binders.len();
        let (span, extent) = (ident.span.shifted(self.start), self.extent);
        self.found.binders.push(Binder { name: &ident.name, span, kind, extent });
        self.locals.push(index);
        self.place(ident, Role::Definition, Target::Local(index));
    }

    fn within(&mut self, extent: Span, read: impl FnOnce(&mut Self)) {
        let depth = self.locals.len();
        let before = std::mem::replace(&mut self.extent, extent.shifted(self.start));
        read(self);
        self.extent = before;
        self.locals.truncate(depth);
    }

    fn item(&mut self, item: &'a Item) {
        match item {
            Item::Header { name: Some(name) } => self.place(name, Role::Definition, Target::Module),
            Item::Extends(modules) => {
                modules.iter().for_each(|module| self.place(module, Role::Read, Target::Module));
            }
            Item::Constants(declared) | Item::Recursive(declared) => {
                declared.iter().for_each(|one| self.own(&one.ident, Role::Declaration));
            }
            Item::Variables(names) => names.iter().for_each(|name| self.own(name, Role::Declaration)),
            Item::Assume { name, body } => {
                name.iter().for_each(|name| self.own(name, Role::Definition));
                self.expression(body);
            }
            Item::Theorem { name, statement } => {
                name.iter().for_each(|name| self.own(name, Role::Definition));
                statement.iter().for_each(|statement| self.expression(statement));
            }
            Item::Instance { instance, .. } => self.instance(instance),
            Item::Definition(definition) => {
                self.own(&definition.ident, Role::Definition);
                self.definition(definition);
            }
            Item::UseHide { facts, definitions, .. } => {
                facts.iter().chain(definitions).for_each(|name| self.own(name, Role::Read));
            }
            Item::Header { name: None } | Item::Separator | Item::Footer | Item::Other => {}
        }
    }

    fn instance(&mut self, instance: &'a Instance) {
        self.place(&instance.module, Role::Read, Target::Module);
        for (name, expression) in &instance.substitutions {
            self.place(name, Role::Read, Target::Within(&instance.module.name));
            self.expression(expression);
        }
    }

    fn parameters(&mut self, parameters: &'a [Declared]) {
        for parameter in parameters {
            self.bind(&parameter.ident, BinderKind::Parameter(parameter.arity));
        }
    }

    /// Parameters, bounds and body of a definition; not its name.
    fn definition(&mut self, definition: &'a Definition) {
        let span = definition.span;
        let extent = if span.is_empty() { Span::new(0, self.extent.end.saturating_sub(self.start)) } else { span };
        self.within(extent, |walk| {
            walk.parameters(&definition.parameters);
            walk.bounds(&definition.bounds);
            match &definition.body {
                Body::Expression(expression) => walk.expression(expression),
                Body::Instance(instance) => walk.instance(instance),
            }
        });
    }

    /// The sets of bounds, then their names, which stay bound.
    fn bounds(&mut self, bounds: &'a [Bound]) {
        for set in bounds.iter().filter_map(|bound| bound.set.as_ref()) {
            self.expression(set);
        }
        for bound in bounds {
            let set = bound.set.as_ref().map(|set| set.span.shifted(self.start));
            bound.names.iter().for_each(|name| self.bind(name, BinderKind::Bound(set)));
        }
    }

    fn in_role(&mut self, role: Role, read: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.role, role);
        read(self);
        self.role = before;
    }

    fn expression(&mut self, expression: &'a Expr) {
        let span = expression.span;
        match &expression.kind {
            ExprKind::Apply { path, operator, arguments } => {
                if let Some((first, rest)) = path.split_first() {
                    self.mention(&first.ident);
                    rest.iter().for_each(|part| self.place(&part.ident, self.role, Target::Other));
                    let within = match rest {
                        [] => self.view.instantiated(self.unit, &first.ident.name),
                        _ => None,
                    };
                    self.place(operator, self.role, within.map_or(Target::Other, Target::Within));
                    path.iter().flat_map(|part| &part.arguments).for_each(|argument| self.expression(argument));
                } else {
                    self.mention(operator);
                }
                let role = match operator.name.as_str() {
                    "'" if path.is_empty() => Role::Write,
                    "UNCHANGED" if path.is_empty() => Role::Keep,
                    _ => self.role,
                };
                self.in_role(role, |walk| arguments.iter().for_each(|argument| walk.expression(argument)));
            }
            ExprKind::Symbol(ident) => self.mention(ident),
            ExprKind::Lambda { parameters, body } => self.within(span, |walk| {
                parameters.iter().for_each(|name| walk.bind(name, BinderKind::Parameter(0)));
                walk.expression(body);
            }),
            ExprKind::Quantifier { bounds, body, .. }
            | ExprKind::Function { bounds, body }
            | ExprKind::Map { body, bounds } => self.within(span, |walk| {
                walk.bounds(bounds);
                walk.expression(body);
            }),
            ExprKind::Choose { bound, body } | ExprKind::Filter { bound, body } => self.within(span, |walk| {
                walk.bounds(std::slice::from_ref(bound));
                walk.expression(body);
            }),
            ExprKind::Let { items, body } => self.within(span, |walk| walk.let_in(items, body)),
            ExprKind::Record(fields) | ExprKind::RecordSet(fields) => {
                for (field, value) in fields {
                    self.place(field, Role::Read, Target::Field);
                    self.expression(value);
                }
            }
            ExprKind::Str(text) => self.text(text, span),
            ExprKind::Field { record, field } => {
                self.expression(record);
                self.place(field, Role::Read, Target::Field);
            }
            // What is under a prime there is not what is written, but what it is read as.
            ExprKind::Index { function, arguments } => {
                self.expression(function);
                arguments.iter().for_each(|argument| self.expression(argument));
            }
            ExprKind::Except { updates, .. } => {
                for step in updates.iter().flat_map(|update| &update.path) {
                    if let UpdateStep::Field(field) = step {
                        self.place(field, Role::Read, Target::Field);
                    }
                }
                expression.children(&mut |child| self.expression(child));
            }
            _ => expression.children(&mut |child| self.expression(child)),
        }
    }

    /// All names of a LET first, so that a use before the definition is found in broken text too.
    fn let_in(&mut self, items: &'a [LetItem], body: &'a Expr) {
        let defined = |name: &str| {
            items.iter().any(|item| matches!(item, LetItem::Definition(definition) if definition.ident.name == name))
        };
        for item in items {
            match item {
                LetItem::Definition(definition) => self.bind(&definition.ident, BinderKind::Let(definition)),
                LetItem::Recursive(declared) => declared
                    .iter()
                    .filter(|one| !defined(&one.ident.name))
                    .for_each(|one| self.bind(&one.ident, BinderKind::Recursive)),
            }
        }
        for item in items {
            match item {
                LetItem::Definition(definition) => self.definition(definition),
                LetItem::Recursive(declared) => {
                    for one in declared.iter().filter(|one| defined(&one.ident.name)) {
                        let target = self.lookup(&one.ident.name);
                        self.place(&one.ident, Role::Declaration, target);
                    }
                }
            }
        }
        self.expression(body);
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::{Document, NoModules};

    fn check(text: &str, expected: Expect) {
        let document = Document::from(text);
        let view = View::of(&document, &NoModules);
        let found = Occurrences::of(&view);
        let shown = found.places.iter().filter(|place| is_word(place.name)).map(|place| {
            let line = document.text().line_of(place.span.start) + 1;
            let target = match place.target {
                Target::Local(index) => {
                    format!("local of {}", document.text().line_of(found.binders[index].span.start) + 1)
                }
                Target::Symbol(index) => format!("symbol {}", view.symbols[index].name),
                Target::Imported(index) => format!("of {}", view.imported_modules()[index].module),
                Target::Within(module) => format!("within {module}"),
                other => format!("{other:?}"),
            };
            format!("{line} {} {:?} {target}\n", place.name, place.role)
        });
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn bound_names_stand_for_their_binder_and_not_for_what_is_around() {
        check(
            "---- MODULE M ----\nEXTENDS Sequences\nVARIABLES x\nRECURSIVE F(_)\nF(n) == LET m == n IN \\E i \\in x : i = m\nA == x' = Len(x) /\\ UNCHANGED x\n====\n",
            expect![[r#"
                1 M Definition Module
                2 Sequences Read Module
                3 x Declaration symbol x
                4 F Declaration symbol F
                5 F Definition symbol F
                5 n Definition local of 5
                5 m Definition local of 5
                5 n Read local of 5
                5 x Read symbol x
                5 i Definition local of 5
                5 i Read local of 5
                5 m Read local of 5
                6 A Definition symbol A
                6 x Write symbol x
                6 Len Read of Sequences
                6 x Read symbol x
                6 UNCHANGED Read Other
                6 x Keep symbol x
            "#]],
        );
    }

    #[test]
    fn names_in_text_that_cannot_be_read_are_found_by_tokens() {
        check(
            "---- MODULE M ----\nVARIABLE x\nA(p) == {x', p, r.f\nB == A(x)\n====\n",
            expect![[r#"
                1 M Definition Module
                2 x Declaration symbol x
                3 A Definition symbol A
                3 p Definition local of 3
                3 x Write symbol x
                3 p Read local of 3
                3 r Read Other
                3 f Read Field
                4 B Definition symbol B
                4 A Read symbol A
                4 x Read symbol x
            "#]],
        );
    }

    #[test]
    fn nested_modules_have_names_of_their_own() {
        check(
            "---- MODULE M ----\nA == 1\n---- MODULE N ----\nB == A\n====\nC == INSTANCE N\nD == C!B + B\n====\n",
            expect![[r#"
                1 M Definition Module
                2 A Definition symbol A
                3 N Definition Module
                4 B Definition symbol B
                4 A Read symbol A
                6 C Definition symbol C
                6 N Read Module
                7 D Definition symbol D
                7 C Read symbol C
                7 B Read within N
                7 B Read Other
            "#]],
        );
    }
}
