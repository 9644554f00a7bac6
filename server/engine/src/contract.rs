//! Clauses and verdicts: what a prompt demands and how a module answers, as plain data.

use std::fmt;

use crate::{diagnostic::Span, memo::Memo};

/// The ordered demands of one prompt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contract {
    /// In the order in which the prompt makes them.
    pub clauses: Vec<Clause>,
    /// What is worked out from the clauses alone.
    pub(crate) memo: Memo,
}

impl Contract {
    /// The contract of these clauses.
    pub fn of(clauses: Vec<Clause>) -> Self {
        Self { clauses, memo: Memo::default() }
    }

    /// The clause of an id such as `output.extends`.
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id == id)
    }

    /// All demands with the clause that makes them.
    pub fn demands(&self) -> impl Iterator<Item = (&Clause, &Demand)> {
        self.clauses.iter().flat_map(|clause| clause.demands.iter().map(move |demand| (clause, demand)))
    }

    /// The module name that the prompt demands, if it demands one.
    pub fn module_name(&self) -> Option<&str> {
        self.demands().find_map(|(_, demand)| match demand {
            Demand::ModuleName(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

/// One demand of a prompt: a numbered item, a bullet, a part of its template or a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Stable and readable: `actions.3`, `excluded.1`, `scope.2`, `output.extends`, `template.init`.
    pub id: String,
    pub kind: ClauseKind,
    /// The words of the heading that it stands under, as the prompt writes them; empty where there is none.
    pub section: String,
    /// A short name: the text in 【】, in `[]` or in bold, else the first words of the demand.
    pub title: String,
    /// The demand in the prompt's own words, markers removed, sub-bullets included.
    pub text: String,
    pub polarity: Polarity,
    /// Bytes of the demand in the prompt.
    pub span: Span,
    /// Line of the demand in the prompt, from 0.
    pub line: usize,
    /// The names that the demand mentions, in order.
    pub names: Vec<NamedThing>,
    /// What can be held against a module; empty means that nothing of it is understood.
    pub demands: Vec<Demand>,
}

/// The part of a prompt that a clause belongs to, which also says how strict it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClauseKind {
    /// An item of `MANDATORY CORE ACTIONS`.
    Action,
    /// An item of `EXPLICITLY EXCLUDED`.
    Exclusion,
    /// An item of `REQUIRED BEHAVIORAL SCOPE`.
    Scope,
    /// An item of `MODELING REQUIREMENTS`, `CRITICAL SEMANTIC DISTINCTION` and the like.
    Modeling,
    /// An exact name under `Required actions:` or a naming convention.
    Naming,
    /// An output requirement.
    Output,
    /// A part of a TLA+ template that the prompt shows.
    Template,
    /// A translation requirement, guideline or instruction.
    Translation,
    /// A demand of another section.
    Other,
}

impl ClauseKind {
    /// The word used in ids and in every output.
    pub const fn word(self) -> &'static str {
        match self {
            ClauseKind::Action => "actions",
            ClauseKind::Exclusion => "excluded",
            ClauseKind::Scope => "scope",
            ClauseKind::Modeling => "modeling",
            ClauseKind::Naming => "naming",
            ClauseKind::Output => "output",
            ClauseKind::Template => "template",
            ClauseKind::Translation => "translation",
            ClauseKind::Other => "other",
        }
    }
}

/// Whether the prompt wants a thing, forbids it or only permits it. It comes from the section; in a section that
/// demands, a clause that itself begins with a prohibition ("Do not …", "Omit …") is forbidden too.
///
/// It turns the meaning of [`Demand::Behaviour`] and [`Demand::FollowsDraft`] alone: the other demands say themselves
/// what must hold, so `NoInvariants` in a forbidden clause still means that there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    Required,
    Forbidden,
    Allowed,
}

impl Polarity {
    pub const fn word(self) -> &'static str {
        match self {
            Polarity::Required => "required",
            Polarity::Forbidden => "forbidden",
            Polarity::Allowed => "allowed",
        }
    }
}

/// A name in a demand with the meaning that the prompt gives it in parentheses:
/// `MsgHup (election timeout)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedThing {
    pub name: String,
    pub meaning: Option<String>,
    /// Bytes of the name in the prompt.
    pub span: Span,
}

