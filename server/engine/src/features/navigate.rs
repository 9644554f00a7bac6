//! From a name to its definition and to all its uses.

use super::{
    occurrences::{Occurrence, Occurrences, Reading, Role, Target},
    scope::View,
};
use crate::{Document, ModuleSource, diagnostic::Span, syntax::UnitKind};

/// Where a name is defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The module, where it is another one than the document's outermost.
    pub module: Option<String>,
    /// Bytes of the name in that module's document.
    pub span: Span,
}

/// How a name is used at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// A declaration: neither read nor written.
    Declaration,
    Definition,
    Read,
    /// Primed.
    Write,
}

/// What a name stands for, told so that other documents can be asked for it too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// Known within one document only: where it is bound or defined there, in bytes.
    Local(Span),
    /// A symbol of a module.
    Global {
        module: String,
        name: String,
    },
    Module(String),
    /// A record field; records have no declarations, so all fields of a name are one.
    Field(String),
    /// A string, by what its quotes hold.
    Text(String),
}

/// One use of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// Bytes of the name.
    pub span: Span,
    pub access: Access,
    /// Whether the text around it could be read; if not, what the name stands for there is only likely.
    pub certain: bool,
}

/// Where the name at a byte is defined (LSP 3.17, `textDocument/definition`).
pub fn definition(document: &Document, modules: &dyn ModuleSource, offset: usize) -> Option<Place> {
    let view = View::of(document, modules);
    let occurrences = Occurrences::around(&view, offset);
    let place = occurrences.at(offset)?;
    let of_module = |module: &str, name: &str| {
        let import = view.module(module)?;
        let span = View::of(&import.document, modules).symbol(name)?.span;
        Some(Place { module: Some(module.to_owned()), span })
    };
    match place.target {
        Target::Local(index) => Some(Place { module: None, span: occurrences.binders[index].span }),
        Target::Symbol(index) => Some(Place { module: None, span: view.symbols[index].span }),
        Target::Imported(index) => of_module(&view.imported_modules()[index].module, place.name),
        Target::Within(module) => of_module(module, place.name),
        Target::Module => {
            if let Some(span) = header_of(document, place.name) {
                return Some(Place { module: None, span });
            }
            let import = view.module(place.name)?;
            let span = header_of(&import.document, place.name).unwrap_or_default();
            Some(Place { module: Some(place.name.to_owned()), span })
        }
        Target::Field | Target::Text | Target::Other => None,
    }
}

/// The name in the header of a module of the document.
fn header_of(document: &Document, name: &str) -> Option<Span> {
    use crate::syntax::tree::Item;
    let headers = document.units().iter().filter(|unit| unit.range.kind == UnitKind::Header);
    headers
        .filter_map(|unit| match &unit.syntax.item {
            Item::Header { name: Some(ident) } if ident.name == name => Some(ident.span.shifted(unit.range.span.start)),
            _ => None,
        })
        .next()
}

/// What the name at a byte stands for, with its place; `None` for what is built into TLA+ or known to nobody.
pub fn identity(document: &Document, modules: &dyn ModuleSource, offset: usize) -> Option<(Identity, Span)> {
    let view = View::of(document, modules);
    let occurrences = Occurrences::around(&view, offset);
    let place = occurrences.at(offset)?;
    Some((identity_of(&view, &occurrences, place)?, place.span))
}

pub(crate) fn identity_of(view: &View<'_>, occurrences: &Occurrences<'_>, place: &Occurrence<'_>) -> Option<Identity> {
    let global = |module: &str| Identity::Global { module: module.to_owned(), name: place.name.to_owned() };
    match place.target {
        Target::Local(index) => Some(Identity::Local(occurrences.binders[index].span)),
        Target::Symbol(index) if view.symbols[index].nest == 0 => Some(match view.document.module_name() {
            Some(module) => global(module),
            None => Identity::Local(view.symbols[index].span),
        }),
        Target::Symbol(index) => Some(Identity::Local(view.symbols[index].span)),
        Target::Imported(index) => Some(global(&view.imported_modules()[index].module)),
        Target::Within(module) => Some(global(module)),
        Target::Module => Some(Identity::Module(place.name.to_owned())),
        Target::Field => Some(Identity::Field(place.name.to_owned())),
        Target::Text => Some(Identity::Text(place.name.to_owned())),
        Target::Other => None,
    }
}

