//! Which definitions reach which, what Spec says, and which variables a definition reads and primes.

use std::{collections::BTreeSet, sync::Arc};

pub(crate) use super::spelling::{similar, stem};
use super::{
    Module, Placed,
    hash::QuickSet,
    register::{Register, Trait},
    words::Lists,
};
pub(crate) use crate::syntax::mentions::{Mention, Tense, mentions, mentions_of};
use crate::{
    document::Unit,
    syntax::tree::{Definition, Expr, ExprKind, StepForm},
};

/// How the definitions of a module hang together.
pub(crate) struct Calls<'a> {
    definitions: Vec<Placed<'a, Definition>>,
    units: &'a [Unit],
    register: Arc<Register>,
    /// See [`Module::index_of_word`].
    first: Arc<Vec<Option<u32>>>,
    /// The definitions that each definition mentions, by index; of several of one name the first.
    callees: Lists,
    pub specification: Option<Placed<'a, Definition>>,
    pub next: Option<Placed<'a, Definition>>,
    pub initial: Option<Placed<'a, Definition>>,
}

impl<'a> Calls<'a> {
    pub(crate) fn of(module: &Module<'a>) -> Self {
        let (definitions, register) = (module.definitions.clone(), Arc::clone(&module.register));
        let mut callees = Lists::default();
        for definition in &definitions {
            let named = register.named.at(definition.unit).iter();
            callees.push(named.filter_map(|word| module.first[*word as usize]));
        }
        let (units, first) = (module.units, Arc::clone(&module.first));
        let mut calls =
            Calls { definitions, units, register, first, callees, specification: None, next: None, initial: None };
        calls.specification = module.definition("Spec").or_else(|| {
            let boxed = |definition: &&Placed<'a, Definition>| {
                module.brief(**definition).has(Trait::Temporal)
                    && definition.body().is_some_and(|body| step_of(body).is_some())
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
        let behaviour = |name: &str| {
            let step = step_of(module.definition(name)?.body()?)?;
            let action = step.as_name()?;
            accept(&action.name).then(|| module.definition(&action.name)).flatten()
        };
        behaviour(specification.name())
            .or_else(|| self.reached_from(specification.name()).into_iter().find_map(behaviour))
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
        self.units[self.definitions[index].unit].syntax.mentions.all()
    }

    /// The free names of the definition at an index of [`Module::definitions`], each once.
    pub(crate) fn names_at(&self, index: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        self.units[self.definitions[index].unit].syntax.mentions.names()
    }

    /// The definitions that the definition at an index mentions, by index; of several of one name the first.
    pub(crate) fn callees_at(&self, index: usize) -> impl ExactSizeIterator<Item = usize> {
        self.callees.at(index).iter().map(|callee| *callee as usize)
    }

    /// One of those, by its place among them.
    pub(crate) fn callee_at(&self, index: usize, position: usize) -> Option<usize> {
        self.callees.at(index).get(position).map(|callee| *callee as usize)
    }

    /// Of all definitions of a name the first, as an index of [`Module::definitions`].
    pub(crate) fn first_of(&self, name: &str) -> Option<usize> {
        self.first[self.register.words.get(name)? as usize].map(|index| index as usize)
    }

    fn mentions(&self, name: &str) -> impl Iterator<Item = Mention<'a>> + use<'a> {
        self.first_of(name).map(|index| self.mentions_at(index)).into_iter().flatten()
    }

    /// The names of all definitions that a definition reaches through names, itself included.
    pub(crate) fn reached_from(&self, name: &str) -> QuickSet<&'a str> {
        let mut reached = QuickSet::default();
        let Some(first) = self.first_of(name) else { return reached };
        self.reach(first, |index| {
            reached.insert(self.definitions[index].name());
        });
        reached.insert(self.definitions[first].name());
        reached
    }

    /// Of each definition whether one of these definitions reaches it through names; they themselves count as reached.
    pub(crate) fn reached(&self, from: impl IntoIterator<Item = usize>) -> Vec<bool> {
        let mut reached = vec![false; self.definitions.len()];
        for first in from {
            self.reach(first, |index| reached[index] = true);
            reached[first] = true;
        }
        reached
    }

    fn reach(&self, first: usize, mut found: impl FnMut(usize)) {
        let mut seen = vec![false; self.definitions.len()];
        let mut waiting = vec![first];
        while let Some(index) = waiting.pop() {
            for next in self.callees_at(index) {
                if !std::mem::replace(&mut seen[next], true) {
                    found(next);
                    waiting.push(next);
                }
            }
        }
    }

    /// For each definition, of several of one name the first, whether a definition reaches it through names or is it.
    pub(crate) fn reached_at(&self, name: &str) -> Vec<bool> {
        self.reached(self.first_of(name))
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
                if mention.tense == Tense::Next && tense == Tense::Next && self.first_of(mention.name).is_some() {
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
