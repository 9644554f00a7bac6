//! Which definitions reach which, what Spec says, and which variables a definition reads and primes.

use std::collections::{BTreeSet, HashSet};

use super::{Module, Placed, hash::QuickMap};
use crate::{
    diagnostic::Span,
    syntax::tree::{Body, Bound, Definition, Expr, ExprKind, LetItem, StepForm},
};

/// A name that an expression mentions and does not bind itself.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention<'a> {
    pub name: &'a str,
    /// Bytes in the unit.
    pub span: Span,
    pub tense: Tense,
}

/// Whether a name stands under a prime.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tense {
    Now,
    /// Under `'` or UNCHANGED.
    Next,
}

/// The free names of an expression, in order of place.
pub(crate) fn mentions(expression: &Expr) -> Vec<Mention<'_>> {
    let mut finder = Finder { bound: Vec::new(), found: Vec::new(), tense: Tense::Now };
    finder.expression(expression);
    finder.found
}

struct Finder<'a> {
    bound: Vec<&'a str>,
    found: Vec<Mention<'a>>,
    tense: Tense,
}

impl<'a> Finder<'a> {
    fn name(&mut self, name: &'a str, span: Span) {
        if !self.bound.contains(&name) {
            self.found.push(Mention { name, span, tense: self.tense });
        }
    }

    fn within(&mut self, names: impl Iterator<Item = &'a str>, read: impl FnOnce(&mut Self)) {
        let depth = self.bound.len();
        self.bound.extend(names);
        read(self);
        self.bound.truncate(depth);
    }

    fn bounds(&mut self, bounds: &'a [Bound], body: impl FnOnce(&mut Self)) {
        for set in bounds.iter().filter_map(|bound| bound.set.as_ref()) {
            self.expression(set);
        }
        let names = bounds.iter().flat_map(|bound| &bound.names).map(|ident| ident.name.as_str());
        self.within(names, body);
    }

    fn next_tense(&mut self, read: impl FnOnce(&mut Self)) {
        let before = std::mem::replace(&mut self.tense, Tense::Next);
        read(self);
        self.tense = before;
    }

    fn definition(&mut self, definition: &'a Definition) {
        let parameters = definition.parameters.iter().map(|parameter| parameter.ident.name.as_str());
        self.within(parameters, |finder| {
            finder.bounds(&definition.bounds, |finder| match &definition.body {
                Body::Expression(expression) => finder.expression(expression),
                Body::Instance(instance) => {
                    for (_, expression) in &instance.substitutions {
                        finder.expression(expression);
                    }
                }
            });
        });
    }

    fn expression(&mut self, expression: &'a Expr) {
        match &expression.kind {
            ExprKind::Apply { path, operator, arguments } => {
                match path.first() {
                    Some(first) => self.name(&first.ident.name, first.ident.span),
                    None => self.name(&operator.name, operator.span),
                }
                for argument in path.iter().flat_map(|part| &part.arguments) {
                    self.expression(argument);
                }
                if path.is_empty() && matches!(operator.name.as_str(), "'" | "UNCHANGED") {
                    self.next_tense(|finder| arguments.iter().for_each(|argument| finder.expression(argument)));
                } else {
                    arguments.iter().for_each(|argument| self.expression(argument));
                }
            }
            ExprKind::Symbol(ident) => self.name(&ident.name, ident.span),
            ExprKind::Lambda { parameters, body } => {
                self.within(parameters.iter().map(|ident| ident.name.as_str()), |finder| finder.expression(body));
            }
            ExprKind::Quantifier { bounds, body, .. }
            | ExprKind::Function { bounds, body }
            | ExprKind::Map { body, bounds } => {
                self.bounds(bounds, |finder| finder.expression(body));
            }
            ExprKind::Choose { bound, body } | ExprKind::Filter { bound, body } => {
                self.bounds(std::slice::from_ref(bound), |finder| finder.expression(body));
            }
            ExprKind::Let { items, body } => {
                let names: Vec<&str> = items
                    .iter()
                    .filter_map(|item| match item {
                        LetItem::Definition(definition) => Some(definition.ident.name.as_str()),
                        LetItem::Recursive(_) => None,
                    })
                    .collect();
                self.within(names.into_iter(), |finder| {
                    for item in items {
                        if let LetItem::Definition(definition) = item {
                            finder.definition(definition);
                        }
                    }
                    finder.expression(body);
                });
            }
            _ => expression.children(&mut |child| self.expression(child)),
        }
    }
}

