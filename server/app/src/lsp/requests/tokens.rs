//! Colours of names: what each is, sent whole or as the difference from what was sent last.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use tla_contract_engine::{
    diagnostic::Span,
    features::{
        NameKind, prompts,
        tokens::{Mark, NameToken, tokens},
        words::{WordKind, words},
    },
    text::{Position, Positions},
};
use tower_lsp::ls_types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens, SemanticTokensDelta, SemanticTokensEdit,
    SemanticTokensFullDeltaResult, SemanticTokensLegend, SemanticTokensResult,
};

use crate::lsp::reading::Reading;

/// The types of tokens; [`type_of`] gives indices into it.
const TYPES: [SemanticTokenType; 11] = [
    SemanticTokenType::NAMESPACE,
    SemanticTokenType::VARIABLE,
    SemanticTokenType::FUNCTION,
    SemanticTokenType::PARAMETER,
    SemanticTokenType::PROPERTY,
    // Placeholders of prompts.
    SemanticTokenType::MACRO,
    // For clients that have no grammar for them.
    SemanticTokenType::COMMENT,
    SemanticTokenType::KEYWORD,
    SemanticTokenType::STRING,
    SemanticTokenType::NUMBER,
    SemanticTokenType::OPERATOR,
];

const PLACEHOLDER: u32 = 5;

/// The modifiers of tokens; [`modifiers_of`] gives bits of it. The last three are our own.
const MODIFIERS: [SemanticTokenModifier; 8] = [
    SemanticTokenModifier::DECLARATION,
    SemanticTokenModifier::DEFINITION,
    SemanticTokenModifier::READONLY,
    SemanticTokenModifier::MODIFICATION,
    SemanticTokenModifier::DEFAULT_LIBRARY,
    SemanticTokenModifier::new("predicate"),
    SemanticTokenModifier::new("action"),
    SemanticTokenModifier::new("temporal"),
];

/// What the numbers of tokens mean (LSP 3.17, `SemanticTokensLegend`).
pub(in crate::lsp) fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend { token_types: TYPES.to_vec(), token_modifiers: MODIFIERS.to_vec() }
}

fn type_of(kind: NameKind) -> u32 {
    match kind {
        NameKind::Module | NameKind::Instance => 0,
        NameKind::Constant | NameKind::Variable => 1,
        NameKind::Operator
        | NameKind::Function
        | NameKind::Predicate
        | NameKind::Action
        | NameKind::Temporal
        | NameKind::Statement => 2,
        NameKind::Parameter | NameKind::Bound => 3,
        NameKind::Field => 4,
    }
}

fn type_of_word(kind: WordKind) -> u32 {
    match kind {
        WordKind::Comment => 6,
        WordKind::Keyword => 7,
        WordKind::Text => 8,
        WordKind::Number => 9,
        WordKind::Operator => 10,
    }
}

fn modifiers_of(token: &NameToken) -> u32 {
    let mark = |mark: &Mark| match mark {
        Mark::Declaration => 0,
        Mark::Definition => 1,
        Mark::Primed => 3,
        Mark::Library => 4,
    };
    let kind = match token.kind {
        NameKind::Constant => Some(2),
        NameKind::Predicate => Some(5),
        NameKind::Action => Some(6),
        NameKind::Temporal => Some(7),
        _ => None,
    };
    token.marks.iter().map(mark).chain(kind).fold(0, |bits, bit| bits | 1 << bit)
}

/// The tokens that were sent last for each document.
#[derive(Debug, Default)]
pub(in crate::lsp) struct SentTokens {
    by_uri: Mutex<HashMap<String, Sent>>,
}

#[derive(Debug, Clone)]
struct Sent {
    id: String,
    tokens: Vec<SemanticToken>,
}

impl SentTokens {
    /// Keeps what is sent now; gives what was sent before under an id.
    fn replace(&self, uri: &str, now: &Sent, before: Option<&str>) -> Option<Sent> {
        let mut by_uri = self.by_uri.lock().unwrap_or_else(PoisonError::into_inner);
        let old = by_uri.insert(uri.to_owned(), now.clone())?;
        (Some(old.id.as_str()) == before).then_some(old)
    }

    /// Forgets a document that was closed.
    pub(in crate::lsp) fn forget(&self, uri: &str) {
        self.by_uri.lock().unwrap_or_else(PoisonError::into_inner).remove(uri);
    }
}

/// All tokens of a document (LSP 3.17, `textDocument/semanticTokens/full`).
pub(in crate::lsp) fn full(reading: &Reading, sent: &SentTokens) -> SemanticTokensResult {
    let now = encoded(reading);
    sent.replace(reading.snapshot.uri.as_str(), &now, None);
    SemanticTokensResult::Tokens(SemanticTokens { result_id: Some(now.id), data: now.tokens })
}

