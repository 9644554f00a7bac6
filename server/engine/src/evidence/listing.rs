//! Every place where a module writes a name or a string, found by how it is spelled and by where it stands.

use std::sync::Arc;

use super::{
    Subject,
    spelled::{Spelled, number},
    written::{Digest, Kept, Spelling, Written},
};
use crate::{
    diagnostic::Span,
    module::{hash::QuickSet, model::Role},
    syntax::tree::Name,
};

/// One place where the module writes a name or a string, whether anything reaches it or not.
pub(super) struct Listed<'l> {
    pub written: &'l str,
    pub spelled: &'l Spelled,
    /// The definition; CONSTANTS where there is none.
    pub within: &'l str,
    pub definition: Option<usize>,
    pub span: Span,
}

/// All places, in order of the definitions; variables are left out. Of several places in one definition that have the
/// same spelling only the first is told.
pub(super) struct Listing<'a> {
    /// For each of the homes what tells that it does not write a thing.
    digests: Vec<Digest>,
    /// The definitions by their index, then the declarations of constants.
    homes: Vec<Home<'a>>,
    /// How many of the homes are definitions.
    definitions: usize,
    variables: QuickSet<&'a str>,
}

/// A definition or a declaration of constants.
struct Home<'a> {
    name: &'a str,
    /// Where its unit begins, in bytes of the document.
    offset: usize,
    kept: Arc<Kept>,
}

impl<'a> Listing<'a> {
    pub(super) fn of(subject: &Subject<'a>) -> Self {
        let module = subject.module;
        let mut listing = Self {
            digests: Vec::with_capacity(module.definitions.len() + 1),
            homes: Vec::with_capacity(module.definitions.len() + 1),
            definitions: module.definitions.len(),
            variables: module.variables.iter().map(|variable| variable.value.name.as_str()).collect(),
        };
        for definition in &module.definitions {
            listing.add(subject, definition.name(), definition.unit);
        }
        let mut declarations: Vec<usize> = module.constants.iter().map(|constant| constant.unit).collect();
        declarations.dedup();
        declarations.into_iter().for_each(|unit| listing.add(subject, "CONSTANTS", unit));
        listing
    }

    fn add(&mut self, subject: &Subject<'a>, name: &'a str, unit: usize) {
        let unit = &subject.document.units()[unit];
        let span = unit.range.span;
        let kept = Kept::of(unit, subject.document.source().get(span.start..span.end).unwrap_or_default());
        self.digests.push(kept.written().map(|written| written.digest).unwrap_or_default());
        self.homes.push(Home { name, offset: span.start, kept });
    }

    /// What the definition at an index of [`crate::module::Module::definitions`] writes.
    pub(super) fn written(&self, definition: usize) -> Option<&Written> {
        self.homes.get(definition).and_then(|home| home.kept.written())
    }

    /// What the name of a definition says, by its index.
    pub(super) fn own(&self, definition: usize) -> Option<&Spelled> {
        self.written(definition).and_then(Written::own)
    }

    /// The definitions that have a part which could not be read, by index.
    pub(super) fn unread(&self) -> impl Iterator<Item = (usize, &Written)> {
        let definitions = self.digests[..self.definitions].iter().enumerate();
        definitions.filter(|(_, digest)| digest.unread).filter_map(|(at, _)| Some((at, self.written(at)?)))
    }

    /// The definitions of a name, or of one that differs in case and signs alone, by index.
    pub(super) fn definitions_named(&self, spelled: &Spelled) -> impl Iterator<Item = usize> {
        let wanted = number(&spelled.plain);
        let definitions = self.digests[..self.definitions].iter().enumerate();
        let alike = definitions.filter(move |(_, digest)| digest.own_plain == wanted).map(|(at, _)| at);
        alike.filter(move |at| self.own(*at).is_some_and(|own| own.same(spelled)))
    }

    /// The definitions of a name, or of one that differs in case, signs and prefixes alone, by index.
    pub(super) fn definitions_similar(&self, spelled: &Spelled) -> impl Iterator<Item = usize> {
        let wanted = number(&spelled.stem);
        let definitions = self.digests[..self.definitions].iter().enumerate();
        let alike = definitions.filter(move |(_, digest)| digest.own_stem == wanted).map(|(at, _)| at);
        alike.filter(move |at| self.own(*at).is_some_and(|own| own.similar(spelled)))
    }

