//! From `initialize` to `exit`, and every other way to end.

use std::process::Command;

use serde_json::{Value, json};

use crate::client::{Client, frame, pushing};

const NOT_INITIALIZED: i64 = -32002;
const INVALID_REQUEST: i64 = -32600;
const METHOD_NOT_FOUND: i64 = -32601;

fn code(answer: Result<Value, Value>) -> i64 {
    answer.unwrap_err()["code"].as_i64().unwrap()
}

#[test]
fn shutdown_and_exit_end_with_0() {
    let mut client = Client::pushed(None);
    assert_eq!(client.request("shutdown", Value::Null), Ok(Value::Null));
    client.notify("exit", Value::Null);
    assert_eq!(client.end().code(), Some(0));
}

#[test]
fn exit_without_shutdown_ends_with_1() {
    let mut client = Client::pushed(None);
    client.notify("exit", Value::Null);
    assert_eq!(client.end().code(), Some(1));
}

#[test]
fn exit_before_initialize_ends_with_1() {
    let mut client = Client::start();
    client.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(client.end().code(), Some(1));
}

#[test]
fn shutdown_takes_any_parameters() {
    for params in [json!(null), json!({}), json!([])] {
        let mut client = Client::pushed(None);
        assert_eq!(client.request("shutdown", params), Ok(Value::Null));
        client.send(&json!({ "jsonrpc": "2.0", "method": "exit" }));
        assert_eq!(client.end().code(), Some(0));
    }
}

#[test]
fn requests_before_initialize_are_refused_and_notifications_dropped() {
    let mut client = Client::start();
    client.open("file:///early.tla", "tlaplus", "---- MODULE early ----\n====\n");
    assert_eq!(code(client.request("textDocument/diagnostic", json!({}))), NOT_INITIALIZED);
    assert_eq!(code(client.request("no/such", json!({}))), NOT_INITIALIZED);
    assert_eq!(code(client.request("shutdown", Value::Null)), NOT_INITIALIZED);
    client.initialize(pushing(), None);
    client.leave();
}

#[test]
fn a_second_initialize_is_refused() {
    let mut client = Client::pushed(None);
    assert_eq!(code(client.request("initialize", json!({ "capabilities": {} }))), INVALID_REQUEST);
    client.leave();
}

#[test]
fn an_initialize_that_fails_may_be_repeated() {
    let mut client = Client::start();
    assert!(client.request("initialize", json!({ "capabilities": 7 })).is_err());
    assert_eq!(code(client.request("textDocument/diagnostic", json!({}))), NOT_INITIALIZED);
    client.initialize(pushing(), None);
    client.leave();
}

#[test]
fn requests_after_shutdown_are_refused() {
    let mut client = Client::pushed(None);
    client.request("shutdown", Value::Null).unwrap();
    assert_eq!(code(client.request("shutdown", Value::Null)), INVALID_REQUEST);
    assert_eq!(code(client.request("no/such", Value::Null)), INVALID_REQUEST);
    client.notify("exit", Value::Null);
    assert_eq!(client.end().code(), Some(0));
}

#[test]
fn messages_behind_initialize_need_not_wait_for_its_answer() {
    let mut client = Client::start();
    let greeting = client.ask("initialize", json!({ "capabilities": {} }));
    client.notify("initialized", json!({}));
    client.open("file:///piped.prompt.md", "markdown", "piped");
    let rendered = client.ask(
        "workspace/executeCommand",
        json!({ "command": "tla-contract.renderPrompt", "arguments": ["file:///piped.prompt.md"] }),
    );
    client.answer(greeting).unwrap();
    assert_eq!(client.answer(rendered), Ok(json!("piped")));
}

#[test]
fn the_end_of_the_input_ends_the_process() {
    let mut client = Client::pushed(None);
    client.close_input();
    assert_eq!(client.end().code(), Some(1));
    let mut client = Client::start();
    client.close_input();
    assert_eq!(client.end().code(), Some(1));
}

#[test]
fn what_was_asked_before_the_end_of_the_input_is_answered() {
    let mut client = Client::pushed(None);
    client.open("file:///a.prompt.md", "markdown", "text");
    let params = json!({ "command": "tla-contract.renderPrompt", "arguments": ["file:///a.prompt.md"] });
    let asked = client.ask("workspace/executeCommand", params);
    client.close_input();
    assert_eq!(client.answer(asked), Ok(json!("text")));
    client.end();
}