/// What has changed since an answer (LSP 3.17, `textDocument/semanticTokens/full/delta`), or all tokens where that
/// answer is not known any more.
pub(in crate::lsp) fn delta(reading: &Reading, sent: &SentTokens, previous: &str) -> SemanticTokensFullDeltaResult {
    let now = encoded(reading);
    let Some(before) = sent.replace(reading.snapshot.uri.as_str(), &now, Some(previous)) else {
        let tokens = SemanticTokens { result_id: Some(now.id), data: now.tokens };
        return SemanticTokensFullDeltaResult::Tokens(tokens);
    };
    let edits = difference(&before.tokens, &now.tokens).into_iter().collect();
    SemanticTokensFullDeltaResult::TokensDelta(SemanticTokensDelta { result_id: Some(now.id), edits })
}

/// The one edit that makes the old tokens the new ones; `None` where they are equal. Counts numbers, five a token.
fn difference(old: &[SemanticToken], new: &[SemanticToken]) -> Option<SemanticTokensEdit> {
    let same = |(one, other): &(&SemanticToken, &SemanticToken)| one == other;
    let head = old.iter().zip(new).take_while(same).count();
    if head == old.len() && head == new.len() {
        return None;
    }
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(same).count();
    let numbers = |tokens: usize| number(tokens * 5);
    Some(SemanticTokensEdit {
        start: numbers(head),
        delete_count: numbers(old.len() - tail - head),
        data: Some(new[head..new.len() - tail].to_vec()),
    })
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn encoded(reading: &Reading) -> Sent {
    let mut placed: Vec<(Span, u32, u32)> = match reading.prompt() {
        Some(prompt) => prompts::placeholders(&prompt).into_iter().map(|span| (span, PLACEHOLDER, 0)).collect(),
        None => tokens(&reading.document, &reading.modules)
            .iter()
            .map(|token| (token.span, type_of(token.kind), modifiers_of(token)))
            .collect(),
    };
    if reading.snapshot.facts.syntax_tokens && reading.prompt().is_none() {
        // Names come first: the sort is stable, and of two that begin at one place the first stays.
        placed.extend(words(&reading.document).iter().map(|word| (word.span, type_of_word(word.kind), 0)));
        placed.sort_by_key(|(span, ..)| span.start);
        placed.dedup_by_key(|(span, ..)| span.start);
    }
    let text = reading.snapshot.text.to_string();
    let mut positions = Positions::of(&text, reading.snapshot.facts.encoding);
    let mut last = Position { line: 0, column: 0 };
    let encode = |(span, token_type, token_modifiers_bitset): (Span, u32, u32)| {
        let start = positions.at(span.start);
        // The next token may begin within this one.
        let mut ahead = positions;
        let end = ahead.at(span.end);
        let before = if start.line == last.line { last.column } else { 0 };
        let token = SemanticToken {
            delta_line: number(start.line - last.line),
            delta_start: number(start.column - before),
            length: number(end.column.saturating_sub(start.column)),
            token_type,
            token_modifiers_bitset,
        };
        last = start;
        token
    };
    let tokens = placed.into_iter().map(encode).collect();
    // A document that did not change may get other colours when one that it extends does.
    let snapshot = &reading.snapshot;
    Sent { id: format!("{}.{}", snapshot.revision, snapshot.surroundings.generation), tokens }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens_of(kinds: &[u32]) -> Vec<SemanticToken> {
        let token = |kind: &u32| SemanticToken {
            delta_line: 1,
            delta_start: 0,
            length: 1,
            token_type: *kind,
            token_modifiers_bitset: 0,
        };
        kinds.iter().map(token).collect()
    }

    proptest! {
        #[test]
        fn the_difference_makes_the_old_tokens_the_new_ones(
            old in proptest::collection::vec(0u32..3, 0..8),
            new in proptest::collection::vec(0u32..3, 0..8),
        ) {
            let (old, new) = (tokens_of(&old), tokens_of(&new));
            let mut made = old.clone();
            if let Some(edit) = difference(&old, &new) {
                let start = edit.start as usize / 5;
                made.splice(start..start + edit.delete_count as usize / 5, edit.data.unwrap());
            }
            prop_assert_eq!(made, new);
        }
    }

    #[test]
    fn kinds_and_marks_are_in_the_legend() {
        let token =
            NameToken { span: Span::new(0, 1), kind: NameKind::Action, marks: vec![Mark::Definition, Mark::Library] };
        assert_eq!(modifiers_of(&token), 0b0101_0010);
        assert_eq!(TYPES[PLACEHOLDER as usize], SemanticTokenType::MACRO);
        assert_eq!(TYPES[type_of_word(WordKind::Operator) as usize], SemanticTokenType::OPERATOR);
        assert_eq!(TYPES[type_of(NameKind::Field) as usize], SemanticTokenType::PROPERTY);
    }
}
