//! What may be written at a place: names in scope, modules, fields, operators with their glyphs, whole definitions.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::{
    comments::comment_for,
    effects::Uses,
    hover::{comment_of, module_comment},
    kinds::{NameKind, Sense},
    occurrences::{BinderKind, Occurrences, Target, unit_at},
    operators,
    scope::{Import, Meaning, Symbol, View},
    symbols::parameters,
};
use crate::{
    Document, ModuleSource, NoModules,
    diagnostic::{Edit, Span},
    module::library,
    syntax::{
        Closing, Keyword, Kind, Lexed, Token, lex,
        tree::{Body, Declared, Definition, Expr, ExprKind, Item},
    },
};

/// What an offer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfferKind {
    Name(NameKind),
    Keyword,
    /// An operator symbol.
    Operator,
    /// A string, such as a message type.
    Text,
    /// A whole definition or formula.
    Snippet,
}

/// A piece of what is inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    Text(String),
    /// A place to fill in, with what stands there at first.
    Hole(String),
}

/// One thing that may be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub label: String,
    pub kind: OfferKind,
    /// What stands behind the label: parameters, a glyph.
    pub detail: String,
    /// Where it comes from or what it is, in a few words.
    pub origin: String,
    pub documentation: Option<String>,
    pub insert: Vec<Part>,
    /// Lower ones come first.
    pub rank: u8,
}

/// What may be written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offers {
    /// Bytes that an offer takes the place of.
    pub replace: Span,
    pub offers: Vec<Offer>,
}

impl Offer {
    fn new(label: &str, kind: OfferKind, rank: u8) -> Self {
        let insert = vec![Part::Text(label.to_owned())];
        let (detail, origin) = (String::new(), String::new());
        Self { label: label.to_owned(), kind, detail, origin, documentation: None, insert, rank }
    }

    fn from(mut self, origin: &str) -> Self {
        self.origin = origin.to_owned();
        self
    }

    fn documented(mut self, documentation: Option<String>) -> Self {
        self.documentation = documentation;
        self
    }

    /// With parameters to fill in; `written` is what stands behind the label.
    fn applied(mut self, written: String, names: &[&str]) -> Self {
        self.detail = written;
        if !names.is_empty() {
            self.insert.push(Part::Text("(".to_owned()));
            for (place, name) in names.iter().enumerate() {
                if place > 0 {
                    self.insert.push(Part::Text(", ".to_owned()));
                }
                self.insert.push(Part::Hole((*name).to_owned()));
            }
            self.insert.push(Part::Text(")".to_owned()));
        }
        self
    }
}

/// What may be written at a byte of a document (LSP 3.17, `textDocument/completion`). `beside` are the names of the
/// modules that lie beside it.
pub fn complete(document: &Document, modules: &dyn ModuleSource, beside: &[String], offset: usize) -> Option<Offers> {
    let source = document.source();
    let before = source.get(..offset)?;
    let view = View::of(document, modules);
    let unit = unit_at(&view, offset)?;
    let range = document.units()[unit].range;
    let lexed = lex(&source[range.span.start..offset], range.column);
    if in_comment(document, &lexed, range.span.start, offset) {
        return None;
    }
    if let Some(Token { kind: Kind::OpenString, start, .. }) = lexed.tokens.last() {
        let replace = Span::new(range.span.start + *start as usize + 1, offset);
        return Some(Offers { replace, offers: strings(document, replace) });
    }
    let word = before.trim_end_matches(|letter: char| letter.is_alphanumeric() || letter == '_');
    if word.ends_with('\\') && !word.ends_with("/\\") {
        return Some(Offers { replace: Span::new(word.len() - 1, offset), offers: symbols_with_backslash() });
    }
    let replace = Span::new(word.len(), offset);
    // What stands before the word that is being written.
    let earlier: Vec<Token> =
        lexed.tokens.iter().copied().filter(|token| range.span.start + (token.start as usize) < word.len()).collect();
    let text = &source[range.span.start..offset];
    let offers = match earlier.last().map(|token| token.kind) {
        Some(Kind::Dot) => fields(document),
        Some(Kind::Bang) => match earlier.iter().rev().nth(1) {
            Some(instance) if instance.kind == Kind::Identifier => {
                let module = view.instantiated(unit, instance.text(text))?;
                of_import(&view.module(module)?, 1)
            }
            _ => fields(document),
        },
        Some(Kind::Keyword(Keyword::Extends | Keyword::Instance)) => module_names(&view, beside),
        Some(Kind::Comma) if matches!(document.units()[unit].syntax.item, Item::Extends(_)) => {
            module_names(&view, beside)
        }
        _ if word.is_empty() || word.ends_with(['\n', '\r']) => Writer::of(document, modules, offset)?.at_top(),
        before => {
            let probed = probed(document, offset);
            Writer::of(&probed, modules, offset)?.within(offset, before)
        }
    };
    Some(Offers { replace, offers })
}

