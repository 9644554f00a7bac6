//! Clients that do not read, do not answer, or send what no parser likes.

use std::{fmt::Write, sync::Arc};

use serde_json::{Value, json};

use crate::client::{Client, Manners};

const URI: &str = "file:///folder/deep.tla";

#[test]
fn a_client_that_never_answers_does_not_wedge_the_server() {
    let mut client = Client::start();
    client.manners = Manners::Mute;
    let mut capabilities = crate::client::pushing();
    capabilities["textDocument"]["diagnostic"] = json!({});
    capabilities["workspace"]["diagnostics"] = json!({ "refreshSupport": true });
    client.initialize(capabilities, None);
    client.wait_for("client/registerCapability");
    let prompt = "file:///folder/a.prompt.md";
    for round in 0..20 {
        client.open(prompt, "markdown", &format!("{round}"));
        assert_eq!(client.text(prompt), format!("{round}"));
    }
    client.open(URI, "tlaplus", "---- MODULE deep ----\n====\n");
    client.pull(URI);
    client.leave();
}

#[test]
fn a_client_that_does_not_read_for_a_while_gets_everything_later() {
    let mut client = Client::pushed(None);
    let prompt = "file:///folder/a.prompt.md";
    // More than a pipe holds.
    let text = "text \n".repeat(10_000);
    let reading = Arc::clone(&client.reading);
    let held = reading.lock().unwrap();
    client.open(prompt, "markdown", &text);
    let params = json!({ "command": "tla-contract.renderPrompt", "arguments": [prompt] });
    let asked: Vec<i64> = (0..50).map(|_| client.ask("workspace/executeCommand", params.clone())).collect();
    for version in 2..100 {
        client.edit(prompt, version, [0, 0, 0, 1], "T");
    }
    drop(held);
    for id in asked {
        assert_eq!(client.answer(id).unwrap().as_str().unwrap().len(), text.len());
    }
    client.leave();
}

/// Keeps asking for what is long until the server takes no more; gives what stands on the other side of the pipe.
#[cfg(target_os = "linux")]
fn ask_without_reading(client: &mut Client, prompt: &str) {
    let params = json!({ "command": "tla-contract.renderPrompt", "arguments": [prompt] });
    let request = json!({ "jsonrpc": "2.0", "id": 9, "method": "workspace/executeCommand", "params": params });
    let message = crate::client::frame(&request.to_string());
    // More answers than any memory holds: the server has to stop taking requests, and the pipe to it fills.
    let sent = client.send_until_full(message.as_bytes(), 200_000);
    assert!(sent < 200_000, "all {sent} requests were taken though no answer was read");
}

