//! Renaming: every use at once, and never so that a name would come to stand for something else.

use super::{
    navigate::{Identity, Use, identity_of, uses},
    occurrences::{Occurrences, Reading, Target, is_word},
    operators,
    scope::{Meaning, Origin, View},
};
use crate::{
    Document, ModuleSource, NoModules,
    diagnostic::Span,
    syntax::{
        Kind, lex,
        tree::{Body, Definition, Item},
    },
};

/// What may be renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamable {
    pub identity: Identity,
    /// Bytes of the name under the cursor.
    pub span: Span,
    pub name: String,
}

/// What would be renamed at a byte of a document (LSP 3.17, `textDocument/prepareRename`).
///
/// # Errors
/// Why the name can't be renamed, as a sentence; `None` where there is no name at all.
pub fn prepare(document: &Document, modules: &dyn ModuleSource, offset: usize) -> Result<Renamable, Option<String>> {
    let view = View::of(document, modules);
    let occurrences = Occurrences::around(&view, offset);
    let inside = document.comments().any(|comment| comment.start < offset && offset < comment.end);
    let place = occurrences.at(offset).filter(|_| !inside).ok_or(None)?;
    let name = place.name;
    let refused = |why: String| Err(Some(why));
    if !is_word(name) || operators::find(name).is_some() {
        return refused(format!("`{name}` is part of TLA+"));
    }
    let from = |module: &str| match view.module(module).map(|import| import.origin) {
        Some(Origin::Library) => Some(format!("`{name}` belongs to the library module {module}")),
        Some(Origin::Beside) => None,
        None => Some(format!("the module {module} is not found")),
    };
    match place.target {
        Target::Module => {
            return refused(format!("`{name}` is a module: its file and the prompt that demands it name it too"));
        }
        Target::Field => return refused(format!("`{name}` is a record field, and records are declared nowhere")),
        Target::Text => return refused(format!("\"{name}\" is a string, a value and no name")),
        Target::Other => return refused(format!("nothing is known of `{name}`")),
        Target::Imported(index) => {
            if let Some(why) = from(&view.imported_modules()[index].module) {
                return refused(why);
            }
        }
        Target::Within(module) => {
            if let Some(why) = from(module) {
                return refused(why);
            }
        }
        Target::Local(_) | Target::Symbol(_) => {}
    }
    let Some(identity) = identity_of(&view, &occurrences, place) else {
        return refused(format!("nothing is known of `{name}`"));
    };
    Ok(Renamable { identity, span: place.span, name: name.to_owned() })
}

/// Whether a text can be a name at all.
///
/// # Errors
/// Why not, as a sentence.
pub fn check_name(name: &str) -> Result<(), String> {
    let lexed = lex(name, 1);
    let [token] = lexed.tokens.as_slice() else { return Err(format!("`{name}` is no name of TLA+")) };
    let whole = token.span() == Span::new(0, name.len());
    if matches!(token.kind, Kind::Keyword(_) | Kind::Operator(_)) || operators::find(name).is_some() {
        return Err(format!("`{name}` is a word of TLA+ itself"));
    }
    if token.kind != Kind::Identifier || !whole || !name.is_ascii() {
        return Err(format!("`{name}` is no name of TLA+"));
    }
    Ok(())
}