/// The document with a name at a byte where none is written yet, so that the text around it can be read.
pub(crate) fn probed(document: &Document, offset: usize) -> Document {
    let source = document.source();
    let word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let written = source[..offset].ends_with(word) || source[offset..].starts_with(word);
    if written { document.clone() } else { document.edited(&[Edit::insert(offset, PROBE)]) }
}

/// A name that nobody gives.
const PROBE: &str = "probe_";

fn in_comment(document: &Document, lexed: &Lexed, start: usize, offset: usize) -> bool {
    let closed_later = document.comments().any(|comment| comment.start < offset && offset < comment.end);
    let open = lexed.comments.last().is_some_and(|comment| {
        let ends_here = start + comment.end as usize == offset;
        ends_here && comment.closing != Closing::Closed
    });
    closed_later || open
}

fn symbols_with_backslash() -> Vec<Offer> {
    let offered = operators::ALL.iter().filter(|one| one.spelling.len() > 1 && one.spelling.starts_with('\\'));
    let offer = |(place, one): (usize, &operators::BuiltIn)| Offer {
        detail: if one.glyph.is_empty() { String::new() } else { format!(" {}", one.glyph) },
        // In the order of the table: the first are the usual ones.
        rank: u8::try_from(place).unwrap_or(u8::MAX),
        ..Offer::new(one.spelling, OfferKind::Operator, 0).from(one.meaning)
    };
    offered.enumerate().map(offer).collect()
}

fn module_names(view: &View<'_>, beside: &[String]) -> Vec<Offer> {
    let own = view.document.module_name();
    let near = beside.iter().filter(|name| Some(name.as_str()) != own);
    let near = near.map(|name| Offer::new(name, OfferKind::Name(NameKind::Module), 0).from("beside this module"));
    let library = library::names().filter(|name| !name.starts_with('_')).map(|name| {
        let comment = library::document(name).and_then(|document| module_comment(document));
        Offer::new(name, OfferKind::Name(NameKind::Module), 1).from("library").documented(comment)
    });
    near.chain(library).collect()
}

/// Every expression of a document.
fn each_expression<'a>(document: &'a Document, visit: &mut dyn FnMut(&'a Expr)) {
    for unit in document.units() {
        match &unit.syntax.item {
            Item::Definition(Definition { body: Body::Expression(body), .. }) | Item::Assume { body, .. } => {
                body.walk(visit);
            }
            Item::Theorem { statement: Some(statement), .. } => statement.walk(visit),
            _ => {}
        }
    }
}

fn fields(document: &Document) -> Vec<Offer> {
    let mut names: BTreeSet<&str> = BTreeSet::new();
    each_expression(document, &mut |expression| match &expression.kind {
        ExprKind::Record(fields) | ExprKind::RecordSet(fields) => {
            names.extend(fields.iter().map(|(field, _)| field.name.as_str()));
        }
        _ => {}
    });
    let offer = |name: &str| Offer::new(name, OfferKind::Name(NameKind::Field), 0).from("record field");
    names.into_iter().map(offer).collect()
}

