//! How people see one judged specification: what it is held to, its findings, its verdicts.

use std::{fmt::Write, path::Path};

use anstyle::Style;
use tla_contract_engine::contract::{Clause, ClauseVerdict, Verdict};

use super::{
    closing::counted,
    console::{ERROR, FAINT, GOOD, NOTE, STRONG, WARNING},
    excerpt::{finding, shortened},
    harmless::harmless,
    judging::Judged,
    table::aligned,
};
use crate::files::{How, is_prompt};

/// Titles are cut to this many characters.
const LONGEST_TITLE: usize = 48;

/// How much is said of a specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// Of several files: only the clauses that are not plainly met.
    Brief,
    /// Every clause.
    Full,
    /// Every clause, and what was left alone.
    Verbose,
}

/// One judged specification, with styles.
pub(super) fn file(judged: &Judged, detail: Detail, width: Option<usize>) -> String {
    let mut body = String::new();
    for each in &judged.judgement.findings {
        body += &finding(each, &judged.path, judged.document.text(), judged.contract());
        body.push('\n');
    }
    let verdicts = verdicts(judged, detail, width);
    if !verdicts.is_empty() {
        body += &verdicts;
        body.push('\n');
    }
    if detail != Detail::Brief {
        judged.governing.notes.iter().for_each(|note| line(&mut body, NOTE, "note", note));
    }
    if detail == Detail::Verbose {
        judged.judgement.left_alone.iter().for_each(|left| line(&mut body, FAINT, "left alone", left));
    }
    // A file of which nothing is to be said takes one line of a long list.
    let gap = if body.is_empty() { "" } else { "\n" };
    heading(judged) + gap + &body
}

/// A note that holds for so many files.
pub(super) fn note(note: &str, files: usize) -> String {
    let mut text = String::new();
    let holds_for = if files == 1 { String::new() } else { format!(" ({})", counted(files, "file")) };
    line(&mut text, NOTE, "note", &format!("{note}{holds_for}"));
    text
}

pub(super) fn heading(judged: &Judged) -> String {
    if is_prompt(Path::new(&judged.path)) {
        return format!("{STRONG}{}{STRONG:#}: a prompt\n", harmless(&judged.path));
    }
    let module = match &judged.judgement.module {
        Some(name) => format!("module {}", harmless(name)),
        None => "no module header".to_owned(),
    };
    let by = match &judged.governing.prompt {
        Some(loaded) => {
            let how = match judged.governing.how {
                How::Named | How::None => "as named",
                How::Settings => "by tla-contract.toml",
                How::ByModule | How::Builtin => "by the module's name",
            };
            format!("held to {} ({how})", harmless(&loaded.name))
        }
        None => "held to no prompt".to_owned(),
    };
    format!("{STRONG}{}{STRONG:#}: {module}, {by}\n", harmless(&judged.path))
}

fn line(text: &mut String, style: Style, word: &str, message: &str) {
    // Writing to a string can't fail.
    let _ = writeln!(text, "{style}{word}{style:#}: {}", harmless(message));
}

fn verdicts(judged: &Judged, detail: Detail, width: Option<usize>) -> String {
    let Some(contract) = judged.contract() else { return String::new() };
    let shown = |verdict: &&ClauseVerdict| {
        detail != Detail::Brief || !matches!(verdict.verdict, Verdict::Met | Verdict::NotChecked)
    };
    let row = |verdict: &ClauseVerdict| Some(row(verdict, contract.clauses.get(verdict.clause)?));
    let rows: Vec<Vec<String>> = judged.judgement.verdicts.iter().filter(shown).filter_map(row).collect();
    aligned(&rows, width)
}

/// One clause and its verdict as cells: sign, id, verdict, line of the prompt, title, note.
pub(super) fn row(verdict: &ClauseVerdict, clause: &Clause) -> Vec<String> {
    let (sign, style) = sign(verdict.verdict);
    vec![
        format!("{style}{sign}{style:#}"),
        harmless(&clause.id).into_owned(),
        format!("{style}{}{style:#}", verdict.verdict.word()),
        format!("{FAINT}line {}{FAINT:#}", clause.line + 1),
        harmless(&shortened(&clause.title, LONGEST_TITLE)).into_owned(),
        harmless(&verdict.note).into_owned(),
    ]
}

