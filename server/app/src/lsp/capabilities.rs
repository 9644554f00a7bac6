//! What the client can do and what this server serves: the one table of both.

use tower_lsp::ls_types::{
    CodeActionKind, CodeActionOptions, CodeLensOptions, CompletionOptions, CompletionOptionsCompletionItem,
    DiagnosticOptions, DiagnosticServerCapabilities, DocumentLinkOptions, ExecuteCommandOptions, FileSystemWatcher,
    FoldingRangeProviderCapability, GlobPattern, HoverProviderCapability, InitializeParams, MarkupKind, OneOf,
    PositionEncodingKind, RenameOptions, SaveOptions, SelectionRangeProviderCapability, SemanticTokensFullOptions,
    SemanticTokensOptions, ServerCapabilities, SignatureHelpOptions, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions, WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities,
    WorkspaceServerCapabilities,
};

use tla_contract_engine::{prompt::builtins, text::Encoding};

use super::requests::tokens::legend;

/// Renders a prompt; answers with the text.
pub(super) const RENDER_PROMPT: &str = "tla-contract.renderPrompt";
/// The contract of a prompt or of a specification, with verdicts.
pub(super) const SHOW_CONTRACT: &str = "tla-contract.showContract";
/// Inserts a stub for a missing action.
pub(super) const INSERT_STUB: &str = "tla-contract.insertStub";
/// The prompt that asks a model to mend a specification; answers with the text.
pub(super) const REPAIR_PROMPT: &str = "tla-contract.repairPrompt";
/// Judges every specification of the open folders.
pub(super) const CHECK_WORKSPACE: &str = "tla-contract.checkWorkspace";
/// Applies every safe fix of a document.
pub(super) const FIX_ALL: &str = "tla-contract.fixAll";

/// Every command of `workspace/executeCommand`.
const COMMANDS: [&str; 6] = [RENDER_PROMPT, SHOW_CONTRACT, INSERT_STUB, REPAIR_PROMPT, CHECK_WORKSPACE, FIX_ALL];

/// All safe fixes of a document; a kind of `source.fixAll`.
pub(super) const FIX_ALL_KIND: CodeActionKind = CodeActionKind::new("source.fixAll.tla-contract");

/// Files whose change may change what is found in an open specification.
const WATCHED: [&str; 3] = ["**/tla-contract.toml", "**/*.tla", "**/*.{md,txt}"];

/// What the client can do, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClientFacts {
    /// How both sides count columns (`general.positionEncodings`).
    pub(super) encoding: Encoding,
    /// It asks for findings (`textDocument.diagnostic`), so none are pushed.
    pub(super) pulls: bool,
    /// It can be told to ask again (`workspace.diagnostics.refreshSupport`).
    pub(super) refreshes: bool,
    /// `workspace.workspaceEdit.documentChanges`
    pub(super) versioned_edits: bool,
    /// `workspace.workspaceEdit.changeAnnotationSupport`
    pub(super) annotated_edits: bool,
    /// `workspace.applyEdit`
    pub(super) applies_edits: bool,
    /// `workspace.didChangeWatchedFiles.dynamicRegistration`
    pub(super) watches: bool,
    /// Diagnostics may link to a page (`codeDescriptionSupport`).
    pub(super) code_description: bool,
    /// Diagnostics may point at further places (`relatedInformation`).
    pub(super) related_information: bool,
    /// Diagnostics may be tagged (`tagSupport`).
    pub(super) tags: bool,
    /// `textDocument.codeAction.isPreferredSupport`
    pub(super) preferred_actions: bool,
    /// `textDocument.documentSymbol.hierarchicalDocumentSymbolSupport`
    pub(super) nested_symbols: bool,
    /// Hover may be Markdown (`textDocument.hover.contentFormat`).
    pub(super) markdown_hover: bool,
    /// It takes tokens for work of the server's own (`window.workDoneProgress`).
    pub(super) progress: bool,
    /// It may ask for the findings of files that are not open; it says no by
    /// `initializationOptions.workspaceDiagnostics`.
    pub(super) all_files: bool,
    /// It shows hints between the text, which it asks for by `initializationOptions.inlayHints`.
    pub(super) hints: bool,
    /// It has no grammar for TLA+ and wants words, strings, numbers, operators and comments among the semantic tokens
    /// (`initializationOptions.syntaxTokens`).
    pub(super) syntax_tokens: bool,
    /// It may have modules laid out anew; it says no by `initializationOptions.formatting`.
    pub(super) formats: bool,
    /// It can be told to ask for lenses again (`workspace.codeLens.refreshSupport`).
    pub(super) refreshes_lenses: bool,
    /// It wants to hear when a module was judged anew (`initializationOptions.contractChanged`).
    pub(super) hears_of_contracts: bool,
    /// It drops the answers of commands, so they are shown by `window/showDocument`
    /// (`initializationOptions.showAnswers`).
    pub(super) wants_answers_shown: bool,
    /// `textDocument.completion.completionItem.snippetSupport`
    pub(super) snippets: bool,
    /// `textDocument.completion.completionItem.labelDetailsSupport`
    pub(super) label_details: bool,
    /// `textDocument.signatureHelp.signatureInformation.parameterInformation.labelOffsetSupport`
    pub(super) label_offsets: bool,
}

