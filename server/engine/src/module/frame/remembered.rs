//! What a definition says of the next state, kept from one text to the next with what working it out brought to light.
//!
//! Only what left nothing to report is kept: a definition with a conflict or an unknown operator is looked at anew.

use std::sync::Arc;

use super::{
    effect::{Effect, Evaluator},
    scope::{DEPTH_LIMIT, Scope},
    variables::VariableSet,
};
use crate::{
    module::{keys, words::Word},
    syntax::tree::{Body, Connective, Definition, Expr, ExprKind},
};

/// What was worked out about the definition of a unit, with the number that decides it; see [`keys`](crate::module::keys).
#[derive(Debug, Clone, Default)]
pub(crate) struct Remembered {
    key: u64,
    known: Option<Known>,
    /// The items of a long list.
    parts: Vec<Remembered>,
}

/// What was worked out of a unit, or of an item of it.
#[derive(Debug)]
pub(super) struct Found {
    unit: usize,
    /// Which item of how many.
    part: Option<(usize, usize)>,
    key: u64,
    known: Known,
}

#[derive(Debug, Clone)]
struct Known {
    effect: Effect,
    /// The definitions that it calls in a conjunction, with what is said beside the call.
    said_around: Box<[(Word, VariableSet)]>,
    /// The definitions that were worked out on the way.
    entered: Box<[Word]>,
    /// The expressions that were looked at, those of [`Known::entered`] left out.
    spent: u32,
    /// How much deeper than its own scope the scopes went.
    extent: u32,
}

/// What comes to light while a definition is worked out; one for each that is being followed.
#[derive(Debug, Default)]
struct Note {
    /// By index of `Module::definitions`, as all that is noted.
    said_around: Vec<(usize, VariableSet)>,
    entered: Vec<usize>,
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

    pub(super) fn said_around(&mut self, called: usize, said: VariableSet) {
        if let Some(note) = self.0.last_mut() {
            note.said_around.push((called, said));
        }
    }

    /// A definition is used that is known already.
    pub(super) fn enters(&mut self, index: usize) {
        if let Some(note) = self.0.last_mut() {
            note.entered.push(index);
        }
    }

    pub(super) fn reaches(&mut self, depth: usize) {
        if let Some(note) = self.0.last_mut() {
            note.deepest = note.deepest.max(depth);
        }
    }
}

impl Found {
    fn put(self, frames: &mut [Remembered]) {
        let Some(unit) = frames.get_mut(self.unit) else { return };
        let place = match self.part {
            None => unit,
            Some((part, count)) => {
                unit.parts.resize_with(count, Remembered::default);
                &mut unit.parts[part]
            }
        };
        (place.key, place.known) = (self.key, Some(self.known));
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
        let remembered = Arc::clone(&self.remembered);
        let known = remembered.get(placed.unit).filter(|remembered| Some(remembered.key) == key);
        let known = known.and_then(|remembered| remembered.known.as_ref());
        let known = known
            .filter(|known| inner.depth() + known.extent as usize <= DEPTH_LIMIT && self.budget > known.spent as usize);
        let before = self.budget;
        self.notes.0.push(Note { deepest: inner.depth(), ..Note::default() });
        let effect = match known {
            Some(known) => self.take_up(known, inner),
            None => {
                let in_parts = key.and_then(|_| self.said_in_parts(placed.unit, body, inner));
                in_parts.unwrap_or_else(|| self.said_by(placed.value, body, inner))
            }
        };
        let note = self.notes.0.pop().unwrap_or_default();
        let spent = before - self.budget;
        if let Some(outer) = self.notes.0.last_mut() {
            outer.spent_within += spent;
            outer.entered.push(index);
            outer.deepest = outer.deepest.max(note.deepest);
        }
        if let Some(key) = key
            && known.is_none()
            && !note.spoilt
            && self.budget > 0
        {
            let known = self.known(effect, &note, spent, inner);
            self.found.push(Found { unit: placed.unit, part: None, key, known });
        }
        effect
    }

