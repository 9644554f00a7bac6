//! What a topic looks at: the words of a clause, the model of the module, and how to say what was found.

use super::{
    Answer, Fault, Subject,
    asked::Asked,
    deeds::{Deeds, Handled, Kinded},
    kinds::{Kind, Kinds},
    listing::{Listed, Listing},
    note::Note,
    spelled::Spelled,
    unread::{self, Unread, unless_unread},
    ways::Ways,
};
use crate::{
    contract::{Clause, EvidenceLevel, Verdict},
    diagnostic::Span,
    module::{
        hash::{QuickMap, QuickSet},
        model::{Comparison, Effect, Given, Model, Operand, Parts, Role, Sent, Slot, States},
        spelling::stem,
    },
    syntax::tree::Name,
};

/// One clause held against one module.
pub(super) struct View<'v, 'a> {
    pub subject: &'v Subject<'a>,
    pub model: &'v Model<'a>,
    pub clause: &'v Clause,
    pub asked: &'v Asked,
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
        let mut sent: Vec<usize> = self.kinds().of_kind(kind).flat_map(|message| &message.sent).copied().collect();
        sent.sort_unstable();
        sent.into_iter().map(|sent| &self.model.messages.sent[sent])
    }

    /// What the steps do, by variables and branches.
    pub(super) fn deeds(&self) -> &Deeds {
        let module = self.subject.module;
        let deeds = || Deeds::of(self.model, module.variables.len(), module.definitions.len());
        self.subject.found.deeds.get_or_init(deeds)
    }

    /// The branches of the model and which of them lie on one way.
    pub(super) fn ways(&self) -> &Ways {
        &self.deeds().ways
    }

    /// The kinds that the guards of a branch and of those above it test for.
    pub(super) fn handled(&self, branch: usize) -> Kinded {
        self.subject.found.handled.get_or_init(|| Handled::of(self.model, self.kinds())).by(branch)
    }

    /// The type that the guards nearest to a branch test for first.
    pub(super) fn first_handled(&self, branch: usize) -> Option<&'a str> {
        let all = self.model.chain(branch).flat_map(|branch| self.model.messages.tested_in(branch));
        all.map(|tested| tested.kind).next()
    }

    /// Live effects that change a variable, with their index, in order.
    pub(super) fn changes(&self, variable: usize) -> impl Iterator<Item = (usize, &Effect)> {
        self.deeds().changes[variable].iter().map(|effect| (*effect, &self.model.walk.effects[*effect]))
    }

    /// Live values that are given to a slot, in order.
    pub(super) fn given(&self, slot: Slot<'a>) -> impl Iterator<Item = &Given<'a>> {
        let given = self.deeds().given[slot.variable].iter().map(|given| &self.model.facts.given[*given]);
        given.filter(move |given| given.slot == slot)
    }

    /// Live comparisons with a place of a slot's variable or with its size on either side, in order.
    pub(super) fn compared(&self, slot: Slot<'a>) -> impl Iterator<Item = &Comparison<'a>> {
        self.deeds().compared[slot.variable].iter().map(|compared| &self.model.facts.comparisons[*compared])
    }

    /// The branch that an effect lies in.
    pub(super) fn branch_of(&self, effect: usize) -> usize {
        self.model.walk.effects[effect].branch
    }

    /// Whether a majority is demanded on the way to an effect: by a guard above it, or within its new value.
    pub(super) fn under_majority(&self) -> impl Fn(&usize) -> bool {
        let held =
            || self.model.facts.majorities.iter().filter(|majority| majority.holds).map(|majority| majority.source);
        let within: QuickSet<usize> = held().filter_map(|source| source.effect).collect();
        let guards = held().filter(|source| source.effect.is_none()).map(|source| source.branch);
        let above = self.ways().marked(guards);
        move |effect| within.contains(effect) || above.above(self.branch_of(*effect))
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
        self.subject.listed()
    }

    /// What the names of the variables say, in their order.
    pub(super) fn variables(&self) -> &[Spelled] {
        let variables = &self.subject.module.variables;
        let spelled = || variables.iter().map(|variable| Spelled::of(&variable.value.name)).collect();
        self.subject.found.variables.get_or_init(spelled)
    }

    /// The first place that writes a name, or one that differs in case and prefixes alone.
    pub(super) fn mentioned(&self, spelled: &Spelled) -> Option<Listed<'_>> {
        self.listed().similar(spelled).next()
    }

    /// The first live effect that gives a value of a name, or of one that differs in case and prefixes alone.
    pub(super) fn gives(&self, spelled: &Spelled) -> Option<usize> {
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
        gives.get(&spelled.stem).copied()
    }

    /// How many live effects in and beneath a branch change more than the network.
    pub(super) fn changes_beneath(&self, branch: usize) -> usize {
        let changes = self.subject.found.changes.get_or_init(|| {
            let walk = &self.model.walk;
            let mut changes = vec![0; walk.branches.len()];
            for (variable, effects) in self.deeds().changes.iter().enumerate() {
                if !self.model.messages.networks.contains(&variable) {
                    effects.iter().for_each(|effect| changes[walk.effects[*effect].branch] += 1);
                }
            }
            for branch in (0..changes.len()).rev() {
                if let Some(parent) = walk.branches[branch].parent {
                    changes[parent] += changes[branch];
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
        self.subject.reaches(definition)
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
