//! Code actions, and edits that the server has the client make.

use serde_json::{Value, json};

use crate::{
    client::{Client, Folder},
    sample::{PROMPT, SPECIFICATION},
    sync::edited,
};

fn actions(client: &mut Client, uri: &str, line: u64, context: Value) -> Vec<Value> {
    let place = json!({ "line": line, "character": 0 });
    let range = json!({ "start": place, "end": { "line": line + 1, "character": 0 } });
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
    client.request("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
}

/// The text after the edits of one document, made from the end.
fn after(text: &str, edit: &Value) -> String {
    let edits = edit["documentChanges"][0]["edits"].as_array().unwrap();
    let place = |value: &Value| (value["line"].as_u64().unwrap(), value["character"].as_u64().unwrap());
    let mut edits: Vec<_> = edits
        .iter()
        .map(|edit| (place(&edit["range"]["start"]), place(&edit["range"]["end"]), edit["newText"].as_str().unwrap()))
        .collect();
    edits.sort();
    edits.iter().rev().fold(text.to_owned(), |text, (start, end, with)| edited(&text, *start, *end, with))
}

#[test]
fn a_missing_extends_module_is_inserted() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    let findings = client.findings(&uri, 1);
    let finding = findings.iter().find(|finding| finding["code"] == "contract/missing-extends").unwrap();
    // It points at the line of the prompt that asks for it.
    let demand = &finding["relatedInformation"][0]["location"];
    assert_eq!(demand["uri"], folder.uri("pingpong.prompt.md"));
    let line = PROMPT.lines().position(|line| line.contains("EXTENDS")).unwrap();
    assert_eq!(demand["range"]["start"]["line"], line);

    let offered = actions(&mut client, &uri, 1, json!({ "diagnostics": [finding], "only": ["quickfix"] }));
    let fix = offered.iter().find(|action| action["isPreferred"] == true).unwrap();
    assert_eq!(fix["edit"]["documentChanges"][0]["textDocument"], json!({ "uri": uri, "version": 1 }));
    let mended = after(SPECIFICATION, &fix["edit"]);
    assert!(mended.contains("EXTENDS Naturals, Sequences\n"), "{mended}");
    client.change(&uri, 2, json!([{ "text": mended }]));
    let findings = client.findings(&uri, 2);
    assert!(findings.iter().all(|finding| finding["code"] != "contract/missing-extends"), "{findings:?}");
    client.leave();
}

#[test]
fn all_safe_fixes_are_made_at_once_and_once_is_enough() {
    let settings = "[[prompt]]\nfile = \"pingpong.prompt.md\"\nspecs = [\"*.tla\"]\n";
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT), ("tla-contract.toml", settings)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    let reply = format!("```tla\n{SPECIFICATION}```\n").replace("MODULE pingpong", "MODULE pongping");
    client.open(&uri, "tlaplus", &reply);
    for kind in ["source.fixAll", "source.fixAll.tla-contract"] {
        let offered = actions(&mut client, &uri, 0, json!({ "diagnostics": [], "only": [kind] }));
        assert_eq!(offered.len(), 1, "{offered:?}");
        assert_eq!(offered[0]["kind"], "source.fixAll.tla-contract");
        let mended = after(&reply, &offered[0]["edit"]);
        assert_eq!(mended, SPECIFICATION.replace("Naturals", "Naturals, Sequences"));
    }
    client.change(&uri, 2, json!([{ "text": SPECIFICATION.replace("Naturals", "Naturals, Sequences") }]));
    let offered = actions(&mut client, &uri, 0, json!({ "diagnostics": [], "only": ["source.fixAll"] }));
    assert_eq!(offered, Vec::<Value>::new());
    client.leave();
}

#[test]
fn the_command_has_the_client_make_the_edit() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    let sent = client.command("tla-contract.fixAll", json!([uri])).unwrap();
    assert_eq!(sent["sent"], true);
    let edit = client.wait_for("workspace/applyEdit")["params"]["edit"].clone();
    assert_eq!(after(SPECIFICATION, &edit), SPECIFICATION.replace("Naturals", "Naturals, Sequences"));
    client.change(&uri, 2, json!([{ "text": after(SPECIFICATION, &edit) }]));
    assert_eq!(client.command("tla-contract.fixAll", json!([uri])), Ok(Value::Null));
    client.leave();
}

#[test]
fn a_stub_is_inserted_by_the_clause_or_the_name() {
    let prompt = format!("{PROMPT}\nMANDATORY NAMING CONVENTIONS:\nRequired actions:\n- Probe\n- Drop\n");
    let folder = Folder::with(&[("pingpong.prompt.md", &prompt)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    client.command("tla-contract.insertStub", json!([uri, "Drop"])).unwrap();
    let edit = client.wait_for("workspace/applyEdit")["params"]["edit"].clone();
    let text = after(SPECIFICATION, &edit);
    assert!(text.contains("Drop ==") && text.contains("\\/ Drop") && !text.contains("Probe"), "{text}");
    assert_eq!(edit.get("changeAnnotations"), None);
    let refused = client.command("tla-contract.insertStub", json!([uri, "NoSuchAction"])).unwrap_err();
    assert!(refused["message"].as_str().unwrap().contains("NoSuchAction"));

    // In the list of actions it is one to think about.
    let known = client.pull(&uri);
    let offered = actions(&mut client, &uri, 0, json!({ "diagnostics": known, "only": ["quickfix"] }));
    let stub = offered.iter().find(|action| action["title"].as_str().unwrap().contains("stub")).unwrap();
    assert_eq!(stub.get("isPreferred"), None);
    let annotations = stub["edit"]["changeAnnotations"].as_object().unwrap();
    assert!(annotations.values().all(|annotation| annotation["needsConfirmation"] == true));
    client.leave();
}
