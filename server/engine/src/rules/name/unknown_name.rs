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

use std::collections::HashMap;

use crate::{
    diagnostic::{Edit, Finding, Fix, Safety, Severity, Span},
    module::{
        library, link,
        problem::{Fault, Problem},
    },
    rules::context::{Context, recursive_head},
    syntax::tree::{Body, Definition, ExprKind, Item, LetItem},
};

const ID: &str = "name/unknown-name";

/// For so many names it is looked what may be meant; nobody is told of more, and the search takes its time.
const MOST_SEARCHED: usize = 1_000;

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut supplies: HashMap<&str, Option<Fix>> = HashMap::new();
    let mut searched = 0;
    for (unit, problem) in &context.linked.problems {
        let span = problem.span.shifted(context.start_of(*unit));
        let arguments = match problem.fault {
            Fault::UnknownName { arguments } => arguments,
            Fault::UnknownMember => {
                let mut finding = Finding::new(ID, Severity::Error, span, problem.message.as_str());
                finding.fixes.extend(without_module(context, span));
                findings.push(finding);
                continue;
            }
            _ => continue,
        };
        if context.module.place_of(&problem.name).is_none() && context.may_be_defined_in_the_dark(&problem.name) {
            continue;
        }
        searched += 1;
        if searched > MOST_SEARCHED {
            findings.push(Finding::new(ID, Severity::Error, span, problem.message.as_str()));
            continue;
        }
        let mut finding = told(context, problem, arguments, *unit);
        if problem.name.as_str() == "|" && in_braces(context, *unit, problem.span) {
            finding.fixes.iter_mut().for_each(|fix| fix.safety = Safety::Safe);
        }
        if !finding.fixes.iter().any(|fix| fix.safety == Safety::Safe) && context.module.place_of(&problem.name).is_none() {
            let supply = supplies.entry(&problem.name).or_insert_with(|| context.supply(&problem.name, arguments));
            finding.fixes.extend(supply.clone());
        }
        findings.push(finding);
    }
}

fn told(context: &Context<'_>, problem: &Problem, arguments: usize, unit: usize) -> Finding {
    let name = problem.name.as_str();
    let span = problem.span.shifted(context.start_of(unit));
    let finding = |message: String| Finding::new(ID, Severity::Error, span, message);
    if let Some(later) = context.module.place_of(name).filter(|place| place.start > span.start) {
        let line = context.document.text().line_of(later.start) + 1;
        let message = format!("`{name}` comes only further down, in line {line}; TLA+ wants it before its first use");
        let mut finding = finding(message).see(later, format!("`{name}` is here"));
        finding.fixes.extend(context.bring_up(name, unit));
        return finding;
    }
    if let Some(fix) = recursion(context, problem, unit) {
        let message = format!("`{name}` uses itself; TLA+ wants it declared as RECURSIVE before its definition");
        return finding(message).with_fix(fix);
    }
    if let Some((message, fix)) = foreign(name, span) {
        return finding(message).with_fix(fix);
    }
    if let Some(fix) = context.let_reach(name, unit, problem.span) {
        return finding(format!("{}; what binds it above ends before this place", problem.message)).with_fix(fix);
    }
    if let Some((message, fix)) = misspelled(context, problem, unit) {
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
        Some(near) => {
            let fits = context.linked.symbol(&near).is_some_and(|symbol| symbol.arity() == arguments);
            let finding = finding(format!("{}; is `{near}` meant?", problem.message));
            let edits = vec![Edit::replace(span, near.as_str())];
            let fix = Fix { title: format!("write `{near}`"), safety: Safety::Ask, edits };
            if fits { finding.with_fix(fix) } else { finding }
        }
        None => {
            let mut finding = finding(format!(
                "{}; declare it, define it before its use or extend the module that has it",
                problem.message
            ));
            finding.fixes.extend(context.declare(name, arguments));
            finding
        }
    }
}