impl Default for ClientFacts {
    /// A client that can do nothing but what LSP takes for granted.
    fn default() -> Self {
        Self {
            encoding: Encoding::Utf16,
            pulls: false,
            refreshes: false,
            versioned_edits: false,
            annotated_edits: false,
            applies_edits: false,
            watches: false,
            code_description: false,
            related_information: false,
            tags: false,
            preferred_actions: false,
            nested_symbols: false,
            markdown_hover: false,
            progress: false,
            hints: false,
            syntax_tokens: false,
            formats: true,
            refreshes_lenses: false,
            all_files: true,
            hears_of_contracts: false,
            wants_answers_shown: false,
            snippets: false,
            label_details: false,
            label_offsets: false,
        }
    }
}

impl ClientFacts {
    /// Reads the client's capabilities (LSP 3.17, `ClientCapabilities`).
    pub(super) fn of(params: &InitializeParams) -> Self {
        let capabilities = &params.capabilities;
        let text_document = capabilities.text_document.as_ref();
        let workspace = capabilities.workspace.as_ref();
        let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        // The client names what it likes best first.
        let encoding = offered.unwrap_or_default().iter().find_map(encoding_of).unwrap_or(Encoding::Utf16);
        let pull = text_document.and_then(|text_document| text_document.diagnostic.as_ref());
        let push = text_document.and_then(|text_document| text_document.publish_diagnostics.as_ref());
        let actions = text_document.and_then(|text_document| text_document.code_action.as_ref());
        let symbols = text_document.and_then(|text_document| text_document.document_symbol.as_ref());
        let hover = text_document.and_then(|text_document| text_document.hover.as_ref());
        let completion = text_document.and_then(|text_document| text_document.completion.as_ref());
        let items = completion.and_then(|completion| completion.completion_item.as_ref());
        let signatures = text_document.and_then(|text_document| text_document.signature_help.as_ref());
        let signatures = signatures.and_then(|signatures| signatures.signature_information.as_ref());
        let parameters = signatures.and_then(|signatures| signatures.parameter_information.as_ref());
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        let watches = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        let refresh = workspace.and_then(|workspace| workspace.diagnostics.as_ref());
        let lenses = workspace.and_then(|workspace| workspace.code_lens.as_ref());
        let option = |name: &str| params.initialization_options.as_ref()?.get(name)?.as_bool();
        let yes = |fact: Option<Option<bool>>| fact.flatten() == Some(true);
        Self {
            encoding,
            pulls: pull.is_some(),
            refreshes: yes(refresh.map(|refresh| refresh.refresh_support)),
            versioned_edits: yes(edits.map(|edits| edits.document_changes)),
            annotated_edits: yes(edits.map(|edits| edits.document_changes))
                && edits.is_some_and(|edits| edits.change_annotation_support.is_some()),
            applies_edits: yes(workspace.map(|workspace| workspace.apply_edit)),
            watches: yes(watches.map(|watches| watches.dynamic_registration)),
            code_description: yes(pull.map(|pull| pull.code_description_support))
                || yes(push.map(|push| push.code_description_support)),
            related_information: yes(pull.map(|pull| pull.related_information))
                || yes(push.map(|push| push.related_information)),
            tags: pull.is_some_and(|pull| pull.tag_support.is_some())
                || push.is_some_and(|push| push.tag_support.is_some()),
            preferred_actions: yes(actions.map(|actions| actions.is_preferred_support)),
            progress: yes(capabilities.window.as_ref().map(|window| window.work_done_progress)),
            hints: option("inlayHints") == Some(true),
            syntax_tokens: option("syntaxTokens") == Some(true),
            formats: option("formatting") != Some(false),
            refreshes_lenses: yes(lenses.map(|lenses| lenses.refresh_support)),
            all_files: option("workspaceDiagnostics") != Some(false),
            hears_of_contracts: option("contractChanged") == Some(true),
            wants_answers_shown: option("showAnswers") == Some(true),
            snippets: yes(items.map(|items| items.snippet_support)),
            label_details: yes(items.map(|items| items.label_details_support)),
            label_offsets: yes(parameters.map(|parameters| parameters.label_offset_support)),
            markdown_hover: hover
                .and_then(|hover| hover.content_format.as_ref())
                .is_some_and(|formats| formats.contains(&MarkupKind::Markdown)),
            nested_symbols: yes(symbols.map(|symbols| symbols.hierarchical_document_symbol_support)),
        }
    }
}

