//! What Next does: its branches with what each of them demands and assigns.

use std::sync::Arc;

use crate::diagnostic::Span;

use super::conditions::Condition;

/// One way through an action: a disjunct, an arm of IF or CASE. It holds what its ancestors hold.
#[derive(Debug, Clone)]
pub(crate) struct Branch {
    pub parent: Option<usize>,
    /// What its guards demand of values.
    pub condition: Option<Arc<Condition>>,
    /// Index into [`Walk::actions`].
    pub action: usize,
    /// Whether it contradicts itself: such a branch is never taken.
    pub dead: bool,
}

/// What a branch does to a variable.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Effect {
    /// Index into [`Module::variables`](crate::module::Module::variables).
    pub variable: usize,
    /// The new value, or the set it is taken from; `None` where the variable stays as it is.
    pub value: Option<NewValue>,
    pub branch: usize,
    /// The definition that it is written in.
    pub within: usize,
    /// Bytes of the document.
    pub span: Span,
}

/// What is known of a new value by its form.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NewValue {
    /// Whether it has something less than the old one, where that is a set, a bag or a sequence.
    pub removes: bool,
}

/// A step that Next offers: a definition, or a disjunct written out in Next itself.
#[derive(Debug)]
pub(crate) struct Action {
    /// Index into [`Module::definitions`](crate::module::Module::definitions); Next itself for a disjunct that is
    /// written out.
    pub definition: usize,
}

/// All that Next, or Init, reaches.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    pub branches: Vec<Branch>,
    pub effects: Vec<Effect>,
    pub actions: Vec<Action>,
    /// Variables from whose elements a step takes one, with the branch.
    pub picks: Vec<(usize, usize)>,
    /// Definitions that are called in an action, by index.
    pub called: Vec<bool>,
}