/// `RECURSIVE` for an operator that uses itself, one of the module or one of a LET.
fn recursion(context: &Context<'_>, problem: &Problem, unit: usize) -> Option<Fix> {
    let name = problem.name.as_str();
    if context.module.definition(name).is_some_and(|definition| definition.unit == unit) {
        return context.declare_recursive(name, unit);
    }
    let Item::Definition(Definition { body: Body::Expression(body), .. }) = &context.document.units()[unit].syntax.item
    else {
        return None;
    };
    let mut found = None;
    body.walk(&mut |inner| {
        let ExprKind::Let { items, .. } = &inner.kind else { return };
        for item in items {
            if let LetItem::Definition(definition) = item
                && definition.ident.name == name
                && definition.bounds.is_empty()
                && definition.span.contains(problem.span)
            {
                found = Some(definition);
            }
        }
    });
    let definition = found?;
    let head = recursive_head(name, &definition.parameters)?;
    let start = definition.span.start + context.start_of(unit);
    let edits = vec![Edit::insert(start, format!("RECURSIVE {head}\n{}", context.indent_of(start)))];
    Some(Fix { title: format!("declare `{head}` as RECURSIVE"), safety: Safety::Safe, edits })
}

/// Names that models write for an operator of the library or for a built-in, with the number of arguments.
const MISSPELLED: &[(&str, usize, &str)] = &[
    ("Bag", 1, "SetToBag"),
    ("AsBag", 1, "SetToBag"),
    ("ToBag", 1, "SetToBag"),
    ("Bagify", 1, "SetToBag"),
    ("BagOf", 1, "SetToBag"),
    ("MkBag", 1, "SetToBag"),
    ("SetAsBag", 1, "SetToBag"),
    ("BagFromSet", 1, "SetToBag"),
    ("BagAsSet", 1, "BagToSet"),
    ("IsBag", 1, "IsABag"),
    ("BagSize", 1, "BagCardinality"),
    ("BagDifference", 2, "(-)"),
    ("BagDiff", 2, "(-)"),
    ("BagMinus", 2, "(-)"),
    ("BagSubtract", 2, "(-)"),
    ("BagUnion", 2, "(+)"),
    ("BagPlus", 2, "(+)"),
    ("BagSum", 2, "(+)"),
    ("Card", 1, "Cardinality"),
    ("Length", 1, "Len"),
    ("NOT", 1, "~"),
    ("Not", 1, "~"),
    ("mod", 1, "%"),
    ("NAT", 0, "Nat"),
    ("INT", 0, "Int"),
    ("Natural", 0, "Nat"),
    ("Integer", 0, "Int"),
    ("BOOL", 0, "BOOLEAN"),
    ("Bool", 0, "BOOLEAN"),
    ("Boolean", 0, "BOOLEAN"),
    ("String", 0, "STRING"),
    ("True", 0, "TRUE"),
    ("true", 0, "TRUE"),
    ("False", 0, "FALSE"),
    ("false", 0, "FALSE"),
];

fn misspelled(context: &Context<'_>, problem: &Problem, unit: usize) -> Option<(String, Fix)> {
    if !MISSPELLED.iter().any(|(name, ..)| *name == problem.name) {
        return None;
    }
    let used = context.use_at(unit, &problem.name, problem.span)?;
    let spelled = |(name, count, _): &&(&str, usize, &str)| *name == problem.name && *count == used.arguments.len();
    let (_, _, meant) = MISSPELLED.iter().find(spelled)?;
    let offset = context.start_of(unit);
    let span = problem.span.shifted(offset);
    let infix = !meant.starts_with(|first: char| first.is_alphabetic());
    let edits = match used.arguments {
        [left, right] if infix => {
            let between = Span::new(left.span.end, right.span.start).shifted(offset);
            let comma = between.start + context.text(between).find(',')?;
            vec![Edit::delete(span), Edit::replace(Span::new(comma, comma + 1), format!(" {meant}"))]
        }
        // `a \mod (b)` reads as a set without the value of an operator `mod`.
        _ if *meant == "%" => {
            let before = span.start.checked_sub(1).filter(|before| context.text(Span::new(*before, span.start)) == "\\")?;
            vec![Edit::replace(Span::new(before, span.end), *meant)]
        }
        _ => vec![Edit::replace(span, *meant)],
    };
    // A bag can be made of other things than sets.
    let certain = used.arguments.iter().all(|argument| {
        infix || matches!(argument.kind, ExprKind::Set(_) | ExprKind::Filter { .. } | ExprKind::Map { .. })
    });
    let safety = if certain || *meant != "SetToBag" { Safety::Safe } else { Safety::Ask };
    let message = format!("{}; TLA+ writes `{meant}`", problem.message);
    Some((message, Fix { title: format!("write `{meant}`"), safety, edits }))
}

