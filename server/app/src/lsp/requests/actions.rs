//! Code actions: the fixes of the findings under the cursor, and all safe fixes at once.

use tla_contract_engine::diagnostic::{Finding, Safety, Span};
use tower_lsp::ls_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, Diagnostic, NumberOrString, Range,
    WorkspaceEdit,
};

use crate::lsp::{analysis::Analysis, capabilities::FIX_ALL_KIND, convert, publish::diagnostics_of_findings};

/// The title of the action that applies all safe fixes.
pub(in crate::lsp) const FIX_ALL_TITLE: &str = "Apply all safe fixes";

/// The actions for a range of a document (LSP 3.17, `textDocument/codeAction`).
pub(in crate::lsp) fn code_actions(
    analysis: &Analysis,
    range: Range,
    context: &CodeActionContext,
) -> Vec<CodeActionOrCommand> {
    let snapshot = &analysis.snapshot;
    let wanted = convert::span(analysis.text(), range, snapshot.facts.encoding);
    let mut actions = Vec::new();
    if wants(context, &CodeActionKind::QUICKFIX) {
        for (finding, diagnostic) in analysis.judgement.findings.iter().zip(diagnostics_of_findings(analysis)) {
            if touches(finding.span, wanted) || context.diagnostics.iter().any(|known| same(known, &diagnostic)) {
                actions.extend(quick_fixes(analysis, finding, &diagnostic).map(CodeActionOrCommand::CodeAction));
            }
        }
    }
    if wants(context, &FIX_ALL_KIND)
        && let Some(edit) = fix_all(analysis)
    {
        actions.push(CodeActionOrCommand::CodeAction(CodeAction {
            title: FIX_ALL_TITLE.to_owned(),
            kind: Some(FIX_ALL_KIND),
            edit: Some(edit),
            ..CodeAction::default()
        }));
    }
    actions
}

/// All safe fixes of a document; `None` when there is nothing to fix.
pub(in crate::lsp) fn fix_all(analysis: &Analysis) -> Option<WorkspaceEdit> {
    let edits = analysis.safe_edits();
    if edits.is_empty() {
        return None;
    }
    let snapshot = &analysis.snapshot;
    let document = (&snapshot.uri, snapshot.version, analysis.text());
    Some(convert::workspace_edit(&snapshot.facts, document, edits, Safety::Safe, FIX_ALL_TITLE))
}

fn quick_fixes<'a>(
    analysis: &'a Analysis,
    finding: &'a Finding,
    diagnostic: &'a Diagnostic,
) -> impl Iterator<Item = CodeAction> {
    let snapshot = &analysis.snapshot;
    finding.fixes.iter().enumerate().map(move |(place, fix)| {
        let document = (&snapshot.uri, snapshot.version, analysis.text());
        // The first fix is the rule's own choice.
        let preferred = place == 0 && fix.safety == Safety::Safe;
        CodeAction {
            title: convert::sentence(&fix.title),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic.clone()]),
            edit: Some(convert::workspace_edit(&snapshot.facts, document, &fix.edits, fix.safety, &fix.title)),
            is_preferred: (snapshot.facts.preferred_actions && preferred).then_some(true),
            ..CodeAction::default()
        }
    })
}

/// Whether the client wants actions of a kind; it may name the kind or one above it.
fn wants(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    let Some(only) = &context.only else { return true };
    only.iter().any(|wanted| {
        let rest = kind.as_str().strip_prefix(wanted.as_str());
        wanted.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    })
}

