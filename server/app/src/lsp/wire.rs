//! The wire: frames on standard input and output, and the loop that starts handlers in the order of the messages.
//!
//! The library's own loop is not used: it ends at the first frame that it can't read, works on four messages at once
//! (so that four slow requests hold back every edit and every cancellation), and waits for ever for a client that
//! doesn't read.

use std::{
    collections::VecDeque,
    io::{self, BufRead, Read, Write},
    sync::Arc,
    time::{Duration, Instant},
};

use futures_util::{FutureExt, SinkExt, StreamExt, stream::FuturesUnordered};
use serde::Serialize;
use serde_json::Value;
use tokio::sync::{mpsc, watch};
use tower::Service;
use tower_lsp::{
    ClientSocket, ExitedError,
    jsonrpc::{Error, Id, Request, Response},
};

use super::guard::{Guard, Lifecycle, Stage};

/// Messages that are read before they are worked on.
const READ_AHEAD: usize = 1024;
/// Answers that wait for the client to read; while there are more, no message is worked on.
const BACKLOG: usize = 256;
/// Handlers at work at the same time.
const HANDLERS: usize = 256;
/// The longest body that is read, in bytes; a longer one is skipped and answered with an error. Texts over 8 MB are not
/// judged, and may be escaped in JSON.
const BODY_LIMIT: usize = 64 * 1024 * 1024;
/// The longest header section, in bytes.
const HEADER_LIMIT: u64 = 16 * 1024;
/// How often it is looked whether a client that does not read has gone.
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// How long the last answers may take once the session is over.
const GRACE: Duration = Duration::from_secs(2);

/// A message from the client.
enum Incoming {
    Request(Request),
    Response(Response),
    /// Not a message; the id where there is one.
    Malformed(Id, Error),
}

/// A message to the client.
#[derive(Serialize)]
#[serde(untagged)]
enum Outgoing {
    Request(Request),
    Response(Response),
}

/// Serves until the session is over and what is left to say is said.
pub(super) async fn run<S>(mut service: Guard<S>, socket: ClientSocket, lifecycle: Arc<Lifecycle>)
where
    S: Service<Request, Response = Option<Response>, Error = ExitedError>,
    S::Future: Send + 'static,
{
    let (incoming_sender, mut incoming) = mpsc::channel(READ_AHEAD);
    let (last_sender, mut last) = watch::channel(false);
    std::thread::spawn(move || {
        read_messages(&mut io::stdin().lock(), &incoming_sender);
        last_sender.send_replace(true);
    });
    let (output, mut outgoing) = mpsc::channel::<Outgoing>(1);
    let mut output = Some(output);
    let (written_sender, mut written) = mpsc::channel::<()>(1);
    std::thread::spawn(move || {
        let mut stdout = io::stdout().lock();
        while let Some(message) = outgoing.blocking_recv() {
            if let Err(error) = write_message(&mut stdout, &message) {
                eprintln!("tla-contract: the client can't be written to: {error}");
                break;
            }
        }
        drop(written_sender);
    });

    let (mut client_requests, mut client_responses) = socket.split();
    let mut handlers = FuturesUnordered::new();
    let mut backlog: VecDeque<Outgoing> = VecDeque::new();
    let mut reading = true;
    let work = async {
        loop {
            let accepting = backlog.len() < BACKLOG;
            if !reading && handlers.is_empty() && backlog.is_empty() {
                return;
            }
            tokio::select! {
                biased;
                permit = reserve(output.as_ref()), if !backlog.is_empty() => {
                    let (Some(permit), Some(message)) = (permit, backlog.pop_front()) else { return };
                    permit.send(message);
                }
                // Before the next message: a handler runs up to its first wait before the next one begins.
                Some(Ok(response)) = handlers.next(), if !handlers.is_empty() => {
                    backlog.extend(Option::map(response, Outgoing::Response));
                }
                Some(request) = client_requests.next(), if accepting => {
                    backlog.push_back(Outgoing::Request(request));
                }
                message = incoming.recv(), if reading && accepting && handlers.len() < HANDLERS => match message {
                    None => reading = false,
                    Some(Incoming::Malformed(id, error)) => {
                        backlog.push_back(Outgoing::Response(Response::from_error(id, error)));
                    }
                    Some(Incoming::Response(response)) => {
                        let _ = client_responses.send(response).await;
                    }
                    Some(Incoming::Request(request)) => {
                        let initializes = request.method() == "initialize";
                        let answer = service.call(request);
                        if lifecycle.stage() == Stage::Exited {
                            let _ = answer.await;
                            reading = false;
                            // What is still at work has been cancelled.
                            while let Some(Some(Ok(response))) = handlers.next().now_or_never() {
                                backlog.extend(Option::map(response, Outgoing::Response));
                            }
                            handlers.clear();
                        } else if initializes {
                            // Everything behind it depends on it.
                            if let Ok(Some(response)) = answer.await {
                                backlog.push_back(Outgoing::Response(response));
                            }
                        } else {
                            handlers.push(answer);
                        }
                    }
                },
                else => return,
            }
        }
    };
    let no_more_input = async {
        let _ = last.wait_for(|last| *last).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        () = work => {}
        () = no_more_input => {}
        () = lifecycle.ended() => {}
        _ = written.recv() => {}
    }
    output.take();
    let _ = tokio::time::timeout(GRACE, written.recv()).await;
}