/// `Bags!SetToBag(S)`: the operators of a module that is extended, or that can be, are named alone.
fn without_module(context: &Context<'_>, span: Span) -> Option<Fix> {
    let text = context.text(Span::new(span.start, context.document.source().len()));
    let mut parts = text.splitn(2, '!');
    let module = parts.next()?.trim_end();
    let behind = parts.next()?.trim_start();
    let end = behind.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(behind.len());
    let name = &behind[..end];
    let exports = link::exports_of(module, context.setting.modules)?;
    let symbol = exports.get(name)?;
    let cut = text.len() - behind.len();
    let mut edits = vec![Edit::delete(Span::new(span.start, span.start + cut))];
    match context.linked.symbol(name) {
        Some(known) if known.home == symbol.home => {}
        Some(_) => return None,
        None => edits.extend(extend(context, module, name, symbol.arity())?.edits),
    }
    Some(Fix { title: format!("write `{name}`"), safety: Safety::Safe, edits })
}

/// Whether a `|` stands where only the colon of a set can: `{x \in S | p}`, `{e | x \in S}`.
fn in_braces(context: &Context<'_>, unit: usize, span: Span) -> bool {
    let mut braces: Option<Span> = None;
    for expression in context.expressions(unit) {
        expression.walk(&mut |inner| {
            if matches!(&inner.kind, ExprKind::Set(items) if items.len() == 1) && inner.span.contains(span) {
                braces = Some(inner.span);
            }
        });
    }
    let Some(braces) = braces else { return false };
    let offset = context.start_of(unit);
    let binds = |from: usize, to: usize| {
        let text = context.text(Span::new(from, to).shifted(offset)).trim_start();
        let name = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(text.len());
        name > 0 && text[name..].trim_start().starts_with("\\in")
    };
    binds(braces.start + 1, span.start) || binds(span.end, braces.end)
}

/// Symbols that other languages use for what TLA+ writes otherwise.
fn foreign(symbol: &str, span: Span) -> Option<(String, Fix)> {
    let (meant, safety, why) = match symbol {
        "|" => (":", Safety::Ask, "a set is written `{x \\in S : p}` or `{e : x \\in S}`; `|` is not defined here"),
        "/" => ("\\div", Safety::Ask, "`/` divides real numbers and is not defined here; `\\div` divides integers"),
        "&&" | "&" => ("/\\", Safety::Safe, "conjunction is written `/\\` in TLA+"),
        "||" => ("\\/", Safety::Safe, "disjunction is written `\\/` in TLA+"),
        "..." => ("..", Safety::Safe, "a range is written `a..b` in TLA+"),
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
            || context.linked.binds(&symbol.name)
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
    let letters = lower(name);
    let mut row = Vec::new();
    let visible = context.linked.scope.names().map(|name| name.as_str());
    let near = visible.chain(library::operators().map(|name| -> &str { name }));
    let mut candidates: Vec<(usize, &str)> = near
        .filter(|other| other.starts_with(|first: char| first.is_alphabetic()))
        .filter_map(|other| {
            let distance = distance(&letters, other, limit, &mut row)?;
            // What is visible comes first.
            Some((2 * distance + usize::from(context.linked.symbol(other).is_none()), other))
        })
        .collect();
    candidates.sort_unstable();
    candidates.first().map(|(_, other)| (*other).to_owned())
}

/// How many letters must change, come or go to make one word, in small letters, of another; letters in the other case
/// count nothing. `row` is room to work in.
fn distance(one: &[char], other: &str, limit: usize, row: &mut Vec<usize>) -> Option<usize> {
    // Nearly every pair is told apart by its lengths already.
    if other.is_ascii() && one.len().abs_diff(other.len()) > limit {
        return None;
    }
    row.clear();
    row.extend(0..=one.len());
    for (index, letter) in other.chars().flat_map(char::to_lowercase).enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        let mut least = row[0];
        for (position, same) in one.iter().enumerate() {
            let above = row[position + 1];
            row[position + 1] = (diagonal + usize::from(letter != *same)).min(above + 1).min(row[position] + 1);
            diagonal = above;
            least = least.min(row[position + 1]);
        }
        if least > limit {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= limit)
}

fn lower(name: &str) -> Vec<char> {
    name.chars().flat_map(char::to_lowercase).collect()
}
