//! Follows Next, Init or one action: the branches with their guards and what each of them assigns, calls followed with
//! their arguments.

use crate::{
    diagnostic::Span,
    module::{Module, calls::Calls},
    syntax::tree::{Body, Connective, Expr, ExprKind, LetItem},
};

use super::{
    constants,
    messages::removes,
    scopes::{Binding, Closure, Meaning, Quick, Scopes},
    walk::{Branch, Effect, NewValue},
};

/// A condition of a branch.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Guard<'a> {
    pub test: Closure<'a>,
    pub holds: bool,
}

/// What following one definition brought to light.
#[derive(Default)]
pub(super) struct Walked<'a> {
    pub branches: Vec<Branch>,
    /// For each branch its guards.
    pub guards: Vec<Vec<Guard<'a>>>,
    pub effects: Vec<Effect>,
    /// For each effect the new value.
    pub values: Vec<Option<Closure<'a>>>,
    /// Variables from whose elements a step takes one, with the branch.
    pub picks: Vec<(usize, usize)>,
    /// Definitions that are called, by index; some more than once.
    pub called: Vec<usize>,
    /// The actions that are offered, in order; they are not followed.
    pub offers: Vec<Offer<'a>>,
    /// Whether there was too much to follow.
    pub cut: bool,
}

/// An action that Next offers: a call with nothing but disjunctions and quantifiers around it.
pub(super) struct Offer<'a> {
    pub definition: usize,
    /// The call, with the scope that it stands in.
    pub call: Closure<'a>,
    /// The branch that it stands in.
    pub branch: usize,
    /// How many branches, effects and picks there are before those of the action.
    pub before: (usize, usize, usize),
    /// What is being followed at the call, from the outside in.
    pub stack: Vec<Called>,
}

/// What all walks of one module share.
pub(super) struct Ground<'g, 'a> {
    pub module: &'g Module<'a>,
    pub scopes: &'g mut Scopes<'a>,
    /// Whether a definition says something of the next state, by index.
    pub steps: &'g [bool],
    /// How many expressions may still be looked at.
    pub budget: &'g mut usize,
    /// Next or Init, as an index of the definitions.
    pub from: usize,
}

struct Walker<'w, 'a> {
    module: &'w Module<'a>,
    scopes: &'w mut Scopes<'a>,
    steps: &'w [bool],
    budget: &'w mut usize,
    walk: Walked<'a>,
    /// What is being walked, from the outside in.
    stack: Vec<Called>,
    /// How often a definition was walked.
    times: Quick<usize, usize>,
    equals: Equals,
    next: usize,
    /// How many scopes there were at the beginning.
    scopes_before: usize,
}

/// What `x = e` says.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Equals {
    /// Nothing of the next state; that says `x' = e`.
    Tests,
    /// As in Init: what the value of `x` is.
    Assigns,
}

/// A call that is being followed.
#[derive(Clone, Copy)]
pub(super) struct Called {
    /// Index into [`Module::definitions`]; `None` for a LET definition.
    pub definition: Option<usize>,
    /// Where it is called, in bytes of the document.
    pub span: Span,
}

/// Where a walk stands.
#[derive(Clone, Copy)]
struct At {
    branch: usize,
    /// Whether only disjunctions and quantifiers lie between Next and here.
    top: bool,
}

/// How many calls may lie in one another.
const CALLS_LIMIT: usize = 40;

/// How often one definition is followed within one action.
const TIMES_LIMIT: usize = 24;

/// How many scopes LET operators may make within one action.
const SCOPES_LIMIT: usize = 400_000;

/// Follows Next or Init; the actions that it offers are named and not followed.
pub(super) fn follow<'a>(ground: Ground<'_, 'a>, equals: Equals) -> Walked<'a> {
    let from = ground.from;
    let mut walker = Walker::on(ground, equals, vec![Called { definition: Some(from), span: Span::at(0) }]);
    let root = walker.branch(None);
    let placed = walker.module.definitions[from];
    if let Some(expr) = placed.body() {
        let scope = walker.scopes.enter(placed.value, &[], 0, None, (from, placed.offset));
        walker.walk.called.push(from);
        walker.action(Closure { expr, scope }, At { branch: root, top: true });
    }
    walker.walk
}

