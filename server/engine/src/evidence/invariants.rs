//! Invariants and properties, which many prompts forbid because the evaluation brings its own.

use super::{Answer, Fault, Subject};
use crate::{
    contract::Verdict,
    module::{
        Placed,
        calls::{Tense, is_formula},
        hash::QuickSet,
    },
    syntax::tree::Definition,
};

/// Names that the evaluation of Raft specifications defines itself: a second definition fails.
pub(crate) const COLLIDING: &[&str] = &["LogMatching", "ElectionSafety", "LeaderCompleteness", "StateMachineSafety"];

pub(super) fn answer(subject: &Subject<'_>, allowed: &[String]) -> Answer {
    let found: Vec<Placed<'_, Definition>> = invariants(subject)
        .into_iter()
        .filter(|definition| !allowed.iter().any(|name| name.eq_ignore_ascii_case(definition.name())))
        .collect();
    if found.is_empty() {
        return Answer::met("none is defined");
    }
    let names: Vec<String> = found.iter().map(|definition| format!("`{}`", definition.name())).collect();
    let places = found.iter().map(Placed::<Definition>::name_span).collect();
    Answer::new(
        Verdict::Violated,
        format!("{} {} defined", names.join(", "), if names.len() == 1 { "is" } else { "are" }),
    )
    .at(Fault::Places(places))
}

/// Definitions that Spec does not reach, that have no parameters, speak of a variable in a formula, and of no step.
pub(crate) fn invariants<'a>(subject: &Subject<'a>) -> Vec<Placed<'a, Definition>> {
    let (module, calls) = (subject.module, subject.calls);
    // Without a behaviour nothing tells an invariant from a part of it.
    let roots: Vec<&str> =
        [calls.specification, calls.next, calls.initial].iter().flatten().map(Placed::name).collect();
    if roots.is_empty() {
        return Vec::new();
    }
    let reached: Vec<Vec<bool>> = roots.into_iter().map(|root| calls.reached_at(root)).collect();
    let is_reached = |first: usize| reached.iter().any(|reached| reached[first]);
    let candidates = module.definitions.iter().filter_map(|definition| {
        let name = definition.name();
        let plain = definition.value.parameters.is_empty() && definition.value.bounds.is_empty();
        let first = calls.first_of(name).filter(|first| plain && !is_reached(*first))?;
        let formula = definition.body().is_some_and(|body| is_formula(body, module)) && definition.is_whole();
        (formula && !serves_the_checker(name) && !is_named_as_behaviour(name)).then_some((*definition, first))
    });
    let candidates: Vec<(Placed<'a, Definition>, usize)> = candidates.collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let says = Says::of(subject);
    let invariants =
        candidates.into_iter().filter(|(_, first)| !says.step[*first] && !says.next[*first] && says.now[*first]);
    invariants.map(|(definition, _)| definition).collect()
}

/// What definitions say by themselves or through what they reach; of several of one name the first.
struct Says {
    /// `[A]_v`, `<<A>>_v` or fairness.
    step: Vec<bool>,
    /// A variable in this state.
    now: Vec<bool>,
    /// A variable in the next state.
    next: Vec<bool>,
}

impl Says {
    fn of(subject: &Subject<'_>) -> Self {
        let (module, calls) = (subject.module, subject.calls);
        let variables: QuickSet<&str> = module.variables.iter().map(|variable| variable.value.name.as_str()).collect();
        let count = module.definitions.len();
        let mut callers: Vec<Vec<usize>> = vec![Vec::new(); count];
        for index in 0..count {
            calls.callees_at(index).for_each(|callee| callers[callee].push(index));
        }
        let (mut now, mut next) = (vec![false; count], vec![false; count]);
        for index in 0..count {
            for mention in calls.mentions_at(index).filter(|mention| variables.contains(mention.name)) {
                let said = if mention.tense == Tense::Now { &mut now } else { &mut next };
                said[index] = true;
            }
        }
        // A definition that is primed as a whole has its variables primed.
        let any = said_through(&callers, now.iter().zip(&next).map(|(now, next)| *now || *next).collect());
        for (index, next) in next.iter_mut().enumerate() {
            let primed = calls.mentions_at(index).filter(|mention| mention.tense == Tense::Next);
            *next |= primed.filter_map(|mention| calls.first_of(mention.name)).any(|first| any[first]);
        }
        let temporal =
            |definition: &Placed<'_, Definition>| subject.document.units()[definition.unit].syntax.facts.temporal;
        Self {
            step: said_through(&callers, module.definitions.iter().map(temporal).collect()),
            now: said_through(&callers, now),
            next: said_through(&callers, next),
        }
    }
}

/// What is said by some definitions, and by all that reach them.
fn said_through(callers: &[Vec<usize>], mut said: Vec<bool>) -> Vec<bool> {
    let mut waiting: Vec<usize> = (0..said.len()).filter(|index| said[*index]).collect();
    while let Some(index) = waiting.pop() {
        for caller in &callers[index] {
            if !std::mem::replace(&mut said[*caller], true) {
                waiting.push(*caller);
            }
        }
    }
    said
}

/// Names of what a model checker's configuration uses and no invariant is: constraints, views.
fn serves_the_checker(name: &str) -> bool {
    let name = name.to_lowercase();
    ["constraint", "view", "symmetry", "alias", "bound"].iter().any(|word| name.contains(word))
}

/// Another Init, another fairness: a part of a behaviour that is not the one judged.
fn is_named_as_behaviour(name: &str) -> bool {
    name.starts_with("Init") || name.ends_with("Init") || name.contains("Fair")
}
