//! The handlers of LSP's messages. A handler changes the state before its first wait, never waits for the client, and
//! leaves the engine's work to other threads.

use std::{path::PathBuf, sync::Arc, time::Duration};

use serde_json::Value as Json;
use tower_lsp::{
    Client, LanguageServer,
    jsonrpc::{Error, Result},
    ls_types::{
        CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionParams, CompletionResponse,
        DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWatchedFilesRegistrationOptions,
        DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
        DidSaveTextDocumentParams, DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
        DocumentFormattingParams, DocumentHighlight, DocumentHighlightParams, DocumentLink, DocumentLinkParams,
        DocumentSymbolParams, DocumentSymbolResponse, ExecuteCommandParams, FoldingRange, FoldingRangeParams,
        FullDocumentDiagnosticReport, GotoDefinitionParams, GotoDefinitionResponse, Hover, HoverParams,
        InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, Location, MessageType,
        PrepareRenameResponse, ReferenceParams, Registration, RelatedFullDocumentDiagnosticReport,
        RelatedUnchangedDocumentDiagnosticReport, RenameParams, SelectionRange, SelectionRangeParams,
        SemanticTokensDeltaParams, SemanticTokensFullDeltaResult, SemanticTokensParams, SemanticTokensResult,
        ServerInfo, ShowDocumentParams, SignatureHelp, SignatureHelpParams, TextDocumentPositionParams, TextEdit,
        UnchangedDocumentDiagnosticReport, Uri, WorkDoneProgressCancelParams, WorkspaceDiagnosticParams,
        WorkspaceDiagnosticReportResult, WorkspaceEdit, WorkspaceFolder, WorkspaceSymbolParams,
        WorkspaceSymbolResponse,
    },
};

use super::{
    analysis::Analysis,
    capabilities::{self, ClientFacts},
    checking::{self, CheckedFolders, Kept, off_this_thread},
    convert,
    guard::Lifecycle,
    progress::{Ear, Works},
    publish::{PATIENCE, Publisher, diagnostics, result_id},
    reading::Reading,
    requests::{
        actions::code_actions,
        commands::{self, Wish, failed},
        completion,
        contract::{self, ContractParams, ContractView},
        format, hints, hover, lens, links,
        navigate::{self, Declarations},
        outline, rename,
        showing::{self, Shown},
        structure,
        tokens::{self, SentTokens},
    },
    session::{Kind, Session},
};
use crate::files::write_shown;

/// How often the client's process is looked for.
const LOOK_FOR_PARENT: Duration = Duration::from_secs(1);

/// At most so many specifications are judged for the lines above the clauses of their prompt.
const MOST_GOVERNED: usize = 60;

/// The server's side of one session.
pub(super) struct Backend {
    client: Client,
    lifecycle: Arc<Lifecycle>,
    session: Arc<Session>,
    publisher: Arc<Publisher>,
    tokens: Arc<SentTokens>,
    works: Arc<Works>,
    kept: Arc<Kept>,
}

impl Backend {
    pub(super) fn new(client: Client, lifecycle: Arc<Lifecycle>) -> Self {
        let session = Arc::new(Session::default());
        let publisher = Arc::new(Publisher::new(Arc::clone(&session), client.clone()));
        Self {
            client,
            lifecycle,
            session,
            publisher,
            tokens: Arc::default(),
            works: Arc::default(),
            kept: Arc::default(),
        }
    }

    /// The specifications that an open prompt governs, judged.
    async fn governed_by(&self, prompt: &Uri) -> Result<Vec<Arc<checking::CheckedFile>>> {
        checking::check_governed(&self.session, &self.publisher, &self.kept, prompt, MOST_GOVERNED).await
    }

    /// Ends the session when the client's process is gone (LSP 3.17, `InitializeParams.processId`).
    fn watch_parent(&self, process: Option<u32>) {
        let Some(process) = process else { return };
        // In a container the client may have its number elsewhere.
        if !is_alive(process) {
            return;
        }
        let lifecycle = Arc::clone(&self.lifecycle);
        tokio::spawn(async move {
            let mut interval = tokio::time::interval(LOOK_FOR_PARENT);
            while is_alive(process) {
                interval.tick().await;
            }
            lifecycle.end();
        });
    }

