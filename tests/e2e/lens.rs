//! Lines above the text, and hints between it.

use serde_json::{Value, json};

use crate::{
    client::{Client, Folder, pushing},
    sample::{PROMPT, SPECIFICATION},
};

/// The titles of the lenses by the line that they stand above.
fn lenses(client: &mut Client, uri: &str) -> Vec<(u64, String)> {
    let lenses = client.request("textDocument/codeLens", json!({ "textDocument": { "uri": uri } })).unwrap();
    let told = lenses.as_array().unwrap().iter().map(|lens| {
        let line = lens["range"]["start"]["line"].as_u64().unwrap();
        (line, lens["command"]["title"].as_str().unwrap().to_owned())
    });
    told.collect()
}

#[test]
fn the_header_tells_how_the_contract_fares_and_each_action_what_it_does() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    let fair = SPECIFICATION.replace("[][Next]_vars\n", "[][Next]_vars /\\ WF_vars(Ping)\nLost == sent' = {}\n");
    client.open(&uri, "tlaplus", &fair);
    let told = lenses(&mut client, &uri);
    let at = |name: &str| {
        let line = fair.lines().position(|line| line.starts_with(name)).unwrap() as u64;
        told.iter().find(|(place, _)| *place == line).map(|(_, title)| title.as_str()).unwrap_or_default()
    };
    assert!(at("---- MODULE").starts_with("contract: ") && at("---- MODULE").contains(" met"), "{told:?}");
    assert!(at("Ping").ends_with("writes sent · reached by Next · weakly fair"), "{told:?}");
    assert!(at("Pong").ends_with("writes got, sent · reached by Next"), "{told:?}");
    assert_eq!((at("Lost"), at("Init")), ("writes sent · never reached", ""));
    client.leave();
}

#[test]
fn a_prompt_tells_how_each_clause_fares_in_what_it_governs() {
    let other = SPECIFICATION.replace("Naturals", "Naturals, Sequences");
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT), ("a/pingpong.tla", SPECIFICATION)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let (prompt, open) = (folder.uri("pingpong.prompt.md"), folder.uri("b/pingpong.tla"));
    client.open(&prompt, "tla-contract-prompt", PROMPT);
    let line = PROMPT.lines().position(|line| line.contains("MUST include EXTENDS")).unwrap() as u64;
    let extends = |client: &mut Client| {
        let told = lenses(client, &prompt);
        told.into_iter().find(|(place, _)| *place == line).map(|(_, title)| title)
    };
    assert_eq!(extends(&mut client).as_deref(), Some("pingpong.tla: violated"));
    // Hover says it too, for clients that show no lenses.
    let place = json!({ "textDocument": { "uri": prompt }, "position": { "line": line, "character": 5 } });
    let told = client.request("textDocument/hover", place).unwrap();
    assert!(told["contents"]["value"].as_str().unwrap().ends_with("\n\npingpong.tla: violated"), "{told}");
    client.open(&open, "tlaplus", &other);
    assert_eq!(extends(&mut client).as_deref(), Some("pingpong.tla: violated · pingpong.tla: met"));
    for number in 0..3 {
        folder.write(&format!("c{number}/pingpong.tla"), &other);
    }
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    assert_eq!(extends(&mut client).as_deref(), Some("met by 4 of 5 specifications, violated in 1"));
    client.leave();
}

#[test]
fn a_prompt_that_governs_nothing_tells_nothing() {
    let mut client = Client::pushed(None);
    client.open("file:///folder/p.prompt.md", "tla-contract-prompt", PROMPT);
    assert_eq!(lenses(&mut client, "file:///folder/p.prompt.md"), []);
    client.leave();
}

#[test]
fn the_client_is_told_when_the_lenses_of_the_other_document_have_changed() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT)]);
    let mut capabilities = pushing();
    capabilities["workspace"]["codeLens"] = json!({ "refreshSupport": true });
    let mut client = Client::with(capabilities, Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&folder.uri("pingpong.prompt.md"), "tla-contract-prompt", PROMPT);
    client.open(&uri, "tlaplus", SPECIFICATION);
    client.wait_for("workspace/codeLens/refresh");
    client.edit(&uri, 2, [1, 16, 1, 16], ", Sequences");
    client.wait_for("workspace/codeLens/refresh");
    client.leave();
}

#[test]
fn what_an_action_leaves_out_is_shown_to_those_who_ask_for_hints() {
    let text = SPECIFICATION.replace("{[type |-> \"Ping\"]} /\\ UNCHANGED got", "{[type |-> \"Ping\"]}");
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": { "uri": "file:///folder/pingpong.tla" }, "range": whole });
    let mut client = Client::start();
    let result = client.initialize_with(json!({ "inlayHints": true }), pushing(), None);
    assert_eq!(result["capabilities"]["inlayHintProvider"], true);
    client.open("file:///folder/pingpong.tla", "tlaplus", &text);
    let hints = client.request("textDocument/inlayHint", params.clone()).unwrap();
    let line = text.lines().position(|line| line.starts_with("Ping")).unwrap();
    assert_eq!(hints.as_array().unwrap().len(), 1, "{hints}");
    assert_eq!((&hints[0]["label"], &hints[0]["position"]["line"]), (&json!("leaves out got"), &json!(line)));
    client.leave();
    let mut client = Client::start();
    assert_eq!(client.initialize(pushing(), None)["capabilities"].get("inlayHintProvider"), None);
    client.open("file:///folder/pingpong.tla", "tlaplus", &text);
    assert_eq!(client.request("textDocument/inlayHint", params), Ok(Value::Null));
    client.leave();
}
