//! `explain`: the page of a rule.

use tla_contract_engine::rules;

use super::{
    Answer, Failure,
    console::{Console, STRONG},
    table::aligned,
};
use crate::spelling::did_you_mean;

/// Explain a rule: what it says, why, and what to do; without a rule, list them all
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The rule, as `contract/missing-extends` or `missing-extends`
    #[arg(value_name = "RULE")]
    rule: Option<String>,
}

pub(super) fn run(arguments: &Arguments, console: &mut Console) -> Result<Answer, Failure> {
    let Some(name) = &arguments.rule else {
        let rows: Vec<Vec<String>> = rules::all().iter().map(row).collect();
        let table = aligned(&rows, console.width);
        console.print(&table)?;
        return Ok(Answer::Clean);
    };
    let Some(rule) = rules::find(name) else {
        let ids = rules::all().iter().map(|rule| rule.id);
        let slugs = rules::all().iter().filter_map(|rule| rule.id.split('/').nth(1));
        let hint = did_you_mean(name, ids.chain(slugs));
        return Err(Failure::Told(format!("there is no rule `{name}`{hint}; `tla-contract explain` lists them all")));
    };
    let mut text = format!("{STRONG}{}{STRONG:#}\n\n", rule.id);
    for line in rule.page().lines() {
        text += &if line.starts_with('#') { format!("{STRONG}{line}{STRONG:#}\n") } else { format!("{line}\n") };
    }
    console.print(&text)?;
    Ok(Answer::Clean)
}

/// A rule with what it says in a sentence.
fn row(rule: &rules::Rule) -> Vec<String> {
    vec![format!("{STRONG}{}{STRONG:#}", rule.id), rule.title().to_owned()]
}
