//! Renaming in all files of the folder, and what is refused.

use serde_json::{Value, json};

use crate::{
    client::{Client, Folder},
    names::at,
    sample::SPECIFICATION,
};

const USER: &str = "---- MODULE user ----\nEXTENDS pingpong\nTwice == Ping /\\ sent = {}\n====\n";

fn rename(client: &mut Client, uri: &str, line: u64, character: u64, name: &str) -> Result<Value, Value> {
    let mut params = at(uri, line, character);
    params["newName"] = json!(name);
    client.request("textDocument/rename", params)
}

#[test]
fn a_name_is_renamed_in_every_file_that_uses_it() {
    let folder = Folder::with(&[("pingpong.tla", SPECIFICATION), ("user.tla", USER)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let (uri, user) = (folder.uri("pingpong.tla"), folder.uri("user.tla"));
    client.open(&uri, "tlaplus", SPECIFICATION);
    let found = client.request("textDocument/prepareRename", at(&uri, 7, 9)).unwrap();
    assert_eq!(found["placeholder"], "Ping");
    assert_eq!(found["range"]["start"], json!({ "line": 7, "character": 8 }));

    let edit = rename(&mut client, &uri, 7, 9, "Probe").unwrap();
    let changes = edit["documentChanges"].as_array().unwrap();
    let shown: Vec<(&Value, &Value, usize)> = changes
        .iter()
        .map(|change| {
            let document = &change["textDocument"];
            (&document["uri"], &document["version"], change["edits"].as_array().unwrap().len())
        })
        .collect();
    assert_eq!(shown, [(&json!(uri), &json!(1), 2), (&json!(user), &Value::Null, 1)]);

    // The other file knows the new name before anything is saved.
    client.change(&uri, 2, json!([{ "text": SPECIFICATION.replace("Ping ", "Probe ") }]));
    client.open(&user, "tlaplus", &USER.replace("Ping ", "Probe "));
    let edit = rename(&mut client, &user, 2, 10, "Touch").unwrap();
    assert_eq!(edit["documentChanges"].as_array().unwrap().len(), 2);
    client.leave();
}

#[test]
fn what_would_change_the_meaning_is_refused_with_the_reason() {
    let folder = Folder::with(&[("pingpong.tla", SPECIFICATION), ("user.tla", USER)]);
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("pingpong.tla");
    client.open(&uri, "tlaplus", SPECIFICATION);
    let reason = |answer: Result<Value, Value>| answer.unwrap_err()["message"].as_str().unwrap().to_owned();
    assert!(reason(rename(&mut client, &uri, 7, 9, "Pong")).contains("stands for something else in line 7"));
    assert!(reason(rename(&mut client, &uri, 7, 9, "Nat")).contains("Naturals"));
    assert!(reason(rename(&mut client, &uri, 7, 9, "IF")).contains("word of TLA+"));
    assert!(reason(rename(&mut client, &uri, 7, 9, "Twice")).starts_with("in user: "));
    assert!(reason(client.request("textDocument/prepareRename", at(&uri, 1, 10))).contains("is a module"));
    assert_eq!(client.request("textDocument/prepareRename", at(&uri, 9, 0)), Ok(Value::Null));
    client.leave();
}
