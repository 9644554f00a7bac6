//! What an action does to each variable: the union of its conjuncts, the intersection of its branches.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    mentioned::Mentioned,
    remembered::{self, Notes, Remembered},
    scope::{Found, Given, Place, Scope, Telling},
    variables::VariableSet,
};
use crate::{
    module::{Module, hash::QuickMap},
    syntax::tree::{Body, Bound, Connective, Definition, Expr, ExprKind, Ident, Quantifier, StepForm},
};

/// What an action, or an initial predicate, says about the variables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Effect {
    /// Spoken of on every path.
    pub must: VariableSet,
    /// Spoken of on some path.
    pub may: VariableSet,
    /// Given one value on every path: by `=` or UNCHANGED.
    pub fixed: VariableSet,
    /// Given one value on some path.
    pub fixing: VariableSet,
    /// Spoken of other than by UNCHANGED on some path.
    pub changes: VariableSet,
    /// Some path ends in something that is not understood; it counts as saying everything.
    pub silenced: bool,
    /// No path is possible: FALSE.
    pub impossible: bool,
}

impl Effect {
    /// Says nothing: a guard.
    pub(super) const NOTHING: Self = Self {
        must: VariableSet::EMPTY,
        may: VariableSet::EMPTY,
        fixed: VariableSet::EMPTY,
        fixing: VariableSet::EMPTY,
        changes: VariableSet::EMPTY,
        silenced: false,
        impossible: false,
    };
    /// What is not understood may say anything.
    pub(super) const UNKNOWN: Self = Self {
        must: VariableSet::ALL,
        may: VariableSet::ALL,
        changes: VariableSet::ALL,
        silenced: true,
        ..Self::NOTHING
    };
    pub(super) const IMPOSSIBLE: Self = Self { must: VariableSet::ALL, impossible: true, ..Self::NOTHING };

    /// `x' = e`
    fn assigned(variables: VariableSet) -> Self {
        Self { fixed: variables, fixing: variables, ..Self::spoken(variables) }
    }

    /// `UNCHANGED x`
    fn kept(variables: VariableSet) -> Self {
        Self { changes: VariableSet::EMPTY, ..Self::assigned(variables) }
    }

    /// `x' > 3`: says something about a variable without giving it a value.
    fn spoken(variables: VariableSet) -> Self {
        Self { must: variables, may: variables, changes: variables, ..Self::NOTHING }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self {
            must: self.must | other.must,
            may: self.may | other.may,
            fixed: self.fixed | other.fixed,
            fixing: self.fixing | other.fixing,
            changes: self.changes | other.changes,
            silenced: self.silenced || other.silenced,
            impossible: self.impossible || other.impossible,
        }
    }

    pub(super) fn or(self, other: Self) -> Self {
        if self.impossible {
            return other;
        }
        if other.impossible {
            return self;
        }
        Self {
            must: self.must & other.must,
            may: self.may | other.may,
            fixed: self.fixed & other.fixed,
            fixing: self.fixing | other.fixing,
            changes: self.changes | other.changes,
            silenced: self.silenced || other.silenced,
            impossible: false,
        }
    }
}

/// Which form of a name speaks of the state in question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// `x = …`, as in Init.
    Initial,
    /// `x' = …`, as in Next.
    Step,
}

/// Two conjuncts that each give a variable a value on one path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Conflict<'a> {
    /// The definition that the conjunction stands in; an index of `Module::definitions`.
    pub home: usize,
    pub conjunction: &'a Expr,
    pub first: &'a Expr,
    pub second: &'a Expr,
    pub variables: VariableSet,
}

/// Operators of the standard and community modules that stand as conjuncts and say nothing of the next state.
const PURE: &[&str] = &[
    "Assert",
    "BagIn",
    "Contains",
    "IsABag",
    "IsBijection",
    "IsFiniteSet",
    "IsInjective",
    "IsPrefix",
    "IsStrictPrefix",
    "IsSubSeq",
    "IsSuffix",
    "Print",
    "PrintT",
    "TLCSet",
];

