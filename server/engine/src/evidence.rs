//! Where in a module the clauses of a contract are met, and how well: one topic, one file.

mod asked;
mod by_state;
mod clients;
mod comments;
mod deeds;
mod definitions;
mod draft;
mod exclusions;
mod extends;
mod fairness;
mod generic;
mod invariants;
mod kinds;
mod listing;
mod locks;
mod log;
mod majority;
mod messages;
mod module_name;
mod moves;
mod network;
mod next;
mod note;
mod prevote;
mod spelled;
mod states;
mod table;
mod terms;
#[cfg(test)]
mod tests;
mod timers;
mod topics;
mod unread;
mod view;
mod ways;
mod whole;
mod wrapping;
mod written;

pub(crate) use generic::stub_name;
pub(crate) use invariants::COLLIDING;
pub use table::{page as page_of_topics, table_by_line as table_of_topics};

use std::cell::OnceCell;

use crate::{
    contract::{Clause, ClauseKind, ClauseVerdict, Contract, Demand, Evidence, EvidenceLevel, Polarity, Verdict},
    diagnostic::Span,
    document::Document,
    module::{
        Module,
        calls::Calls,
        hash::QuickMap,
        model::{Model, Pieces},
    },
    prompt::draft::Draft,
    syntax::tree::Name,
};
use asked::Asked;
use deeds::{Deeds, Handled};
use draft::Followed;
use kinds::Kinds;
use listing::Listing;
use locks::Locks;
use note::Note;
use spelled::Spelled;
use unread::Unread;
use view::View;

/// What evidence is looked for in.
pub(crate) struct Subject<'a> {
    pub document: &'a Document,
    pub module: &'a Module<'a>,
    pub calls: &'a Calls<'a>,
    /// The whole reply, where the document is the module in a string of a JSON object.
    pub json: Option<&'a Document>,
    pub draft: Option<&'a Draft>,
    /// What Next and Init say, worked out when the first demand asks for it.
    pieces: &'a OnceCell<Option<Pieces>>,
    found: Found<'a>,
}

/// What is worked out once, when the first demand asks for it.
#[derive(Default)]
struct Found<'a> {
    model: OnceCell<Option<Model<'a>>>,
    /// For each definition whether Next reaches the first of its name.
    reached: OnceCell<Vec<bool>>,
    listed: OnceCell<Listing<'a>>,
    deeds: OnceCell<Deeds>,
    handled: OnceCell<Handled>,
    /// What the names of the variables say.
    variables: OnceCell<Vec<Spelled>>,
    /// The first live effect that gives a value, by the stem of the value.
    gives: OnceCell<QuickMap<Name, usize>>,
    kinds: OnceCell<Kinds<'a>>,
    locks: Locks<'a>,
    draft: Followed,
    /// The values by which a node makes an entry of its own of its log: indices into the model's.
    entries: OnceCell<Vec<usize>>,
    /// The action of a step that takes any message, whatever its type.
    any_receiver: OnceCell<Option<usize>>,
    /// For each branch of the model, how many live effects in and beneath it change more than the network.
    changes: OnceCell<Vec<usize>>,
    /// What of the reachable definitions could not be read.
    unread: OnceCell<Vec<Unread>>,
}

impl<'a> Subject<'a> {
    pub(crate) fn new(
        document: &'a Document,
        module: &'a Module<'a>,
        calls: &'a Calls<'a>,
        json: Option<&'a Document>,
        draft: Option<&'a Draft>,
        pieces: &'a OnceCell<Option<Pieces>>,
    ) -> Self {
        Self { document, module, calls, json, draft, pieces, found: Found::default() }
    }

    /// What the module does; `None` where there is no Next.
    fn model(&self) -> Option<&Model<'a>> {
        let pieces =
            || self.pieces.get_or_init(|| Pieces::of(self.module, self.calls, self.document.source())).as_ref();
        self.found.model.get_or_init(|| pieces().map(|pieces| Model::of(self.module, pieces))).as_ref()
    }

    /// The messages of the model.
    fn kinds(&self, model: &Model<'a>) -> &Kinds<'a> {
        self.found.kinds.get_or_init(|| Kinds::of(model))
    }

    /// Every name and string of the module.
    fn listed(&self) -> &Listing<'a> {
        self.found.listed.get_or_init(|| Listing::of(self))
    }

    /// Whether Next reaches a definition of this one's name, given its index.
    fn reaches(&self, definition: usize) -> bool {
        let reached = self.found.reached.get_or_init(|| match self.calls.next {
            Some(next) => self.calls.reached_at(next.name()),
            None => vec![false; self.module.definitions.len()],
        });
        let first = self.calls.first_of(self.module.definitions[definition].name());
        first.is_some_and(|first| reached[first])
    }
}

