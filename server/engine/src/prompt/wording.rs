//! English, as far as prompts need it: words, sentences, orders and prohibitions.

use crate::diagnostic::Span;

use super::lines::trimmed;

/// Verbs that a demand begins with.
const ORDERS: &[&str] = &[
    "abstract",
    "account",
    "add",
    "adhere",
    "analyze",
    "apply",
    "assume",
    "avoid",
    "balance",
    "base",
    "begin",
    "build",
    "capture",
    "check",
    "complete",
    "configure",
    "consider",
    "construct",
    "convert",
    "create",
    "declare",
    "define",
    "demonstrate",
    "derive",
    "describe",
    "do",
    "don't",
    "emit",
    "end",
    "ensure",
    "exclude",
    "explain",
    "express",
    "extend",
    "finish",
    "fix",
    "focus",
    "follow",
    "format",
    "generate",
    "give",
    "handle",
    "ignore",
    "implement",
    "include",
    "keep",
    "leave",
    "limit",
    "maintain",
    "make",
    "map",
    "model",
    "modify",
    "must",
    "name",
    "never",
    "omit",
    "only",
    "optimize",
    "output",
    "preserve",
    "produce",
    "properly",
    "provide",
    "put",
    "read",
    "refer",
    "remember",
    "replace",
    "represent",
    "resolve",
    "respect",
    "respond",
    "restrict",
    "return",
    "review",
    "rewrite",
    "set",
    "show",
    "simplify",
    "skip",
    "specify",
    "start",
    "stop",
    "submit",
    "track",
    "transform",
    "translate",
    "treat",
    "update",
    "use",
    "verify",
    "wrap",
    "write",
];

/// Words that make a sentence a demand wherever they stand.
const DEMANDING: &[&str] = &[
    " must ",
    " should ",
    " shall ",
    " do not ",
    " don't ",
    " please ",
    " need you to ",
    " your task is to ",
    " may not ",
    " has to ",
    " have to ",
    " is required",
    " are required",
    " make sure ",
    " required to ",
    " never ",
    " is to be named ",
    " is to be called ",
    " is to be included ",
    " are to be included ",
    " is to be modelled ",
    " is to be modeled ",
    " are to be modelled ",
    " are to be modeled ",
];

/// What a demand says of its subject in order to keep it out of the specification.
const KEPT_OUT: &[&str] = &[
    " not be modelled",
    " not be modeled",
    " not be part of",
    " not be included",
    " not be specified",
    " not be represented",
    " not to be modelled",
    " not to be modeled",
    " not to be included",
];

/// Whether the letters are capitals, and there are some.
pub(super) fn capitals_only(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(char::is_uppercase)
        && text.chars().filter(|c| c.is_alphabetic()).count() > 2
}

pub(super) fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether a word stands in a text, not as a part of another word.
pub(super) fn has_word(text: &str, word: &str) -> bool {
    find_word(text, word).is_some()
}

/// Where a word stands in a text, not as a part of another word.
pub(super) fn find_word(text: &str, word: &str) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        !text[..*at].chars().next_back().is_some_and(is_part)
            && !text[at + word.len()..].chars().next().is_some_and(is_part)
    })
}

/// Whether any of the phrases stands in the text.
pub(super) fn has_any(text: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| text.contains(phrase))
}

/// The sentences of a text that begins at `start`: they end at `.`, `!` or `?` before a new beginning.
pub(super) fn sentences(text: &str, start: usize) -> Vec<Span> {
    let mut result = Vec::new();
    let mut from = 0;
    let mut depth = 0usize;
    let mut in_code = false;
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    for (index, (at, character)) in characters.iter().enumerate() {
        match character {
            '`' => in_code = !in_code,
            '(' if !in_code => depth += 1,
            ')' if !in_code => depth = depth.saturating_sub(1),
            '\n' if text[at + 1..].starts_with("- ") => {
                result.push(trimmed(&text[from..*at], start + from));
                from = at + 1;
                depth = 0;
                in_code = false;
            }
            '.' | '!' | '?' if depth == 0 && !in_code => {
                let rest = &text[at + 1..];
                let closing = rest.len() - rest.trim_start_matches(['*', '"', ')', '】']).len();
                let behind = &rest[closing..];
                let next = behind.trim_start().chars().next();
                let begins = next.is_some_and(|c| c.is_uppercase() || "*`\"【".contains(c));
                let abbreviation = ["e.g", "i.e", "v.s", "vs", "etc"].iter().any(|word| text[..*at].ends_with(word));
                let numbered = index > 0 && characters[index - 1].1.is_ascii_digit() && at - from <= 3;
                if !behind.starts_with(char::is_whitespace) || !begins || abbreviation || numbered {
                    continue;
                }
                result.push(trimmed(&text[from..at + 1 + closing], start + from));
                from = at + 1 + closing;
            }
            _ => {}
        }
    }
    let last = trimmed(&text[from..], start + from);
    if !last.is_empty() {
        result.push(last);
    }
    result
}

/// A sentence without its flag: `**IMPORTANT: Return …` is `Return …`.
pub(super) fn without_flag(sentence: &str) -> &str {
    let text = sentence.trim_start_matches(['*', ' ']);
    match super::headings::capital_label(text) {
        Some((label, rest)) if word_count(label) <= 3 && !rest.is_empty() => rest.trim_start_matches(['*', ' ']),
        _ => text,
    }
}

