//! Outline, symbols of the folder, folds and growing selections.

use serde_json::{Value, json};

use crate::{
    client::{Client, Folder},
    sample::SPECIFICATION,
};

const OTHER: &str = "---- MODULE other ----\nEXTENDS Naturals\nPongOften == 1\n====\n";

#[test]
fn the_shape_of_a_module_is_shown_and_names_are_found_in_files_that_are_not_open() {
    let folder =
        Folder::with(&[("sub/other.tla", OTHER), ("pingpong.tla", "---- MODULE stale ----\nPong == 1\n====\n")]);
    let symbols = json!({ "documentSymbol": { "hierarchicalDocumentSymbolSupport": true } });
    let mut client = Client::with(json!({ "textDocument": symbols }), Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    let document = json!({ "textDocument": { "uri": uri } });

    let tree = client.request("textDocument/documentSymbol", document.clone()).unwrap();
    assert_eq!(tree[0]["name"], "pingpong");
    let children = tree[0]["children"].as_array().unwrap();
    let shown: Vec<String> = children.iter().map(|child| format!("{} {}", child["name"], child["detail"])).collect();
    assert_eq!(shown[0], "\"sent\" \"variable\"");
    assert!(shown.contains(&"\"Init\" \"state predicate\"".to_owned()), "{shown:?}");
    assert!(shown.contains(&"\"Ping\" \"action\"".to_owned()), "{shown:?}");
    assert!(shown.contains(&"\"Spec\" \"temporal formula\"".to_owned()), "{shown:?}");

    let found = client.request("workspace/symbol", json!({ "query": "pong" })).unwrap();
    let names: Vec<(&Value, bool)> =
        found.as_array().unwrap().iter().map(|one| (&one["name"], one["location"]["uri"] == uri)).collect();
    // The open file counts as it is in the editor.
    let (pingpong, pong, often) = (json!("pingpong"), json!("Pong"), json!("PongOften"));
    assert_eq!(names, [(&pingpong, true), (&pong, true), (&often, false)]);

    let folds = client.request("textDocument/foldingRange", document.clone()).unwrap();
    assert_eq!(folds[0], json!({ "startLine": 0, "endLine": SPECIFICATION.lines().count() - 1 }));

    let positions = json!([{ "line": 4, "character": 8 }]);
    let params = json!({ "textDocument": { "uri": uri }, "positions": positions });
    let selection = client.request("textDocument/selectionRange", params).unwrap()[0].clone();
    let range = |from: u64, to: u64| json!({ "start": { "line": 4, "character": from }, "end": { "line": 4, "character": to } });
    assert_eq!(selection["range"], range(8, 12));
    assert_eq!(selection["parent"]["range"], range(8, 17));
    client.leave();
}

#[test]
fn a_module_is_laid_out_anew_only_where_it_stays_the_same() {
    let mut client = Client::pushed(None);
    let uri = "file:///folder/a.tla";
    let text = "---- MODULE a ----\n\\* 【】 begins\nVARIABLE x\nInit==x={1,2}\n====\n";
    client.open(uri, "tlaplus", text);
    let params = json!({ "textDocument": { "uri": uri }, "options": { "tabSize": 4, "insertSpaces": true } });
    let edits = client.request("textDocument/formatting", params.clone()).unwrap();
    let range = json!({ "start": { "line": 3, "character": 0 }, "end": { "line": 4, "character": 0 } });
    assert_eq!(edits, json!([{ "range": range, "newText": "Init == x = {1, 2}\n" }]));
    for (version, broken) in
        ["---- MODULE a ----\nA==(1\n====\n", "Here:\n---- MODULE a ----\nA==1\n====\n"].iter().enumerate()
    {
        client.change(uri, version as i64 + 2, json!([{ "text": broken }]));
        assert_eq!(client.request("textDocument/formatting", params.clone()), Ok(json!([])));
    }
    client.leave();
}

#[test]
fn a_client_may_say_that_another_lays_out() {
    let mut client = Client::start();
    let capabilities = client.initialize_with(json!({ "formatting": false }), json!({}), None)["capabilities"].clone();
    assert_eq!(capabilities.get("documentFormattingProvider"), None);
    client.leave();
}
