//! The TLA+ template that a prompt shows: its parts, and which of them the model is to fill in.

use crate::{
    contract::{Declares, Demand, DraftPart},
    diagnostic::Span,
};

use super::lines::{lines, trimmed};

/// One part of a template: header, a declaration or a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TemplatePart {
    /// Last part of the clause's id: `init`, `type-ok`.
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) span: Span,
    pub(super) demands: Vec<Demand>,
}

/// `---- MODULE Name ----`.
pub(super) fn is_header(line: &str) -> bool {
    header_name(line).is_some()
}

/// `====`.
pub(super) fn is_footer(line: &str) -> bool {
    let text = line.trim();
    text.len() >= 4 && text.bytes().all(|byte| byte == b'=')
}

/// Whether a line begins a declaration or a definition at the margin.
pub(super) fn is_unit(line: &str) -> bool {
    unit(line).is_some()
}

/// The name in a module header that stands alone on its line.
pub(super) fn header_name(line: &str) -> Option<&str> {
    let text = line.trim();
    let rest = text.trim_start_matches('-');
    let body = rest.trim_end_matches('-');
    if text.len() - rest.len() < 4 || rest.len() - body.len() < 4 {
        return None;
    }
    let name = body.trim().strip_prefix("MODULE")?;
    let name = name.strip_prefix(char::is_whitespace)?.trim();
    (!name.is_empty() && !name.contains(char::is_whitespace)).then_some(name)
}

/// Whether a name stands for one that the model chooses: `ModuleName`, `<Name>`, `{name}`.
pub(super) fn is_filled_in(name: &str) -> bool {
    let plain = name.trim_matches(|c: char| !c.is_alphanumeric());
    plain.len() != name.len()
        || plain.ends_with("Name")
        || matches!(plain, "X" | "M" | "Foo" | "MyModule" | "Module" | "name" | "NAME" | "MODULE_NAME" | "YourModule")
}

enum Unit<'a> {
    Declares(Declares, &'a str),
    Definition(&'a str),
}

fn unit(line: &str) -> Option<Unit<'_>> {
    if line.starts_with(char::is_whitespace) {
        return None;
    }
    let end = line.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(line.len());
    let (word, rest) = line.split_at(end);
    match word {
        "" => return None,
        "EXTENDS" => return Some(Unit::Declares(Declares::Extends, rest.trim())),
        "CONSTANT" | "CONSTANTS" => return Some(Unit::Declares(Declares::Constants, rest.trim())),
        "VARIABLE" | "VARIABLES" => return Some(Unit::Declares(Declares::Variables, rest.trim())),
        _ => {}
    }
    let rest = rest.trim_start();
    let behind = match rest.strip_prefix('(') {
        Some(parameters) => parameters.split_once(')')?.1.trim_start(),
        None => rest,
    };
    (behind.starts_with("==") && !behind.starts_with("===")).then_some(Unit::Definition(word))
}

/// The parts of the template at `span`. Text between `[` and `]` is for the model to fill in.
pub(super) fn parts(prompt: &str, span: Span) -> Vec<TemplatePart> {
    let text = &prompt[span.start..span.end];
    let lines = lines(text);
    let mut result: Vec<TemplatePart> = Vec::new();
    let mut comment: Option<usize> = None;
    for line in &lines {
        let start = span.start + line.start;
        if line.is_blank() || line.is_fence() || is_footer(line.text) {
            continue;
        }
        if line.text.starts_with("\\*") {
            comment.get_or_insert(start);
            continue;
        }
        let part = match (header_name(line.text), unit(line.text)) {
            (Some(name), _) => Some(header(name)),
            (None, Some(Unit::Declares(what, rest))) => Some(declaration(what, rest)),
            (None, Some(Unit::Definition(name))) => Some(definition(name)),
            (None, None) => None,
        };
        let own = trimmed(line.text, start);
        match (part, result.last_mut()) {
            (Some((slug, title, demands)), _) => {
                let begin = comment.take().unwrap_or(own.start);
                result.push(TemplatePart { slug, title, span: Span::new(begin, own.end), demands });
            }
            (None, Some(last)) => last.span.end = own.end,
            (None, None) => {}
        }
    }
    for part in &mut result {
        let words = prompt[part.span.start..part.span.end].to_ascii_lowercase();
        if words.contains("variables") && words.contains("draft") {
            part.demands.push(Demand::FollowsDraft(DraftPart::Variables));
        }
        if words.contains("draft") && (words.contains("core action") || words.contains("core function")) {
            part.demands.push(Demand::FollowsDraft(DraftPart::CoreFunctions));
        }
    }
    result
}