/// The answers to the clauses of one contract.
#[derive(Debug, Default)]
pub(crate) struct Answers {
    /// One for each demand, in the order of the clauses.
    answers: Vec<Answered>,
    clauses: usize,
}

/// The answer to one demand of one clause.
#[derive(Debug)]
pub(crate) struct Answered {
    /// Index into [`Contract::clauses`].
    pub clause: usize,
    /// Index into [`Clause::demands`].
    pub demand: usize,
    pub answer: Answer,
}

/// How one demand fares.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub verdict: Verdict,
    pub note: Note,
    pub evidence: Vec<Evidence>,
    /// What is wrong, for the rule that reports it.
    pub fault: Fault,
}

/// What the rules need to know of a demand that is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// EXTENDS lacks these modules.
    Modules(Vec<String>),
    /// These places break the demand.
    Places(Vec<Span>),
    /// These names are missing, or only declared.
    Names(Vec<String>),
}

impl Answer {
    /// An answer of one part, of which one thing is said.
    pub(crate) fn new(verdict: Verdict, said: impl Into<String>) -> Self {
        Self::about(verdict, said, "")
    }

    /// An answer of one part that has a name, and why it fares so.
    pub(crate) fn about(verdict: Verdict, subject: impl Into<String>, why: impl Into<String>) -> Self {
        Self { verdict, note: Note::of(verdict, subject, why), evidence: Vec::new(), fault: Fault::None }
    }

    /// What its verdict rests on, and nothing of what is met beside that.
    pub(crate) fn reason(&self) -> String {
        self.note.reason(self.verdict)
    }

    pub(crate) fn met(note: impl Into<String>) -> Self {
        Self::new(Verdict::Met, note)
    }

    pub(crate) fn not_checked(why: impl Into<String>) -> Self {
        Self::new(Verdict::NotChecked, why)
    }

    pub(crate) fn shown(mut self, name: impl Into<String>, span: Span, level: EvidenceLevel) -> Self {
        self.evidence.push(Evidence { name: name.into(), span, level });
        self
    }

    pub(crate) fn at(mut self, fault: Fault) -> Self {
        self.fault = fault;
        self
    }
}

impl Answers {
    /// Looks for the evidence of every demand of a contract.
    pub(crate) fn of(subject: &Subject<'_>, contract: Option<&Contract>) -> Self {
        let Some(contract) = contract else { return Self::default() };
        let mut answers = Vec::new();
        let asked = Asked::all(contract);
        for (index, (clause, asked)) in contract.clauses.iter().zip(asked.iter()).enumerate() {
            for (demand_index, demand) in clause.demands.iter().enumerate() {
                let answer = answer(subject, (clause, asked), demand);
                answers.push(Answered { clause: index, demand: demand_index, answer });
            }
        }
        Self { answers, clauses: contract.clauses.len() }
    }

