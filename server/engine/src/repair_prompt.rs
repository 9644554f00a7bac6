//! The prompt that asks a model to mend its reply: what is wrong, in the words of the prompt it was written for, and what
//! has to stay as it is. What is met is not spoken of.

mod points;
mod wording;

use crate::{Document, Judgement, contract::Contract};
use points::points;

/// What is wanted of the prompt.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub form: AnswerForm,
    /// How many findings and clauses it may hold; the most important come first. `None` for all.
    pub most: Option<usize>,
    /// The TLC configuration that goes with the specification, where there is one; spoken of in the JSON form alone.
    pub configuration: Option<String>,
}

/// What the model is asked to answer with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AnswerForm {
    /// The module, in the form that the prompt it was written for demands; alone where that says nothing.
    #[default]
    Text,
    /// A JSON object with the fields `specification` and `configuration`.
    Json,
}

/// A prompt to send back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepairPrompt {
    pub text: String,
    /// Findings and clauses that it holds.
    pub points: usize,
    /// Findings and clauses beyond those that were wanted.
    pub left_out: usize,
}

/// Writes the prompt; `None` when nothing is to be mended.
///
/// `judgement` is that of `document`, under `contract`.
pub fn repair_prompt(
    document: &Document,
    judgement: &Judgement,
    contract: Option<&Contract>,
    wanted: &Wanted,
) -> Option<RepairPrompt> {
    let no_demands = Contract::default();
    let contract = contract.unwrap_or(&no_demands);
    let mut points = points(judgement, contract);
    if points.is_empty() {
        return None;
    }
    let all = points.len();
    points.truncate(wanted.most.unwrap_or(all).max(1));
    let left_out = all - points.len();
    let text = wording::Writer::new(document, judgement, contract).write(&points, wanted);
    Some(RepairPrompt { text, points: points.len(), left_out })
}

#[cfg(test)]
mod tests;
