//! A small client for the tests: frames, requests with a bound on time, and a queue of what the server says by itself.

use std::{
    collections::VecDeque,
    io::{BufRead, BufReader, ErrorKind, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, RecvTimeoutError, channel},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};

/// The longest that any one wait may take; only a server that hangs comes near it.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What the client does with requests of the server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Manners {
    /// Answers them with `null`, and edits with `applied`.
    Polite,
    /// Leaves them without an answer.
    Mute,
}

/// One running server and its client.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    /// Whoever holds it keeps the client from reading.
    pub reading: Arc<Mutex<()>>,
    /// Notifications and requests of the server that no test has looked at.
    queue: VecDeque<Value>,
    /// Answers that nobody has waited for yet.
    answers: Vec<Value>,
    next_id: i64,
    pub manners: Manners,
}

impl Client {
    /// Starts a server that has not been greeted.
    pub fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tla-contract"))
            .args(["serve", "--stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        let reading = Arc::new(Mutex::new(()));
        let allowed = Arc::clone(&reading);
        std::thread::spawn(move || {
            while let Some(message) = read_message(&mut output) {
                drop(allowed.lock());
                if sender.send(message).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            input,
            messages,
            reading,
            queue: VecDeque::new(),
            answers: Vec::new(),
            next_id: 1,
            manners: Manners::Polite,
        }
    }

    /// Starts a server and greets it with these client capabilities.
    pub fn with(capabilities: Value, folder: Option<&Path>) -> Self {
        let mut client = Self::start();
        client.initialize(capabilities, folder);
        client
    }

    /// Starts a server for a client that takes pushes and can do what VS Code can.
    pub fn pushed(folder: Option<&Path>) -> Self {
        Self::with(pushing(), folder)
    }

    /// As [`Client::pushed`], for a client that asks for findings.
    pub fn pulling(folder: Option<&Path>) -> Self {
        let mut capabilities = pushing();
        capabilities["textDocument"]["diagnostic"] = json!({ "relatedInformation": true });
        capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
        Self::with(capabilities, folder)
    }

    /// Greets the server; gives the result of `initialize`.
    pub fn initialize(&mut self, capabilities: Value, folder: Option<&Path>) -> Value {
        self.initialize_with(Value::Null, capabilities, folder)
    }

    /// Greets the server with `initializationOptions`; gives the result of `initialize`.
    pub fn initialize_with(&mut self, options: Value, capabilities: Value, folder: Option<&Path>) -> Value {
        let folders = folder.map(|folder| json!([{ "uri": uri_of(folder), "name": "test" }]));
        let params = json!({
            "processId": std::process::id(),
            "rootUri": null,
            "capabilities": capabilities,
            "initializationOptions": options,
            "workspaceFolders": folders,
        });
        let result = self.request("initialize", params).unwrap();
        self.notify("initialized", json!({}));
        result
    }

    pub fn send(&mut self, message: &Value) {
        self.send_bytes(frame(&message.to_string()).as_bytes());
    }

    /// Sends bytes as they are; a server that is gone does not take them.
    pub fn send_bytes(&mut self, bytes: &[u8]) {
        if let Some(input) = &mut self.input {
            let _ = input.write_all(bytes).and_then(|()| input.flush());
        }
    }

    /// Sends the same bytes again and again, until the server has taken none for a second; gives how often they went
    /// through. The last ones may be cut off, so that nothing else can be sent behind them.
    #[cfg(target_os = "linux")]
    pub fn send_until_full(&mut self, bytes: &[u8], most: usize) -> usize {
        let input = self.input.as_mut().unwrap();
        rustix::io::ioctl_fionbio(&*input, true).unwrap();
        let mut taken_at = Instant::now();
        let mut taken = 0;
        while taken < most * bytes.len() && taken_at.elapsed() < Duration::from_secs(1) {
            match input.write(&bytes[taken % bytes.len()..]) {
                Ok(more) => (taken, taken_at) = (taken + more, Instant::now()),
                Err(error) if error.kind() == ErrorKind::WouldBlock => std::thread::sleep(Duration::from_millis(5)),
                Err(error) => panic!("{error}"),
            }
        }
        taken / bytes.len()
    }

    /// What the process holds in memory, in bytes.
    #[cfg(target_os = "linux")]
    pub fn resident_memory(&self) -> usize {
        let statm = std::fs::read_to_string(format!("/proc/{}/statm", self.child.id())).unwrap();
        statm.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
    }

    pub fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request without waiting for its answer; gives its id.
    pub fn ask(&mut self, method: &str, params: Value) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// Sends a request and waits for its result or its error.
    pub fn request(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.ask(method, params);
        self.answer(id)
    }

    /// Waits for the answer to a request.
    pub fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let answers = |message: &Value| message.get("method").is_none() && message["id"] == id;
        let message = match self.answers.iter().position(answers) {
            Some(place) => self.answers.remove(place),
            None => self.until(|message| message.get("method").is_none() && message["id"] == id),
        };
        match message.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(message["result"].clone()),
        }
    }

    /// Waits for a notification or a request of the server.
    pub fn wait_for(&mut self, method: &str) -> Value {
        self.wait_until(method, |_| true)
    }

    /// Waits for a notification or a request of the server whose parameters pass.
    pub fn wait_until(&mut self, method: &str, passes: impl Fn(&Value) -> bool) -> Value {
        let fits = |message: &Value| message["method"] == method && passes(&message["params"]);
        if let Some(place) = self.queue.iter().position(fits) {
            return self.queue.remove(place).unwrap();
        }
        self.until(fits)
    }

    /// The findings that are pushed for a version of a document.
    pub fn findings(&mut self, uri: &str, version: i64) -> Vec<Value> {
        let wanted = |params: &Value| params["uri"] == uri && params["version"] == version;
        let message = self.wait_until("textDocument/publishDiagnostics", wanted);
        message["params"]["diagnostics"].as_array().unwrap().clone()
    }

    /// The findings that the server gives when it is asked.
    pub fn pull(&mut self, uri: &str) -> Vec<Value> {
        let report = self.request("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } })).unwrap();
        assert_eq!(report["kind"], "full");
        report["items"].as_array().unwrap().clone()
    }

    /// Everything that the server has said by itself up to now and nobody has looked at.
    pub fn said(&mut self) -> Vec<Value> {
        // What the server has said before it answers this has arrived when the answer has.
        let _ = self.request("tla-contract/unknown", Value::Null);
        self.queue.drain(..).collect()
    }

    fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            let message = match self.messages.recv_timeout(left) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) => panic!("no answer in time; said so far: {:?}", self.queue),
                Err(RecvTimeoutError::Disconnected) => panic!("the server is gone; said so far: {:?}", self.queue),
            };
            if message.get("method").is_some() && message.get("id").is_some() && self.manners == Manners::Polite {
                let result = match message["method"].as_str() {
                    Some("workspace/applyEdit") => json!({ "applied": true }),
                    _ => Value::Null,
                };
                self.send(&json!({ "jsonrpc": "2.0", "id": message["id"], "result": result }));
            }
            if fits(&message) {
                return message;
            }
            if message.get("method").is_some() {
                self.queue.push_back(message);
            } else {
                self.answers.push(message);
            }
        }
    }

    pub fn open(&mut self, uri: &str, language: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes a range, given as start line, start character, end line and end character.
    pub fn edit(&mut self, uri: &str, version: i64, [a, b, c, d]: [u64; 4], text: &str) {
        let range = json!({ "start": { "line": a, "character": b }, "end": { "line": c, "character": d } });
        self.change(uri, version, json!([{ "range": range, "text": text }]));
    }

    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    pub fn close(&mut self, uri: &str) {
        self.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// The text of a document that the server holds as a prompt: a prompt without placeholders is rendered as it is.
    pub fn text(&mut self, uri: &str) -> String {
        let params = json!({ "command": "tla-contract.renderPrompt", "arguments": [uri] });
        self.request("workspace/executeCommand", params).unwrap().as_str().unwrap().to_owned()
    }

    pub fn command(&mut self, command: &str, arguments: Value) -> Result<Value, Value> {
        self.request("workspace/executeCommand", json!({ "command": command, "arguments": arguments }))
    }

    pub fn close_input(&mut self) {
        self.input = None;
    }

    /// Waits for the process to end by itself.
    pub fn end(&mut self) -> ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the server does not end");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Takes leave as LSP wants it.
    pub fn leave(mut self) {
        assert_eq!(self.request("shutdown", Value::Null), Ok(Value::Null));
        self.notify("exit", Value::Null);
        assert_eq!(self.end().code(), Some(0));
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Client capabilities of an editor that takes pushes.
pub fn pushing() -> Value {
    json!({
        "workspace": {
            "applyEdit": true,
            "workspaceEdit": { "documentChanges": true, "changeAnnotationSupport": {} },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true,
                "codeDescriptionSupport": true,
                "versionSupport": true,
                "tagSupport": { "valueSet": [1, 2] },
            },
            "codeAction": {
                "isPreferredSupport": true,
                "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", "source"] } },
            },
        },
    })
}

pub fn frame(body: &str) -> String {
    format!("Content-Length: {}\r\n\r\n{body}", body.len())
}

pub fn uri_of(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A folder with files; gone when it is dropped.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub fn path(&self) -> PathBuf {
        self.0.path().canonicalize().unwrap()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn uri(&self, name: &str) -> String {
        uri_of(&self.path().join(name))
    }
}

fn read_message(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("Content-Length: ") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
