//! What stands at the end of `check`: a table of clauses over all files, and one closing line.

use tla_contract_engine::contract::Verdict;

use super::{
    console::{ERROR, FAINT, GOOD, STRONG, WARNING},
    excerpt::shortened,
    harmless::harmless,
    json::Summary,
    judging::Judged,
    people,
    table::aligned,
};

/// Titles are cut to this many characters.
const LONGEST_TITLE: usize = 48;

/// How the files fared, by prompt and clause.
#[derive(Debug, Default)]
pub(super) struct Tally {
    prompts: Vec<PromptTally>,
    /// What is to be known about the choice of prompts, each with the number of files that it holds for.
    notes: Vec<(String, usize)>,
    pub(super) summary: Summary,
}

#[derive(Debug)]
struct PromptTally {
    name: String,
    files: usize,
    clauses: Vec<ClauseTally>,
}

#[derive(Debug, Default, Clone)]
struct ClauseTally {
    id: String,
    title: String,
    met: usize,
    equivalent: usize,
    declared: usize,
    missing: usize,
    violated: usize,
    not_checked: usize,
}

impl Tally {
    /// A file that could not be judged counts as a file and as nothing else.
    pub(super) fn add_unread(&mut self) {
        self.summary.files += 1;
    }

    pub(super) fn add(&mut self, judged: &Judged) {
        self.summary.add(&Summary::of(&judged.judgement));
        for note in &judged.governing.notes {
            match self.notes.iter_mut().find(|(known, _)| known == note) {
                Some((_, files)) => *files += 1,
                None => self.notes.push((note.clone(), 1)),
            }
        }
        let (Some(loaded), Some(contract)) = (&judged.governing.prompt, judged.contract()) else { return };
        let place = self.prompts.iter().position(|prompt| prompt.name == loaded.name).unwrap_or_else(|| {
            let title = |clause: &tla_contract_engine::contract::Clause| ClauseTally {
                id: clause.id.clone(),
                title: clause.title.clone(),
                ..ClauseTally::default()
            };
            let clauses = contract.clauses.iter().map(title).collect();
            self.prompts.push(PromptTally { name: loaded.name.clone(), files: 0, clauses });
            self.prompts.len() - 1
        });
        let prompt = &mut self.prompts[place];
        prompt.files += 1;
        for verdict in &judged.judgement.verdicts {
            let Some(clause) = prompt.clauses.get_mut(verdict.clause) else { continue };
            *match verdict.verdict {
                Verdict::Met => &mut clause.met,
                Verdict::Equivalent => &mut clause.equivalent,
                Verdict::Declared => &mut clause.declared,
                Verdict::Missing => &mut clause.missing,
                Verdict::Violated => &mut clause.violated,
                Verdict::NotChecked => &mut clause.not_checked,
            } += 1;
        }
    }

    /// For each prompt that several files are held to: how many of them met each clause.
    pub(super) fn table(&self, width: Option<usize>) -> String {
        let mut text = String::new();
        for prompt in self.prompts.iter().filter(|prompt| prompt.files > 1 && !prompt.clauses.is_empty()) {
            text += &format!("{STRONG}{}{STRONG:#}: {} files\n\n", harmless(&prompt.name), prompt.files);
            let head = ["clause", "met", "equiv.", "decl.", "missing", "violated", "unchecked", "what the prompt says"];
            let mut rows = vec![head.map(|word| format!("{FAINT}{word}{FAINT:#}")).to_vec()];
            rows.extend(prompt.clauses.iter().map(ClauseTally::row));
            text += &aligned(&rows, width);
            text.push('\n');
        }
        text
    }

    /// The notes of all files, each once.
    pub(super) fn notes(&self) -> String {
        self.notes.iter().map(|(note, files)| people::note(note, *files)).collect()
    }

    pub(super) fn closing_line(&self) -> String {
        let Summary { files, errors, warnings, hints, met, checked } = self.summary;
        let style = if errors > 0 {
            ERROR
        } else if warnings > 0 {
            WARNING
        } else {
            GOOD
        };
        let counts = [(errors, "error"), (warnings, "warning"), (hints, "hint")];
        let counts: Vec<String> = counts.iter().map(|(count, word)| counted(*count, word)).collect();
        let clauses = match checked {
            0 => "no clause was checked".to_owned(),
            _ => format!("{met} of {} met", counted(checked, "checked clause")),
        };
        format!("{style}{}{style:#} in {}; {clauses}\n", counts.join(", "), counted(files, "file"))
    }
}

impl ClauseTally {
    fn row(&self) -> Vec<String> {
        let counts = [self.met, self.equivalent, self.declared, self.missing, self.violated, self.not_checked];
        let count = |count: &usize| if *count == 0 { format!("{FAINT}0{FAINT:#}") } else { count.to_string() };
        let mut row = vec![harmless(&self.id).into_owned()];
        row.extend(counts.iter().map(count));
        row.push(harmless(&shortened(&self.title, LONGEST_TITLE)).into_owned());
        row
    }
}

/// "1 error", "2 errors".
pub(super) fn counted(count: usize, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}
