//! The language server over standard input and output: what an editor shows while a specification is written.

mod analysis;
mod backend;
mod capabilities;
mod checking;
mod convert;
mod guard;
mod modules;
mod progress;
mod publish;
mod reading;
mod requests;
mod session;
mod wire;

use std::{process::ExitCode, sync::Arc};

use tower_lsp::LspService;

use backend::Backend;
use guard::{Guard, Lifecycle};

use crate::STACK_SIZE;

/// A block of so many bytes is freed at the start; up to twice as much freed memory stays with the process then.
const FREED_AT_ONCE: usize = 16 * 1024 * 1024;

/// Keeps what a judgement frees for the next one, instead of giving its pages back at each keystroke only to have them
/// cleared and mapped again, which is a third of the time in long modules. glibc takes the greatest block that was ever
/// freed for the measure of what is worth giving back (mallopt(3), `M_MMAP_THRESHOLD`); nobody writes into this one, so it
/// costs nothing. Elsewhere this does nothing.
fn keep_freed_pages() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(FREED_AT_ONCE)));
}

/// Serves one client on standard input and output until `exit`, the end of the input or the client's death.
///
/// The exit code is 0 when `shutdown` came first, else 1 (LSP 3.17, `exit`).
pub fn serve() -> ExitCode {
    keep_freed_pages();
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_stack_size(STACK_SIZE)
        .enable_time()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("tla-contract: the server can't start: {error}");
            return ExitCode::from(2);
        }
    };
    let lifecycle = Arc::new(Lifecycle::default());
    let (service, socket) = {
        let lifecycle = Arc::clone(&lifecycle);
        let service = LspService::build(move |client| Backend::new(client, lifecycle))
            .custom_method("tla-contract/contract", Backend::contract)
            .custom_method("window/workDoneProgress/cancel", Backend::cancel_work);
        #[cfg(debug_assertions)]
        let service = service
            .custom_method("$/tla-contract/panic", Backend::panic)
            .custom_method("$/tla-contract/panicNotified", Backend::panic_notified)
            .custom_method("$/tla-contract/wait", Backend::wait);
        service.finish()
    };
    let guard = Guard::new(service, Arc::clone(&lifecycle));
    runtime.block_on(wire::run(guard, socket, Arc::clone(&lifecycle)));
    // Work that still runs on other threads must not keep the process.
    runtime.shutdown_background();
    lifecycle.exit_code()
}