fn header(name: &str) -> (String, String, Vec<Demand>) {
    let mut demands = vec![Demand::Declares(Declares::Header)];
    if !is_filled_in(name) {
        demands.push(Demand::ModuleName(name.to_owned()));
    }
    ("header".into(), "module header".into(), demands)
}

fn declaration(what: Declares, rest: &str) -> (String, String, Vec<Demand>) {
    let (slug, title) = match what {
        Declares::Header => ("header", "module header"),
        Declares::Extends => ("extends", "EXTENDS list"),
        Declares::Constants => ("constants", "CONSTANTS"),
        Declares::Variables => ("variables", "VARIABLES"),
    };
    let mut demands = vec![Demand::Declares(what)];
    if what == Declares::Extends && !rest.contains('[') {
        let modules: Vec<String> = rest
            .split("\\*")
            .next()
            .unwrap_or(rest)
            .split(',')
            .map(|name| name.trim().to_owned())
            .filter(|name| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
            .collect();
        if !modules.is_empty() {
            demands.push(Demand::Extends(modules));
        }
    }
    (slug.into(), title.into(), demands)
}

fn definition(name: &str) -> (String, String, Vec<Demand>) {
    let chosen_by_model = name.ends_with("Name") || matches!(name, "Action" | "Action1" | "Action2" | "MyAction");
    if chosen_by_model {
        return ("actions".into(), "actions".into(), Vec::new());
    }
    (kebab(name), name.to_owned(), vec![Demand::Defines(name.to_owned())])
}

/// `TypeInvariant` as `type-invariant`, `TypeOK` as `type-ok`.
pub(super) fn kebab(name: &str) -> String {
    let mut result = String::new();
    let mut lower_before = false;
    for character in name.chars() {
        if !character.is_alphanumeric() {
            if !result.ends_with('-') && !result.is_empty() {
                result.push('-');
            }
            lower_before = false;
            continue;
        }
        if character.is_uppercase() && lower_before {
            result.push('-');
        }
        lower_before = !character.is_uppercase();
        result.extend(character.to_lowercase());
    }
    result.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::prompt::unindent;

    fn check(text: &str, expected: Expect) {
        let text = &unindent(text);
        let parts = parts(text, Span::new(0, text.len()));
        let shown: Vec<String> = parts
            .iter()
            .map(|part| {
                let first = text[part.span.start..part.span.end].lines().next().unwrap_or_default();
                format!("{} {:?} {first}\n", part.slug, part.demands)
            })
            .collect();
        expected.assert_eq(&shown.concat());
    }

    #[test]
    fn literal_text_is_demanded_and_bracketed_text_is_filled_in() {
        check(
            r#"
            ---- MODULE ModuleName ----
            EXTENDS Naturals, TLC

            CONSTANTS [any]

            VARIABLES
                [from the draft]

            vars == <<[all]>>

            TypeOK == [types]

            \* One for each
            OperationName(x) ==
                [core function in the draft]

            Next ==
                \/ \E [x] : OperationName([x])

            Spec == Init /\ [][Next]_vars
            ====
            "#,
            expect![[r#"
                header [Declares(Header)] ---- MODULE ModuleName ----
                extends [Declares(Extends), Extends(["Naturals", "TLC"])] EXTENDS Naturals, TLC
                constants [Declares(Constants)] CONSTANTS [any]
                variables [Declares(Variables), FollowsDraft(Variables)] VARIABLES
                vars [Defines("vars")] vars == <<[all]>>
                type-ok [Defines("TypeOK")] TypeOK == [types]
                actions [FollowsDraft(CoreFunctions)] \* One for each
                next [Defines("Next")] Next ==
                spec [Defines("Spec")] Spec == Init /\ [][Next]_vars
            "#]],
        );
    }

    #[test]
    fn a_module_name_that_is_given_is_a_demand() {
        check(
            "---- MODULE queue ----\nInit == TRUE\n====",
            expect![[r#"
                header [Declares(Header), ModuleName("queue")] ---- MODULE queue ----
                init [Defines("Init")] Init == TRUE
            "#]],
        );
    }
}
