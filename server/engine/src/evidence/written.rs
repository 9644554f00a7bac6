//! What one unit writes: its names and strings, each with what its spelling says. It is kept with the unit.

use std::sync::{Arc, OnceLock};

use super::{
    spelled::{Spelled, number},
    unread::{self, Word},
};
use crate::{
    diagnostic::Span,
    document::Unit,
    module::{hash::QuickSet, model::Role},
    syntax::tree::{Body, Definition, ExprKind, Item, Name},
};

/// The names and strings of one definition, or of a declaration of constants.
pub(super) struct Written {
    /// Each once, in order: of a definition its own name, then the names that it mentions, then its strings.
    pub spellings: Vec<Spelling>,
    pub digest: Digest,
    /// The words of its parts that could not be read.
    pub unread: Vec<Word>,
}

/// A name or a string, at the first place where a unit writes it.
pub(super) struct Spelling {
    pub written: Name,
    pub spelled: Spelled,
    pub role: Option<Role>,
    /// Bytes in the unit.
    pub span: Span,
}

/// What tells of most units that they don't write a thing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Digest {
    /// Two bits for each stem.
    stems: [u64; 4],
    /// The numbers of the definition's own name.
    pub own_stem: u64,
    pub own_plain: u64,
    /// The operations of locks and the excluded things that the definition's own name speaks of, and the things that
    /// any spelling does.
    pub own_things: u32,
    pub own_operations: u32,
    pub things: u32,
    /// A bit for each role.
    roles: u8,
    /// Whether there is a part that could not be read.
    pub unread: bool,
}

/// The place where a unit keeps what it writes.
#[derive(Default)]
pub(super) struct Kept(OnceLock<Written>);

impl Kept {
    /// What a unit writes; its text is that of its whole range.
    pub(super) fn of(unit: &Unit, text: &str) -> Arc<Self> {
        let kept = unit.syntax.memo.of::<Self>();
        kept.0.get_or_init(|| Written::of(unit, text));
        kept
    }

    pub(super) fn written(&self) -> Option<&Written> {
        self.0.get()
    }
}

impl Written {
    fn of(unit: &Unit, text: &str) -> Self {
        let mut spellings = Vec::new();
        let mut unread = Vec::new();
        let mut seen: QuickSet<&str> = QuickSet::default();
        let mut push = |written: &'_ Name, span| {
            spellings.push(Spelling {
                written: written.clone(),
                spelled: Spelled::of(written),
                role: Role::named(written),
                span,
            });
        };
        match &unit.syntax.item {
            Item::Definition(definition) => {
                each_place(unit, definition, &mut |written, span| {
                    if seen.insert(written) {
                        push(written, span);
                    }
                });
                unread = unread::words_of(unit, definition, text);
            }
            Item::Constants(names) => names.iter().for_each(|name| push(&name.ident.name, name.ident.span)),
            _ => {}
        }
        spellings.shrink_to_fit();
        Self { digest: Digest::of(&spellings, &unread), spellings, unread }
    }

    /// What the definition's own name says.
    pub(super) fn own(&self) -> Option<&Spelled> {
        self.spellings.first().map(|first| &first.spelled)
    }
}

/// Every place where a definition writes a name or a string.
fn each_place<'a>(unit: &'a Unit, definition: &'a Definition, place: &mut impl FnMut(&'a Name, Span)) {
    place(&definition.ident.name, definition.ident.span);
    for (name, span) in unit.syntax.mentions.places() {
        if name.starts_with(|c: char| c.is_alphabetic()) {
            place(name, span);
        }
    }
    if let Body::Expression(body) = &definition.body {
        body.walk(&mut |expression| {
            if let ExprKind::Str(text) = &expression.kind {
                place(text, expression.span);
            }
        });
    }
}

impl Digest {
    fn of(spellings: &[Spelling], unread: &[Word]) -> Self {
        let mut digest = Self { unread: !unread.is_empty(), ..Self::default() };
        if let Some(Spelling { spelled: own, .. }) = spellings.first() {
            (digest.own_stem, digest.own_plain) = (number(&own.stem), number(&own.plain));
            (digest.own_things, digest.own_operations) = (own.things, own.operations);
        }
        for spelling in spellings {
            for (word, bit) in bits(number(&spelling.spelled.stem)) {
                digest.stems[word] |= bit;
            }
            digest.things |= spelling.spelled.things;
            digest.roles |= spelling.role.map_or(0, |role| 1 << role as u8);
        }
        digest
    }

    /// Whether a name of a stem may be among the spellings, given the stem's number.
    pub(super) fn may_write(&self, stem: u64) -> bool {
        bits(stem).into_iter().all(|(word, bit)| self.stems[word] & bit != 0)
    }

    /// Whether a name of a role is among the spellings.
    pub(super) fn names(&self, role: Role) -> bool {
        self.roles & (1 << role as u8) != 0
    }
}

/// The two bits of a stem's number.
fn bits(stem: u64) -> [(usize, u64); 2] {
    [stem, stem >> 8].map(|part| ((part & 3) as usize, 1 << (part >> 2 & 63)))
}
