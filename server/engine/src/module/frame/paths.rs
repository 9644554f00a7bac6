//! The paths of an action from the top down, to the conjunction that leaves a variable out.

use std::collections::HashSet;

use super::{
    effect::{Evaluator, Meaning},
    scope::Scope,
    variables::VariableSet,
};
use crate::{
    module::Module,
    syntax::tree::{Body, Connective, Definition, Expr, ExprKind, Name, Quantifier, StepForm},
};

/// A part of an action that leaves variables out.
#[derive(Debug, Clone)]
pub(crate) struct Gap<'a> {
    /// The definition that the part stands in; an index of `Module::definitions`.
    pub home: usize,
    /// The conjunction, or the single conjunct, that the variables are missing from.
    pub part: &'a Expr,
    /// Left out on some way from Next to here.
    pub missing: VariableSet,
    /// Left out on all ways from Next to here.
    pub always_missing: VariableSet,
    /// The last branch on the way to the part within the same definition.
    pub turn: Option<Turn<'a>>,
}

/// A branch that a path takes.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Turn<'a> {
    Disjunct(&'a Expr),
    Then(&'a Expr),
    Else(&'a Expr),
    /// The arm of a CASE with this test.
    Arm(&'a Expr),
    Other,
}

/// Whether the way from Next came only through disjunctions, quantifiers, LET and names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// What is met is an action of its own.
    List,
    /// What is met is part of an action.
    Within,
}

/// Finds the parts that leave variables out.
pub(super) struct Walk<'w, 'm, 'a> {
    pub evaluator: &'w mut Evaluator<'m, 'a>,
    pub all: VariableSet,
    pub gaps: Vec<Gap<'a>>,
    /// The definitions that the way goes through.
    entered: Vec<*const Definition>,
    /// The definitions that were walked, with what was said before.
    walked: HashSet<(*const Definition, VariableSet)>,
}

/// Where a walk stands.
#[derive(Clone, Copy)]
struct Way<'a> {
    /// What is said elsewhere on the path.
    said: VariableSet,
    stage: Stage,
    /// The last branch, with the definition it stands in.
    turn: Option<(usize, Turn<'a>)>,
}

impl<'w, 'm, 'a> Walk<'w, 'm, 'a> {
    pub(super) fn new(evaluator: &'w mut Evaluator<'m, 'a>, all: VariableSet) -> Self {
        Self { evaluator, all, gaps: Vec::new(), entered: Vec::new(), walked: HashSet::new() }
    }

    pub(super) fn begin(&mut self, expression: &'a Expr, scope: &Scope<'_, 'a>) {
        let way = Way { said: VariableSet::EMPTY, stage: Stage::List, turn: None };
        self.walk(expression, scope, way);
    }

    fn walk(&mut self, expression: &'a Expr, scope: &Scope<'_, 'a>, way: Way<'a>) {
        let effect = self.evaluator.effect(expression, scope);
        let missing = self.all - way.said - effect.must;
        if missing.is_empty() || effect.impossible {
            return;
        }
        match &expression.kind {
            ExprKind::Junction { connective: Connective::Or, items } => {
                for item in items {
                    self.branch(item, Turn::Disjunct(item), scope, way);
                }
            }
            ExprKind::Junction { connective: Connective::And, items } => {
                self.conjunction(expression, items, scope, way);
            }
            ExprKind::Quantifier { quantifier: Quantifier::Exists, bounds, body } => {
                self.walk(body, &Scope::with_bounds(scope, bounds), way);
            }
            ExprKind::Let { items, body } => self.walk(body, &Scope::with_definitions(scope, items), way),
            ExprKind::If { test, then, otherwise } => {
                let way = Way { stage: Stage::Within, ..way };
                let tested = self.evaluator.spoken_in(test, scope);
                self.branch(then, Turn::Then(test), scope, Way { said: way.said | tested, ..way });
                self.branch(otherwise, Turn::Else(test), scope, way);
            }
            ExprKind::Case { arms, other } => {
                let way = Way { stage: Stage::Within, ..way };
                for (test, value) in arms {
                    self.branch(value, Turn::Arm(test), scope, way);
                }
                if let Some(other) = other {
                    self.branch(other, Turn::Other, scope, way);
                }
            }
            ExprKind::Step { form: StepForm::Angle | StepForm::Square, action, .. } => self.walk(action, scope, way),
            _ => self.leaf(expression, scope, way, missing),
        }
    }

    fn branch(&mut self, branch: &'a Expr, turn: Turn<'a>, scope: &Scope<'_, 'a>, way: Way<'a>) {
        self.walk(branch, scope, Way { turn: Some((scope.home, turn)), ..way });
    }

    fn conjunction(&mut self, expression: &'a Expr, items: &'a [Expr], scope: &Scope<'_, 'a>, way: Way<'a>) {
        let effects: Vec<_> = items.iter().map(|item| self.evaluator.effect(item, scope)).collect();
        let must = effects.iter().fold(way.said, |sum, effect| sum | effect.must);
        let missing = self.all - must;
        // An action whose only acting conjunct is a call is what is called.
        let mut acting = effects.iter().enumerate().filter(|(_, effect)| !effect.may.is_empty());
        if items.len() == 1 {
            return self.walk(&items[0], scope, way);
        }
        if way.stage == Stage::List
            && let (Some((only, _)), None) = (acting.next(), acting.next())
            && self.calls_action(&items[only], scope)
        {
            return self.walk(&items[only], scope, way);
        }
        let everywhere = effects.iter().fold(missing, |rest, effect| rest - effect.may);
        self.report(expression, scope, way, everywhere);
        // What one conjunct says on some of its paths only is missing from the others; what several say so may be
        // guarded alike.
        let way = Way { stage: Stage::Within, ..way };
        for (index, effect) in effects.iter().enumerate() {
            let mut share = (missing - everywhere) & effect.may;
            for (other, effect) in effects.iter().enumerate() {
                if other != index {
                    share = share - effect.may;
                }
            }
            if !share.is_empty() {
                self.walk(&items[index], scope, Way { said: VariableSet::ALL - share, ..way });
            }
        }
    }

    /// Whether an expression calls a definition that keeps some variables itself: an action, not a part of one.
    fn calls_action(&mut self, expression: &'a Expr, scope: &Scope<'_, 'a>) -> bool {
        let ExprKind::Apply { path, operator, .. } = &expression.kind else { return false };
        if !path.is_empty() || !matches!(self.evaluator.meaning(&operator.name, scope), Meaning::Definition(..)) {
            return false;
        }
        let effect = self.evaluator.effect(expression, scope);
        !(effect.fixing - effect.changes).is_empty()
    }

    fn leaf(&mut self, expression: &'a Expr, scope: &Scope<'_, 'a>, way: Way<'a>, missing: VariableSet) {
        let ExprKind::Apply { path, operator, arguments } = &expression.kind else {
            return self.report(expression, scope, way, missing);
        };
        if !path.is_empty() {
            return;
        }
        match self.evaluator.meaning(&operator.name, scope) {
            Meaning::Definition(definition, place) => {
                let effect = self.evaluator.effect(expression, scope);
                // What a part of an action never speaks of is the caller's to say; an action of its own, which keeps
                // some variables and whose callers don't speak of this one, should say it itself.
                let own = way.stage == Stage::List || !(effect.fixing - effect.changes).is_empty();
                let around = if own { self.evaluator.said_around(place) } else { VariableSet::ALL };
                let callers = if way.stage == Stage::List { VariableSet::EMPTY } else { missing - effect.may };
                let callers = callers & around;
                self.report(expression, scope, way, callers);
                let way = Way { said: way.said | callers, ..way };
                let Some(inner) = self.evaluator.entered(definition, place, arguments, scope) else { return };
                self.enter(definition, &inner, way);
            }
            Meaning::Argument(argument, caller) if arguments.is_empty() => self.walk(argument, caller, way),
            _ => self.report(expression, scope, way, missing),
        }
    }

    fn enter(&mut self, definition: &'a Definition, inner: &Scope<'_, 'a>, way: Way<'a>) {
        let key = std::ptr::from_ref(definition);
        if inner.is_too_deep() || !definition.bounds.is_empty() || self.entered.contains(&key) {
            return;
        }
        let Body::Expression(body) = &definition.body else { return };
        if !inner.has_arguments() && !self.walked.insert((key, way.said)) {
            return;
        }
        self.entered.push(key);
        self.walk(body, inner, way);
        self.entered.pop();
    }

    fn report(&mut self, part: &'a Expr, scope: &Scope<'_, 'a>, way: Way<'a>, missing: VariableSet) {
        if missing.is_empty() {
            return;
        }
        let turn = way.turn.filter(|(home, _)| *home == scope.home).map(|(_, turn)| turn);
        let known = self.gaps.iter_mut().find(|gap| gap.home == scope.home && gap.part.span == part.span);
        match known {
            Some(gap) => {
                gap.missing |= missing;
                gap.always_missing = gap.always_missing & missing;
            }
            None => self.gaps.push(Gap { home: scope.home, part, missing, always_missing: missing, turn }),
        }
    }
}

/// The definitions of the module that are disjuncts of an action, followed through names, quantifiers and LET; in
/// order of place, `home` included.
pub(super) fn disjuncts(module: &Module<'_>, home: usize, root: &Expr) -> Vec<usize> {
    let mut found = vec![false; module.definitions.len()];
    found[home] = true;
    let mut waiting: Vec<usize> = disjoined(root).into_iter().filter_map(|name| module.index_of(name)).collect();
    while let Some(index) = waiting.pop() {
        if !std::mem::replace(&mut found[index], true) {
            let named = module.register.disjoined.at(module.definitions[index].unit).iter();
            waiting.extend(named.filter_map(|word| module.index_of_word(*word)));
        }
    }
    (0..found.len()).filter(|index| found[*index]).collect()
}

/// The names that are disjuncts of an action, through disjunctions, quantifiers and LET.
pub(crate) fn disjoined(action: &Expr) -> Vec<&Name> {
    let mut found = Vec::new();
    let mut waiting = vec![action];
    while let Some(expression) = waiting.pop() {
        match &expression.kind {
            ExprKind::Junction { connective: Connective::Or, items } => waiting.extend(items),
            ExprKind::Junction { connective: Connective::And, items } if items.len() == 1 => waiting.extend(items),
            ExprKind::Quantifier { quantifier: Quantifier::Exists, body, .. } | ExprKind::Let { body, .. } => {
                waiting.push(body);
            }
            ExprKind::Step { action, .. } => waiting.push(action),
            ExprKind::Apply { path, operator, .. } if path.is_empty() => found.push(&operator.name),
            _ => {}
        }
    }
    found
}
