//! Demands of the letter: what a sentence asks of the reply's form, its header, EXTENDS, fairness, invariants.

use crate::contract::{ClauseKind, Demand, DraftPart};

use super::{
    template::{header_name, is_filled_in},
    wording::{find_word, has_any, has_word, is_negated, is_prohibition, sentences},
};

/// Why a demand that speaks of the configuration file is not held against the module.
pub(super) const OF_CONFIGURATION: &str = "it speaks of the TLC configuration, not of the module";
pub(super) const OF_FAITHFULNESS: &str = "faithfulness to the source can't be read off the module";
pub(super) const OF_WORK: &str = "it tells how to work, not what the module holds";
pub(super) const OF_OTHER_CLAUSES: &str = "each name is held to its own clause";
pub(super) const ONLY_PERMITTED: &str = "the prompt permits it and does not ask for it";

/// Everything that the words of one clause ask for by the letter, each once, in a fixed order.
pub(super) fn demands(text: &str, kind: ClauseKind) -> Vec<Demand> {
    let mut found = Vec::new();
    for span in sentences(text, 0) {
        sentence_demands(&text[span.start..span.end], text, kind, &mut found);
    }
    let mut result: Vec<Demand> = Vec::new();
    for demand in found {
        if !result.contains(&demand) {
            result.push(demand);
        }
    }
    // Blocks and JSON say themselves what may be fenced.
    if result.iter().any(|demand| matches!(demand, Demand::FencedBlocks(_))) {
        result.retain(|demand| *demand != Demand::NoFences);
    }
    if let Some(first) = result.iter().position(|demand| matches!(demand, Demand::JsonObject(_))) {
        let mut fields = Vec::new();
        for demand in &result {
            if let Demand::JsonObject(some) = demand {
                fields.extend(some.iter().filter(|field| !fields.contains(*field)).cloned().collect::<Vec<_>>());
            }
        }
        result[first] = Demand::JsonObject(fields);
        let mut seen = false;
        result.retain(|demand| !matches!(demand, Demand::JsonObject(_)) || !std::mem::replace(&mut seen, true));
    }
    result
}

fn sentence_demands(sentence: &str, clause: &str, kind: ClauseKind, found: &mut Vec<Demand>) {
    let lower = sentence.to_ascii_lowercase();
    let of_output = matches!(kind, ClauseKind::Output | ClauseKind::Other | ClauseKind::Translation);
    if let Some(name) = module_name(sentence, &lower) {
        found.push(Demand::ModuleName(name));
    }
    if let Some(modules) = extends(sentence, &lower) {
        found.push(Demand::Extends(modules));
    }
    let blocks = of_output.then(|| fenced_blocks(&lower)).flatten();
    let has_blocks = blocks.is_some();
    found.extend(blocks.map(Demand::FencedBlocks));
    let of_configuration = !has_blocks && speaks_of_configuration(sentence, &lower);
    if of_output {
        if let Some(fields) = json_object(sentence, &lower) {
            found.push(Demand::JsonObject(fields));
        }
        if !has_blocks && forbids_fences(&lower) && (!of_configuration || lower.contains("json")) {
            found.push(Demand::NoFences);
        }
        if forbids_prose(&lower) {
            found.push(Demand::NoProse);
        }
        found.extend(comments(&lower));
        if starts_with_header(sentence, &lower) {
            found.push(Demand::StartsWithHeader);
        }
        if ends_with_footer(&lower) {
            found.push(Demand::EndsWithFooter);
        }
    }
    if !of_configuration && forbids_invariants(&lower, kind) {
        found.push(Demand::NoInvariants { allowed: allowed_invariants(clause) });
    }
    if !of_configuration {
        found.extend(fairness(sentence, &lower, kind));
        let forbids = found.iter().any(|demand| matches!(demand, Demand::NoInvariants { .. }));
        if of_output && !forbids {
            found.extend(definitions(sentence, &lower));
        }
    }
    if asks_for_sany(&lower) {
        found.push(Demand::SanyAccepts);
    }
}

