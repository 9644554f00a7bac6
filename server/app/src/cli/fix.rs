//! `fix`: applies the fixes of findings in place.

use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};
use tla_contract_engine::{
    diagnostic::{Safety, Severity},
    library_modules_of,
    repair::{Repaired, repair},
};

use super::{
    Answer, Failure,
    closing::counted,
    console::{Console, ERROR, GOOD, NOTE, STRONG},
    harmless::harmless,
    json::Summary,
    judging::{Case, Judged, Source, Subject},
};
use crate::files::{self, Complaint, Verdict};

/// Lines around a change in a diff.
const CONTEXT: usize = 3;

/// Apply the fixes of findings in place; with `-`, the repaired text goes to standard output
///
/// Safe fixes do just what a letter of the prompt demands, or keep a module's meaning. The others (a stub for a missing
/// action, say) change what the module says, and are made with --ask alone. A round of fixes that would make more
/// errors than there were is not applied. Fixing twice changes nothing more.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit codes: 0 no error is left, 1 errors are left, 2 something could not be fixed.")]
pub(super) struct Arguments {
    #[command(flatten)]
    subject: Subject,
    /// Make the fixes too that a person should decide on
    #[arg(long)]
    ask: bool,
    /// Write nothing, show what would change
    #[arg(long)]
    dry_run: bool,
    /// Let SANY, TLA+'s own parser, say what remains; needs Java and a jar of TLA+'s tools
    #[arg(long)]
    verify: bool,
    /// The jar to run SANY from; else that of TLA2TOOLS_JAR or of an installed TLA+ extension for VS Code
    #[arg(long, value_name = "JAR", requires = "verify")]
    sany: Option<PathBuf>,
}

pub(super) fn run(arguments: Arguments, console: &mut Console) -> Result<Answer, Failure> {
    let cases = arguments.subject.cases()?;
    let mut answer = Answer::Clean;
    for problem in &cases.problems {
        console.tell_error(&problem.to_string());
        answer = Answer::Incomplete;
    }
    let jar = match arguments.verify {
        true => Some(files::find_jar(arguments.sany.as_deref()).map_err(|problem| Failure::Told(problem.to_string()))?),
        false => None,
    };
    let reach = if arguments.ask { Safety::Ask } else { Safety::Safe };
    let mut tally = Tally::default();
    let fixed = |case: &Case| {
        let judged = cases.judge(case)?;
        let repaired = repair(&judged.document, judged.setting(), reach);
        let file = match &case.source {
            Source::File(path) => Some(path.clone()),
            Source::StandardInput(_) => None,
        };
        Ok(Fixed { file, judged, repaired })
    };
    cases.in_order(fixed, |fixed| {
        let one = match fixed {
            Ok(fixed) => {
                tally.add(&fixed);
                let verification = jar.as_deref().map(|jar| fixed.verify(jar));
                let answer = if arguments.dry_run { fixed.show(console)? } else { fixed.write(console)? };
                match verification {
                    Some(verification) => answer.max(verification.tell(console)),
                    None => answer,
                }
            }
            Err(unread) => {
                unread.tell(console);
                Answer::Incomplete
            }
        };
        answer = answer.max(one);
        Ok(())
    })?;
    if cases.cases.len() > 1 && !arguments.dry_run {
        console.print(&tally.closing_line())?;
    }
    Ok(answer)
}

/// What all files come to.
#[derive(Debug, Default)]
struct Tally {
    files: usize,
    changed: usize,
    errors: usize,
}

impl Tally {
    fn add(&mut self, fixed: &Fixed) {
        self.files += 1;
        self.changed += usize::from(!fixed.repaired.applied.is_empty());
        self.errors += fixed.errors_left();
    }

    fn closing_line(&self) -> String {
        let Self { files, changed, errors } = self;
        let style = if *errors > 0 { ERROR } else { GOOD };
        format!(
            "{changed} of {} changed; {style}{} left{style:#}\n",
            counted(*files, "file"),
            counted(*errors, "error")
        )
    }
}

struct Fixed {
    /// `None` for standard input.
    file: Option<PathBuf>,
    judged: Judged,
    repaired: Repaired,
}

impl Fixed {
    fn show(&self, console: &mut Console) -> Result<Answer, Failure> {
        let new = self.repaired.document.source();
        let diff = Diff { path: &self.judged.path, old: self.judged.document.source(), new };
        match console.width {
            Some(_) => console.print(&diff.styled())?,
            None => console.print_raw(&diff.plain())?,
        }
        self.tell_rest(console);
        Ok(self.answer())
    }

    fn write(&self, console: &mut Console) -> Result<Answer, Failure> {
        let new = self.repaired.document.source();
        let Some(path) = &self.file else {
            console.print_raw(new)?;
            self.tell_rest(console);
            return Ok(self.answer());
        };
        let old = self.judged.document.source();
        if new != old
            && let Err(problem) = files::replace_text(Path::new(path), old, new)
        {
            console.tell_error(&problem.to_string());
            return Ok(Answer::Incomplete);
        }
        let mut text = format!("{STRONG}{}{STRONG:#}: ", harmless(&self.judged.path));
        text += &match self.repaired.applied.len() {
            0 => "nothing to fix".to_owned(),
            1 => format!("{GOOD}1 fix made{GOOD:#}"),
            count => format!("{GOOD}{count} fixes made{GOOD:#}"),
        };
        let left = self.errors_left();
        if left > 0 {
            text += &format!("; {ERROR}{} left{ERROR:#}", counted(left, "error"));
        }
        text.push('\n');
        for applied in &self.repaired.applied {
            text += &format!("  {} [{}]\n", harmless(&applied.title), applied.rule);
        }
        console.print(&text)?;
        self.tell_rest(console);
        Ok(self.answer())
    }