/// Words of the language that are values.
const VALUES: &[&str] =
    &["TRUE", "FALSE", "BOOLEAN", "STRING", "DOMAIN", "SUBSET", "UNION", "ENABLED", "Nat", "Int", "Real", "Infinity"];

/// Expressions that are looked at before the module counts as not understood.
const BUDGET: usize = 2_000_000;

/// Works out effects; remembers those of definitions.
pub(super) struct Evaluator<'m, 'a> {
    pub module: &'m Module<'a>,
    pub(super) tense: Tense,
    /// Those of the module's definitions by themselves.
    effects: Effects,
    /// Those of definitions in a LET that depend on no argument.
    effects_within: QuickMap<*const Definition, Effect>,
    pub(super) mentioned: QuickMap<*const Definition, Mentioned>,
    /// The definitions that are being followed.
    pub(super) following: Vec<*const Definition>,
    /// What is noted of the definitions that are being followed.
    pub(super) notes: Notes,
    /// What was worked out for an earlier text, by unit, and what was worked out by now.
    pub(super) remembered: Arc<Vec<Remembered>>,
    pub(super) found: Vec<remembered::Found>,
    /// What decides what each definition says; see [`keys`](crate::module::keys).
    pub(super) keys: &'m [Option<u64>],
    pub conflicts: Vec<Conflict<'a>>,
    variables: QuickMap<&'a str, usize>,
    /// Whether the module defines an operator that is written as a symbol.
    defines_symbols: bool,
    /// What is said beside the calls of a definition of the module.
    pub(super) said_around: Vec<VariableSet>,
    /// Operators that are not known and stand where an action could.
    pub unknown: BTreeSet<&'a str>,
    pub(super) budget: usize,
}

/// What definitions say, by index, as far as it was worked out.
#[derive(Default)]
struct Effects {
    /// Where an effect lies among all, from 1; 0 where there is none yet.
    places: Vec<u32>,
    all: Vec<Effect>,
}

impl Effects {
    fn none(definitions: usize) -> Self {
        Self { places: vec![0; definitions], all: Vec::new() }
    }

    fn at(&self, index: usize) -> Option<Effect> {
        let place = self.places[index] as usize;
        place.checked_sub(1).map(|place| self.all[place])
    }

    fn set(&mut self, index: usize, effect: Effect) {
        self.all.push(effect);
        self.places[index] = self.all.len() as u32;
    }
}

/// What a name stands for.
pub(super) enum Meaning<'e, 'a> {
    Value,
    Argument(&'a Expr, &'e Scope<'e, 'a>),
    Variable(usize),
    Definition(&'a Definition, Place<'e, 'a>),
    Unknown,
}

impl<'m, 'a> Evaluator<'m, 'a> {
    /// `keys` say for each definition of the module what decides its effect; where there is none, nothing that was
    /// worked out earlier is taken up.
    pub(super) fn new(module: &'m Module<'a>, tense: Tense, keys: &'m [Option<u64>]) -> Self {
        let variables =
            module.variables.iter().enumerate().map(|(index, name)| (name.value.name.as_str(), index)).collect();
        let defines_symbols = module.defines_symbols();
        Self {
            module,
            tense,
            defines_symbols,
            effects: Effects::none(module.definitions.len()),
            effects_within: QuickMap::default(),
            mentioned: QuickMap::default(),
            following: Vec::new(),
            notes: Notes::default(),
            remembered: module.register.frames.get(),
            found: Vec::new(),
            keys,
            conflicts: Vec::new(),
            variables,
            said_around: vec![VariableSet::EMPTY; module.definitions.len()],
            unknown: BTreeSet::new(),
            budget: BUDGET,
        }
    }

