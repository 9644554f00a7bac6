//! Applications of operators: what a name stands for, how many arguments it takes, and what becomes of their levels.

use std::sync::Arc;

use super::{
    super::{
        level::{BuiltIn, Level, Leveled, Signature, Within, bit, built_in},
        problem::Fault,
        scope::{Exports, Found, SymbolKind, SymbolRef},
    },
    LocalKind, Resolver, counted, too_high,
};
use crate::{
    diagnostic::Span,
    syntax::tree::{Expr, ExprKind, Ident, Name, PathPart},
};

/// What stands before the parentheses.
pub(super) enum Target {
    /// Not known; reported already, or left alone.
    Unknown,
    BuiltIn(&'static BuiltIn),
    Bound,
    Parameter {
        index: usize,
        arity: usize,
    },
    Symbol(SymbolRef),
    /// An operator of a named instance whose substitutions may change its levels.
    Substituted(SymbolRef),
}

/// An argument.
pub(super) enum Operand {
    Value(Leveled),
    /// An operator as an argument.
    Definition(Signature),
    /// An operator parameter as an argument.
    Parameter(usize),
    Unknown,
}

impl Operand {
    fn leveled(&self) -> Leveled {
        match self {
            Operand::Value(level) => *level,
            Operand::Definition(signature) => Leveled {
                level: signature.level,
                unknown: signature.unknown,
                parameters: signature.outer,
                occurring: signature.outer,
            },
            Operand::Parameter(index) => {
                Leveled { parameters: bit(*index), occurring: bit(*index), ..Leveled::default() }
            }
            Operand::Unknown => Leveled::UNKNOWN,
        }
    }
}

impl Resolver<'_> {
    pub(super) fn application(
        &mut self,
        path: &[PathPart],
        operator: &Ident,
        arguments: &[Expr],
        span: Span,
    ) -> Leveled {
        self.labelled(path, operator, arguments, span);
        match self.target(path, operator, arguments.len()) {
            Target::Unknown => {
                arguments.iter().for_each(|argument| self.loose(argument));
                Leveled::UNKNOWN
            }
            Target::BuiltIn(built_in) => {
                if self.miscounted(operator, built_in.arity, arguments, span) {
                    return Leveled::UNKNOWN;
                }
                self.built_in(built_in, arguments, span)
            }
            Target::Bound => {
                self.miscounted(operator, 0, arguments, span);
                Leveled::default()
            }
            Target::Parameter { index, arity } => {
                if self.miscounted(operator, arity, arguments, span) {
                    return Leveled::UNKNOWN;
                }
                self.parameter(index, arguments)
            }
            Target::Symbol(symbol) => self.symbol(&symbol, operator, arguments, span),
            Target::Substituted(symbol) => {
                let level = self.symbol(&symbol, operator, arguments, span);
                Leveled { unknown: true, ..level }
            }
        }
    }

    /// `Op!label(a)` with more or fewer arguments than the label has (SANY error 4337).
    fn labelled(&mut self, path: &[PathPart], operator: &Ident, arguments: &[Expr], span: Span) {
        let [part] = path else { return };
        let Some(Found::Symbol(symbol)) = self.find(&part.ident.name) else { return };
        let Some((_, wanted)) = symbol.labels.iter().find(|(label, _)| *label == operator.name) else { return };
        let wanted = *wanted;
        if wanted == arguments.len() || part.arguments.len() != symbol.arity() {
            return;
        }
        let message = format!(
            "the label `{}` has {}, and {} are given here",
            operator.name,
            counted(wanted, "parameter"),
            arguments.len()
        );
        self.report_at(Fault::WrongLabel, span, &operator.name, message);
    }

