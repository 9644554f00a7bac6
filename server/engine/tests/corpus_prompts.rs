//! Real prompts and drafts, read where they lie: nothing is lost, nothing is counted wrongly, rendering changes nothing
//! but placeholders. Skipped, and says so, where the folder is absent.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use tla_contract_engine::{
    contract::{Clause, ClauseKind, Contract, Declares, Demand, DraftPart, Polarity},
    prompt::{Prompt, Value, Values, builtins, draft::Draft},
};

/// The folder with the corpora: `TLA_CONTRACT_SHARED`, else `../shared` from the project's root.
fn shared(test: &str) -> Option<PathBuf> {
    let folder = match std::env::var_os("TLA_CONTRACT_SHARED") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"),
    };
    if folder.join("seeds").is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: {test}: no corpora at {}", folder.display());
    None
}

fn texts(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| {
            let path = entry.expect("a readable folder").path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a text in UTF-8"))
        })
        .collect()
}

fn all_prompts(folder: &Path) -> BTreeMap<String, String> {
    let mut all = texts(&folder.join("seeds"));
    all.extend(texts(&folder.join("prompts")));
    all
}

fn seed(folder: &Path, number: &str) -> Prompt {
    let all = texts(&folder.join("seeds"));
    let (_, text) = all.iter().find(|(name, _)| name.starts_with(number)).expect("a seed of that number");
    Prompt::parse(text)
}

fn count(contract: &Contract, kind: ClauseKind) -> usize {
    contract.clauses.iter().filter(|clause| clause.kind == kind).count()
}

fn counts(prompt: &Prompt) -> [usize; 4] {
    [ClauseKind::Action, ClauseKind::Exclusion, ClauseKind::Scope, ClauseKind::Output]
        .map(|kind| count(prompt.contract(), kind))
}

#[test]
fn the_seeds_have_all_of_their_clauses() {
    let Some(folder) = shared("the_seeds_have_all_of_their_clauses") else { return };
    assert_eq!(counts(&seed(&folder, "000")), [6, 5, 5, 6]);
    assert_eq!(counts(&seed(&folder, "001")), [5, 0, 8, 8]);

    let translation = seed(&folder, "002");
    let contract = translation.contract();
    let titles: Vec<&str> =
        (1..=5).map(|number| contract.clause(&format!("translation.{number}")).unwrap().title.as_str()).collect();
    assert_eq!(
        titles,
        [
            "Follow the Draft Strategy",
            "Complete System Implementation",
            "Function-to-Action Mapping",
            "State Variables",
            "Syntax Correctness"
        ]
    );
    let template: Vec<&str> =
        contract.clauses.iter().filter_map(|clause| clause.id.strip_prefix("template.")).collect();
    let parts = [
        "header",
        "extends",
        "constants",
        "variables",
        "vars",
        "type-invariant",
        "init",
        "actions",
        "next",
        "spec",
        "type-ok",
    ];
    assert_eq!(template, parts);
    let omission = contract
        .clauses
        .iter()
        .find(|clause| clause.polarity == Polarity::Forbidden && clause.kind == ClauseKind::Exclusion);
    assert_eq!(omission.unwrap().demands, [Demand::FollowsDraft(DraftPart::InfrastructureFunctions)]);
    let output: Vec<&Demand> = contract
        .clauses
        .iter()
        .filter(|clause| clause.kind == ClauseKind::Output)
        .flat_map(|clause| &clause.demands)
        .collect();
    for demand in [
        Demand::NoProse,
        Demand::NoFences,
        Demand::NoTranslationComments,
        Demand::StartsWithHeader,
        Demand::EndsWithFooter,
    ] {
        assert!(output.contains(&&demand), "{demand:?}");
    }
    assert!(!output.contains(&&Demand::NoComments));
    assert!(contract.demands().any(|(_, demand)| *demand == Demand::Declares(Declares::Constants)));
}

/// The demands of a contract that are decided by the letter or by the draft.
fn letters(contract: &Contract) -> Vec<String> {
    let told = |demand: &Demand| !matches!(demand, Demand::Undecidable(_) | Demand::Behaviour);
    let mut result: Vec<String> =
        contract.demands().filter(|(_, demand)| told(demand)).map(|(_, demand)| format!("{demand:?}")).collect();
    result.sort();
    result.dedup();
    result
}

