//! What a repair prompt needs besides the judgement, for the command line and for editors alike.

use std::path::Path;

use tla_contract_engine::Document;

use crate::files::read_text;

/// The field of a JSON reply that holds the TLC configuration.
const CONFIGURATION: &str = "configuration";

/// The TLC configuration that goes with a specification: that of a reply in JSON, else the `.cfg` file beside it. Reads
/// a file; one that is not there or can't be read counts as none.
pub fn configuration(document: &Document, path: Option<&Path>) -> Option<String> {
    let json = serde_json::from_str::<serde_json::Value>(document.source()).ok();
    let field = json.as_ref().and_then(|json| json.get(CONFIGURATION)?.as_str()).map(str::to_owned);
    let text = field.or_else(|| read_text(&path?.with_extension("cfg")).ok())?;
    (!text.trim().is_empty()).then_some(text)
}
