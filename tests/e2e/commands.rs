//! The commands of `workspace/executeCommand`.

use serde_json::{Value, json};

use crate::{
    client::{Client, Folder, pushing},
    sample::{PROMPT, SPECIFICATION},
};

const RENDER: &str = "tla-contract.renderPrompt";
const SHOW: &str = "tla-contract.showContract";

#[test]
fn a_prompt_is_rendered_with_texts_and_files() {
    let folder = Folder::with(&[
        ("prompts/a.prompt.md", "{focus}|{file_path}|{source_code}|{x} {{y}}"),
        ("src/a.go", "func {focus}\n"),
    ]);
    let mut client = Client::pushed(Some(&folder.path()));
    let values =
        json!({ "focus": "votes", "file_path": { "text": "src/a.go" }, "source_code": { "files": ["src/a.go"] } });
    let mut texts = Vec::new();
    let path = folder.path().join("prompts/a.prompt.md");
    for prompt in [json!(folder.uri("prompts/a.prompt.md")), json!(path), json!("prompts/a.prompt.md")] {
        texts.push(client.command(RENDER, json!([prompt, values])).unwrap());
    }
    let text = texts[0].as_str().unwrap();
    assert!(
        text.starts_with("votes|src/a.go|") && text.contains("func {focus}\n") && text.ends_with("|{x} {{y}}"),
        "{text}"
    );
    assert!(texts.iter().all(|other| other == text));
    // The unsaved text is the one that counts.
    client.open(&folder.uri("prompts/a.prompt.md"), "markdown", "only {focus}");
    let rendered = client.command(RENDER, json!([folder.uri("prompts/a.prompt.md"), { "focus": "votes" }]));
    assert_eq!(rendered, Ok(json!("only votes")));
    client.leave();
}

#[test]
fn the_settings_give_values_too() {
    let settings = "[[prompt]]\nfile = \"a.prompt.md\"\n[prompt.values]\nfocus = \"votes\"\n";
    let prompt = "{focus} in {file_path}:\n{source_code}";
    let folder = Folder::with(&[("tla-contract.toml", settings), ("a.prompt.md", prompt), ("a.go", "code\n")]);
    let mut client = Client::pushed(Some(&folder.path()));
    let values = json!({ "source_code": { "files": ["a.go"] } });
    let text = client.command(RENDER, json!([folder.uri("a.prompt.md"), values])).unwrap();
    assert!(text.as_str().unwrap().starts_with("votes in a.go:\n"), "{text}");
    client.leave();
}

#[test]
fn what_keeps_a_prompt_from_being_rendered_is_said() {
    let folder = Folder::with(&[("a.prompt.md", "\n{focus}")]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("a.prompt.md");
    let mut message =
        |arguments: Value| client.command(RENDER, arguments).unwrap_err()["message"].as_str().unwrap().to_owned();
    assert_eq!(message(json!([uri])), "{focus} in line 2 has no value");
    assert!(message(json!([uri, { "focus": "x", "other": "y" }])).contains("{other}"));
    assert!(message(json!([uri, { "focus": { "files": ["none.go"] } }])).contains("none.go"));
    assert!(message(json!([uri, { "focus": 7 }])).contains("argument 2"));
    assert!(message(json!([uri, "focus"])).contains("argument 2"));
    assert!(message(json!(["none.prompt.md"])).contains("none.prompt.md"));
    client.leave();
}

#[test]
fn the_contract_of_a_prompt_is_shown() {
    let mut client = Client::pushed(None);
    let uri = "file:///folder/pingpong.prompt.md";
    client.open(uri, "tla-contract-prompt", PROMPT);
    let contract = client.command(SHOW, json!([uri])).unwrap();
    assert_eq!(contract["module"], "pingpong");
    assert_eq!(contract["prompt"]["uri"], uri);
    let clauses = contract["clauses"].as_array().unwrap();
    let types = clauses.iter().find(|clause| clause["id"] == "actions.1").unwrap();
    assert_eq!(types["title"], "Message Types");
    assert_eq!(types["polarity"], "required");
    assert_eq!(types["verdict"], Value::Null);
    let line = PROMPT.lines().position(|line| line.contains("Message Types")).unwrap();
    assert_eq!(types["range"]["start"]["line"], line);
    client.leave();
}

#[test]
fn the_contract_of_a_specification_is_shown_open_or_not() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT), ("pingpong.tla", SPECIFICATION)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    let unopened = client.command(SHOW, json!([uri])).unwrap();
    client.open(&uri, "tlaplus", SPECIFICATION);
    let contract = client.command(SHOW, json!([uri])).unwrap();
    assert_eq!(unopened, contract);
    assert_eq!(contract["how"], "module");
    assert_eq!(contract["prompt"]["uri"], folder.uri("pingpong.prompt.md"));
    let unopened = client.command(SHOW, json!([folder.uri("pingpong.prompt.md")])).unwrap();
    assert_eq!(unopened["module"], "pingpong");
    client.leave();
}

