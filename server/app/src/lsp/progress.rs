//! Long work: told to the client as it goes on, and given up when the client says so.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use tokio::{sync::watch, task::JoinHandle};
use tower_lsp::{Client, ls_types::ProgressToken};

use super::publish::PATIENCE;

/// The work that is being done, by token.
#[derive(Debug, Default)]
pub(super) struct Works {
    cancelled: Mutex<HashMap<ProgressToken, Arc<AtomicBool>>>,
    begun: AtomicU64,
}

/// How the client hears of work.
#[derive(Debug, Clone)]
pub(super) enum Ear {
    /// By the token that came with its request, which is good until the answer.
    Given(ProgressToken),
    /// By a token of the server's, which the client has to take first.
    Offered,
    None,
}

/// Work that is going on. It counts as given up once this is dropped.
#[derive(Debug)]
pub(super) struct Work {
    cancelled: Arc<AtomicBool>,
    steps: Option<watch::Sender<Step>>,
    /// Tells the client, where its token is good no longer than the request.
    teller: Option<JoinHandle<()>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Step {
    done: usize,
    all: usize,
}

impl Works {
    /// Begins work. Waits for nobody.
    pub(super) fn begin(self: &Arc<Self>, client: &Client, ear: Ear, title: &'static str) -> Work {
        let cancelled = Arc::new(AtomicBool::new(false));
        let token = match &ear {
            Ear::None => return Work { cancelled, steps: None, teller: None },
            Ear::Given(token) => token.clone(),
            Ear::Offered => {
                let number = self.begun.fetch_add(1, Ordering::Relaxed);
                ProgressToken::String(format!("tla-contract/{number}"))
            }
        };
        self.lock().insert(token.clone(), Arc::clone(&cancelled));
        let (steps, heard) = watch::channel(Step::default());
        let works = Arc::clone(self);
        let client = client.clone();
        let offered = matches!(ear, Ear::Offered);
        let teller = tokio::spawn(async move {
            let offer = tokio::time::timeout(PATIENCE, client.create_work_done_progress(token.clone()));
            if !offered || matches!(offer.await, Ok(Ok(()))) {
                tell(&client, token.clone(), title, heard).await;
            }
            works.lock().remove(&token);
        });
        Work { cancelled, steps: Some(steps), teller: (!offered).then_some(teller) }
    }

    /// The client wants work given up (LSP 3.17, `window/workDoneProgress/cancel`).
    pub(super) fn cancel(&self, token: &ProgressToken) {
        if let Some(cancelled) = self.lock().get(token) {
            cancelled.store(true, Ordering::Relaxed);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<ProgressToken, Arc<AtomicBool>>> {
        self.cancelled.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Work {
    pub(super) fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// So much of it is done.
    pub(super) fn step(&self, done: usize, all: usize) {
        if let Some(steps) = &self.steps {
            steps.send_replace(Step { done, all });
        }
    }

    /// Ends the work; a client whose own token it was has heard of the end before the answer comes.
    pub(super) async fn finish(mut self) {
        self.steps = None;
        if let Some(teller) = self.teller.take() {
            let _ = teller.await;
        }
    }
}

/// Tells the steps until there are no more; steps that come too fast are told together.
async fn tell(client: &Client, token: ProgressToken, title: &'static str, mut steps: watch::Receiver<Step>) {
    let progress = client.progress(token, title).with_percentage(0).with_cancel_button().begin().await;
    while steps.changed().await.is_ok() {
        let Step { done, all } = *steps.borrow_and_update();
        let percentage = u32::try_from(done * 100 / all.max(1)).unwrap_or(100);
        progress.report_with_message(format!("{done} of {all}"), percentage, None).await;
    }
    progress.finish().await;
}
