//! The parameters of the operator whose arguments are being written.

use super::{
    comments::comment_for,
    complete::probed,
    hover::comment_of,
    occurrences::{BinderKind, Occurrences, unit_at},
    scope::{Meaning, Symbol, View},
};
use crate::{
    Document, ModuleSource,
    diagnostic::Span,
    syntax::{
        Kind, Token, lex,
        tree::{Declared, Definition},
    },
};

/// An operator's parameters and which of them is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `Op(a, b)`
    pub label: String,
    /// Bytes of each parameter in the label.
    pub parameters: Vec<Span>,
    pub documentation: Option<String>,
    /// From 0; may be one that the operator does not have.
    pub active: usize,
}

/// The operator whose arguments a byte of a document lies among (LSP 3.17, `textDocument/signatureHelp`).
pub fn signature(document: &Document, modules: &dyn ModuleSource, offset: usize) -> Option<Signature> {
    document.source().get(..offset)?;
    let document = &probed(document, offset);
    let view = View::of(document, modules);
    let unit = unit_at(&view, offset)?;
    let range = document.units()[unit].range;
    let text = document.source().get(range.span.start..offset)?;
    let (name, active) = open_call(&lex(text, range.column).tokens, text)?;
    let occurrences = Occurrences::around(&view, offset);
    let inside = offset.min(range.span.end);
    let binder = occurrences.binders.iter().rev().find(|one| one.name == name && one.extent.touches(inside));
    if let Some(binder) = binder {
        return match binder.kind {
            BinderKind::Let(definition) => {
                let span = definition.span.shifted(binder.span.start - definition.ident.span.start);
                Some(of(name, &shown(definition), comment_for(document, span.start, span.end), active))
            }
            BinderKind::Parameter(arity) => Some(of(name, &vec!["_".to_owned(); arity], None, active)),
            BinderKind::Bound(_) | BinderKind::Recursive => None,
        };
    }
    if let Some(index) = view.symbol_index(unit, name) {
        return of_symbol(document, &view.symbols[index], active);
    }
    let import = &view.imported_modules()[view.imported(name)?];
    of_symbol(&import.document, View::of(&import.document, modules).symbol(name)?, active)
}

/// The operator whose parenthesis is open at the end of the tokens, and how many commas stand behind it.
fn open_call<'t>(tokens: &[Token], text: &'t str) -> Option<(&'t str, usize)> {
    let mut depth = 0_usize;
    let mut commas = 0;
    for (index, token) in tokens.iter().enumerate().rev() {
        match token.kind {
            Kind::RightParen | Kind::RightBracket | Kind::RightBrace | Kind::RightTuple => depth += 1,
            Kind::LeftParen if depth == 0 => {
                let name = tokens.get(index.checked_sub(1)?)?;
                return (name.kind == Kind::Identifier).then(|| (name.text(text), commas));
            }
            // Commas within brackets that are open are none of the call's.
            Kind::LeftBracket | Kind::LeftBrace | Kind::LeftTuple if depth == 0 => commas = 0,
            Kind::LeftParen | Kind::LeftBracket | Kind::LeftBrace | Kind::LeftTuple => depth -= 1,
            Kind::Comma if depth == 0 => commas += 1,
            // The head of a definition is no call.
            Kind::Defines if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

fn of_symbol(document: &Document, symbol: &Symbol<'_>, active: usize) -> Option<Signature> {
    let parameters = match symbol.meaning {
        Meaning::Definition(definition) => shown(definition),
        Meaning::Constant(declared) | Meaning::Recursive(declared) => vec!["_".to_owned(); declared.arity],
        Meaning::Variable | Meaning::Statement => return None,
    };
    Some(of(symbol.name, &parameters, comment_of(document, symbol), active))
}

fn shown(definition: &Definition) -> Vec<String> {
    let one = |parameter: &Declared| match parameter.arity {
        0 => parameter.ident.name.to_string(),
        arity => format!("{}({})", parameter.ident.name, vec!["_"; arity].join(", ")),
    };
    definition.parameters.iter().map(one).collect()
}

fn of(name: &str, shown: &[String], documentation: Option<String>, active: usize) -> Signature {
    let mut label = format!("{name}(");
    let mut parameters = Vec::new();
    for (place, parameter) in shown.iter().enumerate() {
        if place > 0 {
            label.push_str(", ");
        }
        parameters.push(Span::new(label.len(), label.len() + parameter.len()));
        label.push_str(parameter);
    }
    label.push(')');
    Signature { label, parameters, documentation, active }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::NoModules;

    fn check(text: &str, expected: Expect) {
        let text = format!("---- MODULE M ----\nEXTENDS Sequences\n\\* Adds.\nAdd(a, Op(_)) == a\n{text}\n====\n");
        let offset = text.find("$0").unwrap();
        let document = Document::from(text.replace("$0", "").as_str());
        let told = match signature(&document, &NoModules, offset) {
            Some(found) => {
                let active =
                    found.parameters.get(found.active).map_or("none", |span| &found.label[span.start..span.end]);
                format!("{} at {active}: {}", found.label, found.documentation.unwrap_or_default())
            }
            None => "nothing".to_owned(),
        };
        expected.assert_eq(&told);
    }

    #[test]
    fn the_argument_that_is_written_is_told() {
        check("A == Add($0", expect!["Add(a, Op(_)) at a: Adds."]);
        check("A == Add({1, 2}, $0)", expect!["Add(a, Op(_)) at Op(_): Adds."]);
        check("A == Add(<<1, $0", expect!["Add(a, Op(_)) at a: Adds."]);
        check(
            "A == SubSeq(Tail(s), 1, $0",
            expect![[r#"
            SubSeq(s, m, n) at n: The elements of s from position m to position n; empty where m > n.
            An error where m or n is not a position of s and m <= n."#]],
        );
        check("A == LET f(x) == x IN f($0)", expect!["f(x) at x: "]);
        check("A == (1 + $0", expect!["nothing"]);
        check("A(b, $0", expect!["nothing"]);
    }
}