/// The places of one document to be renamed (LSP 3.17, `textDocument/rename`). Every document that may use the name
/// has to be asked; one that does not use it gives no places.
///
/// # Errors
/// Why renaming would change what the document means, as a sentence.
pub fn places(
    document: &Document,
    modules: &dyn ModuleSource,
    wanted: &Identity,
    old: &str,
    new: &str,
) -> Result<Vec<Span>, String> {
    if old == new {
        return Ok(Vec::new());
    }
    let found = uses(document, modules, wanted);
    let line = |span: Span| document.text().line_of(span.start) + 1;
    let view = View::of(document, modules);
    if let Some(span) = substituted(&view, wanted, old) {
        return Err(format!("line {} instantiates a module that takes `{old}` by its name", line(span)));
    }
    if found.is_empty() {
        // What is renamed elsewhere may still meet a name of this document.
        let Identity::Global { module, .. } = wanted else { return Ok(Vec::new()) };
        let extends = view.imported_modules().iter().any(|import| import.module == *module);
        let symbol = view.symbols.iter().find(|symbol| extends && symbol.name == new);
        return match symbol {
            Some(symbol) => Err(format!("`{new}` stands for something else in line {}", line(symbol.span))),
            None => Ok(Vec::new()),
        };
    }
    if let Some(doubtful) = found.iter().find(|found| !found.certain) {
        return Err(format!(
            "line {} can't be read, so it can't be told what `{old}` stands for there",
            line(doubtful.span)
        ));
    }
    let occurrences = Occurrences::of(&view);
    if let Some(taken) = collision(&view, &occurrences, &found, wanted, new) {
        return Err(format!("`{new}` stands for something else in line {}", line(taken)));
    }
    // No name may be one that comes from elsewhere: TLA+ has no shadowing.
    if let Some(index) = view.imported(new) {
        return Err(format!("`{new}` comes from the module {}", view.imported_modules()[index].module));
    }
    Ok(found.into_iter().map(|found| found.span).collect())
}

/// An INSTANCE that substitutes a variable or constant by its name, unsaid: both modules would have to keep it.
fn substituted(view: &View<'_>, wanted: &Identity, old: &str) -> Option<Span> {
    let Identity::Global { module, .. } = wanted else { return None };
    let here = view.document.module_name() == Some(module);
    for unit in view.document.units() {
        let instance = match &unit.syntax.item {
            Item::Instance { instance, .. } => instance,
            Item::Definition(Definition { body: Body::Instance(instance), .. }) => instance,
            _ => continue,
        };
        let said = instance.substitutions.iter().any(|(name, _)| name.name == old);
        if said || !(here || instance.module.name == *module) {
            continue;
        }
        let declares = view.module(&instance.module.name).is_some_and(|import| {
            let other = View::of(&import.document, &NoModules);
            other.symbol(old).is_some_and(|symbol| matches!(symbol.meaning, Meaning::Variable | Meaning::Constant(_)))
        });
        if declares {
            return Some(unit.range.span);
        }
    }
    None
}