fn names(contract: &Contract, kind: ClauseKind) -> Vec<String> {
    let of_kind = contract.clauses.iter().filter(|clause| clause.kind == kind);
    let mut result: Vec<String> = of_kind.flat_map(|clause| &clause.names).map(|thing| thing.name.clone()).collect();
    result.sort();
    result.dedup();
    result
}

#[test]
fn the_built_in_prompts_demand_what_the_seeds_demand() {
    let Some(folder) = shared("the_built_in_prompts_demand_what_the_seeds_demand") else { return };
    for (number, name) in [("000", "etcdraft"), ("001", "raftkvs"), ("002", "draft-translation")] {
        let text = builtins().iter().find(|builtin| builtin.name == name).unwrap().text;
        let (own, seed) = (Prompt::parse(text), seed(&folder, number));
        assert_eq!(letters(own.contract()), letters(seed.contract()), "{name}");
        for kind in [ClauseKind::Action, ClauseKind::Exclusion, ClauseKind::Scope] {
            assert_eq!(names(own.contract(), kind), names(seed.contract(), kind), "{name} {kind:?}");
            assert_eq!(count(own.contract(), kind), count(seed.contract(), kind), "{name} {kind:?}");
        }
        let words = |prompt: &Prompt| {
            prompt.placeholders().iter().map(|one| one.name.clone()).collect::<std::collections::BTreeSet<_>>()
        };
        assert_eq!(words(&own), words(&seed), "{name}");
    }
}

#[test]
fn no_bullet_of_a_demanding_section_is_dropped() {
    let Some(folder) = shared("no_bullet_of_a_demanding_section_is_dropped") else { return };
    let mut dropped = Vec::new();
    for (name, text) in all_prompts(&folder) {
        let prompt = Prompt::parse(&text);
        let mut start = 0;
        let mut heading = "";
        for line in text.split_inclusive('\n') {
            let words = line.trim();
            let covered = |clause: &Clause| {
                let at = start + line.len() - line.trim_start().len();
                let behind = at + words.find(char::is_whitespace).unwrap_or(0) + 1;
                clause.span.start <= behind && behind < clause.span.end
            };
            let number = words.bytes().take_while(u8::is_ascii_digit).count();
            let item = ["- ", "* ", "• "].iter().any(|marker| words.starts_with(marker))
                || number > 0 && words[number..].starts_with(". ");
            if !item && (words.ends_with(':') || words.starts_with('#')) {
                heading = words;
            }
            // An item that is nothing but the title of the list below it.
            let title = words.ends_with(':') && words.contains("Required actions");
            if item && !title && !prompt.contract().clauses.iter().any(covered) && !heading.starts_with("Example") {
                dropped.push(format!("{name}: {words}"));
            }
            start += line.len();
        }
    }
    assert_eq!(dropped, Vec::<String>::new());
}

#[test]
fn clauses_are_whole_and_have_ids_of_their_own() {
    let Some(folder) = shared("clauses_are_whole_and_have_ids_of_their_own") else { return };
    for (name, text) in all_prompts(&folder) {
        let prompt = Prompt::parse(&text);
        let contract = prompt.contract();
        let mut ids: Vec<&str> = contract.clauses.iter().map(|clause| clause.id.as_str()).collect();
        let total = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), total, "{name}");
        for clause in &contract.clauses {
            let line = text[..clause.span.start].matches('\n').count();
            assert_eq!(clause.line, line, "{name} {}", clause.id);
            assert!(!clause.title.is_empty() && !clause.text.is_empty(), "{name} {}", clause.id);
            for thing in &clause.names {
                assert!(clause.span.contains(thing.span), "{name} {} {}", clause.id, thing.name);
            }
        }
        for (clause, demand) in contract.demands() {
            let Demand::Extends(modules) = demand else { continue };
            let known = ["TLC", "Sequences", "SequencesExt", "Naturals", "FiniteSets", "Bags", "Integers"];
            assert!(modules.iter().all(|module| known.contains(&module.as_str())), "{name} {}: {modules:?}", clause.id);
        }
        let exclusion = |clause: &Clause| clause.kind == ClauseKind::Exclusion;
        assert!(
            contract
                .clauses
                .iter()
                .filter(|clause| exclusion(clause))
                .all(|clause| clause.polarity == Polarity::Forbidden)
        );
        let required =
            |clause: &&Clause| matches!(clause.kind, ClauseKind::Action | ClauseKind::Scope | ClauseKind::Template);
        assert!(contract.clauses.iter().filter(required).all(|clause| clause.polarity == Polarity::Required), "{name}");
        let grave = prompt.findings().into_iter().find(|finding| finding.rule != "prompt/not-checked");
        assert_eq!(grave, None, "{name}");
    }
}

