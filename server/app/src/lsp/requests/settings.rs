//! What may be written in `tla-contract.toml`: its keys, and the values that are words of ours.

use tla_contract_engine::{
    diagnostic::Span,
    prompt::{builtins, known_placeholders},
    rules,
};

/// One key or value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SettingsOffer {
    pub(super) label: String,
    pub(super) meaning: String,
    pub(super) written: String,
}

/// The words for severities, with what they do.
const LEVELS: [(&str, &str); 5] = [
    ("error", "fails a check"),
    ("warning", "shown as a warning"),
    ("info", "shown for information"),
    ("hint", "shown discreetly"),
    ("off", "not looked for"),
];

const TOP_KEYS: [(&str, &str, &str); 3] = [
    ("[[prompt]]", "a prompt and the specifications that it governs", "[[prompt]]"),
    ("[severity]", "how grave the findings of each rule are", "[severity]"),
    ("library", "folders to take modules from", "library = [\"\"]"),
];

const PROMPT_KEYS: [(&str, &str, &str); 6] = [
    ("file", "the prompt file, from this folder", "file = \"\""),
    ("builtin", "a prompt that is built in", "builtin = \"\""),
    ("specs", "the specifications that it governs, as globs", "specs = [\"\"]"),
    ("draft", "the draft analysis for this prompt", "draft = \"\""),
    ("values", "what its placeholders are filled with", "values = {  }"),
    ("[prompt.values]", "what its placeholders are filled with", "[prompt.values]"),
];

/// What may be written at a byte of the settings, and the bytes it takes the place of.
pub(super) fn settings_offers(text: &str, offset: usize) -> Option<(Span, Vec<SettingsOffer>)> {
    let before = text.get(..offset)?;
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let written = &before[line..];
    if written.trim_start().starts_with('#') {
        return None;
    }
    let table = heading_before(text, line);
    if let Some((key, value)) = written.split_once('=') {
        let quote = value.find('"')?;
        let inside = &value[quote + 1..];
        let replace = Span::new(offset - inside.len(), offset);
        let open = !inside.contains('"');
        let values: Vec<SettingsOffer> = match (table, key.trim()) {
            ("[severity]", _) => LEVELS.iter().map(|(word, meaning)| offer(word, meaning, word)).collect(),
            ("[[prompt]]", "builtin") => {
                builtins().iter().map(|one| offer(one.name, "built-in prompt", one.name)).collect()
            }
            _ => return None,
        };
        return open.then_some((replace, values));
    }
    let start = line + written.len() - written.trim_start().len();
    let replace = Span::new(start, offset);
    let fixed = |keys: &[(&str, &str, &str)]| -> Vec<SettingsOffer> {
        keys.iter().map(|(label, meaning, written)| offer(label, meaning, written)).collect()
    };
    let offers = match table {
        "[severity]" => {
            let quoted = |id: &str| format!("\"{id}\" = \"\"");
            let rules = rules::all().iter().map(|rule| offer(rule.id, "rule", &quoted(rule.id)));
            rules.chain(fixed(&TOP_KEYS)).collect()
        }
        "[prompt.values]" => {
            let placeholders = known_placeholders().iter();
            let values = placeholders.map(|(name, meaning)| offer(name, meaning, &format!("{name} = \"\"")));
            values.chain(fixed(&TOP_KEYS)).collect()
        }
        "[[prompt]]" => fixed(&PROMPT_KEYS).into_iter().chain(fixed(&TOP_KEYS)).collect(),
        _ => fixed(&TOP_KEYS),
    };
    Some((replace, offers))
}

