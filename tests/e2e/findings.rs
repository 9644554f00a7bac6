//! Findings, pushed and pulled: in the right place, of the right version, and new when what governs them changes.

use serde_json::{Value, json};

use crate::{
    client::{Client, Folder},
    sample::{PROMPT, SPECIFICATION},
};

const TOML: &str = "[[prompt]]\nfile = \"pingpong.prompt.md\"\nspecs = [\"*.tla\"]\n";

/// The ids of the clauses that a document is held to.
fn clauses(client: &mut Client, uri: &str) -> Vec<String> {
    let contract = client.command("tla-contract.showContract", json!([uri])).unwrap();
    let clauses = contract["clauses"].as_array().unwrap();
    clauses.iter().map(|clause| clause["id"].as_str().unwrap().to_owned()).collect()
}

fn codes(findings: &[Value]) -> Vec<&str> {
    findings.iter().filter_map(|finding| finding["code"].as_str()).collect()
}

#[test]
fn findings_are_pushed_with_the_version_of_the_text() {
    let mut client = Client::pushed(None);
    let uri = "file:///folder/a.prompt.md";
    client.open(uri, "markdown", "【😀】 {no_such_thing} {focus}\n");
    let findings = client.findings(uri, 1);
    let unknown = findings.iter().find(|finding| finding["code"] == "prompt/unknown-placeholder").unwrap();
    assert_eq!(unknown["source"], "tla-contract");
    assert_eq!(unknown["range"]["start"], json!({ "line": 0, "character": 5 }));
    assert_eq!(unknown["range"]["end"], json!({ "line": 0, "character": 20 }));
    let page = unknown["codeDescription"]["href"].as_str().unwrap();
    assert!(page.ends_with("rules.md#promptunknown-placeholder"), "{page}");

    client.edit(uri, 2, [0, 6, 0, 19], "source_code");
    assert!(!codes(&client.findings(uri, 2)).contains(&"prompt/unknown-placeholder"));
    client.leave();
}

#[test]
fn the_last_of_many_fast_edits_is_judged() {
    let mut client = Client::pushed(None);
    let uri = "file:///folder/a.prompt.md";
    client.open(uri, "markdown", "");
    for version in 2..52 {
        client.edit(uri, version, [0, 0, 0, 0], "{no_such_thing} ");
    }
    let findings = client.findings(uri, 51);
    assert_eq!(codes(&findings).iter().filter(|code| **code == "prompt/unknown-placeholder").count(), 50);
    client.leave();
}

#[test]
fn versions_are_pushed_in_order() {
    let mut client = Client::pushed(None);
    let uri = "file:///folder/a.prompt.md";
    client.open(uri, "markdown", "");
    for version in 2..52 {
        client.edit(uri, version, [0, 0, 0, 0], "{no_such_thing} ");
    }
    let mut last = 0;
    while last < 51 {
        let version = client.wait_for("textDocument/publishDiagnostics")["params"]["version"].as_i64().unwrap();
        assert!(version >= last);
        last = version;
    }
    client.leave();
}

#[test]
fn a_closed_document_has_no_findings_left() {
    let mut client = Client::pushed(None);
    let uri = "file:///folder/a.prompt.md";
    client.open(uri, "markdown", "{no_such_thing}");
    assert!(!client.findings(uri, 1).is_empty());
    client.close(uri);
    let cleared = client.wait_for("textDocument/publishDiagnostics");
    assert_eq!(cleared["params"], json!({ "uri": uri, "diagnostics": [] }));
    client.open(uri, "markdown", "{no_such_thing}");
    assert!(!client.findings(uri, 1).is_empty());
    client.leave();
}

#[test]
fn a_client_that_asks_gets_what_is_new_and_no_pushes() {
    let mut client = Client::pulling(None);
    let uri = "file:///folder/a.prompt.md";
    client.open(uri, "markdown", "{no_such_thing}");
    let ask = |client: &mut Client, previous: &Value| {
        let params = json!({ "textDocument": { "uri": uri }, "previousResultId": previous });
        client.request("textDocument/diagnostic", params).unwrap()
    };
    let first = ask(&mut client, &Value::Null);
    assert_eq!(first["kind"], "full");
    assert!(codes(first["items"].as_array().unwrap()).contains(&"prompt/unknown-placeholder"));
    let id = &first["resultId"];
    assert_eq!(ask(&mut client, id), json!({ "kind": "unchanged", "resultId": id }));
    client.edit(uri, 2, [0, 0, 0, 15], "");
    let third = ask(&mut client, id);
    assert_eq!(third["kind"], "full");
    assert_eq!(third["items"], json!([]));
    let said = client.said();
    assert!(said.iter().all(|message| message["method"] != "textDocument/publishDiagnostics"), "{said:?}");
    client.leave();
}

#[test]
fn a_client_that_asks_is_told_when_a_prompt_has_changed() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT), ("pingpong.tla", SPECIFICATION)]);
    let mut client = Client::pulling(Some(&folder.path()));
    let (prompt, specification) = (folder.uri("pingpong.prompt.md"), folder.uri("pingpong.tla"));
    client.open(&specification, "tlaplus", SPECIFICATION);
    client.pull(&specification);
    client.open(&prompt, "markdown", PROMPT);
    client.wait_for("workspace/diagnostic/refresh");
    client.edit(&prompt, 2, [0, 0, 0, 0], "x");
    client.wait_for("workspace/diagnostic/refresh");
    client.leave();
}

