//! What a definition says of the next state, kept from one text to the next with what working it out brought to light.
//!
//! Only what left nothing to report is kept: a definition with a conflict or an unknown operator is looked at anew.

use super::{
    effect::{Effect, Evaluator},
    scope::{DEPTH_LIMIT, Scope},
    variables::VariableSet,
};
use crate::{
    memo::Kept,
    syntax::tree::{Body, Definition, Name},
};

/// What was worked out about one definition.
#[derive(Debug, Clone)]
struct Known {
    effect: Effect,
    /// The definitions that it calls in a conjunction, with what is said beside the call.
    said_around: Vec<(Name, VariableSet)>,
    /// The definitions that were worked out on the way.
    entered: Vec<Name>,
    /// The expressions that were looked at, those of [`Known::entered`] left out.
    spent: usize,
    /// How much deeper than its own scope the scopes went.
    extent: usize,
}

#[derive(Default)]
struct FrameMemo(Kept<Known>);

/// What comes to light while a definition is worked out; one for each that is being followed.
#[derive(Debug, Default)]
struct Note {
    said_around: Vec<(Name, VariableSet)>,
    entered: Vec<Name>,
    spent_within: usize,
    deepest: usize,
    spoilt: bool,
}

#[derive(Default)]
pub(super) struct Notes(Vec<Note>);

impl Notes {
    /// What is being worked out can't be kept.
    pub(super) fn spoil(&mut self) {
        if let Some(note) = self.0.last_mut() {
            note.spoilt = true;
        }
    }

    pub(super) fn said_around(&mut self, called: &str, said: VariableSet) {
        if let Some(note) = self.0.last_mut() {
            note.said_around.push((Name::from(called), said));
        }
    }

    /// A definition is used that is known already.
    pub(super) fn enters(&mut self, definition: &Definition) {
        if let Some(note) = self.0.last_mut() {
            note.entered.push(definition.ident.name.clone());
        }
    }

    pub(super) fn reaches(&mut self, depth: usize) {
        if let Some(note) = self.0.last_mut() {
            note.deepest = note.deepest.max(depth);
        }
    }
}

impl<'a> Evaluator<'_, 'a> {
    /// The index of a definition of the module whose effect depends on no argument.
    pub(super) fn stands_alone(&self, definition: &'a Definition, inner: &Scope<'_, 'a>) -> Option<usize> {
        let own = self.module.definitions.get(inner.home)?.value;
        (std::ptr::eq(own, definition) && !inner.has_arguments()).then_some(inner.home)
    }

    /// What a definition of the module says: as it was worked out for an earlier text, where all that decides it is the
    /// same, or else anew.
    pub(super) fn remembered(&mut self, index: usize, inner: &Scope<'_, 'a>) -> Effect {
        let placed = self.module.definitions[index];
        let Body::Expression(body) = &placed.value.body else { return Effect::UNKNOWN };
        let key = self.keys.get(index).copied().flatten();
        let kept = key.map(|key| (key, self.module.units[placed.unit].syntax.memo.of::<FrameMemo>()));
        let known = kept.as_ref().and_then(|(key, memo)| memo.0.get(*key));
        let known = known.filter(|known| inner.depth() + known.extent <= DEPTH_LIMIT && self.budget > known.spent);
        let before = self.budget;
        self.notes.0.push(Note { deepest: inner.depth(), ..Note::default() });
        let effect = match &known {
            Some(known) => self.take_up(known, inner),
            None => self.said_by(placed.value, body, inner),
        };
        let note = self.notes.0.pop().unwrap_or_default();
        let spent = before - self.budget;
        if let Some(outer) = self.notes.0.last_mut() {
            outer.spent_within += spent;
            outer.entered.push(placed.value.ident.name.clone());
            outer.deepest = outer.deepest.max(note.deepest);
        }
        if known.is_none()
            && let Some((key, memo)) = kept
            && !note.spoilt
            && self.budget > 0
        {
            let Note { said_around, entered, spent_within, deepest, .. } = note;
            let (spent, extent) = (spent - spent_within, deepest - inner.depth());
            memo.0.keep(key, Known { effect, said_around, entered, spent, extent });
        }
        effect
    }

    /// Does what working it out would do beside.
    fn take_up(&mut self, known: &Known, inner: &Scope<'_, 'a>) -> Effect {
        self.budget -= known.spent;
        self.notes.reaches(inner.depth() + known.extent);
        for (called, said) in &known.said_around {
            if let Some(index) = self.module.by_name.get(called.as_str()) {
                *self.said_around.entry(*index).or_default() |= *said;
            }
        }
        for entered in &known.entered {
            if let Some(index) = self.module.by_name.get(entered.as_str()).copied() {
                self.definition(index);
            }
        }
        known.effect
    }

    pub(super) fn is_too_deep(&mut self, scope: &Scope<'_, 'a>) -> bool {
        self.notes.reaches(scope.depth());
        scope.is_too_deep()
    }
}