    /// The definitions whose names speak of an excluded thing, or have one of these stems, by index.
    pub(super) fn definitions_speaking(&self, things: u32, stems: &[Name]) -> Vec<usize> {
        let numbers: Vec<u64> = stems.iter().map(|stem| number(stem)).collect();
        let speaks = |(at, digest): &(usize, &Digest)| {
            digest.own_things & things != 0
                || numbers.contains(&digest.own_stem) && self.own(*at).is_some_and(|own| stems.contains(&own.stem))
        };
        self.digests[..self.definitions].iter().enumerate().filter(speaks).map(|(at, _)| at).collect()
    }

    /// Whether the name of a definition says one of these operations of locks, given its index.
    pub(super) fn says(&self, definition: usize, operations: u32) -> bool {
        self.digests[definition].own_operations & operations != 0
    }

    /// The names of the definitions that say one of these operations of locks.
    pub(super) fn definitions_saying(&self, operations: u32) -> impl Iterator<Item = Listed<'_>> {
        let saying = (0..self.definitions).filter(move |definition| self.says(*definition, operations));
        let own = saying.filter_map(|at| Some(self.listed(at, self.written(at)?.spellings.first()?)));
        own.filter(|listed| !self.variables.contains(listed.written))
    }

    /// The places that write a name, or one that differs in case and prefixes alone, in order.
    pub(super) fn similar(&self, spelled: &Spelled) -> impl Iterator<Item = Listed<'_>> {
        let wanted = number(&spelled.stem);
        self.places(move |digest| digest.may_write(wanted), move |spelling| spelling.spelled.similar(spelled))
    }

    /// The first place whose spelling speaks of an excluded thing or has one of these stems.
    pub(super) fn speaking(&self, things: u32, stems: &[Name]) -> Option<Listed<'_>> {
        let numbers: Vec<u64> = stems.iter().map(|stem| number(stem)).collect();
        let mut places = self.places(
            |digest| digest.things & things != 0 || numbers.iter().any(|stem| digest.may_write(*stem)),
            |spelling| spelling.spelled.things & things != 0 || stems.contains(&spelling.spelled.stem),
        );
        places.next()
    }

    /// The places whose spellings name a role, in order.
    pub(super) fn naming(&self, role: Role) -> impl Iterator<Item = Listed<'_>> {
        self.places(move |digest| digest.names(role), move |spelling| spelling.role == Some(role))
    }

    /// The places within a definition, by its index.
    pub(super) fn within(&self, definition: usize) -> impl Iterator<Item = Listed<'_>> {
        self.places_in(definition, |_| true)
    }

    /// The places that fit, in order; looked for only where the digest does not rule them out.
    fn places(
        &self,
        may: impl Fn(&Digest) -> bool,
        fits: impl Fn(&Spelling) -> bool + Clone,
    ) -> impl Iterator<Item = Listed<'_>> {
        let homes = self.digests.iter().enumerate().filter(move |(_, digest)| may(digest)).map(|(home, _)| home);
        homes.flat_map(move |home| self.places_in(home, fits.clone()))
    }

    fn places_in(&self, home: usize, fits: impl Fn(&Spelling) -> bool) -> impl Iterator<Item = Listed<'_>> {
        let spellings = self.written(home).map_or(&[][..], |written| written.spellings.as_slice());
        let fitting = spellings.iter().filter(move |spelling| fits(spelling));
        let places = fitting.map(move |spelling| self.listed(home, spelling));
        places.filter(|listed| !self.variables.contains(listed.written))
    }

    fn listed<'l>(&'l self, home: usize, spelling: &'l Spelling) -> Listed<'l> {
        let Home { name, offset, .. } = &self.homes[home];
        Listed {
            written: &spelling.written,
            spelled: &spelling.spelled,
            within: name,
            definition: (home < self.definitions).then_some(home),
            span: spelling.span.shifted(*offset),
        }
    }
}
