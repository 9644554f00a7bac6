//! `mcp`: a Model Context Protocol server over standard input and output, for agents that write TLA+ themselves.
//!
//! It answers as the command line does and writes no file. Paths are read only under the folders that are granted.

mod grant;
mod prompts;
mod tools;

use std::{path::PathBuf, process::ExitCode, time::Duration};

use rmcp::{
    ErrorData, ServerHandler, ServiceExt,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ContentBlock, GetPromptRequestParams,
        GetPromptResponse, GetPromptResult, Implementation, InputResponses, ListPromptsResult, ListToolsResult,
        PaginatedRequestParams, PromptMessage, ProtocolVersion, Role, ServerCapabilities, ServerConfig,
    },
    service::{RequestContext, RoleServer},
};

use self::grant::{Grant, Granted};
use crate::STACK_SIZE;

/// How long a client may take to say which folders it grants.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serve agents: a Model Context Protocol server, over standard input and output
///
/// Tools: contract, check, fix (answers with the text, writes nothing), render, repair and explain; the prompts are
/// offered as MCP prompts, their placeholders as arguments. Files are read only in the folders that the client grants
/// as its roots; of a client that knows no roots, in those of --root.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A folder that may be read for a client that grants none itself; may be given several times
    #[arg(long, value_name = "DIR")]
    root: Vec<PathBuf>,
}

/// Serves until the client is gone.
pub(super) fn serve(arguments: Arguments) -> Result<ExitCode, String> {
    if let Some(root) = arguments.root.iter().find(|root| !root.is_dir()) {
        return Err(format!("{}: is no folder to grant", root.display()));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK_SIZE).enable_all().build();
    let runtime = runtime.map_err(|error| format!("the server can't start: {error}"))?;
    runtime.block_on(async {
        let server = Server { roots: Grant::of_folders(&arguments.root) };
        let running = server.serve(rmcp::transport::stdio()).await;
        let running = running.map_err(|error| format!("the client did not begin as the protocol wants: {error}"))?;
        running.waiting().await.map_err(|error| format!("the server ended: {error}"))?;
        Ok(ExitCode::SUCCESS)
    })
}

struct Server {
    /// Of the command line.
    roots: Grant,
}

impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        let mut info = ServerConfig::new(ServerCapabilities::builder().enable_tools().enable_prompts().build());
        info.server_info = Implementation::new("tla-contract", env!("CARGO_PKG_VERSION"));
        info.instructions = Some(
            "Holds a TLA+ module to the prompt that asked for it. Render the prompt, write the module, `check` it, \
             `fix` what is safe, and mend the rest: `repair` says what is left to mend."
                .to_owned(),
        );
        info
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::all()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let asked = match tools::Asked::parse(request.arguments) {
            Ok(asked) => asked,
            Err(message) => return Err(ErrorData::invalid_params(message, None)),
        };
        let grant = if asked.names_paths() {
            match self.granted(request.input_responses.as_ref(), &context).await {
                Granted::Folders(grant) => grant,
                Granted::ToBeAsked(question) => return Ok((*question).into()),
            }
        } else {
            Grant::default()
        };
        let name = request.name.into_owned();
        let answered = tokio::task::spawn_blocking(move || tools::call(&name, &asked, &grant)).await;
        // A panic is a fault of the program; the server lives on.
        let answered =
            answered.map_err(|error| ErrorData::internal_error(format!("the tool failed: {error}"), None))?;
        Ok(match answered.ok_or_else(|| ErrorData::invalid_params("there is no such tool", None))? {
            Ok(tools::Answer { text, structured }) => {
                let mut result = CallToolResult::success(vec![ContentBlock::text(text)]);
                result.structured_content = structured;
                result
            }
            Err(message) => CallToolResult::error(vec![ContentBlock::text(message)]),
        }
        .into())
    }

    async fn list_prompts(
        &self,
        _request: Option<PaginatedRequestParams>,
        context: RequestContext<RoleServer>,
    ) -> Result<ListPromptsResult, ErrorData> {
        // A question can't be put back here; a client of the newest protocol sees the prompts of its roots by `render`.
        let grant = match self.granted(None, &context).await {
            Granted::Folders(grant) => grant,
            Granted::ToBeAsked(_) => Grant::default(),
        };
        let listed = tokio::task::spawn_blocking(move || prompts::all(&grant)).await;
        let listed = listed.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
        Ok(ListPromptsResult::with_all_items(listed))
    }

    async fn get_prompt(
        &self,
        request: GetPromptRequestParams,
        context: RequestContext<RoleServer>,
    ) -> Result<GetPromptResponse, ErrorData> {
        let grant = match self.granted(request.input_responses.as_ref(), &context).await {
            Granted::Folders(grant) => grant,
            Granted::ToBeAsked(question) => return Ok((*question).into()),
        };
        let rendered = tokio::task::spawn_blocking(move || {
            prompts::rendered(&request.name, request.arguments.unwrap_or_default(), &grant)
        });
        let rendered = rendered.await.map_err(|error| ErrorData::internal_error(error.to_string(), None))?;
        let text = rendered.map_err(|message| ErrorData::invalid_params(message, None))?;
        Ok(GetPromptResult::new(vec![PromptMessage::new_text(Role::User, text)]).into())
    }
}

impl Server {
    /// The folders that this client grants.
    // Roots are on their way out of the protocol; until they are gone, they are what a client says it grants.
    #[allow(deprecated)]
    async fn granted(&self, responses: Option<&InputResponses>, context: &RequestContext<RoleServer>) -> Granted {
        let knows_roots = context.client_capabilities().is_some_and(|capabilities| capabilities.roots.is_some());
        if !knows_roots {
            return Granted::Folders(self.roots.clone());
        }
        let asks_in_answers = context
            .protocol_version()
            .is_some_and(|version| version.as_str() >= ProtocolVersion::V_2026_07_28.as_str());
        if asks_in_answers {
            return grant::of_responses(responses);
        }
        let roots = tokio::time::timeout(PATIENCE, context.peer.list_roots()).await;
        // A client that does not say what it grants grants nothing.
        let uris = roots.ok().and_then(Result::ok).map(|listed| listed.roots).unwrap_or_default();
        Granted::Folders(Grant::of_uris(uris.iter().map(|root| root.uri.as_str())))
    }
}