#[test]
fn an_edit_in_a_prompt_judges_the_open_specifications_again() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT), ("pingpong.tla", SPECIFICATION)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let (prompt, specification) = (folder.uri("pingpong.prompt.md"), folder.uri("pingpong.tla"));
    client.open(&specification, "tlaplus", SPECIFICATION);
    client.findings(&specification, 1);
    assert!(clauses(&mut client, &specification).contains(&"output.extends".to_owned()));

    client.open(&prompt, "markdown", PROMPT);
    let line = PROMPT.lines().position(|line| line.contains("EXTENDS")).unwrap() as u64;
    client.edit(&prompt, 2, [line, 0, line + 1, 0], "");
    client.findings(&prompt, 2);
    client.findings(&specification, 1);
    assert!(!clauses(&mut client, &specification).contains(&"output.extends".to_owned()));

    // Closed without saving, the file counts again.
    client.close(&prompt);
    client.findings(&specification, 1);
    assert!(clauses(&mut client, &specification).contains(&"output.extends".to_owned()));
    client.leave();
}

#[test]
fn an_unsaved_prompt_governs_by_the_module_that_it_names_now() {
    let folder =
        Folder::with(&[("a.prompt.md", &PROMPT.replace("pingpong", "other")), ("pingpong.tla", SPECIFICATION)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let (prompt, specification) = (folder.uri("a.prompt.md"), folder.uri("pingpong.tla"));
    client.open(&specification, "tlaplus", SPECIFICATION);
    assert!(clauses(&mut client, &specification).is_empty());
    client.open(&prompt, "markdown", PROMPT);
    assert!(!clauses(&mut client, &specification).is_empty());
    client.change(&prompt, 2, json!([{ "text": "nothing" }]));
    assert!(clauses(&mut client, &specification).is_empty());
    client.leave();
}

#[test]
fn a_file_that_others_change_judges_the_open_specifications_again() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT), ("pingpong.tla", SPECIFICATION)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let specification = folder.uri("pingpong.tla");
    client.open(&specification, "tlaplus", SPECIFICATION);
    client.findings(&specification, 1);
    assert!(!clauses(&mut client, &specification).is_empty());
    folder.write("pingpong.prompt.md", "Nothing is demanded here");
    let changes = json!({ "changes": [{ "uri": folder.uri("pingpong.prompt.md"), "type": 2 }] });
    client.notify("workspace/didChangeWatchedFiles", changes);
    client.findings(&specification, 1);
    assert!(clauses(&mut client, &specification).is_empty());
    client.leave();
}

#[test]
fn wrong_settings_are_told_in_their_place_and_at_the_specification() {
    let folder =
        Folder::with(&[("tla-contract.toml", TOML), ("pingpong.prompt.md", PROMPT), ("pingpong.tla", SPECIFICATION)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let (settings, specification) = (folder.uri("tla-contract.toml"), folder.uri("pingpong.tla"));
    client.open(&specification, "tlaplus", SPECIFICATION);
    client.findings(&specification, 1);
    assert!(!clauses(&mut client, &specification).is_empty());

    client.open(&settings, "toml", TOML);
    assert_eq!(client.findings(&settings, 1), Vec::<Value>::new());
    client.edit(&settings, 2, [1, 0, 1, 4], "flie");
    let wrong = client.findings(&settings, 2);
    assert_eq!(wrong.len(), 1, "{wrong:?}");
    assert_eq!((&wrong[0]["severity"], &wrong[0]["range"]["start"]["line"]), (&json!(1), &json!(1)));
    let told = |params: &Value| {
        let messages = params["diagnostics"].as_array().unwrap().iter().filter_map(|one| one["message"].as_str());
        params["uri"] == specification.as_str()
            && messages.into_iter().any(|message| message.contains("tla-contract.toml"))
    };
    client.wait_until("textDocument/publishDiagnostics", told);
    assert!(clauses(&mut client, &specification).is_empty());

    client.edit(&settings, 3, [1, 0, 1, 4], "file");
    assert_eq!(client.findings(&settings, 3), Vec::<Value>::new());
    assert!(!clauses(&mut client, &specification).is_empty());
    client.leave();
}

#[test]
fn edits_of_a_specification_find_what_a_fresh_open_finds() {
    let mut client = Client::pulling(None);
    let (uri, fresh) = ("file:///folder/pingpong.tla", "file:///fresh/pingpong.tla");
    client.open(uri, "tlaplus", SPECIFICATION);
    let mut text = SPECIFICATION.to_owned();
    // Broken in the middle, mended, and with a fence and wide characters.
    let steps: [([u64; 4], &str); 6] = [
        ([5, 8, 5, 8], "( 【😀】"),
        ([5, 8, 5, 15], ""),
        ([0, 0, 0, 0], "```tla\n"),
        ([2, 8, 2, 16], "Naturals, Sequences"),
        ([10, 0, 10, 0], "Spec == 😀\n"),
        ([10, 8, 10, 10], "TRUE"),
    ];
    for (version, (range, with)) in (2..).zip(steps) {
        client.edit(uri, version, range, with);
        text = crate::sync::edited(&text, (range[0], range[1]), (range[2], range[3]), with);
        client.open(fresh, "tlaplus", &text);
        let (findings, expected) = (client.pull(uri), client.pull(fresh));
        assert_eq!(json!(findings).to_string().replace("/folder/", "/fresh/"), json!(expected).to_string(), "{text}");
    }
    client.leave();
}
