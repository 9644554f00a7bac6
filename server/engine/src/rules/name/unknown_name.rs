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
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    module::{
        library, link,
        problem::{Fault, Problem},
    },
    rules::Context,
};

const ID: &str = "name/unknown-name";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for (span, problem) in context.problems(|fault| matches!(fault, Fault::UnknownName { .. } | Fault::UnknownMember)) {
        let Fault::UnknownName { arguments } = problem.fault else {
            findings.push(Finding::new(ID, Severity::Error, span, problem.message.as_str()));
            continue;
        };
        if context.module.place_of(&problem.name).is_none() && context.may_be_defined_in_the_dark(&problem.name) {
            continue;
        }
        findings.push(told(context, problem, arguments, span));
    }
}

fn told(context: &Context<'_>, problem: &Problem, arguments: usize, span: Span) -> Finding {
    let name = problem.name.as_str();
    let finding = |message: String| Finding::new(ID, Severity::Error, span, message);
    if let Some(later) = context.module.place_of(name).filter(|place| place.start > span.start) {
        let line = context.document.text().line_of(later.start) + 1;
        let message = format!("`{name}` comes only further down, in line {line}; TLA+ wants it before its first use");
        return finding(message).see(later, format!("`{name}` is here"));
    }
    if let Some((message, fix)) = foreign(name, span) {
        return finding(message).with_fix(fix);
    }
    let homes = library::homes(name);
    if let Some(home) = homes.first() {
        let arity = arity_in(home, name).unwrap_or(arguments);
        let message = match arity == arguments {
            true => format!("{}; module {} has it", problem.message, homes.join(" or ")),
            false => format!("{}; module {home} has one, which takes {}", problem.message, counted(arity)),
        };
        let mut finding = finding(message);
        if let [_] = homes
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
    let near = nearest(context, name);
    let known = context.linked.symbol(near.as_deref().unwrap_or_default()).is_some();
    match near {
        Some(near) if !known => {
            let home = library::homes(&near).first().copied().unwrap_or_default();
            finding(format!("{}; is `{near}` of module {home} meant?", problem.message))
        }
        Some(near) => finding(format!("{}; is `{near}` meant?", problem.message)),
        None => finding(format!("{}; declare it, define it before its use or extend the module that has it", problem.message)),
    }
}

/// Symbols that other languages use for what TLA+ writes otherwise.
fn foreign(symbol: &str, span: Span) -> Option<(String, Fix)> {
    let (meant, safety, why) = match symbol {
        "|" => (":", Safety::Ask, "a set is written `{x \\in S : p}` or `{e : x \\in S}`; `|` is not defined here"),
        "/" => ("\\div", Safety::Ask, "`/` divides real numbers and is not defined here; `\\div` divides integers"),
        "&&" | "&" => ("/\\", Safety::Safe, "conjunction is written `/\\` in TLA+"),
        "||" => ("\\/", Safety::Safe, "disjunction is written `\\/` in TLA+"),
        "**" => ("^", Safety::Safe, "a power is written `a^b` in TLA+, with EXTENDS Naturals"),
        ":=" => ("=", Safety::Ask, "TLA+ has no assignment; an action says `x' = e`, and a comparison is `=`"),
        _ => return None,
    };
    let edits = vec![Edit::replace(span, meant)];
    Some((why.to_owned(), Fix { title: format!("write `{meant}`"), safety, edits }))
}

fn arity_in(home: &str, name: &str) -> Option<usize> {
    let exports = link::exports_of(home, &crate::NoModules)?;
    Some(exports.get(name)?.arity())
}

fn counted(arguments: usize) -> String {
    match arguments {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        _ => format!("{arguments} arguments"),
    }
}

/// Extends a module of the library, where nothing in this module collides with what it brings.
fn extend(context: &Context<'_>, home: &str, name: &str, arguments: usize) -> Option<Fix> {
    let exports = link::exports_of(home, context.setting.modules)?;
    let symbol = exports.get(name)?;
    let collides = exports.symbols.iter().any(|symbol| {
        context.linked.symbol(&symbol.name).is_some_and(|known| known.home != symbol.home)
            || context.linked.binds(context.document, &symbol.name)
    });
    if symbol.arity() != arguments {
        return None;
    }
    let edit = match (context.module.extends.last(), context.module.header) {
        (Some(last), _) => Edit::insert(last.span(last.value.span).end, format!(", {home}")),
        (None, Some(header)) => Edit::insert(header.end, format!("\nEXTENDS {}", needed(context).join(", "))),
        (None, None) => return None,
    };
    let safety = if collides { Safety::Ask } else { Safety::Safe };
    Some(Fix { title: format!("extend module {home}"), safety, edits: vec![edit] })
}

/// All modules that unknown names ask for, so that one EXTENDS line has them.
fn needed(context: &Context<'_>) -> Vec<&'static str> {
    let mut modules: Vec<&'static str> = Vec::new();
    for (_, problem) in context.problems(|fault| matches!(fault, Fault::UnknownName { .. })) {
        let homes = library::homes(&problem.name);
        if let [home] = homes
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
    let next = context.document.units().iter().map(|unit| unit.range.span.start).find(|start| *start >= after.end)?;
    let edits = vec![Edit::insert(next, format!("CONSTANT {name}\n"))];
    Some(Fix { title: format!("declare `{name}` as a CONSTANT"), safety: Safety::Ask, edits })
}

/// The visible name that is spelled most alike.
fn nearest(context: &Context<'_>, name: &str) -> Option<String> {
    let limit = match name.chars().count() {
        0..=2 => return None,
        3 => 0,
        4..=5 => 1,
        _ => 2,
    };
    let visible = context.linked.scope.names().map(|name| name.as_str());
    let near = visible.chain(library::operators().map(|name| -> &str { name }));
    let mut candidates: Vec<(usize, &str)> = near
        .filter(|other| other.starts_with(|first: char| first.is_alphabetic()))
        .filter_map(|other| {
            // What is visible comes first.
            let far = usize::from(context.linked.symbol(other).is_none());
            Some((2 * distance(name, other, limit)? + far, other))
        })
        .collect();
    candidates.sort_unstable();
    candidates.first().map(|(_, other)| (*other).to_owned())
}

/// How many letters must change, come or go to make one word of another; letters in the other case count nothing.
fn distance(one: &str, other: &str, limit: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > 4 * limit {
        return None;
    }
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