/// The strings of a document, the one that is being written left out.
fn strings(document: &Document, writing: Span) -> Vec<Offer> {
    let written = &document.source()[writing.start..writing.end];
    let mut texts: BTreeMap<&str, usize> = BTreeMap::new();
    each_expression(document, &mut |expression| {
        if let ExprKind::Str(text) = &expression.kind {
            *texts.entry(text.as_str()).or_default() += 1;
        }
    });
    let others = texts.into_iter().filter(|(text, count)| !text.is_empty() && (*text != written || *count > 1));
    others.map(|(text, _)| Offer::new(text, OfferKind::Text, 0).from("string of this module")).collect()
}

/// The names that a module gives.
fn of_import(import: &Import, rank: u8) -> Vec<Offer> {
    let sense = Sense::of(&import.document, &NoModules);
    let given = sense.view.symbols.iter().filter(|symbol| is_given(symbol));
    given.map(|symbol| of_symbol(&sense, symbol, rank).from(&import.module)).collect()
}

fn is_given(symbol: &Symbol<'_>) -> bool {
    symbol.nest == 0
        && super::occurrences::is_word(symbol.name)
        && symbol.definition().is_none_or(|definition| !definition.local)
}

fn of_symbol(sense: &Sense<'_>, symbol: &Symbol<'_>, rank: u8) -> Offer {
    let kind = sense.kind(symbol);
    let offer = Offer::new(symbol.name, OfferKind::Name(kind), rank)
        .documented(comment_of(sense.view.document, symbol))
        .from(kind.word());
    match symbol.meaning {
        Meaning::Definition(definition) => applied(offer, definition),
        Meaning::Constant(declared) | Meaning::Recursive(declared) => of_declared(offer, declared),
        Meaning::Variable | Meaning::Statement => offer,
    }
}

fn applied(offer: Offer, definition: &Definition) -> Offer {
    let names: Vec<&str> = definition.parameters.iter().map(|one| one.ident.name.as_str()).collect();
    if super::occurrences::is_word(&definition.ident.name) {
        return offer.applied(parameters(definition), &names);
    }
    offer
}

fn of_declared(offer: Offer, declared: &Declared) -> Offer {
    let places = vec!["_"; declared.arity];
    let written = if places.is_empty() { String::new() } else { format!("({})", places.join(", ")) };
    offer.applied(written, &places)
}

/// Writes offers that depend on what the module has already.
struct Writer<'a> {
    sense: Sense<'a>,
    /// Of the unit.
    occurrences: Occurrences<'a>,
    unit: usize,
}

/// Words that begin or join expressions.
const WORDS: [&str; 22] = [
    "IF",
    "THEN",
    "ELSE",
    "LET",
    "IN",
    "CASE",
    "OTHER",
    "CHOOSE",
    "EXCEPT",
    "LAMBDA",
    "UNCHANGED",
    "ENABLED",
    "SUBSET",
    "UNION",
    "DOMAIN",
    "TRUE",
    "FALSE",
    "BOOLEAN",
    "STRING",
    "INSTANCE",
    "WITH",
    "RECURSIVE",
];

/// Words that begin a unit.
const TOP_WORDS: [&str; 10] = [
    "EXTENDS",
    "CONSTANT",
    "CONSTANTS",
    "VARIABLE",
    "VARIABLES",
    "ASSUME",
    "THEOREM",
    "LOCAL",
    "INSTANCE",
    "RECURSIVE",
];

impl<'a> Writer<'a> {
    fn of(document: &'a Document, modules: &'a dyn ModuleSource, offset: usize) -> Option<Self> {
        let sense = Sense::of(document, modules);
        let unit = unit_at(&sense.view, offset)?;
        let occurrences = Occurrences::of_unit(&sense.view, unit);
        Some(Self { sense, occurrences, unit })
    }

    /// At the beginning of a line.
    fn at_top(&self) -> Vec<Offer> {
        let mut offers = self.definitions();
        offers.extend(TOP_WORDS.iter().map(|word| Offer::new(word, OfferKind::Keyword, 5)));
        offers
    }

