//! How a line is known as a heading, and what kind of section its words open. Words are stable, markup is not.

use super::{
    lines::Line,
    wording::{capitals_only, word_count},
};

/// What a section holds, by the words of its heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Actions,
    Exclusions,
    Scope,
    Modeling,
    Naming,
    Output,
    Template,
    Translation,
    Allowed,
    Other,
    /// Material for the model: source code, traces, errors, examples. It demands nothing.
    Material,
}

/// How a heading is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// `## Title`, with the number of signs.
    Markdown(usize),
    /// A whole line in bold.
    Bold,
    /// `TITLE IN CAPITALS:` or without the colon.
    Capitals,
    /// Any other line that ends with a colon.
    Colon,
}

/// A heading and what may stand behind it on its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Heading<'a> {
    pub(super) text: &'a str,
    pub(super) mark: Mark,
    /// `None` when the words say nothing.
    pub(super) class: Option<Class>,
    /// Text behind the colon of a heading in capitals.
    pub(super) rest: &'a str,
}

/// Reads a line as a heading. Items are the caller's business.
pub(super) fn heading<'a>(line: &Line<'a>) -> Option<Heading<'a>> {
    let text = line.text.trim();
    if text.is_empty() || line.is_rule() || line.is_fence() {
        return None;
    }
    if let Some(title) = tag(text) {
        let class = classify(&title.replace(['_', '-'], " "));
        return class.map(|_| Heading { text: title, mark: Mark::Markdown(2), class, rest: "" });
    }
    let signs = text.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&signs) && text[signs..].starts_with([' ', '\t']) {
        let title = plain(&text[signs..]);
        return Some(Heading { text: title, mark: Mark::Markdown(signs), class: classify(title), rest: "" });
    }
    if let Some(inner) = whole_bold(text) {
        let title = plain(inner);
        let sentence = title.contains([':', '!']) || title.contains(". ") || title.ends_with('.');
        if word_count(title) <= 12 && !sentence {
            return Some(Heading { text: title, mark: Mark::Bold, class: classify(title), rest: "" });
        }
    }
    let unmarked = text.trim_matches('*').trim();
    if let Some((label, rest)) = capital_label(unmarked) {
        let class = classify(label);
        // `IMPORTANT: Return only …` is a sentence with a flag, `EXPLICITLY EXCLUDED: snapshots` a section.
        let opens = rest.is_empty() || class.is_some_and(|class| class != Class::Output && class != Class::Material);
        return opens.then_some(Heading { text: label, mark: Mark::Capitals, class, rest });
    }
    if let Some((label, rest)) = bold_label(text) {
        let class = classify(label).filter(|class| *class != Class::Material);
        if class.is_some() {
            return Some(Heading { text: label, mark: Mark::Bold, class, rest });
        }
    }
    if unmarked.ends_with([':', '：']) {
        let title = plain(unmarked);
        return Some(Heading { text: title, mark: Mark::Colon, class: classify(title), rest: "" });
    }
    let class = classify(unmarked);
    let stands_alone = capitals_only(unmarked) && (2..=8).contains(&word_count(unmarked)) && class.is_some();
    (stands_alone && !unmarked.ends_with(['.', '!'])).then_some(Heading {
        text: unmarked,
        mark: Mark::Capitals,
        class,
        rest: "",
    })
}

/// What kind of section the words of a heading open. What stands in parentheses only counts when the rest is mute.
pub(super) fn classify(heading: &str) -> Option<Class> {
    let lower = heading.to_ascii_lowercase();
    let (outside, inside) = split_parentheses(&lower);
    by_words(&outside).or_else(|| by_words(&inside))
}

fn by_words(text: &str) -> Option<Class> {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '+').filter(|w| !w.is_empty()).collect();
    let word = |one: &str| words.contains(&one);
    if words.is_empty() {
        return None;
    }
    if has(&["example", "evaluation", "natural language draft", "trace format"]) {
        return Some(Class::Material);
    }
    if word("template") || has(&["module skeleton"]) {
        return Some(Class::Template);
    }
    if word("ausgabe") || has(&["输出"]) {
        return Some(Class::Output);
    }
    if word("output")
        && !has(&["validation output", "tool output", "model output", "error output", "output of", "output from"])
        || has(&["response format", "return format", "response requirement", "format requirement"])
        || (words.len() == 1 && matches!(words[0], "important" | "critical" | "format" | "formatting"))
    {
        return Some(Class::Output);
    }
    if has(&["exclude", "exclusion", "not model", "not to model", "out of scope", "out-of-scope", "leave out"])
        || has(&["left out", "non-goal", "must not", "forbidden", "prohibited", "to omit", "to ignore", "not in scope"])
        || has(&["do not include", "don't model", "not to be modeled", "not be modeled"])
        || has(&["nicht modell", "ausgeschlossen", "ausschl", "不要", "排除", "禁止"])
    {
        return Some(Class::Exclusions);
    }
    if word("optional") || has(&["nice to have", "may include", "allowed", "permitted"]) {
        return Some(Class::Allowed);
    }
    if has(&["naming", "required action", "action names", "exact names", "required names", "required operator"]) {
        return Some(Class::Naming);
    }
    let mandatory = word("mandatory") || word("core") || word("required");
    if mandatory && (word("actions") || word("action") || word("operations") || word("events"))
        || has(&["must include all", "must include the following", "verpflichtende aktionen", "必须包含"])
    {
        return Some(Class::Actions);
    }
    if has(&["must have", "must model", "must cover", "must support"]) {
        return Some(Class::Scope);
    }
    if word("scope") || has(&["required behavior", "required behaviour", "behaviors to cover", "behaviours to cover"]) {
        return Some(Class::Scope);
    }
    if has(&["symbol declaration"]) {
        return Some(Class::Other);
    }
    if has(&["translation", "instruction", "guideline", "focus specifically", "specification requirement"])
        || text.ends_with("should")
        || text.ends_with("must")
    {
        return Some(Class::Translation);
    }
    if has(&["modeling", "modelling", "semantic distinction", "abstraction", "to model", "considerations"]) {
        return Some(Class::Modeling);
    }
    if words.starts_with(&["requirements", "for"]) && words.len() <= 6 {
        return Some(Class::Translation);
    }
    if words.last().is_some_and(|last| matches!(*last, "requirements" | "requirement" | "rules" | "constraints")) {
        return Some(Class::Translation);
    }
    let material = has(&["source code", "traces", "input", "validation", "error", "generated invariant"])
        || has(&["background", "reference", "original task", "current tla", "current tlc", "current spec"])
        || matches!(words[0], "system" | "focus" | "context" | "description" | "given")
        || (words.len() <= 3 && words[0] == "tla+" && words[1..].iter().all(|word| *word == "specification"));
    (material && words.len() <= 8).then_some(Class::Material)
}