    fn watch_files(&self) {
        if !self.session.facts().watches {
            return;
        }
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: capabilities::watchers() };
        let registration = Registration {
            id: "tla-contract-files".to_owned(),
            method: "workspace/didChangeWatchedFiles".to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let client = self.client.clone();
        tokio::spawn(async move {
            let answer = tokio::time::timeout(PATIENCE, client.register_capability(vec![registration])).await;
            if let Ok(Err(error)) = answer {
                eprintln!("tla-contract: the client watches no files: {error}");
            }
        });
    }

    /// Has an edit made by the client, or hands it out where the client makes none.
    fn wish(&self, wish: Wish) -> Json {
        if !self.session.facts().applies_edits {
            return serde_json::json!({ "title": wish.title, "sent": false, "edit": wish.edit });
        }
        let title = wish.title.clone();
        let client = self.client.clone();
        tokio::spawn(async move {
            let refusal = match tokio::time::timeout(PATIENCE, client.apply_edit(wish.edit)).await {
                Ok(Ok(answer)) if answer.applied => return,
                Ok(Ok(answer)) => answer.failure_reason.unwrap_or_default(),
                Ok(Err(error)) => error.message.into_owned(),
                Err(_) => "no answer".to_owned(),
            };
            let message = format!("{}: the editor did not make the edit: {refusal}", wish.title);
            let _ = tokio::time::timeout(PATIENCE, client.show_message(MessageType::WARNING, message)).await;
        });
        serde_json::json!({ "title": title, "sent": true })
    }

    /// Shows what a command answers, for a client that does not.
    fn show(&self, shown: Shown) {
        let client = self.client.clone();
        tokio::spawn(async move {
            let written = match shown {
                Shown::Word(word) => Err(word),
                Shown::Page { name, text } => off_this_thread(move || write_shown(name, &text))
                    .await
                    .map_err(|error| error.message.into_owned())
                    .and_then(|written| written.map_err(|problem| problem.to_string())),
            };
            match written.map(|path| convert::uri(&path)) {
                Ok(Some(uri)) => {
                    let page = ShowDocumentParams { uri, external: None, take_focus: Some(true), selection: None };
                    let _ = tokio::time::timeout(PATIENCE, client.show_document(page)).await;
                }
                Ok(None) => {}
                Err(word) => {
                    let _ = tokio::time::timeout(PATIENCE, client.show_message(MessageType::INFO, word)).await;
                }
            }
        });
    }

    /// The analysis of an open document as it is now.
    async fn analysis(&self, uri: &str) -> Result<Arc<Analysis>> {
        let Some(snapshot) = self.session.snapshot(uri) else {
            return Err(failed(&format!("{uri} is not open")));
        };
        self.publisher.analysis(snapshot).await
    }

    /// The analysis of a document as it is now, open or not.
    async fn analysis_of(&self, uri: &str) -> Result<Arc<Analysis>> {
        if let Some(analysis) = self.publisher.newest(uri).await? {
            return Ok(analysis);
        }
        let (session, uri) = (Arc::clone(&self.session), uri.to_owned());
        off_this_thread(move || commands::analysis_of_file(&session, &uri)).await?
    }

    /// `tla-contract/contract`: how a module fares, clause by clause.
    pub(super) async fn contract(&self, params: ContractParams) -> Result<Option<ContractView>> {
        let analysis = self.analysis_of(params.text_document.uri.as_str()).await?;
        off_this_thread(move || contract::contract_view(&analysis)).await
    }

    /// `window/workDoneProgress/cancel`
    pub(super) async fn cancel_work(&self, params: WorkDoneProgressCancelParams) {
        self.works.cancel(&params.token);
    }