/// Follows an action that is offered.
pub(super) fn follow_offer<'a>(ground: Ground<'_, 'a>, offer: &Offer<'a>, equals: Equals) -> Walked<'a> {
    let mut walker = Walker::on(ground, equals, offer.stack.clone());
    let branch = walker.branch(None);
    let at = At { branch, top: false };
    walker.walk.called.push(offer.definition);
    if let ExprKind::Apply { operator, arguments, .. } = &offer.call.expr.kind {
        walker.enter(offer.call, Some(offer.definition), (&operator.name, arguments), at);
    }
    walker.walk
}

/// Whether an expression is a name with or without arguments, no operator symbol.
fn is_call(expr: &Expr) -> bool {
    matches!(&expr.kind, ExprKind::Apply { operator, .. } if operator.name.starts_with(|c: char| c.is_alphabetic()))
}

fn is_disjunction(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Junction { connective, .. } => *connective == Connective::Or,
        ExprKind::Quantifier { body, .. } => is_disjunction(body),
        _ => false,
    }
}

/// Which definitions say something of the next state, by themselves or through what they call.
pub(super) fn steps(module: &Module<'_>, calls: &Calls<'_>) -> Vec<bool> {
    let count = module.definitions.len();
    let says_next = |index: usize| calls.names_at(index).any(|name| matches!(name, "'" | "UNCHANGED"));
    let mut steps: Vec<bool> = (0..count).map(says_next).collect();
    let mut callers: Vec<Vec<usize>> = vec![Vec::new(); count];
    for index in 0..count {
        calls.callees_at(index).for_each(|callee| callers[callee].push(index));
    }
    let mut waiting: Vec<usize> = (0..count).filter(|index| steps[*index]).collect();
    while let Some(index) = waiting.pop() {
        let first = calls.first_of(module.definitions[index].name()).unwrap_or(index);
        for caller in &callers[first] {
            if !std::mem::replace(&mut steps[*caller], true) {
                waiting.push(*caller);
            }
        }
    }
    steps
}

impl<'w, 'a> Walker<'w, 'a> {
    fn on(ground: Ground<'w, 'a>, equals: Equals, stack: Vec<Called>) -> Self {
        let Ground { module, scopes, steps, budget, from: next } = ground;
        let scopes_before = scopes.count();
        let times = Quick::default();
        Self { module, scopes, steps, budget, walk: Walked::default(), stack, times, equals, next, scopes_before }
    }

    fn branch(&mut self, parent: Option<usize>) -> usize {
        let dead = parent.is_some_and(|parent| self.walk.branches[parent].dead);
        self.walk.branches.push(Branch { parent, condition: None, action: 0, dead });
        self.walk.guards.push(Vec::new());
        self.walk.branches.len() - 1
    }

    fn child(&mut self, at: At) -> At {
        At { branch: self.branch(Some(at.branch)), top: at.top }
    }

    fn guard(&mut self, guard: Guard<'a>, at: At) {
        let known = constants::truth(self.module, self.scopes, guard.test, 0);
        if known == Some(!guard.holds) {
            self.walk.branches[at.branch].dead = true;
        }
        if known.is_none() {
            self.walk.guards[at.branch].push(guard);
        }
    }

    /// Whether an expression says something of the next state.
    fn is_step(&self, expr: &Expr, scope: usize) -> bool {
        self.equals == Equals::Assigns || self.is_step_within(expr, scope, 0)
    }

