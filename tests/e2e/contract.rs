//! The contract of an open module as a view, and the news that it was judged anew.

use serde_json::{Value, json};

use crate::{
    client::{Client, Folder, pushing},
    sample::{PROMPT, SPECIFICATION},
};

const CONTRACT: &str = "tla-contract/contract";
const CHANGED: &str = "tla-contract/contractChanged";

fn contract(client: &mut Client, uri: &str) -> Value {
    client.request(CONTRACT, json!({ "textDocument": { "uri": uri } })).unwrap()
}

fn clause<'a>(contract: &'a Value, id: &str) -> &'a Value {
    let clauses = contract["clauses"].as_array().unwrap();
    clauses.iter().find(|clause| clause["clause"] == id).unwrap()
}

#[test]
fn the_clauses_of_an_open_module_are_given_with_verdicts_and_places() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    let contract = contract(&mut client, &uri);
    assert_eq!(contract["module"], "pingpong");
    assert_eq!(contract["moduleRange"]["start"], json!({ "line": 0, "character": 12 }));
    assert_eq!(contract["prompt"], json!({ "name": "pingpong.prompt.md", "uri": folder.uri("pingpong.prompt.md") }));
    let summary = &contract["summary"];
    let number = |word: &str| summary[word].as_u64().unwrap();
    let sorts = ["met", "missing", "declared", "violated"].map(number);
    assert_eq!(number("checked"), sorts.iter().sum::<u64>());
    assert_eq!(number("total"), number("checked") + number("notChecked"));
    assert_eq!(number("total"), contract["clauses"].as_array().unwrap().len() as u64);
    let extends = clause(&contract, "output.extends");
    assert_eq!((&extends["verdict"], &extends["polarity"]), (&json!("violated"), &json!("required")));
    assert_eq!(extends["section"], "CRITICAL OUTPUT REQUIREMENTS");
    let line = PROMPT.lines().position(|line| line.contains("MUST include EXTENDS")).unwrap();
    assert_eq!(extends["promptRange"]["start"]["line"], line);
    let types = clause(&contract, "actions.1");
    let place = &types["evidence"][0];
    assert_eq!((&types["kind"], &types["title"]), (&json!("actions"), &json!("Message Types")));
    assert_eq!(place["uri"], uri);
    let line = place["range"]["start"]["line"].as_u64().unwrap() as usize;
    assert!(SPECIFICATION.lines().nth(line).unwrap().contains(place["name"].as_str().unwrap()), "{place}");
    client.leave();
}

#[test]
fn a_violated_clause_is_shown_where_it_is_violated() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    let contract = contract(&mut client, &uri);
    let extends = &clause(&contract, "output.extends")["evidence"];
    assert_eq!((&extends[0]["name"], &extends[0]["uri"]), (&json!("EXTENDS Naturals"), &json!(uri)));
    let line = SPECIFICATION.lines().position(|line| line == "EXTENDS Naturals").unwrap();
    assert_eq!(extends[0]["range"]["start"]["line"], line);
    client.leave();
}

#[test]
fn a_built_in_prompt_has_no_place_and_a_module_without_a_prompt_has_no_contract() {
    let mut client = Client::pushed(None);
    client.open("file:///folder/etcdraft.tla", "tlaplus", "---- MODULE etcdraft ----\n====\n");
    let built_in = contract(&mut client, "file:///folder/etcdraft.tla");
    assert_eq!(built_in["prompt"], json!({ "name": "built-in: etcdraft", "uri": null }));
    assert!(built_in["clauses"].as_array().unwrap().iter().all(|clause| clause["promptRange"].is_null()));
    client.open("file:///folder/other.tla", "tlaplus", "---- MODULE other ----\n====\n");
    assert_eq!(contract(&mut client, "file:///folder/other.tla"), Value::Null);
    client.open("file:///folder/p.prompt.md", "markdown", PROMPT);
    assert_eq!(contract(&mut client, "file:///folder/p.prompt.md"), Value::Null);
    let missing = client.request(CONTRACT, json!({ "textDocument": { "uri": "file:///folder/none.tla" } }));
    assert!(missing.unwrap_err()["message"].as_str().unwrap().contains("none.tla"));
    client.leave();
}

#[test]
fn a_client_that_wants_to_know_hears_when_a_module_is_judged_anew() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT)]);
    let mut client = Client::start();
    client.initialize_with(json!({ "contractChanged": true }), pushing(), Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    let heard = |version: i64, params: &Value| params["uri"] == *uri && params["version"] == version;
    client.wait_until(CHANGED, |params| heard(1, params));
    client.edit(&uri, 2, [1, 16, 1, 16], ", Sequences");
    client.wait_until(CHANGED, |params| heard(2, params));
    assert_eq!(clause(&contract(&mut client, &uri), "output.extends")["verdict"], "met");
    // An edit of the prompt is one of the contract, unsaved too.
    let prompt = folder.uri("pingpong.prompt.md");
    client.open(&prompt, "tla-contract-prompt", PROMPT);
    client.change(&prompt, 2, json!([{ "text": PROMPT.replace("Sequences", "Bags") }]));
    client.wait_until(CHANGED, |params| heard(2, params));
    assert_eq!(clause(&contract(&mut client, &uri), "output.extends")["verdict"], "violated");
    client.leave();
}

#[test]
fn a_client_that_does_not_ask_hears_nothing_of_contracts() {
    let folder = Folder::with(&[("pingpong.prompt.md", PROMPT)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    client.findings(&uri, 1);
    contract(&mut client, &uri);
    let said = client.said();
    assert!(said.iter().all(|message| message["method"] != CHANGED), "{said:?}");
    client.leave();
}
