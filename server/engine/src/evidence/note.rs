//! What is said of a demand: one sentence, made of what is said of its parts.

use crate::contract::Verdict;

/// The sayings that stand behind one verdict.
#[derive(Debug, Clone, Default)]
pub(crate) struct Note {
    sayings: Vec<Saying>,
}

/// What is said of one part of a demand.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Saying {
    verdict: Verdict,
    /// The part, or all there is to say.
    subject: String,
    /// Where it is found, what was looked for, why nothing is claimed; may be empty.
    why: String,
}

impl Note {
    pub(super) fn of(verdict: Verdict, subject: impl Into<String>, why: impl Into<String>) -> Self {
        Self { sayings: vec![Saying { verdict, subject: subject.into(), why: why.into() }] }
    }

    /// Takes in what is said of another part; nothing is said twice.
    pub(super) fn add(&mut self, other: Note) {
        for saying in other.sayings {
            if !self.sayings.contains(&saying) {
                self.sayings.push(saying);
            }
        }
    }

    /// The same parts, of which nothing is claimed for a reason: it takes the place of what stands against them.
    pub(super) fn doubted(mut self, because: &str) -> Self {
        for saying in &mut self.sayings {
            if matches!(saying.verdict, Verdict::Missing | Verdict::Declared) {
                saying.verdict = Verdict::NotChecked;
                saying.why = because.to_owned();
            }
        }
        self
    }

    /// All of it, to stand behind the word of the verdict: what the verdict rests on comes first, the rest under words
    /// of its own.
    pub(crate) fn sentence(&self, verdict: Verdict) -> String {
        const ORDER: [Verdict; 5] =
            [Verdict::Violated, Verdict::Missing, Verdict::Declared, Verdict::NotChecked, Verdict::Met];
        let first = heading(verdict);
        let rest = ORDER.into_iter().filter(|group| *group != first);
        let groups = std::iter::once(first).chain(rest).filter_map(|group| {
            let said = self.said_of(group);
            match said.is_empty() {
                true => None,
                false if group == first => Some(said),
                false => Some(format!("{}: {said}", word(group))),
            }
        });
        groups.collect::<Vec<_>>().join("; ")
    }

    /// What the verdict rests on, and nothing else.
    pub(crate) fn reason(&self, verdict: Verdict) -> String {
        self.said_of(heading(verdict))
    }

    /// The parts of one group; those of which the same is to be said are named together.
    fn said_of(&self, group: Verdict) -> String {
        let mut parts: Vec<(Vec<&str>, &str)> = Vec::new();
        for saying in self.sayings.iter().filter(|saying| heading(saying.verdict) == group) {
            let alike = parts.iter_mut().find(|(_, why)| !why.is_empty() && *why == saying.why);
            match alike {
                Some((subjects, _)) if subjects.contains(&saying.subject.as_str()) => {}
                Some((subjects, _)) => subjects.push(&saying.subject),
                None => parts.push((vec![&saying.subject], &saying.why)),
            }
        }
        let parts = parts.into_iter().map(|(subjects, why)| match why {
            "" => listed(&subjects),
            why => format!("{} ({why})", listed(&subjects)),
        });
        parts.collect::<Vec<_>>().join("; ")
    }
}

/// The group that a verdict's sayings stand in: an equivalent says itself that it is one.
fn heading(verdict: Verdict) -> Verdict {
    match verdict {
        Verdict::Equivalent => Verdict::Met,
        other => other,
    }
}

fn word(group: Verdict) -> &'static str {
    match group {
        Verdict::Declared => "only declared",
        Verdict::NotChecked => "not checked",
        other => other.word(),
    }
}

/// "a, b and c".
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [several @ .., last] => format!("{} and {last}", several.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    #[test]
    fn a_note_says_first_what_the_verdict_rests_on_and_says_it_once() {
        let mut note = Note::of(Verdict::Met, "A by `Go`, line 3", "");
        note.add(Note::of(Verdict::Missing, "B", "looked for a step"));
        note.add(Note::of(Verdict::Equivalent, "C by the equivalent `Run`, line 4", ""));
        note.add(Note::of(Verdict::Missing, "D", "looked for a step"));
        note.add(Note::of(Verdict::Missing, "B", "looked for a step"));
        note.add(Note::of(Verdict::Missing, "E", "there is no Next"));
        expect!["B and D (looked for a step); E (there is no Next); met: A by `Go`, line 3; C by the equivalent `Run`, line 4"]
            .assert_eq(&note.sentence(Verdict::Missing));
        expect!["B and D (looked for a step); E (there is no Next)"].assert_eq(&note.reason(Verdict::Missing));
        expect!["o`, line 3; C by the equivalent `Run`, line 4"]
            .assert_eq(&note.clone().doubted("unread").sentence(Verdict::NotChecked)[33..]);
    }
}
