//! Every place where a module writes a name or a string, found by how it is spelled and by where it stands.

use super::Subject;
use crate::{
    diagnostic::Span,
    module::{
        calls::stem,
        hash::{QuickMap, QuickSet},
    },
    syntax::tree::{ExprKind, Name},
};

/// One place where the module writes a name or a string, whether anything reaches it or not.
pub(super) struct Listed<'a> {
    pub written: &'a str,
    /// The definition; CONSTANTS where there is none.
    pub within: &'a str,
    pub definition: Option<usize>,
    pub span: Span,
}

/// All places, in order of the definitions; variables are left out.
pub(super) struct Listing<'a> {
    places: Vec<Listed<'a>>,
    /// The first place of each spelling, in the order of [`Listing::places`].
    first: Vec<usize>,
    by_stem: QuickMap<Name, Vec<usize>>,
}

impl<'a> Listing<'a> {
    pub(super) fn of(subject: &Subject<'a>) -> Self {
        let module = subject.module;
        let variables: QuickSet<&str> = module.variables.iter().map(|variable| variable.value.name.as_str()).collect();
        let mut places = Vec::new();
        let mut push = |written: &'a str, within: &'a str, definition: Option<usize>, span: Span| {
            if !variables.contains(written) {
                places.push(Listed { written, within, definition, span });
            }
        };
        for (index, definition) in module.definitions.iter().enumerate() {
            let name = definition.name();
            push(name, name, Some(index), definition.name_span());
            for mention in subject.calls.mentions_at(index) {
                if mention.name.starts_with(|c: char| c.is_alphabetic()) {
                    push(mention.name, name, Some(index), definition.span(mention.span));
                }
            }
            if let Some(body) = definition.body() {
                body.walk(&mut |expression| {
                    if let ExprKind::Str(text) = &expression.kind {
                        push(text, name, Some(index), definition.span(expression.span));
                    }
                });
            }
        }
        for constant in &module.constants {
            let ident = &constant.value.ident;
            push(&ident.name, "CONSTANTS", None, constant.span(ident.span));
        }
        let mut listing = Self { places, first: Vec::new(), by_stem: QuickMap::default() };
        listing.index();
        listing
    }

    fn index(&mut self) {
        // The stem of a spelling is worked out once: by its position among the stems.
        let mut stems: QuickMap<&'a str, usize> = QuickMap::default();
        let mut groups: Vec<(Name, Vec<usize>)> = Vec::new();
        let mut known: QuickMap<Name, usize> = QuickMap::default();
        for (place, listed) in self.places.iter().enumerate() {
            let group = *stems.entry(listed.written).or_insert_with(|| {
                self.first.push(place);
                let stem = Name::from(stem(listed.written));
                *known.entry(stem.clone()).or_insert_with(|| {
                    groups.push((stem, Vec::new()));
                    groups.len() - 1
                })
            });
            groups[group].1.push(place);
        }
        self.by_stem = groups.into_iter().collect();
    }

    /// The first place of each spelling, in order.
    pub(super) fn each_spelling(&self) -> impl Iterator<Item = &Listed<'a>> {
        self.first.iter().map(|place| &self.places[*place])
    }

    /// The first place of each definition: its own name.
    pub(super) fn each_definition(&self) -> impl Iterator<Item = &Listed<'a>> {
        self.places.iter().filter(|listed| listed.definition.is_some() && listed.written == listed.within)
    }

    /// The places that write a name, or one that differs in case and prefixes alone, in order.
    pub(super) fn similar(&self, name: &str) -> impl Iterator<Item = &Listed<'a>> {
        let places = self.by_stem.get(stem(name).as_str()).map_or(&[][..], Vec::as_slice);
        places.iter().map(|place| &self.places[*place])
    }

    /// The places within a definition, by its index.
    pub(super) fn within(&self, definition: usize) -> &[Listed<'a>] {
        let before = |listed: &Listed<'_>, limit: usize| listed.definition.is_some_and(|home| home < limit);
        let start = self.places.partition_point(|listed| before(listed, definition));
        let end = self.places.partition_point(|listed| before(listed, definition + 1));
        &self.places[start..end]
    }
}
