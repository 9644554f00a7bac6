//! The outline of a document, and finding a name among many documents.

use super::{
    kinds::{NameKind, Sense},
    scope::Symbol,
};
use crate::{
    Document, ModuleSource,
    diagnostic::Span,
    syntax::tree::{Body, Definition, Expr, ExprKind, Item, LetItem},
};

/// One entry of an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineEntry {
    pub name: String,
    /// The parameters as they are written: `(a, b)`, `[x]`; empty without.
    pub parameters: String,
    pub kind: NameKind,
    /// Bytes of all of it; holds `selection` and all children.
    pub span: Span,
    /// Bytes of the name.
    pub selection: Span,
    pub children: Vec<OutlineEntry>,
}

/// The modules of a document with their declarations and definitions (LSP 3.17, `textDocument/documentSymbol`).
pub fn outline(document: &Document, modules: &dyn ModuleSource) -> Vec<OutlineEntry> {
    let sense = Sense::of(document, modules);
    let mut reader = Reader { sense: &sense, open: Vec::new(), done: Vec::new(), next: 0 };
    reader.run();
    reader.done
}

/// The bytes of the name in the header of a document's outermost module.
pub fn module_name(document: &Document) -> Option<Span> {
    document.units().iter().find_map(|unit| match &unit.syntax.item {
        Item::Header { name: Some(name) } => Some(name.span.shifted(unit.range.span.start)),
        _ => None,
    })
}

/// Whether the letters of a query occur in a name in their order, whatever their case
/// (LSP 3.17, `workspace/symbol`).
pub fn matches(query: &str, name: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    query.chars().flat_map(char::to_lowercase).all(|wanted| letters.any(|letter| letter == wanted))
}

struct Reader<'r, 'a> {
    sense: &'r Sense<'a>,
    /// Modules whose footer has not come, outermost first.
    open: Vec<OutlineEntry>,
    done: Vec<OutlineEntry>,
    /// The first symbol that no unit has taken.
    next: usize,
}

impl<'a> Reader<'_, 'a> {
    fn run(&mut self) {
        for (index, unit) in self.sense.view.document.units().iter().enumerate() {
            let span = unit.range.span;
            match &unit.syntax.item {
                Item::Header { name } => self.open.push(OutlineEntry {
                    name: name.as_ref().map_or_else(|| "?".to_owned(), |name| name.name.to_string()),
                    parameters: String::new(),
                    kind: NameKind::Module,
                    span,
                    selection: name.as_ref().map_or(span, |name| name.span.shifted(span.start)),
                    children: Vec::new(),
                }),
                Item::Footer => self.close(span.end),
                _ => self.unit(index, span),
            }
        }
        let end = self.sense.view.document.units().last().map_or(0, |unit| unit.range.span.end);
        while !self.open.is_empty() {
            self.close(end);
        }
    }

    fn close(&mut self, end: usize) {
        let Some(mut module) = self.open.pop() else { return };
        module.span.end = module.span.end.max(end);
        match self.open.last_mut() {
            Some(outer) => outer.children.push(module),
            None => self.done.push(module),
        }
    }

    fn unit(&mut self, index: usize, span: Span) {
        let symbols = &self.sense.view.symbols;
        while let Some(symbol) = symbols.get(self.next).filter(|symbol| symbol.unit <= index) {
            self.next += 1;
            if symbol.unit != index {
                continue;
            }
            let entry = self.entry(symbol, span);
            match self.open.last_mut() {
                Some(module) => module.children.push(entry),
                None => self.done.push(entry),
            }
        }
    }

    fn entry(&self, symbol: &Symbol<'a>, unit: Span) -> OutlineEntry {
        let Some(definition) = symbol.definition() else {
            return OutlineEntry {
                name: symbol.name.to_owned(),
                parameters: String::new(),
                kind: self.sense.kind(symbol),
                span: symbol.span,
                selection: symbol.span,
                children: Vec::new(),
            };
        };
        let mut children = Vec::new();
        if let Body::Expression(body) = &definition.body {
            self.local(body, unit.start, &mut children);
        }
        OutlineEntry {
            name: symbol.name.to_owned(),
            parameters: parameters(definition),
            kind: self.sense.kind(symbol),
            span: unit,
            selection: symbol.span,
            children,
        }
    }

    /// The definitions of the LETs in an expression.
    fn local(&self, expression: &Expr, start: usize, into: &mut Vec<OutlineEntry>) {
        let ExprKind::Let { items, body } = &expression.kind else {
            return expression.children(&mut |child| self.local(child, start, into));
        };
        for item in items {
            let LetItem::Definition(definition) = item else { continue };
            let mut children = Vec::new();
            if let Body::Expression(body) = &definition.body {
                self.local(body, start, &mut children);
            }
            let selection = definition.ident.span.shifted(start);
            into.push(OutlineEntry {
                name: definition.ident.name.to_string(),
                parameters: parameters(definition),
                kind: self.sense.kind_of(definition, None),
                span: definition.span.shifted(start).cover(selection),
                selection,
                children,
            });
        }
        self.local(body, start, into);
    }
}

