//! Sets of a module's variables.

use std::ops::{BitAnd, BitOr, BitOrAssign, Sub};

/// A set of variables, by their places in `Module::variables`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(crate) struct VariableSet(u128);

impl VariableSet {
    pub(crate) const EMPTY: Self = Self(0);
    /// Every variable there can be.
    pub(crate) const ALL: Self = Self(u128::MAX);
    /// How many variables a set can tell apart.
    pub(crate) const CAPACITY: usize = 128;

    pub(crate) const fn one(index: usize) -> Self {
        Self(1 << index)
    }

    /// The first `count` variables.
    pub(crate) const fn first(count: usize) -> Self {
        if count >= Self::CAPACITY { Self::ALL } else { Self((1 << count) - 1) }
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn has_several(self) -> bool {
        self.0.count_ones() > 1
    }

    pub(crate) const fn has(self, index: usize) -> bool {
        self.0 & (1 << index) != 0
    }

    /// The places, in order.
    pub(crate) fn indices(self) -> impl Iterator<Item = usize> {
        (0..Self::CAPACITY).filter(move |index| self.has(*index))
    }
}

impl BitOr for VariableSet {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for VariableSet {
    fn bitor_assign(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

impl BitAnd for VariableSet {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl Sub for VariableSet {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}