async fn reserve(output: Option<&mpsc::Sender<Outgoing>>) -> Option<mpsc::Permit<'_, Outgoing>> {
    output?.reserve().await.ok()
}

/// Reads messages until the input ends or `exit` comes.
fn read_messages(input: &mut impl BufRead, messages: &mpsc::Sender<Incoming>) {
    loop {
        let message = match read_body(input) {
            Ok(Some(Ok(body))) => parse(&body),
            Ok(Some(Err(error))) => Incoming::Malformed(Id::Null, error),
            Ok(None) => return,
            Err(error) => {
                eprintln!("tla-contract: the client can't be read: {error}");
                return;
            }
        };
        let last = matches!(&message, Incoming::Request(request) if request.method() == "exit");
        if hand_on(message, messages).is_none() || last {
            return;
        }
    }
}

/// Hands a message on once there is room; `None` when nobody will take it any more, or when the client has gone without
/// reading its answers: the end of the input stands behind what it has sent, and would never be seen.
fn hand_on(mut message: Incoming, messages: &mpsc::Sender<Incoming>) -> Option<()> {
    let mut gone_since: Option<Instant> = None;
    loop {
        message = match messages.try_send(message) {
            Ok(()) => return Some(()),
            Err(mpsc::error::TrySendError::Closed(_)) => return None,
            Err(mpsc::error::TrySendError::Full(message)) => message,
        };
        if has_hung_up() && gone_since.get_or_insert_with(Instant::now).elapsed() > GRACE {
            return None;
        }
        std::thread::sleep(LOOK_AGAIN);
    }
}

/// Whether nobody can write to the standard input any more.
#[cfg(unix)]
fn has_hung_up() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let input = io::stdin();
    let mut watched = [PollFd::new(&input, PollFlags::empty())];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut watched, Some(&at_once)).is_ok() && watched[0].revents().contains(PollFlags::HUP)
}

/// Elsewhere a client that does not read has to end the process itself.
#[cfg(not(unix))]
fn has_hung_up() -> bool {
    false
}

