//! Looks the names of one unit up and works its levels out, in one walk over its trees.

mod apply;
mod instance;
mod wording;

use std::sync::Arc;

pub(super) use wording::taken;
use wording::{counted, too_high};

use super::{
    level::{Level, Leveled, Signature, Within, bit, built_in},
    link::PartLink,
    problem::{Fault, Problem},
    register::Parts,
    scope::{Found, Scope, Symbol, SymbolKind, SymbolRef},
};
use crate::{
    diagnostic::Span,
    syntax::tree::{
        Body, Bound, BoundForm, Connective, Declared, Definition, Expr, ExprKind, Ident, LetItem, Name, Quantifier,
        StepForm, UpdateStep,
    },
};

/// A name that is bound or defined within the unit.
struct Local {
    name: Name,
    span: Span,
    kind: LocalKind,
}

enum LocalKind {
    Bound,
    Parameter { index: usize, arity: usize },
    Definition(SymbolRef),
}

/// The walk over one unit.
pub(super) struct Resolver<'e> {
    scope: &'e Scope,
    /// The module that the unit belongs to.
    home: &'e Name,
    locals: Vec<Local>,
    /// The highest level of each parameter in scope, as far as it is known by now.
    limits: Vec<Level>,
    /// What operator parameters must take in their arguments: parameter, argument, level.
    least: Vec<(usize, usize, Level)>,
    within: Vec<Within>,
    /// Parameters that stand where equals may not be put in place of each other.
    opaque: u64,
    /// The levels of what `@` stands for, innermost last.
    at: Vec<Leveled>,
    pub(super) problems: Vec<Problem>,
    /// What each item of the long list hangs on that the whole unit is, and what was found of them in an earlier text.
    pub(super) parts: Option<(&'e Parts, &'e [PartLink])>,
    /// What was found of them now.
    pub(super) parts_found: Vec<PartLink>,
}

impl<'e> Resolver<'e> {
    pub(super) fn new(scope: &'e Scope, home: &'e Name) -> Self {
        Self {
            scope,
            home,
            locals: Vec::new(),
            limits: Vec::new(),
            least: Vec::new(),
            within: Vec::new(),
            opaque: 0,
            at: Vec::new(),
            problems: Vec::new(),
            parts: None,
            parts_found: Vec::new(),
        }
    }

