//! What is told above each action: what it writes, whether a step of the specification can be it, whether it is fair.

use std::collections::HashMap;

use super::{
    effects::Uses,
    kinds::{NameKind, Sense},
};
use crate::{
    Document, ModuleSource,
    diagnostic::Span,
    module::calls::Calls,
    syntax::tree::{Expr, ExprKind, Strength},
};

/// An action of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionFacts {
    pub name: String,
    /// Bytes of the name where it is defined.
    pub span: Span,
    /// The variables that it primes, through all that it uses, in the order of the alphabet.
    pub writes: Vec<String>,
    pub reach: Reach,
    pub fairness: Option<Fairness>,
}

/// Whether a step of the specification can be an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// It is the next-state action itself.
    IsNext,
    /// The next-state action mentions it, or something that it mentions does.
    ByNext,
    Never,
    /// There is no next-state action.
    Unknown,
}

/// What Spec demands of an action by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fairness {
    Weak,
    Strong,
}

/// The actions that the outermost module of a document defines, in order of place.
pub fn actions(document: &Document, modules: &dyn ModuleSource) -> Vec<ActionFacts> {
    let sense = Sense::of(document, modules);
    let view = &sense.view;
    let uses = Uses::of(view);
    let calls = Calls::of(&sense.module);
    let next = calls.next.map(|next| next.name());
    let reached = next.map(|next| calls.reached_from(next));
    let fair = fairness(&sense, &calls);
    let reach = |name: &str| match &reached {
        None => Reach::Unknown,
        Some(_) if next == Some(name) => Reach::IsNext,
        Some(reached) if reached.contains(name) => Reach::ByNext,
        Some(_) => Reach::Never,
    };
    let facts = view.symbols.iter().enumerate().filter_map(|(index, symbol)| {
        let is_action = symbol.nest == 0 && sense.kind(symbol) == NameKind::Action;
        symbol.definition().filter(|_| is_action)?;
        Some(ActionFacts {
            name: symbol.name.to_owned(),
            span: symbol.span,
            writes: uses.effects(index).writes.into_iter().map(str::to_owned).collect(),
            reach: reach(symbol.name),
            fairness: fair.get(symbol.name).copied(),
        })
    });
    facts.collect()
}

/// The actions of which Spec demands fairness, each by its own name.
fn fairness<'a>(sense: &Sense<'a>, calls: &Calls<'a>) -> HashMap<&'a str, Fairness> {
    let mut fair: HashMap<&str, Fairness> = HashMap::new();
    let Some(specification) = calls.specification else { return fair };
    for name in calls.reached_from(specification.name()) {
        let Some(body) = sense.module.definition(name).and_then(|definition| definition.body()) else { continue };
        body.walk(&mut |expression| {
            let ExprKind::Fairness { strength, action, .. } = &expression.kind else { return };
            let strength = match strength {
                Strength::Weak => Fairness::Weak,
                Strength::Strong => Fairness::Strong,
            };
            if let Some(name) = called(action) {
                let known = fair.entry(name).or_insert(strength);
                *known = strength.max(*known);
            }
        });
    }
    fair
}

/// The name of an action that is given by name, with arguments or without.
fn called(action: &Expr) -> Option<&str> {
    match &action.kind {
        ExprKind::Apply { path, operator, .. } if path.is_empty() => Some(operator.name.as_str()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::NoModules;

    fn check(text: &str, expected: Expect) {
        let shown = actions(&Document::from(text), &NoModules)
            .into_iter()
            .map(|action| format!("{} {:?} {:?} {:?}\n", action.name, action.writes, action.reach, action.fairness));
        expected.assert_eq(&shown.collect::<String>());
    }

    #[test]
    fn what_an_action_writes_through_others_and_who_reaches_it_is_told() {
        check(
            "---- MODULE M ----\nVARIABLES x, y\nSend(m) == y' = m\nPut(i) == x' = i /\\ Send(i)\n\
             Take == x' = 0 /\\ UNCHANGED y\nStop == x' = x /\\ y' = y\nNext == (\\E i \\in {1} : Put(i)) \\/ Take\n\
             Fair == \\A i \\in {1} : WF_x(Put(i)) /\\ SF_x(Take)\nSpec == x = 0 /\\ [][Next]_x /\\ Fair /\\ WF_x(Take)\n====\n",
            expect![[r#"
                Send ["y"] ByNext None
                Put ["x", "y"] ByNext Some(Weak)
                Take ["x"] ByNext Some(Strong)
                Stop ["x", "y"] Never None
                Next ["x", "y"] IsNext None
            "#]],
        );
    }

    #[test]
    fn without_a_next_nothing_is_said_of_reach_and_broken_text_is_borne() {
        check(
            "---- MODULE M ----\nVARIABLE x\nPut == x' = 1\nBad == x' = (\n====\n",
            expect![[r#"
            Put ["x"] Unknown None
            Bad ["x"] Unknown None
        "#]],
        );
        check("Put == x' = 1", expect![[r#""#]]);
        check("", expect![[r#""#]]);
    }
}