    fn is_step_within(&self, expr: &Expr, scope: usize, depth: usize) -> bool {
        match &expr.kind {
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                matches!(operator.name.as_str(), "'" | "UNCHANGED")
                    || self.is_step_name(&operator.name, arguments, scope, depth)
                    || arguments.iter().any(|argument| self.is_step_within(argument, scope, depth))
            }
            ExprKind::Let { items, body } => {
                let local = |item: &LetItem| match item {
                    LetItem::Definition(definition) => match &definition.body {
                        Body::Expression(expr) => self.is_step_within(expr, scope, depth),
                        Body::Instance(_) => false,
                    },
                    LetItem::Recursive(_) => false,
                };
                self.is_step_within(body, scope, depth) || items.iter().any(local)
            }
            ExprKind::Number | ExprKind::Str(_) => false,
            _ => {
                let mut found = false;
                expr.children(&mut |child| found = found || self.is_step_within(child, scope, depth));
                found
            }
        }
    }

    fn is_step_name(&self, name: &str, arguments: &[Expr], scope: usize, depth: usize) -> bool {
        match self.scopes.meaning_of_call(name, arguments, scope) {
            Meaning::Definition(index) => {
                self.steps[index] || self.scopes.twins(name).iter().any(|index| self.steps[*index])
            }
            Meaning::Bound(Binding::Local(definition, home), _) if depth < 6 => match &definition.body {
                Body::Expression(expr) => self.is_step_within(expr, home, depth + 1),
                Body::Instance(_) => false,
            },
            Meaning::Bound(Binding::Value(value), _) if depth < 6 => {
                self.is_step_within(value.expr, value.scope, depth + 1)
            }
            _ => false,
        }
    }

    fn action(&mut self, closure: Closure<'a>, at: At) {
        if self.walk.branches[at.branch].dead || *self.budget == 0 {
            self.walk.cut |= *self.budget == 0;
            return;
        }
        *self.budget -= 1;
        let Closure { expr, scope } = closure;
        let of = |expr: &'a Expr| Closure { expr, scope };
        match &expr.kind {
            // In brackets that mean nothing, `[x' = 1, y' = 2]`, all of them are meant.
            ExprKind::Junction { connective: Connective::And, items }
            | ExprKind::Broken(items)
            | ExprKind::Tuple(items) => {
                // Guards first: a branch that contradicts itself is not walked.
                let steps: Vec<bool> = items.iter().map(|item| self.is_step(item, scope)).collect();
                for (item, _) in items.iter().zip(&steps).filter(|(_, step)| !**step) {
                    self.guard(Guard { test: of(item), holds: true }, at);
                }
                for (item, _) in items.iter().zip(&steps).filter(|(_, step)| **step) {
                    // Beside what every step does, Next may offer its actions in one disjunction.
                    let top = at.top && (items.len() == 1 || is_disjunction(item));
                    self.action(of(item), At { top, ..at });
                }
            }
            ExprKind::Junction { connective: Connective::Or, items } => {
                if !self.is_step(expr, scope) {
                    self.guard(Guard { test: closure, holds: true }, at);
                    return;
                }
                for item in items {
                    let inner = self.child(at);
                    self.action(of(item), inner);
                }
            }
            ExprKind::Quantifier { bounds, body, .. } => {
                if !self.is_step(body, scope) {
                    self.guard(Guard { test: closure, holds: true }, at);
                    return;
                }
                for set in bounds.iter().filter_map(|bound| bound.set.as_ref()) {
                    if let Some(variable) = self.taken_from(set, scope, 0) {
                        self.walk.picks.push((variable, at.branch));
                    }
                }
                let scope = self.scopes.bind(scope, bounds);
                self.action(Closure { expr: body, scope }, at);
            }
            ExprKind::Let { items, body } => {
                let scope = self.scopes.bind_let(scope, items);
                self.action(Closure { expr: body, scope }, at);
            }
            ExprKind::If { test, then, otherwise } => {
                for (holds, arm) in [(true, then), (false, otherwise)] {
                    let inner = At { top: false, ..self.child(at) };
                    self.guard(Guard { test: of(test), holds }, inner);
                    self.action(of(arm), inner);
                }
            }
            ExprKind::Case { arms, other } => {
                for (test, arm) in arms {
                    let inner = At { top: false, ..self.child(at) };
                    self.guard(Guard { test: of(test), holds: true }, inner);
                    self.action(of(arm), inner);
                }
                if let Some(other) = other {
                    let inner = At { top: false, ..self.child(at) };
                    for (test, _) in arms {
                        self.guard(Guard { test: of(test), holds: false }, inner);
                    }
                    self.action(of(other), inner);
                }
            }
            ExprKind::Step { action, .. } => self.action(of(action), at),
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                self.application(closure, &operator.name, arguments, at);
            }
            _ => self.guard(Guard { test: closure, holds: true }, at),
        }
    }

    fn application(&mut self, closure: Closure<'a>, name: &str, arguments: &'a [Expr], at: At) {
        let scope = closure.scope;
        match (name, arguments) {
            ("=" | "\\in" | "=>", [left, right]) if name == "=>" => {
                let inner = At { top: false, ..self.child(at) };
                self.guard(Guard { test: Closure { expr: left, scope }, holds: true }, inner);
                self.action(Closure { expr: right, scope }, inner);
            }
            ("=" | "\\in", [left, right]) => {
                if let Some(variable) = self.assigned(left, scope) {
                    self.assign(variable, Some(Closure { expr: right, scope }), closure, at);
                } else if let Some(tuple) = self.primed_tuple(left, scope) {
                    self.tuple(tuple, Closure { expr: right, scope }, closure, at);
                } else if self.equals == Equals::Tests && is_call(left) && self.is_step(left, scope) {
                    self.action(Closure { expr: left, scope }, at);
                } else {
                    self.guard(Guard { test: closure, holds: true }, at);
                }
            }
            ("UNCHANGED", [what]) => self.unchanged(Closure { expr: what, scope }, closure, at, 0),
            _ => self.call(closure, name, arguments, at),
        }
    }

    fn call(&mut self, closure: Closure<'a>, name: &str, arguments: &'a [Expr], at: At) {
        let index = match self.scopes.meaning_of_call(name, arguments, closure.scope) {
            Meaning::Definition(index) => Some(self.scopes.fitting(self.module, name, index, arguments.len())),
            Meaning::Bound(Binding::Local(..) | Binding::Value(..), _) => None,
            _ => return self.guard(Guard { test: closure, holds: true }, at),
        };
        if !self.is_step(closure.expr, closure.scope) {
            return self.guard(Guard { test: closure, holds: true }, at);
        }
        if let Some(index) = index {
            if self.stack.iter().any(|called| called.definition == Some(index)) {
                return;
            }
            let times = self.times.entry(index).or_default();
            *times += 1;
            if *times > TIMES_LIMIT || self.stack.len() > CALLS_LIMIT {
                self.walk.cut = true;
                return;
            }
            self.walk.called.push(index);
            // A definition that only offers other actions is no action of its own.
            if at.top && !self.only_offers(index) {
                let before = (self.walk.branches.len(), self.walk.effects.len(), self.walk.picks.len());
                let stack = self.stack.clone();
                self.walk.offers.push(Offer { definition: index, call: closure, branch: at.branch, before, stack });
                return;
            }
        }
        self.enter(closure, index, (name, arguments), at);
    }

    /// Follows what a call stands for; `index` is of a definition of the module.
    fn enter(&mut self, call: Closure<'a>, index: Option<usize>, called: (&str, &'a [Expr]), at: At) {
        let (name, arguments) = called;
        let Some(body) = self.scopes.called(self.module, name, arguments, call.scope) else {
            return self.guard(Guard { test: call, holds: true }, at);
        };
        let scopes = self.scopes.count() - self.scopes_before;
        if self.stack.len() > CALLS_LIMIT || index.is_none() && scopes > SCOPES_LIMIT {
            self.walk.cut = true;
            return;
        }
        self.stack.push(Called { definition: index, span: self.scopes.span(call) });
        self.action(body, at);
        self.stack.pop();
    }

    /// Whether a definition is a disjunction of calls and nothing else, such as `Deliver` or `\E i \in S : Step(i)`.
    fn only_offers(&self, index: usize) -> bool {
        fn offers(expr: &Expr, depth: usize) -> bool {
            match &expr.kind {
                ExprKind::Junction { connective: Connective::Or, items } => items.iter().all(|item| offers(item, 1)),
                ExprKind::Quantifier { body, .. } => offers(body, 1),
                ExprKind::Apply { path, operator, .. } => {
                    depth > 0
                        && path.is_empty()
                        && operator.name.starts_with(|c: char| c.is_alphabetic())
                        && operator.name != "UNCHANGED"
                }
                _ => false,
            }
        }
        index != self.next && self.module.definitions[index].body().is_some_and(|body| offers(body, 0))
    }

    /// The variable that stands under the prime on the left of an equation; in Init without a prime.
    fn assigned(&mut self, left: &'a Expr, scope: usize) -> Option<usize> {
        match &left.kind {
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => match arguments.as_slice() {
                [inner] if operator.name == "'" => self.root(inner, scope),
                [] if self.equals == Equals::Assigns => self.root(left, scope),
                _ => None,
            },
            ExprKind::Index { function, .. } => self.assigned(function, scope),
            ExprKind::Field { record, .. } => self.assigned(record, scope),
            _ => None,
        }
    }

    fn root(&mut self, expr: &'a Expr, scope: usize) -> Option<usize> {
        match &expr.kind {
            ExprKind::Index { function, .. } => self.root(function, scope),
            ExprKind::Field { record, .. } => self.root(record, scope),
            _ => match self.scopes.meaning(&expr.as_name()?.name, scope) {
                Meaning::Variable(index) => Some(index),
                Meaning::Bound(Binding::Value(value), _) => self.root(value.expr, value.scope),
                _ => None,
            },
        }
    }

    /// The variable whose elements a set holds: `messages`, `DOMAIN net`, `BagToSet(net)`, `inbox[n]`.
    fn taken_from(&mut self, expr: &'a Expr, scope: usize, depth: usize) -> Option<usize> {
        if depth > 6 {
            return None;
        }
        let followed = self.scopes.followed(self.module, Closure { expr, scope });
        if let Some(variable) = self.root(followed.expr, followed.scope) {
            return Some(variable);
        }
        match &followed.expr.kind {
            ExprKind::Apply { arguments, .. } => {
                arguments.iter().find_map(|argument| self.taken_from(argument, followed.scope, depth + 1))
            }
            ExprKind::Filter { bound, .. } => self.taken_from(bound.set.as_ref()?, followed.scope, depth + 1),
            _ => None,
        }
    }

    /// The names in `<<x, y>>'` or `vars'`.
    fn primed_tuple(&mut self, left: &'a Expr, scope: usize) -> Option<&'a [Expr]> {
        let inner = match &left.kind {
            ExprKind::Apply { operator, arguments, .. } if operator.name == "'" => arguments.first()?,
            ExprKind::Tuple(_) => left,
            _ => return None,
        };
        let followed = self.scopes.followed(self.module, Closure { expr: inner, scope });
        match &followed.expr.kind {
            ExprKind::Tuple(items) => Some(items),
            _ => None,
        }
    }

    fn tuple(&mut self, names: &'a [Expr], value: Closure<'a>, whole: Closure<'a>, at: At) {
        let followed = self.scopes.followed(self.module, value);
        for (position, name) in names.iter().enumerate() {
            let variable = match self.assigned(name, whole.scope) {
                Some(variable) => Some(variable),
                None => self.root(name, whole.scope),
            };
            let Some(variable) = variable else { continue };
            let value = match &followed.expr.kind {
                ExprKind::Tuple(items) => items.get(position).map(|expr| Closure { expr, scope: followed.scope }),
                _ => None,
            };
            self.assign(variable, value, whole, at);
        }
    }

    fn assign(&mut self, variable: usize, value: Option<Closure<'a>>, whole: Closure<'a>, at: At) {
        let itself = value.is_some_and(|value| {
            value.expr.as_name().is_some_and(
                |name| matches!(self.scopes.meaning(&name.name, value.scope), Meaning::Variable(v) if v == variable),
            )
        });
        let value = value.filter(|_| !itself);
        let known = value.map(|value| NewValue { removes: removes(self.module, self.scopes, value, 0) });
        let (within, span) = self.writer(whole);
        self.walk.effects.push(Effect { variable, value: known, branch: at.branch, within, span });
        self.walk.values.push(value);
    }

    /// The definition that is said to write, and where: of `Send(m) == msgs' = msgs \cup {m}` the one that calls it.
    fn writer(&self, whole: Closure<'a>) -> (usize, Span) {
        let (mut scope, mut span) = (whole.scope, self.scopes.span(whole));
        let calls = self.stack.iter().rev().filter(|called| called.definition.is_some()).take(8);
        for called in calls {
            let within = self.scopes.within(scope);
            let Some(caller) = self.scopes.caller(scope) else { break };
            // What Next calls is an action and no helper, however thin.
            let by_next = self.scopes.within(caller) == self.next;
            if called.definition != Some(within) || by_next || !self.is_thin(within) {
                break;
            }
            (scope, span) = (caller, called.span);
        }
        (self.scopes.within(scope), span)
    }

    /// Whether a definition only gives variables values that come in as arguments, and makes nothing itself.
    fn is_thin(&self, index: usize) -> bool {
        let placed = self.module.definitions[index];
        let Some(body) = placed.body().filter(|_| !placed.value.parameters.is_empty()) else { return false };
        let gives = |expr: &Expr| {
            let Some([left, right]) = expr.as_application("=") else { return false };
            let mut makes = false;
            right.walk(&mut |expr| makes |= matches!(expr.kind, ExprKind::Record(_) | ExprKind::Str(_)));
            !makes && left.as_application("'").is_some()
        };
        match &body.kind {
            ExprKind::Junction { connective: Connective::And, items } => items.iter().all(gives),
            _ => gives(body),
        }
    }

    fn unchanged(&mut self, what: Closure<'a>, whole: Closure<'a>, at: At, depth: usize) {
        let followed = self.scopes.followed(self.module, what);
        match &followed.expr.kind {
            ExprKind::Tuple(items) if depth < 8 => {
                for expr in items {
                    self.unchanged(Closure { expr, scope: followed.scope }, whole, at, depth + 1);
                }
            }
            _ => {
                if let Some(variable) = self.root(followed.expr, followed.scope) {
                    self.assign(variable, None, whole, at);
                }
            }
        }
    }
}