    fn symbol(&mut self, symbol: &SymbolRef, operator: &Ident, arguments: &[Expr], span: Span) -> Leveled {
        if let SymbolKind::Instance(_) = symbol.kind {
            let name = &operator.name;
            let message =
                format!("`{name}` names an INSTANCE and is no expression; write `{name}!Op` for an operator Op of it");
            self.report(Fault::IncompleteName, operator, message);
            return Leveled::UNKNOWN;
        }
        if symbol.assume_prove {
            let message = format!("`{}` is a theorem with ASSUME and PROVE, which is no expression", operator.name);
            self.report(Fault::AssumeProveAsExpression, operator, message);
            return Leveled::UNKNOWN;
        }
        if self.miscounted(operator, symbol.arity(), arguments, span) {
            return Leveled::UNKNOWN;
        }
        if symbol.is_declared() {
            let own = match symbol.kind {
                SymbolKind::Variable => Level::State,
                _ => Level::Constant,
            };
            let levels = arguments.iter().map(|argument| self.expression(argument)).collect::<Vec<_>>();
            return levels.into_iter().fold(Leveled::of(own), Leveled::and);
        }
        if arguments.is_empty() {
            return Leveled {
                level: symbol.signature.level,
                unknown: symbol.signature.unknown,
                parameters: symbol.signature.outer,
                occurring: symbol.signature.outer,
            };
        }
        let operands: Vec<Operand> = arguments
            .iter()
            .zip(&symbol.parameters)
            .enumerate()
            .map(|(index, (argument, arity))| match arity {
                0 => Operand::Value(self.expression(argument)),
                _ => self.operator_argument(argument, *arity, &operator.name, index),
            })
            .collect();
        let spans: Vec<Span> = arguments.iter().map(|argument| argument.span).collect();
        self.apply(&symbol.signature, &operands, &spans, &operator.name, span)
    }

    /// Reports a wrong number of arguments (SANY error 4204) and reads them all the same.
    fn miscounted(&mut self, operator: &Ident, wanted: usize, arguments: &[Expr], span: Span) -> bool {
        if arguments.len() == wanted {
            return false;
        }
        let given = match arguments.len() {
            0 => "none are given here".to_owned(),
            1 => "1 is given here".to_owned(),
            number => format!("{number} are given here"),
        };
        let message = format!("`{}` takes {}, and {given}", operator.name, counted(wanted, "argument"));
        self.report_at(Fault::WrongArity, span, &operator.name, message);
        arguments.iter().for_each(|argument| self.loose(argument));
        true
    }

    /// Reads an argument of which it is not known whether it is to be an operator.
    pub(super) fn loose(&mut self, argument: &Expr) {
        match &argument.kind {
            ExprKind::Lambda { parameters, body } => {
                self.lambda(parameters, body);
            }
            ExprKind::Apply { path, operator, arguments } if arguments.is_empty() => {
                self.target(path, operator, 0);
            }
            _ => {
                self.expression(argument);
            }
        }
    }

    /// What a name, with a path or without, stands for; unknown ones are reported.
    fn target(&mut self, path: &[PathPart], operator: &Ident, arguments: usize) -> Target {
        if !path.is_empty() {
            return self.member(path, operator);
        }
        match self.find(&operator.name) {
            Some(Found::BuiltIn(built_in)) => Target::BuiltIn(built_in),
            Some(Found::Symbol(symbol)) => Target::Symbol(Arc::clone(symbol)),
            Some(Found::Bound) => Target::Bound,
            Some(Found::Parameter { index, arity }) => Target::Parameter { index, arity },
            None => {
                if self.scope.complete {
                    let message = match operator.name.as_str() {
                        "-." => "the unary `-` is not defined at this place".to_owned(),
                        name => format!("`{name}` is not declared or defined at this place"),
                    };
                    self.report(Fault::UnknownName { arguments }, operator, message);
                }
                Target::Unknown
            }
        }
    }

