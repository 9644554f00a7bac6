//! What is told of the name under the cursor.

use std::sync::Arc;

use tla_contract_engine::features::{hover as names, prompts};
use tower_lsp::ls_types::{Hover, HoverContents, MarkupContent, MarkupKind, Position};

use super::{contract::clauses_shown, lens::of_clause, settings::settings_hover};
use crate::lsp::{analysis::Analysis, checking::CheckedFile, reading::Reading, session::Kind};

/// What is told of a name, a placeholder or a clause (LSP 3.17, `textDocument/hover`).
///
/// `analysis` says which clauses a definition meets, `governed` how the clauses of a prompt fare; without them nothing is
/// said of that.
pub(in crate::lsp) fn hover(
    reading: &Reading,
    analysis: Option<&Analysis>,
    governed: &[Arc<CheckedFile>],
    position: Position,
) -> Option<Hover> {
    let offset = reading.offset(position);
    let told = match reading.prompt() {
        Some(prompt) => prompts::hover(&prompt, offset)?,
        None if reading.snapshot.kind == Kind::Settings => {
            let (span, markdown) = settings_hover(&reading.snapshot.text.to_string(), offset)?;
            names::Hover { span, definition: None, clause: None, markdown }
        }
        None => names::hover(&reading.document, &reading.modules, offset)?,
    };
    let mut value = told.markdown;
    let met = told
        .definition
        .zip(analysis)
        .and_then(|(name, analysis)| clauses_shown(analysis).remove(&name))
        .unwrap_or_default();
    if !met.is_empty() {
        let met: Vec<String> = met.iter().map(|clause| format!("{} (`{}`)", clause.title, clause.id)).collect();
        value.push_str(&format!("\n\nShows {}", met.join(", ")));
    }
    if let Some((_, title)) = told.clause.and_then(|clause| of_clause(&clause, governed)) {
        value.push_str(&format!("\n\n{title}"));
    }
    let kind = if reading.snapshot.facts.markdown_hover { MarkupKind::Markdown } else { MarkupKind::PlainText };
    if kind == MarkupKind::PlainText {
        value = value.replace("```tlaplus\n", "").replace("```\n", "");
    }
    let contents = HoverContents::Markup(MarkupContent { kind, value });
    Some(Hover { contents, range: Some(reading.range(told.span)) })
}
