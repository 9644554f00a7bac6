//! Tests every rule by the examples in its own doc comment.
//!
//! The block `tla bad` must be reported by the rule and by no other; the first fix of each of its findings, taken together, must turn it
//! into exactly the block `tla good`; on `tla good` the rule is silent. A block `tla bad, among others` may be reported by
//! other rules too. A line `\* (the line before this one N times more)` stands for so many lines. A block `prompt` gives the contract, a block
//! `draft` the draft analysis, a block `file` the name of the file.

use crate::{
    Document, Setting,
    config::Config,
    diagnostic::{Edit, apply_edits},
    prompt::{Prompt, draft::Draft},
};

fn block(page: &str, language: &str) -> Option<String> {
    let open = format!("````{language}\n");
    let start = page.find(&open)? + open.len();
    let end = page[start..].find("````")? + start;
    Some(written_out(&page[start..end]))
}

/// The text of an example with its repetitions.
fn written_out(example: &str) -> String {
    let mut text = String::new();
    let mut before = "";
    for line in example.split_inclusive('\n') {
        let times = line.trim_end().strip_prefix("\\* (the line before this one ");
        match times.and_then(|times| times.strip_suffix(" times more)")) {
            Some(times) => text.push_str(&before.repeat(times.replace(',', "").parse().expect("a number"))),
            None => text.push_str(line),
        }
        before = line;
    }
    text
}

#[test]
fn every_rule_does_what_its_page_says() {
    let mut failures = Vec::new();
    for rule in super::all() {
        let page = rule.page();
        if matches!(rule.judges, super::Judges::Prompt) {
            if let Err(why) = prompt_rule_does_what_its_page_says(rule.id, &page) {
                failures.push(format!("{}: {why}", rule.id));
            }
            continue;
        }
        let mut fail = |why: String| failures.push(format!("{}: {why}", rule.id));
        let alone = block(&page, "tla bad");
        let among_others = block(&page, "tla bad, among others");
        let (Some(bad), Some(good)) = (alone.as_ref().or(among_others.as_ref()), block(&page, "tla good")) else {
            fail("has no blocks `tla bad` and `tla good`".to_owned());
            continue;
        };
        let prompt = block(&page, "prompt").map(|text| Prompt::parse(&text));
        let file = block(&page, "file");
        let config = Config::default();
        let draft = block(&page, "draft").map(|text| Draft::parse(&text));
        let setting = Setting {
            contract: prompt.as_ref().map(Prompt::contract),
            draft: draft.as_ref(),
            config: &config,
            file_stem: file.as_deref().map(|file| file.trim().trim_end_matches(".tla")),
            modules: &crate::NoModules,
        };
        let findings = crate::judge(&Document::from(bad.as_str()), setting).findings;
        if !findings.iter().any(|finding| finding.rule == rule.id) {
            fail(format!("is silent on its bad example; reported: {findings:#?}"));
        }
        for other in findings.iter().filter(|finding| alone.is_some() && finding.rule != rule.id) {
            fail(format!("its bad example is also reported by {}: {}", other.rule, other.message));
        }
        let edits: Vec<Edit> = findings
            .iter()
            .filter(|finding| finding.rule == rule.id)
            .filter_map(|finding| finding.fixes.first())
            .flat_map(|fix| fix.edits.clone())
            .collect();
        if !edits.is_empty() {
            let fixed = apply_edits(bad, &edits).0;
            if fixed != good {
                fail(format!("its fix gives\n{fixed}\ninstead of\n{good}"));
            }
        }
        let again = crate::judge(&Document::from(good.as_str()), setting).findings;
        for finding in again.iter().filter(|finding| finding.rule == rule.id) {
            fail(format!("reports its good example: {}", finding.message));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// The blocks `bad` and `good` of a rule about prompts.
fn prompt_rule_does_what_its_page_says(id: &str, page: &str) -> Result<(), String> {
    let fenced = |language: &str| {
        let open = format!("```{language}\n");
        let start = page.find(&open)? + open.len();
        Some(page[start..start + page[start..].find("```")?].to_owned())
    };
    let bad = fenced("bad").ok_or("has no block `bad`")?;
    let good = fenced("good").ok_or("has no block `good`")?;
    let reports = |text: &str| Prompt::parse(text).findings().iter().any(|finding| finding.rule == id);
    if !reports(&bad) {
        return Err("is silent on its bad example".to_owned());
    }
    if reports(&good) { Err("reports its good example".to_owned()) } else { Ok(()) }
}