fn touches(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// Whether the client's diagnostic is ours. Clients send those of the whole line, also beside the range.
fn same(known: &Diagnostic, ours: &Diagnostic) -> bool {
    let code = |diagnostic: &Diagnostic| match &diagnostic.code {
        Some(NumberOrString::String(code)) => Some(code.clone()),
        _ => None,
    };
    known.range == ours.range && code(known) == code(ours)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tla_contract_engine::diagnostic::{Edit, Fix, Severity};
    use tower_lsp::ls_types::Position;

    use super::*;
    use crate::lsp::capabilities::ClientFacts;

    const TEXT: &str = "【】 EXTENDS A\nInit == TRUE\n";

    fn findings() -> Vec<Finding> {
        let fix = |title: &str, safety, edit| Fix { title: title.to_owned(), safety, edits: vec![edit] };
        vec![
            Finding::new("contract/missing-extends", Severity::Error, Span::new(7, 16), "B is missing")
                .with_fix(fix("add B to EXTENDS", Safety::Safe, Edit::insert(16, ", B")))
                .with_fix(fix("remove EXTENDS", Safety::Ask, Edit::delete(Span::new(7, 16)))),
            Finding::new("contract/missing-action", Severity::Warning, Span::new(17, 21), "no Next").with_fix(fix(
                "insert a stub of Next",
                Safety::Ask,
                Edit::insert(30, "Next == TRUE\n"),
            )),
        ]
    }

    fn facts() -> ClientFacts {
        ClientFacts { versioned_edits: true, annotated_edits: true, preferred_actions: true, ..ClientFacts::default() }
    }

    fn actions(facts: ClientFacts, line: u32, context: &CodeActionContext) -> serde_json::Value {
        let analysis = Analysis::made(TEXT, "", findings(), facts);
        let place = Position { line, character: 3 };
        let actions = code_actions(&analysis, Range { start: place, end: place }, context);
        serde_json::to_value(actions).unwrap()
    }

    #[test]
    fn fixes_of_the_findings_under_the_cursor_are_offered_with_versioned_edits() {
        let actions = actions(facts(), 0, &CodeActionContext::default());
        let titles: Vec<_> = actions.as_array().unwrap().iter().map(|action| action["title"].clone()).collect();
        assert_eq!(titles, ["Add B to EXTENDS", "Remove EXTENDS", "Apply all safe fixes"]);
        assert_eq!(actions[0]["isPreferred"], true);
        assert_eq!(actions[0]["diagnostics"][0]["code"], "contract/missing-extends");
        let place = json!({ "line": 0, "character": 12 });
        let edit = json!({ "range": { "start": place, "end": place }, "newText": ", B" });
        let change = json!({ "textDocument": { "uri": "file:///folder/a.tla", "version": 7 }, "edits": [edit] });
        assert_eq!(actions[0]["edit"], json!({ "documentChanges": [change] }));
        assert_eq!(actions[2]["kind"], "source.fixAll.tla-contract");
        assert_eq!(actions[2]["edit"], actions[0]["edit"]);
    }

    #[test]
    fn a_fix_that_asks_is_not_preferred_and_wants_confirmation() {
        let action = actions(facts(), 0, &CodeActionContext::default())[1].clone();
        assert_eq!(action.get("isPreferred"), None);
        assert_eq!(action["edit"]["changeAnnotations"]["ask"]["needsConfirmation"], true);
        assert_eq!(action["edit"]["documentChanges"][0]["edits"][0]["annotationId"], "ask");
    }

    #[test]
    fn an_older_client_gets_plain_edits() {
        let action = actions(ClientFacts::default(), 0, &CodeActionContext::default())[1].clone();
        assert_eq!(action["edit"]["changes"]["file:///folder/a.tla"][0]["newText"], "");
        assert_eq!(action["edit"].get("documentChanges"), None);
        assert_eq!(action["edit"].get("changeAnnotations"), None);
    }

    #[test]
    fn a_finding_that_the_client_names_is_mended_beside_the_cursor_too() {
        let analysis = Analysis::made(TEXT, "", findings(), facts());
        let named = diagnostics_of_findings(&analysis).nth(1).into_iter().collect();
        let context = CodeActionContext {
            diagnostics: named,
            only: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionContext::default()
        };
        let actions = actions(facts(), 9, &context);
        assert_eq!(actions[0]["title"], "Insert a stub of Next");
        assert_eq!(actions.as_array().unwrap().len(), 1);
    }

    #[test]
    fn a_kind_is_wanted_by_itself_and_by_those_above_it() {
        let only = |kinds: &[&'static str]| CodeActionContext {
            only: Some(kinds.iter().map(|kind| CodeActionKind::new(kind)).collect()),
            ..CodeActionContext::default()
        };
        for wanting in [&["source"] as &[_], &["source.fixAll"], &["source.fixAll.tla-contract"], &["", "x"]] {
            assert!(wants(&only(wanting), &FIX_ALL_KIND), "{wanting:?}");
        }
        for other in [&["source.fix"] as &[_], &["source.fixAll.other"], &["quickfix"], &[]] {
            assert!(!wants(&only(other), &FIX_ALL_KIND), "{other:?}");
        }
        assert!(wants(&CodeActionContext::default(), &FIX_ALL_KIND));
    }
}
