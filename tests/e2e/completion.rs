//! What may be written at the cursor, and the parameters of what is being called.

use serde_json::{Value, json};

use crate::{
    client::{Client, Folder},
    names::at,
    sample::{PROMPT, SPECIFICATION},
};

fn labels(answer: &Value) -> Vec<&str> {
    answer.as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[test]
fn names_placeholders_and_settings_are_offered() {
    let folder = Folder::with(&[("near.tla", "---- MODULE near ----\n====\n")]);
    let item = json!({ "snippetSupport": true });
    let mut client =
        Client::with(json!({ "textDocument": { "completion": { "completionItem": item } } }), Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    let offered = client.request("textDocument/completion", at(&uri, 1, 8)).unwrap();
    assert!(labels(&offered).contains(&"near") && labels(&offered).contains(&"SequencesExt"), "{offered}");

    // The text has changed since it was read, and is broken.
    client.edit(&uri, 2, [7, 0, 7, 0], "Lose(m) == /\\ m \\in s");
    let offered = client.request("textDocument/completion", at(&uri, 7, 21)).unwrap();
    let sent = offered.as_array().unwrap().iter().find(|item| item["label"] == "sent").unwrap();
    assert_eq!(sent["textEdit"]["newText"], "sent");
    assert_eq!(sent["textEdit"]["range"]["start"], json!({ "line": 7, "character": 20 }));
    assert!(labels(&offered).contains(&"m"), "{offered}");

    client.edit(&uri, 3, [7, 20, 7, 21], "Lose(");
    let help = client.request("textDocument/signatureHelp", at(&uri, 7, 25)).unwrap();
    assert_eq!(help["signatures"][0]["label"], "Lose(m)");
    assert_eq!(help["signatures"][0]["parameters"], json!([{ "label": "m" }]));

    let prompt = folder.uri("pingpong.prompt.md");
    client.open(&prompt, "tla-contract-prompt", PROMPT);
    let offered = client.request("textDocument/completion", at(&prompt, 2, 9)).unwrap();
    assert!(labels(&offered).contains(&"source_code"), "{offered}");

    let settings = folder.uri("tla-contract.toml");
    client.open(&settings, "toml", "[[prompt]]\n");
    let offered = client.request("textDocument/completion", at(&settings, 1, 0)).unwrap();
    assert!(labels(&offered).contains(&"builtin"), "{offered}");
    client.leave();
}
