//! The part of a text that a finding speaks of, with the finding drawn into it.

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use tla_contract_engine::{
    contract::{Clause, Contract, Polarity},
    diagnostic::{Finding, Fix, Safety, Severity, Span},
    text::Text,
};

use super::harmless::{harmless, harmless_lines};

/// A finding over more lines than this is drawn at its first line alone.
const MOST_LINES: usize = 12;

/// Related places further away than this, in lines, are told instead of drawn.
const FARTHEST: usize = 400;

/// How much of a demand is quoted, in characters.
const LONGEST_QUOTE: usize = 160;

/// A finding as people see it, with styles.
pub(super) fn finding(finding: &Finding, path: &str, text: &Text, contract: Option<&Contract>) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
        Severity::Hint => Level::NOTE.with_name("hint"),
    };
    let message = harmless(&finding.message);
    let window = Window::around(finding, text);
    let place = harmless(path);
    let mut snippet = Snippet::source(window.source.as_str()).path(place).line_start(window.first_line + 1).fold(true);
    snippet = snippet.annotations(window.annotations(finding));
    let mut group: Group<'_> = level.primary_title(message).id(finding.rule).element(snippet);
    for told in &window.told {
        group = group.element(Level::NOTE.message(told.as_str()));
    }
    if let Some(clause) = finding.clause.as_deref().and_then(|id| contract?.clause(id)) {
        group = group.element(Level::NOTE.message(quote(clause)));
    }
    for fix in &finding.fixes {
        group = group.element(Level::HELP.message(offer(fix)));
    }
    let rendered = Renderer::styled().render(&[group]).to_string();
    rendered + "\n"
}

/// What the prompt says about it, and where.
pub(super) fn quote(clause: &Clause) -> String {
    let verb = match clause.polarity {
        Polarity::Required => "asks for",
        Polarity::Forbidden => "forbids",
        Polarity::Allowed => "allows",
    };
    let words = clause.text.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("the prompt {verb} this, line {}: {}", clause.line + 1, harmless(&shortened(&words, LONGEST_QUOTE)))
}

fn offer(fix: &Fix) -> String {
    format!("{} ({})", harmless(&fix.title), how(fix.safety))
}

/// The command that makes a fix.
pub(super) fn how(safety: Safety) -> &'static str {
    match safety {
        Safety::Safe => "`fix` does it",
        Safety::Ask => "`fix --ask` does it",
    }
}

/// At most so many characters; what is cut is marked.
pub(super) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.to_owned(),
    }
}

/// The lines that a finding and its related places lie in, made harmless.
struct Window {
    first_line: usize,
    source: String,
    /// The finding's span in `source`.
    main: Span,
    /// Related places with their messages.
    related: Vec<(Span, String)>,
    /// Related places that are too far away.
    told: Vec<String>,
    /// Lines of the finding that are not drawn.
    hidden_lines: usize,
}

impl Window {
    fn around(finding: &Finding, text: &Text) -> Self {
        let (main, hidden_lines) = drawn(finding.span, text);
        let (mut first, mut last) = (text.line_of(main.start), text.line_of(main.end));
        let mut near = Vec::new();
        let mut told = Vec::new();
        for related in &finding.related {
            let line = text.line_of(related.span.start);
            if line.abs_diff(text.line_of(main.start)) > FARTHEST {
                told.push(format!("line {}: {}", line + 1, harmless(&related.message)));
                continue;
            }
            let (span, _) = drawn(related.span, text);
            (first, last) = (first.min(line), last.max(text.line_of(span.end)));
            near.push((span, harmless(&related.message).into_owned()));
        }
        let all = Span::new(text.line_start(first), text.line_span(last).end.max(main.end));
        // Characters that are made visible change the length of what stands before a span.
        let offset = |at: usize| visible_lines(text, Span::new(all.start, at)).len();
        let moved = |span: Span| Span::new(offset(span.start), offset(span.end));
        Self {
            first_line: first,
            main: moved(main),
            related: near.into_iter().map(|(span, message)| (moved(span), message)).collect(),
            source: visible_lines(text, all),
            told,
            hidden_lines,
        }
    }

