//! What is found in one snapshot of a document: which prompt governs it, its verdicts and findings, its safe fixes.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use similar::{DiffOp, TextDiff};
use tla_contract_engine::{
    Document, Judgement, ModuleSource, NoModules, Setting,
    config::Config,
    contract::{Clause, Verdict},
    diagnostic::{Edit, Finding, Safety, Span},
    judge,
    prompt::{Prompt, draft::Draft},
    repair::repair,
    text::Text,
};
use tower_lsp::ls_types::Uri;

use super::{
    convert,
    modules::{Footing, Modules},
    session::{Kind, Session, Snapshot},
};
use crate::files::{FileProblem, Governing, How, Workspace, is_same_file, is_specification};

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
    document: Arc<Document>,
    pub(super) governor: Option<Governor>,
    pub(super) how: How,
    pub(super) judgement: Judgement,
    /// Settings and prompts that are wrong or can't be read.
    pub(super) problems: Vec<FileProblem>,
    /// What a person may want to know about the choice of the prompt.
    pub(super) notes: Vec<String>,
    config: Config,
    draft: Option<Draft>,
    modules: Option<Modules>,
    safe_edits: OnceLock<Vec<Edit>>,
}

impl Analysis {
    /// Analyses a snapshot of which `document` is the specification. Reads files and takes as long as the engine does.
    pub(super) fn of(session: &Arc<Session>, snapshot: Snapshot, document: Arc<Document>) -> Self {
        match snapshot.kind {
            Kind::Specification => Self::of_specification(session, snapshot, document),
            Kind::Prompt => Self::of_prompt(snapshot),
            Kind::Settings => {
                let workspace = workspace_of(&snapshot);
                let here = |problem: &&FileProblem| is_same_file(snapshot.path.as_deref(), &problem.path);
                let problems = workspace.problems().iter().filter(here).cloned().collect();
                Self { problems, ..Self::empty(snapshot) }
            }
            Kind::Other => Self::empty(snapshot),
        }
    }

    fn empty(snapshot: Snapshot) -> Self {
        Self {
            snapshot,
            document: Arc::default(),
            governor: None,
            how: How::None,
            judgement: Judgement::default(),
            problems: Vec::new(),
            notes: Vec::new(),
            config: Config::default(),
            draft: None,
            modules: None,
            safe_edits: OnceLock::new(),
        }
    }

    fn of_prompt(snapshot: Snapshot) -> Self {
        let Governing { config, .. } = workspace_of(&snapshot).governing(&place(&snapshot), None, None);
        let text = snapshot.text.clone();
        let prompt = Arc::new(Prompt::parse(&text.to_string()));
        let mut findings = prompt.findings();
        config.apply(&mut findings);
        let governor = Governor { prompt, name: snapshot.uri.to_string(), uri: Some(snapshot.uri.clone()), text };
        let judgement = Judgement { findings, ..Judgement::default() };
        Self { governor: Some(governor), judgement, config, ..Self::empty(snapshot) }
    }

    fn of_specification(session: &Arc<Session>, snapshot: Snapshot, document: Arc<Document>) -> Self {
        let path = place(&snapshot);
        let modules = Modules::around(session, &snapshot);
        let mut governing = modules.workspace().governing(&path, document.module_name(), None);
        if !governing.problems.is_empty() {
            // With wrong settings any verdict could be held against the wrong prompt.
            governing.prompt = None;
            governing.how = How::None;
        }
        let Governing { prompt, how, config, problems, notes, draft, .. } = governing;
        let draft = draft.as_deref().map(Draft::parse);
        let governor = prompt.map(|loaded| {
            let path = loaded.path.clone();
            let path = path.as_deref();
            let open = snapshot.surroundings.open.values();
            let open = path.and_then(|path| open.into_iter().find(|open| is_same_file(open.path.as_deref(), path)));
            Governor {
                uri: open.map(|open| open.uri.clone()).or_else(|| path.and_then(convert::uri)),
                text: Text::from(loaded.prompt.text()),
                name: path.and_then(|path| name_in_folders(&snapshot, path)).unwrap_or(loaded.name),
                prompt: loaded.prompt,
            }
        });
        let modules = Some(modules);
        let mut analysis =
            Self { document, governor, how, problems, notes, config, draft, modules, ..Self::empty(snapshot) };
        analysis.judgement = judge(&analysis.document, analysis.setting());
        analysis
    }

    fn setting(&self) -> Setting<'_> {
        // Only a file that TLA+ tools would read is held to their rule that it has its module's name.
        let stem = self.snapshot.path.as_deref().filter(|path| is_specification(path)).and_then(Path::file_stem);
        Setting {
            contract: self.governor.as_ref().map(|governor| governor.prompt.contract()),
            config: &self.config,
            file_stem: stem.and_then(|stem| stem.to_str()),
            draft: self.draft.as_ref(),
            modules: self.modules(),
        }
    }

    /// The modules around the document.
    pub(super) fn modules(&self) -> &dyn ModuleSource {
        self.modules.as_ref().map_or(&NoModules, |modules| modules)
    }

    /// What of other modules it stands on.
    pub(super) fn footing(&self) -> Footing {
        self.modules.as_ref().map(Modules::footing).unwrap_or_default()
    }

    /// The specification; empty where the document is none.
    pub(super) fn document(&self) -> &Document {
        &self.document
    }

    pub(super) fn text(&self) -> &Text {
        &self.snapshot.text
    }

    /// The clause that a finding breaks.
    pub(super) fn clause(&self, finding: &Finding) -> Option<&Clause> {
        self.governor.as_ref()?.prompt.contract().clause(finding.clause.as_deref()?)
    }

    /// How each clause fares, by its id.
    pub(super) fn verdicts_by_clause(&self) -> impl Iterator<Item = (&str, Verdict)> {
        let clauses = self.governor.as_ref().map_or(&[][..], |governor| &governor.prompt.contract().clauses);
        let verdicts = self.judgement.verdicts.iter();
        verdicts.filter_map(|verdict| Some((clauses.get(verdict.clause)?.id.as_str(), verdict.verdict)))
    }

    /// The edits of all safe fixes, the fixes of what they bring up included; empty when there is nothing to fix.
    pub(super) fn safe_edits(&self) -> &[Edit] {
        self.safe_edits.get_or_init(|| match self.snapshot.kind {
            Kind::Specification => {
                let repaired = repair(&self.document, self.setting(), Safety::Safe);
                differences(&self.text().to_string(), &repaired.document.text().to_string())
            }
            _ => Vec::new(),
        })
    }
}

