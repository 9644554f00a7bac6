//! What is found in one snapshot of a document: which prompt governs it, its verdicts and findings, its safe fixes.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use tla_contract_engine::{
    Judgement, ModuleSource, NoModules, Setting,
    config::Config,
    contract::Clause,
    diagnostic::{Edit, Finding, Safety, Span},
    judge,
    prompt::Prompt,
    text::Text,
};
use tower_lsp::ls_types::Uri;

use super::{
    convert,
    session::{Kind, Snapshot, Surroundings},
};
use crate::files::{FileProblem, Governing, How, Workspace};

/// The rounds of judging and fixing until no safe fix is left.
const MOST_ROUNDS: usize = 8;

/// The prompt that a specification is held to, or the prompt that a document is.
pub(super) struct Governor {
    pub(super) prompt: Arc<Prompt>,
    /// As it is shown to people.
    pub(super) name: String,
    /// Where it can be opened; `None` for a built-in prompt.
    pub(super) uri: Option<Uri>,
    pub(super) text: Text,
}

/// What is found in one document at one moment.
pub(super) struct Analysis {
    pub(super) snapshot: Snapshot,
    pub(super) governor: Option<Governor>,
    pub(super) how: How,
    pub(super) judgement: Judgement,
    /// Settings and prompts that can't be read.
    pub(super) problems: Vec<FileProblem>,
    config: Config,
    modules: Box<dyn ModuleSource + Send + Sync>,
    safe_edits: OnceLock<Vec<Edit>>,
}

impl Analysis {
    /// Analyses a snapshot. Reads files and takes as long as the engine does.
    pub(super) fn of(snapshot: Snapshot) -> Self {
        match snapshot.kind {
            Kind::Specification => Self::of_specification(snapshot),
            Kind::Prompt => Self::of_prompt(snapshot),
            Kind::Settings => {
                let workspace = workspace_of(&snapshot);
                let problems = workspace.governing(&place(&snapshot), None, None).problems;
                Self { problems, ..Self::empty(snapshot) }
            }
            Kind::Other => Self::empty(snapshot),
        }
    }

    fn empty(snapshot: Snapshot) -> Self {
        Self {
            snapshot,
            governor: None,
            how: How::None,
            judgement: Judgement::default(),
            problems: Vec::new(),
            config: Config::default(),
            modules: Box::new(NoModules),
            safe_edits: OnceLock::new(),
        }
    }

    fn of_prompt(snapshot: Snapshot) -> Self {
        let workspace = workspace_of(&snapshot);
        let Governing { config, .. } = workspace.governing(&place(&snapshot), None, None);
        let text = snapshot.document.text().clone();
        let prompt = Arc::new(Prompt::parse(&text.to_string()));
        let mut findings = prompt.findings();
        config.apply(&mut findings);
        let governor = Governor { prompt, name: snapshot.uri.to_string(), uri: Some(snapshot.uri.clone()), text };
        let judgement = Judgement { findings, ..Judgement::default() };
        Self { governor: Some(governor), judgement, config, ..Self::empty(snapshot) }
    }

    fn of_specification(snapshot: Snapshot) -> Self {
        let workspace = workspace_of(&snapshot);
        let path = place(&snapshot);
        let modules = workspace.modules(&path);
        let Governing { prompt, how, config, problems, .. } = {
            let module = module_name(&snapshot, modules.as_ref());
            let found = workspace.governing(&path, module.as_deref(), None);
            with_open_prompts(found, &snapshot.surroundings, module.as_deref())
        };
        let governor = prompt.map(|loaded| {
            let path = loaded.path.as_deref();
            let open = path.and_then(|path| snapshot.surroundings.open.get(path));
            Governor {
                uri: open.map(|open| open.uri.clone()).or_else(|| path.and_then(convert::uri)),
                text: Text::from(loaded.prompt.text()),
                name: loaded.name,
                prompt: loaded.prompt,
            }
        });
        let mut analysis = Self { governor, how, problems, config, modules, ..Self::empty(snapshot) };
        analysis.judgement = judge(&analysis.snapshot.document, analysis.setting());
        analysis
    }

    fn setting(&self) -> Setting<'_> {
        Setting {
            contract: self.governor.as_ref().map(|governor| governor.prompt.contract()),
            config: &self.config,
            file_stem: self.snapshot.path.as_deref().and_then(Path::file_stem).and_then(|stem| stem.to_str()),
            modules: self.modules.as_ref(),
        }
    }

    pub(super) fn text(&self) -> &Text {
        self.snapshot.document.text()
    }

    /// The clause that a finding breaks.
    pub(super) fn clause(&self, finding: &Finding) -> Option<&Clause> {
        self.governor.as_ref()?.prompt.contract().clause(finding.clause.as_deref()?)
    }

    /// The edits of all safe fixes, the fixes of what they bring up included; empty when there is nothing to fix.
    pub(super) fn safe_edits(&self) -> &[Edit] {
        self.safe_edits.get_or_init(|| {
            let first = edits_of_safe_fixes(&self.judgement.findings);
            if first.is_empty() || self.snapshot.kind != Kind::Specification {
                return first;
            }
            let mut document = self.snapshot.document.edited(&from_the_end(&first));
            let mut rounds = 1;
            loop {
                let edits = edits_of_safe_fixes(&judge(&document, self.setting()).findings);
                if edits.is_empty() || rounds == MOST_ROUNDS {
                    break;
                }
                document = document.edited(&from_the_end(&edits));
                rounds += 1;
            }
            if rounds == 1 { first } else { vec![difference(self.text(), document.text())] }
        })
    }
}

