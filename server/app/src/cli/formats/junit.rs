//! `check` as JUnit XML: each file is a suite, each clause of its prompt a case, and what TLA+ itself finds is a case
//! for each rule.

use std::fmt::Write;

use tla_contract_engine::{
    contract::{Clause, ClauseVerdict, Verdict},
    diagnostic::{Finding, Severity},
};

use super::Report;
use crate::cli::{
    Failure,
    closing::Tally,
    console::Console,
    excerpt,
    judging::{Judged, Unread},
};

pub(super) struct Junit;

impl Report for Junit {
    fn begin(&mut self, console: &mut Console) -> Result<(), Failure> {
        Ok(console.print_raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"tla-contract\">\n")?)
    }

    fn judged(&mut self, judged: &Judged, console: &mut Console) -> Result<(), Failure> {
        Ok(console.print_raw(&Suite::of(judged).xml())?)
    }

    fn unread(&mut self, unread: &Unread, console: &mut Console) -> Result<(), Failure> {
        let case = Case { name: "can be judged".to_owned(), result: CaseResult::Error(unread.reason.clone()) };
        Ok(console.print_raw(&Suite { name: &unread.path, cases: vec![case] }.xml())?)
    }

    fn end(&mut self, _tally: &Tally, console: &mut Console) -> Result<(), Failure> {
        Ok(console.print_raw("</testsuites>\n")?)
    }
}

struct Suite<'a> {
    /// The path of the file.
    name: &'a str,
    cases: Vec<Case>,
}

struct Case {
    name: String,
    result: CaseResult,
}

enum CaseResult {
    Passed,
    /// Why it is not checked.
    Skipped(String),
    Failed {
        kind: &'static str,
        message: String,
        /// What is found, a line each.
        findings: Vec<String>,
    },
    /// Why it could not be judged.
    Error(String),
}

impl<'a> Suite<'a> {
    fn of(judged: &'a Judged) -> Self {
        let clauses = judged.contract().map_or(&[][..], |contract| &contract.clauses);
        let mut cases = Vec::new();
        for verdict in &judged.judgement.verdicts {
            let Some(clause) = clauses.get(verdict.clause) else { continue };
            cases.push(clause_case(clause, verdict, judged));
        }
        let findings = &judged.judgement.findings;
        // An error of a clause that is met after all, such as a fence that is found twice, must not be lost.
        let is_told = |finding: &Finding| {
            let clause = finding.clause.as_deref();
            let of_clause =
                |verdict: &&ClauseVerdict| clauses.get(verdict.clause).map(|found| found.id.as_str()) == clause;
            clause.is_some()
                && judged.judgement.verdicts.iter().filter(of_clause).any(|verdict| has_failed(verdict.verdict))
        };
        let mut rules: Vec<&str> = Vec::new();
        for finding in findings.iter().filter(|finding| finding.severity == Severity::Error && !is_told(finding)) {
            if !rules.contains(&finding.rule) {
                rules.push(finding.rule);
            }
        }
        for rule in rules {
            let of_rule = findings
                .iter()
                .filter(|finding| finding.rule == rule && finding.severity == Severity::Error && !is_told(finding));
            let lines: Vec<String> = of_rule.map(|finding| line(finding, judged)).collect();
            let message = lines.first().cloned().unwrap_or_default();
            let result = CaseResult::Failed { kind: "error", message, findings: lines };
            cases.push(Case { name: rule.to_owned(), result });
        }
        if cases.is_empty() {
            cases.push(Case { name: "TLA+".to_owned(), result: CaseResult::Passed });
        }
        Self { name: &judged.path, cases }
    }

    fn xml(&self) -> String {
        let count = |is: fn(&CaseResult) -> bool| self.cases.iter().filter(|case| is(&case.result)).count();
        let failures = count(|result| matches!(result, CaseResult::Failed { .. }));
        let errors = count(|result| matches!(result, CaseResult::Error(_)));
        let skipped = count(|result| matches!(result, CaseResult::Skipped(_)));
        let (name, tests) = (attribute(self.name), self.cases.len());
        let mut xml = format!(
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\" \
             skipped=\"{skipped}\">\n"
        );
        for case in &self.cases {
            // Writing to a string can't fail.
            let _ = write!(xml, "    <testcase classname=\"{name}\" name=\"{}\"", attribute(&case.name));
            xml += &case.result.xml();
        }
        xml + "  </testsuite>\n"
    }
}

impl CaseResult {
    /// The rest of the element that a case has begun.
    fn xml(&self) -> String {
        let inner = match self {
            CaseResult::Passed => return "/>\n".to_owned(),
            CaseResult::Skipped(why) => format!("<skipped message=\"{}\"/>", attribute(why)),
            CaseResult::Error(why) => format!("<error type=\"unread\" message=\"{}\"/>", attribute(why)),
            CaseResult::Failed { kind, message, findings } => {
                let lines: Vec<String> = findings.iter().map(|line| escaped(line)).collect();
                format!("<failure type=\"{kind}\" message=\"{}\">{}</failure>", attribute(message), lines.join("\n"))
            }
        };
        format!(">\n      {inner}\n    </testcase>\n")
    }
}

fn clause_case(clause: &Clause, verdict: &ClauseVerdict, judged: &Judged) -> Case {
    let result = match verdict.verdict {
        Verdict::Met | Verdict::Equivalent => CaseResult::Passed,
        Verdict::NotChecked => CaseResult::Skipped(verdict.note.clone()),
        Verdict::Declared | Verdict::Missing | Verdict::Violated => {
            let findings = judged.judgement.findings.iter();
            let of_clause = findings.filter(|finding| finding.clause.as_deref() == Some(clause.id.as_str()));
            let mut lines = vec![excerpt::quote(clause)];
            lines.extend(of_clause.map(|finding| line(finding, judged)));
            CaseResult::Failed { kind: verdict.verdict.word(), message: verdict.note.clone(), findings: lines }
        }
    };
    Case { name: format!("{} {}", clause.id, clause.title), result }
}

fn has_failed(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Declared | Verdict::Missing | Verdict::Violated)
}

fn line(finding: &Finding, judged: &Judged) -> String {
    let line = judged.document.text().line_of(finding.span.start) + 1;
    format!("{}:{line}: {} [{}]", judged.path, finding.message, finding.rule)
}

fn attribute(text: &str) -> String {
    escaped(text).replace('\n', "&#10;").replace('\t', "&#9;")
}

/// Text that XML can hold; what it can't hold at all is replaced.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '"' => escaped += "&quot;",
            '\n' | '\t' => escaped.push(character),
            '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            _ if character.is_control() => escaped.push(char::REPLACEMENT_CHARACTER),
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced() {
        assert_eq!(attribute("a\u{1b}<b>\n\"&\""), "a\u{fffd}&lt;b&gt;&#10;&quot;&amp;&quot;");
    }
}
