//! Lines above the text: how a specification fares and what its actions do; how the clauses of a prompt fare.

use std::sync::Arc;

use tla_contract_engine::{
    contract::{Verdict, VerdictCounts},
    features::{
        lens::{ActionFacts, Fairness, Reach, actions},
        symbols::module_name,
    },
};
use tower_lsp::ls_types::{CodeLens, Command, Range};

use super::contract::clauses_shown;
use crate::lsp::{analysis::Analysis, capabilities::SHOW_CONTRACT, checking::CheckedFile, convert, session::Kind};

/// So many names are told in one line, the rest is counted.
const MOST_CLAUSES: usize = 3;
const MOST_VARIABLES: usize = 6;
/// With more specifications a clause of a prompt tells how many of them meet it.
const MOST_SPECIFICATIONS: usize = 3;

/// How a specification fares, at its header, and what each action does (LSP 3.17, `textDocument/codeLens`).
pub(in crate::lsp) fn of_specification(analysis: &Analysis) -> Vec<CodeLens> {
    let snapshot = &analysis.snapshot;
    if snapshot.kind != Kind::Specification {
        return Vec::new();
    }
    let range = |span| convert::range(analysis.text(), span, snapshot.facts.encoding);
    let show = || Some(snapshot.uri.as_str());
    let header = analysis.governor.as_ref().and_then(|_| module_name(analysis.document())).map(|name| {
        lens(range(name), format!("contract: {}", VerdictCounts::of(&analysis.judgement.verdicts)), show())
    });
    let shown = clauses_shown(analysis);
    let of_action = |action: ActionFacts| {
        let clauses = shown.get(&action.name).map_or(&[][..], Vec::as_slice);
        let clauses: Vec<&str> = clauses.iter().map(|clause| clause.title.as_str()).collect();
        let shows = if clauses.is_empty() { None } else { show() };
        lens(range(action.span), told(&action, &clauses), shows)
    };
    header.into_iter().chain(actions(analysis.document(), analysis.modules()).into_iter().map(of_action)).collect()
}

/// How the clauses of a prompt fare in the specifications that it governs.
pub(in crate::lsp) fn of_prompt(analysis: &Analysis, governed: &[Arc<CheckedFile>]) -> Vec<CodeLens> {
    let Some(governor) = analysis.governor.as_ref().filter(|_| !governed.is_empty()) else { return Vec::new() };
    let clauses = governor.prompt.contract().clauses.iter().filter_map(|clause| {
        let (first, title) = of_clause(&clause.id, governed)?;
        let line = analysis.text().line_span(clause.line);
        let range = convert::range(analysis.text(), line, analysis.snapshot.facts.encoding);
        Some(lens(range, title, Some(first.uri().as_str())))
    });
    clauses.collect()
}

/// How a clause fares in the specifications that its prompt governs, and the first of them.
pub(super) fn of_clause<'g>(id: &str, governed: &'g [Arc<CheckedFile>]) -> Option<(&'g CheckedFile, String)> {
    let verdicts: Vec<(&CheckedFile, Verdict)> =
        governed.iter().filter_map(|file| Some((&**file, file.verdict(id)?))).collect();
    let (first, _) = verdicts.first()?;
    let title = if verdicts.len() <= MOST_SPECIFICATIONS {
        let each = verdicts.iter().map(|(file, verdict)| format!("{}: {}", file.file_name(), verdict.word()));
        each.collect::<Vec<_>>().join(" · ")
    } else {
        counted(verdicts.iter().map(|(_, verdict)| *verdict))
    };
    Some((first, title))
}

/// `met by 12 of 30 specifications, missing in 5`.
fn counted(verdicts: impl Iterator<Item = Verdict>) -> String {
    let verdicts: Vec<Verdict> = verdicts.collect();
    let count = |wanted: Verdict| verdicts.iter().filter(|verdict| **verdict == wanted).count();
    let mut title =
        format!("met by {} of {} specifications", count(Verdict::Met) + count(Verdict::Equivalent), verdicts.len());
    for (verdict, word) in [
        (Verdict::Violated, "violated"),
        (Verdict::Missing, "missing"),
        (Verdict::Declared, "declared only"),
        (Verdict::NotChecked, "not checked"),
    ] {
        match count(verdict) {
            0 => {}
            some => title.push_str(&format!(", {word} in {some}")),
        }
    }
    title
}

/// `meets Voting · writes votes, term · reached by Next · weakly fair`.
fn told(action: &ActionFacts, clauses: &[&str]) -> String {
    let mut parts = Vec::new();
    if !clauses.is_empty() {
        parts.push(format!("meets {}", listed(clauses, MOST_CLAUSES)));
    }
    let variables: Vec<&str> = action.writes.iter().map(String::as_str).collect();
    parts.push(match variables.as_slice() {
        [] => "writes nothing".to_owned(),
        some => format!("writes {}", listed(some, MOST_VARIABLES)),
    });
    match action.reach {
        Reach::ByNext => parts.push("reached by Next".to_owned()),
        Reach::Never => parts.push("never reached".to_owned()),
        Reach::IsNext | Reach::Unknown => {}
    }
    match action.fairness {
        Some(Fairness::Weak) => parts.push("weakly fair".to_owned()),
        Some(Fairness::Strong) => parts.push("strongly fair".to_owned()),
        None => {}
    }
    parts.join(" · ")
}

fn listed(names: &[&str], most: usize) -> String {
    let shown = names.iter().take(most).copied().collect::<Vec<_>>().join(", ");
    if names.len() > most { format!("{shown} and {} more", names.len() - most) } else { shown }
}

/// A line that shows a contract when it is clicked, or does nothing.
fn lens(range: Range, title: String, contract: Option<&str>) -> CodeLens {
    let command = match contract {
        Some(uri) => {
            Command { title, command: SHOW_CONTRACT.to_owned(), arguments: Some(vec![serde_json::json!(uri)]) }
        }
        None => Command { title, command: String::new(), arguments: None },
    };
    CodeLens { range, command: Some(command), data: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(listed(&["a", "b"], 2), "a, b");
        assert_eq!(listed(&["a", "b", "c", "d"], 2), "a, b and 2 more");
    }

    #[test]
    fn of_many_specifications_the_verdicts_are_counted() {
        use Verdict::{Equivalent, Met, Missing, Violated};
        let title = counted([Met, Equivalent, Missing, Violated, Met].into_iter());
        assert_eq!(title, "met by 3 of 5 specifications, violated in 1, missing in 1");
    }
}