/// A path as people know it who have a folder open.
fn name_in_folders(snapshot: &Snapshot, path: &Path) -> Option<String> {
    let within = |folder: &PathBuf| Some(path.strip_prefix(folder.canonicalize().ok()?).ok()?.display().to_string());
    snapshot.surroundings.folders.iter().find_map(within)
}

/// The edits, line by line, that make the one text the other.
fn differences(old: &str, new: &str) -> Vec<Edit> {
    if old == new {
        return Vec::new();
    }
    let starts = |text: &str| {
        let mut end = 0;
        let ends = text.split_inclusive('\n').map(|line| {
            end += line.len();
            end
        });
        std::iter::once(0).chain(ends).collect::<Vec<usize>>()
    };
    let (old_starts, new_starts) = (starts(old), starts(new));
    let (old_lines, new_lines): (Vec<&str>, Vec<&str>) =
        (old.split_inclusive('\n').collect(), new.split_inclusive('\n').collect());
    let diff = TextDiff::from_slices(&old_lines, &new_lines);
    let is_equal = |op: &DiffOp| matches!(op, DiffOp::Equal { .. });
    // Changes that touch are one edit: of two at the same place nobody could say which comes first.
    let changes = diff.ops().chunk_by(|one, next| is_equal(one) == is_equal(next)).filter(|ops| !is_equal(&ops[0]));
    let edit = |ops: &[DiffOp]| {
        let (first, last) = (&ops[0], &ops[ops.len() - 1]);
        let span = Span::new(old_starts[first.old_range().start], old_starts[last.old_range().end]);
        Edit::replace(span, &new[new_starts[first.new_range().start]..new_starts[last.new_range().end]])
    };
    changes.map(edit).collect()
}

/// The path of a document; one that has no file yet counts as lying in the first folder that is open.
pub(super) fn place(snapshot: &Snapshot) -> PathBuf {
    snapshot.path.clone().unwrap_or_else(|| {
        let folder = snapshot.surroundings.folders.first().cloned().unwrap_or_default();
        folder.join("untitled.tla")
    })
}

/// The workspace of a document. Reads files.
pub(super) fn workspace_of(snapshot: &Snapshot) -> Workspace {
    snapshot.surroundings.workspace(&place(snapshot))
}

/// Analyses made by hand, for the tests of what is made of them.
#[cfg(test)]
impl Analysis {
    pub(super) fn made(
        text: &str,
        prompt: &str,
        findings: Vec<Finding>,
        facts: super::capabilities::ClientFacts,
    ) -> Self {
        let snapshot = Snapshot {
            uri: "file:///folder/a.tla".parse().unwrap(),
            kind: Kind::Specification,
            version: 7,
            revision: 1,
            text: text.into(),
            base: None,
            since: Vec::new(),
            path: Some("/folder/a.tla".into()),
            surroundings: Arc::default(),
            facts: Arc::new(facts),
            analysed: super::session::Analysed::default(),
        };
        let governor = Governor {
            prompt: Arc::new(Prompt::parse(prompt)),
            name: "a.prompt.md".to_owned(),
            uri: "file:///folder/a.prompt.md".parse().ok(),
            text: prompt.into(),
        };
        let judgement = Judgement { findings, ..Judgement::default() };
        let safe = findings_safe_edits(&judgement.findings);
        let analysis = Self { governor: Some(governor), judgement, ..Self::empty(snapshot) };
        // The engine would not find again what was made by hand.
        let _ = analysis.safe_edits.set(safe);
        analysis
    }
}

#[cfg(test)]
fn findings_safe_edits(findings: &[Finding]) -> Vec<Edit> {
    let fixes = findings.iter().flat_map(|finding| &finding.fixes);
    fixes.filter(|fix| fix.safety == Safety::Safe).flat_map(|fix| fix.edits.clone()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tla_contract_engine::diagnostic::apply_edits;

    use super::*;

    proptest! {
        #[test]
        fn the_differences_make_the_one_text_the_other(old in "([ab]?\\PC?(\n|\r\n)?){0,9}", new in "([ab]?\\PC?(\n|\r\n)?){0,9}") {
            prop_assert_eq!(apply_edits(&old, &differences(&old, &new)), (new, 0));
        }
    }

    #[test]
    fn common_lines_are_left_alone() {
        let edits = differences("a\nb\nc\nd\n", "a\nx\nc\nd\ne\n");
        assert_eq!(edits, [Edit::replace(Span::new(2, 4), "x\n"), Edit::insert(8, "e\n")]);
    }
}
