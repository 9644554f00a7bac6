//! The names that a demand mentions, with the meaning that it gives them in parentheses.

use crate::{contract::NamedThing, diagnostic::Span};

/// Words with the shape of a name that name nothing of a module.
const NO_NAMES: &[&str] = &[
    "TLA",
    "SANY",
    "MODULE",
    "EXTENDS",
    "CONSTANT",
    "CONSTANTS",
    "VARIABLE",
    "VARIABLES",
    "UNCHANGED",
    "ENABLED",
    "EXCEPT",
    "DOMAIN",
    "SUBSET",
    "UNION",
    "CHOOSE",
    "LET",
    "IN",
    "IF",
    "THEN",
    "ELSE",
    "CASE",
    "OTHER",
    "INSTANCE",
    "ASSUME",
    "THEOREM",
    "TRUE",
    "FALSE",
    "BOOLEAN",
    "STRING",
    "MUST",
    "NOT",
    "ONLY",
    "ALL",
    "BOTH",
    "NEVER",
    "DO",
    "OR",
    "AND",
    "true",
    "false",
    "JSON",
    "GitHub",
    "vs",
    "v",
    "s",
    "SPECIFICATION",
    "INVARIANT",
    "PROPERTY",
    "tla",
    "cfg",
    "json",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Arrow,
    Sign(char),
}

#[derive(Debug, Clone, Copy)]
struct Token<'a> {
    kind: Kind,
    text: &'a str,
    start: usize,
    /// Whether it stands between back-ticks.
    code: bool,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// The names in the part of a prompt that begins at `start`, in order, each once.
pub(super) fn names(text: &str, start: usize) -> Vec<NamedThing> {
    let tokens = tokens(text, start);
    let mut marked = vec![false; tokens.len()];
    mark_shapes(&tokens, &mut marked);
    mark_chains(&tokens, &mut marked);
    mark_lists(&tokens, &mut marked);
    let mut result: Vec<NamedThing> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if !marked[at]
            || NO_NAMES.contains(&token.text)
            || token.text.starts_with("WF_")
            || token.text.starts_with("SF_")
        {
            continue;
        }
        let name = shared_stem(&tokens, at).unwrap_or_else(|| token.text.to_owned());
        let meaning = meaning_behind(&tokens, &marked, at, text, start)
            .or_else(|| meaning_before(&tokens, &marked, at, text, start));
        match result.iter_mut().find(|known| known.name == name) {
            Some(known) => known.meaning = known.meaning.take().or(meaning),
            None => result.push(NamedThing { name, meaning, span: Span::new(token.start, token.end()) }),
        }
    }
    result
}

fn tokens(text: &str, start: usize) -> Vec<Token<'_>> {
    let mut result: Vec<Token<'_>> = Vec::new();
    let mut code = false;
    let mut at = 0;
    while let Some(character) = text[at..].chars().next() {
        let length = character.len_utf8();
        if character == '`' {
            code = !code;
        }
        if character.is_alphanumeric() || character == '_' {
            let mut end = at;
            for (offset, next) in text[at..].char_indices() {
                let after = text[at + offset + next.len_utf8()..].chars().next();
                let joins = next == '-' && offset > 0 && !code && after.is_some_and(char::is_alphanumeric);
                if !(next.is_alphanumeric() || next == '_' || joins) {
                    break;
                }
                end = at + offset + next.len_utf8();
            }
            result.push(Token { kind: Kind::Word, text: &text[at..end], start: start + at, code });
            at = end;
            continue;
        }
        let arrow = ["->", "=>", "→", "⇒", "↔", "<->"].iter().find(|arrow| text[at..].starts_with(**arrow));
        if let Some(arrow) = arrow {
            result.push(Token { kind: Kind::Arrow, text: &text[at..at + arrow.len()], start: start + at, code });
            at += arrow.len();
            continue;
        }
        if !character.is_whitespace() {
            let kind = Kind::Sign(character);
            result.push(Token { kind, text: &text[at..at + length], start: start + at, code });
        }
        at += length;
    }
    result
}

/// Names by their own shape: inner capitals, underscores, `call()`, a lone word between back-ticks.
fn mark_shapes(tokens: &[Token<'_>], marked: &mut [bool]) {
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Word || token.text.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let next = tokens.get(at + 1);
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let filled_in = before.is_some_and(|sign| sign.is('{')) && next.is_some_and(|sign| sign.is('}'));
        let method = before.is_some_and(|sign| sign.is('.') && sign.end() == token.start);
        if filled_in || method {
            continue;
        }
        let called = next.is_some_and(|next| next.is('(') && next.start == token.end());
        let plural = called && tokens.get(at + 2).is_some_and(|word| matches!(word.text, "s" | "es"));
        let alone_in_code = token.code
            && before.is_some_and(|sign| sign.is('`'))
            && next.is_some_and(|next| next.is('`') || next.is('('))
            && token.text.len() > 1;
        marked[at] = (has_name_shape(token.text) || called || alone_in_code || is_stem(tokens, at)) && !plural;
    }
}