    /// Judges every specification of the open folders, and tells how far that is.
    async fn check_folders(&self, ear: Ear) -> Result<CheckedFolders> {
        let work = self.works.begin(&self.client, ear, "Checking specifications");
        let checked = checking::check_folders(&self.session, &self.publisher, &self.kept, &work).await;
        work.finish().await;
        checked
    }

    /// Reads an open document and works on it where that holds nobody up; `None` for one that is not open.
    async fn read<T: Send + 'static>(
        &self,
        uri: &Uri,
        work: impl FnOnce(&Reading) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(snapshot) = self.session.snapshot(uri.as_str()) else { return Ok(None) };
        let session = Arc::clone(&self.session);
        off_this_thread(move || work(&Reading::of(&session, snapshot))).await.map(Some)
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let facts = ClientFacts::of(&params);
        let capabilities = capabilities::server(&facts);
        self.watch_parent(params.process_id);
        self.session.begin(facts, folders(params));
        Ok(InitializeResult {
            capabilities,
            server_info: Some(ServerInfo {
                name: "tla-contract".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            offset_encoding: None,
        })
    }

    async fn initialized(&self, _: InitializedParams) {
        self.watch_files();
        if self.session.facts().refreshes {
            tokio::spawn(Arc::clone(&self.publisher).keep_fresh());
        }
        if self.session.facts().refreshes_lenses {
            tokio::spawn(Arc::clone(&self.publisher).keep_lenses_fresh());
        }
    }

    async fn shutdown(&self) -> Result<()> {
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        let document = params.text_document;
        let uri = document.uri.clone();
        let kind = self.session.open(document.uri, &document.language_id, document.version, &document.text);
        self.publisher.document_changed(&uri, kind);
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        let document = params.text_document;
        if let Some(kind) = self.session.change(&document.uri, document.version, &params.content_changes) {
            self.publisher.document_changed(&document.uri, kind);
        }
    }

    async fn did_save(&self, _: DidSaveTextDocumentParams) {
        self.session.files_changed();
        self.publisher.surroundings_changed();
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        let uri = params.text_document.uri;
        self.tokens.forget(uri.as_str());
        if let Some(kind) = self.session.close(&uri) {
            self.publisher.document_changed(&uri, kind);
        }
    }

    async fn did_change_watched_files(&self, _: DidChangeWatchedFilesParams) {
        self.session.files_changed();
        self.publisher.surroundings_changed();
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.session.folders_changed(paths(&params.event.added), &paths(&params.event.removed));
        self.publisher.surroundings_changed();
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let items = match self.publisher.newest(params.text_document.uri.as_str()).await? {
            Some(analysis) => off_this_thread(move || diagnostics(&analysis)).await?,
            // Closed in the meantime, or never opened: nothing is known of it.
            None => Vec::new(),
        };
        let result_id = result_id(&items);
        let report: DocumentDiagnosticReport = if params.previous_result_id.as_deref() == Some(result_id.as_str()) {
            DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
                related_documents: None,
                unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
            })
        } else {
            RelatedFullDocumentDiagnosticReport {
                related_documents: None,
                full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(result_id), items },
            }
            .into()
        };
        Ok(report.into())
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        // Clients ask for this again and again: only those that want to hear of it are told how far it is.
        let ear = params.work_done_progress_params.work_done_token.map_or(Ear::None, Ear::Given);
        Ok(self.check_folders(ear).await?.report(&params.previous_result_ids).into())
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let Some(snapshot) = self.session.snapshot(params.text_document.uri.as_str()) else { return Ok(None) };
        let analysis = self.publisher.analysis(snapshot).await?;
        off_this_thread(move || Some(code_actions(&analysis, params.range, &params.context))).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let place = params.text_document_position_params;
        let uri = place.text_document.uri;
        let Some(snapshot) = self.session.snapshot(uri.as_str()) else { return Ok(None) };
        // What the clauses say is an addition; the definition and the clause are told without it too.
        let (analysis, governed) = match snapshot.kind {
            Kind::Specification => (self.publisher.analysis(snapshot).await.ok(), Vec::new()),
            Kind::Prompt => (None, self.governed_by(&uri).await.unwrap_or_default()),
            _ => (None, Vec::new()),
        };
        let told = self
            .read(&uri, move |reading| hover::hover(reading, analysis.as_deref(), &governed, place.position))
            .await?;
        Ok(told.flatten())
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let place = params.text_document_position_params;
        let found =
            self.read(&place.text_document.uri, move |reading| navigate::goto_definition(reading, place.position));
        Ok(found.await?.flatten())
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let place = params.text_document_position;
        let declarations = match params.context.include_declaration {
            true => Declarations::Included,
            false => Declarations::LeftOut,
        };
        let session = Arc::clone(&self.session);
        let found = self.read(&place.text_document.uri, move |reading| {
            navigate::references(&session, reading, place.position, declarations)
        });
        Ok(found.await?.flatten())
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let place = params.text_document_position_params;
        let found = self.read(&place.text_document.uri, move |reading| navigate::highlights(reading, place.position));
        Ok(found.await?.flatten())
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let place = params.text_document_position;
        let found = self.read(&place.text_document.uri, move |reading| completion::completion(reading, place.position));
        Ok(found.await?.flatten())
    }

    async fn signature_help(&self, params: SignatureHelpParams) -> Result<Option<SignatureHelp>> {
        let place = params.text_document_position_params;
        let found =
            self.read(&place.text_document.uri, move |reading| completion::signature_help(reading, place.position));
        Ok(found.await?.flatten())
    }

    async fn prepare_rename(&self, place: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let found = self.read(&place.text_document.uri, move |reading| rename::prepare_rename(reading, place.position));
        found.await?.unwrap_or(Ok(None))
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let place = params.text_document_position;
        let session = Arc::clone(&self.session);
        let edit = self.read(&place.text_document.uri, move |reading| {
            rename::rename(&session, reading, place.position, &params.new_name)
        });
        edit.await?.unwrap_or(Ok(None))
    }

    async fn semantic_tokens_full(&self, params: SemanticTokensParams) -> Result<Option<SemanticTokensResult>> {
        let sent = Arc::clone(&self.tokens);
        self.read(&params.text_document.uri, move |reading| tokens::full(reading, &sent)).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: SemanticTokensDeltaParams,
    ) -> Result<Option<SemanticTokensFullDeltaResult>> {
        let sent = Arc::clone(&self.tokens);
        let previous = params.previous_result_id;
        self.read(&params.text_document.uri, move |reading| tokens::delta(reading, &sent, &previous)).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let Some(analysis) = self.publisher.newest(params.text_document.uri.as_str()).await? else { return Ok(None) };
        if analysis.snapshot.kind != Kind::Prompt {
            return off_this_thread(move || Some(lens::of_specification(&analysis))).await;
        }
        let governed = self.governed_by(&analysis.snapshot.uri).await?;
        Ok(Some(lens::of_prompt(&analysis, &governed)))
    }

    async fn formatting(&self, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>> {
        self.read(&params.text_document.uri, format::formatting).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        if !self.session.facts().hints {
            return Ok(None);
        }
        self.read(&params.text_document.uri, move |reading| hints::inlay_hints(reading, params.range)).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let Some(analysis) = self.publisher.newest(params.text_document.uri.as_str()).await? else { return Ok(None) };
        let session = Arc::clone(&self.session);
        off_this_thread(move || Some(links::document_links(&session, &analysis))).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.read(&params.text_document.uri, outline::document_symbols).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let session = Arc::clone(&self.session);
        off_this_thread(move || Some(outline::workspace_symbols(&session, &params.query))).await
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.read(&params.text_document.uri, structure::folding_ranges).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        self.read(&params.text_document.uri, move |reading| structure::selection_ranges(reading, &params.positions))
            .await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Json>> {
        let command = params.command.clone();
        let answer = self.run_command(params).await;
        if self.session.facts().wants_answers_shown
            && let Some(shown) = showing::shown(&command, &answer)
        {
            self.show(shown);
        }
        answer
    }
}

impl Backend {
    async fn run_command(&self, params: ExecuteCommandParams) -> Result<Option<Json>> {
        let arguments = commands::with_document(&self.session, &params.command, params.arguments);
        match params.command.as_str() {
            capabilities::RENDER_PROMPT => {
                let surroundings = self.session.surroundings();
                let text = off_this_thread(move || commands::render_prompt(&surroundings, &arguments)).await??;
                Ok(Some(Json::String(text)))
            }
            capabilities::SHOW_CONTRACT => {
                let uri = arguments.text(0, "the URI of a prompt or a specification")?.to_owned();
                let analysis = self.analysis_of(&uri).await?;
                let shown = off_this_thread(move || serde_json::to_value(contract::show_contract(&analysis))).await?;
                shown.map(Some).map_err(|_| Error::internal_error())
            }
            capabilities::INSERT_STUB => {
                let analysis = self.analysis(arguments.text(0, "the URI of a specification")?).await?;
                let wanted = arguments.text(1, "the id of a clause or the name of an action")?.to_owned();
                let wish = off_this_thread(move || commands::insert_stub(&analysis, &wanted)).await??;
                Ok(Some(self.wish(wish)))
            }
            capabilities::REPAIR_PROMPT => {
                let wanted = commands::wanted_repair(&arguments)?;
                let analysis = self.analysis_of(arguments.text(0, "the URI of a specification")?).await?;
                let text = off_this_thread(move || commands::repair(&analysis, wanted)).await?;
                Ok(text.map(Json::String))
            }
            capabilities::CHECK_WORKSPACE => {
                let ear = match params.work_done_progress_params.work_done_token {
                    Some(token) => Ear::Given(token),
                    None if self.session.facts().progress => Ear::Offered,
                    None => Ear::None,
                };
                let checked = self.check_folders(ear).await?;
                serde_json::to_value(checked).map(Some).map_err(|_| Error::internal_error())
            }
            capabilities::FIX_ALL => {
                let analysis = self.analysis(arguments.text(0, "the URI of a specification")?).await?;
                let wish = off_this_thread(move || commands::fix_all_wish(&analysis)).await?;
                Ok(wish.map(|wish| self.wish(wish)))
            }
            unknown => Err(Error::invalid_params(format!("there is no command {unknown}"))),
        }
    }
}

/// The folders that are open in the editor; older clients name one root only.
fn folders(params: InitializeParams) -> Vec<PathBuf> {
    if let Some(folders) = params.workspace_folders.filter(|folders| !folders.is_empty()) {
        return paths(&folders);
    }
    #[allow(deprecated)]
    let (uri, path) = (params.root_uri, params.root_path);
    uri.as_ref().and_then(convert::path).or_else(|| path.map(PathBuf::from)).into_iter().collect()
}

fn paths(folders: &[WorkspaceFolder]) -> Vec<PathBuf> {
    folders.iter().filter_map(|folder| convert::path(&folder.uri)).collect()
}

#[cfg(unix)]
fn is_alive(process: u32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let Some(process) = i32::try_from(process).ok().and_then(Pid::from_raw) else { return false };
    // Not being allowed to signal it means that it is there.
    !matches!(test_kill_process(process), Err(error) if error == rustix::io::Errno::SRCH)
}

/// Elsewhere the end of the input has to do.
#[cfg(not(unix))]
fn is_alive(_process: u32) -> bool {
    true
}

/// For tests of the guard only.
#[cfg(debug_assertions)]
impl Backend {
    pub(super) async fn panic(&self) -> Result<()> {
        panic!("asked for by $/tla-contract/panic")
    }

    pub(super) async fn panic_notified(&self) {
        panic!("asked for by $/tla-contract/panicNotified")
    }

    /// Never answers, unless it is cancelled.
    pub(super) async fn wait(&self) -> Result<()> {
        std::future::pending().await
    }
}