#[cfg(target_os = "linux")]
#[test]
fn a_client_that_never_reads_is_not_answered_from_an_ever_growing_memory() {
    let mut client = Client::pushed(None);
    let prompt = "file:///folder/a.prompt.md";
    client.open(prompt, "markdown", &"text \n".repeat(10_000));
    client.text(prompt);
    let reading = Arc::clone(&client.reading);
    let held = reading.lock().unwrap();
    ask_without_reading(&mut client, prompt);
    let megabytes = client.resident_memory() / (1 << 20);
    assert!(megabytes < 400, "{megabytes} MB");
    // It leaves without having read anything.
    client.close_input();
    assert_eq!(client.end().code(), Some(1));
    drop(held);
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_closed_is_forgotten() {
    let mut client = Client::pulling(None);
    let text = "nothing that is judged\n".repeat(1 << 17);
    for _ in 0..40 {
        client.open("file:///folder/notes.txt", "plaintext", &text);
        client.pull("file:///folder/notes.txt");
        client.close("file:///folder/notes.txt");
    }
    // Each of them has 3 MB.
    let megabytes = client.resident_memory() / (1 << 20);
    assert!(megabytes < 90, "{megabytes} MB");
    client.leave();
}

#[test]
fn a_flood_of_edits_ends_in_the_findings_of_the_last_text() {
    let mut client = Client::pushed(None);
    client.open(URI, "tlaplus", "---- MODULE deep ----\nA == 0\n====\n");
    for version in 2..2_000 {
        let text = if version % 2 == 0 { "Absent" } else { "0" };
        client.change(URI, version, json!([{ "text": format!("---- MODULE deep ----\nA == {text}\n====\n") }]));
    }
    client.edit(URI, 2_000, [1, 5, 1, 6], "Missing");
    let findings = client.findings(URI, 2_000);
    assert!(findings.iter().any(|finding| finding["message"].as_str().unwrap().contains("Missing")), "{findings:?}");
    client.leave();
}

#[test]
fn when_all_requests_are_cancelled_each_is_answered_and_the_next_one_too() {
    let mut client = Client::pulling(None);
    client.open(URI, "tlaplus", "---- MODULE deep ----\nA == 0\n====\n");
    let document = json!({ "textDocument": { "uri": URI }, "position": { "line": 1, "character": 0 } });
    for _ in 0..3 {
        let methods = ["textDocument/diagnostic", "textDocument/hover", "textDocument/completion", "no/such"];
        let asked: Vec<i64> = (0..400).map(|at| client.ask(methods[at % 4], document.clone())).collect();
        asked.iter().for_each(|id| client.notify("$/cancelRequest", json!({ "id": id })));
        for id in asked {
            if let Err(error) = client.answer(id) {
                assert!([-32800, -32601].contains(&error["code"].as_i64().unwrap()), "{error}");
            }
        }
    }
    client.pull(URI);
    client.leave();
}

#[test]
fn a_text_that_is_too_large_is_told_and_the_others_are_served() {
    let mut client = Client::pushed(None);
    client.open(URI, "tlaplus", &"\\* nothing at all\n".repeat(600_000));
    client.open("file:///folder/other.tla", "tlaplus", "---- MODULE other ----\nA == Absent\n====\n");
    let codes = |findings: &[Value]| findings.iter().map(|finding| finding["code"].clone()).collect::<Vec<_>>();
    assert_eq!(codes(&client.findings("file:///folder/other.tla", 1)), ["name/unknown-name"]);
    assert_eq!(codes(&client.findings(URI, 1)), ["bounds/too-large"]);
    let document = json!({ "textDocument": { "uri": URI }, "position": { "line": 1, "character": 0 } });
    for method in ["textDocument/hover", "textDocument/documentSymbol", "textDocument/semanticTokens/full"] {
        client.request(method, document.clone()).unwrap();
    }
    client.leave();
}

#[test]
fn a_message_that_is_too_long_is_answered_and_the_next_one_read() {
    let mut client = Client::pushed(None);
    client.send_bytes(format!("Content-Length: {}\r\n\r\n", 65 << 20).as_bytes());
    (0..65).for_each(|_| client.send_bytes(&vec![b'x'; 1 << 20]));
    client.open("file:///a.prompt.md", "markdown", "read");
    assert_eq!(client.text("file:///a.prompt.md"), "read");
    client.leave();
}

#[test]
fn a_header_without_an_end_is_no_growth() {
    let mut client = Client::pushed(None);
    client.send_bytes(&vec![b'x'; 10 << 20]);
    client.send_bytes(b"\r\n\r\n");
    client.open("file:///a.prompt.md", "markdown", "read");
    assert_eq!(client.text("file:///a.prompt.md"), "read");
    client.leave();
}

#[test]
fn nesting_deeper_than_any_parser_bears_is_no_end() {
    let mut bullets = String::from("---- MODULE deep ----\nInit ==\n");
    for depth in 0..340 {
        writeln!(bullets, "{}/\\", " ".repeat(depth)).unwrap();
    }
    bullets.push_str("====\n");
    let proofs = (0..253).fold(String::from("---- MODULE deep ----\nTHEOREM TRUE\n"), |mut text, level| {
        writeln!(text, "<{level}>1. TRUE").unwrap();
        text
    }) + "====\n";
    let parentheses = format!("---- MODULE deep ----\nInit == {}1{}\n====\n", "(".repeat(20_000), ")".repeat(20_000));
    let mut client = Client::pushed(None);
    for (version, text) in [(2, bullets), (3, proofs), (4, parentheses)] {
        client.open(URI, "tlaplus", "");
        client.change(URI, version, json!([{ "text": text }]));
        client.findings(URI, version);
    }
    client.leave();
}

#[test]
fn a_document_that_is_not_open_can_be_asked_about() {
    let mut client = Client::pushed(None);
    let uri = "file:///nowhere/at/all.tla";
    assert!(client.pull(uri).is_empty());
    let range = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": { "diagnostics": [] } });
    assert_eq!(client.request("textDocument/codeAction", params), Ok(Value::Null));
    for command in ["tla-contract.renderPrompt", "tla-contract.showContract", "tla-contract.fixAll"] {
        assert!(client.command(command, json!([uri])).unwrap_err()["message"].is_string());
    }
    client.leave();
}

#[test]
fn documents_without_a_file_are_judged_too() {
    let mut client = Client::pushed(None);
    client.open("untitled:Untitled-1", "tlaplus", "---- MODULE a ----\n====\n");
    client.findings("untitled:Untitled-1", 1);
    client.leave();
}
