//! SANY's four levels: what an expression needs to be evaluated, and what an operator demands of its arguments.

use std::hash::{Hash, Hasher};

/// What an expression is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Level {
    /// The same in every state.
    #[default]
    Constant,
    /// Of one state: unprimed variables.
    State,
    /// Of a step: primed variables.
    Action,
    /// Of a whole behaviour.
    Temporal,
}

impl Level {
    /// SANY's name for it.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Level::Constant => "constant",
            Level::State => "state",
            Level::Action => "action",
            Level::Temporal => "temporal",
        }
    }

    /// The word for it, with its article.
    pub(crate) const fn phrase(self) -> &'static str {
        match self {
            Level::Constant => "a constant",
            Level::State => "a state expression",
            Level::Action => "an action",
            Level::Temporal => "a temporal formula",
        }
    }
}

/// The level of one expression, given that all parameters around it are constants.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Leveled {
    pub level: Level,
    /// Something in it is not understood or wrong; nothing is said about it.
    pub unknown: bool,
    /// The parameters whose levels it takes over, as bits.
    pub parameters: u64,
    /// All parameters that occur in it, as bits.
    pub occurring: u64,
}

impl Leveled {
    pub(crate) const UNKNOWN: Self = Self { level: Level::Constant, unknown: true, parameters: 0, occurring: 0 };

    pub(crate) fn of(level: Level) -> Self {
        Self { level, ..Self::default() }
    }

    /// The level of an expression that has both as parts.
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            level: self.level.max(other.level),
            unknown: self.unknown || other.unknown,
            parameters: self.parameters | other.parameters,
            occurring: self.occurring | other.occurring,
        }
    }

    pub(crate) fn is_exactly(self, level: Level) -> bool {
        !self.unknown && self.level == level
    }

    pub(crate) fn exceeds(self, limit: Level) -> bool {
        !self.unknown && self.level > limit
    }
}

/// The bit of a parameter; those beyond the width are not followed.
pub(crate) fn bit(parameter: usize) -> u64 {
    u32::try_from(parameter).ok().and_then(|shift| 1_u64.checked_shl(shift)).unwrap_or(0)
}

/// A parameter that stands within an argument of an operator that is a parameter itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Within {
    /// The operator parameter.
    pub operator: usize,
    /// Which of its arguments.
    pub position: usize,
    /// The parameter within.
    pub parameter: usize,
}

/// What a definition demands and gives, seen from its applications.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Signature {
    pub level: Level,
    pub unknown: bool,
    /// Its own parameters that raise its level, as bits from 0.
    pub weights: u64,
    /// Its own parameters that equals may not be put in place of each other for (SANY calls such operators
    /// non-Leibniz), as bits from 0.
    pub opaque: u64,
    /// The highest level of each of its own parameters.
    pub limits: Vec<Level>,
    /// For its operator parameters: the least that they must take in each of their arguments.
    pub least: Vec<(usize, usize, Level)>,
    /// Own parameters that stand within arguments of own operator parameters, all counted from 0.
    pub within: Vec<Within>,
    /// Parameters of the definitions around it that raise its level.
    pub outer: u64,
    /// The number of the first of its own parameters among all that are in scope.
    pub base: usize,
    /// Like `within`, where one of the two is a parameter of a definition around it; not counted from `base`.
    pub reaching: Vec<Within>,
}

impl Signature {
    /// A definition of which nothing is known but its number of parameters.
    pub(crate) fn unknown(parameters: usize) -> Self {
        Self { unknown: true, limits: vec![Level::Temporal; parameters], ..Self::default() }
    }

    /// What holds of an operator that is declared RECURSIVE before its definition is read: SANY lets no argument of it
    /// be temporal.
    pub(crate) fn recursive(parameters: usize) -> Self {
        let weights = (0..parameters).fold(0, |mask, parameter| mask | bit(parameter));
        Self { weights, limits: vec![Level::Action; parameters], ..Self::default() }
    }

    pub(crate) fn of_level(level: Level) -> Self {
        Self { level, ..Self::default() }
    }

    pub(crate) fn limit(&self, parameter: usize) -> Level {
        self.limits.get(parameter).copied().unwrap_or(Level::Temporal)
    }

    pub(crate) fn weighs(&self, parameter: usize) -> bool {
        self.weights & bit(parameter) != 0
    }
}

impl Hash for Signature {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.level, self.unknown, self.weights, self.opaque, &self.limits, &self.least, &self.within).hash(state);
    }
}

/// A built-in operator: what it demands of every argument and whether its level is that of its arguments.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BuiltIn {
    pub name: &'static str,
    pub arity: usize,
    pub level: Level,
    pub limit: Level,
    pub weighs: bool,
}

const fn plain(name: &'static str, arity: usize, limit: Level) -> BuiltIn {
    BuiltIn { name, arity, level: Level::Constant, limit, weighs: true }
}

const fn modal(name: &'static str, arity: usize, level: Level, limit: Level) -> BuiltIn {
    BuiltIn { name, arity, level, limit, weighs: false }
}

/// The built-in operators that are written with a name or a symbol, and what SANY's table says of them.
static BUILT_INS: &[BuiltIn] = &[
    plain("STRING", 0, Level::Temporal),
    plain("BOOLEAN", 0, Level::Temporal),
    plain("TRUE", 0, Level::Temporal),
    plain("FALSE", 0, Level::Temporal),
    plain("=", 2, Level::Action),
    plain("/=", 2, Level::Action),
    plain("~", 1, Level::Temporal),
    plain("/\\", 2, Level::Temporal),
    plain("\\/", 2, Level::Temporal),
    plain("\\equiv", 2, Level::Temporal),
    plain("=>", 2, Level::Temporal),
    plain("SUBSET", 1, Level::Action),
    plain("UNION", 1, Level::Action),
    plain("DOMAIN", 1, Level::Action),
    plain("\\subseteq", 2, Level::Action),
    plain("\\in", 2, Level::Action),
    plain("\\notin", 2, Level::Action),
    plain("\\", 2, Level::Action),
    plain("\\cap", 2, Level::Action),
    plain("\\cup", 2, Level::Action),
    plain("\\X", 2, Level::Action),
    modal("'", 1, Level::Action, Level::State),
    modal("ENABLED", 1, Level::State, Level::Action),
    modal("UNCHANGED", 1, Level::Action, Level::State),
    modal("\\cdot", 2, Level::Action, Level::Action),
    modal("~>", 2, Level::Temporal, Level::Temporal),
    modal("-+->", 2, Level::Temporal, Level::Temporal),
    modal("[]", 1, Level::Temporal, Level::Temporal),
    modal("<>", 1, Level::Temporal, Level::Temporal),
];

/// The built-in operator of a name. Nobody can define these names anew (SANY error 4202).
pub(crate) fn built_in(name: &str) -> Option<&'static BuiltIn> {
    let first = *name.as_bytes().first()?;
    // Names that begin with a small letter or a digit are the most, and none of them is built in.
    if first.is_ascii_lowercase() || first.is_ascii_digit() {
        return None;
    }
    BUILT_INS.iter().find(|built_in| built_in.name == name)
}

impl BuiltIn {
    pub(crate) fn signature(&self) -> Signature {
        let all = (0..self.arity).fold(0, |mask, index| mask | bit(index));
        let (weights, opaque) = if self.weighs { (all, 0) } else { (0, all) };
        Signature { level: self.level, weights, opaque, limits: vec![self.limit; self.arity], ..Signature::default() }
    }
}