    fn annotations(&self, finding: &Finding) -> Vec<Annotation<'_>> {
        let mut main = AnnotationKind::Primary.span(self.main.start..self.main.end);
        if self.hidden_lines > 0 {
            let lines = if self.hidden_lines == 1 { "line" } else { "lines" };
            main = main.label(format!("and {} more {lines}", self.hidden_lines));
        }
        debug_assert!(finding.span.start <= finding.span.end, "{} has an inverted span", finding.rule);
        let related = self.related.iter();
        let related =
            related.map(|(span, message)| AnnotationKind::Context.span(span.start..span.end).label(message.as_str()));
        std::iter::once(main).chain(related).collect()
    }
}

/// A part of the text made harmless, its lines ended as a terminal wants them.
fn visible_lines(text: &Text, span: Span) -> String {
    harmless_lines(&text.slice(span).replace("\r\n", "\n").replace('\r', "\n")).into_owned()
}

/// The part of a span that is drawn, and how many lines of it are not.
fn drawn(span: Span, text: &Text) -> (Span, usize) {
    let start = span.start.min(text.len());
    let end = span.end.clamp(start, text.len());
    let (first, last) = (text.line_of(start), text.line_of(end));
    if last - first < MOST_LINES {
        return (Span::new(start, end), 0);
    }
    (Span::new(start, text.line_span(first).end.max(start)), last - first)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;
    use tla_contract_engine::{contract::ClauseKind, diagnostic::Edit};

    use super::*;

    fn plain(styled: &str) -> String {
        anstream::adapter::strip_str(styled).to_string()
    }

    fn contract() -> Contract {
        let clause = Clause {
            id: "output.extends".to_owned(),
            kind: ClauseKind::Output,
            section: String::new(),
            title: "MUST include EXTENDS statement".to_owned(),
            text: "**MUST include EXTENDS statement**: at least TLC,\nBags".to_owned(),
            polarity: Polarity::Required,
            span: Span::default(),
            line: 42,
            names: Vec::new(),
            demands: Vec::new(),
        };
        Contract::of(vec![clause])
    }

    #[test]
    fn a_finding_shows_its_place_the_prompts_line_and_its_fix() {
        let text = Text::from("---- MODULE m ----\nEXTENDS TLC\nVARIABLES 【x】\n====\n");
        let fix = Fix { title: "add Bags".to_owned(), safety: Safety::Safe, edits: vec![Edit::insert(30, ", Bags")] };
        let finding =
            Finding::new("contract/missing-extends", Severity::Error, Span::new(19, 30), "EXTENDS lacks Bags")
                .for_clause("output.extends")
                .see(Span::new(41, 48), "used here")
                .with_fix(fix);
        expect![[r#"
            error[contract/missing-extends]: EXTENDS lacks Bags
             --> a/m.tla:2:1
              |
            2 | EXTENDS TLC
              | ^^^^^^^^^^^
            3 | VARIABLES 【x】
              |           ----- used here
              |
              = note: the prompt asks for this, line 43: **MUST include EXTENDS statement**: at least TLC, Bags
              = help: add Bags (`fix` does it)
        "#]]
        .assert_eq(&plain(&super::finding(&finding, "a/m.tla", &text, Some(&contract()))));
    }

    #[test]
    fn escapes_in_text_names_and_messages_are_shown_not_obeyed() {
        let text = Text::from("a\u{1b}[31mb\u{9b}\u{202e} bad\n");
        let finding = Finding::new("name/unknown", Severity::Error, Span::new(13, 16), "no \u{1b}]0;title\u{7} here");
        let shown = plain(&super::finding(&finding, "x\u{1b}[2J.tla", &text, None));
        assert!(!shown.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}']), "{shown:?}");
        expect![[r#"
            error[name/unknown]: no ␛]0;title␇ here
             --> x␛[2J.tla:1:11
              |
            1 | a␛[31mb�� bad
              |           ^^^
        "#]]
        .assert_eq(&shown);
    }

    #[test]
    fn a_finding_over_many_lines_is_drawn_at_its_first_one() {
        let text = Text::from("line\n".repeat(40).as_str());
        let finding = Finding::new("syntax/error", Severity::Hint, Span::new(5, 150), "all of this");
        expect![[r#"
            hint[syntax/error]: all of this
             --> m.tla:2:1
              |
            2 | line
              | ^^^^ and 29 more lines
        "#]]
        .assert_eq(&plain(&super::finding(&finding, "m.tla", &text, None)));
    }
}