/// The words of an exclusion or another item that is fairness or an invariant, by the letter.
pub(super) fn speaks_of_configuration(sentence: &str, lower: &str) -> bool {
    has_any(lower, &[".cfg", "```cfg", "tlc configuration", "configuration file"])
        || has_word(sentence, "INVARIANT")
        || has_word(sentence, "PROPERTY")
        || has_word(sentence, "CHECK_DEADLOCK")
}

fn module_name(sentence: &str, lower: &str) -> Option<String> {
    let places = [
        "module name",
        "name of the module",
        "module must be named",
        "module must be called",
        "module should be named",
        "module named",
        "module called",
        "name the module",
        "call the module",
        "module is named",
        "module is called",
        "module is to be named",
        "module is to be called",
        "module has to be named",
        "module has to be called",
    ];
    let at = places.iter().find_map(|place| lower.find(place).map(|at| at + place.len()))?;
    quoted(&sentence[at..])
        .or_else(|| named_in_header(sentence))
        .or_else(|| {
            // "the module name must be exactly etcdraft", "Name the module etcdraft"
            let mut words =
                sentence[at..].split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
            let small =
                ["must", "should", "be", "is", "remain", "exactly", "to", "shall", "stay", "as", "equal", "precisely"];
            words.find(|word| !small.contains(&word.to_ascii_lowercase().as_str()))
        })
        .filter(|name| is_identifier(name) && !is_filled_in(name) && !is_english(name))
        .map(str::to_owned)
}

/// A common word is no module name: "the module name must match the system".
fn is_english(word: &str) -> bool {
    [
        "and",
        "the",
        "a",
        "an",
        "match",
        "same",
        "unchanged",
        "in",
        "of",
        "for",
        "valid",
        "not",
        "structure",
        "you",
        "with",
    ]
    .contains(&word)
}

/// The name in the first `MODULE name` of a text.
pub(super) fn named_in_header(text: &str) -> Option<&str> {
    let at = find_word(text, "MODULE")? + "MODULE".len();
    let rest = text[at..].trim_start();
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let name = &rest[..end];
    let header = text[..at].trim_end().trim_end_matches("MODULE").trim_end().ends_with("--")
        || rest[end..].trim_start().starts_with(['-', ')'])
        || header_name(text).is_some();
    (header && is_identifier(name) && !is_filled_in(name)).then_some(name)
}

/// The first text between quotes or back-ticks.
fn quoted(text: &str) -> Option<&str> {
    let (at, open) = text.char_indices().find(|(_, c)| "\"`“'".contains(*c))?;
    let close = if open == '“' { '”' } else { open };
    let inner = &text[at + open.len_utf8()..];
    let name = &inner[..inner.find(close)?];
    Some(named_in_header(name).unwrap_or(name))
}

fn is_identifier(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_') && name.chars().any(char::is_alphabetic)
}

fn extends(sentence: &str, lower: &str) -> Option<Vec<String>> {
    let asked = has_any(lower, &["must", "required", "at least", "include", "shall", "should", "has to", "needs to"])
        || lower.trim_start_matches(['*', ' ', '`']).starts_with("extend")
        || lower.trim_start_matches(['*', ' ', '`']).starts_with("use extends");
    let speaks = has_word(lower, "extends") || has_word(lower, "extend") || has_word(lower, "extending");
    if !asked || !speaks {
        return None;
    }
    let leads = ["modules:", "modules", "module:", "module", ":"];
    let named = lower.find("extend")?;
    let behind = |lead: &&str| {
        // A colon before the word sets off a title: "Be complete: Include all EXTENDS".
        let at = lower.rfind(*lead).filter(|at| *lead != ":" || *at > named)?;
        let list = module_list(&sentence[at + lead.len()..]);
        (!list.is_empty()).then_some(list)
    };
    let before = || {
        // "Include Naturals and Bags in EXTENDS."
        lower.find("in extends").or_else(|| lower.find("in the extends"))?;
        let verb = ["include ", "list ", "add "].iter().find_map(|verb| lower.find(verb).map(|at| at + verb.len()))?;
        let list = module_list(&sentence[verb..]);
        (!list.is_empty()).then_some(list)
    };
    let listed = before().or_else(|| leads.iter().find_map(behind));
    let at = find_word(sentence, "EXTENDS").map(|at| at + "EXTENDS".len());
    let list = listed
        .or_else(|| at.map(|at| module_list(&sentence[at..])))
        .or_else(|| find_word(lower, "extend").map(|at| module_list(&sentence[at + "extend".len()..])))?;
    (!list.is_empty()).then_some(list)
}

