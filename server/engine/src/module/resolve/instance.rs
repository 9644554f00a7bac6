//! The substitutions of INSTANCE: what is put in place of the constants and variables of a module.

use std::sync::Arc;

use super::{
    super::{
        level::{Level, Leveled},
        problem::Fault,
        scope::{Exports, Found, Symbol, SymbolKind},
    },
    LocalKind, Resolver,
    apply::Operand,
    counted,
};
use crate::{
    diagnostic::Span,
    syntax::tree::{Expr, Instance, Name},
};

impl Resolver<'_> {
    /// What an INSTANCE brings, and whether its operators keep their levels; `None` where the module is not known.
    pub(in crate::module) fn instance(&mut self, instance: &Instance) -> Option<(Arc<Exports>, bool)> {
        let Some(exports) = self.scope.module(&instance.module.name).map(Arc::clone) else {
            for (_, expression) in &instance.substitutions {
                self.substitute_unknown(expression);
            }
            return None;
        };
        let mut plain = true;
        for (index, (target, expression)) in instance.substitutions.iter().enumerate() {
            if instance.substitutions[..index].iter().any(|(earlier, _)| earlier.name == target.name) {
                let message = format!("`{}` is substituted twice", target.name);
                self.report(Fault::InstanceSubstitution, target, message);
            }
            match exports.get(&target.name).filter(|symbol| symbol.is_declared()) {
                Some(declared) => {
                    let declared = Arc::clone(declared);
                    plain &= self.substitute(&exports, &declared, expression, instance.span);
                }
                None => {
                    self.substitute_unknown(expression);
                    if exports.complete {
                        let message = format!(
                            "`{}` is no CONSTANT or VARIABLE of module {}, and only those can be substituted",
                            target.name, exports.module
                        );
                        self.report(Fault::InstanceSubstitution, target, message);
                    }
                }
            }
        }
        for declared in exports.declared() {
            if instance.substitutions.iter().all(|(target, _)| target.name != declared.name) {
                plain &= self.substitute_itself(&exports, declared, instance.span);
            }
        }
        Some((exports, plain))
    }

    fn substitute_unknown(&mut self, expression: &Expr) {
        self.loose(expression);
    }

    fn substitute(&mut self, exports: &Exports, declared: &Symbol, expression: &Expr, span: Span) -> bool {
        if declared.arity() == 0 {
            let level = self.expression(expression);
            return self.fits(exports, declared, level, expression.span);
        }
        let marked = self.problems.len();
        let operand = self.operator_argument(expression, declared.arity(), &declared.name, 0);
        if self.problems.len() > marked {
            // The only new thing may be that the operator does not fit.
            if let Some(problem) = self.problems[marked..].iter_mut().find(|it| it.fault == Fault::OperatorArgument) {
                problem.fault = Fault::InstanceSubstitution;
                problem.message = format!(
                    "`{}` of module {} is an operator of {}, so such an operator must be substituted for it",
                    declared.name,
                    exports.module,
                    counted(declared.arity(), "argument")
                );
            }
            return false;
        }
        match operand {
            Operand::Definition(signature) if signature.opaque != 0 && !signature.unknown => {
                let message = format!(
                    "the operator that is substituted for `{}` gives different results for equal arguments, such as `'` \
                     and ENABLED do; SANY does not take it",
                    declared.name
                );
                self.report_at(Fault::InstanceLevel, span, &declared.name, message);
                false
            }
            Operand::Definition(signature) => {
                let level = Leveled { level: signature.level, unknown: signature.unknown, ..Leveled::default() };
                self.fits(exports, declared, level, expression.span)
            }
            _ => false,
        }
    }

    /// A constant or variable that is not substituted stands for what has its name here.
    fn substitute_itself(&mut self, exports: &Exports, declared: &Symbol, span: Span) -> bool {
        let name = &declared.name;
        let (arity, level) = match self.find(name) {
            None => {
                if self.scope.complete {
                    let message = format!(
                        "the {} `{name}` of module {} needs a substitution: nothing here has that name",
                        declared.noun(),
                        exports.module
                    );
                    self.report_at(Fault::InstanceSubstitution, span, name, message);
                }
                return false;
            }
            Some(Found::BuiltIn(_) | Found::Bound) => (0, Leveled::default()),
            Some(Found::Parameter { index, arity }) => {
                let parameters = super::bit(index);
                (arity, Leveled { parameters, occurring: parameters, ..Leveled::default() })
            }
            Some(Found::Symbol(symbol)) => {
                let level = match symbol.kind {
                    SymbolKind::Constant => Leveled::default(),
                    SymbolKind::Variable => Leveled::of(Level::State),
                    _ => Leveled {
                        level: symbol.signature.level,
                        unknown: symbol.signature.unknown,
                        parameters: symbol.signature.outer,
                        occurring: symbol.signature.outer,
                    },
                };
                (symbol.arity(), level)
            }
        };
        if arity != declared.arity() {
            let message = format!(
                "`{name}` takes {} in module {} and {} here, so it can't stand for itself",
                counted(declared.arity(), "argument"),
                exports.module,
                counted(arity, "argument")
            );
            self.report_at(Fault::InstanceSubstitution, span, name, message);
            return false;
        }
        self.fits(exports, declared, level, span)
    }

    /// Whether a substitution leaves the levels of the module's operators as they are. Where the module is about
    /// states, nothing may be substituted that is above what it stands for (SANY error 4245).
    fn fits(&mut self, exports: &Exports, declared: &Symbol, level: Leveled, span: Span) -> bool {
        let own = match declared.kind {
            SymbolKind::Variable => Level::State,
            _ => Level::Constant,
        };
        if !exports.complete || level.unknown {
            return false;
        }
        if level.level <= own {
            return level.parameters == 0;
        }
        if !exports.constant {
            let message = format!(
                "the {} `{}` of module {} can't be replaced by {}",
                declared.noun(),
                declared.name,
                exports.module,
                level.level.phrase()
            );
            self.report_at(Fault::InstanceLevel, span, &declared.name, message);
        }
        false
    }

    /// The names of an unnamed INSTANCE that are taken already, with the symbols that take them.
    pub(in crate::module) fn clashes(&self, exports: &Exports) -> Vec<(Name, Arc<Symbol>)> {
        debug_assert!(self.locals.iter().all(|local| !matches!(local.kind, LocalKind::Bound)));
        let clash = |symbol: &Arc<Symbol>| {
            let earlier = self.scope.get(&symbol.name)?;
            let fresh = matches!(symbol.kind, SymbolKind::Instance(_)) || symbol.is_declared();
            (!fresh && !earlier.agrees_with(symbol)).then(|| (symbol.name.clone(), Arc::clone(earlier)))
        };
        exports.symbols.iter().filter_map(clash).collect()
    }
}
