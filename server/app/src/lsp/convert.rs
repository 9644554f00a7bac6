//! Between the engine and LSP: places, findings and edits. The only place that maps bytes to positions and back.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    str::FromStr,
};

use tla_contract_engine::{
    diagnostic::{Edit, Finding, Safety, Severity, Span},
    text::{Encoding, Position as Place, Text},
};
use tower_lsp::ls_types::{
    AnnotatedTextEdit, ChangeAnnotation, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity,
    DiagnosticTag, DocumentChanges, Location, NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier, Position,
    Range, TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};

use super::capabilities::ClientFacts;

/// `source` of every diagnostic.
pub(super) const SOURCE: &str = "tla-contract";

/// The page that documents the rules; a rule's heading is its id.
const RULES_PAGE: &str = "https://github.com/tla-contract/tla-contract/blob/main/server/docs/rules.md";

/// Rules whose findings mark text that had better not be there.
const UNNECESSARY: [&str; 4] = ["reply/fence", "reply/prose", "contract/comment", "contract/translation-comment"];

/// The change annotation of fixes that a person decides on.
const ASK: &str = "ask";

/// The range of bytes in a text.
pub(super) fn range(text: &Text, span: Span, encoding: Encoding) -> Range {
    Range { start: position(text, span.start, encoding), end: position(text, span.end.max(span.start), encoding) }
}

fn position(text: &Text, offset: usize, encoding: Encoding) -> Position {
    let place = text.position(offset, encoding);
    // Texts are far below 2^32 lines and columns.
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Position { line: number(place.line), character: number(place.column) }
}

/// The bytes of a range; a range outside the text is moved into it.
pub(super) fn span(text: &Text, range: Range, encoding: Encoding) -> Span {
    let offset = |position: Position| {
        text.offset(Place { line: position.line as usize, column: position.character as usize }, encoding)
    };
    let (start, end) = (offset(range.start), offset(range.end));
    Span::new(start.min(end), start.max(end))
}

/// The bytes that a content change replaces; without a range it replaces the whole text.
pub(super) fn changed_span(text: &Text, changed: Option<Range>, encoding: Encoding) -> Span {
    changed.map_or(Span::new(0, text.len()), |range| span(text, range, encoding))
}

/// The path of a `file:` URI; `None` for other schemes.
pub(super) fn path(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme().as_str() != "file" {
        return None;
    }
    uri.to_file_path().map(|path| path.into_owned())
}

/// The `file:` URI of an absolute path.
pub(super) fn uri(path: &Path) -> Option<Uri> {
    Uri::from_file_path(path)
}

/// Another document that a finding points into: the prompt.
pub(super) struct Elsewhere<'a> {
    pub(super) uri: &'a Uri,
    pub(super) text: &'a Text,
    pub(super) span: Span,
    pub(super) message: String,
}

/// A finding as a diagnostic. `demand` is the place of its clause in the prompt.
pub(super) fn diagnostic(
    facts: &ClientFacts,
    uri: &Uri,
    text: &Text,
    finding: &Finding,
    demand: Option<Elsewhere<'_>>,
) -> Diagnostic {
    let mut related = Vec::new();
    if facts.related_information {
        related.extend(demand.map(|demand| DiagnosticRelatedInformation {
            location: Location { uri: demand.uri.clone(), range: range(demand.text, demand.span, facts.encoding) },
            message: demand.message,
        }));
        related.extend(finding.related.iter().map(|related| DiagnosticRelatedInformation {
            location: Location { uri: uri.clone(), range: range(text, related.span, facts.encoding) },
            message: related.message.clone(),
        }));
    }
    let unnecessary = facts.tags && UNNECESSARY.contains(&finding.rule) && !finding.span.is_empty();
    Diagnostic {
        range: range(text, finding.span, facts.encoding),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        code_description: facts.code_description.then(|| rule_page(finding.rule)).flatten(),
        source: Some(SOURCE.to_owned()),
        message: finding.message.clone(),
        related_information: (!related.is_empty()).then_some(related),
        tags: unnecessary.then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: None,
    }
}

/// A diagnostic about the surroundings of a document, such as settings that can't be read.
pub(super) fn plain_diagnostic(range: Range, severity: Severity, message: String) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(self::severity(severity)),
        source: Some(SOURCE.to_owned()),
        message,
        ..Diagnostic::default()
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