/// What is told of the key, the rule or the word at a byte of the settings, in Markdown, and its bytes.
pub(super) fn settings_hover(text: &str, offset: usize) -> Option<(Span, String)> {
    let start = text.get(..offset)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let written = line.split('#').next().unwrap_or_default();
    let table = heading_before(text, start);
    let word = |byte: u8| byte.is_ascii_alphanumeric() || b"_-/".contains(&byte);
    let at = offset - start;
    let from = written.bytes().take(at).rposition(|byte| !word(byte)).map_or(0, |end| end + 1);
    let to = written.bytes().skip(at).position(|byte| !word(byte)).map_or(written.len(), |length| at + length);
    let name = written.get(from..to).filter(|name| !name.is_empty())?;
    let is_value = written.split_once('=').is_some_and(|(key, _)| key.len() < from);
    let meaning = |keys: &[(&str, &str, &str)], label: &str| {
        keys.iter().find(|(known, ..)| *known == label).map(|(_, meaning, _)| format!("`{label}`: {meaning}"))
    };
    let told = match (table, is_value) {
        _ if written.trim_start().starts_with('[') => {
            meaning(&TOP_KEYS, written.trim()).or_else(|| meaning(&PROMPT_KEYS, written.trim()))
        }
        ("[severity]", true) => {
            LEVELS.iter().find(|(level, _)| *level == name).map(|(level, meaning)| format!("`{level}`: {meaning}"))
        }
        ("[severity]", false) => rules::find(name).map(rules::Rule::page),
        ("[prompt.values]", false) => known_placeholders()
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, meaning)| format!("`{{{name}}}`: {meaning}")),
        ("[[prompt]]", true) => {
            builtins().iter().find(|one| one.name == name).map(|_| format!("`{name}`: built-in prompt"))
        }
        ("[[prompt]]", false) => meaning(&PROMPT_KEYS, name),
        (_, false) => meaning(&TOP_KEYS, name),
        (_, true) => None,
    };
    Some((Span::new(start + from, start + to), told?))
}

/// The heading of the table that a line of the settings stands in; empty before the first.
fn heading_before(text: &str, line: usize) -> &str {
    text[..line].lines().rev().map(str::trim).find(|line| line.starts_with('[')).unwrap_or("")
}

fn offer(label: &str, meaning: &str, written: &str) -> SettingsOffer {
    SettingsOffer { label: label.to_owned(), meaning: meaning.to_owned(), written: written.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        let offers = settings_offers(text, text.len()).map(|(_, offers)| offers).unwrap_or_default();
        offers.into_iter().map(|offer| offer.label).collect()
    }

    #[test]
    fn keys_and_words_are_offered_where_they_belong() {
        assert_eq!(labels(""), ["[[prompt]]", "[severity]", "library"]);
        assert_eq!(labels("[[prompt]]\nf")[..2], ["file", "builtin"]);
        assert_eq!(labels("[[prompt]]\nbuiltin = \"")[0], "etcdraft");
        assert!(labels("[severity]\n").contains(&"contract/missing-extends".to_owned()));
        assert_eq!(labels("[severity]\n\"a\" = \"w"), ["error", "warning", "info", "hint", "off"]);
        assert!(labels("[prompt.values]\n").contains(&"focus".to_owned()));
        assert!(labels("# a comment").is_empty());
        assert!(labels("library = [\"a\", \"").is_empty());
    }

    #[test]
    fn keys_rules_and_words_are_told() {
        let told = |marked: &str| {
            let offset = marked.find('$').unwrap();
            settings_hover(&marked.replace('$', ""), offset).map(|(_, told)| told.lines().next().unwrap().to_owned())
        };
        assert_eq!(told("lib$rary = [\"a\"]").as_deref(), Some("`library`: folders to take modules from"));
        assert_eq!(
            told("[[pro$mpt]]").as_deref(),
            Some("`[[prompt]]`: a prompt and the specifications that it governs")
        );
        assert_eq!(
            told("[[prompt]]\nsp$ecs = []").as_deref(),
            Some("`specs`: the specifications that it governs, as globs")
        );
        assert_eq!(told("[severity]\n\"frame/stu$b\" = \"off\"").as_deref(), None);
        assert!(told("[severity]\n\"contract/missing-ext$ends\" = \"off\"").unwrap().contains("EXTENDS"));
        assert_eq!(told("[severity]\n\"contract/stub\" = \"o$ff\"").as_deref(), Some("`off`: not looked for"));
        assert_eq!(told("[[prompt]] # sp$ecs"), None);
        assert_eq!(told("[[prompt]]\nfile = \"sp$ecs\""), None);
    }

    #[test]
    fn every_key_that_is_offered_is_one() {
        let keys = TOP_KEYS.iter().map(|(_, _, written)| *written).filter(|written| !written.starts_with("[[prompt"));
        for written in keys.chain(PROMPT_KEYS.iter().map(|(_, _, written)| *written)) {
            assert!(written.parse::<toml::Table>().is_ok(), "{written}");
        }
    }
}
