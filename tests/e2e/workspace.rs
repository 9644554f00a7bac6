//! All specifications of the open folders, whether they are open or not.

use serde_json::{Value, json};

use crate::{
    client::{Client, Folder, pushing},
    sample::{PROMPT, SPECIFICATION},
};

const CHECK: &str = "tla-contract.checkWorkspace";

fn folder() -> Folder {
    let broken = "---- MODULE broken ----\nA == {1, 2\nB == Unknown\n====\n";
    Folder::with(&[("pingpong.prompt.md", PROMPT), ("a/pingpong.tla", SPECIFICATION), ("b/broken.tla", broken)])
}

fn report<'a>(items: &'a Value, uri: &str) -> &'a Value {
    items["items"].as_array().unwrap().iter().find(|item| item["uri"] == uri).unwrap()
}

#[test]
fn every_specification_of_the_folder_is_checked_open_or_not() {
    let folder = folder();
    let mut client = Client::pushed(Some(&folder.path()));
    let uri = folder.uri("a/pingpong.tla");
    client.open(&uri, "tlaplus", &SPECIFICATION.replace("Naturals", "Naturals, Sequences"));
    let checked = client.command(CHECK, json!([])).unwrap();
    let files = checked["files"].as_array().unwrap();
    assert_eq!(files.iter().map(|file| &file["module"]).collect::<Vec<_>>(), ["pingpong", "broken"]);
    // The unsaved text is the one that counts.
    assert_eq!((&files[0]["uri"], &files[0]["prompt"]), (&json!(uri), &json!("pingpong.prompt.md")));
    assert_eq!(files[0]["errors"], 0);
    assert!(files[0]["met"].as_u64() > Some(0) && files[0]["met"].as_u64() <= files[0]["checked"].as_u64());
    let codes: Vec<&Value> = files[1]["diagnostics"].as_array().unwrap().iter().map(|found| &found["code"]).collect();
    assert!(codes.contains(&&json!("name/unknown-name")), "{codes:?}");
    let summary = &checked["summary"];
    assert_eq!((&summary["files"], &summary["errors"]), (&json!(2), &files[1]["errors"]));
    assert_eq!(checked["complete"], true);
    client.leave();
}

#[test]
fn findings_of_all_files_are_given_and_not_sent_twice() {
    let folder = folder();
    let mut client = Client::pulling(Some(&folder.path()));
    let all = |client: &mut Client, known: Value| {
        client.request("workspace/diagnostic", json!({ "previousResultIds": known })).unwrap()
    };
    let (pingpong, broken) = (folder.uri("a/pingpong.tla"), folder.uri("b/broken.tla"));
    let first = all(&mut client, json!([]));
    assert_eq!((&report(&first, &broken)["kind"], &report(&first, &broken)["version"]), (&json!("full"), &Value::Null));
    let id = |report: &Value, uri: &str| json!({ "uri": uri, "value": self::report(report, uri)["resultId"] });
    let known = json!([id(&first, &pingpong), id(&first, &broken), { "uri": folder.uri("gone.tla"), "value": "1" }]);
    let second = all(&mut client, known.clone());
    assert_eq!(report(&second, &broken)["kind"], "unchanged");
    assert_eq!(report(&second, &folder.uri("gone.tla"))["items"], json!([]));
    // A file that was written by others, and a prompt that is open.
    folder.write("b/broken.tla", "---- MODULE broken ----\nA == {1, 2}\n====\n");
    client.open(&folder.uri("pingpong.prompt.md"), "tla-contract-prompt", &PROMPT.replace("Sequences", "Bags"));
    let third = all(&mut client, known.clone());
    assert_eq!(report(&third, &broken)["items"], json!([]));
    assert!(report(&third, &pingpong)["items"].to_string().contains("Bags"), "{third}");
    // Of an open document it is the text in the editor, in its version.
    client.open(&broken, "tlaplus", "---- MODULE broken ----\nA == {1, 2\n====\n");
    let fourth = all(&mut client, known);
    assert_eq!(report(&fourth, &broken)["version"], 1);
    assert_eq!(report(&fourth, &broken)["items"], json!(client.pull(&broken)));
    client.leave();
}

