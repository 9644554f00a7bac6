//! What is odd about a prompt itself. One rule, one file; its first comment is the rule's page.

mod contradictory_demands;
mod not_checked;
mod two_module_names;
mod unknown_placeholder;

use super::Prompt;
use crate::{config::Config, diagnostic::Finding, rules::bounds::too_many_findings::bound};

/// Runs every rule over a prompt; findings are in order of place.
pub(super) fn findings(prompt: &Prompt) -> Vec<Finding> {
    let mut result = Vec::new();
    unknown_placeholder::check(prompt, &mut result);
    contradictory_demands::check(prompt, &mut result);
    two_module_names::check(prompt, &mut result);
    not_checked::check(prompt, &mut result);
    result.sort_by_key(|finding| (finding.span, finding.severity));
    bound(&mut result, &Config::default());
    result
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::prompt::unindent;

    fn check(text: &str, expected: Expect) {
        let text = &unindent(text);
        let shown: Vec<String> = Prompt::parse(text)
            .findings()
            .iter()
            .map(|finding| {
                let place = &text[finding.span.start..finding.span.end];
                let related: Vec<&str> =
                    finding.related.iter().map(|related| &text[related.span.start..related.span.end]).collect();
                let see = if related.is_empty() { String::new() } else { format!("  see {related:?}\n") };
                let message = finding.message.replace("; ", ";\n  ");
                format!("{} {}\n  {message}\n  at {place:?}\n{see}", finding.severity.word(), finding.rule)
            })
            .collect();
        expected.assert_eq(&shown.concat());
    }

    #[test]
    fn unknown_placeholders() {
        check(
            "Source from {file_path}: {source_cod}\nSpeak of {weather}, {x} and {{word}}.",
            expect![[r#"
                warning prompt/unknown-placeholder
                  {source_cod} is no placeholder that rendering fills, so the model would read it as it stands;
                  did you mean {source_code}?
                  at "{source_cod}"
                warning prompt/unknown-placeholder
                  {weather} is no placeholder that rendering fills, so the model would read it as it stands;
                  write one of the known words, or double the braces
                  at "{weather}"
            "#]],
        );
    }

    #[test]
    fn contradictory_demands() {
        check(
            "EXPLICITLY EXCLUDED (do not model):\n- Fairness assumptions\n\nOUTPUT REQUIREMENTS:\n\
             1. No markdown fences\n2. Wrap the module in a ```tla code block\n3. Spec MUST include weak fairness\n",
            expect![[r#"
                warning prompt/contradictory-demands
                  no Markdown fences and fenced blocks are both demanded, and no reply can meet both;
                  drop one of the two demands
                  at "Wrap the module in a ```tla code block"
                  see ["No markdown fences"]
                warning prompt/contradictory-demands
                  no fairness and fairness in Spec are both demanded, and no reply can meet both;
                  drop one of the two demands
                  at "Spec MUST include weak fairness"
                  see ["Fairness assumptions"]
            "#]],
        );
    }

    #[test]
    fn two_module_names() {
        check(
            "OUTPUT REQUIREMENTS:\n1. The MODULE name must be exactly \"queue\" (---- MODULE queue ----)\n\
             2. Start your response directly with: ---- MODULE stack ----\n",
            expect![[r#"
                warning prompt/two-module-names
                  this names the module stack, an earlier clause names it queue, and a module has one name;
                  make them the same
                  at "Start your response directly with: ---- MODULE stack ----"
                  see ["The MODULE name must be exactly \"queue\" (---- MODULE queue ----)"]
            "#]],
        );
    }

    #[test]
    fn what_is_not_checked_is_told() {
        check(
            r#"
            OUTPUT REQUIREMENTS:
            - Use pleasant words

            Generate a TLA+ specification that accurately models the queue.
            "#,
            expect![[r#"
                info prompt/not-checked
                  nothing in this demand is understood, so no reply is held to it;
                  name actions, states or messages, or use the words of a letter clause
                  at "Use pleasant words"
                info prompt/not-checked
                  no reply is held to this demand: faithfulness to the source can't be read off the module
                  at "Generate a TLA+ specification that accurately models the queue."
            "#]],
        );
    }
}
