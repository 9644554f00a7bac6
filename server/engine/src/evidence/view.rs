//! What a topic looks at: the words of a clause, the model of the module, and how to say what was found.

use super::{
    Answer, Fault, Subject,
    exclusions::Spelled,
    kinds::{Kind, Kinds},
    listing::{Listed, Listing},
    note::Note,
    unread::{self, Unread, unless_unread},
};
use crate::{
    contract::{Clause, EvidenceLevel, Verdict},
    diagnostic::Span,
    module::{
        calls::stem,
        hash::{QuickMap, QuickSet},
        model::{Model, Operand, Parts, Role, Sent, Slot, States},
    },
    syntax::tree::Name,
};

/// One clause held against one module.
pub(super) struct View<'v, 'a> {
    pub subject: &'v Subject<'a>,
    pub model: &'v Model<'a>,
    pub clause: &'v Clause,
    pub words: &'v Words,
}

/// The text of a clause, made ready for looking words up.
pub(super) struct Words {
    pub title: String,
    pub text: String,
}

impl Words {
    pub(super) fn of(clause: &Clause) -> Self {
        Self { title: clause.title.to_lowercase(), text: clause.text.to_lowercase() }
    }

    pub(super) fn any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.contains(word) || self.title.contains(word))
    }

    pub(super) fn all(&self, words: &[&str]) -> bool {
        words.iter().all(|word| self.text.contains(word) || self.title.contains(word))
    }
}

impl<'a> View<'_, 'a> {
    pub(super) fn states(&self) -> Option<&States<'a>> {
        self.model.states.as_ref()
    }

    pub(super) fn parts(&self) -> &Parts<'a> {
        &self.model.parts
    }

    /// The messages of the module, each with what it is for.
    pub(super) fn kinds(&self) -> &Kinds<'a> {
        self.subject.kinds(self.model)
    }

    /// The places that send messages of a kind, in order.
    pub(super) fn sent_as(&self, kind: Kind) -> impl Iterator<Item = &Sent<'a>> {
        let uses = self.kinds().uses(self.kinds().of_kind(kind));
        uses.sent.into_iter().map(|sent| &self.model.messages.sent[sent])
    }

    pub(super) fn line(&self, span: Span) -> usize {
        self.subject.document.text().line_of(span.start) + 1
    }

    pub(super) fn definition_name(&self, definition: usize) -> &'a str {
        self.subject.module.definitions[definition].name()
    }

    /// "`HandleVote`, line 120"; "`HandleVote` through `Grant`, line 80" where it stands in what that calls.
    pub(super) fn at(&self, definition: usize, span: Span) -> String {
        let (name, line) = (self.definition_name(definition), self.line(span));
        match self.definition_at(span).filter(|within| *within != definition) {
            Some(within) => format!("`{name}` through `{}`, line {line}", self.definition_name(within)),
            None => format!("`{name}`, line {line}"),
        }
    }

    /// The definition that a span of the document lies in.
    pub(super) fn definition_at(&self, span: Span) -> Option<usize> {
        let definitions = &self.subject.module.definitions;
        let after = definitions.partition_point(|placed| placed.span(placed.value.span).start <= span.start);
        let within = after.checked_sub(1)?;
        let placed = &definitions[within];
        (span.end <= placed.span(placed.value.span).end).then_some(within)
    }

    pub(super) fn effect_at(&self, effect: usize) -> String {
        let effect = &self.model.walk.effects[effect];
        self.at(effect.within, effect.span)
    }

    pub(super) fn slot_name(&self, slot: Slot<'a>) -> String {
        let variable = &self.subject.module.variables[slot.variable].value.name;
        match slot.field {
            Some(field) => format!("{variable}.{field}"),
            None => variable.to_string(),
        }
    }

    /// What is shown by an effect.
    pub(super) fn show_effect(&self, answer: Answer, effect: usize) -> Answer {
        let effect = &self.model.walk.effects[effect];
        answer.shown(self.definition_name(effect.within), effect.span, EvidenceLevel::Behaviour)
    }

    pub(super) fn met_by_effect(&self, what: &str, effect: usize) -> Answer {
        self.show_effect(Answer::met(sentence(what, &self.effect_at(effect))), effect)
    }

    pub(super) fn equivalent_by_effect(&self, what: &str, effect: usize) -> Answer {
        let note = sentence(what, &format!("the equivalent {}", self.effect_at(effect)));
        self.show_effect(Answer::new(Verdict::Equivalent, note), effect)
    }

    pub(super) fn met_at(&self, what: &str, definition: usize, span: Span) -> Answer {
        Answer::met(sentence(what, &self.at(definition, span))).shown(
            self.definition_name(definition),
            span,
            EvidenceLevel::Behaviour,
        )
    }

    /// Every name and string of the module, gathered once.
    pub(super) fn listed(&self) -> &Listing<'a> {
        self.subject.found.listed.get_or_init(|| Listing::of(self.subject))
    }

    /// What a spelling of the module says of the things that prompts exclude.
    pub(super) fn spelled(&self, written: &'a str) -> Spelled {
        let mut known = self.subject.found.spelled.borrow_mut();
        known.entry(written).or_insert_with(|| Spelled::of(written)).clone()
    }

    /// The first place that writes a name, or one that differs in case and prefixes alone.
    pub(super) fn mentioned(&self, name: &str) -> Option<&Listed<'a>> {
        self.listed().similar(name).next()
    }

    /// The first live effect that gives a value of a name, or of one that differs in case and prefixes alone.
    pub(super) fn gives(&self, name: &str) -> Option<usize> {
        let gives = self.subject.found.gives.get_or_init(|| {
            let mut gives: QuickMap<Name, usize> = QuickMap::default();
            let mut seen: QuickSet<&str> = QuickSet::default();
            for given in &self.model.facts.given {
                let atoms: &[&str] = match &given.value {
                    Operand::Atom(atom) => std::slice::from_ref(atom),
                    Operand::Atoms(atoms) => atoms,
                    _ => continue,
                };
                if !self.model.is_live(self.model.walk.effects[given.effect].branch) {
                    continue;
                }
                for atom in atoms {
                    if seen.insert(atom) {
                        gives.entry(Name::from(stem(atom))).or_insert(given.effect);
                    }
                }
            }
            gives
        });
        gives.get(stem(name).as_str()).copied()
    }

    /// How many live effects in and beneath a branch change more than the network.
    pub(super) fn changes_beneath(&self, branch: usize) -> usize {
        let changes = self.subject.found.changes.get_or_init(|| {
            let model = self.model;
            let mut changes = vec![0; model.walk.branches.len()];
            for effect in &model.walk.effects {
                let more = effect.value.is_some() && !model.messages.networks.contains(&effect.variable);
                if more && model.is_live(effect.branch) {
                    model.chain(effect.branch).for_each(|above| changes[above] += 1);
                }
            }
            changes
        });
        changes[branch]
    }

    /// What of the reachable definitions could not be read, gathered once.
    pub(super) fn unread(&self) -> &[Unread] {
        self.subject.found.unread.get_or_init(|| unread::of(self))
    }

    /// Whether Next reaches a definition, as an action or as a helper.
    pub(super) fn reaches(&self, definition: usize) -> bool {
        self.subject.reached().contains(self.definition_name(definition))
    }

    /// The definition of the action that a branch belongs to.
    pub(super) fn action_of(&self, branch: usize) -> usize {
        self.model.action_definition(branch)
    }

    /// The definition of the action that an effect belongs to; its own, where the action is written out in Next.
    pub(super) fn action_of_effect(&self, effect: usize) -> usize {
        let effect = &self.model.walk.effects[effect];
        let action = self.action_of(effect.branch);
        if self.model.walk.actions.first().is_some_and(|next| next.definition == action) {
            effect.within
        } else {
            action
        }
    }

    /// Whether a branch is one of nodes of one role alone.
    pub(super) fn only(&self, branch: usize, role: Role) -> bool {
        self.states().is_some_and(|states| states.only(branch, role))
    }
}

