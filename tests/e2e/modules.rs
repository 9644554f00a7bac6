//! Modules that are open in the editor, for the specifications that extend them.

use serde_json::{Value, json};

use crate::client::{Client, Folder};

const USER: &str =
    "---- MODULE User ----\nEXTENDS Tools\nVARIABLE x\nInit == x = Twice(1)\nNext == x' = Thrice(x)\n====\n";

fn tools(definitions: &str) -> String {
    format!("---- MODULE Tools ----\nEXTENDS Naturals\n{definitions}\n====\n")
}

fn unknown(findings: &[Value]) -> Vec<&str> {
    let named = findings.iter().filter(|finding| finding["code"] == "name/unknown-name");
    named.filter_map(|finding| finding["message"].as_str()?.split('`').nth(1)).collect()
}

#[test]
fn the_unsaved_text_of_a_module_counts_for_those_that_extend_it() {
    let folder = Folder::with(&[("User.tla", USER), ("Tools.tla", &tools("Twice(n) == 2 * n"))]);
    let mut client = Client::pushed(Some(&folder.path()));
    let (user, module) = (folder.uri("User.tla"), folder.uri("Tools.tla"));
    client.open(&user, "tlaplus", USER);
    assert_eq!(unknown(&client.findings(&user, 1)), ["Thrice"]);
    // Without a change of its own the specification is looked at again.
    client.open(&module, "tlaplus", &tools("Thrice(n) == 3 * n"));
    assert_eq!(unknown(&client.findings(&user, 1)), ["Twice"]);
    client.change(&module, 2, json!([{ "text": tools("Twice(n) == 2 * n\nThrice(n) == 3 * n") }]));
    assert_eq!(unknown(&client.findings(&user, 1)), [""; 0]);
    let place = json!({ "textDocument": { "uri": user }, "position": { "line": 4, "character": 14 } });
    let found = client.request("textDocument/definition", place).unwrap();
    assert_eq!((&found["uri"], &found["range"]["start"]["line"]), (&json!(module), &json!(3)));
    // What was not saved is forgotten.
    client.close(&module);
    assert_eq!(unknown(&client.findings(&user, 1)), ["Thrice"]);
    client.leave();
}

#[test]
fn a_module_that_has_no_file_yet_counts_beside_its_future_place() {
    let folder = Folder::with(&[("User.tla", USER)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let (user, module) = (folder.uri("User.tla"), folder.uri("Tools.tla"));
    client.open(&module, "tlaplus", &tools("Twice(n) == 2 * n\nThrice(n) == 3 * n"));
    client.open(&user, "tlaplus", USER);
    assert_eq!(client.findings(&user, 1), [Value::Null; 0]);
    let place = json!({ "textDocument": { "uri": user }, "position": { "line": 3, "character": 14 } });
    let hover = client.request("textDocument/hover", place).unwrap();
    assert!(hover["contents"]["value"].as_str().unwrap().contains("Twice(n) == 2 * n"), "{hover}");
    client.leave();
}

#[test]
fn a_client_that_asks_for_findings_is_told_to_ask_again() {
    let folder = Folder::with(&[("User.tla", USER), ("Tools.tla", &tools("Twice(n) == 2 * n"))]);
    let mut client = Client::pulling(Some(&folder.path()));
    let (user, module) = (folder.uri("User.tla"), folder.uri("Tools.tla"));
    client.open(&user, "tlaplus", USER);
    assert_eq!(unknown(&client.pull(&user)), ["Thrice"]);
    client.open(&module, "tlaplus", &tools("Twice(n) == 2 * n\nThrice(n) == 3 * n"));
    client.wait_for("workspace/diagnostic/refresh");
    assert_eq!(unknown(&client.pull(&user)), [""; 0]);
    client.leave();
}