/// Reads one frame; `None` at the end of the input. What is no frame is skipped up to the next header.
fn read_body(input: &mut impl BufRead) -> io::Result<Option<Result<Vec<u8>, Error>>> {
    let Some(length) = read_header(input)? else { return Ok(None) };
    let Some(length) = length else { return Ok(Some(Err(malformed("a frame needs a Content-Length")))) };
    if length > BODY_LIMIT {
        io::copy(&mut input.take(length as u64), &mut io::sink())?;
        return Ok(Some(Err(malformed("the message is too long"))));
    }
    // Not reserved at once: the length is only what the client says.
    let mut body = Vec::new();
    let read = input.take(length as u64).read_to_end(&mut body)?;
    Ok(if read < length { None } else { Some(Ok(body)) })
}

/// Reads a header section; the outer `None` at the end of the input, the inner where it has no length.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<Option<usize>>> {
    let mut length = None;
    let mut seen = false;
    loop {
        let mut line = Vec::new();
        if input.take(HEADER_LIMIT).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_ascii();
        if line.is_empty() {
            // Empty lines between frames are harmless.
            if seen {
                return Ok(Some(length));
            }
            continue;
        }
        seen = true;
        let text = String::from_utf8_lossy(line);
        if let Some((name, value)) = text.split_once(':')
            && name.trim_end().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
}

fn parse(body: &[u8]) -> Incoming {
    let value: Value = match serde_json::from_slice(body) {
        Ok(value) => value,
        Err(error) => return Incoming::Malformed(Id::Null, malformed(error.to_string())),
    };
    let id = match value.get("id") {
        Some(Value::Number(number)) => number.as_i64().map_or(Id::Null, Id::Number),
        Some(Value::String(string)) => Id::String(string.clone()),
        _ => Id::Null,
    };
    let invalid = |_| Incoming::Malformed(id, Error::invalid_request());
    if value.get("method").is_some() {
        serde_json::from_value(value).map_or_else(invalid, Incoming::Request)
    } else {
        serde_json::from_value(value).map_or_else(invalid, Incoming::Response)
    }
}

fn malformed(message: impl Into<String>) -> Error {
    let mut error = Error::parse_error();
    error.message = message.into().into();
    error
}

fn write_message(output: &mut impl Write, message: &Outgoing) -> io::Result<()> {
    let body = serde_json::to_vec(message)?;
    write!(output, "Content-Length: {}\r\n\r\n", body.len())?;
    output.write_all(&body)?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(input: &str) -> Vec<Result<String, String>> {
        let mut input = input.as_bytes();
        std::iter::from_fn(|| read_body(&mut input).unwrap())
            .map(|body| body.map(|body| String::from_utf8(body).unwrap()).map_err(|error| error.message.into_owned()))
            .collect()
    }

    #[test]
    fn frames_are_read_in_any_case_and_with_further_headers() {
        let input = "content-length: 2\r\nContent-Type: x\r\nOther: y\r\n\r\n{}\r\nContent-Length:1\n\n1";
        assert_eq!(bodies(input), [Ok("{}".to_owned()), Ok("1".to_owned())]);
    }

    #[test]
    fn a_frame_without_length_is_answered_and_the_next_one_read() {
        let input = "Content-Length: many\r\n\r\nContent-Length: 2\r\n\r\n{}";
        assert_eq!(bodies(input), [Err("a frame needs a Content-Length".to_owned()), Ok("{}".to_owned())]);
    }

    #[test]
    fn a_cut_frame_is_the_end() {
        assert_eq!(bodies("Content-Length: 9\r\n\r\n{}"), []);
    }

    #[test]
    fn what_is_no_message_keeps_its_id() {
        assert!(matches!(parse(b"[]"), Incoming::Malformed(Id::Null, _)));
        assert!(matches!(parse(br#"{"id":7,"method":"x"}"#), Incoming::Malformed(Id::Number(7), _)));
        assert!(matches!(parse(br#"{"jsonrpc":"2.0","id":7,"method":"x"}"#), Incoming::Request(_)));
        assert!(matches!(parse(br#"{"jsonrpc":"2.0","id":7,"result":null}"#), Incoming::Response(_)));
        assert!(matches!(parse(b"\xff"), Incoming::Malformed(Id::Null, _)));
    }
}