/// All uses of what a name stands for in a document, definition and declarations included, in order of place
/// (LSP 3.17, `textDocument/references`, `textDocument/documentHighlight`). For [`Identity::Local`] the document must
/// be the one that it was told in.
pub fn uses(document: &Document, modules: &dyn ModuleSource, wanted: &Identity) -> Vec<Use> {
    let view = View::of(document, modules);
    let occurrences = Occurrences::of(&view);
    let found = occurrences.places.iter().filter(|place| is_use(&view, &occurrences, place, wanted));
    let mut found: Vec<Use> = found
        .map(|place| Use {
            span: place.span,
            access: match place.role {
                Role::Definition => Access::Definition,
                Role::Declaration => Access::Declaration,
                Role::Write => Access::Write,
                Role::Read | Role::Keep => Access::Read,
            },
            certain: place.reading == Reading::Tree,
        })
        .collect();
    found.sort_by_key(|found| found.span);
    found.dedup_by_key(|found| found.span);
    found
}

fn is_use(view: &View<'_>, occurrences: &Occurrences<'_>, place: &Occurrence<'_>, wanted: &Identity) -> bool {
    match wanted {
        Identity::Local(span) => match place.target {
            Target::Local(index) => occurrences.binders[index].span == *span,
            Target::Symbol(index) => view.symbols[index].span == *span,
            _ => false,
        },
        Identity::Global { name, .. } | Identity::Module(name) | Identity::Field(name) | Identity::Text(name) => {
            place.name == name && identity_of(view, occurrences, place).as_ref() == Some(wanted)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::{Expect, expect};

    use super::*;

    struct Beside(&'static str);

    impl ModuleSource for Beside {
        fn module(&self, name: &str) -> Option<Arc<Document>> {
            (name == "Other").then(|| Arc::new(Document::from(self.0)))
        }
    }

    const OTHER: &str = "---- MODULE Other ----\nVARIABLE far\nFar(x) == x\n====\n";

    fn shown(document: &Document, span: Span) -> String {
        let line = document.text().line_of(span.start);
        let column = span.start - document.text().line_start(line);
        format!("{}:{} {}", line + 1, column + 1, &document.source()[span.start..span.end])
    }

    /// The definition, then all uses.
    fn check(text: &str, expected: Expect) {
        let offset = text.find("$0").unwrap();
        let document = Document::from(text.replace("$0", "").as_str());
        let modules = Beside(OTHER);
        let mut lines = match definition(&document, &modules, offset) {
            Some(Place { module: None, span }) => format!("defined {}\n", shown(&document, span)),
            Some(Place { module: Some(module), span }) => match modules.module(&module) {
                Some(other) => format!("defined in {module} {}\n", shown(&other, span)),
                None => format!("defined in {module}\n"),
            },
            None => "defined nowhere\n".to_owned(),
        };
        if let Some((identity, _)) = identity(&document, &modules, offset) {
            for found in uses(&document, &modules, &identity) {
                let certain = if found.certain { "" } else { " likely" };
                lines.push_str(&format!("{} {:?}{certain}\n", shown(&document, found.span), found.access));
            }
        }
        expected.assert_eq(&lines);
    }

    #[test]
    fn uses_of_a_variable_are_told_by_prime() {
        check(
            "---- MODULE M ----\nVARIABLE x\nA == x' = x + 1 /\\ UNCHANGED x\nB == \\E x \\in S : x\nC(y) == {$0x, y\nr == [x |-> 1].x\n====\n",
            expect![[r#"
                defined 2:10 x
                2:10 x Declaration
                3:6 x Write
                3:11 x Read
                3:30 x Read
                5:10 x Read
            "#]],
        );
    }

    #[test]
    fn a_bound_name_is_found_in_its_scope_alone() {
        check(
            "---- MODULE M ----\nA == (\\E i \\in S : i = 1) /\\ \\A i \\in T : $0i = 2\nB(i) == i\n====\n",
            expect![[r#"
                defined 2:33 i
                2:33 i Definition
                2:43 i Read
            "#]],
        );
        check(
            "---- MODULE M ----\nA == LET f(p) == p + q\n q == 1 IN f($0q)\n====\n",
            expect![[r#"
            defined 3:2 q
            2:22 q Read
            3:2 q Definition
            3:14 q Read
        "#]],
        );
    }

    #[test]
    fn names_of_other_modules_are_found() {
        check(
            "---- MODULE M ----\nEXTENDS Other\nA == far' = Fa$0r(far)\n====\n",
            expect![[r#"
            defined in Other 3:1 Far
            3:13 Far Read
        "#]],
        );
        check(
            "---- MODULE M ----\nI == INSTANCE Other\nA == I!Fa$0r(1)\n====\n",
            expect![[r#"
            defined in Other 3:1 Far
            3:8 Far Read
        "#]],
        );
        check(
            "---- MODULE M ----\nEXTENDS Othe$0r\n====\n",
            expect![[r#"
            defined in Other 1:13 Other
            2:9 Other Read
        "#]],
        );
        check(
            "---- MODULE M ----\nEXTENDS Sequences\nA == Le$0n(<<>>)\n====\n",
            expect![[r#"
            defined in Sequences
            3:6 Len Read
        "#]],
        );
    }
}