#[test]
fn a_client_that_makes_no_edits_is_handed_them() {
    let mut capabilities = pushing();
    capabilities["workspace"]["applyEdit"] = json!(false);
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT)]);
    let mut client = Client::with(capabilities, Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    let wish = client.command("tla-contract.fixAll", json!([uri])).unwrap();
    assert_eq!(wish["sent"], false);
    assert!(wish["edit"]["documentChanges"][0]["edits"][0]["newText"].as_str().unwrap().contains("Sequences"));
    client.leave();
}

#[test]
fn a_prompt_that_asks_for_a_repair_is_written_of_the_unsaved_text() {
    const REPAIR: &str = "tla-contract.repairPrompt";
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT), ("pingpong.cfg", "SPECIFICATION Spec\n")]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    let text = client.command(REPAIR, json!([uri])).unwrap();
    let text = text.as_str().unwrap();
    assert!(text.contains("MUST include EXTENDS statement") && text.ends_with(SPECIFICATION), "{text}");
    let json = client.command(REPAIR, json!([uri, { "format": "json", "maxFindings": 1 }])).unwrap();
    assert!(json.as_str().unwrap().contains("THE CONFIGURATION:\n\nSPECIFICATION Spec\n"), "{json}");
    for wrong in [json!([uri, { "format": "xml" }]), json!([uri, { "most": 1 }]), json!([7])] {
        let error = client.command(REPAIR, wrong.clone()).unwrap_err();
        assert!(error["message"].as_str().unwrap().starts_with("argument "), "{wrong}: {error}");
    }
    let fine = "---- MODULE fine ----\nEXTENDS Naturals\n====\n";
    client.open(&folder.uri("fine.tla"), "tlaplus", fine);
    assert_eq!(client.command(REPAIR, json!([folder.uri("fine.tla")])), Ok(Value::Null));
    client.leave();
}

#[test]
fn every_command_has_its_row_on_the_page_for_editors() {
    let page = include_str!("../../server/docs/protocol.md");
    let mut client = Client::start();
    let capabilities = client.initialize(pushing(), None)["capabilities"].clone();
    let offered: Vec<&str> =
        capabilities["executeCommandProvider"]["commands"].as_array().unwrap().iter().flat_map(Value::as_str).collect();
    let rows: Vec<&str> =
        page.lines().filter_map(|line| line.strip_prefix("| `tla-contract.")?.split('`').next()).collect();
    let names: Vec<&str> = offered.iter().filter_map(|name| name.strip_prefix("tla-contract.")).collect();
    assert_eq!(rows, names);
    client.leave();
}

#[test]
fn without_a_document_the_latest_is_meant_and_answers_are_shown_to_who_drops_them() {
    let folder = Folder::with(&[("etcdraft.prompt.md", PROMPT), ("etcdraft.tla", SPECIFICATION)]);
    let mut client = Client::start();
    client.initialize_with(json!({ "showAnswers": true }), pushing(), Some(&folder.path()));
    client.open(&folder.uri("etcdraft.tla"), "tlaplus", SPECIFICATION);
    let shown = client.command(SHOW, json!([])).unwrap();
    assert_eq!(shown["module"], "pingpong");
    let page = client.wait_for("window/showDocument")["params"].clone();
    assert!(page["uri"].as_str().is_some_and(|uri| uri.ends_with("/contract.md")), "{page}");
    assert!(client.command(RENDER, json!(["no-such.prompt.md"])).is_err());
    let word = client.wait_for("window/showMessage")["params"].clone();
    assert!(word["message"].as_str().is_some_and(|word| word.contains("no-such.prompt.md")), "{word}");
    client.leave();
}
