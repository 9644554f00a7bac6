//! What the rules about actions ask of the context: frames, the names of variables, the layout of conjunctions.

use super::Context;
use crate::{
    contract::Verdict,
    diagnostic::{Edit, Span},
    module::{
        Placed, calls,
        frame::{Frames, Turn, VariableSet},
        messages::Messages,
        register::Trait,
    },
    syntax::{
        facts::Facts,
        tree::{Connective, Definition, Expr, ExprKind, Item},
    },
};

/// The standard and community modules.
const LIBRARY: &[&str] = &[
    "Bags",
    "BagsExt",
    "Bitwise",
    "CSV",
    "Combinatorics",
    "DyadicRationals",
    "FiniteSets",
    "FiniteSetsExt",
    "Folds",
    "Functions",
    "Graphs",
    "HTML",
    "IOUtils",
    "Integers",
    "Json",
    "Naturals",
    "Randomization",
    "Reals",
    "Relation",
    "SVG",
    "Sequences",
    "SequencesExt",
    "ShiViz",
    "Statistics",
    "TLC",
    "TLCExt",
    "UndirectedGraphs",
    "VectorClocks",
];

/// The longest piece of the text that a message quotes.
const QUOTED: usize = 60;

impl<'a> Context<'a> {
    /// What the actions do to the variables, worked out when it is first asked for.
    pub(crate) fn frames(&self) -> &Frames<'a> {
        self.frames.get_or_init(|| Frames::of(&self.module, &self.calls))
    }

    /// What was worked out about a definition when its unit was read.
    pub(crate) fn facts(&self, definition: Placed<'a, Definition>) -> &'a Facts {
        &self.document.units()[definition.unit].syntax.facts
    }

    /// The messages that Next and Init build and test, worked out when they are first asked for.
    pub(crate) fn messages(&self) -> &Messages<'a> {
        self.messages.get_or_init(|| Messages::of(self.document, &self.module, &self.calls))
    }

    /// Whether anything but the definition of a name itself mentions it: another, a statement, an INSTANCE, a nested module.
    pub(crate) fn is_mentioned(&self, name: &str) -> bool {
        let mentioned = self.mentioned.get_or_init(|| {
            let register = &self.module.register;
            let mut mentioned = vec![false; self.module.definitions.len()];
            for (index, definition) in self.module.definitions.iter().enumerate() {
                let own = self.module.brief(*definition).defines.and_then(|name| self.module.index_of_word(name));
                let callees = self.calls.callees_at(index).filter(|callee| own != Some(*callee));
                callees.for_each(|callee| mentioned[callee] = true);
                // A string may name it too, as what TLC counts.
                let texts = register.fields_built.at(definition.unit).iter();
                let named = texts.filter_map(|text| self.module.index_of_word(*text));
                named.for_each(|named| mentioned[named] = true);
            }
            let mut others = Vec::new();
            for (unit, brief) in self.document.units().iter().zip(&register.briefs) {
                if brief.depth <= 1 && !brief.has(Trait::States) && !brief.has(Trait::Instantiates) {
                    continue;
                }
                match &unit.syntax.item {
                    Item::Assume { body, .. } | Item::Theorem { statement: Some(body), .. } => {
                        others.extend(calls::mentions(body));
                    }
                    Item::Instance { instance, .. } => {
                        others.extend(instance.substitutions.iter().flat_map(|(_, value)| calls::mentions(value)));
                    }
                    Item::Definition(definition) if unit.range.depth > 1 => {
                        others.extend(calls::mentions_of(definition));
                    }
                    _ => {}
                }
            }
            let others = others.iter().filter_map(|mention| self.calls.first_of(mention.name));
            others.for_each(|named| mentioned[named] = true);
            mentioned
        });
        self.calls.first_of(name).is_some_and(|index| mentioned[index])
    }

    /// Whether the contract's answers already say that what is declared here is not used.
    pub(crate) fn is_asked_for(&self, name: Span) -> bool {
        self.answered().iter().any(|(_, _, answer)| {
            answer.verdict == Verdict::Declared && answer.evidence.iter().any(|evidence| evidence.span.contains(name))
        })
    }

    /// Whether the module holds the translation of a PlusCal algorithm, which nobody wrote by hand.
    pub(crate) fn has_translation(&self) -> bool {
        const MARK: &str = "BEGIN TRANSLATION";
        *self.translation.get_or_init(|| {
            self.document.comments().any(|comment| comment.len() > MARK.len() && self.text(comment).contains(MARK))
        })
    }

    /// Whether the module instantiates another, which may use every name of this one.
    pub(crate) fn has_instances(&self) -> bool {
        !self.module.instances.is_empty()
            || self.module.register.briefs.iter().any(|brief| brief.depth > 1 || brief.has(Trait::IsInstance))
    }

    /// Whether the module extends one that is not of the standard or community modules.
    pub(crate) fn has_foreign_modules(&self) -> bool {
        self.module.extends.iter().any(|name| !LIBRARY.contains(&name.value.name.as_str()))
    }

    /// Whether a definition of the module is read whole and is no INSTANCE.
    pub(crate) fn is_understood(&self, name: &str) -> bool {
        self.module.definition(name).is_some_and(|definition| definition.is_whole() && definition.body().is_some())
    }

    /// A span of a definition's unit as bytes of the document; `home` is an index of `Module::definitions`.
    pub(crate) fn placed(&self, home: usize, span: Span) -> Span {
        self.module.definitions[home].span(span)
    }

    /// The name of the definition at an index of `Module::definitions`.
    pub(crate) fn name_at(&self, home: usize) -> &'a str {
        self.module.definitions[home].name()
    }

    /// The names of variables, in the order of their declaration.
    pub(crate) fn names_of(&self, variables: VariableSet) -> Vec<&'a str> {
        let declared = self.module.variables.iter().enumerate();
        declared.filter(|(index, _)| variables.has(*index)).map(|(_, name)| name.value.name.as_str()).collect()
    }

    /// "`x`, `y` and `z`"
    pub(crate) fn told(&self, variables: VariableSet) -> String {
        let names: Vec<String> = self.names_of(variables).into_iter().map(|name| format!("`{name}`")).collect();
        match names.as_slice() {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }

    /// The text of an expression of a definition's unit on one line, cut where it is long.
    pub(crate) fn quoted(&self, home: usize, expression: &Expr) -> String {
        let text = self.text(self.placed(home, expression.span));
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.chars().count() <= QUOTED {
            return line;
        }
        let cut: String = line.chars().take(QUOTED - 1).collect();
        format!("{}…", cut.trim_end())
    }

    /// Where a path turns, as the tail of a sentence: " where `x = 1` is false".
    pub(crate) fn turn(&self, home: usize, turn: Option<Turn<'_>>) -> String {
        match turn {
            None => String::new(),
            Some(Turn::Disjunct(branch)) => format!(" in the disjunct `{}`", self.quoted(home, branch)),
            Some(Turn::Then(test)) => format!(" where `{}` holds", self.quoted(home, test)),
            Some(Turn::Else(test)) => format!(" where `{}` does not hold", self.quoted(home, test)),
            Some(Turn::Arm(test)) => format!(" in the CASE of `{}`", self.quoted(home, test)),
            Some(Turn::Other) => " in the OTHER of the CASE".to_owned(),
        }
    }

    /// Whether a junction is written as a list of bullets.
    pub(crate) fn is_list(&self, home: usize, junction: &Expr) -> bool {
        let text = self.text(self.placed(home, junction.span));
        match &junction.kind {
            ExprKind::Junction { connective: Connective::And, .. } => text.starts_with("/\\") || text.starts_with('∧'),
            ExprKind::Junction { connective: Connective::Or, .. } => text.starts_with("\\/") || text.starts_with('∨'),
            _ => false,
        }
    }

    /// The text from the start of the line to an offset, every character but tabs as a blank: what indents a line to
    /// the same column.
    pub(crate) fn indent_of(&self, offset: usize) -> String {
        let source = self.document.source();
        let start = source[..offset].rfind('\n').map_or(0, |end| end + 1);
        source[start..offset].chars().map(|character| if character == '\t' { '\t' } else { ' ' }).collect()
    }

    /// The edit that makes a part of an action keep variables: by completing its UNCHANGED, or by a conjunct more.
    pub(crate) fn keep(&self, home: usize, part: &Expr, variables: VariableSet) -> Option<Edit> {
        let names = self.names_of(variables);
        // Where a bound name hides a variable, nothing can be said of the variable.
        if names.iter().any(|name| self.linked.binds(name)) {
            return None;
        }
        let items = match &part.kind {
            ExprKind::Junction { connective: Connective::And, items } => items.as_slice(),
            _ => std::slice::from_ref(part),
        };
        let kept = items.iter().rev().find_map(|item| match item.as_application("UNCHANGED") {
            Some([subject]) => Some(subject),
            _ => None,
        });
        if let Some(subject) = kept {
            return self.completed(home, subject, &names);
        }
        let tuple = match names.as_slice() {
            [only] => format!("UNCHANGED {only}"),
            _ => format!("UNCHANGED <<{}>>", names.join(", ")),
        };
        let last = items.last()?;
        let end = self.placed(home, last.span).end;
        if matches!(part.kind, ExprKind::Junction { .. }) && self.is_list(home, part) {
            let indent = self.indent_of(self.placed(home, part.span).start);
            return Some(Edit::insert(self.behind_comment(end), format!("\n{indent}/\\ {tuple}")));
        }
        // Behind an operand that reaches as far as it can, a further conjunct would become a part of it.
        let reaches_on = matches!(
            last.kind,
            ExprKind::Quantifier { .. } | ExprKind::If { .. } | ExprKind::Let { .. } | ExprKind::Case { .. }
        );
        let infix = matches!(part.kind, ExprKind::Junction { .. });
        if reaches_on || (!infix && !self.ends_definition(home, part)) {
            return None;
        }
        Some(Edit::insert(end, format!(" /\\ {tuple}")))
    }

    /// A tuple of variables, or the single one, with more of them.
    pub(crate) fn completed(&self, home: usize, subject: &Expr, names: &[&str]) -> Option<Edit> {
        let span = self.placed(home, subject.span);
        let text = self.text(span);
        match &subject.kind {
            ExprKind::Tuple(items) => {
                let list = names.join(", ");
                match items.last() {
                    Some(last) => Some(Edit::insert(self.placed(home, last.span).end, format!(", {list}"))),
                    None => Some(Edit::replace(span, format!("<<{list}>>"))),
                }
            }
            _ if subject.as_name().is_some() => {
                let inner = text.trim_start_matches('(').trim_end_matches(')').trim();
                Some(Edit::replace(span, format!("<<{inner}, {}>>", names.join(", "))))
            }
            _ => None,
        }
    }

    fn ends_definition(&self, home: usize, part: &Expr) -> bool {
        self.module.definitions[home].body().is_some_and(|body| body.span == part.span)
    }

    /// The end of the line, where nothing but a `\*` comment stands between an offset and it.
    fn behind_comment(&self, offset: usize) -> usize {
        let rest = &self.document.source()[offset..];
        let line = rest.split(['\n', '\r']).next().unwrap_or_default();
        if line.trim_start().starts_with("\\*") { offset + line.len() } else { offset }
    }
}
