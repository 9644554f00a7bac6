//! Sessions with the real server whose frames nobody would send. Whatever comes, the process ends by itself when its input
//! does, by a code and not by a signal, and nothing in it has panicked.

use std::{
    io::{Read, Write},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::{
    random::Random,
    texts::{self, Samples},
};

/// Only a server that hangs comes near it.
const PATIENCE: Duration = Duration::from_secs(60);

const METHODS: &[&str] = &[
    "initialize",
    "initialized",
    "shutdown",
    "exit",
    "$/cancelRequest",
    "$/setTrace",
    "$/nothing",
    "no/such",
    "",
    "textDocument/didOpen",
    "textDocument/didChange",
    "textDocument/didClose",
    "textDocument/didSave",
    "textDocument/hover",
    "textDocument/diagnostic",
    "textDocument/completion",
    "textDocument/codeAction",
    "textDocument/rename",
    "textDocument/semanticTokens/full/delta",
    "textDocument/selectionRange",
    "workspace/executeCommand",
    "workspace/symbol",
    "workspace/didChangeWatchedFiles",
    "workspace/didChangeWorkspaceFolders",
    "completionItem/resolve",
    "codeLens/resolve",
    "window/workDoneProgress/cancel",
    "tla-contract/contract",
    "workspace/diagnostic",
];

const URIS: &[&str] = &[
    "file:///fuzz/a.tla",
    "file:///fuzz/p.prompt.md",
    "file:///fuzz/tla-contract.toml",
    "untitled:1",
    "file://%00",
    "x",
    "",
    "file:///",
    "http://host/a.tla",
    "file:///%2e%2e/%2e%2e/etc/passwd",
    "file:///fuzz/%F0%9F%98%80.tla",
];

fn frame(body: &[u8]) -> Vec<u8> {
    [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

fn greeting() -> Vec<u8> {
    let capabilities = json!({ "textDocument": { "publishDiagnostics": {} } });
    let params = json!({ "processId": null, "capabilities": capabilities });
    let initialize = json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": params });
    let initialized = json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} });
    [frame(initialize.to_string().as_bytes()), frame(initialized.to_string().as_bytes())].concat()
}

/// A session in which most frames are wrong in some way.
pub fn frames(random: &mut Random, samples: &Samples) -> Vec<u8> {
    let mut bytes = if random.one_in(4) { Vec::new() } else { greeting() };
    for _ in 0..=random.below(40) {
        bytes.extend(match random.below(12) {
            0 => random.bytes(80),
            1 => format!("Content-Length: {}\r\n\r\n{{}}", random.below(1 << 40)).into_bytes(),
            2 => format!("Content-Length: -{}\r\nX: y\r\n\r\n", random.below(9)).into_bytes(),
            3 => format!("Content-Length: 2\r\n{}\r\n\r\n{{}}", "Header: ".repeat(random.below(9_000))).into_bytes(),
            4 => frame(&random.bytes(60)),
            5 => {
                let batch: Vec<Value> = (0..random.below(4)).map(|_| message(random, samples)).collect();
                frame(json!(batch).to_string().as_bytes())
            }
            6 => frame(format!("{}1{}", "[".repeat(random.below(2_000)), "]".repeat(random.below(2_000))).as_bytes()),
            7 => {
                // The length is of another message.
                let body = message(random, samples).to_string();
                let wrong = body.len() + random.below(20) - 10.min(body.len());
                format!("Content-Length: {wrong}\r\n\r\n{body}").into_bytes()
            }
            _ => frame(message(random, samples).to_string().as_bytes()),
        });
    }
    bytes
}

fn message(random: &mut Random, samples: &Samples) -> Value {
    let mut message = json!({ "jsonrpc": "2.0", "method": random.pick(METHODS), "params": params(random, samples) });
    match random.below(5) {
        0 => {}
        1 => message["id"] = [json!(null), json!("x"), json!(1.5), json!(-1), json!([])][random.below(5)].clone(),
        2 => {
            message["result"] = json!(null);
            message["id"] = json!(random.below(3));
        }
        _ => message["id"] = json!(random.below(50)),
    }
    if random.one_in(20) {
        message["jsonrpc"] = json!("1.0");
    }
    message
}

fn params(random: &mut Random, samples: &Samples) -> Value {
    let mut number = || [0_i64, 1, 7, 80, 4_294_967_295, -1, 2_147_483_648][random.below(7)];
    let position = json!({ "line": number(), "character": number() });
    let range = json!({ "start": position, "end": { "line": number(), "character": number() } });
    let (version, uri) = (number(), random.pick(URIS));
    let text = if random.one_in(2) { texts::soup(random, samples) } else { texts::mutated(random, samples) };
    let language = random.pick(&["tlaplus", "markdown", "toml", "", "tla-contract-prompt"]);
    match random.below(12) {
        0 => json!(null),
        1 => json!([]),
        2 => json!({}),
        3 => json!({ "id": version }),
        4 => json!({ "command": "tla-contract.fixAll", "arguments": [uri, position] }),
        5 => json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": [{ "text": text }] }),
        _ => json!({
            "textDocument": { "uri": uri, "languageId": language, "version": version, "text": text },
            "contentChanges": [{ "range": range, "text": "x" }, { "range": range, "text": "极\n" }],
            "position": position,
            "range": range,
            "positions": [position],
            "context": { "diagnostics": [] },
            "newName": "y",
            "previousResultId": "1",
            "query": "x",
        }),
    }
}

/// A session in which settings are edited beside a module.
pub fn settings(random: &mut Random, samples: &Samples) -> Vec<u8> {
    let opened = |uri: &str, language: &str, text: &str| {
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        let params = json!({ "textDocument": document });
        let message = json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": params });
        frame(message.to_string().as_bytes())
    };
    let mut bytes = greeting();
    bytes.extend(opened(URIS[0], "tlaplus", "---- MODULE a ----\n====\n"));
    for id in 1..20 {
        bytes.extend(opened(URIS[2], "toml", &texts::settings(random, samples)));
        for uri in [URIS[2], URIS[0]] {
            let params = json!({ "textDocument": { "uri": uri } });
            let message = json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/diagnostic", "params": params });
            bytes.extend(frame(message.to_string().as_bytes()));
        }
    }
    bytes
}

/// Has a server read it all; what is wrong with its end.
///
/// # Errors
/// A sentence.
pub fn run(bytes: &[u8]) -> Result<(), String> {
    let mut server = Command::new(env!("CARGO_BIN_EXE_tla-contract"))
        .args(["serve", "--stdio"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let (mut input, mut output, mut errors) = (
        server.stdin.take().expect("piped"),
        server.stdout.take().expect("piped"),
        server.stderr.take().expect("piped"),
    );
    let reader = std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
    let complaints = std::thread::spawn(move || {
        let mut text = String::new();
        let _ = errors.read_to_string(&mut text);
        text
    });
    // A server that has ended takes nothing more.
    let _ = input.write_all(bytes);
    drop(input);
    let deadline = Instant::now() + PATIENCE;
    let status = loop {
        match server.try_wait() {
            Ok(Some(status)) => break status,
            Ok(None) if Instant::now() < deadline => std::thread::sleep(Duration::from_millis(1)),
            _ => {
                let _ = server.kill();
                return Err("the server does not end".to_owned());
            }
        }
    };
    let _ = reader.join();
    let complaints = complaints.join().unwrap_or_default();
    match status.code() {
        Some(0 | 1) if !complaints.contains("panicked") => Ok(()),
        _ => Err(format!("{status}: {complaints}")),
    }
}