/// A title without number, bold marks and closing colon.
pub(super) fn plain(title: &str) -> &str {
    let mut text = title.trim().trim_matches('*').trim().trim_end_matches(':').trim().trim_matches('*').trim();
    let digits = text.bytes().take_while(|byte| byte.is_ascii_digit()).count();
    if digits > 0 && text[digits..].starts_with(['.', ')']) {
        text = text[digits + 1..].trim_start();
    }
    text.trim_matches('*').trim()
}

/// The name of an opening tag that stands alone: `<requirements>`.
fn tag(text: &str) -> Option<&str> {
    let name = text.strip_prefix('<')?.strip_suffix('>')?;
    (!name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c))).then_some(name)
}

/// Whether a line is a closing tag and nothing else.
pub(super) fn is_closing_tag(text: &str) -> bool {
    text.trim()
        .strip_prefix("</")
        .and_then(|rest| rest.strip_suffix('>'))
        .is_some_and(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c)))
}

/// `**Label**: rest`
fn bold_label(text: &str) -> Option<(&str, &str)> {
    let (label, rest) = text.strip_prefix("**")?.split_once("**")?;
    let rest = rest.strip_prefix(':').or_else(|| label.ends_with(':').then_some(rest))?.trim();
    (word_count(label) <= 4 && !rest.is_empty()).then_some((label.trim_end_matches(':'), rest))
}

/// The text of a line that is bold as a whole.
fn whole_bold(text: &str) -> Option<&str> {
    let body = text.strip_suffix(':').unwrap_or(text);
    let inner = body.strip_prefix("**")?.strip_suffix("**")?;
    (!inner.contains("**") && !inner.is_empty()).then_some(inner)
}

/// `LABEL (any words): rest`; the label is in capitals outside its parentheses.
pub(super) fn capital_label(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0usize;
    for (at, character) in text.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => {
                let label = text[..at].trim().trim_matches('*').trim();
                let (outside, _) = split_parentheses(label);
                let rest = text[at + 1..].trim_start_matches('*').trim();
                return (capitals_only(&outside) && word_count(label) <= 16).then_some((label, rest));
            }
            '.' | '`' | '"' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// The text outside and the text inside parentheses.
fn split_parentheses(text: &str) -> (String, String) {
    let mut depth = 0usize;
    let mut parts = (String::new(), String::new());
    for character in text.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => parts.0.push(character),
            _ => parts.1.push(character),
        }
    }
    (parts.0.trim().to_owned(), parts.1.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::prompt::{lines::lines, unindent};

    fn check(text: &str, expected: Expect) {
        let mut shown = String::new();
        for line in lines(unindent(text).trim_end()) {
            match heading(&line) {
                Some(found) => {
                    let class = found.class.map_or("-".to_owned(), |class| format!("{class:?}"));
                    shown +=
                        &format!("{class}: {} [{:?}] {}\n", found.text, found.mark, found.rest).replace(" \n", "\n");
                }
                None => shown += "no heading\n",
            }
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn the_words_decide_whatever_the_markup() {
        check(
            r#"
            MANDATORY CORE ACTIONS (must include all):
            ## 2. Mandatory core actions
            **EXPLICITLY EXCLUDED (do not model):**
            Explicitly excluded:
            REQUIRED BEHAVIORAL SCOPE:
            CRITICAL OUTPUT REQUIREMENTS (do not include prose):
            Mutex modeling requirements:
            Required actions:
            Trace format interpretation:
            ### Example Output Format
            "#,
            expect![[r#"
                Actions: MANDATORY CORE ACTIONS (must include all) [Capitals]
                Actions: Mandatory core actions [Markdown(2)]
                Exclusions: EXPLICITLY EXCLUDED (do not model) [Bold]
                Exclusions: Explicitly excluded [Colon]
                Scope: REQUIRED BEHAVIORAL SCOPE [Capitals]
                Output: CRITICAL OUTPUT REQUIREMENTS (do not include prose) [Capitals]
                Modeling: Mutex modeling requirements [Colon]
                Naming: Required actions [Colon]
                Material: Trace format interpretation [Colon]
                Material: Example Output Format [Markdown(3)]
            "#]],
        );
    }

    #[test]
    fn a_sentence_behind_a_flag_is_no_heading() {
        check(
            r#"
            **IMPORTANT: Return ONLY the code.**
            EXPLICITLY EXCLUDED: snapshots, compaction
            Focus: {focus}
            ====
            ```tla
            "#,
            expect![[r#"
                no heading
                Exclusions: EXPLICITLY EXCLUDED [Capitals] snapshots, compaction
                no heading
                no heading
                no heading
            "#]],
        );
    }
}