/// The free names of a definition's body, parameters left out.
pub(crate) fn mentions_of<'a>(definition: &'a Definition) -> Vec<Mention<'a>> {
    let mut finder = Finder { bound: Vec::new(), found: Vec::new(), tense: Tense::Now };
    finder.definition(definition);
    finder.found
}

/// How the definitions of a module hang together.
pub(crate) struct Calls<'a> {
    mentions: Vec<Vec<Mention<'a>>>,
    by_name: QuickMap<&'a str, usize>,
    pub specification: Option<Placed<'a, Definition>>,
    pub next: Option<Placed<'a, Definition>>,
    pub initial: Option<Placed<'a, Definition>>,
}

impl<'a> Calls<'a> {
    pub(crate) fn of(module: &Module<'a>) -> Self {
        let mentions: Vec<Vec<Mention<'a>>> =
            module.definitions.iter().map(|definition| mentions_of(definition.value)).collect();
        let by_name: QuickMap<&str, usize> =
            module.definitions.iter().enumerate().rev().map(|(index, definition)| (definition.name(), index)).collect();
        let mut calls = Calls { mentions, by_name, specification: None, next: None, initial: None };
        calls.specification = module.definition("Spec").or_else(|| {
            let boxed =
                |definition: &&Placed<'a, Definition>| definition.body().is_some_and(|body| step_of(body).is_some());
            module.definitions.iter().find(boxed).copied()
        });
        calls.next =
            calls.behaviour(module, |name| calls.is_action_name(module, name)).or_else(|| module.definition("Next"));
        calls.initial = module.definition("Init").or_else(|| calls.initial_of(module));
        calls
    }

    /// The definition in the `[A]_v` that Spec reaches.
    fn behaviour(&self, module: &Module<'a>, accept: impl Fn(&str) -> bool) -> Option<Placed<'a, Definition>> {
        let specification = self.specification?;
        let mut reached: Vec<&str> = self.reached_from(specification.name()).into_iter().collect();
        reached.sort_by_key(|name| *name != specification.name());
        reached.into_iter().find_map(|name| {
            let step = step_of(module.definition(name)?.body()?)?;
            let action = step.as_name()?;
            accept(&action.name).then(|| module.definition(&action.name)).flatten()
        })
    }

    fn is_action_name(&self, module: &Module<'a>, name: &str) -> bool {
        module.definition(name).is_some()
    }

    fn initial_of(&self, module: &Module<'a>) -> Option<Placed<'a, Definition>> {
        let ExprKind::Junction { items, .. } = &self.specification?.body()?.kind else { return None };
        items.iter().filter_map(Expr::as_name).find_map(|name| module.definition(&name.name))
    }

    /// The free names of the definition at an index of [`Module::definitions`].
    pub(crate) fn mentions_at(&self, index: usize) -> &[Mention<'a>] {
        &self.mentions[index]
    }

    pub(crate) fn mentions(&self, name: &str) -> &[Mention<'a>] {
        self.by_name.get(name).map_or(&[], |index| self.mentions[*index].as_slice())
    }

    /// The names of all definitions that a definition reaches through names, itself included.
    pub(crate) fn reached_from(&self, name: &str) -> HashSet<&'a str> {
        let mut reached = HashSet::new();
        let mut seen = vec![false; self.mentions.len()];
        let mut waiting: Vec<usize> = self.by_name.get(name).copied().into_iter().collect();
        while let Some(index) = waiting.pop() {
            for mention in &self.mentions[index] {
                if let Some(next) = self.by_name.get(mention.name)
                    && !std::mem::replace(&mut seen[*next], true)
                {
                    reached.insert(mention.name);
                    waiting.push(*next);
                }
            }
        }
        if let Some((name, _)) = self.by_name.get_key_value(name) {
            reached.insert(name);
        }
        reached
    }

    /// The variables that a definition reads or primes, through everything it reaches.
    pub(crate) fn variables(&self, module: &Module<'a>, name: &str, tense: Tense) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        for reached in self.reached_from(name) {
            for mention in self.mentions(reached) {
                if mention.tense == tense && module.is_variable(mention.name) {
                    found.insert(mention.name);
                }
                // A definition that is primed as a whole has its variables primed.
                if mention.tense == Tense::Next && tense == Tense::Next && self.by_name.contains_key(mention.name) {
                    let inner = self.reached_from(mention.name);
                    let inner = inner.iter().flat_map(|name| self.mentions(name));
                    found.extend(inner.map(|mention| mention.name).filter(|name| module.is_variable(name)));
                }
            }
        }
        found
    }
}

