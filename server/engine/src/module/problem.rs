//! What is wrong with the names and levels of a unit, before a rule reports it.

use crate::{diagnostic::Span, syntax::tree::Name};

/// One fault of one place. What it says follows from the unit and from the names that it mentions, never from where
/// other units stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub fault: Fault,
    /// Bytes in the unit.
    pub span: Span,
    /// The name that it is about.
    pub name: Name,
    pub message: String,
}

/// The kinds of faults; each is reported by one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// SANY errors 4200 and 4004.
    UnknownName { arguments: usize },
    /// `M!Op` where the module of M has no Op (SANY error 4200).
    UnknownMember,
    /// SANY errors 4201 and 4202; where the same unit has the name before.
    RedefinedName { earlier: Option<Span>, bound: bool },
    /// SANY error 4204.
    WrongArity,
    /// SANY error 4203.
    IncompleteName,
    /// SANY error 4260.
    FunctionArity,
    /// SANY errors 4270, 4271, 4274 and 4275.
    OperatorArgument,
    /// SANY error 4261.
    AtOutsideExcept,
    /// SANY error 4262.
    DuplicateField,
    /// SANY errors 4291 to 4294.
    RecursiveDeclaration,
    /// SANY errors 4240 to 4243.
    InstanceSubstitution,
    /// SANY error 4244 and 4245.
    InstanceLevel,
    /// SANY error 4220.
    ModuleNotFound,
    /// SANY error 4222.
    CircularModules,
    /// SANY error 4224.
    ExtendsConflict,
    /// SANY error 4223.
    ModuleRedefined,
    /// SANY errors 4330 to 4337.
    WrongLabel,
    /// SANY error 4357.
    WrongFact,
    /// SANY error 4355.
    AssumeProveAsExpression,
    /// SANY errors 4205, 4272 and 4273.
    LevelTooHigh,
    /// SANY error 4313.
    MixedLevels,
    /// SANY errors 4310 and 4311.
    BoxAction,
    /// SANY error 4312.
    LeadsToAction,
    /// SANY error 4206.
    AssumeLevel,
    /// SANY errors 4314 and 4315.
    BoundLevel,
    /// SANY error 4290.
    RecursivePrime,
}

impl Problem {
    /// Whether the level of what it is in can't be told because of it.
    pub(super) fn is_of_levels(&self) -> bool {
        matches!(
            self.fault,
            Fault::LevelTooHigh
                | Fault::MixedLevels
                | Fault::BoxAction
                | Fault::LeadsToAction
                | Fault::BoundLevel
                | Fault::InstanceLevel
        )
    }
}