    /// What was not done, and what could be asked for.
    fn tell_rest(&self, console: &mut Console) {
        for refused in &self.repaired.refused {
            let message = format!(
                "{}: not applied, since more errors would be found after it than before: {} [{}]",
                self.judged.path, refused.title, refused.rule
            );
            console.tell_warning(&message);
        }
    }

    /// What SANY says of the repaired text.
    fn verify(&self, jar: &Path) -> Verification {
        let document = &self.repaired.document;
        let path = self.judged.path.clone();
        let Some(module) = document.module_name() else {
            return Verification {
                path,
                said: Err(format!("{}: SANY was not asked, for there is no module", self.judged.path)),
            };
        };
        let folder = self.file.as_deref().and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
        let library = library_modules_of(document);
        let said = files::verify(jar, module, document.source(), folder.unwrap_or(Path::new(".")), &library);
        let said = said.map(|verdict| match verdict {
            Verdict::Accepted => Vec::new(),
            Verdict::Rejected(complaints) => complaints.iter().map(|complaint| self.worded(complaint)).collect(),
        });
        Verification { path, said: said.map_err(|problem| problem.to_string()) }
    }

    /// An error of SANY in our words, where a finding is on its line, or else in its own, with its code.
    fn worded(&self, complaint: &Complaint) -> String {
        let text = self.repaired.document.text();
        let ours = complaint.place.and_then(|(line, _)| {
            let mut findings = self.repaired.judgement.findings.iter();
            findings.find(|finding| finding.severity == Severity::Error && text.line_of(finding.span.start) + 1 == line)
        });
        let place = complaint.place.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
        let message = ours.map_or(complaint.message.as_str(), |finding| finding.message.as_str());
        let code = code_of(&complaint.message).map_or_else(String::new, |code| format!(" [SANY {code}]"));
        format!("{}{place}: {message}{code}", self.judged.path)
    }

    fn errors_left(&self) -> usize {
        Summary::of(&self.repaired.judgement).errors
    }

    fn answer(&self) -> Answer {
        if self.errors_left() == 0 { Answer::Clean } else { Answer::Errors }
    }
}

/// SANY's answer on a repaired text.
struct Verification {
    path: String,
    /// Its errors, one line each; none where it accepts.
    said: Result<Vec<String>, String>,
}

impl Verification {
    fn tell(self, console: &mut Console) -> Answer {
        match self.said {
            Ok(errors) if errors.is_empty() => {
                console.tell_note(&format!("{}: SANY accepts it", self.path));
                Answer::Clean
            }
            Ok(errors) => {
                errors.iter().for_each(|error| console.tell_error(error));
                Answer::Errors
            }
            Err(problem) => {
                console.tell_error(&problem);
                Answer::Incomplete
            }
        }
    }
}

/// The code that SANY has for an error that it words so.
fn code_of(message: &str) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("Encountered ", "syntax"),
        ("Lexical error", "syntax"),
        ("Precedence conflict", "syntax"),
        ("Unknown operator", "4200"),
        ("Couldn't resolve", "4004"),
        ("Could not resolve", "4004"),
        ("already defined or declared", "4201"),
        ("Multiply-defined", "4201"),
        ("requires ", "4204"),
        ("Level error", "4205"),
        ("Cannot find source file", "4220"),
        ("does not match the name", "4221"),
    ];
    CODES.iter().find(|(words, _)| message.contains(words)).map(|(_, code)| *code)
}

/// What a repair changes.
struct Diff<'a> {
    path: &'a str,
    old: &'a str,
    new: &'a str,
}

impl Diff<'_> {
    /// As `patch` takes it, byte for byte.
    fn plain(&self) -> String {
        let diff = TextDiff::from_lines(self.old, self.new);
        diff.unified_diff().context_radius(CONTEXT).header(self.path, self.path).to_string()
    }

    /// For the eye.
    fn styled(&self) -> String {
        let diff = TextDiff::from_lines(self.old, self.new);
        let mut text = String::new();
        for hunk in diff.unified_diff().context_radius(CONTEXT).iter_hunks() {
            if text.is_empty() {
                text += &format!("{STRONG}--- {0}\n+++ {0}{STRONG:#}\n", harmless(self.path));
            }
            text += &format!("{NOTE}{}{NOTE:#}\n", hunk.header());
            for change in hunk.iter_changes() {
                let line = harmless(change.value().trim_end_matches(['\n', '\r']));
                text += &match change.tag() {
                    ChangeTag::Equal => format!(" {line}\n"),
                    ChangeTag::Delete => format!("{ERROR}-{line}{ERROR:#}\n"),
                    ChangeTag::Insert => format!("{GOOD}+{line}{GOOD:#}\n"),
                };
            }
        }
        text
    }
}
