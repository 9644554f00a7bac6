//! The page `server/docs/topics.md`: every clause of the built-in prompts with its topic and what shows it.

use crate::{
    contract::{Clause, Contract, Demand, DraftPart, Polarity},
    prompt::{Prompt, builtins},
};

use super::{topics, view::Words};

/// The page, in Markdown.
pub fn page() -> String {
    let mut page = String::from(
        "# Topics\n\n\
         How each clause of the built-in prompts is held against a module. A test writes this page \
         (`UPDATE_DOCS=1 cargo test -p tla-contract --test docs`).\n\n\
         *Behaviour* is what counts as met; *declared* is what only names the thing. What no reachable step shows is \
         missing.\n",
    );
    for builtin in builtins() {
        let prompt = Prompt::parse(builtin.text);
        let title = |clause: &Clause| clause.title.replace('|', "\\|");
        page.push_str(&format!("\n## {}\n\n{}", builtin.name, table(prompt.contract(), &title)));
    }
    page
}

/// The table of one contract, which repeats nothing of the prompt but its names: each clause by its line.
pub fn table_by_line(contract: &Contract) -> String {
    table(contract, &|clause| {
        let names: Vec<&str> = clause.names.iter().map(|thing| thing.name.as_str()).collect();
        let line = format!("line {}", clause.line + 1);
        if names.is_empty() { line } else { format!("{line}: {}", names.join(", ")) }
    })
}

fn table(contract: &Contract, demand: &dyn Fn(&Clause) -> String) -> String {
    let mut table = String::from("| clause | demand | topic | behaviour | declared |\n|---|---|---|---|---|\n");
    for clause in &contract.clauses {
        let mut rows = rows(clause);
        rows.dedup();
        for (topic, behaviour, declared) in rows {
            let demand = demand(clause);
            table.push_str(&format!("| `{}` | {demand} | {topic} | {behaviour} | {declared} |\n", clause.id));
        }
    }
    table
}

fn rows(clause: &Clause) -> Vec<(String, String, String)> {
    let mut rows = Vec::new();
    for demand in &clause.demands {
        let row = |topic: &str, behaviour: &str, declared: &str| {
            (topic.to_owned(), behaviour.to_owned(), declared.to_owned())
        };
        match demand {
            Demand::Behaviour if clause.polarity == Polarity::Forbidden => rows.push(row(
                "exclusion",
                "broken by a reachable step, message or variable of it",
                "a name in a list of types is no model of it",
            )),
            Demand::Behaviour => {
                let found = topics::of(&Words::of(clause), clause);
                if found.is_empty() {
                    rows.push(row("names", "a reachable step, message, state or variable of each name", "named only"));
                }
                rows.extend(found.iter().map(|topic| row(topic.name, topic.behaviour, topic.declared)));
            }
            Demand::Undecidable(why) => rows.push(row("not checked", why, "")),
            Demand::FollowsDraft(part) => rows.push(match part {
                DraftPart::CoreFunctions => row(
                    "draft: core functions",
                    "each is one action of its name that Next offers; a capital letter is accepted, a helper is an equivalent",
                    "defined, but no step takes it",
                ),
                DraftPart::SupportingFunctions => row("draft: supporting functions", "not checked: they are free", ""),
                DraftPart::InfrastructureFunctions => {
                    row("draft: infrastructure", "none of them is a reachable step", "")
                }
                DraftPart::Variables => row(
                    "draft: variables",
                    "no variable beside those listed, the network and program counters",
                    "a variable of another name is an equivalent",
                ),
            }),
            other => rows.push(row("by the letter", letter(other), "")),
        }
    }
    rows
}

fn letter(demand: &Demand) -> &'static str {
    match demand {
        Demand::ModuleName(_) => "the header has the name",
        Demand::Extends(_) => "EXTENDS lists the modules, in any order, with others or without",
        Demand::NoFences | Demand::NoProse | Demand::StartsWithHeader | Demand::EndsWithFooter => {
            "the reply's own text"
        }
        Demand::FencedBlocks(_) | Demand::JsonObject(_) => "the reply's form",
        Demand::NoComments => "no comment in the module",
        Demand::NoTranslationComments => "no comment that speaks of the translation",
        Demand::NoInvariants { .. } => "no definition that Spec does not reach and that speaks of one state",
        Demand::Fairness => "Spec reaches a WF_ or SF_ conjunct",
        Demand::NoFairness => "Spec reaches no WF_ or SF_ conjunct",
        Demand::Declares(_) | Demand::Defines(_) => "the declaration or definition is there",
        Demand::ExactAction(_) => "a definition of exactly this name that Next reaches",
        Demand::SanyAccepts => "no finding that SANY would report as an error",
        Demand::FollowsDraft(_) | Demand::Behaviour | Demand::Undecidable(_) => "",
    }
}

#[test]
fn every_described_clause_of_the_built_in_prompts_has_a_topic() {
    let mut without = Vec::new();
    for builtin in builtins() {
        let prompt = Prompt::parse(builtin.text);
        for clause in &prompt.contract().clauses {
            let described = clause.demands.contains(&Demand::Behaviour) && clause.polarity == Polarity::Required;
            if described && topics::of(&Words::of(clause), clause).is_empty() {
                without.push(format!("{} {}: {}", builtin.name, clause.id, clause.title));
            }
        }
    }
    assert!(without.is_empty(), "{}", without.join("\n"));
}