/// A title with a capital, as editors show them.
pub(super) fn sentence(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The link to a rule's page. Headings become anchors without their punctuation, hyphens excepted.
fn rule_page(rule: &str) -> Option<CodeDescription> {
    let anchor: String =
        rule.chars().filter(|character| character.is_alphanumeric() || matches!(character, '-' | '_')).collect();
    Uri::from_str(&format!("{RULES_PAGE}#{anchor}")).ok().map(|href| CodeDescription { href })
}

/// Edits of one version of a document, in the form that the client takes. Fixes that ask are annotated so that the
/// client lets a person confirm them.
pub(super) fn workspace_edit(
    facts: &ClientFacts,
    document: (&Uri, i32, &Text),
    edits: &[Edit],
    safety: Safety,
    label: &str,
) -> WorkspaceEdit {
    let (uri, version, text) = document;
    let text_edits = edits
        .iter()
        .map(|edit| TextEdit { range: range(text, edit.span, facts.encoding), new_text: edit.text.clone() });
    if !facts.versioned_edits {
        return WorkspaceEdit {
            changes: Some(HashMap::from([(uri.clone(), text_edits.collect())])),
            ..WorkspaceEdit::default()
        };
    }
    let annotated = facts.annotated_edits && safety == Safety::Ask;
    let edits = text_edits
        .map(|text_edit| match annotated {
            true => OneOf::Right(AnnotatedTextEdit { text_edit, annotation_id: ASK.to_owned() }),
            false => OneOf::Left(text_edit),
        })
        .collect();
    let annotation = ChangeAnnotation {
        label: label.to_owned(),
        needs_confirmation: Some(true),
        description: Some("changes what the module says".to_owned()),
    };
    WorkspaceEdit {
        changes: None,
        document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri: uri.clone(), version: Some(version) },
            edits,
        }])),
        change_annotations: annotated.then(|| HashMap::from([(ASK.to_owned(), annotation)])),
    }
}

/// Edits of one file among several.
pub(super) struct FileEdits<'a> {
    pub(super) uri: &'a Uri,
    /// As the client counts; `None` for a file that is not open.
    pub(super) version: Option<i32>,
    pub(super) text: &'a Text,
    pub(super) edits: Vec<Edit>,
}

/// Edits of several files, in the form that the client takes.
pub(super) fn folder_edit(facts: &ClientFacts, files: &[FileEdits<'_>]) -> WorkspaceEdit {
    let text_edits = |file: &FileEdits<'_>| -> Vec<TextEdit> {
        let one =
            |edit: &Edit| TextEdit { range: range(file.text, edit.span, facts.encoding), new_text: edit.text.clone() };
        file.edits.iter().map(one).collect()
    };
    if !facts.versioned_edits {
        let changes = files.iter().map(|file| (file.uri.clone(), text_edits(file))).collect();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let change = |file: &FileEdits<'_>| TextDocumentEdit {
        text_document: OptionalVersionedTextDocumentIdentifier { uri: file.uri.clone(), version: file.version },
        edits: text_edits(file).into_iter().map(OneOf::Left).collect(),
    };
    let changes = DocumentChanges::Edits(files.iter().map(change).collect());
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_goes_to_bytes_and_back_in_every_encoding() {
        let text = Text::from("a😀b\n【x】\n");
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let bytes = Span::new(5, 10);
            assert_eq!(span(&text, range(&text, bytes, encoding), encoding), bytes);
        }
    }

    #[test]
    fn an_inverted_range_is_turned_and_one_outside_is_clamped() {
        let text = Text::from("one\ntwo\n");
        let place = |line, character| Position { line, character };
        let inverted = Range { start: place(1, 2), end: place(0, 1) };
        assert_eq!(span(&text, inverted, Encoding::Utf16), Span::new(1, 6));
        let outside = Range { start: place(0, 99), end: place(u32::MAX, u32::MAX) };
        assert_eq!(span(&text, outside, Encoding::Utf16), Span::new(3, 8));
    }

    #[test]
    fn rules_that_mark_unnecessary_text_exist() {
        for rule in UNNECESSARY {
            assert!(tla_contract_engine::rules::find(rule).is_some(), "{rule}");
        }
    }

    #[test]
    fn a_rule_links_to_its_heading() {
        let page = rule_page("contract/missing-extends").map(|page| page.href.to_string());
        assert_eq!(page, Some(format!("{RULES_PAGE}#contractmissing-extends")));
    }
}