/// The action in the first `[A]_v` of an expression.
fn step_of(expression: &Expr) -> Option<&Expr> {
    let mut found = None;
    expression.walk(&mut |inner| {
        if let ExprKind::Step { form: StepForm::Square, action, .. } = &inner.kind {
            found.get_or_insert(&**action);
        }
    });
    found
}

/// Whether an expression is a formula by its form: what an invariant is and a set, number or record is not.
pub(crate) fn is_formula(expression: &Expr, module: &Module<'_>) -> bool {
    formula_within(expression, module, 0)
}

fn formula_within(expression: &Expr, module: &Module<'_>, depth: usize) -> bool {
    const FORMULAS: &[&str] = &[
        "=",
        "/=",
        "<",
        ">",
        "\\leq",
        "\\geq",
        "\\in",
        "\\notin",
        "\\subseteq",
        "\\subset",
        "=>",
        "\\equiv",
        "~",
        "[]",
        "<>",
        "~>",
        "ENABLED",
        "TRUE",
        "FALSE",
    ];
    match &expression.kind {
        ExprKind::Junction { .. } | ExprKind::Quantifier { .. } | ExprKind::Step { .. } | ExprKind::Fairness { .. } => {
            true
        }
        ExprKind::Apply { path, operator, .. } if path.is_empty() => {
            FORMULAS.contains(&operator.name.as_str())
                || (depth < 20
                    && module
                        .definition(&operator.name)
                        .and_then(|definition| definition.body())
                        .is_some_and(|body| formula_within(body, module, depth + 1)))
        }
        ExprKind::If { then, .. } => formula_within(then, module, depth + 1),
        ExprKind::Case { arms, .. } => arms.first().is_some_and(|(_, value)| formula_within(value, module, depth + 1)),
        ExprKind::Let { body, .. } => formula_within(body, module, depth + 1),
        _ => false,
    }
}

/// Prefixes that say how a name is used and not what it names.
const PREFIXES: &[&str] =
    &["handle", "receive", "recv", "rcv", "process", "send", "do", "on", "state", "msg", "message", "node"];

/// A name without case, underscores and the prefixes that models put before it: `HandleMsgVote` is `vote`.
pub(crate) fn stem(name: &str) -> String {
    let mut stem: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    while let Some(rest) = PREFIXES.iter().find_map(|prefix| stem.strip_prefix(prefix))
        && rest.len() > 2
    {
        stem = rest.to_owned();
    }
    for (long, short) in [("response", "resp"), ("reply", "resp"), ("request", "req")] {
        if let Some(rest) = stem.strip_suffix(long)
            && !rest.is_empty()
        {
            stem = format!("{rest}{short}");
        }
    }
    stem
}

/// Whether two names differ only in case, underscores and prefixes of use.
pub(crate) fn similar(one: &str, other: &str) -> bool {
    one == other || stem(one) == stem(other)
}
