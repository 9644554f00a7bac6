//! What a module does: its steps with their guards, its states and their moves, its messages, and which variable plays
//! which part. Everything is found by what the actions do; names only break ties.

mod actions;
mod constants;
mod facts;
mod messages;
mod operands;
mod scopes;
mod slots;
mod states;

pub(crate) use super::spelling::plain;
pub(crate) use actions::Effect;
pub(crate) use facts::{Comparison, Facts, Given};
pub(crate) use messages::{Messages, Sent, Tested, is_fault_switch};
pub(crate) use operands::{Operand, Place, Slot};
pub(crate) use slots::{Parts, is_hup};
pub(crate) use states::{Move, Role, States};

use super::{Module, calls::Calls};
use actions::Walk;
use scopes::Scopes;

/// The behaviour of one module.
pub(crate) struct Model<'a> {
    pub walk: Walk<'a>,
    pub facts: Facts<'a>,
    pub states: Option<States<'a>>,
    pub messages: Messages<'a>,
    pub parts: Parts<'a>,
    scopes: Scopes<'a>,
}

impl<'a> Model<'a> {
    /// Follows Next and Init; `None` where there is no Next.
    pub(crate) fn of(module: &Module<'a>, calls: &Calls<'a>, source: &'a str) -> Option<Self> {
        let index = |name: &str| module.definitions.iter().position(|definition| definition.name() == name);
        let next = index(calls.next?.name())?;
        let mut scopes = Scopes::of(module);
        let initial = match calls.initial.and_then(|initial| index(initial.name())) {
            Some(initial) => {
                let walk = actions::walk(module, calls, &mut scopes, initial, true);
                facts::read(module, &mut scopes, &walk, source)
            }
            None => Facts::default(),
        };
        let mut walk = actions::walk(module, calls, &mut scopes, next, false);
        let facts = facts::read(module, &mut scopes, &walk, source);
        let spellings: Vec<(&'a str, Option<Role>)> = {
            let given = initial.given.iter().chain(&facts.given);
            let mut atoms: Vec<&'a str> = given.filter_map(|given| atom(&given.value)).collect();
            atoms.extend(facts.comparisons.iter().flat_map(|comparison| atoms_of(&comparison.right)));
            atoms.sort_unstable();
            atoms.dedup();
            atoms.into_iter().map(|atom| (atom, role_of(&scopes, atom))).collect()
        };
        let spelled = |atom: &'a str| {
            spellings.binary_search_by_key(&atom, |(known, _)| known).ok().and_then(|at| spellings[at].1)
        };
        let states = States::find(&initial, &facts, &spelled)
            .map(|slot| States::of(module, &mut scopes, source, &mut walk, (&initial, &facts), slot, &spelled));
        let messages = Messages::of(module, &mut scopes, &walk, &facts);
        let parts = Parts::of(module, &walk, &facts, &messages, states.as_ref());
        Some(Self { walk, facts, states, messages, parts, scopes })
    }

    /// Whether a branch can be taken at all.
    pub(crate) fn is_live(&self, branch: usize) -> bool {
        !self.walk.branches[branch].dead
    }

    /// A branch and those it lies in, from the inside out.
    pub(crate) fn chain(&self, branch: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(branch), |branch| self.walk.branches[*branch].parent)
    }

    /// The definition of the action that a branch belongs to.
    pub(crate) fn action_definition(&self, branch: usize) -> usize {
        self.walk.actions[self.walk.branches[branch].action].definition
    }

    /// Live comparisons.
    pub(crate) fn comparisons(&self) -> impl Iterator<Item = &Comparison<'a>> + '_ {
        self.facts.comparisons.iter().filter(|comparison| self.is_live(comparison.source.branch))
    }

    /// The field of a message that an operand reads, whether the message has a name or stands in the network itself.
    pub(crate) fn message_field(&self, operand: &Operand<'a>) -> Option<&'a str> {
        match operand {
            Operand::Field(field, _) => Some(field),
            Operand::Place(place) if self.messages.networks.contains(&place.slot.variable) => {
                place.entry.or(place.slot.field)
            }
            _ => None,
        }
    }

    /// Every spelling of a value: the string and the definitions that stand for it.
    pub(crate) fn spellings(&self, atom: &'a str) -> Vec<&'a str> {
        let mut found = vec![atom];
        found.extend(self.scopes.aliases(atom));
        found
    }
}

fn role_of<'a>(scopes: &Scopes<'a>, atom: &'a str) -> Option<Role> {
    std::iter::once(atom).chain(scopes.aliases(atom).iter().copied()).find_map(Role::named)
}

fn atom<'a>(operand: &Operand<'a>) -> Option<&'a str> {
    match operand {
        Operand::Atom(atom) => Some(atom),
        _ => None,
    }
}

fn atoms_of<'a>(operand: &Operand<'a>) -> Vec<&'a str> {
    match operand {
        Operand::Atom(atom) => vec![atom],
        Operand::Atoms(atoms) => atoms.clone(),
        _ => Vec::new(),
    }
}