/// A sign beside the colour, for those who see none.
pub(super) fn sign(verdict: Verdict) -> (&'static str, Style) {
    match verdict {
        Verdict::Met => ("✓", GOOD),
        Verdict::Equivalent => ("≈", GOOD),
        Verdict::Declared => ("~", WARNING),
        Verdict::Missing => ("✗", WARNING),
        Verdict::Violated => ("✗", ERROR),
        Verdict::NotChecked => ("·", FAINT),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use expect_test::expect;
    use tla_contract_engine::{
        Judgement,
        config::Config,
        diagnostic::{Finding, Severity, Span},
        prompt::Prompt,
    };

    use super::*;
    use crate::{
        cli::closing::Tally,
        files::{Governing, LoadedPrompt},
    };

    const PROMPT: &str = "MANDATORY CORE ACTIONS (must include all):\n1. 【Voting】MsgVote (voting)\n2. 【Log】MsgApp\n\n\
                          EXPLICITLY EXCLUDED (do not model):\n- Snapshots (MsgSnap)\n\n\
                          CRITICAL OUTPUT REQUIREMENTS:\n\
                          1. The MODULE name must be exactly \"m\" (---- MODULE m ----)\n";

    fn judged() -> Judged {
        let prompt = Arc::new(Prompt::parse(PROMPT));
        let contract = prompt.contract().clone();
        let words = [Verdict::Met, Verdict::Declared, Verdict::Violated, Verdict::NotChecked];
        let notes = ["by `Vote`", "only in a set of types", "`Snap` models it", "the text can't decide it"];
        let verdict = |clause: usize| ClauseVerdict {
            clause,
            verdict: words[clause % 4],
            note: notes[clause % 4].to_owned(),
            evidence: Vec::new(),
        };
        let violated = &contract.clauses[2].id;
        let judgement = Judgement {
            module: Some("m".to_owned()),
            verdicts: (0..contract.clauses.len()).map(verdict).collect(),
            findings: vec![
                Finding::new("contract/excluded", Severity::Error, Span::new(19, 23), "Snap is excluded")
                    .for_clause(violated),
            ],
            left_alone: vec!["the proof in line 9 is left alone".to_owned()],
        };
        let governing = Governing {
            prompt: Some(LoadedPrompt { name: "p.prompt.md".to_owned(), path: None, prompt }),
            how: How::ByModule,
            config: Config::default(),
            draft: None,
            problems: Vec::new(),
            notes: vec!["several prompts are for it".to_owned()],
        };
        Judged::made("a/m.tla", "---- MODULE m ----\nSnap == TRUE\n====\n", governing, judgement)
    }

    fn plain(styled: &str) -> String {
        anstream::adapter::strip_str(styled).to_string()
    }

    #[test]
    fn one_file_shows_every_verdict_and_what_the_prompt_says() {
        expect![[r#"
            a/m.tla: module m, held to p.prompt.md (by the module's name)

            error[contract/excluded]: Snap is excluded
             --> a/m.tla:2:1
              |
            2 | Snap == TRUE
              | ^^^^
              |
              = note: the prompt forbids this, line 6: Snapshots (MsgSnap)

            ✓  actions.1           met          line 2  Voting                               by `Vote`
            ~  actions.2           declared     line 3  Log                                  only in a set of types
            ✗  excluded.1          violated     line 6  Snapshots                            `Snap` models it
            ·  output.module-name  not-checked  line 9  The MODULE name must be exactly "m"  the text can't decide it

            note: several prompts are for it
            left alone: the proof in line 9 is left alone
        "#]]
        .assert_eq(&plain(&file(&judged(), Detail::Verbose, None)));
    }

    #[test]
    fn of_several_files_only_what_is_amiss_is_shown_and_the_rest_is_counted() {
        expect![[r#"
            a/m.tla: module m, held to p.prompt.md (by the module's name)

            error[contract/excluded]: Snap is excluded
             --> a/m.tla:2:1
              |
            2 | Snap == TRUE
              | ^^^^
              |
              = note: the prompt forbids this, line 6: Snapshots (MsgSnap)

            ~  actions.2   declared  line 3  Log        only in a set of types
            ✗  excluded.1  violated  line 6  Snapshots  `Snap` models it

        "#]]
        .assert_eq(&plain(&file(&judged(), Detail::Brief, None)));
        let mut tally = Tally::default();
        tally.add(&judged());
        tally.add(&judged());
        expect![[r#"
            p.prompt.md: 2 files

            clause              met  equiv.  decl.  missing  violated  unchecked  what the prompt says
            actions.1           2    0       0      0        0         0          Voting
            actions.2           0    0       2      0        0         0          Log
            excluded.1          0    0       0      0        2         0          Snapshots
            output.module-name  0    0       0      0        0         2          The MODULE name must be exactly "m"

            note: several prompts are for it (2 files)
            2 errors, 0 warnings, 0 hints in 2 files; 2 of 6 checked clauses met
        "#]]
        .assert_eq(&plain(&(tally.table(None) + &tally.notes() + &tally.closing_line())));
    }
}