/// `: A, B and C` as names; stops at the first word that is none.
fn module_list(text: &str) -> Vec<String> {
    let mut result = Vec::new();
    let mut rest = text.trim_start_matches(['*', ':', ' ', '`', '(', '-', '—', '\n']);
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let word = &rest[..end];
        let keyword = matches!(word, "CONSTANTS" | "VARIABLES" | "CONSTANT" | "VARIABLE" | "MUST" | "AND" | "ALL");
        if keyword || !word.starts_with(|c: char| c.is_ascii_uppercase()) {
            return result;
        }
        result.push(word.to_owned());
        let separator = rest[end..].trim_start_matches([' ', '`', '*', '\n']);
        let behind = separator.trim_start_matches([',', ' ', '`', '*', '\n']);
        let next = behind.strip_prefix("and ").unwrap_or(behind).trim_start_matches([' ', '`', '*']);
        if next.len() == rest[end..].len() || !(separator.starts_with(',') || behind.starts_with("and ")) {
            return result;
        }
        rest = next;
    }
}

/// The language tags of the fenced blocks that a sentence asks for; an empty tag stands for any.
fn fenced_blocks(lower: &str) -> Option<Vec<String>> {
    let places = ["fenced", "code block", "code fence", "```"];
    let at = places.iter().filter_map(|place| lower.find(place)).min()?;
    let asked =
        ["exactly", "wrap", "enclose", "put ", "place ", "inside a", "within a", "use a", "in a ", "in two", "as two"]
            .iter()
            .any(|word| lower.find(word).is_some_and(|found| found <= at + 40 && !is_negated(lower, found)));
    let contained = has_any(lower, &["block contains", "block holds", "outside the fence", "outside the block"]);
    if !asked || is_negated(lower, at) || (contained && !lower.contains("exactly")) || lower.contains("json") {
        return None;
    }
    let mut tags: Vec<String> = Vec::new();
    for (at, _) in lower.match_indices("```") {
        let tag: String = lower[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '+').collect();
        if !tag.is_empty() && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    if tags.is_empty() {
        let count = if has_any(lower, &["two ", "2 "]) { 2 } else { 1 };
        tags = vec![String::new(); count];
    }
    Some(tags)
}

fn forbids_fences(lower: &str) -> bool {
    let places =
        ["markdown", "code block", "code fence", "fences", "```", "formatting marker", "format marker", "backtick"];
    places.iter().any(|place| {
        lower.match_indices(place).any(|(at, _)| {
            let outside = lower[at..].starts_with("markdown outside") || lower[..at].ends_with("outside the ");
            !outside && is_negated(lower, at)
        })
    })
}

fn forbids_prose(lower: &str) -> bool {
    let only = [
        "return only",
        "output only",
        "only the tla",
        "only pure tla",
        "just the fixed",
        "just the tla",
        "respond only",
        "respond with only",
        "only output",
        "only return",
        "nothing else",
        "nothing but",
        "module only",
        "specification only",
        "code only",
        "solely of",
        "only the raw",
        "only the module",
        "only the spec",
        "write only",
        "give only",
        "provide only",
        "only the corrected",
        "only the complete",
        "reply only",
        "reply with only",
    ];
    let denied = [
        "explanation",
        "prose",
        "natural language",
        "text outside",
        "commentary",
        "additional text",
        "extra text",
        "text before",
    ];
    has_any(lower, &only) && !lower.contains("if only")
        || denied.iter().any(|place| lower.match_indices(place).any(|(at, _)| is_negated(lower, at)))
}

fn comments(lower: &str) -> Option<Demand> {
    let (at, _) = lower.match_indices("comment").find(|(at, found)| {
        let behind = lower[at + found.len()..].chars().next();
        behind.is_none_or(|c| c == 's' || !c.is_alphanumeric()) && is_negated(lower, *at)
    })?;
    let behind = lower[at..].trim_start_matches("comments").trim_start_matches("comment");
    // What lies outside of the module or its fences is prose, not a comment of the module.
    let until = behind.find([';', '.']).unwrap_or(behind.len());
    let list = &behind[..until];
    if list.contains("outside") {
        return None;
    }
    let about = [" about", " on the", " describing", " explaining", " regarding", " concerning"];
    if about.iter().any(|word| behind.starts_with(word)) {
        let own = has_any(list, &["translation", "process", "conversion", "source", "draft", "reasoning", "how "]);
        return own.then_some(Demand::NoTranslationComments);
    }
    Some(Demand::NoComments)
}

fn starts_with_header(sentence: &str, lower: &str) -> bool {
    let verbs = ["start", "begin", "first line"];
    verbs.iter().filter_map(|verb| lower.find(verb)).any(|at| {
        let until = lower[at..].find(" end").map_or(lower.len(), |end| at + end);
        let behind = &lower[at..until.max(at)];
        !is_negated(lower, at)
            && (has_word(&sentence[at..until.max(at)], "MODULE")
                || has_any(
                    behind,
                    &["module declaration", "module header", "module line", "module statement", "---- module"],
                ))
    })
}

fn ends_with_footer(lower: &str) -> bool {
    ["end ", "ends ", "ending ", "finish", "last line", "close "].iter().any(|verb| {
        lower.match_indices(verb).any(|(at, _)| {
            has_any(&lower[at..], &["====", "terminator", "module footer", "footer", "closing ==", "module end"])
                && !lower[..at].ends_with(|c: char| c.is_alphanumeric())
        })
    })
}

fn forbids_invariants(lower: &str, kind: ClauseKind) -> bool {
    let text = lower.trim_start_matches(['*', '`', ' ']);
    if kind == ClauseKind::Exclusion {
        let starts =
            ["invariant", "safety invariant", "defining invariant", "definition of invariant", "type invariant"];
        return starts.iter().any(|word| text.starts_with(word)) || text.contains("invariant definition");
    }
    let verbs = [
        "define",
        "include",
        "add ",
        "write",
        "introduce",
        "declare",
        "no invariant",
        "without invariant",
        "any invariant",
    ];
    lower.match_indices("invariant").any(|(at, _)| {
        let from = at.saturating_sub(60);
        let near = lower.get(from..at + 9).unwrap_or(lower);
        is_negated(lower, at) && has_any(near, &verbs)
    })
}

/// Names that a prohibition of invariants excepts: "only include TypeOK, Init, …", "except TypeOK".
fn allowed_invariants(clause: &str) -> Vec<String> {
    let lower = clause.to_ascii_lowercase();
    let leads = [
        "only include",
        "include only",
        "only define",
        "define only",
        "except for",
        "except",
        "other than",
        "besides",
        "apart from",
    ];
    let Some(at) = leads.iter().find_map(|lead| find_word(&lower, lead).map(|at| at + lead.len())) else {
        return Vec::new();
    };
    let until = clause[at..].find(". ").map_or(clause.len(), |end| at + end);
    let words = clause[at..until].split(|c: char| !c.is_alphanumeric() && c != '_');
    let mut result: Vec<String> = Vec::new();
    for word in words.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()) && word.len() > 1) {
        if !result.iter().any(|known| known == word) {
            result.push(word.to_owned());
        }
    }
    result
}

