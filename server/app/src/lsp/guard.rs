//! The guard around the service: no panic of a handler ends the server, and the stages of a session are kept to.

use std::{
    convert::Infallible,
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll},
};

use futures_util::FutureExt;
use tokio::sync::watch;
use tower::Service;
use tower_lsp::{
    ExitedError,
    jsonrpc::{Error, ErrorCode, Id, Request, Response},
};

/// Where a session stands (LSP 3.17, "Server lifecycle").
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Before `initialize` was answered.
    New,
    Running,
    /// After `shutdown`.
    ShutDown,
    /// After `exit`.
    Exited,
}

/// The stage of the session and the reason to end it, shared by all who may end it.
#[derive(Debug)]
pub(super) struct Lifecycle {
    stage: AtomicU8,
    shut_down: AtomicU8,
    over: watch::Sender<bool>,
}

impl Default for Lifecycle {
    fn default() -> Self {
        Self { stage: AtomicU8::new(Stage::New as u8), shut_down: AtomicU8::new(0), over: watch::Sender::new(false) }
    }
}

impl Lifecycle {
    pub(super) fn stage(&self) -> Stage {
        match self.stage.load(Ordering::SeqCst) {
            0 => Stage::New,
            1 => Stage::Running,
            2 => Stage::ShutDown,
            _ => Stage::Exited,
        }
    }

    fn enter(&self, stage: Stage) {
        self.stage.store(stage as u8, Ordering::SeqCst);
        if stage == Stage::ShutDown {
            self.shut_down.store(1, Ordering::SeqCst);
        }
    }

    /// Ends the session at once: the client is gone.
    pub(super) fn end(&self) {
        self.over.send_replace(true);
    }

    /// Resolves when the session was ended by [`Lifecycle::end`].
    pub(super) async fn ended(&self) {
        let mut over = self.over.subscribe();
        // The sender lives as long as `self`.
        let _ = over.wait_for(|over| *over).await;
    }

    /// 0 when `shutdown` came, else 1.
    pub(super) fn exit_code(&self) -> ExitCode {
        if self.shut_down.load(Ordering::SeqCst) == 1 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// The service with its guard.
pub(super) struct Guard<S> {
    inner: S,
    lifecycle: Arc<Lifecycle>,
}

impl<S> Guard<S> {
    pub(super) fn new(inner: S, lifecycle: Arc<Lifecycle>) -> Self {
        Self { inner, lifecycle }
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<Option<Response>, Infallible>> + Send>>;

impl<S> Service<Request> for Guard<S>
where
    S: Service<Request, Response = Option<Response>, Error = ExitedError>,
    S::Future: Send + 'static,
{
    type Response = Option<Response>;
    type Error = Infallible;
    type Future = Answer;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let stage = self.lifecycle.stage();
        let id = request.id().cloned();
        match request.method() {
            "exit" => {
                self.lifecycle.enter(Stage::Exited);
                self.pass(Request::build("exit").finish(), None)
            }
            "initialize" if stage == Stage::New && id.is_some() => {
                let lifecycle = Arc::clone(&self.lifecycle);
                let answer = self.pass(request, id);
                Box::pin(async move {
                    let answer = answer.await;
                    if let Ok(Some(response)) = &answer
                        && response.is_ok()
                    {
                        lifecycle.enter(Stage::Running);
                    }
                    answer
                })
            }
            _ if stage == Stage::New => refuse(id, not_initialized()),
            _ if stage != Stage::Running => refuse(id, Error::invalid_request()),
            // Some clients send parameters with `shutdown`, though it has none.
            "shutdown" => match id {
                Some(id) => {
                    self.lifecycle.enter(Stage::ShutDown);
                    self.pass(Request::build("shutdown").id(id.clone()).finish(), Some(id))
                }
                None => refuse(None, Error::invalid_request()),
            },
            _ => self.pass(request, id),
        }
    }
}

impl<S> Guard<S>
where
    S: Service<Request, Response = Option<Response>, Error = ExitedError>,
    S::Future: Send + 'static,
{
    /// Passes a message on. A request is answered whatever happens in its handler.
    fn pass(&mut self, request: Request, id: Option<Id>) -> Answer {
        let method = request.method().to_owned();
        // The service forgets a request only when its handler returns or is cancelled; after a panic its id would be
        // taken for good.
        let forget = id.as_ref().and_then(cancellation).map(|cancel| self.inner.call(cancel));
        let handler = match catch_unwind(AssertUnwindSafe(|| self.inner.call(request))) {
            Ok(handler) => handler,
            Err(_) => return refuse(id, failed(&method)),
        };
        Box::pin(async move {
            match AssertUnwindSafe(handler).catch_unwind().await {
                Ok(Ok(Some(response))) => Ok(Some(response)),
                // No answer to a request: the service swallows unknown methods that begin with `$/`, also requests
                // (LSP 3.17, "$ Notifications and Requests").
                Ok(Ok(None) | Err(_)) => Ok(id.map(|id| Response::from_error(id, Error::method_not_found()))),
                Err(_) => {
                    if let Some(forget) = forget {
                        let _ = AssertUnwindSafe(forget).catch_unwind().await;
                    }
                    Ok(id.map(|id| Response::from_error(id, failed(&method))))
                }
            }
        })
    }
}

/// The notification that makes the service forget a request.
fn cancellation(id: &Id) -> Option<Request> {
    let id = match id {
        Id::Number(number) => serde_json::json!(number),
        Id::String(string) => serde_json::json!(string),
        Id::Null => return None,
    };
    Some(Request::build("$/cancelRequest").params(serde_json::json!({ "id": id })).finish())
}

/// Answers a request with an error; a notification is dropped.
fn refuse(id: Option<Id>, error: Error) -> Answer {
    Box::pin(std::future::ready(Ok(id.map(|id| Response::from_error(id, error)))))
}

fn not_initialized() -> Error {
    Error { code: ErrorCode::ServerError(-32002), message: "the server is not initialized".into(), data: None }
}

fn failed(method: &str) -> Error {
    let message = format!("an internal error in {method}; the server goes on");
    Error { code: ErrorCode::InternalError, message: message.into(), data: None }
}
