//! A record field is read that no record has.
//!
//! No record of the module is built with this field, so reading it is an error in TLC ("nonexistent field"). Often the
//! field has another name where the record is built.
//!
//! ````tla bad
//! ---- MODULE M ----
//! VARIABLES network, term
//! Init == network = {} /\ term = 0
//! Send == network' = network \cup {[mterm |-> term]} /\ UNCHANGED term
//! Receive(m) == term' = m.term /\ UNCHANGED network
//! Next == Send \/ \E m \in network : Receive(m)
//! Spec == Init /\ [][Next]_<<network, term>>
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE M ----
//! VARIABLES network, term
//! Init == network = {} /\ term = 0
//! Send == network' = network \cup {[mterm |-> term]} /\ UNCHANGED term
//! Receive(m) == term' = m.mterm /\ UNCHANGED network
//! Next == Send \/ \E m \in network : Receive(m)
//! Spec == Init /\ [][Next]_<<network, term>>
//! ====
//! ````

use crate::{
    diagnostic::{Finding, Severity},
    module::register::Trait,
    rules::Context,
};

/// Library modules whose operators give records.
const FOREIGN: &[&str] = &["CSV", "DyadicRationals", "Graphs", "IOUtils", "Json", "Relation", "UndirectedGraphs"];

/// Operators of TLC that give records.
const MAKERS: &[&str] = &["TLCGet", "TLCGetOrDefault", "Trace", "CounterExample"];

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.frames().next.is_none() || context.has_translation() || context.has_instances() || context.has_foreign_modules() {
        return;
    }
    let foreign = |name: &str| FOREIGN.contains(&name);
    if context.module.extends.iter().any(|name| foreign(&name.value.name)) {
        return;
    }
    let (module, register) = (&context.module, &context.module.register);
    if module.definitions.iter().any(|definition| !module.brief(*definition).has(Trait::Whole)) {
        return;
    }
    // A module that builds no records at all takes them from its constants.
    let mut built = vec![false; register.words.len()];
    let mut builds = false;
    for definition in &module.definitions {
        let fields = register.fields_built.at(definition.unit);
        builds |= !fields.is_empty();
        fields.iter().for_each(|field| built[*field as usize] = true);
    }
    if !builds {
        return;
    }
    let given = |root: &str| context.module.is_constant(root) || MAKERS.contains(&root);
    for (home, definition) in module.definitions.iter().enumerate() {
        for (place, field) in register.fields_read.at(definition.unit).iter().enumerate() {
            let known = &mut built[*field as usize];
            if *known {
                continue;
            }
            let read = &context.facts(*definition).fields_read[place];
            if read.root.as_ref().is_some_and(|root| given(root)) {
                continue;
            }
            // It is told once.
            *known = true;
            let name = read.field.as_str();
            let message = format!(
                "no record of this module has a field `{name}`: reading it stops TLC with an error; build it, or read \
                 another"
            );
            let span = context.placed(home, read.span);
            findings.push(Finding::new("flow/field-never-built", Severity::Warning, span, message));
        }
    }
}
