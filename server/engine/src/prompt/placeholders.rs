//! The `{word}` and `$word` placeholders of a prompt: which are filled, which look like slips, which braces are text.

use super::{Placeholder, lines::lines};
use crate::diagnostic::Span;

/// The words that rendering fills, with what is filled in.
pub(super) const KNOWN: &[(&str, &str)] = &[
    ("attempt_number", "which attempt at a repair this is"),
    ("current_config", "the TLC configuration to be repaired"),
    ("current_specification", "the module to be repaired"),
    ("description", "the task that the module was written for"),
    ("draft_analysis", "the analysis that classifies functions and state variables"),
    ("error_summary", "the errors in a few words"),
    ("file_path", "the path of the source code"),
    ("focus", "what the model is to concentrate on"),
    ("invariants", "the invariants to be checked"),
    ("language", "the programming language of the source code"),
    ("max_attempts", "how many attempts at a repair there are"),
    ("module_name", "the name of the module"),
    ("semantic_errors", "what SANY says of names and levels"),
    ("source_code", "the source code to be modelled"),
    ("specification", "a TLA+ module"),
    ("syntax_errors", "what SANY says of the syntax"),
    ("system_name", "the name of the system"),
    ("system_type", "the kind of system"),
    ("tla_spec", "the module that a configuration is written for"),
    ("trace_format", "how the traces are to be read"),
    ("traces", "execution traces of the system"),
    ("validation_output", "everything that the tools said"),
];

/// Whether rendering fills a word.
pub(super) fn is_known(name: &str) -> bool {
    KNOWN.binary_search_by_key(&name, |(known, _)| known).is_ok()
}

/// All placeholders in order of place. Braces that are TLA+, JSON or `{{ }}` are none.
pub(super) fn placeholders(text: &str) -> Vec<Placeholder> {
    let mut result = Vec::new();
    for line in lines(text) {
        let mut at = 0;
        while let Some(offset) = line.text[at..].find(['{', '$']) {
            let start = at + offset;
            let found = match line.text.as_bytes()[start] {
                b'{' => braces(line.text, start),
                _ => dollar(line.text, start),
            };
            let Some((name, end)) = found else {
                // All of `{{{` is skipped at once, so that its last brace does not begin a placeholder.
                at = start + line.text[start..].bytes().take_while(|byte| *byte == b'{').count().max(1);
                continue;
            };
            let known = is_known(name);
            if known || looks_like_a_slip(line.text, name, start) {
                result.push(Placeholder {
                    name: name.to_owned(),
                    span: Span::new(line.start + start, line.start + end),
                    line: line.number,
                    known,
                });
            }
            at = end;
        }
    }
    result
}

/// `{word}` with single braces.
fn braces(line: &str, start: usize) -> Option<(&str, usize)> {
    let rest = &line[start + 1..];
    let length = word_length(rest);
    let closed = rest[length..].starts_with('}') && !rest[length + 1..].starts_with('}');
    (length > 0 && closed).then(|| (&rest[..length], start + length + 2))
}

/// `$word` or `${word}`; only known words, since `$` has other uses in source code.
fn dollar(line: &str, start: usize) -> Option<(&str, usize)> {
    let before = line[..start].chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || "$_\\".contains(c)) {
        return None;
    }
    let rest = &line[start + 1..];
    let (name, end) = match rest.strip_prefix('{') {
        Some(inner) => {
            let length = word_length(inner);
            (&inner[..length], inner[length..].starts_with('}').then_some(start + length + 3)?)
        }
        None => {
            let length = word_length(rest);
            (&rest[..length], start + 1 + length)
        }
    };
    is_known(name).then_some((name, end))
}

fn word_length(text: &str) -> usize {
    let length = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    if text.starts_with(|c: char| c.is_ascii_digit()) { 0 } else { length }
}

/// Whether an unknown `{word}` is meant as a placeholder: a lower-case word in prose, not a TLA+ set, code or JSON.
fn looks_like_a_slip(line: &str, name: &str, start: usize) -> bool {
    let lower = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    let long = name.len() >= 4 && !name.ends_with(|c: char| c.is_ascii_digit()) || name.contains('_');
    if !lower || !long {
        return false;
    }
    let before = line[..start].trim_end();
    let of_tla = before.ends_with(['=', '\\', ',', '[', '<', '>', '#', '|', '^'])
        || before.rsplit(char::is_whitespace).next().is_some_and(|word| word.starts_with('\\'))
        || ["==", "|->", "\\in", "\\cup", "\\A ", "\\E ", "'="].iter().any(|sign| line.contains(sign));
    let in_code = line[..start].matches('`').count() % 2 == 1;
    !of_tla && !in_code && !line[..start].ends_with('$')
}

/// The known word that a slip is nearest to, if one is near.
pub(super) fn nearest(name: &str) -> Option<&'static str> {
    let best = KNOWN.iter().map(|(known, _)| (distance(name, known), *known)).min()?;
    let shares = KNOWN
        .iter()
        .find(|(known, _)| known.split('_').any(|part| part == name) || name.split('_').eq(known.split('_').rev()));
    let near = best.0 <= 2 && best.0 * 3 <= name.len();
    if near { Some(best.1) } else { shares.map(|(known, _)| *known) }
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::prompt::unindent;

    fn check(text: &str, expected: Expect) {
        let text = &unindent(text);
        let shown: Vec<String> = placeholders(text)
            .iter()
            .map(|found| {
                let word = if found.known { "known" } else { "unknown" };
                format!("{}:{} {word} {}\n", found.line, &text[found.span.start..found.span.end], found.name)
            })
            .collect();
        expected.assert_eq(&shown.concat());
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(KNOWN.is_sorted());
    }

    #[test]
    fn braces_and_dollars() {
        check(
            "Focus: {focus}\n$tla_spec and ${invariants}, $PATH, a$focus\nA {color_scheme} of {topics}",
            expect![[r#"
                0:{focus} known focus
                1:$tla_spec known tla_spec
                1:${invariants} known invariants
                2:{color_scheme} unknown color_scheme
                2:{topics} unknown topics
            "#]],
        );
    }

    #[test]
    fn sets_records_and_doubled_braces_are_text() {
        check(
            r#"
            start with {{ and end with }}
            {{source_code}} {{{focus}}}
            Servers = {servers}
            x \in {leader}
            S \cup {node}
            `{quoted}`
            {s1} {} {1}
            "#,
            expect![""],
        );
    }

    #[test]
    fn slips_have_a_near_word() {
        assert_eq!(nearest("source_cod"), Some("source_code"));
        assert_eq!(nearest("code"), Some("source_code"));
        assert_eq!(nearest("weather"), None);
    }
}
