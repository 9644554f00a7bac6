//! `check` as workflow commands of GitHub Actions, which become annotations of the changed lines.

use tla_contract_engine::{
    diagnostic::{Finding, Severity},
    text::Encoding,
};

use super::Report;
use crate::cli::{
    Failure,
    console::Console,
    excerpt,
    harmless::harmless,
    judging::{Judged, Unread},
};

pub(super) struct Github;

impl Report for Github {
    fn judged(&mut self, judged: &Judged, console: &mut Console) -> Result<(), Failure> {
        for finding in &judged.judgement.findings {
            console.print_raw(&annotation(finding, judged))?;
        }
        Ok(())
    }

    fn unread(&mut self, unread: &Unread, console: &mut Console) -> Result<(), Failure> {
        let properties = [("file", plain(&unread.path)), ("title", "not judged")];
        Ok(console.print_raw(&command("error", &properties, &unread.reason))?)
    }
}

fn annotation(finding: &Finding, judged: &Judged) -> String {
    let text = judged.document.text();
    let start = text.position(finding.span.start, Encoding::Utf32);
    let end = text.position(finding.span.end, Encoding::Utf32);
    let numbers = [start.line, end.line, start.column, end.column].map(|number| (number + 1).to_string());
    let mut properties = vec![
        ("title", finding.rule),
        ("file", plain(&judged.path)),
        ("line", numbers[0].as_str()),
        ("endLine", numbers[1].as_str()),
    ];
    // GitHub takes columns within one line alone.
    if start.line == end.line {
        properties.extend([("col", numbers[2].as_str()), ("endColumn", numbers[3].as_str())]);
    }
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    };
    let mut message = finding.message.clone();
    if let Some(clause) = finding.clause.as_deref().and_then(|id| judged.contract()?.clause(id)) {
        message = format!("{message}\n{}", excerpt::quote(clause));
    }
    command(kind, &properties, &message)
}

fn plain(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

fn command(kind: &str, properties: &[(&str, &str)], message: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(name, value)| format!("{name}={}", escaped(value, &[':', ',']))).collect();
    format!("::{kind} {}::{}\n", properties.join(","), escaped(message, &[]))
}

/// What would end the command, or a property of it, percent-encoded; what the terminal of a log would obey, visible.
fn escaped(text: &str, further: &[char]) -> String {
    let escape = |character: char| match character {
        '%' | '\r' | '\n' => format!("%{:02X}", u32::from(character)),
        _ if further.contains(&character) => format!("%{:02X}", u32::from(character)),
        _ => harmless(character.encode_utf8(&mut [0; 4])).into_owned(),
    };
    text.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_its_command_or_begin_another() {
        assert_eq!(
            command("error", &[("file", "a,b:c.tla"), ("title", "x")], "50 %\n::error::forged"),
            "::error file=a%2Cb%3Ac.tla,title=x::50 %25%0A::error::forged\n"
        );
    }
}
