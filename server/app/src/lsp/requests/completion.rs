//! What may be written at the cursor, and the parameters of the operator that is being called.

use tla_contract_engine::{
    diagnostic::Span,
    features::{
        NameKind,
        complete::{Offer, OfferKind, Part, complete},
        prompts,
        signature::signature,
    },
};
use tower_lsp::ls_types::{
    CompletionItem, CompletionItemKind, CompletionItemLabelDetails, CompletionResponse, CompletionTextEdit,
    Documentation, InsertTextFormat, MarkupContent, MarkupKind, ParameterInformation, ParameterLabel, Position,
    SignatureHelp, SignatureInformation, TextEdit,
};

use super::settings::settings_offers;
use crate::lsp::{reading::Reading, session::Kind};

/// What may be written at a position (LSP 3.17, `textDocument/completion`).
pub(in crate::lsp) fn completion(reading: &Reading, position: Position) -> Option<CompletionResponse> {
    let offset = reading.offset(position);
    match reading.snapshot.kind {
        Kind::Specification => {
            let beside = reading.modules.names();
            let found = complete(&reading.document, &reading.modules, &beside, offset)?;
            let items = found.offers.iter().map(|offer| item(reading, offer, found.replace));
            Some(CompletionResponse::Array(items.collect()))
        }
        Kind::Prompt => {
            let text = reading.snapshot.text.to_string();
            let (replace, placeholders) = prompts::completions(&text, offset)?;
            let closed = text[offset..].starts_with('}');
            let items = placeholders.iter().map(|(name, meaning)| {
                let written = if closed { (*name).to_owned() } else { format!("{name}}}") };
                plain(reading, name, CompletionItemKind::VARIABLE, meaning, replace, written)
            });
            Some(CompletionResponse::Array(items.collect()))
        }
        Kind::Settings => {
            let (replace, offers) = settings_offers(&reading.snapshot.text.to_string(), offset)?;
            let items = offers.into_iter().map(|offer| {
                plain(reading, &offer.label, CompletionItemKind::PROPERTY, &offer.meaning, replace, offer.written)
            });
            Some(CompletionResponse::Array(items.collect()))
        }
        Kind::Other => None,
    }
}

fn plain(
    reading: &Reading,
    label: &str,
    kind: CompletionItemKind,
    meaning: &str,
    replace: Span,
    written: String,
) -> CompletionItem {
    CompletionItem {
        label: label.to_owned(),
        kind: Some(kind),
        detail: Some(meaning.to_owned()),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range: reading.range(replace), new_text: written })),
        ..CompletionItem::default()
    }
}

fn item(reading: &Reading, offer: &Offer, replace: Span) -> CompletionItem {
    let facts = &reading.snapshot.facts;
    let has_holes = offer.insert.iter().any(|part| matches!(part, Part::Hole(_)));
    let snippet = facts.snippets && has_holes;
    let new_text = match (snippet, offer.kind) {
        (true, _) => snippet_of(&offer.insert),
        // Without holes to fill in, a call is written by hand.
        (false, OfferKind::Name(_)) => offer.label.clone(),
        (false, _) => text_of(&offer.insert),
    };
    let detail = (!offer.detail.is_empty()).then(|| offer.detail.clone());
    let description = (!offer.origin.is_empty()).then(|| offer.origin.clone());
    CompletionItem {
        label: offer.label.clone(),
        label_details: facts
            .label_details
            .then(|| CompletionItemLabelDetails { detail: detail.clone(), description: description.clone() }),
        kind: Some(item_kind(offer.kind)),
        detail: Some(format!("{}{} {}", offer.label, offer.detail, offer.origin).trim_end().to_owned()),
        documentation: offer.documentation.as_ref().map(|value| {
            Documentation::MarkupContent(MarkupContent { kind: MarkupKind::PlainText, value: value.clone() })
        }),
        sort_text: Some(format!("{:03}{}", offer.rank, offer.label)),
        // The label would do, but Neovim filters nothing that brings an edit without it.
        filter_text: Some(offer.label.clone()),
        insert_text_format: snippet.then_some(InsertTextFormat::SNIPPET),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range: reading.range(replace), new_text })),
        ..CompletionItem::default()
    }
}

fn text_of(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) | Part::Hole(text) => text.as_str(),
        })
        .collect()
}

/// In the syntax of snippets (LSP 3.17, Snippet Syntax).
fn snippet_of(parts: &[Part]) -> String {
    let mut number = 0;
    let mut snippet = String::new();
    for part in parts {
        match part {
            Part::Text(text) => snippet.push_str(&escaped(text)),
            Part::Hole(text) => {
                number += 1;
                snippet.push_str(&format!("${{{number}:{}}}", escaped(text)));
            }
        }
    }
    snippet
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

fn item_kind(kind: OfferKind) -> CompletionItemKind {
    match kind {
        OfferKind::Keyword => CompletionItemKind::KEYWORD,
        OfferKind::Operator => CompletionItemKind::OPERATOR,
        OfferKind::Text => CompletionItemKind::ENUM_MEMBER,
        OfferKind::Snippet => CompletionItemKind::SNIPPET,
        OfferKind::Name(kind) => match kind {
            NameKind::Module | NameKind::Instance => CompletionItemKind::MODULE,
            NameKind::Constant => CompletionItemKind::CONSTANT,
            NameKind::Variable | NameKind::Bound | NameKind::Parameter => CompletionItemKind::VARIABLE,
            NameKind::Operator | NameKind::Function | NameKind::Predicate => CompletionItemKind::FUNCTION,
            NameKind::Action => CompletionItemKind::EVENT,
            NameKind::Temporal => CompletionItemKind::INTERFACE,
            NameKind::Statement => CompletionItemKind::PROPERTY,
            NameKind::Field => CompletionItemKind::FIELD,
        },
    }
}

/// The parameters of the operator that is being called (LSP 3.17, `textDocument/signatureHelp`).
pub(in crate::lsp) fn signature_help(reading: &Reading, position: Position) -> Option<SignatureHelp> {
    let found = signature(&reading.document, &reading.modules, reading.offset(position))?;
    let units = |end: usize| u32::try_from(found.label[..end].encode_utf16().count()).unwrap_or(u32::MAX);
    let parameter = |span: &Span| ParameterInformation {
        label: if reading.snapshot.facts.label_offsets {
            ParameterLabel::LabelOffsets([units(span.start), units(span.end)])
        } else {
            ParameterLabel::Simple(found.label[span.start..span.end].to_owned())
        },
        documentation: None,
    };
    let active = u32::try_from(found.active).unwrap_or(u32::MAX);
    let signature = SignatureInformation {
        parameters: Some(found.parameters.iter().map(parameter).collect()),
        documentation: found.documentation.clone().map(Documentation::String),
        active_parameter: None,
        label: found.label.clone(),
    };
    Some(SignatureHelp { signatures: vec![signature], active_signature: Some(0), active_parameter: Some(active) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snippets_escape_what_means_something_in_them() {
        let parts = [Part::Text("a \\/ {b} $".to_owned()), Part::Hole("c}".to_owned())];
        assert_eq!(snippet_of(&parts), "a \\\\/ {b\\} \\$${1:c\\}}");
        assert_eq!(text_of(&parts), "a \\/ {b} $c}");
    }
}