/// The parameters of a definition as they are written, without spaces at the ends.
pub(crate) fn parameters(definition: &Definition) -> String {
    if !definition.bounds.is_empty() {
        let names = definition.bounds.iter().flat_map(|bound| &bound.names).map(|name| name.name.as_str());
        return format!("[{}]", names.collect::<Vec<_>>().join(", "));
    }
    if definition.parameters.is_empty() || !super::occurrences::is_word(&definition.ident.name) {
        return String::new();
    }
    let shown = definition.parameters.iter().map(|parameter| match parameter.arity {
        0 => parameter.ident.name.to_string(),
        arity => format!("{}({})", parameter.ident.name, vec!["_"; arity].join(", ")),
    });
    format!("({})", shown.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::NoModules;

    fn show(entries: &[OutlineEntry], depth: usize, document: &Document, into: &mut String) {
        for entry in entries {
            let text = document.text();
            let lines = (text.line_of(entry.span.start) + 1, text.line_of(entry.span.end) + 1);
            let word = entry.kind.word();
            let (name, parameters) = (&entry.name, &entry.parameters);
            into.push_str(&format!("{}{word} {name}{parameters} {}-{}\n", "  ".repeat(depth), lines.0, lines.1));
            show(&entry.children, depth + 1, document, into);
        }
    }

    fn check(text: &str, expected: Expect) {
        let document = Document::from(text);
        let mut shown = String::new();
        show(&outline(&document, &NoModules), 0, &document, &mut shown);
        expected.assert_eq(&shown);
    }

    #[test]
    fn a_module_is_a_tree() {
        check(
            "prose\n---- MODULE M ----\nEXTENDS Naturals\nCONSTANT N\nVARIABLES x,\n  y\nRECURSIVE F(_)\nF(n) == n\nInit == x = 0 /\\ y = N\nUp(by, Op(_)) ==\n  LET two == 2\n      next == x' = 1 IN\n  next\n---- MODULE Inner ----\nG[i \\in N] == i\n====\nSpec == Init /\\ [][Up(1, F)]_x\nTHEOREM T == Spec\n====\n",
            expect![[r#"
                module M 2-19
                  constant N 4-4
                  variable x 5-5
                  variable y 6-6
                  operator F(n) 8-8
                  state predicate Init 9-9
                  action Up(by, Op(_)) 10-13
                    operator two 11-11
                    action next 12-12
                  module Inner 14-16
                    function G[i] 15-15
                  temporal formula Spec 17-17
                  statement T 18-18
            "#]],
        );
    }

    #[test]
    fn a_broken_definition_hides_no_other() {
        check(
            "---- MODULE M ----\nVARIABLE x\nA(p) == {x', p\nB == x = 1\nC == IF\n",
            expect![[r#"
                module M 1-5
                  variable x 2-2
                  action A(p) 3-3
                  state predicate B 4-4
                  operator C 5-5
            "#]],
        );
        check("no module", expect![""]);
    }

    #[test]
    fn a_query_matches_letters_in_order() {
        assert!(matches("bcld", "BecomeLeader"));
        assert!(matches("", "x"));
        assert!(!matches("leadbe", "BecomeLeader"));
    }
}
