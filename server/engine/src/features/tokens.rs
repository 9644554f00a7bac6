//! What each name is, for colours: its kind, and whether it is defined, primed or taken from the library.

use std::collections::HashMap;

use super::{
    kinds::{NameKind, Sense},
    occurrences::{BinderKind, Occurrence, Occurrences, Role, Target, is_word},
    operators,
    scope::Origin,
};
use crate::{Document, ModuleSource, NoModules, diagnostic::Span};

/// What is true of a name at a place, besides its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    Declaration,
    Definition,
    /// Primed.
    Primed,
    /// Of a module of the library.
    Library,
}

/// One coloured name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameToken {
    /// Bytes of the name, on one line.
    pub span: Span,
    pub kind: NameKind,
    pub marks: Vec<Mark>,
}

/// The names of a document in order of place (LSP 3.17, `textDocument/semanticTokens`). Names that nobody knows have
/// no colour.
pub fn tokens(document: &Document, modules: &dyn ModuleSource) -> Vec<NameToken> {
    let sense = Sense::of(document, modules);
    let occurrences = Occurrences::of(&sense.view);
    let mut colours = Colours { sense: &sense, occurrences: &occurrences, modules, imported: HashMap::new() };
    let kinds: Vec<NameKind> = sense.view.symbols.iter().map(|symbol| sense.kind(symbol)).collect();
    let mut tokens: Vec<NameToken> =
        occurrences.places.iter().filter_map(|place| colours.token(place, &kinds)).collect();
    tokens.sort_by_key(|token| token.span);
    tokens.dedup_by_key(|token| token.span.start);
    tokens
}

struct Colours<'c, 'a> {
    sense: &'c Sense<'a>,
    occurrences: &'c Occurrences<'a>,
    modules: &'a dyn ModuleSource,
    /// The kinds of the names of each module that was asked.
    imported: HashMap<String, (Origin, HashMap<String, NameKind>)>,
}

impl Colours<'_, '_> {
    fn token(&mut self, place: &Occurrence<'_>, kinds: &[NameKind]) -> Option<NameToken> {
        if !is_word(place.name) || operators::find(place.name).is_some() {
            return None;
        }
        let view = &self.sense.view;
        let mut marks = Vec::new();
        match place.role {
            Role::Declaration => marks.push(Mark::Declaration),
            Role::Definition => marks.push(Mark::Definition),
            Role::Write => marks.push(Mark::Primed),
            Role::Read | Role::Keep => {}
        }
        let kind = match place.target {
            Target::Local(index) => match self.occurrences.binders[index].kind {
                BinderKind::Parameter(_) => NameKind::Parameter,
                BinderKind::Bound(_) => NameKind::Bound,
                BinderKind::Let(definition) => self.sense.kind_of(definition, None),
                BinderKind::Recursive => NameKind::Operator,
            },
            Target::Symbol(index) => kinds[index],
            Target::Imported(index) => {
                self.of_module(&view.imported_modules()[index].module, place.name, &mut marks)?
            }
            Target::Within(module) => self.of_module(module, place.name, &mut marks)?,
            Target::Module => {
                let known = view.document.module_name() == Some(place.name);
                let import = if known { None } else { view.module(place.name) };
                if import.is_some_and(|import| import.origin == Origin::Library) {
                    marks.push(Mark::Library);
                }
                NameKind::Module
            }
            Target::Field => NameKind::Field,
            Target::Text | Target::Other => return None,
        };
        Some(NameToken { span: place.span, kind, marks })
    }

    fn of_module(&mut self, module: &str, name: &str, marks: &mut Vec<Mark>) -> Option<NameKind> {
        if !self.imported.contains_key(module) {
            let import = self.sense.view.module(module)?;
            let modules = if import.origin == Origin::Library { &NoModules } else { self.modules };
            let sense = Sense::of(&import.document, modules);
            let own = sense.view.symbols.iter().filter(|symbol| symbol.nest == 0);
            let kinds = own.map(|symbol| (symbol.name.to_owned(), sense.kind(symbol))).collect();
            self.imported.insert(module.to_owned(), (import.origin, kinds));
        }
        let (origin, kinds) = self.imported.get(module)?;
        if *origin == Origin::Library {
            marks.push(Mark::Library);
        }
        kinds.get(name).copied()
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        let document = Document::from(text);
        let shown = tokens(&document, &NoModules).into_iter().map(|token| {
            let marks: String = token.marks.iter().map(|mark| format!(" {mark:?}")).collect();
            let line = document.text().line_of(token.span.start) + 1;
            format!("{line} {} {:?}{marks}\n", &document.source()[token.span.start..token.span.end], token.kind)
        });
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn names_have_the_colour_of_what_they_are() {
        check(
            "---- MODULE M ----\nEXTENDS Sequences\nCONSTANT N\nVARIABLE x\nInit == x = <<>>\nAdd(e) == \\E k \\in 1..N : x' = Append(x, e)\nSpec == Init /\\ [][Add(1)]_x\n====\n",
            expect![[r#"
                1 M Module Definition
                2 Sequences Module Library
                3 N Constant Declaration
                4 x Variable Declaration
                5 Init Predicate Definition
                5 x Variable
                6 Add Action Definition
                6 e Parameter Definition
                6 k Bound Definition
                6 N Constant
                6 x Variable Primed
                6 Append Operator Library
                6 x Variable
                6 e Parameter
                7 Spec Temporal Definition
                7 Init Predicate
                7 Add Action
                7 x Variable
            "#]],
        );
    }

    #[test]
    fn broken_text_keeps_its_colours() {
        check(
            "---- MODULE M ----\nVARIABLE x\nA(p) == ) {x', p, r.f, what\n",
            expect![[r#"
            1 M Module Definition
            2 x Variable Declaration
            3 A Action Definition
            3 p Parameter Definition
            3 x Variable Primed
            3 p Parameter
            3 f Field
        "#]],
        );
    }
}
