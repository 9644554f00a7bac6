//! What is announced is served, and what is served is announced.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::client::{Client, uri_of};

const URI: &str = "file:///folder/a.tla";
const METHOD_NOT_FOUND: i64 = -32601;

/// Every request of LSP 3.17 from the client, with the capability that announces it.
const REQUESTS: [(&str, &str); 44] = [
    ("callHierarchy/incomingCalls", "/callHierarchyProvider"),
    ("callHierarchy/outgoingCalls", "/callHierarchyProvider"),
    ("codeAction/resolve", "/codeActionProvider/resolveProvider"),
    ("codeLens/resolve", "/codeLensProvider/resolveProvider"),
    ("completionItem/resolve", "/completionProvider/resolveProvider"),
    ("documentLink/resolve", "/documentLinkProvider/resolveProvider"),
    ("inlayHint/resolve", "/inlayHintProvider/resolveProvider"),
    ("textDocument/codeAction", "/codeActionProvider"),
    ("textDocument/codeLens", "/codeLensProvider"),
    ("textDocument/colorPresentation", "/colorProvider"),
    ("textDocument/completion", "/completionProvider"),
    ("textDocument/declaration", "/declarationProvider"),
    ("textDocument/definition", "/definitionProvider"),
    ("textDocument/diagnostic", "/diagnosticProvider"),
    ("textDocument/documentColor", "/colorProvider"),
    ("textDocument/documentHighlight", "/documentHighlightProvider"),
    ("textDocument/documentLink", "/documentLinkProvider"),
    ("textDocument/documentSymbol", "/documentSymbolProvider"),
    ("textDocument/foldingRange", "/foldingRangeProvider"),
    ("textDocument/formatting", "/documentFormattingProvider"),
    ("textDocument/hover", "/hoverProvider"),
    ("textDocument/implementation", "/implementationProvider"),
    ("textDocument/inlayHint", "/inlayHintProvider"),
    ("textDocument/inlineValue", "/inlineValueProvider"),
    ("textDocument/linkedEditingRange", "/linkedEditingRangeProvider"),
    ("textDocument/moniker", "/monikerProvider"),
    ("textDocument/onTypeFormatting", "/documentOnTypeFormattingProvider"),
    ("textDocument/prepareCallHierarchy", "/callHierarchyProvider"),
    ("textDocument/prepareRename", "/renameProvider/prepareProvider"),
    ("textDocument/prepareTypeHierarchy", "/typeHierarchyProvider"),
    ("textDocument/rangeFormatting", "/documentRangeFormattingProvider"),
    ("textDocument/references", "/referencesProvider"),
    ("textDocument/rename", "/renameProvider"),
    ("textDocument/selectionRange", "/selectionRangeProvider"),
    ("textDocument/semanticTokens/full", "/semanticTokensProvider/full"),
    ("textDocument/semanticTokens/full/delta", "/semanticTokensProvider/full/delta"),
    ("textDocument/semanticTokens/range", "/semanticTokensProvider/range"),
    ("textDocument/signatureHelp", "/signatureHelpProvider"),
    ("textDocument/typeDefinition", "/typeDefinitionProvider"),
    ("textDocument/willSaveWaitUntil", "/textDocumentSync/willSaveWaitUntil"),
    ("workspace/diagnostic", "/diagnosticProvider/workspaceDiagnostics"),
    ("workspace/executeCommand", "/executeCommandProvider"),
    ("workspace/symbol", "/workspaceSymbolProvider"),
    ("workspaceSymbol/resolve", "/workspaceSymbolProvider/resolveProvider"),
];

/// Parameters that suit every request.
fn any_params(method: &str) -> Value {
    let place = json!({ "line": 0, "character": 0 });
    if method == "textDocument/colorPresentation" || method.ends_with("resolve") {
        let kind = if method.starts_with("codeAction") { json!("quickfix") } else { json!(1) };
        let mut item = json!({
            "textDocument": { "uri": URI },
            "color": { "red": 0, "green": 0, "blue": 0, "alpha": 0 },
            "title": "",
            "label": "",
            "name": "",
            "kind": kind,
            "position": place,
            "range": { "start": place, "end": place },
            "location": { "uri": URI },
        });
        if method.starts_with("codeLens") || method.starts_with("documentLink") {
            item["kind"] = Value::Null;
        }
        return item;
    }
    let context = match method {
        "textDocument/completion" => json!({ "triggerKind": 1 }),
        "textDocument/signatureHelp" => json!({ "triggerKind": 1, "isRetrigger": false }),
        "textDocument/inlineValue" => json!({ "frameId": 1, "stoppedLocation": { "start": place, "end": place } }),
        _ => json!({ "diagnostics": [], "includeDeclaration": true }),
    };
    json!({
        "textDocument": { "uri": URI },
        "position": place,
        "positions": [place],
        "range": { "start": place, "end": place },
        "context": context,
        "options": { "tabSize": 4, "insertSpaces": true },
        "ch": "\n",
        "newName": "x",
        "query": "",
        "reason": 1,
        "previousResultIds": [],
        "previousResultId": "",
        "command": "",
        "item": { "name": "", "kind": 1, "uri": URI, "range": { "start": place, "end": place },
                  "selectionRange": { "start": place, "end": place } },
    })
}