/// Chains such as `Follower → Candidate → Leader`: words that stand alone between arrows.
fn mark_chains(tokens: &[Token<'_>], marked: &mut [bool]) {
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != Kind::Word || token.text.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let bound = |side: Option<&Token<'_>>| side.is_none_or(|token| token.kind != Kind::Word);
        let before = at.checked_sub(1).and_then(|at| tokens.get(at));
        let next = tokens.get(at + 1);
        let arrow = |side: Option<&Token<'_>>| side.is_some_and(|token| token.kind == Kind::Arrow);
        let capital = token.text.starts_with(char::is_uppercase);
        if arrow(before) && (bound(next) || capital) || arrow(next) && (bound(before) || capital) {
            marked[at] = true;
        }
    }
}

/// Lists such as `states: c, c1, p` or `Create, Split, Push, Pop operations`: single words between commas.
fn mark_lists(tokens: &[Token<'_>], marked: &mut [bool]) {
    let mut at = 0;
    while at < tokens.len() {
        let Some(end) = list_at(tokens, at) else {
            at += 1;
            continue;
        };
        let words: Vec<usize> = (at..end).filter(|index| tokens[*index].kind == Kind::Word).collect();
        let last = words.last().copied().unwrap_or(at);
        let closed = tokens.get(end).is_none_or(|next| next.kind != Kind::Word);
        let opened = at.checked_sub(1).is_none_or(|before| tokens[before].kind != Kind::Word);
        let shaped = |index: usize| {
            let text = tokens[index].text;
            text.starts_with(char::is_uppercase) || text.contains(|c: char| c.is_ascii_digit()) || has_name_shape(text)
        };
        let after_colon = at.checked_sub(1).is_some_and(|before| tokens[before].is(':'));
        // A list of plain words is one of names when it is all that is said, or all that follows a colon.
        let whole = opened && closed && end == tokens.len() && (at == 0 || after_colon || tokens[at - 1].is('】'));
        let shaped_words = words.iter().filter(|index| shaped(**index)).count();
        if words.len() >= 2 && (whole || shaped_words == words.len() && opened) {
            for index in words {
                marked[index] = true;
            }
        } else if words.len() >= 3 && shaped_words + 1 >= words.len() && shaped(last) && opened {
            for index in words.into_iter().filter(|index| shaped(*index)) {
                marked[index] = true;
            }
        }
        at = end.max(at + 1);
    }
}

/// Where a run of single words with commas, slashes and "and" between them ends, if one begins here.
fn list_at(tokens: &[Token<'_>], from: usize) -> Option<usize> {
    let is_item = |at: usize| {
        tokens.get(at).is_some_and(|token| {
            token.kind == Kind::Word && !matches!(token.text, "and" | "or" | "with") && !token.text.contains('-')
        })
    };
    if !is_item(from) {
        return None;
    }
    let mut at = from + 1;
    let mut separators = 0;
    loop {
        let mut next = skip_parentheses(tokens, at);
        let mut separated = false;
        while tokens.get(next).is_some_and(|token| {
            token.is(',')
                || token.is('/')
                || token.is('`')
                || token.kind == Kind::Word && matches!(token.text, "and" | "or")
        }) {
            separated |= !tokens[next].is('`');
            next += 1;
        }
        if !separated || !is_item(next) {
            break;
        }
        separators += 1;
        at = next + 1;
    }
    (separators > 0).then_some(at)
}

/// The token behind a parenthesis that begins here; here, if none does.
fn skip_parentheses(tokens: &[Token<'_>], at: usize) -> usize {
    if !tokens.get(at).is_some_and(|token| token.is('(')) {
        return at;
    }
    closing(tokens, at).map_or(at, |close| close + 1)
}

fn closing(tokens: &[Token<'_>], open: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        if token.is('(') {
            depth += 1;
        } else if token.is(')') {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// `Msg (meaning)`, also behind further names: `A/B (meaning)`, `A and B (meaning)`.
fn meaning_behind(tokens: &[Token<'_>], marked: &[bool], at: usize, text: &str, start: usize) -> Option<String> {
    let mut next = at + 1;
    loop {
        // Arguments of `call(x)` are no meaning.
        if tokens.get(next).is_some_and(|token| token.is('(') && token.start == tokens[next - 1].end()) {
            next = skip_parentheses(tokens, next);
        }
        let token = tokens.get(next)?;
        if token.is('(') {
            let close = closing(tokens, next)?;
            // `Name (OtherName)` says that both are one, not what either means.
            let mut words = (next + 1..close).filter(|index| tokens[*index].kind == Kind::Word);
            if words.all(|index| marked[index]) {
                return None;
            }
            return Some(text[token.end() - start..tokens[close].start - start].trim().to_owned());
        }
        if token.is('`') {
            next += 1;
            continue;
        }
        let joins = token.is('/') || token.kind == Kind::Word && token.text == "and";
        if !joins || !marked.get(next + 1).copied().unwrap_or(false) && !is_stem(tokens, next + 1) {
            return None;
        }
        next += 2;
    }
}

/// `Meaning (Msg)`: the words before a parenthesis that holds names and little else.
fn meaning_before(tokens: &[Token<'_>], marked: &[bool], at: usize, text: &str, start: usize) -> Option<String> {
    let open = (0..at).rev().find(|index| tokens[*index].is('(') || tokens[*index].is(')'))?;
    if !tokens[open].is('(') || open == 0 || tokens[open].start == tokens[open - 1].end() {
        return None;
    }
    let close = closing(tokens, open)?;
    let inside = open + 1..close;
    let small = ["and", "or", "message", "messages", "method", "methods", "function", "functions", "state", "states"];
    let others = inside
        .clone()
        .filter(|index| tokens[*index].kind == Kind::Word && !marked[*index] && !small.contains(&tokens[*index].text))
        .count();
    let chain = inside.clone().any(|index| tokens[index].kind == Kind::Arrow);
    if others > 1 || chain || inside.clone().any(|index| tokens[index].is(':')) {
        return None;
    }
    let begin = (0..open)
        .rev()
        .take_while(|index| !matches!(tokens[*index].kind, Kind::Sign(',' | ':' | ';' | '.' | ')' | '】')))
        .last()?;
    let words = text[tokens[begin].start - start..tokens[open].start - start].trim();
    (!marked[open - 1] && !words.is_empty()).then(|| words.to_owned())
}

/// `ClientGetRequest/Response` means ClientGetRequest and ClientGetResponse.
fn shared_stem(tokens: &[Token<'_>], at: usize) -> Option<String> {
    if !is_stem(tokens, at) {
        return None;
    }
    let full = tokens[at - 2].text;
    let stem = &full[..full.rfind(char::is_uppercase)?];
    Some(format!("{stem}{}", tokens[at].text))
}

fn is_stem(tokens: &[Token<'_>], at: usize) -> bool {
    let (Some(word), Some(slash), Some(full)) =
        (tokens.get(at), at.checked_sub(1).and_then(|i| tokens.get(i)), at.checked_sub(2).and_then(|i| tokens.get(i)))
    else {
        return false;
    };
    let humps = |text: &str| text.chars().filter(|c| c.is_uppercase()).count();
    let ends = ["Request", "Req", "Call", "Msg", "Message", "Query"];
    slash.is('/')
        && slash.start == full.end()
        && word.start == slash.end()
        && word.kind == Kind::Word
        && humps(word.text) == 1
        && word.text.starts_with(char::is_uppercase)
        && humps(full.text) >= 2
        && ends.iter().any(|end| full.text.ends_with(end))
}

/// Inner capitals (`MsgVote`, `prevLogIndex`) or underscores between letters (`try_lock`).
fn has_name_shape(text: &str) -> bool {
    if text.contains('-') {
        return false;
    }
    let mut before = None;
    for character in text.chars() {
        if character.is_uppercase() && before.is_some_and(|c: char| c.is_lowercase() || c.is_ascii_digit()) {
            return true;
        }
        before = Some(character);
    }
    let inner = text.trim_matches('_');
    inner.contains('_') && inner.chars().any(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(text: &str, expected: Expect) {
        let shown: Vec<String> = names(text, 0)
            .into_iter()
            .map(|thing| match thing.meaning {
                Some(meaning) => format!("{} ({meaning})", thing.name),
                None => thing.name,
            })
            .collect();
        expected.assert_eq(&shown.join("; "));
    }

    #[test]
    fn a_parenthesis_gives_the_meaning_of_all_names_before_it() {
        check(
            "MsgTick (clock), MsgPoll/MsgPollResp (asking), MsgCopy and MsgCopyResp (copying)",
            expect![
                "MsgTick (clock); MsgPoll (asking); MsgPollResp (asking); MsgCopy (copying); MsgCopyResp (copying)"
            ],
        );
    }

    #[test]
    fn a_shared_stem_is_written_out() {
        check(
            "KeyGetRequest/Response and KeyPutRequest/Response (storage)",
            expect![
                "KeyGetRequest (storage); KeyGetResponse (storage); KeyPutRequest (storage); KeyPutResponse (storage)"
            ],
        );
    }

    #[test]
    fn the_words_before_a_name_in_parentheses_are_its_meaning() {
        check(
            "Membership changes (MemberChange messages) and threads (CopyThread, ApplyThread)",
            expect!["MemberChange (Membership changes); CopyThread (and threads); ApplyThread (and threads)"],
        );
    }

    #[test]
    fn calls_snake_case_and_code_are_names() {
        check("lock(), try_lock(x) and `free`; thread(s) wait for `Ready`", expect!["lock; try_lock; free; Ready"]);
    }

    #[test]
    fn lists_and_chains_name_plain_words() {
        check("request, produce", expect!["request; produce"]);
        check("Six states: c, c1, p, p1", expect!["c; c1; p; p1"]);
        check("Model at least: Create, Split, Push operations", expect!["Create; Split; Push"]);
        check("idle → trying → (held | idle)", expect!["idle; trying"]);
        check("Roles: LISTENER, SPEAKER, CHAIR with moves", expect!["LISTENER; SPEAKER; CHAIR"]);
        check("must extend these modules: TLC, Bags, Naturals", expect!["TLC; Bags; Naturals"]);
        check("Entry appending, consistency checks, commitment with a quorum", expect![""]);
    }
}