fn sentence(what: &str, place: &str) -> String {
    if what.is_empty() { format!("by {place}") } else { format!("{what} by {place}") }
}

/// An answer that nothing was found, with what was looked for; `name` is what the finding is about.
pub(super) fn missing(name: &str, subject: &str, looked_for: impl Into<String>) -> Answer {
    Answer::about(Verdict::Missing, subject, looked_for).at(Fault::Names(vec![name.to_owned()]))
}

/// An answer that something is named and not done, with where; `name` is what the finding is about.
pub(super) fn declared(name: &str, subject: &str, why: impl Into<String>) -> Answer {
    Answer::about(Verdict::Declared, subject, why).at(Fault::Names(vec![name.to_owned()]))
}

/// One answer for a demand with several parts: the worst verdict, the notes that speak of it first.
pub(super) fn combined(view: &View<'_, '_>, answers: Vec<Answer>) -> Answer {
    let mut answers: Vec<Answer> = answers.into_iter().map(|answer| unless_unread(view, answer)).collect();
    if answers.len() == 1 {
        return answers.remove(0);
    }
    let weight = |answer: &Answer| super::weight(answer.verdict);
    answers.sort_by_key(|answer| std::cmp::Reverse(part_weight(answer.verdict)));
    let mut result =
        Answer { verdict: answers[0].verdict, note: Note::default(), evidence: Vec::new(), fault: Fault::None };
    let worst = weight(&answers[0]);
    let mut names: Vec<String> = Vec::new();
    let mut places: Vec<Span> = Vec::new();
    for answer in answers {
        result.note.add(answer.note);
        match answer.fault {
            Fault::Names(found) if super::weight(answer.verdict) == worst => names.extend(found),
            Fault::Places(found) => places.extend(found),
            _ => {}
        }
        result.evidence.extend(answer.evidence);
    }
    if !places.is_empty() {
        result.fault = Fault::Places(places);
    } else if !names.is_empty() {
        result.fault = Fault::Names(names);
    }
    result
}

/// Among the parts of one demand, what can't be shown outweighs what is met.
fn part_weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Met => 0,
        Verdict::Equivalent => 1,
        Verdict::NotChecked => 2,
        Verdict::Declared => 3,
        Verdict::Missing => 4,
        Verdict::Violated => 5,
    }
}