    /// The levels of a list's items. Those of a long list that is a whole unit are looked at again only where what they
    /// hang on has changed or something was wrong with them.
    fn items(&mut self, items: &[Expr]) -> Vec<Leveled> {
        let at_top = self.locals.is_empty() && self.limits.is_empty() && self.at.is_empty();
        let parts = self.parts.take().filter(|(parts, _)| at_top && parts.count == items.len());
        let Some((parts, known)) = parts else { return items.iter().map(|item| self.expression(item)).collect() };
        let mut found = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let key = self.scope.fingerprint_of(self.home, parts.names.at(index));
            if let Some(part) = known.get(index).filter(|part| part.key == key) {
                found.push(*part);
                continue;
            }
            let before = (self.problems.len(), self.least.len(), self.within.len());
            let level = self.expression(item);
            let is_plain = before == (self.problems.len(), self.least.len(), self.within.len());
            found.push(PartLink { key: if is_plain { key } else { 0 }, level });
        }
        self.parts_found = found;
        self.parts_found.iter().map(|part| part.level).collect()
    }

    fn report(&mut self, fault: Fault, ident: &Ident, message: impl Into<String>) {
        self.report_at(fault, ident.span, &ident.name, message);
    }

    fn report_at(&mut self, fault: Fault, span: Span, name: &Name, message: impl Into<String>) {
        self.problems.push(Problem { fault, span, name: name.clone(), message: message.into() });
    }

    fn local(&self, name: &str) -> Option<&Local> {
        self.locals.iter().rev().find(|local| local.name == name)
    }

    fn find(&self, name: &str) -> Option<Found<'_>> {
        if let Some(local) = self.local(name) {
            return Some(match &local.kind {
                LocalKind::Bound => Found::Bound,
                LocalKind::Parameter { index, arity } => Found::Parameter { index: *index, arity: *arity },
                LocalKind::Definition(symbol) => Found::Symbol(symbol),
            });
        }
        if let Some(built_in) = built_in(name) {
            return Some(Found::BuiltIn(built_in));
        }
        self.scope.get(name).map(Found::Symbol)
    }

    /// Reports a name that is taken already: TLA+ has no shadowing (SANY errors 4201 and 4202).
    fn claim(&mut self, ident: &Ident, what: &str) {
        let name = &ident.name;
        let bound = matches!(what, "bound name" | "parameter");
        if let Some(local) = self.local(name) {
            let earlier = local.span;
            let kind = match &local.kind {
                LocalKind::Bound => "a bound name",
                LocalKind::Parameter { .. } => "a parameter",
                LocalKind::Definition(_) => "a definition",
            };
            let message =
                format!("`{name}` is {kind} already here; TLA+ has no shadowing, give the {what} another name");
            self.report(Fault::RedefinedName { earlier: Some(earlier), bound }, ident, message);
            return;
        }
        if built_in(name).is_some() {
            let message = format!("`{name}` is built into TLA+ and can't be defined anew; choose another name");
            self.report(Fault::RedefinedName { earlier: None, bound }, ident, message);
            return;
        }
        let Some(earlier) = self.scope.get(name) else { return };
        let message = taken(name, earlier, self.home, what);
        self.report(Fault::RedefinedName { earlier: None, bound }, ident, message);
    }

    fn push(&mut self, ident: &Ident, kind: LocalKind) {
        self.locals.push(Local { name: ident.name.clone(), span: ident.span, kind });
    }

    fn bind(&mut self, ident: &Ident) {
        self.claim(ident, "bound name");
        self.push(ident, LocalKind::Bound);
    }

    /// Reads the bounds' sets and binds their names; gives the level of the sets and whether one is just an action.
    fn bounds(&mut self, bounds: &[Bound]) -> (Leveled, Option<Span>) {
        let mut level = Leveled::default();
        let mut action = None;
        for set in bounds.iter().filter_map(|bound| bound.set.as_ref()) {
            let mut range = self.expression(set);
            if range.exceeds(Level::Action) {
                let message = "a bound name can't be taken from a temporal formula";
                self.report_at(Fault::BoundLevel, set.span, &Name::default(), message);
                range.unknown = true;
            }
            if range.is_exactly(Level::Action) {
                action.get_or_insert(set.span);
            }
            level = level.and(range);
        }
        for ident in bounds.iter().flat_map(|bound| &bound.names) {
            self.bind(ident);
        }
        (level, action)
    }

    /// Reads bounds and what they bind in; the body may be no more than `limit`.
    fn binding(&mut self, bounds: &[Bound], body: &Expr, limit: Level, what: &str) -> Leveled {
        let depth = self.locals.len();
        let (sets, action) = self.bounds(bounds);
        let inner = self.part(body, limit, what);
        self.locals.truncate(depth);
        let level = sets.and(inner);
        if let Some(span) = action
            && limit == Level::Temporal
            && what == "a quantifier"
            && level.is_exactly(Level::Temporal)
        {
            let message = "the formula is temporal, so its bound name can't be taken from a set that primes variables";
            self.report_at(Fault::BoundLevel, span, &Name::default(), message);
        }
        level
    }

    /// Notes that parameters stand where nothing above a level may stand.
    fn limit(&mut self, level: Leveled, limit: Level) {
        if limit == Level::Temporal {
            return;
        }
        for (parameter, known) in self.limits.iter_mut().enumerate() {
            if level.parameters & bit(parameter) != 0 {
                *known = (*known).min(limit);
            }
        }
    }

    /// An expression in a place that takes no more than a level.
    fn part(&mut self, expression: &Expr, limit: Level, operator: &str) -> Leveled {
        let mut level = self.expression(expression);
        self.limit(level, limit);
        if level.exceeds(limit) {
            self.report_at(
                Fault::LevelTooHigh,
                expression.span,
                &Name::from(operator),
                too_high(operator, limit, level.level),
            );
            level.unknown = true;
        }
        level
    }

    fn parts<'x>(&mut self, parts: impl IntoIterator<Item = &'x Expr>, limit: Level, operator: &str) -> Leveled {
        parts.into_iter().fold(Leveled::default(), |level, part| level.and(self.part(part, limit, operator)))
    }

    pub(super) fn expression(&mut self, expression: &Expr) -> Leveled {
        let span = expression.span;
        match &expression.kind {
            ExprKind::Number | ExprKind::Str(_) => Leveled::default(),
            ExprKind::Apply { path, operator, arguments } => self.application(path, operator, arguments, span),
            ExprKind::Symbol(_) | ExprKind::Opaque => Leveled::UNKNOWN,
            ExprKind::Broken(parts) => {
                parts.iter().for_each(|part| {
                    self.expression(part);
                });
                Leveled::UNKNOWN
            }
            ExprKind::Lambda { parameters, body } => {
                let message =
                    "a LAMBDA is no value: it stands only as an argument of an operator that takes an operator";
                self.report_at(Fault::OperatorArgument, span, &Name::new_static("LAMBDA"), message);
                self.lambda(parameters, body);
                Leveled::UNKNOWN
            }
            ExprKind::At => self.at_sign(span),
            ExprKind::Junction { connective, items } => {
                let name = match connective {
                    Connective::And => "/\\",
                    Connective::Or => "\\/",
                };
                let levels = self.items(items);
                self.mixed(&levels, name, span)
            }
            ExprKind::Quantifier { quantifier, bounds, body } => match quantifier {
                Quantifier::Forall | Quantifier::Exists => self.binding(bounds, body, Level::Temporal, "a quantifier"),
                Quantifier::TemporalForall | Quantifier::TemporalExists => {
                    let level = self.binding(bounds, body, Level::Temporal, "a temporal quantifier");
                    self.modal(level, Level::Temporal)
                }
            },
            ExprKind::Choose { bound, body } => {
                self.binding(std::slice::from_ref(bound), body, Level::Action, "CHOOSE")
            }
            ExprKind::Filter { bound, body } => {
                self.binding(std::slice::from_ref(bound), body, Level::Action, "a set filter")
            }
            ExprKind::Map { body, bounds } => self.binding(bounds, body, Level::Action, "a set of values"),
            ExprKind::Function { bounds, body } => self.binding(bounds, body, Level::Temporal, "a function"),
            ExprKind::Set(items) => self.set(items),
            ExprKind::Tuple(items) => self.parts(items, Level::Action, "a tuple"),
            ExprKind::FunctionSet { domain, range } => {
                self.parts([&**domain, &**range], Level::Action, "a set of functions")
            }
            ExprKind::Index { function, arguments } => self.index(function, arguments, span),
            ExprKind::Record(fields) => self.fields(fields, Level::Temporal),
            ExprKind::RecordSet(fields) => self.fields(fields, Level::Action),
            ExprKind::Field { record, .. } => self.part(record, Level::Action, "a field access"),
            ExprKind::Except { base, updates } => {
                let mut level = self.part(base, Level::Action, "EXCEPT");
                for update in updates {
                    for step in &update.path {
                        if let UpdateStep::Index(indices) = step {
                            level = level.and(self.parts(indices, Level::Action, "EXCEPT"));
                        }
                    }
                    self.at.push(level);
                    level = level.and(self.part(&update.value, Level::Action, "EXCEPT"));
                    self.at.pop();
                }
                level
            }
            ExprKind::If { test, then, otherwise } => {
                self.parts([&**test, &**then, &**otherwise], Level::Temporal, "IF")
            }
            ExprKind::Case { arms, other } => {
                let arms = arms.iter().flat_map(|(test, value)| [test, value]).chain(other.as_deref());
                self.parts(arms, Level::Temporal, "CASE")
            }
            ExprKind::Let { items, body } => self.let_in(items, body),
            ExprKind::Step { form, action, subscript } => {
                let name = match form {
                    StepForm::Square => "[A]_v",
                    StepForm::Angle => "<<A>>_v",
                };
                let level = self.part(action, Level::Action, name).and(self.part(subscript, Level::State, name));
                self.modal(level, Level::Action)
            }
            ExprKind::Fairness { action, subscript, .. } => {
                let subscript = self.part(subscript, Level::State, "a fairness condition");
                let level = subscript.and(self.part(action, Level::Action, "a fairness condition"));
                self.modal(level, Level::Temporal)
            }
        }
    }

    /// `{e | x \in S}` of other languages binds names that TLA+ knows nothing of; the symbol alone is told.
    fn set(&mut self, items: &[Expr]) -> Leveled {
        let marked = self.problems.len();
        let level = self.parts(items, Level::Action, "a set");
        let unknown = |problem: &Problem| matches!(problem.fault, Fault::UnknownName { .. });
        if self.problems[marked..].iter().any(|problem| unknown(problem) && problem.name == "|") {
            let found = self.problems.split_off(marked);
            self.problems.extend(found.into_iter().filter(|problem| !unknown(problem) || problem.name == "|"));
        }
        level
    }

    /// What has a level of its own, whatever stands in it.
    fn modal(&mut self, inner: Leveled, level: Level) -> Leveled {
        self.opaque |= inner.occurring;
        Leveled { level, unknown: false, parameters: 0, occurring: inner.occurring }
    }

    /// An assumption says something of constants alone (SANY error 4206).
    pub(super) fn assume(&mut self, level: Leveled, span: Span) {
        if level.unknown || level.level == Level::Constant {
            return;
        }
        let message = format!("ASSUME is about constants alone, and this is {}", level.level.phrase());
        self.report_at(Fault::AssumeLevel, span, &Name::default(), message);
    }

    fn at_sign(&mut self, span: Span) -> Leveled {
        if let Some(level) = self.at.last() {
            return *level;
        }
        let message = "`@` stands for the old value in EXCEPT, and this is not within the new value of one";
        self.report_at(Fault::AtOutsideExcept, span, &Name::new_static("@"), message);
        Leveled::UNKNOWN
    }

    /// An action and a temporal formula can't be joined (SANY error 4313).
    fn mixed(&mut self, levels: &[Leveled], operator: &str, span: Span) -> Leveled {
        let joined = levels.iter().fold(Leveled::default(), |level, part| level.and(*part));
        let has = |level: Level| levels.iter().any(|part| part.is_exactly(level));
        if has(Level::Temporal) && has(Level::Action) {
            let message = format!(
                "`{operator}` joins a temporal formula and an action here; put the action into `[A]_v` or under `[]`, \
                 or move the temporal formula out"
            );
            self.report_at(Fault::MixedLevels, span, &Name::from(operator), message);
            return Leveled { unknown: true, ..joined };
        }
        joined
    }

    fn fields(&mut self, fields: &[(Ident, Expr)], limit: Level) -> Leveled {
        let mut level = Leveled::default();
        for (index, (field, value)) in fields.iter().enumerate() {
            if let Some((earlier, _)) = fields[..index].iter().find(|(earlier, _)| earlier.name == field.name) {
                let message = format!("the record has the field `{}` twice", earlier.name);
                self.report(Fault::DuplicateField, field, message);
            }
            level = level.and(self.part(value, limit, "a record"));
        }
        level
    }

    fn index(&mut self, function: &Expr, arguments: &[Expr], span: Span) -> Leveled {
        let mut level = self.part(function, Level::Action, "a function application");
        level = level.and(self.parts(arguments, Level::Action, "a function application"));
        let Some(ident) = function.as_name() else { return level };
        let Some(Found::Symbol(symbol)) = self.find(&ident.name) else { return level };
        let Some(wanted) = symbol.function.filter(|wanted| arguments.len() >= 2 && *wanted != arguments.len()) else {
            return level;
        };
        let message = format!(
            "the function `{}` is defined with {}, and {} are given here",
            ident.name,
            counted(wanted, "argument"),
            arguments.len()
        );
        self.report_at(Fault::FunctionArity, span, &ident.name, message);
        Leveled { unknown: true, ..level }
    }

    fn let_in(&mut self, items: &[LetItem], body: &Expr) -> Leveled {
        let depth = self.locals.len();
        let mut declared: Vec<&Declared> = Vec::new();
        for item in items {
            match item {
                LetItem::Recursive(names) => {
                    for name in names {
                        let symbol = pending(name, self.home);
                        if self.find(&name.ident.name).is_some_and(|found| !agrees(&found, &symbol)) {
                            self.claim(&name.ident, "operator");
                        }
                        self.push(&name.ident, LocalKind::Definition(symbol));
                        declared.push(name);
                    }
                }
                LetItem::Definition(definition) => {
                    let symbol = self.definition(definition, Some(depth));
                    let ident = &definition.ident;
                    self.locals.retain(|local| {
                        local.name != ident.name
                            || !matches!(&local.kind, LocalKind::Definition(earlier) if earlier.pending)
                    });
                    self.push(ident, LocalKind::Definition(symbol));
                }
            }
        }
        for name in declared {
            let open = |local: &Local| {
                local.name == name.ident.name && matches!(&local.kind, LocalKind::Definition(symbol) if symbol.pending)
            };
            if self.locals[depth..].iter().any(open) {
                let message = format!("`{}` is declared RECURSIVE and never defined in this LET", name.ident.name);
                self.report(Fault::RecursiveDeclaration, &name.ident, message);
            }
        }
        let level = self.expression(body);
        self.locals.truncate(depth);
        level
    }

    /// Reads a definition of the unit: the top one, or one of a LET whose names begin at `depth`.
    pub(super) fn definition(&mut self, definition: &Definition, depth: Option<usize>) -> SymbolRef {
        let ident = &definition.ident;
        let recursive = self.recursion(definition, depth);
        if recursive.is_none() {
            let what = if definition.bounds.is_empty() { "operator" } else { "function" };
            let instance = matches!(definition.body, Body::Instance(_));
            let twin = |found: &Found<'_>| {
                matches!(found, Found::Symbol(symbol) if matches!(symbol.kind, SymbolKind::Instance(_))
                    && symbol.arity() == definition.parameters.len())
            };
            if !(instance && self.find(&ident.name).is_some_and(|found| twin(&found))) {
                self.claim(
                    ident,
                    if definition.parameters.is_empty() && what == "operator" { "definition" } else { what },
                );
            }
        }
        let bounds = definition.bounds.iter().flat_map(|bound| &bound.names);
        let mut own = definition.parameters.iter().map(|parameter| &parameter.ident).chain(bounds);
        if own.any(|inner| inner.name == ident.name) {
            let message =
                format!("`{}` is the name of its own parameter too; give one of them another name", ident.name);
            self.report(Fault::RedefinedName { earlier: None, bound: false }, ident, message);
        }
        let local = definition.local && recursive.is_none();
        let parameters: Box<[usize]> = definition.parameters.iter().map(|parameter| parameter.arity).collect();
        let body = match &definition.body {
            Body::Expression(body) => body,
            Body::Instance(instance) => {
                let base = self.begin(&definition.parameters);
                let exports = self.instance(instance);
                let signature = self.end(base, &definition.parameters, Leveled::default());
                let (kind, unknown) = match exports {
                    Some((exports, plain)) => (SymbolKind::Instance(Some(exports)), !plain || base.opened > 0),
                    None => (SymbolKind::Instance(None), true),
                };
                let signature = Signature { unknown, ..signature };
                let symbol = Symbol::new(ident.name.clone(), kind, parameters, self.home.clone(), signature);
                return Symbol { local, ..symbol }.shared();
            }
        };
        if matches!(body.kind, ExprKind::Opaque) || body.is_broken() {
            let signature = Signature::unknown(parameters.len());
            let symbol =
                Symbol::new(ident.name.clone(), SymbolKind::Operator, parameters, self.home.clone(), signature);
            return Symbol { local, function: counted_bounds(definition), ..symbol }.shared();
        }
        let mut signature = match recursive {
            Some(_) => {
                let marked = self.problems.len();
                let first = Signature::recursive(parameters.len());
                let first = self.once(definition, body, Some((&parameters, first)));
                self.problems.truncate(marked);
                let second = Signature { limits: vec![Level::Action; parameters.len()], ..first };
                let all = Signature::recursive(parameters.len()).weights;
                let second = Signature { weights: all, ..second };
                self.once(definition, body, Some((&parameters, second)))
            }
            None => self.once(definition, body, None),
        };
        if recursive.is_some() {
            for (parameter, limit) in definition.parameters.iter().zip(&mut signature.limits) {
                if *limit < Level::Action {
                    let message = format!(
                        "the recursive operator `{}` primes its parameter `{}`, which SANY does not take",
                        ident.name, parameter.ident.name
                    );
                    self.report(Fault::RecursivePrime, ident, message);
                }
                *limit = (*limit).min(Level::Action);
            }
        }
        let symbol = Symbol::new(ident.name.clone(), SymbolKind::Operator, parameters, self.home.clone(), signature);
        Symbol { local, function: counted_bounds(definition), ..symbol }.shared()
    }

    /// Reads the body of a definition once. A recursive one is in its own scope with a signature.
    fn once(&mut self, definition: &Definition, body: &Expr, own: Option<(&[usize], Signature)>) -> Signature {
        let depth = self.locals.len();
        let ident = &definition.ident;
        if let Some((parameters, signature)) = own {
            let symbol =
                Symbol::new(ident.name.clone(), SymbolKind::Operator, parameters.into(), self.home.clone(), signature);
            self.push(ident, LocalKind::Definition(symbol.shared()));
        }
        let base = self.begin(&definition.parameters);
        let marked = self.problems.len();
        let level = if definition.bounds.is_empty() {
            self.expression(body)
        } else {
            let (sets, _) = self.bounds(&definition.bounds);
            self.push(ident, LocalKind::Bound);
            let inner = self.expression(body);
            sets.and(inner)
        };
        let faulty = self.problems[marked..].iter().any(|problem| problem.is_of_levels());
        let signature = self.end(base, &definition.parameters, level);
        self.locals.truncate(depth);
        Signature { unknown: signature.unknown || faulty, ..signature }
    }

    /// Says whether a definition is that of an operator that was declared RECURSIVE beside it.
    fn recursion(&mut self, definition: &Definition, depth: Option<usize>) -> Option<()> {
        let name = &definition.ident.name;
        let position = self.locals.iter().rposition(|local| &local.name == name);
        let (symbol, here) = match position {
            Some(position) => match &self.locals[position].kind {
                LocalKind::Definition(symbol) => (Arc::clone(symbol), depth.is_some_and(|depth| position >= depth)),
                _ => return None,
            },
            None => (Arc::clone(self.scope.get(name)?), depth.is_none()),
        };
        if !symbol.pending {
            return None;
        }
        if !here {
            let message =
                format!("`{name}` is declared RECURSIVE in another LET or outside of it, and must be defined there");
            self.report(Fault::RecursiveDeclaration, &definition.ident, message);
            return Some(());
        }
        if symbol.arity() != definition.parameters.len() {
            let message = format!(
                "`{name}` is declared RECURSIVE with {} and defined with {}",
                counted(symbol.arity(), "parameter"),
                counted(definition.parameters.len(), "parameter")
            );
            self.report(Fault::RecursiveDeclaration, &definition.ident, message);
        }
        Some(())
    }

    fn lambda(&mut self, parameters: &[Ident], body: &Expr) -> Signature {
        let declared: Vec<Declared> =
            parameters.iter().map(|ident| Declared { ident: ident.clone(), arity: 0 }).collect();
        let base = self.begin(&declared);
        let level = self.expression(body);
        self.end(base, &declared, level)
    }

    /// Brings the parameters of a definition into scope.
    fn begin(&mut self, parameters: &[Declared]) -> Opening {
        let opening = Opening { locals: self.locals.len(), first: self.limits.len(), opened: parameters.len() };
        for parameter in parameters {
            self.claim(&parameter.ident, "parameter");
            let kind = LocalKind::Parameter { index: self.limits.len(), arity: parameter.arity };
            self.push(&parameter.ident, kind);
            self.limits.push(Level::Temporal);
        }
        opening
    }

    /// Takes the parameters out of scope again and says what the definition demands of them.
    fn end(&mut self, opening: Opening, parameters: &[Declared], level: Leveled) -> Signature {
        let first = opening.first;
        let own = |parameter: usize| parameter >= first;
        let below = |mask: u64| if first >= 64 { mask } else { mask & (bit(first) - 1) };
        let shift = |mask: u64| if first >= 64 { 0 } else { mask >> first };
        let mut signature = Signature {
            level: level.level,
            unknown: level.unknown,
            weights: shift(level.parameters),
            opaque: shift(self.opaque),
            limits: self.limits[first..first + parameters.len()].to_vec(),
            outer: below(level.parameters),
            base: first,
            ..Signature::default()
        };
        for (operator, position, least) in &self.least {
            if own(*operator) {
                signature.least.push((operator - first, *position, *least));
            }
        }
        for within in &self.within {
            match (own(within.operator), own(within.parameter)) {
                (true, true) => signature.within.push(Within {
                    operator: within.operator - first,
                    position: within.position,
                    parameter: within.parameter - first,
                }),
                (false, false) => {}
                _ => signature.reaching.push(*within),
            }
        }
        self.least.retain(|(operator, _, _)| !own(*operator));
        self.within.retain(|within| !own(within.operator) && !own(within.parameter));
        self.opaque = below(self.opaque);
        self.limits.truncate(first);
        self.locals.truncate(opening.locals);
        signature
    }
}

/// Where the parameters of a definition began.
#[derive(Clone, Copy)]
struct Opening {
    locals: usize,
    first: usize,
    opened: usize,
}

/// The symbol of an operator that is declared RECURSIVE.
pub(super) fn pending(declared: &Declared, home: &Name) -> SymbolRef {
    let parameters = vec![0; declared.arity].into_boxed_slice();
    let signature = Signature { unknown: true, ..Signature::recursive(declared.arity) };
    let symbol = Symbol::new(declared.ident.name.clone(), SymbolKind::Operator, parameters, home.clone(), signature);
    Symbol { pending: true, ..symbol }.shared()
}

fn agrees(found: &Found<'_>, symbol: &Symbol) -> bool {
    matches!(found, Found::Symbol(earlier) if earlier.agrees_with(symbol))
}

/// `[x, y \in S, <<a, b>> \in T]` counts as three arguments.
fn counted_bounds(definition: &Definition) -> Option<usize> {
    let count = |bound: &Bound| if bound.form == BoundForm::Tuple { 1 } else { bound.names.len() };
    (!definition.bounds.is_empty()).then(|| definition.bounds.iter().map(count).sum())
}
