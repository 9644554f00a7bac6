//! What is told of a message type and of a record field: which definitions build them, and which look at them.

use super::kinds::Sense;
use crate::{
    Document,
    module::messages::key,
    syntax::facts::{TypeRole, TypeUse},
};

/// The definitions that have to do with a message type, in order of place.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Users<'a> {
    pub builders: Vec<&'a str>,
    pub testers: Vec<&'a str>,
    /// Those that name it in another way, as an argument or in a set for example.
    pub others: Vec<&'a str>,
}

impl<'a> Users<'a> {
    /// Those of a type, by its string or by the constant that it is.
    pub(super) fn of(document: &'a Document, sense: &Sense<'a>, wanted: &str) -> Self {
        let mut users = Self::default();
        for definition in &sense.module.definitions {
            let facts = &document.units()[definition.unit].syntax.facts;
            let is_wanted = |each: &&TypeUse| key(&sense.module, &each.value) == Some(wanted);
            for each in facts.types.iter().filter(is_wanted) {
                let names = match each.role {
                    TypeRole::Built | TypeRole::Changed => &mut users.builders,
                    TypeRole::Tested => &mut users.testers,
                    TypeRole::Elsewhere => &mut users.others,
                };
                if names.last() != Some(&definition.name()) {
                    names.push(definition.name());
                }
            }
        }
        users
    }

    /// Whether messages have this type at all, as far as the text tells.
    pub(super) fn is_message_type(&self) -> bool {
        !self.builders.is_empty() || !self.testers.is_empty()
    }
}

/// The definitions that have to do with a record field, in order of place.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct FieldUsers<'a> {
    /// Those that build records or sets of records with it.
    pub builders: Vec<&'a str>,
    pub readers: Vec<&'a str>,
}

impl<'a> FieldUsers<'a> {
    /// Those of all fields of a name: records have no declarations that would tell them apart.
    pub(super) fn of(document: &'a Document, sense: &Sense<'a>, field: &str) -> Self {
        let mut users = Self::default();
        for definition in &sense.module.definitions {
            let facts = &document.units()[definition.unit].syntax.facts;
            if facts.fields_built.iter().any(|built| built == field) {
                users.builders.push(definition.name());
            }
            if facts.fields_read.iter().any(|read| read.field == field) {
                users.readers.push(definition.name());
            }
        }
        users
    }
}