    pub(crate) fn each<'c>(&self, contract: Option<&'c Contract>) -> Vec<(&'c Clause, &'c Demand, &Answer)> {
        let Some(contract) = contract else { return Vec::new() };
        self.answers
            .iter()
            .map(|answered| {
                let clause = &contract.clauses[answered.clause];
                (clause, &clause.demands[answered.demand], &answered.answer)
            })
            .collect()
    }

    /// Answers the demands that only the findings can decide: that SANY accepts the module.
    pub(crate) fn settle(&mut self, contract: Option<&Contract>, sany_errors: usize) {
        let Some(contract) = contract else { return };
        for answered in &mut self.answers {
            if contract.clauses[answered.clause].demands[answered.demand] != Demand::SanyAccepts {
                continue;
            }
            answered.answer = match sany_errors {
                0 => Answer::met("nothing was found that SANY would reject"),
                1 => Answer::new(Verdict::Violated, "SANY rejects the module: 1 error"),
                count => Answer::new(Verdict::Violated, format!("SANY rejects the module: {count} errors")),
            };
        }
    }

    /// The verdict on each clause: the worst of its demands.
    pub(crate) fn verdicts(&self) -> Vec<ClauseVerdict> {
        let mut verdicts: Vec<ClauseVerdict> = (0..self.clauses)
            .map(|clause| ClauseVerdict {
                clause,
                verdict: Verdict::NotChecked,
                note: String::new(),
                evidence: Vec::new(),
            })
            .collect();
        let mut notes = vec![None::<Note>; self.clauses];
        for answered in &self.answers {
            let verdict = &mut verdicts[answered.clause];
            let answer = &answered.answer;
            let heavier = weight(answer.verdict) > weight(verdict.verdict);
            match &mut notes[answered.clause] {
                Some(note) if answer.verdict == verdict.verdict => note.add(answer.note.clone()),
                Some(_) if !heavier => {}
                note => {
                    verdict.verdict = answer.verdict;
                    *note = Some(answer.note.clone());
                }
            }
            verdict.evidence.extend(answer.evidence.iter().cloned());
        }
        for (verdict, note) in verdicts.iter_mut().zip(notes) {
            verdict.note = match note {
                Some(note) => note.sentence(verdict.verdict),
                None => "what it asks for is not understood".to_owned(),
            };
        }
        verdicts
    }
}

/// Which of two verdicts stands for a clause that makes several demands: the heavier one.
fn weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotChecked => 0,
        Verdict::Met => 1,
        Verdict::Equivalent => 2,
        Verdict::Declared => 3,
        Verdict::Missing => 4,
        Verdict::Violated => 5,
    }
}

fn answer(subject: &Subject<'_>, (clause, asked): (&Clause, &Asked), demand: &Demand) -> Answer {
    match demand {
        Demand::ModuleName(name) => module_name::answer(subject, name),
        Demand::Extends(modules) => extends::answer(subject, modules),
        Demand::NoFences => wrapping::no_fences(subject),
        Demand::NoProse => wrapping::no_prose(subject),
        Demand::StartsWithHeader => wrapping::starts_with_header(subject),
        Demand::EndsWithFooter => wrapping::ends_with_footer(subject),
        Demand::FencedBlocks(languages) => wrapping::fenced_blocks(subject, languages),
        Demand::JsonObject(_) => wrapping::json_object(subject),
        Demand::NoComments => comments::none(subject),
        Demand::NoTranslationComments => comments::none_about_the_translation(subject),
        Demand::NoInvariants { allowed } => invariants::answer(subject, allowed),
        Demand::Fairness => fairness::demanded(subject),
        Demand::NoFairness => fairness::forbidden(subject),
        Demand::Declares(what) => definitions::declares(subject, *what),
        Demand::Defines(name) => definitions::defines(subject, name),
        Demand::ExactAction(name) => definitions::exact_action(subject, name),
        Demand::SanyAccepts => Answer::not_checked("the module's findings decide it"),
        Demand::FollowsDraft(part) => draft::answer(subject, *part),
        Demand::Undecidable(why) => Answer::not_checked(why.as_str()),
        Demand::Behaviour => behaviour(subject, clause, asked),
    }
}

/// A described behaviour, judged by the topics that recognise its words.
fn behaviour(subject: &Subject<'_>, clause: &Clause, asked: &Asked) -> Answer {
    if clause.polarity == Polarity::Allowed {
        return Answer::not_checked("it is allowed, not demanded");
    }
    if clause.kind == ClauseKind::Template {
        return Answer::not_checked("the text of a module can't decide it");
    }
    let Some(model) = subject.model() else {
        return match clause.polarity {
            Polarity::Forbidden => Answer::met("there is no Next, so no step models it"),
            _ => Answer::new(Verdict::Missing, "there is no Next that could reach it"),
        };
    };
    let view = View { subject, model, clause, asked, words: &asked.words };
    if clause.polarity == Polarity::Forbidden {
        return exclusions::answer(&view);
    }
    topics::answer(&view)
}