/// The edits of the safe fixes of findings, in order of place. A fix whose edits would touch those of another is left
/// out as a whole: it comes again when the other is done.
fn edits_of_safe_fixes(findings: &[Finding]) -> Vec<Edit> {
    let mut taken: Vec<Edit> = Vec::new();
    let fixes =
        findings.iter().flat_map(|finding| finding.fixes.iter().filter(|fix| fix.safety == Safety::Safe).take(1));
    for fix in fixes {
        let new: Vec<&Edit> = fix.edits.iter().filter(|edit| !taken.contains(edit)).collect();
        let clashes = |edit: &Edit| {
            taken.iter().any(|other| edit.span.start <= other.span.end && other.span.start <= edit.span.end)
        };
        if !new.iter().any(|edit| clashes(edit)) {
            let new: Vec<Edit> = new.into_iter().cloned().collect();
            taken.extend(new);
        }
    }
    taken.sort();
    taken
}

/// Edits of one text in an order in which they can be made one after the other.
fn from_the_end(edits: &[Edit]) -> Vec<Edit> {
    edits.iter().rev().cloned().collect()
}

/// One edit that makes the one text the other: all but the lines that both begin and end with.
fn difference(old: &Text, new: &Text) -> Edit {
    let (old, new) = (old.to_string(), new.to_string());
    let common = |pairs: &mut dyn Iterator<Item = (&str, &str)>| -> usize {
        pairs.take_while(|(one, other)| one == other).map(|(line, _)| line.len()).sum()
    };
    let lines = |text| str::split_inclusive(text, '\n');
    let start = common(&mut lines(&old).zip(lines(&new)));
    let end = common(&mut lines(&old[start..]).rev().zip(lines(&new[start..]).rev()));
    Edit::replace(Span::new(start, old.len() - end), &new[start..new.len() - end])
}

fn module_name(snapshot: &Snapshot, modules: &dyn ModuleSource) -> Option<String> {
    let setting = Setting { contract: None, config: &Config::default(), file_stem: None, modules };
    judge(&snapshot.document, setting).module
}

/// The path of a document; one that has no file yet counts as lying in the first folder that is open.
fn place(snapshot: &Snapshot) -> PathBuf {
    snapshot.path.clone().unwrap_or_else(|| {
        let folder = snapshot.surroundings.folders.first().cloned().unwrap_or_default();
        folder.join("untitled.tla")
    })
}

fn workspace_of(snapshot: &Snapshot) -> Arc<Workspace> {
    let place = place(snapshot);
    let folder = place.parent().unwrap_or(Path::new("."));
    snapshot.surroundings.disk.workspace(folder)
}

/// Puts the unsaved text of open prompts in the place of what the files say.
fn with_open_prompts(mut governing: Governing, surroundings: &Surroundings, module: Option<&str>) -> Governing {
    let opened = |path: &Path| surroundings.open.get(path);
    if let Some(loaded) = &mut governing.prompt
        && let Some(open) = loaded.path.as_deref().and_then(opened)
    {
        loaded.prompt = open.prompt();
    }
    let _ = module;
    governing
}

#[cfg(test)]
mod tests {
    use tla_contract_engine::diagnostic::{Fix, Severity};

    use super::*;

    fn finding(edits: Vec<Edit>) -> Finding {
        let fix = Fix { title: String::new(), safety: Safety::Safe, edits };
        Finding::new("reply/x", Severity::Error, Span::at(0), "").with_fix(fix)
    }

    #[test]
    fn a_fix_that_clashes_is_left_out_as_a_whole() {
        let one = Edit::replace(Span::new(0, 4), "one");
        let findings = [
            finding(vec![one.clone()]),
            finding(vec![Edit::insert(2, "x"), Edit::insert(9, "y")]),
            finding(vec![one.clone(), Edit::insert(20, "z")]),
        ];
        assert_eq!(edits_of_safe_fixes(&findings), [one, Edit::insert(20, "z")]);
    }

    #[test]
    fn the_difference_leaves_common_lines_alone() {
        let edit = difference(&Text::from("a\nb\nc\n"), &Text::from("a\nx\ny\nc\n"));
        assert_eq!(edit, Edit::replace(Span::new(2, 4), "x\ny\n"));
        let same = difference(&Text::from("a\na\n"), &Text::from("a\na\na\n"));
        assert_eq!(same, Edit::insert(4, "a\n"));
    }
}
