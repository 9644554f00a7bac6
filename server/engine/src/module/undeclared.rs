//! Variables that a module uses and never declares: SANY refuses it, and what it would do can be told all the same.

use std::collections::HashSet;

use super::{Module, Placed, link::Linked, problem::Fault};
use crate::{document::Document, syntax::tree::Ident};

impl<'a> Module<'a> {
    /// The module with every unknown name that it primes among its variables; `None` where there is none.
    pub(crate) fn with_undeclared_variables(&self, document: &'a Document, linked: &Linked) -> Option<Self> {
        let mut known: HashSet<&str> = HashSet::new();
        let mut found = Vec::new();
        for (unit, problem) in &linked.problems {
            let at = document.units()[*unit].range.span.start + problem.span.end;
            let primed = document.source().get(at..).is_some_and(|rest| rest.starts_with('\''));
            if primed && problem.fault == (Fault::UnknownName { arguments: 0 }) && known.insert(problem.name.as_str()) {
                found.extend(self.first_use(*unit, problem.name.as_str()));
            }
        }
        if found.is_empty() {
            return None;
        }
        let mut module = Module::link(document);
        module.variables.extend(found);
        Some(module)
    }

    /// A use of a name in the definition of a unit.
    fn first_use(&self, unit: usize, name: &str) -> Option<Placed<'a, Ident>> {
        let at = self.definitions.partition_point(|definition| definition.unit < unit);
        let definition = self.definitions.get(at).filter(|definition| definition.unit == unit)?;
        let mut found = None;
        definition.body()?.walk(&mut |expr| {
            if let Some(ident) = expr.as_name().filter(|ident| ident.name == name) {
                found.get_or_insert(Placed { value: ident, offset: definition.offset, unit });
            }
        });
        found
    }
}
