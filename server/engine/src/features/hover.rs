//! What is told of a name under the cursor: its definition, its comment, its kind and what it does.

use super::{
    comments::{comment_for, comment_in_list},
    effects::Uses,
    kinds::{NameKind, Sense},
    messages::{FieldUsers, Users},
    occurrences::{BinderKind, Occurrence, Occurrences, Target},
    operators,
    scope::{Meaning, Origin, Symbol},
    symbols::parameters,
};
use crate::{
    Document, ModuleSource, NoModules,
    diagnostic::Span,
    syntax::{
        UnitKind, lex,
        tree::{Body, Definition, Expr, ExprKind},
    },
};

/// Longer definitions are shown without their ends, in lines.
const MOST_LINES: usize = 12;
/// Longer sets are shown without their ends, in characters.
const MOST_CHARACTERS: usize = 120;

/// What is told of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// Bytes of the name.
    pub span: Span,
    /// The name of the definition of the outermost module that is told of, if it is one.
    pub definition: Option<String>,
    /// The id of the clause of a prompt that is told of, if it is one.
    pub clause: Option<String>,
    pub markdown: String,
}

/// What is told of the name at a byte of a document (LSP 3.17, `textDocument/hover`).
pub fn hover(document: &Document, modules: &dyn ModuleSource, offset: usize) -> Option<Hover> {
    let sense = Sense::of(document, modules);
    let occurrences = Occurrences::around(&sense.view, offset);
    if document.comments().any(|comment| comment.start < offset && offset < comment.end) {
        return None;
    }
    let Some(place) = occurrences.at(offset) else { return word(document, offset) };
    let teller = Teller { sense: &sense, occurrences: &occurrences };
    let definition = match place.target {
        Target::Symbol(index) => sense.view.symbols[index].definition().map(|_| place.name.to_owned()),
        _ => None,
    };
    Some(Hover { span: place.span, definition, clause: None, markdown: teller.tell(place)? })
}

/// What is told of a word that holds an expression or a module together.
fn word(document: &Document, offset: usize) -> Option<Hover> {
    let unit = document.units().iter().map(|unit| unit.range.span).find(|span| span.touches(offset))?;
    let text = document.source().get(unit.start..unit.end)?;
    let lexed = lex(text, 1);
    let tokens = lexed.tokens.iter().map(|token| token.span().shifted(unit.start));
    let span = tokens.filter(|span| span.touches(offset)).max_by_key(|span| span.end > offset)?;
    let known = operators::find_any(document.source().get(span.start..span.end)?)?;
    Some(Hover { span, definition: None, clause: None, markdown: format!("`{}`: {}", known.spelling, known.meaning) })
}

struct Teller<'t, 'a> {
    sense: &'t Sense<'a>,
    occurrences: &'t Occurrences<'a>,
}

impl Teller<'_, '_> {
    fn tell(&self, place: &Occurrence<'_>) -> Option<String> {
        let view = &self.sense.view;
        match place.target {
            Target::Local(index) => Some(self.local(index)),
            Target::Symbol(index) => Some(self.symbol(index)),
            Target::Imported(index) => {
                let import = &view.imported_modules()[index];
                described_in(&import.document, view.modules, place.name, &import.module, import.origin)
            }
            Target::Within(module) => {
                let import = view.module(module)?;
                described_in(&import.document, view.modules, place.name, module, import.origin)
            }
            Target::Module => self.module(place.name),
            Target::Field => Some(self.field(place.name)),
            Target::Text => Some(self.text(place.name)),
            Target::Other => {
                let built_in = operators::find(place.name)?;
                let glyph = if built_in.glyph.is_empty() { String::new() } else { format!(" {}", built_in.glyph) };
                Some(format!("`{}`{glyph}: {}", built_in.spelling, built_in.meaning))
            }
        }
    }

