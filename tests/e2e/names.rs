//! What is told of a name, and the ways from it to its definition and its uses.

use serde_json::{Value, json};

use crate::{
    client::{Client, Folder},
    sample::{PROMPT, SPECIFICATION},
};

/// Extends the sample.
const USER: &str = "---- MODULE user ----\nEXTENDS pingpong\nTwice == Ping /\\ sent = {}\n====\n";

pub fn at(uri: &str, line: u64, character: u64) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": { "line": line, "character": character } })
}

fn started(folder: &Folder) -> Client {
    let hover = json!({ "hover": { "contentFormat": ["markdown", "plaintext"] } });
    Client::with(json!({ "textDocument": hover }), Some(&folder.path()))
}

#[test]
fn a_name_is_told_with_what_it_does_and_shows() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT)]);
    let mut client = started(&folder);
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", &SPECIFICATION.replace("Ping ==", "\\* 😀 Sends.\nPing =="));
    // In Next.
    let told = client.request("textDocument/hover", at(&uri, 8, 9)).unwrap();
    let text = told["contents"]["value"].as_str().unwrap();
    assert!(text.contains("*action* · writes `sent` · leaves `got` unchanged"), "{text}");
    assert!(text.contains("😀 Sends."), "{text}");
    assert!(text.contains("Shows Message Types (`actions.1`)"), "{text}");
    assert_eq!(told["range"]["start"], json!({ "line": 8, "character": 8 }));
    assert_eq!(client.request("textDocument/hover", at(&uri, 5, 3)), Ok(Value::Null));

    let prompt = folder.uri("pingpong.prompt.md");
    client.open(&prompt, "tla-contract-prompt", PROMPT);
    let told = client.request("textDocument/hover", at(&prompt, 2, 9)).unwrap();
    assert!(told["contents"]["value"].as_str().unwrap().contains("concentrate on"), "{told}");
    client.leave();
}

#[test]
fn definitions_and_uses_are_found_across_files() {
    let folder = Folder::with(&[("pingpong.tla", SPECIFICATION), ("user.tla", USER)]);
    let mut client = started(&folder);
    let (uri, user) = (folder.uri("pingpong.tla"), folder.uri("user.tla"));
    client.open(&user, "tlaplus", USER);
    let place = client.request("textDocument/definition", at(&user, 2, 10)).unwrap();
    assert_eq!((&place["uri"], &place["range"]["start"]["line"]), (&json!(uri), &json!(5)));
    let module = client.request("textDocument/definition", at(&user, 1, 10)).unwrap();
    assert_eq!((&module["uri"], &module["range"]["start"]["line"]), (&json!(uri), &json!(0)));

    client.open(&uri, "tlaplus", SPECIFICATION);
    let lines = |answer: &Value| -> Vec<(bool, u64)> {
        let places = answer.as_array().unwrap().iter();
        places.map(|one| (one["uri"] == uri, one["range"]["start"]["line"].as_u64().unwrap())).collect()
    };
    let mut params = at(&uri, 5, 1);
    params["context"] = json!({ "includeDeclaration": true });
    let uses = client.request("textDocument/references", params.clone()).unwrap();
    assert_eq!(lines(&uses), [(true, 5), (true, 7), (false, 2)]);
    params["context"] = json!({ "includeDeclaration": false });
    let uses = client.request("textDocument/references", params).unwrap();
    assert_eq!(lines(&uses), [(true, 7), (false, 2)]);

    let highlights = client.request("textDocument/documentHighlight", at(&uri, 2, 11)).unwrap();
    let kinds: Vec<u64> = highlights.as_array().unwrap().iter().map(|one| one["kind"].as_u64().unwrap()).collect();
    // Declared, in vars, in Init, primed and read in Ping; read, primed, read and left unchanged in Pong.
    assert_eq!(kinds, [1, 2, 2, 3, 2, 2, 3, 2, 2]);
    client.leave();
}
