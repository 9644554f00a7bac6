//! The engine's own library: TLA+'s standard modules and the community modules, as signature modules with comments.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use super::scope::Exports;
use crate::{Document, syntax};

macro_rules! library {
    ($($name:literal)*) => {
        static SOURCES: &[(&str, &str)] = &[
            $(($name, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/library/", $name, ".tla"))),)*
        ];
    };
}

library! {
    "Apalache"
    "Bags"
    "BagsExt"
    "BagsTheorems"
    "Bitwise"
    "CSV"
    "Combinatorics"
    "DifferentialEquations"
    "DyadicRationals"
    "FiniteSetTheorems"
    "FiniteSets"
    "FiniteSetsExt"
    "FiniteSetsExtTheorems"
    "Folds"
    "FoldsTheorems"
    "FunctionTheorems"
    "Functions"
    "GraphTheorems"
    "GraphViz"
    "Graphs"
    "HTML"
    "IOUtils"
    "Integers"
    "Json"
    "Naturals"
    "NaturalsInduction"
    "Option"
    "Quorum"
    "QuorumTheorems"
    "Randomization"
    "RealTime"
    "Reals"
    "Relation"
    "SVG"
    "SequenceTheorems"
    "Sequences"
    "SequencesExt"
    "SequencesExtTheorems"
    "ShiViz"
    "Statistics"
    "TLAPS"
    "TLC"
    "TLCExt"
    "Toolbox"
    "UndirectedGraphs"
    "Variants"
    "VectorClocks"
    "WellFoundedInduction"
    "_DotTrace"
    "_JsonTrace"
    "_Possible"
    "_TLAPlusCounterExample"
    "_TLCActionTrace"
    "_TLCTESpec"
    "_TLCTrace"
    "_TLCTracePlain"
}

type Later<T> = LazyLock<T, Box<dyn FnOnce() -> T + Send + Sync>>;

/// One module of the library, read when it is first asked for.
struct Entry {
    document: Later<Arc<Document>>,
    /// Every module that it extends or instantiates, directly or not.
    needs: Later<Vec<&'static str>>,
    exports: Later<Option<Arc<Exports>>>,
}

static ENTRIES: LazyLock<HashMap<&'static str, Entry>> = LazyLock::new(|| {
    let entry = |name: &'static str, source: &'static str| Entry {
        document: LazyLock::new(Box::new(move || Arc::new(Document::from(source)))),
        needs: LazyLock::new(Box::new(move || needed_by(name))),
        exports: LazyLock::new(Box::new(move || super::link::exports_of(name, &crate::NoModules))),
    };
    SOURCES.iter().map(|(name, source)| (*name, entry(name, source))).collect()
});

/// The module of a name.
pub(crate) fn document(name: &str) -> Option<&'static Arc<Document>> {
    ENTRIES.get(name).map(|entry| &*entry.document)
}

/// The modules that a module of the library needs, directly or not.
pub(super) fn needs(name: &str) -> &'static [&'static str] {
    ENTRIES.get(name).map_or(&[], |entry| &entry.needs)
}

/// What a module of the library exports, where none of the modules that it needs is another one's.
pub(super) fn exports(name: &str) -> Option<Arc<Exports>> {
    ENTRIES.get(name).and_then(|entry| entry.exports.clone())
}

/// Whether there is a module of this name.
pub(crate) fn has(name: &str) -> bool {
    ENTRIES.contains_key(name)
}

/// The names of all modules, in the order of the alphabet.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|(name, _)| *name)
}

/// Modules that nobody extends for one operator: those for other tools, and those of proofs.
fn is_special(name: &str) -> bool {
    name.starts_with('_')
        || name.ends_with("Theorems")
        || name.ends_with("Induction")
        || ["Apalache", "Variants", "Option", "TLAPS"].contains(&name)
}

/// The modules that define an operator themselves, rather than by what they extend; those for proofs and for other
/// tools than TLC are left out.
pub(crate) fn homes(operator: &str) -> &'static [&'static str] {
    OPERATORS.get(operator).map_or(&[], Vec::as_slice)
}

/// The names of all operators that have a home.
pub(crate) fn operators() -> impl Iterator<Item = &'static str> {
    OPERATORS.keys().map(String::as_str)
}

/// Told from the first tokens of each definition: to read all modules as trees would take longer than to judge a reply.
static OPERATORS: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut homes: HashMap<String, Vec<&'static str>> = HashMap::new();
    for (name, source) in SOURCES.iter().filter(|(name, _)| !is_special(name)) {
        for operator in syntax::operators_defined(source) {
            homes.entry(operator.to_string()).or_default().push(name);
        }
    }
    homes
});

/// The modules that SANY has had from the beginning.
const STANDARD: &[&str] =
    &["Bags", "FiniteSets", "Integers", "Naturals", "RealTime", "Reals", "Sequences", "TLC", "Toolbox"];

/// The library's modules with their texts that a document needs, directly or not, without those that SANY has itself.
pub(crate) fn needed_beside_standard(document: &Document) -> Vec<(&'static str, &'static str)> {
    let named = super::link::modules_named_in(document);
    let named: Vec<&str> = named.iter().map(|name| name.as_str()).collect();
    let needed = |name: &str| named.iter().any(|named| *named == name || needs(named).contains(&name));
    SOURCES.iter().filter(|(name, _)| !STANDARD.contains(name) && needed(name)).copied().collect()
}

fn needed_by(name: &'static str) -> Vec<&'static str> {
    let mut found: Vec<&'static str> = Vec::new();
    let mut waiting = vec![name];
    while let Some(next) = waiting.pop() {
        let Some(document) = document(next) else { continue };
        for module in super::link::modules_named_in(document) {
            if let Some((known, _)) = ENTRIES.get_key_value(module.as_str())
                && *known != name
                && !found.contains(known)
            {
                found.push(known);
                waiting.push(known);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::tree::Item;

    #[test]
    fn every_module_of_the_library_is_clean_and_complete() {
        for name in names() {
            let exports = exports(name).unwrap_or_else(|| panic!("{name} exports nothing"));
            assert!(exports.complete, "{name} is not understood whole");
            let config = crate::config::Config::default();
            let setting = crate::Setting {
                contract: None,
                config: &config,
                file_stem: None,
                draft: None,
                modules: &crate::NoModules,
            };
            let findings = crate::judge(document(name).unwrap(), setting).findings;
            let wrong: Vec<_> = findings
                .iter()
                .filter(|finding| ["syntax", "name", "level"].contains(&finding.rule.split('/').next().unwrap()))
                .collect();
            assert!(wrong.is_empty(), "{name}: {wrong:#?}");
        }
    }

    #[test]
    fn the_first_tokens_of_definitions_tell_what_their_trees_do() {
        for (name, source) in SOURCES {
            let units = document(name).unwrap().units().iter().filter(|unit| unit.range.depth == 1);
            let read = units.filter_map(|unit| match &unit.syntax.item {
                Item::Definition(definition) if !definition.local => Some(definition.ident.name.clone()),
                _ => None,
            });
            assert_eq!(syntax::operators_defined(source), read.collect::<Vec<_>>(), "{name}");
        }
    }

    #[test]
    fn operators_have_homes() {
        assert_eq!(homes("Cardinality"), ["FiniteSets"]);
        assert_eq!(homes("ToSet"), ["SequencesExt"]);
        assert_eq!(homes("-."), ["Integers"]);
    }
}