fn encoding_of(kind: &PositionEncodingKind) -> Option<Encoding> {
    match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    }
}

/// What is served, in the answer to `initialize`.
pub(super) fn server(facts: &ClientFacts) -> ServerCapabilities {
    let no_progress = WorkDoneProgressOptions::default();
    let progress = WorkDoneProgressOptions { work_done_progress: Some(true) };
    ServerCapabilities {
        position_encoding: Some(match facts.encoding {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
            ..TextDocumentSyncOptions::default()
        })),
        diagnostic_provider: Some(DiagnosticServerCapabilities::Options(DiagnosticOptions {
            identifier: Some("tla-contract".to_owned()),
            // A prompt's edit changes what is found in the specifications that it governs.
            inter_file_dependencies: true,
            workspace_diagnostics: facts.all_files,
            work_done_progress_options: progress,
        })),
        code_action_provider: Some(
            CodeActionOptions {
                code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::SOURCE_FIX_ALL, FIX_ALL_KIND]),
                resolve_provider: None,
                work_done_progress_options: no_progress,
            }
            .into(),
        ),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(["\\", ".", "!", "{", "\""].map(str::to_owned).to_vec()),
            completion_item: Some(CompletionOptionsCompletionItem { label_details_support: Some(true) }),
            ..CompletionOptions::default()
        }),
        signature_help_provider: Some(SignatureHelpOptions {
            trigger_characters: Some(vec!["(".to_owned(), ",".to_owned()]),
            ..SignatureHelpOptions::default()
        }),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: no_progress,
        })),
        semantic_tokens_provider: Some(
            SemanticTokensOptions {
                legend: legend(),
                range: None,
                full: Some(SemanticTokensFullOptions::Delta { delta: Some(true) }),
                work_done_progress_options: no_progress,
            }
            .into(),
        ),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: None }),
        document_formatting_provider: facts.formats.then_some(OneOf::Left(true)),
        inlay_hint_provider: facts.hints.then_some(OneOf::Left(true)),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: None,
            work_done_progress_options: no_progress,
        }),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: COMMANDS.map(str::to_owned).to_vec(),
            work_done_progress_options: progress,
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        // The prompts that an editor can offer to render by name.
        experimental: Some(serde_json::json!({
            "prompts": builtins().iter().map(|builtin| builtin.name).collect::<Vec<_>>(),
        })),
        ..ServerCapabilities::default()
    }
}

/// The files that the client is asked to watch.
pub(super) fn watchers() -> Vec<FileSystemWatcher> {
    let watcher = |glob: &str| FileSystemWatcher { glob_pattern: GlobPattern::String(glob.to_owned()), kind: None };
    WATCHED.map(watcher).to_vec()
}
