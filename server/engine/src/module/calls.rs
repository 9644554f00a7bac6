//! Which definitions reach which, what Spec says, and which variables a definition reads and primes.

use std::collections::BTreeSet;

pub(crate) use super::spelling::{similar, stem};
use super::{
    Module, Placed,
    hash::{QuickMap, QuickSet},
};
pub(crate) use crate::syntax::mentions::{Mention, Tense, mentions, mentions_of};
use crate::syntax::{
    mentions::Mentions,
    tree::{Definition, Expr, ExprKind, StepForm},
};

/// How the definitions of a module hang together.
pub(crate) struct Calls<'a> {
    mentions: Vec<&'a Mentions>,
    /// The definitions that each definition mentions, by index; of several of one name the first.
    callees: Vec<Vec<usize>>,
    names: Vec<&'a str>,
    by_name: QuickMap<&'a str, usize>,
    pub specification: Option<Placed<'a, Definition>>,
    pub next: Option<Placed<'a, Definition>>,
    pub initial: Option<Placed<'a, Definition>>,
}

impl<'a> Calls<'a> {
    pub(crate) fn of(module: &Module<'a>) -> Self {
        let names: Vec<&'a str> = module.definitions.iter().map(Placed::<Definition>::name).collect();
        let by_name: QuickMap<&'a str, usize> =
            names.iter().enumerate().rev().map(|(index, name)| (*name, index)).collect();
        let mentions: Vec<&'a Mentions> =
            module.definitions.iter().map(|definition| module.mentions(*definition)).collect();
        let callees = mentions
            .iter()
            .map(|mentions| mentions.names().filter_map(|name| by_name.get(name).copied()).collect())
            .collect();
        let mut calls = Calls { mentions, callees, names, by_name, specification: None, next: None, initial: None };
        calls.specification = module.definition("Spec").or_else(|| {
            let boxed = |definition: &&Placed<'a, Definition>| {
                module.is_temporal(**definition) && definition.body().is_some_and(|body| step_of(body).is_some())
            };
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

    /// The free names of the definition at an index of [`Module::definitions`], in order of place.
    pub(crate) fn mentions_at(&self, index: usize) -> impl Iterator<Item = Mention<'a>> + use<'a> {
        self.mentions[index].all()
    }

    /// The free names of the definition at an index of [`Module::definitions`], each once.
    pub(crate) fn names_at(&self, index: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        self.mentions[index].names()
    }

    /// The definitions that the definition at an index mentions, by index; of several of one name the first.
    pub(crate) fn callees_at(&self, index: usize) -> &[usize] {
        &self.callees[index]
    }

    /// Of all definitions of a name the first, as an index of [`Module::definitions`].
    pub(crate) fn first_of(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    fn mentions(&self, name: &str) -> impl Iterator<Item = Mention<'a>> + use<'a> {
        self.by_name.get(name).map(|index| self.mentions[*index].all()).into_iter().flatten()
    }

    /// The names of all definitions that a definition reaches through names, itself included.
    pub(crate) fn reached_from(&self, name: &str) -> QuickSet<&'a str> {
        let mut reached = QuickSet::default();
        let Some(first) = self.by_name.get(name) else { return reached };
        let mut seen = vec![false; self.names.len()];
        let mut waiting = vec![*first];
        while let Some(index) = waiting.pop() {
            for next in &self.callees[index] {
                if !std::mem::replace(&mut seen[*next], true) {
                    reached.insert(self.names[*next]);
                    waiting.push(*next);
                }
            }
        }
        reached.insert(self.names[*first]);
        reached
    }

    /// For each definition, of several of one name the first, whether a definition reaches it through names or is it.
    pub(crate) fn reached_at(&self, name: &str) -> Vec<bool> {
        let mut reached = vec![false; self.names.len()];
        let mut waiting: Vec<usize> = self.first_of(name).into_iter().collect();
        while let Some(index) = waiting.pop() {
            if !std::mem::replace(&mut reached[index], true) {
                waiting.extend(&self.callees[index]);
            }
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
                    let inner = inner.into_iter().flat_map(|name| self.mentions(name));
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
