//! Links from a specification to its prompt and back.

use tla_contract_engine::{contract::Demand, diagnostic::Span, features::symbols::module_name};
use tower_lsp::ls_types::DocumentLink;

use crate::lsp::{
    analysis::Analysis,
    convert,
    reading::folder_files,
    session::{Kind, Session},
};

/// From the name in a module's header to its prompt, and from the names that a prompt demands of modules to the files
/// of these (LSP 3.17, `textDocument/documentLink`). Reads files.
pub(in crate::lsp) fn document_links(session: &Session, analysis: &Analysis) -> Vec<DocumentLink> {
    let snapshot = &analysis.snapshot;
    let Some(governor) = &analysis.governor else { return Vec::new() };
    let link = |span: Span, target, tooltip: String| DocumentLink {
        range: convert::range(analysis.text(), span, snapshot.facts.encoding),
        target: Some(target),
        tooltip: Some(tooltip),
        data: None,
    };
    if snapshot.kind == Kind::Specification {
        let named = module_name(analysis.document()).zip(governor.uri.clone());
        let to_prompt = named.map(|(span, uri)| link(span, uri, format!("the prompt: {}", governor.name)));
        return to_prompt.into_iter().collect();
    }
    let demands = governor.prompt.contract().demands();
    let wanted: Vec<(&str, Span)> = demands
        .filter_map(|(clause, demand)| match demand {
            Demand::ModuleName(name) => {
                let named = clause.names.iter().find(|named| named.name == *name);
                Some((name.as_str(), named.map_or(clause.span, |named| named.span)))
            }
            _ => None,
        })
        .collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let files = folder_files(session);
    let to_module = wanted.into_iter().filter_map(|(name, span)| {
        let file = files.iter().find(|file| file.document.module_name() == Some(name))?;
        Some(link(span, file.uri.clone(), format!("the module {name}")))
    });
    to_module.collect()
}
