//! A name that is taken already.
//!
//! SANY errors 4201 and 4202. TLA+ has no shadowing: a definition, a declaration, a parameter, a name of a LET and a
//! bound name alike must be new where they stand, also among the names that EXTENDS and INSTANCE bring, and those that the
//! extended modules extend. Often a model writes its own copy of what a module of the library has already.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Sequences
//! Head(s) == s[1]
//! First(s) == Head(s)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Sequences
//! First(s) == Head(s)
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    module::{library, problem::Fault},
    rules::Context,
};

const ID: &str = "name/redefined-name";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (unit, problem) in &context.linked.problems {
        let Fault::RedefinedName { earlier, .. } = problem.fault else { continue };
        let range = context.document.units()[*unit].range.span;
        let span = problem.span.shifted(range.start);
        let mut finding = Finding::new(ID, Severity::Error, span, problem.message.as_str());
        if let Some(earlier) = earlier.map(|earlier| earlier.shifted(range.start)).or_else(|| place(context, &problem.name)) {
            finding = finding.see(earlier, format!("`{}` is here already", problem.name));
        }
        if let Some(fix) = drop_copy(context, &problem.name, *unit, span) {
            finding = finding.with_fix(fix);
        }
        findings.push(finding);
    }
}

/// Where the module itself has a name first.
fn place(context: &Context<'_>, name: &str) -> Option<Span> {
    let module = &context.module;
    let variable = module.variables.iter().find(|it| it.value.name == name).map(|it| it.span(it.value.span));
    let constant = || module.constants.iter().find(|it| it.value.ident.name == name);
    let definition = || module.definition(name).map(|it| it.name_span());
    variable.or_else(|| constant().map(|it| it.span(it.value.ident.span))).or_else(definition)
}

/// A definition that the library has already goes away, where it takes as many arguments.
fn drop_copy(context: &Context<'_>, name: &str, unit: usize, span: Span) -> Option<Fix> {
    let definition = context.module.definitions.iter().find(|definition| definition.unit == unit)?;
    if definition.name_span() != span {
        return None;
    }
    let symbol = context.linked.symbol(name)?;
    let is_copy = library::homes(name).contains(&symbol.home.as_str())
        && symbol.arity() == definition.value.parameters.len()
        && definition.value.bounds.is_empty();
    if !is_copy {
        return None;
    }
    let range = context.document.units()[unit].range.span;
    Some(Fix {
        title: format!("drop this copy of `{name}`, which module {} has", symbol.home),
        safety: Safety::Safe,
        edits: vec![Edit::delete(context.lines_of(range))],
    })
}
