//! Answers of commands as pages, for editors that show nothing of an answer themselves (Helix).

use std::fmt::Write;

use serde_json::Value as Json;
use tower_lsp::jsonrpc::Error;

use crate::lsp::capabilities::{CHECK_WORKSPACE, FIX_ALL, RENDER_PROMPT, REPAIR_PROMPT, SHOW_CONTRACT};

/// What a person gets to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::lsp) enum Shown {
    /// A text to open under a file name.
    Page { name: &'static str, text: String },
    /// A word to say.
    Word(String),
}

/// What to show of a command's answer; `None` where an edit says it all.
pub(in crate::lsp) fn shown(command: &str, answer: &Result<Option<Json>, Error>) -> Option<Shown> {
    let answer = match answer {
        Ok(answer) => answer,
        Err(error) => return Some(Shown::Word(error.message.to_string())),
    };
    let page = |name, text| Some(Shown::Page { name, text });
    match (command, answer) {
        (RENDER_PROMPT, Some(Json::String(text))) => page("prompt.md", text.clone()),
        (REPAIR_PROMPT, Some(Json::String(text))) => page("repair.md", text.clone()),
        (REPAIR_PROMPT, None) => Some(Shown::Word("nothing is to be mended".to_owned())),
        (FIX_ALL, None) => Some(Shown::Word("nothing to fix".to_owned())),
        (SHOW_CONTRACT, Some(contract)) => page("contract.md", contract_page(contract)),
        (CHECK_WORKSPACE, Some(checked)) => page("check.txt", check_page(checked)),
        _ => None,
    }
}

fn contract_page(contract: &Json) -> String {
    let word = |value: &Json| value.as_str().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let name = if contract["prompt"].is_null() { "no prompt".to_owned() } else { word(&contract["prompt"]["name"]) };
    let mut text = format!("# {name}: {} of {} met\n", contract["met"], contract["checked"]);
    let mut section = None;
    for clause in contract["clauses"].as_array().into_iter().flatten() {
        // Writing to a string can't fail.
        if section.as_ref() != Some(&clause["kind"]) {
            let _ = writeln!(text, "\n## {}\n", word(&clause["kind"]));
            section = Some(clause["kind"].clone());
        }
        let verdict = clause["verdict"].as_str().unwrap_or("not-checked").replace('-', " ");
        let _ = write!(text, "- {verdict}: {}", word(&clause["title"]));
        let note = word(&clause["note"]);
        let _ = if note.is_empty() { writeln!(text) } else { writeln!(text, " ({note})") };
    }
    text
}

/// One finding a line, as `path:line:column`, which editors know how to go to.
fn check_page(checked: &Json) -> String {
    let summary = &checked["summary"];
    let mut text =
        format!("Specifications: {}; clauses met: {} of {}\n\n", summary["files"], summary["met"], summary["checked"]);
    for file in checked["files"].as_array().into_iter().flatten() {
        let uri = file["uri"].as_str().unwrap_or_default();
        let path = uri.parse().ok().and_then(|uri| crate::lsp::convert::path(&uri));
        let path = path.map_or_else(|| uri.to_owned(), |path| path.display().to_string());
        for finding in file["diagnostics"].as_array().into_iter().flatten() {
            let start = &finding["range"]["start"];
            let place = |key: &str| start[key].as_u64().unwrap_or_default() + 1;
            let (message, rule) = (finding["message"].as_str(), finding["code"].as_str());
            let message = message.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
            let (line, column) = (place("line"), place("character"));
            let _ = writeln!(text, "{path}:{line}:{column}: {message} [{}]", rule.unwrap_or_default());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(command: &str, answer: Json) -> String {
        match shown(command, &Ok(Some(answer))) {
            Some(Shown::Page { text, .. }) => text,
            other => panic!("{other:?} is no page"),
        }
    }

    #[test]
    fn a_contract_is_a_list_of_clauses_by_kind() {
        let clause = |title: &str, verdict: Json, note: &str| json!({ "kind": "actions", "title": title, "verdict": verdict, "note": note });
        let clauses = [clause("Elections", json!("met"), "by `Vote`"), clause("Tone", Json::Null, "")];
        let contract = json!({ "prompt": { "name": "raft" }, "met": 1, "checked": 1, "clauses": clauses });
        assert_eq!(
            text(SHOW_CONTRACT, contract),
            "# raft: 1 of 1 met\n\n## actions\n\n- met: Elections (by `Vote`)\n- not checked: Tone\n"
        );
    }

    #[test]
    fn findings_are_places_to_go_to() {
        let finding = json!({ "range": { "start": { "line": 2, "character": 4 } }, "message": "a\nb", "code": "x/y" });
        let files = json!([{ "uri": "file:///a%20b/m.tla", "diagnostics": [finding] }]);
        let checked = json!({ "files": files, "summary": { "files": 1, "met": 0, "checked": 2 } });
        assert_eq!(
            text(CHECK_WORKSPACE, checked),
            "Specifications: 1; clauses met: 0 of 2\n\n/a b/m.tla:3:5: a b [x/y]\n"
        );
    }

    #[test]
    fn what_went_wrong_is_said_and_an_edit_speaks_for_itself() {
        let failed = Err(Error::invalid_params("no"));
        assert_eq!(shown(FIX_ALL, &failed), Some(Shown::Word("no".to_owned())));
        assert_eq!(shown(FIX_ALL, &Ok(None)), Some(Shown::Word("nothing to fix".to_owned())));
        assert_eq!(shown(FIX_ALL, &Ok(Some(json!({ "sent": true })))), None);
    }
}