    fn within(&self, offset: usize, before: Option<Kind>) -> Vec<Offer> {
        let mut offers = Vec::new();
        if let Some(rest) = self.unchanged(before) {
            offers.push(rest);
        }
        self.locals(offset, &mut offers);
        let view = &self.sense.view;
        let own = view.symbols.iter().filter(|symbol| {
            super::occurrences::is_word(symbol.name) && view.symbol_index(self.unit, symbol.name).is_some()
        });
        offers.extend(own.map(|symbol| of_symbol(&self.sense, symbol, 2)));
        for import in view.imported_modules() {
            offers.extend(of_import(import, 3));
        }
        if let Some(vars) = self.sense.module.variables_tuple() {
            for strength in ["WF", "SF"] {
                let mut offer = Offer::new(&format!("{strength}_{vars}"), OfferKind::Snippet, 4).from("fairness");
                offer = offer.applied("(Next)".to_owned(), &["Next"]);
                offers.push(offer);
            }
        }
        offers.extend(WORDS.iter().map(|word| Offer::new(word, OfferKind::Keyword, 5)));
        let mut seen = HashSet::new();
        offers.retain(|offer| seen.insert((offer.label.clone(), offer.kind == OfferKind::Keyword)));
        offers
    }

    /// Names that are bound at a byte; behind a unit's end those of its definition count.
    fn locals(&self, offset: usize, offers: &mut Vec<Offer>) {
        let document = self.sense.view.document;
        let end = document.units()[self.unit].range.span.end;
        let offset = offset.min(end);
        for binder in &self.occurrences.binders {
            if !binder.extent.touches(offset) {
                continue;
            }
            offers.push(match binder.kind {
                BinderKind::Parameter(arity) => {
                    let places = vec!["_"; arity];
                    let written = if arity == 0 { String::new() } else { format!("({})", places.join(", ")) };
                    let kind = OfferKind::Name(NameKind::Parameter);
                    Offer::new(binder.name, kind, 0).from("parameter").applied(written, &places)
                }
                BinderKind::Bound(_) | BinderKind::Recursive => {
                    Offer::new(binder.name, OfferKind::Name(NameKind::Bound), 0).from("bound name")
                }
                BinderKind::Let(definition) => {
                    let kind = self.sense.kind_of(definition, None);
                    let start = binder.span.start - definition.ident.span.start;
                    let span = definition.span.shifted(start);
                    let comment = comment_for(document, span.start, span.end);
                    let offer = Offer::new(binder.name, OfferKind::Name(kind), 1).from("defined by LET");
                    applied(offer.documented(comment), definition)
                }
            });
        }
    }

