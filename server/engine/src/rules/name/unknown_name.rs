//! A name that is not declared or defined where it is used.
//!
//! SANY errors 4200 and 4004. A name is known after its declaration or definition and where EXTENDS or INSTANCE brings it;
//! operator symbols such as `+` and unary `-` are names too. The finding names the module of the library that has it, or the
//! nearest spelling.
//!
//! ````tla bad
//! ---- MODULE M ----
//! EXTENDS Naturals
//! Quorum(S, T) == Cardinality(S) * 2 > Cardinality(T)
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! EXTENDS Naturals, FiniteSets
//! Quorum(S, T) == Cardinality(S) * 2 > Cardinality(T)
//! ====
//! ````

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
    module::{
        library,
        problem::{Fault, Problem},
    },
    rules::Context,
};

const ID: &str = "name/unknown-name";

/// Modules that are not meant to be extended for one operator.
const SPECIAL: [&str; 4] = ["Apalache", "Variants", "Option", "TLAPS"];

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (span, problem) in context.problems(|fault| matches!(fault, Fault::UnknownName { .. } | Fault::UnknownMember)) {
        let Fault::UnknownName { arguments } = problem.fault else {
            findings.push(Finding::new(ID, Severity::Error, span, problem.message.as_str()));
            continue;
        };
        if context.may_be_defined_in_the_dark(&problem.name) {
            continue;
        }
        findings.push(told(context, problem, arguments, span));
    }
}

fn told(context: &Context<'_>, problem: &Problem, arguments: usize, span: crate::diagnostic::Span) -> Finding {
    let name = problem.name.as_str();
    let finding = |message: String| Finding::new(ID, Severity::Error, span, message);
    if let Some(later) = context.module.definition(name) {
        let line = context.document.text().line_of(later.name_span().start) + 1;
        let message =
            format!("`{name}` is defined only further down, in line {line}; TLA+ wants it before its first use");
        return finding(message).see(later.name_span(), format!("`{name}` is defined here"));
    }
    let homes: Vec<&str> = library::homes(name).into_iter().filter(|home| !SPECIAL.contains(home)).collect();
    if let Some(home) = homes.first() {
        let message = format!("{}; module {} has it", problem.message, homes.join(" or "));
        let mut finding = finding(message);
        if let [_] = homes.as_slice()
            && let Some(fix) = extend(context, home, name, arguments)
        {
            finding = finding.with_fix(fix);
        }
        return finding;
    }
    if let Some(constant) = as_constant(context, name, arguments) {
        let message = format!("{}; a value that is only itself is declared as a CONSTANT", problem.message);
        return finding(message).with_fix(constant);
    }
    match nearest(context, name) {
        Some(near) => finding(format!("{}; is `{near}` meant?", problem.message)),
        None => finding(format!("{}; declare it, define it before its use or extend the module that has it", problem.message)),
    }
}

/// Extends a module of the library, where nothing in this module collides with what it brings.
fn extend(context: &Context<'_>, home: &str, name: &str, arguments: usize) -> Option<Fix> {
    let exports = crate::module::link::exports_of(home, context.setting.modules)?;
    let symbol = exports.get(name)?;
    let collides = exports.symbols.iter().any(|symbol| {
        context.linked.symbol(&symbol.name).is_some_and(|known| known.home != symbol.home)
            || context.linked.binds(context.document, &symbol.name)
    });
    let fits = symbol.arity() == arguments && !collides;
    let edit = match (context.module.extends.last(), context.module.header) {
        (Some(last), _) => Edit::insert(last.span(last.value.span).end, format!(", {home}")),
        (None, Some(header)) => Edit::insert(header.end, format!("\nEXTENDS {}", needed(context).join(", "))),
        (None, None) => return None,
    };
    let safety = if fits { Safety::Safe } else { Safety::Ask };
    Some(Fix { title: format!("extend module {home}"), safety, edits: vec![edit] })
}

/// All modules that unknown names ask for, so that one EXTENDS line has them.
fn needed(context: &Context<'_>) -> Vec<&'static str> {
    let mut modules: Vec<&'static str> = Vec::new();
    for (_, problem) in context.problems(|fault| matches!(fault, Fault::UnknownName { .. })) {
        let homes: Vec<_> =
            library::homes(&problem.name).into_iter().filter(|home| !SPECIAL.contains(home)).collect();
        if let [home] = homes.as_slice()
            && !modules.contains(home)
        {
            modules.push(home);
        }
    }
    modules
}

/// `Nil` and its like are constants in TLA+.
fn as_constant(context: &Context<'_>, name: &str, arguments: usize) -> Option<Fix> {
    let lower = name.to_ascii_lowercase();
    let is_none = ["nil", "null", "none", "nobody", "undefined", "empty", "noop", "bottom"].contains(&lower.as_str())
        || (lower.starts_with("no") && name[2..].starts_with(|next: char| next.is_ascii_uppercase()));
    if !is_none || arguments > 0 {
        return None;
    }
    let after = context.module.extends_unit.or(context.module.header)?;
    let edits = vec![Edit::insert(after.end, format!("\nCONSTANT {name}"))];
    Some(Fix { title: format!("declare `{name}` as a CONSTANT"), safety: Safety::Ask, edits })
}

/// The visible name that is spelled most alike.
fn nearest(context: &Context<'_>, name: &str) -> Option<String> {
    let limit = match name.chars().count() {
        0..=2 => return None,
        3..=5 => 1,
        _ => 2,
    };
    let own = context.module.definitions.iter().map(|definition| definition.name());
    let near = context.linked.scope.names().map(|name| name.as_str()).chain(own);
    let mut candidates: Vec<(usize, &str)> = near
        .filter(|other| other.starts_with(|first: char| first.is_alphabetic()))
        .filter_map(|other| Some((distance(name, other, limit)?, other)))
        .collect();
    candidates.sort_unstable();
    candidates.first().map(|(_, other)| (*other).to_owned())
}

/// How many letters must change, come or go to make one word of another; letters in the other case count nothing.
fn distance(one: &str, other: &str, limit: usize) -> Option<usize> {
    let one: Vec<char> = one.chars().flat_map(char::to_lowercase).collect();
    let other: Vec<char> = other.chars().flat_map(char::to_lowercase).collect();
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (index, letter) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (position, same) in other.iter().enumerate() {
            let above = row[position + 1];
            row[position + 1] = (diagonal + usize::from(letter != same)).min(above + 1).min(row[position] + 1);
            diagonal = above;
        }
    }
    row.last().copied().filter(|distance| *distance <= limit)
}
