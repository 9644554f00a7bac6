//! A record field is read that no record has.
//!
//! No record of the module is built with this field, so reading it is an error in TLC ("nonexistent field"). Often
//! the field has another name where the record is built.
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

use std::collections::{HashMap, HashSet};

use crate::{
    diagnostic::{Finding, Severity, Span},
    rules::Context,
    syntax::tree::{Expr, ExprKind, UpdateStep},
};

/// Library modules whose operators give records.
const FOREIGN: &[&str] = &["CSV", "DyadicRationals", "Graphs", "IOUtils", "Json", "Relation", "UndirectedGraphs"];

/// Operators of TLC that give records.
const MAKERS: &[&str] = &["TLCGet", "TLCGetOrDefault", "Trace", "CounterExample"];

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    if context.frames().next.is_none() || context.has_instances() || context.has_foreign_modules() {
        return;
    }
    let foreign = |name: &str| FOREIGN.contains(&name);
    if context.module.extends.iter().any(|name| foreign(&name.value.name)) {
        return;
    }
    let mut fields = Fields::default();
    for (home, definition) in context.module.definitions.iter().enumerate() {
        let Some(body) = definition.body() else { return };
        if !definition.is_whole() {
            return;
        }
        fields.home = home;
        fields.read(body);
    }
    let built = std::mem::take(&mut fields.built);
    let mut unbuilt: Vec<_> = fields.read.into_iter().filter(|(name, _)| !built.contains(name)).collect();
    // A module that builds no records at all takes them from its constants.
    if built.is_empty() {
        return;
    }
    unbuilt.sort_by_key(|(_, place)| *place);
    for (name, (home, record, field)) in unbuilt {
        let record = context.text(context.placed(home, record));
        let root = record.split(['.', '[', '(']).next().unwrap_or_default().trim();
        if context.module.is_constant(root) || MAKERS.contains(&root) {
            continue;
        }
        let message =
            format!("no record of this module has a field `{name}`: reading it stops TLC with an error; build it, or read another");
        findings.push(Finding::new(
            "flow/field-never-built",
            Severity::Warning,
            context.placed(home, field),
            message,
        ));
    }
}

#[derive(Default)]
struct Fields<'a> {
    home: usize,
    built: HashSet<&'a str>,
    /// The definition, the record and the field of the first place that reads a field.
    read: HashMap<&'a str, (usize, Span, Span)>,
}

impl<'a> Fields<'a> {
    fn read(&mut self, body: &'a Expr) {
        let home = self.home;
        body.walk(&mut |expression| match &expression.kind {
            ExprKind::Record(fields) | ExprKind::RecordSet(fields) => {
                self.built.extend(fields.iter().map(|(field, _)| field.name.as_str()));
            }
            // `["f" |-> …]`-like functions, domains and paths.
            ExprKind::Str(text) => {
                self.built.insert(text);
            }
            ExprKind::Except { updates, .. } => {
                for step in updates.iter().flat_map(|update| &update.path) {
                    if let UpdateStep::Field(field) = step {
                        self.built.insert(&field.name);
                    }
                }
            }
            ExprKind::Field { record, field } => {
                self.read.entry(&field.name).or_insert((home, record.span, field.span));
            }
            _ => {}
        });
    }
}
