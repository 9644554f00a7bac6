//! The rules: one file each, under their family. A rule's own doc comment is what `explain`, hover and the rules page
//! show, and its examples are its tests.

mod context;
#[cfg(test)]
mod examples;

pub(crate) use context::Context;

use crate::{
    Document, Judgement, Setting,
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
};

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// `family/slug`, such as `contract/missing-extends`.
    pub id: &'static str,
    /// The Rust source of the rule's file; its `//!` lines are the rule's page.
    source: &'static str,
    judges: Judges,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
enum Judges {
    Reply(fn(&Context<'_>, &mut Vec<Finding>)),
    /// How much is read and told at all; [`judge`] runs it.
    Bounds,
    /// The prompt itself; [`crate::prompt::Prompt::findings`] runs it.
    Prompt,
}

macro_rules! rules {
    ($($family:ident { $($slug:literal $module:ident),* $(,)? })* ; $($prompt_slug:literal $file:literal),* $(,)?
     ; $($bound_slug:literal $bound:ident),* $(,)?) => {
        $(mod $family { $(pub(super) mod $module;)* })*
        pub(crate) mod bounds { $(pub(crate) mod $bound;)* }

        static ALL: &[Rule] = &[
            $($(Rule {
                id: concat!(stringify!($family), "/", $slug),
                source: include_str!(concat!("rules/", stringify!($family), "/", stringify!($module), ".rs")),
                judges: Judges::Reply($family::$module::check),
            },)*)*
            $(Rule {
                id: concat!("prompt/", $prompt_slug),
                source: include_str!(concat!("prompt/findings/", $file, ".rs")),
                judges: Judges::Prompt,
            },)*
            $(Rule {
                id: concat!("bounds/", $bound_slug),
                source: include_str!(concat!("rules/bounds/", stringify!($bound), ".rs")),
                judges: Judges::Bounds,
            },)*
        ];
    };
}

rules! {
    reply {
        "fence" fence,
        "prose" prose,
        "json" json,
        "missing-block" missing_block,
    }
    contract {
        "module-name" module_name,
        "missing-extends" missing_extends,
        "missing-fairness" missing_fairness,
        "unwanted-fairness" unwanted_fairness,
        "invariant" invariant,
        "comment" comment,
        "translation-comment" translation_comment,
        "missing-action" missing_action,
        "only-declared" only_declared,
        "missing-definition" missing_definition,
        "excluded" excluded,
        "core-function-missing" core_function_missing,
        "unlisted-variable" unlisted_variable,
    }
    syntax {
        "missing-header" missing_header,
        "missing-footer" missing_footer,
        "unexpected-token" unexpected_token,
        "unclosed-bracket" unclosed_bracket,
        "unclosed-comment" unclosed_comment,
        "indentation" indentation,
        "precedence" precedence,
        "foreign-operator" foreign_operator,
        "foreign-keyword" foreign_keyword,
        "let-equals" let_equals,
        "missing-in" missing_in,
        "missing-else" missing_else,
        "quoted-field" quoted_field,
        "except-bang" except_bang,
        "empty-parentheses" empty_parentheses,
        "trailing-comma" trailing_comma,
        "quantifier-bound" quantifier_bound,
        "stray-character" stray_character,
        "bad-string" bad_string,
        "reserved-word" reserved_word,
        "too-deep" too_deep,
        "too-long" too_long,
        "uneven-bullets" uneven_bullets,
    }
    name {
        "unknown-name" unknown_name,
        "redefined-name" redefined_name,
        "wrong-arity" wrong_arity,
        "incomplete-name" incomplete_name,
        "function-arity" function_arity,
        "operator-argument" operator_argument,
        "at-outside-except" at_outside_except,
        "duplicate-field" duplicate_field,
        "recursive-declaration" recursive_declaration,
        "instance-substitution" instance_substitution,
        "wrong-label" wrong_label,
        "wrong-fact" wrong_fact,
        "module-file-name" module_file_name,
        "module-not-found" module_not_found,
        "circular-modules" circular_modules,
        "extends-conflict" extends_conflict,
        "module-redefined" module_redefined,
    }
    level {
        "too-high" too_high,
        "mixed-levels" mixed_levels,
        "box-action" box_action,
        "leads-to-action" leads_to_action,
        "assume-level" assume_level,
        "bound-level" bound_level,
        "instance-level" instance_level,
        "recursive-prime" recursive_prime,
    }
    frame {
        "unspecified-variable" unspecified_variable,
        "doubly-assigned" doubly_assigned,
        "init-incomplete" init_incomplete,
        "vars-incomplete" vars_incomplete,
    }
    fairness {
        "subscript" subscript,
        "vacuous" vacuous,
    }
    flow {
        "unreachable-action" unreachable_action,
        "next-not-in-spec" next_not_in_spec,
        "stub" stub,
        "swallowing-quantifier" swallowing_quantifier,
        "message-never-handled" message_never_handled,
        "message-never-sent" message_never_sent,
        "never-changed" never_changed,
        "never-read" never_read,
        "unused-definition" unused_definition,
        "field-never-built" field_never_built,
        "dead-branch" dead_branch,
        "choose-as-none" choose_as_none,
    }
    ;
    "unknown-placeholder" "unknown_placeholder",
    "contradictory-demands" "contradictory_demands",
    "two-module-names" "two_module_names",
    "not-checked" "not_checked",
    ;
    "too-large" too_large,
    "too-many-findings" too_many_findings,
}

impl Rule {
    /// The family: `reply`, `syntax`, `name`, `level`, `frame`, `flow`, `fairness`, `contract`, `prompt` or `bounds`.
    pub fn family(&self) -> &'static str {
        self.id.split('/').next().unwrap_or(self.id)
    }

    /// The rule's page in Markdown: what it says, why, and its examples.
    pub fn page(&self) -> String {
        let lines = self.source.lines().take_while(|line| line.starts_with("//!"));
        lines.map(|line| line[3..].strip_prefix(' ').unwrap_or(&line[3..])).collect::<Vec<_>>().join("\n")
    }

    /// The first sentence of the page, without a full stop.
    pub fn title(&self) -> &'static str {
        let first = self.source.lines().next().unwrap_or_default();
        first.trim_start_matches("//!").trim().trim_end_matches('.')
    }
}

