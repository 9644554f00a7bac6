//! What the reachable steps do, found by the variable that it is done to and by the branch that it is done in.

use super::{
    kinds::{Kind, Kinds},
    ways::Ways,
};
use crate::module::model::{Model, Operand};

/// The live effects, values and tests of a model: indices into its own lists, in order.
pub(super) struct Deeds {
    /// Effects that change a variable, by its index.
    pub changes: Vec<Vec<usize>>,
    /// Values that a variable or a field of it is given, by the variable's index.
    pub given: Vec<Vec<usize>>,
    /// Comparisons with a place of a variable or with its size on either side, by the variable's index.
    pub compared: Vec<Vec<usize>>,
    /// For each definition whether it changes something, as an action or by an effect that is written in it.
    pub changing: Vec<bool>,
    /// The definitions that change something, and those that change something or say what stays as it is; in order of
    /// their first effects.
    pub doers: [Vec<usize>; 2],
    pub ways: Ways,
}

impl Deeds {
    pub(super) fn of(model: &Model<'_>, variables: usize, definitions: usize) -> Self {
        let parents: Vec<Option<usize>> = model.walk.branches.iter().map(|branch| branch.parent).collect();
        let mut deeds = Self {
            changes: vec![Vec::new(); variables],
            given: vec![Vec::new(); variables],
            compared: vec![Vec::new(); variables],
            changing: vec![false; definitions],
            doers: Default::default(),
            ways: Ways::of(parents),
        };
        let mut saying = vec![false; definitions];
        // Most effects stand beside another of the same kind.
        let mut last = None;
        for (index, effect) in model.walk.effects.iter().enumerate().filter(|(_, effect)| model.is_live(effect.branch))
        {
            let changes = effect.value.is_some();
            if changes {
                deeds.changes[effect.variable].push(index);
            }
            let here = Some((effect.branch, effect.within, changes));
            if std::mem::replace(&mut last, here) == here {
                continue;
            }
            for definition in [model.action_definition(effect.branch), effect.within] {
                if changes && !std::mem::replace(&mut deeds.changing[definition], true) {
                    deeds.doers[0].push(definition);
                }
                if !std::mem::replace(&mut saying[definition], true) {
                    deeds.doers[1].push(definition);
                }
            }
        }
        for (index, given) in model.facts.given.iter().enumerate() {
            if model.is_live(model.walk.effects[given.effect].branch) {
                deeds.given[given.slot.variable].push(index);
            }
        }
        for (index, comparison) in model.facts.comparisons.iter().enumerate() {
            if !model.is_live(comparison.source.branch) {
                continue;
            }
            let (left, right) = (variable_of(&comparison.left), variable_of(&comparison.right));
            for variable in left.into_iter().chain(right.filter(|right| left != Some(*right))) {
                deeds.compared[variable].push(index);
            }
        }
        deeds
    }
}

/// The variable whose place or size an operand is.
fn variable_of(operand: &Operand<'_>) -> Option<usize> {
    match operand {
        Operand::Place(place) | Operand::Size(Some(place)) => Some(place.slot.variable),
        _ => None,
    }
}

/// For each branch the kinds of messages that its guards and those above it test for.
pub(super) struct Handled(Vec<Kinded>);

/// A set of kinds of messages.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Kinded(u32);

/// A message of no known kind.
const UNKNOWN: u32 = 1 << 30;

/// A message that another node may have sent.
const FOREIGN: u32 = 1 << 31;

impl Handled {
    pub(super) fn of(model: &Model<'_>, kinds: &Kinds<'_>) -> Self {
        let mut handled: Vec<Kinded> = Vec::with_capacity(model.walk.branches.len());
        for (branch, parent) in model.walk.branches.iter().map(|branch| branch.parent).enumerate() {
            let above = parent.map(|parent| handled[parent]).unwrap_or_default();
            let own = model.messages.tested_in(branch).map(|tested| Kinded::of(kinds, tested.kind));
            handled.push(own.fold(above, |all, one| Kinded(all.0 | one.0)));
        }
        Self(handled)
    }

    pub(super) fn by(&self, branch: usize) -> Kinded {
        self.0[branch]
    }
}

impl Kinded {
    fn of(kinds: &Kinds<'_>, atom: &str) -> Self {
        let message = kinds.message(atom);
        let kind = message.and_then(|message| message.kind).map_or(UNKNOWN, bit);
        Self(kind | if message.is_some_and(|message| message.local) { 0 } else { FOREIGN })
    }

    /// Whether there is none.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether one of these kinds is among them.
    pub(super) fn any(self, kinds: &[Kind]) -> bool {
        kinds.iter().any(|kind| self.0 & bit(*kind) != 0)
    }

    /// Whether all are of these kinds.
    pub(super) fn only(self, kinds: &[Kind]) -> bool {
        self.0 & !kinds.iter().fold(FOREIGN, |bits, kind| bits | bit(*kind)) == 0
    }

    /// Whether all are local messages, by which a node's own timer asks for something.
    pub(super) fn is_local(self) -> bool {
        self.0 & FOREIGN == 0
    }
}

fn bit(kind: Kind) -> u32 {
    1 << kind as u32
}