#[test]
fn the_end_of_the_input_within_a_frame_ends_the_process() {
    let mut client = Client::pushed(None);
    client.send_bytes(b"Content-Length: 100\r\n\r\n{");
    client.close_input();
    assert_eq!(client.end().code(), Some(1));
}

#[cfg(unix)]
#[test]
fn the_process_ends_when_its_parent_does() {
    let mut parent = Command::new("sleep").arg("1000").spawn().unwrap();
    let mut client = Client::start();
    client.request("initialize", json!({ "processId": parent.id(), "capabilities": {} })).unwrap();
    client.notify("initialized", json!({}));
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert_eq!(client.end().code(), Some(1));
}

#[test]
fn an_unknown_request_is_answered_and_an_unknown_notification_is_not() {
    let mut client = Client::pushed(None);
    assert_eq!(code(client.request("no/such", json!({}))), METHOD_NOT_FOUND);
    assert_eq!(code(client.request("$/no/such", json!({}))), METHOD_NOT_FOUND);
    client.notify("no/such", json!({}));
    client.notify("$/setTrace", json!({ "value": "verbose" }));
    client.leave();
}

#[test]
fn a_panic_in_a_handler_is_answered_and_the_server_goes_on() {
    let mut client = Client::pushed(None);
    for _ in 0..3 {
        let error = client.request("$/tla-contract/panic", Value::Null).unwrap_err();
        assert_eq!(error["code"], -32603);
        client.notify("$/tla-contract/panicNotified", Value::Null);
    }
    client.open("file:///a.prompt.md", "markdown", "still here");
    assert_eq!(client.text("file:///a.prompt.md"), "still here");
    client.leave();
}

#[test]
fn an_id_is_free_again_after_a_panic() {
    let mut client = Client::pushed(None);
    for _ in 0..2 {
        client.send(&json!({ "jsonrpc": "2.0", "id": "again", "method": "$/tla-contract/panic" }));
    }
    client.send(&json!({ "jsonrpc": "2.0", "id": "again", "method": "shutdown" }));
    // The answers to the same id, in order; the last one is a result.
    client.notify("exit", Value::Null);
    assert_eq!(client.end().code(), Some(0));
}

#[test]
fn a_cancelled_request_is_answered_as_cancelled() {
    let mut client = Client::pushed(None);
    // More of them than any limit on concurrent handlers that a library may set by itself.
    let waiting: Vec<i64> = (0..20).map(|_| client.ask("$/tla-contract/wait", Value::Null)).collect();
    client.open("file:///a.prompt.md", "markdown", "not held up");
    assert_eq!(client.text("file:///a.prompt.md"), "not held up");
    for id in waiting {
        client.notify("$/cancelRequest", json!({ "id": id }));
        assert_eq!(code(client.answer(id)), -32800);
    }
    client.notify("$/cancelRequest", json!({ "id": 424242 }));
    client.leave();
}

#[test]
fn requests_that_are_still_at_work_do_not_hold_up_exit() {
    let mut client = Client::pushed(None);
    for _ in 0..8 {
        client.ask("$/tla-contract/wait", Value::Null);
    }
    client.notify("exit", Value::Null);
    assert_eq!(client.end().code(), Some(1));
}

#[test]
fn what_is_no_message_is_answered_and_the_next_one_read() {
    let mut client = Client::pushed(None);
    for body in ["{", "[]", "7", "{\"jsonrpc\":\"1.0\",\"method\":\"x\",\"id\":1}", "\u{0}", "{\"jsonrpc\":\"2.0\"}"] {
        client.send_bytes(frame(body).as_bytes());
    }
    client.send_bytes(b"Content-Length: 2\r\n\r\n\xff\xfe");
    client.send_bytes(b"Content-Length: x\r\n\r\n");
    client.send_bytes(b"Rubbish\r\n\r\n\r\n\r\n");
    client.open("file:///a.prompt.md", "markdown", "read");
    assert_eq!(client.text("file:///a.prompt.md"), "read");
    client.leave();
}