#[test]
fn a_prompt_for_a_configuration_file_demands_nothing_of_a_module() {
    let Some(folder) = shared("a_prompt_for_a_configuration_file_demands_nothing_of_a_module") else { return };
    let all = all_prompts(&folder);
    let mut seen = 0;
    for (name, text) in all.iter().filter(|(name, _)| name.contains("phase2_config")) {
        seen += 1;
        let prompt = Prompt::parse(text);
        assert_eq!(letters(prompt.contract()), Vec::<String>::new(), "{name}");
    }
    assert!(seen > 0);
    for (name, text) in all.iter().filter(|(name, _)| !name.contains("phase2_config") && !name.starts_with("002")) {
        let prompt = Prompt::parse(text);
        let system =
            name.trim_start_matches("2026-06__").trim_start_matches("sysmobench__").split("__").next().unwrap();
        let module = match system {
            "etcd" | "000_980ae0c644406a2d.txt" => "etcdraft",
            "001_fb92425621a40c1a.txt" => "raftkvs",
            other => other,
        };
        assert_eq!(prompt.contract().module_name(), Some(module), "{name}");
    }
}

#[test]
fn rendering_changes_placeholders_alone() {
    let Some(folder) = shared("rendering_changes_placeholders_alone") else { return };
    for (name, text) in all_prompts(&folder) {
        let prompt = Prompt::parse(&text);
        assert!(prompt.placeholders().iter().all(|placeholder| placeholder.known), "{name}");
        let values: Values = prompt
            .placeholders()
            .iter()
            .map(|placeholder| (placeholder.name.clone(), Value::Text(format!("«{} {{focus}}»", placeholder.name))))
            .collect();
        let rendered = prompt.render(&values).unwrap();
        let mut expected = String::new();
        let mut at = 0;
        for placeholder in prompt.placeholders() {
            expected += &text[at..placeholder.span.start];
            expected += &format!("«{} {{focus}}»", placeholder.name);
            at = placeholder.span.end;
        }
        expected += &text[at..];
        assert_eq!(rendered, expected, "{name}");
        // Every `{word}` and `$word` of these prompts is one that rendering fills.
        let left: Vec<&str> = text.split('$').skip(1).filter(|rest| rest.starts_with(char::is_alphabetic)).collect();
        let dollars = prompt.placeholders().iter().filter(|one| text[one.span.start..].starts_with('$')).count();
        assert_eq!(left.len(), dollars, "{name}");
    }
}

#[test]
fn drafts_give_their_functions_and_variables() {
    let Some(folder) = shared("drafts_give_their_functions_and_variables") else { return };
    let parse =
        |name: &str| Draft::parse(&fs::read_to_string(folder.join("drafts").join(name).join("draft.txt")).unwrap());
    let sizes = |draft: &Draft| {
        [&draft.core, &draft.supporting, &draft.infrastructure, &draft.variables].map(|entries| entries.len())
    };
    let (raft, lock) = (parse("etcd"), parse("spin"));
    assert_eq!(sizes(&raft), [16, 6, 4, 17]);
    assert_eq!(sizes(&lock), [3, 6, 6, 3]);
    for draft in [&raft, &lock] {
        assert!(draft.core.iter().all(|entry| entry.analysis.is_some() && !entry.text.is_empty()));
    }
}