    /// The operator of `M(a)!N!Op`.
    fn member(&mut self, path: &[PathPart], operator: &Ident) -> Target {
        let mut exports: Option<Arc<Exports>> = None;
        let mut plain = true;
        for part in path {
            let found = match &exports {
                None => self.instance_named(&part.ident.name),
                Some(exports) => self.instance_of(exports, part),
            };
            let symbol = match found {
                Some(symbol) => symbol,
                None => {
                    let first = exports.is_none();
                    if first && self.scope.complete && self.find(&part.ident.name).is_none() {
                        let name = &part.ident.name;
                        let message = match self.scope.module(name).is_some() {
                            true => format!("module {name} is extended, so its operators are named without `{name}!`"),
                            false => format!("no INSTANCE is named `{name}` at this place"),
                        };
                        self.report(Fault::UnknownMember, &part.ident, message);
                    }
                    path.iter().flat_map(|part| &part.arguments).for_each(|argument| self.loose(argument));
                    return Target::Unknown;
                }
            };
            if part.arguments.len() == symbol.arity() {
                for (index, (argument, arity)) in part.arguments.iter().zip(&symbol.parameters).enumerate() {
                    match arity {
                        0 => {
                            self.expression(argument);
                        }
                        _ => {
                            self.operator_argument(argument, *arity, &part.ident.name, index);
                        }
                    }
                }
            } else {
                self.miscounted(&part.ident, symbol.arity(), &part.arguments, part.ident.span);
            }
            let SymbolKind::Instance(Some(next)) = &symbol.kind else { return Target::Unknown };
            plain &= !symbol.signature.unknown;
            exports = Some(Arc::clone(next));
        }
        let Some(exports) = exports else { return Target::Unknown };
        match exports.get(&operator.name) {
            Some(symbol) if plain => Target::Symbol(Arc::clone(symbol)),
            Some(symbol) => Target::Substituted(Arc::clone(symbol)),
            None if built_in(&operator.name).is_some() || !exports.complete || !self.scope.complete => Target::Unknown,
            None => {
                let message = format!("module {} has no `{}`", exports.module, operator.name);
                self.report(Fault::UnknownMember, operator, message);
                Target::Unknown
            }
        }
    }

    fn instance_named(&self, name: &str) -> Option<SymbolRef> {
        let symbol = match self.local(name) {
            Some(local) => match &local.kind {
                LocalKind::Definition(symbol) => symbol,
                _ => return None,
            },
            None => self.scope.get(name).or_else(|| self.scope.compound.get(name))?,
        };
        matches!(symbol.kind, SymbolKind::Instance(_)).then(|| Arc::clone(symbol))
    }

    fn instance_of(&self, exports: &Exports, part: &PathPart) -> Option<SymbolRef> {
        let symbol = exports.instance(&part.ident.name)?;
        matches!(symbol.kind, SymbolKind::Instance(_)).then(|| Arc::clone(symbol))
    }

    /// An argument where an operator is wanted (SANY errors 4270, 4271 and 4274).
    pub(super) fn operator_argument(&mut self, argument: &Expr, wanted: usize, callee: &Name, index: usize) -> Operand {
        let place =
            || format!("argument {} of `{callee}` is to be an operator of {}", index + 1, counted(wanted, "argument"));
        let (path, operator) = match &argument.kind {
            ExprKind::Lambda { parameters, body } => {
                let signature = self.lambda(parameters, body);
                if parameters.len() == wanted {
                    return Operand::Definition(signature);
                }
                let message = format!("{}, and this LAMBDA takes {}", place(), parameters.len());
                self.report_at(Fault::OperatorArgument, argument.span, callee, message);
                return Operand::Unknown;
            }
            ExprKind::Symbol(ident) => (&[][..], ident),
            ExprKind::Apply { path, operator, arguments } if arguments.is_empty() => (path.as_slice(), operator),
            ExprKind::Opaque | ExprKind::Broken(_) => {
                self.expression(argument);
                return Operand::Unknown;
            }
            _ => {
                self.expression(argument);
                let message = format!("{}, and this is an expression", place());
                self.report_at(Fault::OperatorArgument, argument.span, callee, message);
                return Operand::Unknown;
            }
        };
        let (arity, higher, operand) = match self.target(path, operator, wanted) {
            Target::Unknown => return Operand::Unknown,
            Target::BuiltIn(built_in) => (built_in.arity, false, Operand::Definition(built_in.signature())),
            Target::Bound => (0, false, Operand::Unknown),
            Target::Parameter { index, arity } => (arity, false, Operand::Parameter(index)),
            Target::Symbol(symbol) => {
                let higher = symbol.parameters.iter().any(|arity| *arity > 0);
                let operand = match symbol.is_declared() {
                    true => Operand::Value(Leveled::default()),
                    false => Operand::Definition(symbol.signature.clone()),
                };
                (symbol.arity(), higher, operand)
            }
            Target::Substituted(symbol) => (symbol.arity(), false, Operand::Unknown),
        };
        if arity != wanted {
            let message = format!("{}, and `{}` takes {arity}", place(), operator.name);
            self.report_at(Fault::OperatorArgument, argument.span, &operator.name, message);
            return Operand::Unknown;
        }
        if higher {
            let message = format!("{}, and `{}` takes operators itself", place(), operator.name);
            self.report_at(Fault::OperatorArgument, argument.span, &operator.name, message);
            return Operand::Unknown;
        }
        operand
    }