    /// Whether everything was looked at.
    pub(super) fn is_complete(&self) -> bool {
        self.budget > 0
    }

    pub(super) fn meaning<'e>(&mut self, name: &str, scope: &'e Scope<'e, 'a>) -> Meaning<'e, 'a> {
        match scope.find(name) {
            Some(Found::Value) => return Meaning::Value,
            Some(Found::Argument(argument, caller)) => return Meaning::Argument(argument, caller),
            Some(Found::Definition(definition, scope)) => return Meaning::Definition(definition, Place::Let(scope)),
            None => {}
        }
        let is_word = name.starts_with(|first: char| first.is_alphanumeric() || first == '_');
        if !is_word && !self.defines_symbols {
            return Meaning::Value;
        }
        if let Some(index) = self.variables.get(name) {
            return Meaning::Variable(*index);
        }
        if let Some(index) = self.module.index_of(name) {
            return Meaning::Definition(self.module.definitions[index].value, Place::Module(index));
        }
        if !is_word || VALUES.contains(&name) || self.module.is_constant(name) {
            return Meaning::Value;
        }
        Meaning::Unknown
    }

    /// What a definition of the module says by itself.
    pub(super) fn definition(&mut self, index: usize) -> Effect {
        if let Some(effect) = self.effects.at(index) {
            self.notes.enters(index);
            return effect;
        }
        let definition = self.module.definitions[index].value;
        self.body(definition, &Scope::top(index).taking(&definition.parameters))
    }