    fn known(&self, effect: Effect, note: &Note, spent: usize, inner: &Scope<'_, 'a>) -> Known {
        let word = |index: usize| self.module.brief(self.module.definitions[index]).defines;
        Known {
            effect,
            said_around: note.said_around.iter().filter_map(|(index, said)| Some((word(*index)?, *said))).collect(),
            entered: note.entered.iter().filter_map(|index| word(*index)).collect(),
            spent: (spent - note.spent_within) as u32,
            extent: (note.deepest - inner.depth()) as u32,
        }
    }

    /// What a long disjunction says that is the whole body of a unit's definition: item by item, as each was worked out
    /// for an earlier text where all that decides it is the same.
    fn said_in_parts(&mut self, unit: usize, body: &'a Expr, inner: &Scope<'_, 'a>) -> Option<Effect> {
        let module = self.module;
        let parts = module.register.parts_of(unit)?;
        let ExprKind::Junction { connective: Connective::Or, items } = &body.kind else { return None };
        if inner.has_arguments() || parts.count != items.len() {
            return None;
        }
        // As the junction itself would be counted.
        self.budget = self.budget.checked_sub(1).filter(|budget| *budget > 0)?;
        let declared = keys::declarations(module);
        let mut sum = Effect::IMPOSSIBLE;
        for (part, item) in items.iter().enumerate() {
            let key = keys::key_of(module, self.keys, declared, parts.names.at(part));
            sum = sum.or(self.part(unit, (part, items.len()), key, item, inner));
        }
        Some(sum)
    }

    fn part(
        &mut self,
        unit: usize,
        part: (usize, usize),
        key: Option<u64>,
        item: &'a Expr,
        inner: &Scope<'_, 'a>,
    ) -> Effect {
        let remembered = Arc::clone(&self.remembered);
        let known = remembered.get(unit).and_then(|remembered| remembered.parts.get(part.0));
        let known = known.filter(|known| Some(known.key) == key).and_then(|known| known.known.as_ref());
        let known = known
            .filter(|known| inner.depth() + known.extent as usize <= DEPTH_LIMIT && self.budget > known.spent as usize);
        let before = self.budget;
        self.notes.0.push(Note { deepest: inner.depth(), ..Note::default() });
        let effect = match known {
            Some(known) => {
                let effect = self.take_up(known, inner);
                for (called, said) in &known.said_around {
                    self.module
                        .index_of_word(*called)
                        .into_iter()
                        .for_each(|called| self.notes.said_around(called, *said));
                }
                effect
            }
            None => self.effect(item, inner),
        };
        let note = self.notes.0.pop().unwrap_or_default();
        let spent = before - self.budget;
        if let Some(key) = key
            && known.is_none()
            && !note.spoilt
            && self.budget > 0
        {
            let known = self.known(effect, &note, spent, inner);
            self.found.push(Found { unit, part: Some(part), key, known });
        }
        if let Some(outer) = self.notes.0.last_mut() {
            outer.said_around.extend(note.said_around);
            outer.entered.extend(note.entered);
            outer.spent_within += note.spent_within;
            outer.deepest = outer.deepest.max(note.deepest);
            outer.spoilt |= note.spoilt;
        }
        effect
    }

    /// Does what working it out would do beside.
    fn take_up(&mut self, known: &Known, inner: &Scope<'_, 'a>) -> Effect {
        self.budget -= known.spent as usize;
        self.notes.reaches(inner.depth() + known.extent as usize);
        for (called, said) in &known.said_around {
            if let Some(index) = self.module.index_of_word(*called) {
                self.said_around[index] |= *said;
            }
        }
        for entered in &known.entered {
            if let Some(index) = self.module.index_of_word(*entered) {
                self.definition(index);
            }
        }
        known.effect
    }

    /// Keeps what was worked out for the next text.
    pub(super) fn keep(&mut self) {
        let found = std::mem::take(&mut self.found);
        self.remembered = Arc::default();
        if !found.is_empty() {
            self.module.register.frames.change(|frames| found.into_iter().for_each(|each| each.put(frames)));
        }
    }

    pub(super) fn is_too_deep(&mut self, scope: &Scope<'_, 'a>) -> bool {
        self.notes.reaches(scope.depth());
        scope.is_too_deep()
    }
}