fn fairness(sentence: &str, lower: &str, kind: ClauseKind) -> Option<Demand> {
    let operator = |text: &str| text.contains("WF_") || text.contains("SF_");
    let fixed = lower.contains("[][next]_")
        && !operator(sentence)
        && has_any(lower, &["exactly", "must be", "fixed", "precisely"]);
    if fixed && !lower.contains("fairness") {
        return Some(Demand::NoFairness);
    }
    let at = find_word(lower, "fairness").or_else(|| sentence.find("WF_")).or_else(|| sentence.find("SF_"))?;
    let strict = has_word(sentence, "Spec")
        || operator(sentence)
        || has_any(
            lower,
            &["weak fairness", "strong fairness", "fairness assumption", "fairness condition", "fairness constraint"],
        )
        || has_any(lower, &["fairness clause", "fairness conjunct", "fairness formula", "fairness propert"]);
    if kind == ClauseKind::Exclusion {
        let subject = lower.trim_start_matches(['*', '`', '-', ' ']);
        let short = subject.starts_with("fairness") && subject.split_whitespace().count() <= 5
            || subject.starts_with("liveness and fairness")
            || subject.starts_with("fairness and liveness");
        return (strict || short).then_some(Demand::NoFairness);
    }
    // "Fairness must not be part of it"
    if lower.trim_start_matches(['*', ' ']).starts_with("fairness") && is_prohibition(lower) {
        return Some(Demand::NoFairness);
    }
    if is_negated(lower, at) || fixed {
        return (strict || kind == ClauseKind::Output).then_some(Demand::NoFairness);
    }
    (strict || kind == ClauseKind::Output).then_some(Demand::Fairness)
}