#[test]
fn a_file_is_looked_at_again_when_a_module_that_it_extends_is_edited() {
    let user = "---- MODULE User ----\nEXTENDS Tools\nA == Twice(1)\n====\n";
    let tools = "---- MODULE Tools ----\nTwice(n) == n\n====\n";
    let folder = Folder::with(&[("User.tla", user), ("Tools.tla", tools)]);
    let mut client = Client::pulling(Some(&folder.path()));
    let errors = |client: &mut Client| {
        let checked = client.command(CHECK, json!([])).unwrap();
        let files = checked["files"].as_array().unwrap().clone();
        files.iter().find(|file| file["module"] == "User").unwrap()["errors"].clone()
    };
    assert_eq!(errors(&mut client), 0);
    client.open(&folder.uri("Tools.tla"), "tlaplus", &tools.replace("Twice", "Thrice"));
    assert_eq!(errors(&mut client), 1);
    client.close(&folder.uri("Tools.tla"));
    assert_eq!(errors(&mut client), 0);
    client.leave();
}

#[test]
fn a_client_may_say_that_it_wants_open_documents_alone() {
    let mut client = Client::start();
    let capabilities = json!({ "textDocument": { "diagnostic": {} } });
    let result = client.initialize_with(json!({ "workspaceDiagnostics": false }), capabilities, None);
    assert_eq!(result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], false);
    client.leave();
}

#[test]
fn the_work_is_told_under_the_clients_token_and_ends_before_the_answer() {
    let folder = folder();
    let mut client = Client::pushed(Some(&folder.path()));
    let params = json!({ "command": CHECK, "arguments": [], "workDoneToken": "mine" });
    client.request("workspace/executeCommand", params).unwrap();
    let told: Vec<Value> = client.said().into_iter().filter(|message| message["method"] == "$/progress").collect();
    assert!(told.iter().all(|message| message["params"]["token"] == "mine"));
    let kinds: Vec<&str> = told.iter().filter_map(|message| message["params"]["value"]["kind"].as_str()).collect();
    assert_eq!((kinds.first(), kinds.last()), (Some(&"begin"), Some(&"end")), "{kinds:?}");
    assert_eq!(told[0]["params"]["value"]["cancellable"], true);
    client.leave();
}

#[test]
fn a_client_that_shows_progress_is_told_under_a_token_that_it_has_taken() {
    let folder = folder();
    let mut capabilities = pushing();
    capabilities["window"] = json!({ "workDoneProgress": true });
    let mut client = Client::with(capabilities, Some(&folder.path()));
    client.command(CHECK, json!([])).unwrap();
    let token = client.wait_for("window/workDoneProgress/create")["params"]["token"].clone();
    client.wait_until("$/progress", |params| params["token"] == token && params["value"]["kind"] == "end");
    client.leave();
}

#[test]
fn work_that_is_cancelled_gives_what_there_is() {
    let files: Vec<(String, String)> = (0..400)
        .map(|number| (format!("m{number}.tla"), SPECIFICATION.replace("pingpong", &format!("m{number}"))))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let folder = Folder::with(&files);
    let mut client = Client::pushed(Some(&folder.path()));
    let params = json!({ "command": CHECK, "arguments": [], "workDoneToken": 7 });
    let id = client.ask("workspace/executeCommand", params);
    client.wait_until("$/progress", |params| params["value"]["kind"] == "begin");
    client.notify("window/workDoneProgress/cancel", json!({ "token": 7 }));
    let checked = client.answer(id).unwrap();
    assert_eq!(checked["complete"], false);
    assert!(checked["files"].as_array().unwrap().len() < 400);
    // The next one is not cancelled by it.
    assert_eq!(client.command(CHECK, json!([])).unwrap()["complete"], true);
    client.leave();
}