#[test]
fn a_request_is_served_just_when_it_is_announced() {
    let mut client = Client::start();
    let all = json!({ "inlayHints": true });
    let capabilities = client.initialize_with(all, json!({}), None)["capabilities"].clone();
    client.open(URI, "tlaplus", "---- MODULE a ----\n====\n");
    for (method, announcement) in REQUESTS {
        let announced = match capabilities.pointer(announcement) {
            None | Some(Value::Null | Value::Bool(false)) => false,
            Some(_) => true,
        };
        let served = match client.request(method, any_params(method)) {
            Ok(_) => true,
            Err(error) if error["code"] == METHOD_NOT_FOUND => false,
            Err(error) => {
                assert!(announced, "{method}: {error}");
                true
            }
        };
        assert_eq!(served, announced, "{method}");
    }
    // No capability is announced that this test doesn't know.
    let known = REQUESTS.map(|(_, announcement)| announcement.split('/').nth(1).unwrap());
    let known: BTreeSet<&str> =
        known.into_iter().chain(["experimental", "positionEncoding", "textDocumentSync", "workspace"]).collect();
    for (capability, _) in capabilities.as_object().unwrap() {
        assert!(known.contains(capability.as_str()), "{capability}");
    }
    client.leave();
}

#[test]
fn every_announced_command_is_known() {
    let mut client = Client::start();
    let capabilities = client.initialize(json!({}), None)["capabilities"].clone();
    let commands = capabilities["executeCommandProvider"]["commands"].as_array().unwrap().clone();
    assert!(!commands.is_empty());
    for command in commands {
        if let Err(error) = client.command(command.as_str().unwrap(), json!([])) {
            assert!(error["message"].as_str().unwrap().starts_with("argument 1 must be"), "{error}");
        }
    }
    let error = client.command("no.such.command", json!([])).unwrap_err();
    assert_eq!(error["code"], -32602);
    client.leave();
}

#[test]
fn a_client_that_can_watch_files_is_asked_to() {
    let mut client = Client::pushed(None);
    let registration = &client.wait_for("client/registerCapability")["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let globs = registration["registerOptions"]["watchers"].as_array().unwrap();
    assert!(globs.iter().any(|watcher| watcher["globPattern"] == "**/tla-contract.toml"));
    client.leave();

    let mut client = Client::with(json!({}), None);
    assert_eq!(client.said(), Vec::<Value>::new());
    client.leave();
}

#[test]
fn folders_come_and_go() {
    let mut client = Client::pushed(None);
    let folder = json!([{ "uri": uri_of(std::path::Path::new("/folder")), "name": "folder" }]);
    for (added, removed) in [(&folder, &json!([])), (&json!([]), &folder)] {
        let event = json!({ "event": { "added": added, "removed": removed } });
        client.notify("workspace/didChangeWorkspaceFolders", event);
    }
    client.leave();
}

#[test]
fn what_an_editor_must_ask_for_to_render_a_prompt_is_told() {
    let mut client = Client::start();
    let capabilities = client.initialize(json!({}), None)["capabilities"].clone();
    let prompts = &capabilities["experimental"]["prompts"];
    assert_eq!(*prompts, json!(["etcdraft", "raftkvs", "draft-translation"]));
    let render = |values: Value| json!({ "command": "tla-contract.renderPrompt", "arguments": ["etcdraft", values] });
    let refusal = client.request("workspace/executeCommand", render(json!({ "focus": "elections" }))).unwrap_err();
    assert_eq!(refusal["data"]["missing"], json!(["file_path", "source_code"]));
    let values = json!({ "focus": "elections", "file_path": "raft.go", "source_code": "package raft" });
    let text = client.request("workspace/executeCommand", render(values)).unwrap();
    assert!(text.as_str().unwrap().contains("package raft"));
    client.leave();
}