/// "must define `Init` and `Next`", "the Spec definition should include Init and Next".
fn definitions(sentence: &str, lower: &str) -> Vec<Demand> {
    let leads = [
        "must define",
        "should define",
        "definition should include",
        "definition must include",
        "must contain definitions of",
    ];
    let opens = lower.trim_start_matches(['*', ' ']).starts_with("define ").then_some(0);
    let Some(at) = opens.or_else(|| leads.iter().find_map(|lead| lower.find(lead).map(|at| at + lead.len()))) else {
        return Vec::new();
    };
    ["Init", "Next", "Spec", "TypeOK", "TypeInvariant", "vars", "Vars"]
        .into_iter()
        .filter(|name| has_word(&sentence[at..], name))
        .map(|name| Demand::Defines(name.to_owned()))
        .collect()
}

fn asks_for_sany(lower: &str) -> bool {
    let sany = has_word(lower, "sany")
        && has_any(lower, &["pass", "accept", "valid", "without error", "will reject", "flag it"]);
    sany || has_any(
        lower,
        &[
            "syntax error",
            "syntactic correctness",
            "syntactically correct",
            "syntactically valid",
            "proper tla+ syntax",
            "valid tla+ syntax",
            "compilable",
            "it compiles",
            "must compile",
            "semantic errors",
            "properly declared",
            "declared or defined",
            "is it (a) brought in",
            "syntax issue",
            "missing variable",
            "missing operator",
            "missing definition",
        ],
    )
}

fn json_object(sentence: &str, lower: &str) -> Option<Vec<String>> {
    let fields = json_fields(sentence);
    let asked = has_word(lower, "json") && !lower.contains("wrap the json")
        || has_any(lower, &["start with {", "end with }", "both fields are required", "fields are required"]);
    (asked || !fields.is_empty() && sentence.contains('{')).then_some(fields)
}

/// The keys of an object that is shown in a sentence, or the quoted words behind "fields".
fn json_fields(sentence: &str) -> Vec<String> {
    let named = ["field", "key"].iter().filter_map(|word| sentence.find(word)).min();
    let (from, shown) = match (sentence.find('{'), named) {
        (Some(open), _) => (open, true),
        (None, Some(named)) => (named, false),
        (None, None) => return Vec::new(),
    };
    let mut result = Vec::new();
    let mut rest = &sentence[from..];
    while let Some(at) = rest.find(['"', '`']) {
        let quote = rest.as_bytes()[at];
        let inner = &rest[at + 1..];
        let Some(close) = inner.find(char::from(quote)) else { break };
        let key = &inner[..close];
        rest = &inner[close + 1..];
        if (!shown || rest.trim_start().starts_with(':')) && is_identifier(key) {
            result.push(key.to_owned());
        }
    }
    result
}

