//! The way between a specification and its prompt.

use serde_json::json;

use crate::{
    client::{Client, Folder},
    sample::{PROMPT, SPECIFICATION},
};

#[test]
fn a_specification_and_its_prompt_lead_to_each_other() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT), ("pingpong.tla", SPECIFICATION)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let (uri, prompt) = (folder.uri("pingpong.tla"), folder.uri("pingpong.prompt.md"));
    client.open(&uri, "tlaplus", SPECIFICATION);
    let document = json!({ "textDocument": { "uri": uri } });
    let lenses = client.request("textDocument/codeLens", document.clone()).unwrap();
    assert_eq!(lenses[0]["command"]["title"], "contract: 3 of 4 met, 1 violated");
    assert_eq!(lenses[0]["command"]["command"], "tla-contract.showContract");
    let shown = client.command("tla-contract.showContract", lenses[0]["command"]["arguments"].clone()).unwrap();
    assert_eq!((&shown["met"], &shown["checked"]), (&json!(3), &json!(4)));
    let links = client.request("textDocument/documentLink", document).unwrap();
    assert_eq!(links[0]["target"], prompt);
    assert_eq!(links[0]["range"]["start"], json!({ "line": 0, "character": 12 }));

    client.open(&prompt, "tla-contract-prompt", PROMPT);
    let links = client.request("textDocument/documentLink", json!({ "textDocument": { "uri": prompt } })).unwrap();
    assert_eq!(links[0]["target"], uri);
    client.leave();
}