    fn local(&self, index: usize) -> String {
        let binder = &self.occurrences.binders[index];
        let document = self.sense.view.document;
        match binder.kind {
            BinderKind::Parameter(0) => format!("{}*parameter*", code(binder.name)),
            BinderKind::Parameter(arity) => {
                format!("{}*parameter*", code(&format!("{}({})", binder.name, vec!["_"; arity].join(", "))))
            }
            BinderKind::Bound(Some(set)) => {
                let set = shortened(&document.source()[set.start..set.end]);
                format!("{}*bound name*", code(&format!("{} \\in {set}", binder.name)))
            }
            BinderKind::Bound(None) => format!("{}*bound name*", code(binder.name)),
            BinderKind::Recursive => format!("{}*operator*, declared RECURSIVE", code(binder.name)),
            BinderKind::Let(definition) => {
                let start = binder.span.start - definition.ident.span.start;
                let span = definition.span.shifted(start);
                let text = document.source().get(span.start..span.end).unwrap_or(binder.name);
                let kind = self.sense.kind_of(definition, None).word();
                let comment = comment_for(document, span.start, span.end);
                assembled(&clipped(text), &format!("*{kind}*, defined by LET"), comment)
            }
        }
    }

    /// A string: what messages of that type are built by and tested by.
    fn text(&self, text: &str) -> String {
        let facts = match self.message_facts(text) {
            facts if facts.is_empty() => vec!["*string*".to_owned()],
            facts => facts,
        };
        assembled(&format!("\"{text}\""), &facts.join(" · "), None)
    }

    fn field(&self, field: &str) -> String {
        let users = FieldUsers::of(self.sense.view.document, self.sense, field);
        let mut facts = vec!["*record field*".to_owned()];
        facts.extend(by("given", &users.builders));
        facts.extend(by("read", &users.readers));
        assembled(field, &facts.join(" · "), None)
    }