/// Every rule, in the order of the rules page.
pub fn all() -> &'static [Rule] {
    ALL
}

/// The rule of an id; also by its slug alone, where only one family has it.
pub fn find(id: &str) -> Option<&'static Rule> {
    let mut matches = all().iter().filter(|rule| rule.id == id || rule.id.split('/').nth(1) == Some(id));
    let first = matches.next()?;
    if matches.next().is_some() { None } else { Some(first) }
}

/// Holds a document to its contract; tells no more findings than anybody reads.
pub(crate) fn judge(document: &Document, setting: Setting<'_>) -> Judgement {
    let mut judgement = judge_whole(document, setting);
    bounds::too_many_findings::bound(&mut judgement.findings, setting.config);
    judgement
}

/// Holds a document to its contract, with all findings that there are.
pub(crate) fn judge_whole(document: &Document, setting: Setting<'_>) -> Judgement {
    if let Some(mut refused) = bounds::too_large::judge(document, setting.contract) {
        setting.config.apply(&mut refused.findings);
        return refused;
    }
    if let Some((json, inner)) = document.json() {
        return judge_json(document, json, inner, setting);
    }
    let mut judgement = report(Context::new(document, None, setting));
    setting.config.apply(&mut judgement.findings);
    judgement
}

fn report(mut context: Context<'_>) -> Judgement {
    let mut findings = Vec::new();
    for rule in all() {
        if let Judges::Reply(check) = rule.judges {
            check(&context, &mut findings);
        }
    }
    let sany_errors =
        findings.iter().filter(|finding| finding.severity == Severity::Error && is_sanys(finding.rule)).count();
    context.answers.settle(context.setting.contract, sany_errors);
    findings.sort_by(|one, other| {
        (one.span, one.severity, one.rule, &one.message).cmp(&(other.span, other.severity, other.rule, &other.message))
    });
    findings.dedup();
    Judgement {
        module: context.document.module_name().map(str::to_owned),
        verdicts: context.verdicts(),
        findings,
        left_alone: context.left_alone(),
    }
}

/// Whether a rule's errors are those that SANY reports.
fn is_sanys(rule: &str) -> bool {
    ["syntax/", "name/", "level/"].iter().any(|family| rule.starts_with(family))
}

/// Judges the module in a string of a JSON object and carries the findings back to the reply.
fn judge_json(
    document: &Document,
    json: &crate::reply::JsonString,
    inner: &Document,
    setting: Setting<'_>,
) -> Judgement {
    let mut judgement = report(Context::new(inner, Some(document), setting));
    let whole = crate::diagnostic::Span::new(0, document.source().len());
    for finding in &mut judgement.findings {
        finding.span = json.to_reply(finding.span);
        for related in &mut finding.related {
            related.span = json.to_reply(related.span);
        }
        for fix in &mut finding.fixes {
            *fix = carried(json, fix);
        }
        if finding.rule == reply::json::ID {
            finding.span = whole;
            let edits = vec![Edit::replace(whole, format!("{}\n", json.text.trim_end()))];
            finding.fixes =
                vec![Fix { title: "take the module out of the JSON".to_owned(), safety: Safety::Safe, edits }];
        }
    }
    for evidence in judgement.verdicts.iter_mut().flat_map(|verdict| &mut verdict.evidence) {
        evidence.span = json.to_reply(evidence.span);
    }
    setting.config.apply(&mut judgement.findings);
    judgement
}

fn carried(json: &crate::reply::JsonString, fix: &Fix) -> Fix {
    let edits = fix
        .edits
        .iter()
        .map(|edit| Edit { span: json.to_reply(edit.span), text: crate::reply::JsonString::escaped(&edit.text) });
    Fix { title: fix.title.clone(), safety: fix.safety, edits: edits.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_kebab_case_and_found_by_slug() {
        for rule in all() {
            let slug = rule.id.split('/').nth(1).unwrap();
            assert!(slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.id);
            assert!(find(rule.id).is_some(), "{}", rule.id);
        }
        assert_eq!(find("missing-footer").unwrap().id, "syntax/missing-footer");
        assert!(find("no-such-rule").is_none());
    }

    #[test]
    fn findings_of_a_module_in_json_point_into_the_json() {
        let reply =
            r#"{"specification": "---- MODULE M ----\nVARIABLE x\nA == \"s\" != 1\n====", "configuration": ""}"#;
        let document = Document::from(reply);
        let config = crate::config::Config::default();
        let setting =
            Setting { contract: None, config: &config, file_stem: None, draft: None, modules: &crate::NoModules };
        let judgement = crate::judge(&document, setting);
        assert_eq!(judgement.module.as_deref(), Some("M"));
        let finding = judgement.findings.iter().find(|finding| finding.rule == "syntax/foreign-operator").unwrap();
        assert_eq!(&reply[finding.span.start..finding.span.end], "!=");
    }
}
