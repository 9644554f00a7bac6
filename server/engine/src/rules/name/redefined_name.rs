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
    module::{library, link::is_dark, problem::Fault},
    rules::Context,
    syntax::tree::{Body, Bound, Expr, ExprKind, Ident, Item, LetItem},
};

const ID: &str = "name/redefined-name";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (unit, problem) in &context.linked.problems {
        let Fault::RedefinedName { earlier, bound } = problem.fault else { continue };
        let range = context.document.units()[*unit].range.span;
        let span = problem.span.shifted(range.start);
        let mut finding = Finding::new(ID, Severity::Error, span, problem.message.as_str());
        if let Some(earlier) = earlier.map(|earlier| earlier.shifted(range.start)).or_else(|| context.module.place_of(&problem.name).filter(|place| *place != span)) {
            finding = finding.see(earlier, format!("`{}` is here already", problem.name));
        }
        let fix = match bound {
            true => rename(context, &problem.name, *unit, problem.span),
            false => drop_copy(context, &problem.name, *unit, span)
                .or_else(|| drop_repetition(context, &problem.name, *unit))
                .or_else(|| rename_definition(context, &problem.name, *unit, span)),
        };
        finding.fixes.extend(fix);
        findings.push(finding);
    }
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

/// A definition that says again what the one before it says goes away.
fn drop_repetition(context: &Context<'_>, name: &str, unit: usize) -> Option<Fix> {
    let first = context.module.definition(name)?.unit;
    let words = |unit: usize| {
        let text = context.text(context.document.units()[unit].range.span);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    if first == unit || words(first) != words(unit) {
        return None;
    }
    let range = context.document.units()[unit].range.span;
    let edits = vec![Edit::delete(context.lines_of(range))];
    Some(Fix { title: format!("drop the second `{name}`, which is the same"), safety: Safety::Safe, edits })
}

/// A definition with another number of parameters than what has its name already gets a number behind its name, here and
/// in the uses with that many arguments.
fn rename_definition(context: &Context<'_>, name: &str, unit: usize, span: Span) -> Option<Fix> {
    let definition = context.module.definitions.iter().find(|definition| definition.unit == unit)?;
    let arity = definition.value.parameters.len();
    let before = context.linked.symbol(name).map(|symbol| symbol.arity());
    let others = context.module.definitions.iter().filter(|other| other.name() == name && other.unit != unit);
    let differs = before != Some(arity) && others.clone().all(|other| other.value.parameters.len() != arity);
    // A function is used with brackets, which tell it from an operator as little as a name does.
    if definition.name_span() != span || !differs || !definition.value.bounds.is_empty() || in_the_dark(context, name) {
        return None;
    }
    let new = context.free_name(name)?;
    let uses = context.uses(name);
    let places = uses.iter().filter(|used| used.arguments.len() == arity);
    let places = places.map(|used| used.name.span.shifted(context.start_of(used.unit)));
    let edits = places.chain([span]).map(|place| Edit::replace(place, new.as_str())).collect();
    // Of a library's name nothing of the module depends; of its own names a prompt may.
    let safety = if others.count() == 0 && !context.module.is_constant(name) { Safety::Safe } else { Safety::Ask };
    Some(Fix { title: format!("rename this one to `{new}`"), safety, edits })
}

/// Whether a unit that could not be read says a name.
fn in_the_dark(context: &Context<'_>, name: &str) -> bool {
    let units = context.document.units().iter().enumerate();
    units.filter(|(_, unit)| is_dark(unit)).any(|(index, _)| context.says(index, name))
}

/// The bound name gets a number behind it, here and where it is used.
fn rename(context: &Context<'_>, name: &str, unit: usize, span: Span) -> Option<Fix> {
    let unit = &context.document.units()[unit];
    let mut places = vec![span];
    match &unit.syntax.item {
        Item::Definition(definition) => {
            let Body::Expression(body) = &definition.body else { return None };
            let bounds = definition.bounds.iter().flat_map(|bound| &bound.names);
            if definition.parameters.iter().map(|it| &it.ident).chain(bounds).any(|ident| ident.span == span) {
                uses(body, name, &mut places);
            } else {
                uses_of_bound(body, name, span, &mut places);
            }
        }
        Item::Assume { body, .. } | Item::Theorem { statement: Some(body), .. } => {
            uses_of_bound(body, name, span, &mut places);
        }
        _ => return None,
    }
    let new = context.free_name(name)?;
    let offset = unit.range.span.start;
    places.sort_unstable();
    places.dedup();
    let edits = places.into_iter().map(|place| Edit::replace(place.shifted(offset), new.as_str())).collect();
    Some(Fix { title: format!("rename it to `{new}`"), safety: Safety::Safe, edits })
}

/// The uses of a name in what the binder at a place binds it in.
fn uses_of_bound(body: &Expr, name: &str, span: Span, places: &mut Vec<Span>) {
    let is_it = |ident: &Ident| ident.span == span;
    let binds = |bounds: &[Bound]| bounds.iter().flat_map(|bound| &bound.names).any(is_it);
    body.walk(&mut |inner| match &inner.kind {
        ExprKind::Quantifier { bounds, body, .. }
        | ExprKind::Function { bounds, body }
        | ExprKind::Map { body, bounds }
            if binds(bounds) =>
        {
            uses(body, name, places);
        }
        ExprKind::Choose { bound, body } | ExprKind::Filter { bound, body } if bound.names.iter().any(is_it) => {
            uses(body, name, places);
        }
        ExprKind::Lambda { parameters, body } if parameters.iter().any(is_it) => uses(body, name, places),
        ExprKind::Let { items, .. } => {
            if items.iter().any(|item| matches!(item, LetItem::Definition(definition) if is_it(&definition.ident))) {
                uses(inner, name, places);
            }
            for item in items {
                if let LetItem::Definition(definition) = item
                    && let Body::Expression(body) = &definition.body
                    && (definition.parameters.iter().any(|it| is_it(&it.ident)) || binds(&definition.bounds))
                {
                    uses(body, name, places);
                }
            }
        }
        _ => {}
    });
}

fn uses(body: &Expr, name: &str, places: &mut Vec<Span>) {
    body.walk(&mut |inner| {
        if let ExprKind::Apply { path, operator, .. } = &inner.kind {
            let used = path.first().map_or(operator, |part| &part.ident);
            if used.name == name {
                places.push(used.span);
            }
        }
    });
}
