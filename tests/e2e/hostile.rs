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