/// Whether a word only says how grave a demand is.
pub(super) fn is_flag(text: &str) -> bool {
    let word = text.trim().trim_end_matches(':').to_ascii_lowercase();
    matches!(word.as_str(), "mandatory" | "critical" | "important" | "note" | "warning" | "required" | "must")
}

/// Whether a text begins with a flag such as `IMPORTANT:` and says something behind it.
pub(super) fn is_flagged(text: &str) -> bool {
    without_flag(text).len() < text.trim_start_matches(['*', ' ']).len()
}

/// Whether a sentence asks for something: it begins with an order, or says must, should, please.
pub(super) fn is_demanding(sentence: &str) -> bool {
    let text = without_flag(sentence);
    if text.to_ascii_lowercase().starts_with("module name: ") {
        return true;
    }
    if word_count(text) < 3 {
        return word_count(text) == 2 && is_prohibition(text);
    }
    let lower = format!(" {} ", text.to_ascii_lowercase().replace(['\n', '\r', '\t', ',', '*'], " "));
    if DEMANDING.iter().any(|words| lower.contains(words)) || is_order(text) {
        return true;
    }
    // "Given the following specification, generate a configuration."
    let leads = ["given ", "based on ", "using ", "to ", "from ", "if ", "before ", "after ", "when ", "for "];
    leads.iter().any(|lead| lower[1..].starts_with(lead))
        && text.match_indices(", ").any(|(at, _)| is_order(&text[at + 2..]))
}

/// Whether a text begins with an order such as `Return …`; `Focus: x` is none.
pub(super) fn is_order(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '"', ' ']);
    let end = text.find(|c: char| !c.is_alphabetic() && c != '\'').unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let lower = word.to_ascii_lowercase();
    rest.starts_with([' ', '\t', '*', '\n']) && ORDERS.contains(&lower.as_str())
}

/// Whether a demand begins by forbidding: `Do not …`, `Never …`, `No …`, `Omit …`.
pub(super) fn is_prohibition(text: &str) -> bool {
    let text = without_flag(text).trim_start_matches(['*', '"', '【', '[', ' ']).to_ascii_lowercase();
    // "Do not omit the actions" asks for them.
    let twice = ["do not ", "don't ", "never ", "must not "].iter().find_map(|words| text.strip_prefix(words));
    let against = ["omit ", "forget ", "skip ", "leave out ", "drop ", "exclude ", "ignore "];
    if twice.is_some_and(|rest| against.iter().any(|verb| rest.starts_with(verb))) {
        return false;
    }
    if has_any(&text, KEPT_OUT) && !has_any(&text, &[" but ", "; "]) {
        return true;
    }
    [
        "do not ",
        "don't ",
        "do *not* ",
        "do **not** ",
        "never ",
        "no ",
        "avoid ",
        "omit ",
        "exclude ",
        "ignore ",
        "must not ",
        "you must not ",
        "keine ",
        "kein ",
        "nicht ",
        "不要",
        "禁止",
        "不得",
        "切勿",
    ]
    .iter()
    .any(|words| text.starts_with(words))
}

/// Whether what stands at `at` is denied by a word before it in the same sentence: "do not include comments".
pub(super) fn is_negated(lower: &str, at: usize) -> bool {
    let before = &lower[..at];
    let breaks =
        [" but ", " just ", "; ", " only ", " instead", " - ", " — ", " – ", ". ", ") ", "), ", ": ", "not only "];
    let from =
        breaks.iter().filter_map(|words| before.rfind(words).map(|found| found + words.len())).max().unwrap_or(0);
    let scope = &before[from..];
    ["no", "not", "without", "never", "don't", "avoid", "nor", "omit", "exclude", "free of", "cannot", "nothing"]
        .iter()
        .any(|word| has_word(scope, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text, 0).into_iter().map(|span| &text[span.start..span.end]).collect()
    }

    #[test]
    fn sentences_end_before_a_new_beginning_only() {
        assert_eq!(
            split("Use A (e.g. B. C). Then v.s. D. **Start** it."),
            ["Use A (e.g. B. C).", "Then v.s. D.", "**Start** it."]
        );
        assert_eq!(split("Write the closing ====. Do not `a. B` it"), ["Write the closing ====.", "Do not `a. B` it"]);
    }

    #[test]
    fn orders_and_musts_are_demands() {
        for text in [
            "Generate a TLA+ specification.",
            "**IMPORTANT: Return ONLY the TLA+ code.",
            "Given this text, generate a file.",
            "Based on the errors, please fix it.",
            "The action names MUST appear EXACTLY as given.",
            "I need you to fix errors.",
        ] {
            assert!(is_demanding(text), "{text}");
        }
        for text in ["You are an expert.", "Focus: {focus}", "This is correction attempt 1.", "System: a store"] {
            assert!(!is_demanding(text), "{text}");
        }
    }

    #[test]
    fn a_negation_reaches_to_the_next_break() {
        let negated = |text: &str, word: &str| is_negated(text, text.find(word).unwrap());
        assert!(negated("do not include explanations, comments, or markers", "comments"));
        assert!(negated("pure code - no markdown code blocks", "code blocks"));
        assert!(!negated("no explanations, just the code with comments", "comments"));
        assert!(!negated("reduce comments but keep all", "comments"));
    }
}
