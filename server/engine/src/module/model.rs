//! What a module does: its steps with their guards, its states and their moves, its messages, and which variable plays
//! which part. Everything is found by what the actions do; names only break ties.

mod actions;
mod conditions;
mod constants;
mod context;
mod facts;
mod messages;
mod operands;
mod piece;
mod pieces;
mod scopes;
mod slots;
mod states;
mod walk;

pub(crate) use super::spelling::plain;
pub(crate) use facts::{Comparison, Facts, Given};
pub(crate) use messages::{Messages, Sent, Tested, is_fault_switch};
pub(crate) use operands::{Operand, Place, Slot};
pub(crate) use pieces::Pieces;
pub(crate) use slots::{Parts, is_hup};
pub(crate) use states::{Move, Role, States};
pub(crate) use walk::{Effect, Walk};

use super::{Module, hash::QuickMap};
use crate::syntax::tree::ExprKind;

/// The behaviour of one module.
pub(crate) struct Model<'a> {
    pub walk: Walk,
    pub facts: Facts<'a>,
    pub states: Option<States<'a>>,
    pub messages: Messages<'a>,
    pub parts: Parts<'a>,
    aliases: Aliases<'a>,
}

/// The definitions that are only other spellings of a string, by the string.
type Aliases<'a> = QuickMap<&'a str, Vec<&'a str>>;

impl<'a> Model<'a> {
    /// Puts together what Next and Init say.
    pub(crate) fn of(module: &Module<'a>, pieces: &'a Pieces) -> Self {
        let initial = pieces.initial(module);
        let (mut walk, facts) = pieces.next(module);
        let aliases = aliases(module);
        let mut roles: QuickMap<&'a str, Option<Role>> = QuickMap::default();
        let given = initial.given.iter().chain(&facts.given).filter_map(|given| atom(&given.value));
        let compared = facts.comparisons.iter().filter_map(|comparison| comparison.right.atoms()).flatten().copied();
        for atom in given.chain(compared) {
            roles.entry(atom).or_insert_with(|| role_of(&aliases, atom));
        }
        let spelled = |atom: &'a str| roles.get(atom).copied().flatten();
        let states = States::find(&initial, &facts, &spelled)
            .map(|slot| States::of(&mut walk, (&initial, &facts), slot, &spelled));
        let messages = Messages::of(module, &walk, &facts);
        let parts = Parts::of(module, &walk, &facts, &messages, states.as_ref());
        Self { walk, facts, states, messages, parts, aliases }
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
        found.extend(self.aliases.get(atom).into_iter().flatten());
        found
    }
}

fn aliases<'a>(module: &Module<'a>) -> Aliases<'a> {
    let mut aliases = Aliases::default();
    for definition in &module.definitions {
        if let Some(body) = definition.body()
            && let ExprKind::Str(text) = &body.kind
        {
            aliases.entry(text).or_default().push(definition.name());
        }
    }
    aliases
}

fn role_of(aliases: &Aliases<'_>, atom: &str) -> Option<Role> {
    std::iter::once(atom).chain(aliases.get(atom).into_iter().flatten().copied()).find_map(Role::named)
}

fn atom<'a>(operand: &Operand<'a>) -> Option<&'a str> {
    match operand {
        Operand::Atom(atom) => Some(atom),
        _ => None,
    }
}
