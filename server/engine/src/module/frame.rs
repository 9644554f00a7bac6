//! The frame of each action: which variables each of its paths speaks of, and which it leaves out.

mod effect;
mod mentioned;
mod paths;
mod remembered;
mod scope;
mod temporal;
#[cfg(test)]
mod tests;
mod variables;

pub(crate) use effect::{Conflict, Effect};
pub(super) use paths::disjoined;
pub(crate) use paths::{Gap, Turn};
pub(super) use remembered::Remembered;
pub(crate) use variables::VariableSet;

use effect::{Evaluator, Tense};
use scope::Scope;

use paths::Walk;

use super::{Module, calls::Calls};
use crate::syntax::tree::{Expr, ExprKind};

/// What the actions of a module do to its variables.
#[derive(Debug, Default)]
pub(crate) struct Frames<'a> {
    /// All variables of the module.
    pub all: VariableSet,
    /// What Next as a whole says; `None` where the module has no variables or no Next that is understood.
    pub next: Option<Effect>,
    /// The name of the action of `[][A]_v`, where it is a name.
    pub step: Option<&'a str>,
    /// Whether Spec reaches a `[][A]_v`.
    pub has_step: bool,
    /// The definitions that are disjuncts of Next, and the one that Next stands in; in order of place.
    pub actions: Vec<usize>,
    /// The parts of actions that leave variables out.
    pub gaps: Vec<Gap<'a>>,
    /// Conjuncts that give a variable a value twice.
    pub conflicts: Vec<Conflict<'a>>,
    /// The parts of the initial predicate that leave variables out.
    pub initial_gaps: Vec<Gap<'a>>,
    /// What each definition says of the next state, in the order of `Module::definitions`.
    pub effects: Vec<Effect>,
    pub subscripts: Vec<Subscript<'a>>,
    /// Operators that Next calls and that are not known; paths through them are not judged.
    pub unknown: Vec<&'a str>,
}

/// The subscript of `[][A]_v` or `WF_v(A)`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subscript<'a> {
    /// The definition that the formula stands in; an index of `Module::definitions`.
    pub home: usize,
    /// The whole formula.
    pub formula: &'a Expr,
    pub subscript: &'a Expr,
    /// The variables it covers.
    pub variables: VariableSet,
    /// What the action says.
    pub action: Effect,
    /// Whether Spec reaches the formula.
    pub in_specification: bool,
}

impl<'a> Frames<'a> {
    pub(crate) fn of(module: &Module<'a>, calls: &Calls<'a>) -> Self {
        let count = module.variables.len();
        if count == 0 || count > VariableSet::CAPACITY {
            return Self::default();
        }
        let keys = super::keys::keys(module, calls);
        let mut evaluator = Evaluator::new(module, Tense::Step, &keys);
        let formulas = temporal::formulas(module, calls);
        let Some((home, root)) = temporal::next(module, calls, &formulas) else { return Self::default() };
        let all = VariableSet::first(count);
        let scope = Scope::top(home);
        let next = evaluator.effect(root, &scope);
        let mut walk = Walk::new(&mut evaluator, all);
        walk.begin(root, &scope);
        let gaps = walk.gaps;
        let unknown = std::mem::take(&mut evaluator.unknown).into_iter().collect();
        let conflicts = distinct(std::mem::take(&mut evaluator.conflicts));
        let subscripts = formulas
            .iter()
            .filter_map(|formula| {
                let scope = Scope::top(formula.home);
                let variables = evaluator.subject(formula.subscript, &scope)?;
                let action = evaluator.effect(formula.action, &scope);
                Some(Subscript {
                    home: formula.home,
                    formula: formula.whole,
                    subscript: formula.subscript,
                    variables,
                    action,
                    in_specification: formula.in_specification,
                })
            })
            .collect();
        let effects = (0..module.definitions.len()).map(|index| evaluator.definition(index)).collect();
        if !evaluator.is_complete() {
            return Self::default();
        }
        evaluator.keep();
        let initial_gaps = temporal::initial(module, calls)
            .map(|(home, root)| {
                let mut evaluator = Evaluator::new(module, Tense::Initial, &[]);
                let mut walk = Walk::new(&mut evaluator, all);
                walk.begin(root, &Scope::top(home));
                walk.gaps
            })
            .unwrap_or_default();
        let actions = paths::disjuncts(module, home, root);
        let mut steps = formulas
            .iter()
            .filter(|formula| formula.in_specification && matches!(formula.whole.kind, ExprKind::Step { .. }));
        let step = steps.next();
        let (has_step, step) = (step.is_some(), step.and_then(|step| step.action.as_name()));
        let step = step.map(|name| name.name.as_str());
        Self {
            all,
            next: Some(next),
            step,
            has_step,
            actions,
            gaps,
            conflicts,
            initial_gaps,
            effects,
            subscripts,
            unknown,
        }
    }
}

impl Frames<'_> {
    /// Whether a definition, by its place in `Module::definitions`, is an action and not a part of one, such as an
    /// operator that only sends a message.
    pub(crate) fn is_action(&self, index: usize) -> bool {
        let effect = self.effects.get(index).copied().unwrap_or_default();
        let several = effect.may.has_several() || self.all == VariableSet::one(0);
        several && !(effect.fixing & effect.changes).is_empty()
    }
}

/// Each conflict once, though its definition may have been worked out for several calls.
fn distinct(mut conflicts: Vec<Conflict<'_>>) -> Vec<Conflict<'_>> {
    conflicts.sort_by_key(|conflict| (conflict.home, conflict.second.span, conflict.first.span));
    conflicts.dedup_by_key(|conflict| (conflict.home, conflict.second.span, conflict.first.span));
    conflicts
}