/// A place where the new name is something else that the old one would meet.
fn collision(
    view: &View<'_>,
    occurrences: &Occurrences<'_>,
    found: &[Use],
    wanted: &Identity,
    new: &str,
) -> Option<Span> {
    // The name of a symbol is visible everywhere; a bound one within its extent.
    let extent = match wanted {
        Identity::Local(span) => occurrences.binders.iter().find(|one| one.span == *span).map(|one| one.extent),
        _ => None,
    };
    let symbol = view.symbols.iter().find(|symbol| symbol.name == new).map(|symbol| symbol.span);
    let binder = occurrences.binders.iter().filter(|binder| binder.name == new).find(|binder| match extent {
        // Either may not be bound where the other is.
        Some(extent) => extent.contains(binder.extent) || binder.extent.contains(extent),
        // A bound name may not be one of a symbol, wherever it is.
        None => true,
    });
    let doubtful = occurrences.places.iter().find(|place| {
        let visible = extent.is_none_or(|extent| extent.contains(place.span));
        place.name == new && visible && (place.reading == Reading::Tokens || place.target == Target::Other)
    });
    let theirs = binder.map(|binder| binder.span).or(doubtful.map(|place| place.span));
    symbol.or(theirs).filter(|span| found.iter().all(|found| found.span != *span))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::{Expect, expect};

    use super::*;
    use crate::diagnostic::{Edit, apply_edits};

    struct Beside;

    impl ModuleSource for Beside {
        fn module(&self, name: &str) -> Option<Arc<Document>> {
            let text = "---- MODULE Other ----\nVARIABLE far\nFar(n) == n\n====\n";
            (name == "Other").then(|| Arc::new(Document::from(text)))
        }
    }

    fn check(text: &str, new: &str, expected: Expect) {
        let text = format!("---- MODULE M ----\nEXTENDS Sequences, Other\n{text}\n====\n");
        let offset = text.find("$0").unwrap();
        let document = Document::from(text.replace("$0", "").as_str());
        let renamed = || {
            let target = prepare(&document, &Beside, offset).map_err(|why| why.unwrap_or("no name".to_owned()))?;
            check_name(new)?;
            let spans = places(&document, &Beside, &target.identity, &target.name, new)?;
            let edits: Vec<Edit> = spans.into_iter().map(|span| Edit::replace(span, new)).collect();
            let text = apply_edits(document.source(), &edits).0;
            let inner = text.lines().skip(2).take_while(|line| *line != "====");
            Ok::<String, String>(inner.collect::<Vec<_>>().join("\n"))
        };
        expected.assert_eq(&renamed().unwrap_or_else(|why| format!("refused: {why}")));
    }

    #[test]
    fn every_use_is_renamed_and_nothing_else() {
        check(
            "VARIABLE x$0\nA == x' = [x |-> x].x \\* x\nB(y) == y + x",
            "term",
            expect![[r#"
            VARIABLE term
            A == term' = [x |-> term].x \* x
            B(y) == y + term"#]],
        );
        check(
            "A == (\\E i$0 \\in {1} : i = 1) /\\ \\A i \\in {2} : i = 2",
            "k",
            expect![[r#"A == (\E k \in {1} : k = 1) /\ \A i \in {2} : i = 2"#]],
        );
        check("A == LET f$0(p) == p IN f(f(1))", "g", expect!["A == LET g(p) == p IN g(g(1))"]);
        check(
            "RECURSIVE F(_)\nF(n) == F$0(n)\nI == INSTANCE M",
            "G",
            expect![[r#"
            RECURSIVE G(_)
            G(n) == G(n)
            I == INSTANCE M"#]],
        );
        check("A == Fa$0r(1)", "Near", expect!["A == Near(1)"]);
    }

    #[test]
    fn what_would_shadow_or_capture_is_refused() {
        check(
            "VARIABLE x$0\nA == \\E i \\in {1} : x = i",
            "i",
            expect!["refused: `i` stands for something else in line 4"],
        );
        check(
            "VARIABLE x\nA == \\E i$0 \\in {1} : x = i",
            "x",
            expect!["refused: `x` stands for something else in line 3"],
        );
        check(
            "A == \\E i$0 \\in {1} : \\E j \\in {2} : i = j",
            "j",
            expect!["refused: `j` stands for something else in line 3"],
        );
        check(
            "A == (\\E i$0 \\in {1} : i = 1) /\\ \\A j \\in {2} : j = 2",
            "j",
            expect![[r#"A == (\E j \in {1} : j = 1) /\ \A j \in {2} : j = 2"#]],
        );
        check("A$0 == 1", "Len", expect!["refused: `Len` comes from the module Sequences"]);
        check("A(p$0) == p", "Far", expect!["refused: `Far` comes from the module Other"]);
        check("A$0 == 1\nB == unknown", "unknown", expect!["refused: `unknown` stands for something else in line 4"]);
    }

    #[test]
    fn what_is_not_ours_is_refused() {
        check("A == Le$0n(<<>>)", "Size", expect!["refused: `Len` belongs to the library module Sequences"]);
        check("A$0 == 1", "IF", expect!["refused: `IF` is a word of TLA+ itself"]);
        check("A$0 == 1", "a b", expect!["refused: `a b` is no name of TLA+"]);
        check("A$0 == 1", "1", expect!["refused: `1` is no name of TLA+"]);
        check("A == TRU$0E", "Yes", expect!["refused: `TRUE` is part of TLA+"]);
        check("A == [f |-> 1].f$0", "g", expect!["refused: `f` is a record field, and records are declared nowhere"]);
        check(
            "A == 1\nB == A$0\nC == ) A",
            "D",
            expect![[r#"
            D == 1
            B == D
            C == ) D"#]],
        );
        check(
            "VARIABLE own, f$0\nI == INSTANCE Other WITH far <- f",
            "g",
            expect![[r#"
            VARIABLE own, g
            I == INSTANCE Other WITH far <- g"#]],
        );
        check(
            "I == INSTANCE Other\nB == fa$0r",
            "g",
            expect!["refused: line 3 instantiates a module that takes `far` by its name"],
        );
        check(
            "A == 1\nB == A$0\nC == {A, (",
            "D",
            expect![[r#"
            D == 1
            B == D
            C == {D, ("#]],
        );
        check("A == 1 \\* A$0", "B", expect!["refused: no name"]);
    }
}