    /// The application of an operator parameter.
    fn parameter(&mut self, index: usize, arguments: &[Expr]) -> Leveled {
        let own = Leveled { parameters: bit(index), occurring: bit(index), ..Leveled::default() };
        let mut level = own;
        for (position, argument) in arguments.iter().enumerate() {
            let operand = self.expression(argument);
            self.note_least(index, position, operand.level);
            self.note_within(index, position, operand.parameters);
            level = level.and(operand);
        }
        level
    }

    fn note_least(&mut self, operator: usize, position: usize, level: Level) {
        let known = self.least.iter_mut().find(|(other, at, _)| *other == operator && *at == position);
        match known {
            Some((_, _, least)) => *least = (*least).max(level),
            None => self.least.push((operator, position, level)),
        }
    }

    fn note_within(&mut self, operator: usize, position: usize, parameters: u64) {
        for parameter in (0..self.limits.len()).filter(|parameter| parameters & bit(*parameter) != 0) {
            let within = Within { operator, position, parameter };
            if !self.within.contains(&within) {
                self.within.push(within);
            }
        }
    }

    fn built_in(&mut self, built_in: &'static BuiltIn, arguments: &[Expr], span: Span) -> Leveled {
        let name = built_in.name;
        let mut levels = Vec::with_capacity(arguments.len());
        for argument in arguments {
            levels.push(self.part(argument, built_in.limit, name));
        }
        match name {
            "[]" | "<>" => {
                self.boxed(name, &arguments[0], levels[0], span);
            }
            "~>" | "-+->" if levels.iter().any(|level| level.is_exactly(Level::Action)) => {
                let message = format!("`{name}` relates state predicates or temporal formulas, and this is an action");
                let action = levels.iter().position(|level| level.is_exactly(Level::Action)).unwrap_or(0);
                self.report_at(Fault::LeadsToAction, arguments[action].span, &Name::new_static(name), message);
            }
            "=>" | "\\equiv" | "/\\" | "\\/" => return self.mixed(&levels, name, span),
            _ => {}
        }
        let joined = levels.into_iter().fold(Leveled::default(), Leveled::and);
        if built_in.weighs { joined } else { self.modal(joined, built_in.level) }
    }

    /// `[]A` of an action that is not `[A]_v`, and `<>A` of one that is not `<<A>>_v` (SANY errors 4310 and 4311).
    fn boxed(&mut self, name: &'static str, argument: &Expr, level: Leveled, span: Span) {
        if !level.is_exactly(Level::Action) {
            return;
        }
        let form = match (&argument.kind, name) {
            (ExprKind::Step { form, .. }, _) => Some(*form),
            // SANY looks no further than LET.
            (ExprKind::Let { .. } | ExprKind::At, _) => return,
            _ => None,
        };
        let (wanted, written) = match name {
            "[]" => (crate::syntax::tree::StepForm::Square, "`[][A]_v`"),
            _ => (crate::syntax::tree::StepForm::Angle, "`<><<A>>_v`"),
        };
        if form != Some(wanted) {
            let message =
                format!("`{name}` of an action must be written {written}, with the variables v that may stutter");
            self.report_at(Fault::BoxAction, span, &Name::new_static(name), message);
        }
    }