    fn variables(&self) -> Vec<&'a str> {
        self.sense.module.variables.iter().map(|variable| variable.value.name.as_str()).collect()
    }

    /// UNCHANGED of the variables that the definition has not primed or left unchanged by now.
    fn unchanged(&self, before: Option<Kind>) -> Option<Offer> {
        let view = &self.sense.view;
        let index = view.symbols.iter().position(|symbol| symbol.unit == self.unit && symbol.definition().is_some())?;
        let effects = Uses::of(view).effects(index);
        let left = |name: &&str| !effects.writes.contains(*name) && !effects.keeps.contains(*name);
        let left: Vec<&str> = self.variables().into_iter().filter(left).collect();
        let tuple = match left.as_slice() {
            [] => return None,
            [one] => (*one).to_owned(),
            some => format!("<<{}>>", some.join(", ")),
        };
        let behind_word = matches!(before, Some(Kind::Operator(operator)) if operator.name() == "UNCHANGED");
        let label = if behind_word { tuple } else { format!("UNCHANGED {tuple}") };
        let acts = behind_word || !effects.writes.is_empty() || !effects.keeps.is_empty();
        let rank = if acts { 0 } else { 4 };
        Some(Offer::new(&label, OfferKind::Snippet, rank).from("the variables that are left"))
    }

    /// The definitions that a specification has and this one lacks.
    fn definitions(&self) -> Vec<Offer> {
        let view = &self.sense.view;
        let variables = self.variables();
        let vars = self.sense.module.variables_tuple().unwrap_or("vars");
        let text = |text: &str| Part::Text(text.to_owned());
        let mut offers = Vec::new();
        let mut offer = |name: &str, about: &str, insert: Vec<Part>| {
            if view.symbol(name).is_none() {
                let detail = " == …".to_owned();
                offers.push(Offer { insert, detail, ..Offer::new(name, OfferKind::Snippet, 1).from(about) });
            }
        };
        offer("vars", "the tuple of all variables", vec![text(&format!("vars == <<{}>>", variables.join(", ")))]);
        let mut initial = vec![text("Init ==")];
        for variable in &variables {
            initial.push(text(&format!("\n    /\\ {variable} = ")));
            initial.push(Part::Hole("value".to_owned()));
        }
        offer("Init", "a value for each variable", initial);
        if view.symbol("Next").is_none() {
            offer("Next", "all actions", self.next());
        }
        let step = format!("Spec == Init /\\ [][Next]_{vars}");
        offer("Spec", "all behaviours", vec![text(&step)]);
        let fair = vec![text(&step), text(&format!(" /\\ WF_{vars}(")), Part::Hole("Next".to_owned()), text(")")];
        offer("FairSpec", "all behaviours that go on", fair);
        let mut types = vec![text("TypeOK ==")];
        for variable in &variables {
            types.push(text(&format!("\n    /\\ {variable} \\in ")));
            types.push(Part::Hole("set".to_owned()));
        }
        offer("TypeOK", "a set for each variable", types);
        offers
    }

    fn next(&self) -> Vec<Part> {
        let view = &self.sense.view;
        let told: HashSet<Span> = view.symbols.iter().map(|symbol| symbol.span).collect();
        let used: HashSet<usize> = Occurrences::of(view)
            .places
            .iter()
            .filter(|place| !told.contains(&place.span))
            .filter_map(|place| match place.target {
                Target::Symbol(index) => Some(index),
                _ => None,
            })
            .collect();
        let mut parts = vec![Part::Text("Next ==".to_owned())];
        for (index, symbol) in view.symbols.iter().enumerate() {
            let Some(definition) = symbol.definition() else { continue };
            // An action that another one uses is a part of that one.
            if self.sense.kind(symbol) != NameKind::Action || used.contains(&index) {
                continue;
            }
            parts.push(Part::Text("\n    \\/ ".to_owned()));
            for parameter in &definition.parameters {
                parts.push(Part::Text(format!("\\E {} \\in ", parameter.ident.name)));
                parts.push(Part::Hole("set".to_owned()));
                parts.push(Part::Text(" : ".to_owned()));
            }
            parts.push(Part::Text(format!("{}{}", symbol.name, parameters(definition))));
        }
        if parts.len() == 1 {
            parts.push(Part::Text("\n    \\/ ".to_owned()));
            parts.push(Part::Hole("action".to_owned()));
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn offered(text: &str) -> Option<(String, Vec<Offer>)> {
        let offset = text.find("$0").unwrap();
        let document = Document::from(text.replace("$0", "").as_str());
        let offers = complete(&document, &NoModules, &["Near".to_owned()], offset)?;
        Some((document.source()[offers.replace.start..offers.replace.end].to_owned(), offers.offers))
    }

    /// The offers that pass, with what they insert.
    fn check(text: &str, passes: impl Fn(&Offer) -> bool, expected: Expect) {
        let Some((replaced, offers)) = offered(text) else { return expected.assert_eq("nothing") };
        let mut shown = format!("for {replaced:?}\n");
        for offer in offers.iter().filter(|offer| passes(offer)) {
            let inserted = offer.insert.iter().map(|part| match part {
                Part::Text(text) => text.clone(),
                Part::Hole(text) => format!("<{text}>"),
            });
            let inserted = inserted.collect::<String>();
            let inserted = if inserted == offer.label { String::new() } else { format!(" -> {inserted:?}") };
            shown.push_str(&format!("{}{} ({}){inserted}\n", offer.label, offer.detail, offer.origin));
        }
        expected.assert_eq(&shown);
    }

    const MODULE: &str = "---- MODULE M ----\nEXTENDS Sequences\nVARIABLES log, term\n\\* Appends.\nAdd(e, S) == log' = Append(log, e) /\\ UNCHANGED term\nGrow == \\E e \\in {[kind |-> \"Vote\", to |-> 1]} : Add(e, {})\n";

    fn within(text: &str, passes: impl Fn(&Offer) -> bool, expected: Expect) {
        check(&format!("{MODULE}{text}\n====\n"), passes, expected);
    }

    fn ranked(most: u8) -> impl Fn(&Offer) -> bool {
        move |offer| offer.rank <= most
    }

    #[test]
    fn names_in_scope_come_with_their_parameters() {
        within(
            "A(p) == LET q(r) == r IN \\E x \\in log : /\\ x = A$0",
            ranked(2),
            expect![[r#"
                for "A"
                p (parameter)
                q(r) (defined by LET) -> "q(<r>)"
                x (bound name)
                log (variable)
                term (variable)
                Add(e, S) (action) -> "Add(<e>, <S>)"
                Grow (action)
                A(p) (state predicate) -> "A(<p>)"
            "#]],
        );
        within(
            "A == {log, App$0",
            |offer| offer.label == "Append",
            expect![[r#"
            for "App"
            Append(s, e) (Sequences) -> "Append(<s>, <e>)"
        "#]],
        );
    }

    #[test]
    fn unchanged_takes_the_variables_that_are_left() {
        within(
            "A == log' = <<>> /\\ U$0",
            |offer| offer.label.contains("UNCHANGED"),
            expect![[r#"
            for "U"
            UNCHANGED term (the variables that are left)
            UNCHANGED ()
        "#]],
        );
        within(
            "A == UNCHANGED $0",
            ranked(0),
            expect![[r#"
            for ""
            <<log, term>> (the variables that are left)
        "#]],
        );
    }

    #[test]
    fn a_line_offers_the_definitions_that_lack() {
        within(
            "In$0",
            |offer| offer.kind == OfferKind::Snippet,
            expect![[r#"
            for "In"
            vars == … (the tuple of all variables) -> "vars == <<log, term>>"
            Init == … (a value for each variable) -> "Init ==\n    /\\ log = <value>\n    /\\ term = <value>"
            Next == … (all actions) -> "Next ==\n    \\/ Grow"
            Spec == … (all behaviours) -> "Spec == Init /\\ [][Next]_vars"
            FairSpec == … (all behaviours that go on) -> "Spec == Init /\\ [][Next]_vars /\\ WF_vars(<Next>)"
            TypeOK == … (a set for each variable) -> "TypeOK ==\n    /\\ log \\in <set>\n    /\\ term \\in <set>"
        "#]],
        );
    }

    #[test]
    fn modules_fields_strings_and_operators_have_their_places() {
        check(
            "---- MODULE M ----\nEXTENDS Naturals, $0\n====\n",
            |offer| offer.label.starts_with('N'),
            expect![[r#"
            for ""
            Near (beside this module)
            Naturals (library)
            NaturalsInduction (library)
        "#]],
        );
        within(
            "A == log[1].$0",
            ranked(9),
            expect![[r#"
            for ""
            kind (record field)
            to (record field)
        "#]],
        );
        within(
            "A == log = \"V$0",
            ranked(9),
            expect![[r#"
            for "V"
            Vote (string of this module)
        "#]],
        );
        within(
            "A == log \\c$0",
            |offer| offer.label.starts_with("\\c"),
            expect![[r#"
            for "\\c"
            \cup ∪ (the union of two sets)
            \cap ∩ (the intersection of two sets)
            \circ ∘ (one sequence followed by another)
            \cdot ⋅ (one step that is both actions one after the other)
        "#]],
        );
        within(
            "I == INSTANCE FiniteSets\nA == I!$0",
            ranked(9),
            expect![[r#"
            for ""
            IsFiniteSet(S) (FiniteSets) -> "IsFiniteSet(<S>)"
            Cardinality(S) (FiniteSets) -> "Cardinality(<S>)"
        "#]],
        );
        within("\\* Add$0", ranked(9), expect!["nothing"]);
    }
}