    fn message_facts(&self, type_name: &str) -> Vec<String> {
        let users = Users::of(self.sense.view.document, self.sense, type_name);
        if !users.is_message_type() {
            return Vec::new();
        }
        let built =
            by("built", &users.builders).or_else(|| users.others.is_empty().then(|| "built nowhere".to_owned()));
        let tested = by("tested", &users.testers).unwrap_or_else(|| "tested nowhere".to_owned());
        [Some("*message type*".to_owned()), built, Some(tested), by("named", &users.others)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// The message type that a constant or a definition is, by its string or its own name.
    fn type_of<'s>(&self, symbol: &'s Symbol<'_>) -> Option<&'s str> {
        match symbol.meaning {
            Meaning::Constant(_) => Some(symbol.name),
            Meaning::Definition(definition) => match &definition.body {
                Body::Expression(Expr { kind: ExprKind::Str(text), .. }) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    fn symbol(&self, index: usize) -> String {
        let view = &self.sense.view;
        let symbol = &view.symbols[index];
        let uses = Uses::of(view);
        let kind = self.sense.kind(symbol);
        let mut facts = vec![format!("*{}*", kind.word())];
        if symbol.is_variable() {
            let writers = uses.writers(index);
            facts.push(match writers.as_slice() {
                [] => "primed nowhere".to_owned(),
                some => format!("primed by {}", listed(some)),
            });
        } else if kind == NameKind::Action {
            let effects = uses.effects(index);
            if !effects.writes.is_empty() {
                facts.push(format!("writes {}", listed(&effects.writes.iter().copied().collect::<Vec<_>>())));
            }
            let kept: Vec<&str> = effects.keeps.difference(&effects.writes).copied().collect();
            if !kept.is_empty() {
                facts.push(format!("leaves {} unchanged", listed(&kept)));
            }
        }
        if matches!(kind, NameKind::Operator | NameKind::Function)
            && let Some(level) = self.sense.level(symbol)
        {
            facts.push(format!("{} level", level.word()));
        }
        facts.extend(self.type_of(symbol).map(|name| self.message_facts(name)).unwrap_or_default());
        let (text, comment) = told(view.document, symbol);
        assembled(&text, &facts.join(" · "), comment)
    }

    fn module(&self, name: &str) -> Option<String> {
        let view = &self.sense.view;
        if view.document.module_name() == Some(name) {
            let comment = module_comment(view.document);
            return Some(assembled(&format!("MODULE {name}"), "*module*", comment));
        }
        let import = view.module(name)?;
        let told = match import.origin {
            Origin::Library => "*module of the library*",
            Origin::Beside => "*module beside this one*",
        };
        Some(assembled(&format!("MODULE {name}"), told, module_comment(&import.document)))
    }
}

/// What is told of a symbol of another module.
fn described_in(
    document: &Document,
    modules: &dyn ModuleSource,
    name: &str,
    module: &str,
    origin: Origin,
) -> Option<String> {
    // The modules of the library are understood without any others.
    let modules = if origin == Origin::Library { &NoModules } else { modules };
    let sense = Sense::of(document, modules);
    let symbol = sense.view.symbol(name)?;
    let (text, comment) = told(document, symbol);
    let kind = sense.kind(symbol).word();
    // A definition of the library stands in for the real one; its head is what matters.
    let text = match (origin, symbol.definition()) {
        (Origin::Library, Some(definition)) => head(document, symbol, definition),
        _ => text,
    };
    Some(assembled(&text, &format!("*{kind}* of `{module}`"), comment))
}

/// The text and the comment of a symbol.
fn told(document: &Document, symbol: &Symbol<'_>) -> (String, Option<String>) {
    let unit = document.units()[symbol.unit].range;
    let text = &document.source()[unit.span.start..unit.span.end];
    match symbol.meaning {
        Meaning::Constant(declared) => {
            let places =
                if declared.arity == 0 { String::new() } else { format!("({})", vec!["_"; declared.arity].join(", ")) };
            (format!("CONSTANT {}{places}", symbol.name), comment_in_list(document, symbol.span))
        }
        Meaning::Variable => (format!("VARIABLE {}", symbol.name), comment_in_list(document, symbol.span)),
        Meaning::Definition(_) | Meaning::Recursive(_) | Meaning::Statement => {
            (clipped(text), comment_for(document, unit.span.start, unit.span.end))
        }
    }
}

/// A definition up to its `==`.
pub(crate) fn head(document: &Document, symbol: &Symbol<'_>, definition: &Definition) -> String {
    let unit = document.units()[symbol.unit].range.span;
    let text = &document.source()[unit.start..unit.end];
    let head = text.split("==").next().unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if head.is_empty() { format!("{}{}", symbol.name, parameters(definition)) } else { head }
}

/// The comment of a library operator or of a symbol of another module, for lists of names.
pub(crate) fn comment_of(document: &Document, symbol: &Symbol<'_>) -> Option<String> {
    told(document, symbol).1
}

/// The comment before the header or right behind it.
pub(crate) fn module_comment(document: &Document) -> Option<String> {
    let header = document.units().iter().find(|unit| unit.range.kind == UnitKind::Header)?.range.span;
    let next = document.comments().find(|comment| comment.start >= header.end)?;
    let between = document.source().get(header.end..next.start)?;
    if !between.trim().is_empty() {
        return None;
    }
    let rest = document.source()[next.end..].trim_start();
    super::comments::above(document, document.source().len() - rest.len())
        .or_else(|| super::comments::above(document, next.end))
}

/// Who does something, if anyone does.
fn by(what: &str, names: &[&str]) -> Option<String> {
    if names.is_empty() { None } else { Some(format!("{what} by {}", listed(names))) }
}

fn listed(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn code(text: &str) -> String {
    format!("```tlaplus\n{text}\n```\n")
}

fn assembled(text: &str, facts: &str, comment: Option<String>) -> String {
    let comment = comment.map(|comment| format!("\n\n{comment}")).unwrap_or_default();
    format!("{}{facts}{comment}", code(text))
}

fn clipped(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().take(MOST_LINES).map(str::trim_end).collect();
    if text.lines().nth(MOST_LINES).is_some() {
        lines.push("…");
    }
    lines.join("\n")
}

fn shortened(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        let offset = text.find("$0").unwrap();
        let document = Document::from(text.replace("$0", "").as_str());
        let shown = hover(&document, &NoModules, offset).map_or("nothing".to_owned(), |hover| {
            format!("on {}\n{}", &document.source()[hover.span.start..hover.span.end], hover.markdown)
        });
        expected.assert_eq(&shown);
    }

    const MODULE: &str = "---- MODULE M ----\n\\* What it is for.\nEXTENDS Sequences\nCONSTANT N \\* how many\nVARIABLES\n  \\* the log\n  log,\n  term \\* the term\nvars == <<log, term>>\nkeep == UNCHANGED term\n\\* Appends.\nAdd(e) == /\\ log' = Append(log, e)\n          /\\ keep\nStay == UNCHANGED vars\n";

    fn within(text: &str, expected: Expect) {
        check(&format!("{MODULE}{text}\n====\n"), expected);
    }

    #[test]
    fn words_are_told_too() {
        within(
            "Put(f) == [f EXC$0EPT ![1] = @ + 1]",
            expect![[r#"
                on EXCEPT
                `EXCEPT`: `[f EXCEPT ![x] = e]`: the function or record f, but e at x; `@` in e is `f[x]`"#]],
        );
        within("Put(f) == f \\* EXC$0EPT", expect!["nothing"]);
    }

    #[test]
    fn a_message_type_tells_who_builds_it_and_who_tests_for_it() {
        let module = "---- MODULE M ----\nVARIABLE msgs\nVote == \"MsgVote\"\n\
                      Ask(i) == msgs' = msgs \\cup {[type |-> Vote, from |-> i]}\n\
                      Answer(m) == m.type = \"MsgVo$0te\" /\\ msgs' = msgs \\ {m}\n====\n";
        check(
            module,
            expect![[r#"
            on "MsgVote"
            ```tlaplus
            "MsgVote"
            ```
            *message type* · built by `Ask` · tested by `Answer`"#]],
        );
        check(
            &module.replace("$0", "").replace("Vote ==", "Vo$0te =="),
            expect![[r#"
            on Vote
            ```tlaplus
            Vote == "MsgVote"
            ```
            *operator* · constant level · *message type* · built by `Ask` · tested by `Answer`"#]],
        );
        check(
            &module.replace("$0", "").replace("m.type", "m.ty$0pe"),
            expect![[r#"
            on type
            ```tlaplus
            type
            ```
            *record field* · given by `Ask` · read by `Answer`"#]],
        );
    }

    #[test]
    fn an_action_tells_what_it_writes() {
        within(
            "Next == Ad$0d(1)",
            expect![[r#"
            on Add
            ```tlaplus
            Add(e) == /\ log' = Append(log, e)
                      /\ keep
            ```
            *action* · writes `log` · leaves `term` unchanged

            Appends."#]],
        );
        within(
            "Next == St$0ay",
            expect![[r#"
            on Stay
            ```tlaplus
            Stay == UNCHANGED vars
            ```
            *action* · leaves `log`, `term` unchanged"#]],
        );
    }

    #[test]
    fn variables_and_constants_tell_their_comments() {
        within(
            "A == $0log",
            expect![[r#"
            on log
            ```tlaplus
            VARIABLE log
            ```
            *variable* · primed by `Add`

            the log"#]],
        );
        within(
            "A == term$0",
            expect![[r#"
            on term
            ```tlaplus
            VARIABLE term
            ```
            *variable* · primed nowhere

            the term"#]],
        );
        within(
            "A == N$0",
            expect![[r#"
            on N
            ```tlaplus
            CONSTANT N
            ```
            *constant*

            how many"#]],
        );
    }

    #[test]
    fn the_library_and_tla_itself_are_told() {
        within(
            "A == Appen$0d(log, 1)",
            expect![[r#"
            on Append
            ```tlaplus
            Append(s, e)
            ```
            *operator* of `Sequences`

            Sequence s with element e added at its end."#]],
        );
        within(
            "A == log $0\\o log",
            expect![[r#"
            on \o
            ```tlaplus
            s \o t
            ```
            *operator* of `Sequences`

            Sequence s followed by sequence t; also \circ. Joins two strings as well, but not a string and a sequence."#]],
        );
        within(
            "A == 1 $0\\in N",
            expect![[r#"
            on \in
            `\in` ∈: is an element of"#]],
        );
        within(
            "A == INSTANCE Sequen$0ces",
            expect![[r#"
            on Sequences
            ```tlaplus
            MODULE Sequences
            ```
            *module of the library*

            Finite sequences, which are the same as tuples: functions on 1 .. n."#]],
        );
    }

    #[test]
    fn bound_names_and_let_are_told() {
        within(
            "A == \\E x \\in {1,\n  2} : $0x = 1",
            expect![[r#"
            on x
            ```tlaplus
            x \in {1, 2}
            ```
            *bound name*"#]],
        );
        within(
            "A(p, Op(_)) == O$0p(p)",
            expect![[r#"
            on Op
            ```tlaplus
            Op(_)
            ```
            *parameter*"#]],
        );
        within(
            "A == LET \\* one\n  b == 1\n IN $0b",
            expect![[r#"
            on b
            ```tlaplus
            b == 1
            ```
            *operator*, defined by LET"#]],
        );
        within(
            "A == {N, lo$0g",
            expect![[r#"
            on log
            ```tlaplus
            VARIABLE log
            ```
            *variable* · primed by `Add`

            the log"#]],
        );
        within("\\* A comment of N$0", expect!["nothing"]);
    }
}
