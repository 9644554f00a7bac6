//! Colours of names, whole and as differences.

use serde_json::{Value, json};

use crate::{
    client::Client,
    sample::{PROMPT, SPECIFICATION},
};

const URI: &str = "file:///folder/a.tla";

fn full(client: &mut Client, uri: &str) -> (String, Vec<Value>) {
    let params = json!({ "textDocument": { "uri": uri } });
    let tokens = client.request("textDocument/semanticTokens/full", params).unwrap();
    (tokens["resultId"].as_str().unwrap().to_owned(), tokens["data"].as_array().unwrap().clone())
}

#[test]
fn a_difference_makes_the_old_colours_the_new_ones() {
    let mut client = Client::start();
    let capabilities = client.initialize(json!({}), None)["capabilities"].clone();
    let legend = &capabilities["semanticTokensProvider"]["legend"];
    client.open(URI, "tlaplus", SPECIFICATION);
    let (id, mut tokens) = full(&mut client, URI);
    // The module's name, in the header.
    assert_eq!(tokens[..5], [json!(0), json!(12), json!(8), json!(0), json!(2)]);
    assert_eq!(legend["tokenTypes"][0], "namespace");
    assert_eq!(legend["tokenModifiers"][1], "definition");

    client.edit(URI, 2, [4, 0, 4, 0], "Extra == \\E 😀 \\in sent : sent' = {}\n");
    let params = json!({ "textDocument": { "uri": URI }, "previousResultId": id });
    let delta = client.request("textDocument/semanticTokens/full/delta", params.clone()).unwrap();
    let edit = &delta["edits"][0];
    let (start, count) = (edit["start"].as_u64().unwrap() as usize, edit["deleteCount"].as_u64().unwrap() as usize);
    tokens.splice(start..start + count, edit["data"].as_array().unwrap().clone());
    // An id that is not the last one's gets all of them.
    let all = client.request("textDocument/semanticTokens/full/delta", params).unwrap();
    assert_eq!(all["data"].as_array().unwrap(), &tokens);
    assert_eq!(full(&mut client, URI).1, tokens);

    let prompt = "file:///folder/a.prompt.md";
    client.open(prompt, "tla-contract-prompt", PROMPT);
    let (_, tokens) = full(&mut client, prompt);
    assert_eq!(tokens.len(), 3 * 5);
    assert_eq!(legend["tokenTypes"][tokens[3].as_u64().unwrap() as usize], "macro");
    client.leave();
}

#[test]
fn words_and_comments_are_coloured_for_who_has_no_grammar() {
    let kinds = |options: Value| {
        let mut client = Client::start();
        let answer = client.initialize_with(options, json!({}), None);
        let legend = answer["capabilities"]["semanticTokensProvider"]["legend"]["tokenTypes"].clone();
        client.open(URI, "tlaplus", "---- MODULE M ----\n(* a\n  b *)\nA == 1\n====\n");
        let (_, tokens) = full(&mut client, URI);
        let kind = |token: &[Value]| legend[token[3].as_u64().unwrap() as usize].as_str().unwrap().to_owned();
        let kinds = tokens.chunks(5).map(kind).collect::<Vec<_>>().join(" ");
        client.leave();
        kinds
    };
    assert_eq!(kinds(json!({})), "namespace function");
    assert_eq!(kinds(json!({ "syntaxTokens": true })), "keyword namespace comment comment function operator number");
}
