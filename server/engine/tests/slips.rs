//! Each slip of `slips/*.txt` is told with its fix, which gives the text that stands beside it; SANY rejects the one and
//! accepts the other (both were given to it when they were written down). A case reads
//!
//! ````text
//! @@ what it shows | safe or ask | body or module
//! the text as a model writes it
//! @>
//! the text as it is mended
//! ````
//!
//! where a body is the part of a module behind the lines of [`HEAD`].

use tla_contract_engine::{
    Document, Judgement, NoModules, Setting,
    config::Config,
    diagnostic::{Finding, Safety, Severity},
    judge,
    repair::repair,
};

const HEAD: &str = "---- MODULE M ----\nEXTENDS Naturals, Sequences, FiniteSets\nCONSTANTS Server, S, T\nVARIABLES x, y, f, msgs\nvars == <<x, y, f, msgs>>\n";

const TABLES: &[&str] =
    &[include_str!("slips/forms.txt"), include_str!("slips/marks.txt"), include_str!("slips/modules.txt")];

struct Case {
    name: &'static str,
    reach: Safety,
    bad: String,
    good: String,
}

fn cases() -> Vec<Case> {
    let cases = TABLES.iter().flat_map(|table| table.split("@@ ").skip(1));
    cases
        .map(|case| {
            let (head, rest) = case.split_once('\n').expect("a case has a first line");
            let [name, reach, kind] = head.split(" | ").collect::<Vec<_>>()[..] else {
                panic!("{head} has three parts")
            };
            let (bad, good) = rest.split_once("\n@>\n").expect("a case has two texts");
            let whole = |text: &str| match kind {
                "body" => format!("{HEAD}{}\n====\n", text.trim_end_matches('\n')),
                _ => format!("{}\n", text.trim_end_matches('\n')),
            };
            let reach = if reach == "safe" { Safety::Safe } else { Safety::Ask };
            Case { name, reach, bad: whole(bad), good: whole(good) }
        })
        .collect()
}

fn with_setting<T>(use_it: impl FnOnce(Setting<'_>) -> T) -> T {
    let config = Config::default();
    use_it(Setting { contract: None, config: &config, file_stem: Some("M"), draft: None, modules: &NoModules })
}

/// The findings that say what SANY would.
fn rejections(judgement: &Judgement) -> Vec<&Finding> {
    let families = ["syntax/", "name/", "level/"];
    let rejects = |finding: &&Finding| {
        finding.severity == Severity::Error && families.iter().any(|family| finding.rule.starts_with(family))
    };
    judgement.findings.iter().filter(rejects).collect()
}

/// Applies a check to each case and tells all that fail.
fn each(check: impl Fn(&Case, Setting<'_>) -> Result<(), String>) {
    let cases = cases();
    assert!(cases.len() > 200, "the tables are read");
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|case| {
            with_setting(|setting| check(case, setting)).err().map(|why| format!("{}: {why}", case.name))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn every_slip_is_told_with_its_fix_and_mended() {
    each(|case, setting| {
        let document = Document::from(case.bad.as_str());
        let judgement = judge(&document, setting);
        if rejections(&judgement).iter().all(|finding| finding.fixes.iter().all(|fix| fix.safety > case.reach)) {
            return Err(format!("no finding carries the fix: {:#?}", judgement.findings));
        }
        let repaired = repair(&document, setting, case.reach);
        if repaired.document.source() != case.good {
            return Err(format!("is mended to\n{}instead of\n{}", repaired.document.source(), case.good));
        }
        match rejections(&repaired.judgement).first() {
            Some(left) => Err(format!("still has {}: {}", left.rule, left.message)),
            None => Ok(()),
        }
    });
}

#[test]
fn what_must_be_asked_is_not_mended_unasked() {
    each(|case, setting| {
        if case.reach == Safety::Safe {
            return Ok(());
        }
        let repaired = repair(&Document::from(case.bad.as_str()), setting, Safety::Safe);
        match rejections(&repaired.judgement).is_empty() {
            true => Err(format!("was mended to\n{}", repaired.document.source())),
            false => Ok(()),
        }
    });
}

#[test]
fn what_is_mended_is_left_alone() {
    each(|case, setting| {
        let repaired = repair(&Document::from(case.good.as_str()), setting, Safety::Ask);
        let families = ["syntax/", "name/", "level/"];
        match repaired.applied.iter().find(|applied| families.iter().any(|family| applied.rule.starts_with(family))) {
            Some(applied) => Err(format!("{}: {}", applied.rule, applied.title)),
            None => Ok(()),
        }
    });
}

#[test]
fn comments_and_layout_around_what_is_mended_stay_byte_for_byte() {
    const BEFORE: &str = "\\* kept,\tas it is  \nBefore   ==\n  (* odd (* and nested *) *)  \\/  1  =  1   \\* one\n                              \\/ 2 = 2\n";
    const BEHIND: &str = "Behind == /\\ TRUE    (* two\n   lines *)\n          /\\  FALSE\n";
    each(|case, setting| {
        let Some(body) = case.bad.strip_prefix(HEAD) else { return Ok(()) };
        // What ends a text too early would take what stands behind it.
        if case.name.starts_with("comment") {
            return Ok(());
        }
        let Some(body) = body.strip_suffix("====\n") else { return Ok(()) };
        let text = format!("{HEAD}{BEFORE}{body}{BEHIND}====\n");
        let repaired = repair(&Document::from(text.as_str()), setting, case.reach);
        let source = repaired.document.source();
        match [BEFORE, BEHIND].into_iter().find(|kept| !source.contains(*kept)) {
            Some(lost) => Err(format!("{lost:?} is changed in\n{source}")),
            None => Ok(()),
        }
    });
}