/// The parts of a draft analysis that a clause holds the module to.
pub(super) fn draft_parts(text: &str) -> Vec<DraftPart> {
    let lower = text.to_ascii_lowercase();
    let mut result = Vec::new();
    if has_any(&lower, &["core function", "core action", "functions to model", "function-to-action"]) {
        result.push(DraftPart::CoreFunctions);
    }
    if has_any(&lower, &["helper function", "supporting function"]) {
        result.push(DraftPart::SupportingFunctions);
    }
    if has_any(&lower, &["infrastructure function", "functions to omit"]) {
        result.push(DraftPart::InfrastructureFunctions);
    }
    let variables = ["essential state variable", "essential variable", "what state variables", "essential state"];
    if has_any(&lower, &variables) {
        result.push(DraftPart::Variables);
    }
    result
}

/// Why a sentence can't be decided from a module, if it is one of those.
pub(super) fn undecidable(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    let makes =
        ["write", "generate", "create", "convert", "translate", "produce", "develop", "model", "construct", "build"];
    let subject = has_word(&lower, "specification") || has_word(&lower, "spec") || has_word(&lower, "module");
    if lower.contains("tla+") && subject && makes.iter().any(|verb| lower.starts_with(verb)) {
        return Some(OF_FAITHFULNESS);
    }
    if ["fix ", "repair ", "correct "].iter().any(|verb| lower.starts_with(verb)) {
        return Some(OF_WORK);
    }
    let faithful = [
        "accurately",
        "source code",
        "maintain original intent",
        "original intent",
        "protocol intent",
        "key behaviors",
        "key behaviours",
        "following the draft",
        "faithful",
        "to a comprehensive tla+",
        "traces to a",
        "to tla+",
        "complete tla+ specification",
        "into a tla+ specification",
        "into tla+",
        "tla+ specification of",
        "captures the core",
        "tla+ module that",
        "tla+ specification that",
        "what the code does",
        "consistency with",
    ];
    if has_any(&lower, &faithful) {
        return Some(OF_FAITHFULNESS);
    }
    let work = [
        "review the draft",
        "read the",
        "carefully",
        "before emitting",
        "token limit",
        "fix errors",
        "please fix",
        "fixes these errors",
        "best practices",
        "follow tla+",
        "self-contained",
        "double-check",
        "think step",
        "focus on modeling",
    ];
    has_any(&lower, &work).then_some(OF_WORK)
}

/// The last part of an output clause's id: what it demands, the most telling demand first.
pub(super) fn slug(demands: &[Demand]) -> Option<&'static str> {
    // A header line that is to come first also tells the name; the line is what such a clause is about.
    let opens = demands.contains(&Demand::StartsWithHeader);
    let ranked = demands.iter().filter_map(|demand| match demand {
        Demand::ModuleName(_) if opens => None,
        Demand::ModuleName(_) => Some((0, "module-name")),
        Demand::Extends(_) => Some((1, "extends")),
        Demand::FencedBlocks(_) => Some((2, "blocks")),
        Demand::JsonObject(_) => Some((3, "json")),
        Demand::Fairness | Demand::NoFairness => Some((4, "fairness")),
        Demand::NoInvariants { .. } => Some((5, "invariants")),
        Demand::StartsWithHeader => Some((6, "first-line")),
        Demand::EndsWithFooter => Some((7, "last-line")),
        Demand::NoComments | Demand::NoTranslationComments => Some((8, "comments")),
        Demand::NoFences => Some((9, "fences")),
        Demand::NoProse => Some((10, "prose")),
        Demand::SanyAccepts => Some((11, "sany")),
        Demand::Defines(_) => Some((12, "definitions")),
        Demand::Undecidable(why) if why == OF_CONFIGURATION => Some((13, "configuration")),
        _ => None,
    });
    ranked.min().map(|(_, slug)| slug)
}

#[cfg(test)]
mod tests;