/// One thing that a clause asks for, in a form that can be held against a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand {
    /// The module has exactly this name.
    ModuleName(String),
    /// EXTENDS lists at least these modules, by name.
    Extends(Vec<String>),
    /// No Markdown fences around the module.
    NoFences,
    /// The reply is exactly these fenced blocks, by language tag, and nothing else; an empty tag stands for any.
    FencedBlocks(Vec<String>),
    /// The reply is a JSON object with these string fields, no fences around it.
    JsonObject(Vec<String>),
    /// No prose before or after the module.
    NoProse,
    /// No comment in the module.
    NoComments,
    /// No comment that speaks of the translation.
    NoTranslationComments,
    /// The reply begins with the module header.
    StartsWithHeader,
    /// The reply ends with the module's footer.
    EndsWithFooter,
    /// No invariant is defined; the names in `allowed` may be.
    NoInvariants { allowed: Vec<String> },
    /// Spec reaches a WF_ or SF_ conjunct.
    Fairness,
    /// Spec has no fairness.
    NoFairness,
    /// A template part: EXTENDS list, CONSTANTS or VARIABLES declared.
    Declares(Declares),
    /// A definition of this name exists (template parts such as `Init`, `TypeOK`).
    Defines(String),
    /// An action of exactly this name, reached by Next.
    ExactAction(String),
    /// What the draft analysis lists is followed; can only be held against a module when a draft is at hand.
    FollowsDraft(DraftPart),
    /// The module passes SANY.
    SanyAccepts,
    /// A described behaviour, judged by the topic that recognises its words and names.
    Behaviour,
    /// Understood, but no text of a module can decide it; why.
    Undecidable(String),
}

/// The part of a draft analysis that a demand refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DraftPart {
    /// Each core function is exactly one action of the same name, reached by Next.
    CoreFunctions,
    /// Supporting functions are abstracted as the draft says.
    SupportingFunctions,
    /// Infrastructure functions are left out.
    InfrastructureFunctions,
    /// Only the essential state variables are declared.
    Variables,
}

/// The header and the declarations that a template may demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Declares {
    /// A module header, whatever its name.
    Header,
    Extends,
    Constants,
    Variables,
}

/// How one clause fares in one reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Met as the prompt words it.
    Met,
    /// Met under another name, which the note tells.
    Equivalent,
    /// Only named: no behaviour found.
    Declared,
    /// Nothing found.
    Missing,
    /// The module does what the clause forbids, or breaks a letter of it.
    Violated,
    /// The text can't decide it, or the demand is not understood.
    NotChecked,
}

impl Verdict {
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Met => "met",
            Verdict::Equivalent => "equivalent",
            Verdict::Declared => "declared",
            Verdict::Missing => "missing",
            Verdict::Violated => "violated",
            Verdict::NotChecked => "not-checked",
        }
    }

    /// Whether the clause counts among the met ones.
    pub const fn is_met(self) -> bool {
        matches!(self, Verdict::Met | Verdict::Equivalent)
    }
}

/// Where in a module a clause is met (or broken).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Evidence {
    /// The definition, message type or state that shows it.
    pub name: String,
    /// Bytes in the judged text.
    pub span: Span,
    pub level: EvidenceLevel,
}

/// How well evidence shows a demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EvidenceLevel {
    /// In an action that Next reaches.
    Behaviour,
    /// Only named, or in an action that Next does not reach.
    Declared,
}

/// The answer to one clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClauseVerdict {
    /// Index into [`Contract::clauses`].
    pub clause: usize,
    pub verdict: Verdict,
    /// Why, in a few words: "by `HandleVote`", "no handler found", "the text can't decide it".
    pub note: String,
    pub evidence: Vec<Evidence>,
}

/// How many clauses fare how: what every summary counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct VerdictCounts {
    /// Met as worded or by an equivalent.
    pub met: usize,
    pub declared: usize,
    pub missing: usize,
    pub violated: usize,
    pub not_checked: usize,
}

impl VerdictCounts {
    pub fn of(verdicts: &[ClauseVerdict]) -> Self {
        let mut counts = Self::default();
        for verdict in verdicts {
            *match verdict.verdict {
                Verdict::Met | Verdict::Equivalent => &mut counts.met,
                Verdict::Declared => &mut counts.declared,
                Verdict::Missing => &mut counts.missing,
                Verdict::Violated => &mut counts.violated,
                Verdict::NotChecked => &mut counts.not_checked,
            } += 1;
        }
        counts
    }

    /// The clauses that are held against the module.
    pub const fn checked(self) -> usize {
        self.met + self.declared + self.missing + self.violated
    }

    pub const fn total(self) -> usize {
        self.checked() + self.not_checked
    }
}

/// `17 of 23 met, 4 missing`; what is not checked does not count.
impl fmt::Display for VerdictCounts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} of {} met", self.met, self.checked())?;
        for (count, word) in [(self.missing, "missing"), (self.declared, "declared only"), (self.violated, "violated")]
        {
            if count > 0 {
                write!(formatter, ", {count} {word}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_checked_does_not_count() {
        use Verdict::{Declared, Equivalent, Met, Missing, NotChecked};
        let counted = |verdicts: &[Verdict]| {
            let verdict = |verdict: &Verdict| ClauseVerdict {
                clause: 0,
                verdict: *verdict,
                note: String::new(),
                evidence: vec![],
            };
            VerdictCounts::of(&verdicts.iter().map(verdict).collect::<Vec<_>>()).to_string()
        };
        assert_eq!(counted(&[Met, Equivalent, Missing, NotChecked]), "2 of 3 met, 1 missing");
        assert_eq!(counted(&[Met, Declared]), "1 of 2 met, 1 declared only");
        assert_eq!(counted(&[]), "0 of 0 met");
    }
}
