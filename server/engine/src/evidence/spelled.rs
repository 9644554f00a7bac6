//! What the spelling of a name says by itself.

use std::hash::Hasher;

use super::{exclusions::things_named, kinds::Kind, locks::operations_named};
use crate::{
    module::{
        hash::QuickHasher,
        model::{Role, plain},
        spelling::stem_of_plain,
    },
    syntax::tree::Name,
};

/// A spelling that is compared with others.
#[derive(Debug, Clone)]
pub(super) struct Spelled {
    /// Without case and signs.
    pub plain: Name,
    /// Also without the prefixes that say how it is used.
    pub stem: Name,
    /// The things that prompts exclude and that it speaks of, as bits.
    pub things: u32,
    /// The operations of locks that it says, as bits.
    pub operations: u32,
}

impl Spelled {
    pub(super) fn of(written: &str) -> Self {
        let plain = plain(written);
        Self {
            stem: stem_of_plain(&plain).into(),
            things: things_named(&plain),
            operations: operations_named(&plain),
            plain: plain.into(),
        }
    }

    /// Whether two spellings differ in case and signs alone.
    pub(super) fn same(&self, other: &Spelled) -> bool {
        self.plain == other.plain
    }

    /// Whether two spellings differ in case, signs and prefixes of use alone.
    pub(super) fn similar(&self, other: &Spelled) -> bool {
        self.stem == other.stem
    }
}

/// A name that is looked for in a module.
#[derive(Debug, Clone)]
pub(super) struct Sought {
    pub name: Name,
    pub spelled: Spelled,
    /// The message that it speaks of.
    pub kind: Option<Kind>,
    pub role: Option<Role>,
}

impl Sought {
    pub(super) fn of(name: &str) -> Self {
        Self { name: Name::new(name), spelled: Spelled::of(name), kind: Kind::named(name), role: Role::named(name) }
    }
}

/// Parts of names by their first letters, each with the bits of what it speaks of.
pub(super) struct Parts([Vec<(u32, &'static str)>; 128]);

impl Parts {
    /// Parts without case and signs, with their bits.
    pub(super) fn of(parts: impl Iterator<Item = (u32, &'static str)>) -> Self {
        let mut by_letter = [const { Vec::new() }; 128];
        for (bits, part) in parts {
            if let Some(alike) = part.bytes().next().and_then(|letter| by_letter.get_mut(usize::from(letter))) {
                alike.push((bits, part));
            }
        }
        Self(by_letter)
    }

    /// The bits of all parts that a name without case and signs has.
    pub(super) fn found(&self, plain: &str) -> u32 {
        let mut found = 0;
        for (at, letter) in plain.bytes().enumerate() {
            let alike = self.0.get(usize::from(letter)).map_or(&[][..], Vec::as_slice);
            let here = alike.iter().filter(|(_, part)| plain.as_bytes()[at..].starts_with(part.as_bytes()));
            found |= here.fold(0, |all, (bits, _)| all | bits);
        }
        found
    }
}

/// A number that tells most spellings apart.
pub(super) fn number(spelling: &str) -> u64 {
    let mut hasher = QuickHasher::default();
    hasher.write(spelling.as_bytes());
    hasher.finish()
}