    /// What becomes of the levels of arguments.
    fn apply(
        &mut self,
        signature: &Signature,
        operands: &[Operand],
        spans: &[Span],
        callee: &Name,
        span: Span,
    ) -> Leveled {
        let mut result = Leveled {
            level: signature.level,
            unknown: signature.unknown,
            parameters: signature.outer,
            occurring: signature.outer,
        };
        for (index, operand) in operands.iter().enumerate() {
            let mut level = operand.leveled();
            let limit = signature.limit(index);
            self.limit(level, limit);
            if level.exceeds(limit) && !signature.unknown {
                let text = too_high(callee, limit, level.level);
                self.report_at(Fault::LevelTooHigh, spans[index], callee, text);
                level.unknown = true;
            }
            if signature.weighs(index) {
                result = result.and(level);
            } else {
                result.unknown |= level.unknown;
                result.occurring |= level.occurring;
            }
            if signature.opaque & bit(index) != 0 {
                self.opaque |= level.occurring;
            }
        }
        self.apply_operators(signature, operands, callee, span);
        self.apply_reaching(signature, operands);
        result
    }

    /// The operators among the arguments.
    fn apply_operators(&mut self, signature: &Signature, operands: &[Operand], callee: &Name, span: Span) {
        for (index, position, least) in &signature.least {
            match operands.get(*index) {
                Some(Operand::Definition(given)) if given.limit(*position) < *least && !given.unknown => {
                    let message = format!(
                        "`{callee}` gives {} to the operator that is its argument {}, and this operator does not take one",
                        least.phrase(),
                        index + 1
                    );
                    self.report_at(Fault::LevelTooHigh, span, callee, message);
                }
                Some(Operand::Parameter(operator)) => self.note_least(*operator, *position, *least),
                _ => {}
            }
        }
        for within in &signature.within {
            let Some(argument) = operands.get(within.parameter).map(Operand::leveled) else { continue };
            match operands.get(within.operator) {
                Some(Operand::Definition(given)) => {
                    let limit = given.limit(within.position);
                    self.limit(argument, limit);
                    if argument.exceeds(limit) && !given.unknown {
                        let message = format!(
                            "`{callee}` gives its argument {}, {}, to the operator that is its argument {}, and that one \
                             takes no such thing",
                            within.parameter + 1,
                            argument.level.phrase(),
                            within.operator + 1
                        );
                        self.report_at(Fault::LevelTooHigh, span, callee, message);
                    }
                }
                Some(Operand::Parameter(operator)) => {
                    self.note_least(*operator, within.position, argument.level);
                    self.note_within(*operator, within.position, argument.parameters);
                }
                _ => {}
            }
        }
    }

    /// What an operator of a LET says of the parameters around it.
    fn apply_reaching(&mut self, signature: &Signature, operands: &[Operand]) {
        let own = |parameter: usize| parameter.checked_sub(signature.base).and_then(|index| operands.get(index));
        for within in &signature.reaching {
            match (own(within.operator), own(within.parameter)) {
                (None, Some(operand)) => {
                    self.note_within(within.operator, within.position, operand.leveled().parameters);
                    self.note_least(within.operator, within.position, operand.leveled().level);
                }
                (Some(Operand::Definition(given)), None) => {
                    let limit = given.limit(within.position);
                    if let Some(known) = self.limits.get_mut(within.parameter) {
                        *known = (*known).min(limit);
                    }
                }
                (Some(Operand::Parameter(operator)), None) => {
                    self.note_within(*operator, within.position, bit(within.parameter));
                }
                _ => {}
            }
        }
    }
}