    pub(super) fn effect(&mut self, expression: &'a Expr, scope: &Scope<'_, 'a>) -> Effect {
        if self.is_too_deep(scope) || self.budget == 0 {
            return Effect::UNKNOWN;
        }
        self.budget -= 1;
        match &expression.kind {
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                self.application(expression, operator, arguments, scope)
            }
            ExprKind::Junction { connective: Connective::And, items } => self.conjunction(expression, items, scope),
            ExprKind::Junction { connective: Connective::Or, items } => self.branches(items.iter(), scope),
            // `\E A \in Actions : A` is whatever stands in the set.
            ExprKind::Quantifier { quantifier: Quantifier::Exists, bounds, body }
                if stands_for_action(bounds, body) =>
            {
                Effect::UNKNOWN
            }
            ExprKind::Quantifier { quantifier: Quantifier::Exists, bounds, body } => {
                self.effect(body, &Scope::with_bounds(scope, bounds))
            }
            ExprKind::Let { items, body } => self.effect(body, &Scope::with_definitions(scope, items)),
            ExprKind::If { test, then, otherwise } => {
                // What the test says of the next state holds where it is true.
                let tested = Effect::spoken(self.spoken_in(test, scope));
                let then = self.effect(then, scope).and(tested);
                then.or(self.effect(otherwise, scope))
            }
            ExprKind::Case { arms, other } => {
                self.branches(arms.iter().map(|(_, value)| value).chain(other.as_deref()), scope)
            }
            ExprKind::Step { form: StepForm::Square, action, subscript } => {
                let stutter = self.subject(subscript, scope).map_or(Effect::UNKNOWN, Effect::kept);
                self.effect(action, scope).or(stutter)
            }
            ExprKind::Step { form: StepForm::Angle, action, .. } => self.effect(action, scope),
            ExprKind::Apply { operator, .. } => {
                self.notes.spoil();
                self.unknown.insert(operator.name.as_str());
                Effect::UNKNOWN
            }
            ExprKind::Fairness { .. } | ExprKind::Opaque | ExprKind::Broken(_) => Effect::UNKNOWN,
            _ => Effect::spoken(self.spoken_in(expression, scope)),
        }
    }

    fn branches(&mut self, branches: impl Iterator<Item = &'a Expr>, scope: &Scope<'_, 'a>) -> Effect {
        branches.fold(Effect::IMPOSSIBLE, |sum, branch| sum.or(self.effect(branch, scope)))
    }

    fn conjunction(&mut self, expression: &'a Expr, items: &'a [Expr], scope: &Scope<'_, 'a>) -> Effect {
        let mut sum = Effect::NOTHING;
        let mut twice = VariableSet::EMPTY;
        let mut calls = Vec::new();
        for item in items {
            let effect = self.effect(item, scope);
            if let Some(index) = self.called(item) {
                calls.push((index, effect.may));
            }
            twice |= (sum.fixed & effect.fixing) | (sum.fixing & effect.fixed);
            sum = sum.and(effect);
        }
        for (index, may) in calls {
            self.notes.said_around(index, sum.may - may);
            self.said_around[index] |= sum.may - may;
        }
        if !twice.is_empty() && !sum.impossible {
            self.report_conflicts(expression, items, twice, scope);
        }
        sum
    }

    /// The definition of the module that a conjunct calls.
    fn called(&self, item: &Expr) -> Option<usize> {
        match &item.kind {
            ExprKind::Apply { path, operator, .. } if path.is_empty() => self.module.index_of(&operator.name),
            _ => None,
        }
    }

    /// The variables that some caller of a definition speaks of beside the call.
    pub(super) fn said_around(&self, place: Place<'_, '_>) -> VariableSet {
        match place {
            Place::Module(index) => self.said_around[index],
            Place::Let(_) => VariableSet::EMPTY,
        }
    }

    fn report_conflicts(
        &mut self,
        conjunction: &'a Expr,
        items: &'a [Expr],
        twice: VariableSet,
        scope: &Scope<'_, 'a>,
    ) {
        let effects: Vec<Effect> = items.iter().map(|item| self.effect(item, scope)).collect();
        for (later, second) in effects.iter().enumerate() {
            for (earlier, first) in effects[..later].iter().enumerate() {
                let variables = ((first.fixed & second.fixing) | (first.fixing & second.fixed)) & twice;
                if variables.is_empty() {
                    continue;
                }
                let (first, second) = (&items[earlier], &items[later]);
                self.notes.spoil();
                self.conflicts.push(Conflict { home: scope.home, conjunction, first, second, variables });
            }
        }
    }

    fn application(
        &mut self,
        expression: &'a Expr,
        operator: &'a Ident,
        arguments: &'a [Expr],
        scope: &Scope<'_, 'a>,
    ) -> Effect {
        match (operator.name.as_str(), arguments) {
            ("TRUE", []) => Effect::NOTHING,
            ("FALSE", []) => Effect::IMPOSSIBLE,
            ("ENABLED", _) => Effect::NOTHING,
            ("=", [left, right]) if let Some(variables) = self.target(left, scope) => {
                // `x' = x'` says nothing.
                if same_name(left, right) { Effect::spoken(variables) } else { self.given(variables, right) }
            }
            ("\\in", [left, _]) if let Some(variables) = self.target(left, scope) => Effect::spoken(variables),
            ("UNCHANGED", [subject]) if self.tense == Tense::Step => {
                self.subject(subject, scope).map_or(Effect::UNKNOWN, Effect::kept)
            }
            ("Assert", [test, ..]) if test.as_name().is_some_and(|name| name.name == "FALSE") => Effect::IMPOSSIBLE,
            ("[]" | "<>" | "~>" | "-+->" | "\\cdot", _) => Effect::UNKNOWN,
            (name, _) if PURE.contains(&name) => Effect::spoken(self.spoken_in(expression, scope)),
            (name, _) => match self.meaning(name, scope) {
                Meaning::Definition(definition, place) => self.call(definition, place, arguments, scope),
                Meaning::Argument(argument, caller) if arguments.is_empty() => self.effect(argument, caller),
                Meaning::Argument(..) => Effect::UNKNOWN,
                Meaning::Unknown => {
                    self.notes.spoil();
                    self.unknown.insert(operator.name.as_str());
                    Effect::UNKNOWN
                }
                Meaning::Value | Meaning::Variable(_) => Effect::spoken(self.spoken_in(expression, scope)),
            },
        }
    }

    /// `x' = e`, which is UNCHANGED where `e` is `x`.
    fn given(&self, variables: VariableSet, value: &Expr) -> Effect {
        let same = value.as_name().and_then(|name| self.variables.get(name.name.as_str()));
        match same {
            Some(index) if variables == VariableSet::one(*index) && self.tense == Tense::Step => {
                Effect::kept(variables)
            }
            _ => Effect::assigned(variables),
        }
    }

    fn call(
        &mut self,
        definition: &'a Definition,
        place: Place<'_, 'a>,
        arguments: &'a [Expr],
        scope: &Scope<'_, 'a>,
    ) -> Effect {
        match self.entered(definition, place, arguments, scope) {
            Some(inner) => self.body(definition, &inner),
            None => Effect::UNKNOWN,
        }
    }

    fn body(&mut self, definition: &'a Definition, inner: &Scope<'_, 'a>) -> Effect {
        let key = std::ptr::from_ref(definition);
        let own = self.stands_alone(definition, inner);
        let known = match own {
            Some(index) => self.effects.at(index),
            None => self.effects_within.get(&key).filter(|_| !inner.has_arguments()).copied(),
        };
        if let Some(effect) = known {
            own.into_iter().for_each(|index| self.notes.enters(index));
            return effect;
        }
        if self.following.contains(&key) {
            return Effect::UNKNOWN;
        }
        let Body::Expression(body) = &definition.body else { return Effect::UNKNOWN };
        self.following.push(key);
        let effect = match own {
            Some(index) => self.remembered(index, inner),
            None => self.said_by(definition, body, inner),
        };
        self.following.pop();
        match own {
            Some(index) => self.effects.set(index, effect),
            None if !inner.has_arguments() => drop(self.effects_within.insert(key, effect)),
            None => {}
        }
        effect
    }

    pub(super) fn said_by(&mut self, definition: &'a Definition, body: &'a Expr, inner: &Scope<'_, 'a>) -> Effect {
        match definition.bounds.is_empty() {
            true => self.effect(body, inner),
            false => Effect::spoken(self.spoken_in(body, &Scope::with_bounds(inner, &definition.bounds))),
        }
    }

    /// The scope of a definition's body, given what a call hands over; `None` where the arguments don't fit.
    pub(super) fn entered<'e>(
        &mut self,
        definition: &'a Definition,
        place: Place<'e, 'a>,
        arguments: &'a [Expr],
        caller: &'e Scope<'e, 'a>,
    ) -> Option<Scope<'e, 'a>> {
        if definition.parameters.len() != arguments.len() {
            return None;
        }
        let mut telling = Telling::default();
        for (index, argument) in arguments.iter().enumerate() {
            if self.says_something(argument, caller) {
                telling.add(index);
            }
        }
        let given = Given { arguments, caller, telling };
        Some(Scope::called(place, caller).given(&definition.parameters, given))
    }

    /// Whether an argument can matter to the next state: a variable, an operator, an action, a primed value.
    fn says_something(&mut self, argument: &'a Expr, scope: &Scope<'_, 'a>) -> bool {
        match &argument.kind {
            ExprKind::Number | ExprKind::Str(_) => false,
            ExprKind::Lambda { .. } | ExprKind::Symbol(_) | ExprKind::Opaque | ExprKind::Broken(_) => true,
            ExprKind::Tuple(items) => items.iter().any(|item| self.says_something(item, scope)),
            _ => match argument.as_name() {
                Some(name) => !matches!(self.meaning(&name.name, scope), Meaning::Value),
                None => !self.spoken_in(argument, scope).is_empty(),
            },
        }
    }

    /// The variables that the left side of `=` or `\in` gives a value: `x'`, `<<x, y>>'`, `vars'`.
    fn target(&mut self, left: &'a Expr, scope: &Scope<'_, 'a>) -> Option<VariableSet> {
        let subject = match self.tense {
            Tense::Initial => left,
            Tense::Step => match left.as_application("'") {
                Some([subject]) => subject,
                _ => return None,
            },
        };
        if subject.as_name().is_none() && !matches!(subject.kind, ExprKind::Tuple(_)) {
            return None;
        }
        self.subject(subject, scope).filter(|variables| !variables.is_empty())
    }

    /// The variables of a tuple of variables, followed through definitions; `None` where a part is something else.
    pub(super) fn subject(&mut self, expression: &'a Expr, scope: &Scope<'_, 'a>) -> Option<VariableSet> {
        match &expression.kind {
            ExprKind::Tuple(items) => {
                let mut variables = VariableSet::EMPTY;
                for item in items {
                    variables |= self.subject(item, scope)?;
                }
                Some(variables)
            }
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                match self.meaning(&operator.name, scope) {
                    Meaning::Variable(index) if arguments.is_empty() => Some(VariableSet::one(index)),
                    Meaning::Argument(argument, caller) if arguments.is_empty() => self.subject(argument, caller),
                    Meaning::Definition(definition, place) => self.subject_of_call(definition, place, arguments, scope),
                    Meaning::Value => self.mentioned_here(expression, scope),
                    _ => None,
                }
            }
            ExprKind::Apply { .. } | ExprKind::Opaque | ExprKind::Broken(_) => None,
            // UNCHANGED x[i] speaks of x.
            _ => self.mentioned_here(expression, scope),
        }
    }

    /// The variables that an expression mentions; `None` where an instance may mention others.
    fn mentioned_here(&mut self, expression: &'a Expr, scope: &Scope<'_, 'a>) -> Option<VariableSet> {
        let mentioned = self.mentioned(expression, scope);
        (!mentioned.foreign).then_some(mentioned.any)
    }

    fn subject_of_call(
        &mut self,
        definition: &'a Definition,
        place: Place<'_, 'a>,
        arguments: &'a [Expr],
        scope: &Scope<'_, 'a>,
    ) -> Option<VariableSet> {
        let key = std::ptr::from_ref(definition);
        let inner = self.entered(definition, place, arguments, scope)?;
        if self.following.contains(&key) || self.is_too_deep(&inner) || !definition.bounds.is_empty() {
            return None;
        }
        let Body::Expression(body) = &definition.body else { return None };
        self.following.push(key);
        let subject = self.subject(body, &inner);
        self.following.pop();
        subject
    }

    /// The variables that an expression speaks of in the tense in question.
    pub(super) fn spoken_in(&mut self, expression: &'a Expr, scope: &Scope<'_, 'a>) -> VariableSet {
        let mentioned = self.mentioned(expression, scope);
        match self.tense {
            Tense::Initial => mentioned.any,
            Tense::Step => mentioned.primed,
        }
    }
}

/// Whether what is quantified is a bound name alone, taken from a set that is not BOOLEAN.
pub(super) fn stands_for_action(bounds: &[Bound], body: &Expr) -> bool {
    let Some(name) = body.as_name() else { return false };
    let bound = bounds.iter().find(|bound| bound.names.iter().any(|bound| bound.name == name.name));
    let boolean = |set: &Expr| set.as_name().is_some_and(|set| set.name == "BOOLEAN");
    bound.is_some_and(|bound| bound.set.as_ref().is_none_or(|set| !boolean(set)))
}

/// Whether both are `x'` of one `x`.
fn same_name(one: &Expr, other: &Expr) -> bool {
    match (one.as_application("'"), other.as_application("'")) {
        (Some([one]), Some([other])) => {
            one.as_name().is_some_and(|one| other.as_name().is_some_and(|other| one.name == other.name))
        }
        _ => false,
    }
}
