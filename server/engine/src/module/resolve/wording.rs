//! What is said of names and levels, where it is said in several places.

use crate::{
    module::{level::Level, scope::Symbol},
    syntax::tree::Name,
};

/// Says that a name is taken by what is visible from elsewhere.
pub(in super::super) fn taken(name: &str, earlier: &Symbol, home: &Name, what: &str) -> String {
    let noun = earlier.noun();
    if earlier.home == *home {
        return format!(
            "`{name}` is a {noun} of this module already; TLA+ has no shadowing, give the {what} another name"
        );
    }
    format!(
        "`{name}` is a{} {noun} of module {} already, which this module has by EXTENDS or INSTANCE; give the {what} \
         another name or drop it",
        if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "n" } else { "" },
        earlier.home
    )
}

/// "no arguments", "1 argument", "2 arguments".
pub(super) fn counted(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// Says that something is above the level that its place takes.
pub(super) fn too_high(operator: &str, limit: Level, level: Level) -> String {
    let quoted = if operator.contains(' ') || operator.chars().all(|character| character.is_ascii_uppercase()) {
        operator.to_owned()
    } else {
        format!("`{operator}`")
    };
    let here = level.phrase();
    match (operator, level) {
        ("'", Level::Action) => "this is primed twice: `'` takes what has no prime in it yet".to_owned(),
        ("UNCHANGED", Level::Action) => {
            "UNCHANGED primes its argument itself, and this has a prime already; drop that prime".to_owned()
        }
        _ => match limit {
            Level::Constant => format!("{quoted} takes only constants here, and this is {here}"),
            Level::State => {
                format!("{quoted} takes nothing with primes or temporal operators here, and this is {here}")
            }
            _ => format!("{quoted} takes no temporal formulas here, and this is one"),
        },
    }
}
