//! From the blocks of a prompt to its contract: kind, polarity, title, text, names and demands of each clause.

use std::collections::BTreeMap;

use crate::{
    contract::{Clause, ClauseKind, Contract, Demand, DraftPart, Polarity},
    diagnostic::Span,
};

use super::{
    headings::Class,
    letter::{self, OF_CONFIGURATION, OF_OTHER_CLAUSES, ONLY_PERMITTED},
    lines::{lines, trimmed},
    names::names,
    sections::{Block, Content, Item, Part, Role, read},
    template,
    wording::{
        capitals_only, find_word, has_any, is_demanding, is_flag, is_flagged, is_order, is_prohibition, sentences,
        without_flag, word_count,
    },
};

/// Reads the demands of a prompt.
pub(super) fn contract(text: &str) -> Contract {
    let blocks = read(text);
    let mut builder = Builder {
        text,
        line_starts: lines(text).iter().map(|line| line.start).collect(),
        draft: text.to_ascii_lowercase().contains("draft"),
        drafts: Vec::new(),
    };
    for (at, block) in blocks.iter().enumerate() {
        builder.read_block(&blocks, at, block);
    }
    builder.finish()
}

struct Builder<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    /// Whether the prompt speaks of a draft analysis at all.
    draft: bool,
    /// Clauses with the last part of their id, where it is not a number.
    drafts: Vec<(Clause, Option<String>)>,
}

impl Builder<'_> {
    fn read_block(&mut self, blocks: &[Block], at: usize, block: &Block) {
        match &block.content {
            Content::Item(item) => self.read_item(block.class, item),
            Content::Template(span) => self.read_template(*span),
            Content::Paragraph(span) => {
                let of_section = |other: &&Block| other.section == block.section;
                let has_items = blocks.iter().filter(of_section).any(|other| matches!(other.content, Content::Item(_)));
                let leads_in = self.slice(*span).trim_end_matches('*').ends_with(':')
                    && blocks.get(at + 1).is_some_and(|next| !matches!(next.content, Content::Paragraph(_)));
                self.read_paragraph(block.class, *span, has_items, leads_in);
            }
        }
    }

    fn read_item(&mut self, class: Class, item: &Item) {
        let Some(head) = item.parts.first() else { return };
        let body = self.body(&item.parts);
        if body.is_empty() {
            return;
        }
        let (title, behind) = self.title(head.span);
        let kind = kind_of(class);
        let text = body;
        let names = self.item_names(item, behind);
        let mut demands = self.demands(kind, &text);
        let inline_names = text.to_ascii_lowercase().starts_with("required actions:");
        if kind == ClauseKind::Naming || inline_names {
            demands = self.exact_actions(head, &text);
        }
        let (title, demands) = match demands.as_slice() {
            [Demand::ExactAction(name)] if kind == ClauseKind::Naming => (name.clone(), demands),
            _ => (title, demands),
        };
        let polarity = polarity_of(class, &text);
        self.push(kind, title, text, polarity, item.span, item.line, names, demands, None);
        if polarity == Polarity::Required {
            self.read_omissions(item);
        }
    }

    /// Bullets below a required item that forbid something are demands of their own: "Omit infrastructure functions".
    fn read_omissions(&mut self, item: &Item) {
        for part in item.parts.iter().filter(|part| part.role == Role::Bullet) {
            let words = self.slice(part.span).trim_start_matches(['*', ' ']).to_ascii_lowercase();
            if !has_any(&words, &["omit ", "exclude ", "do not model ", "leave out "])
                || !is_prohibition(&words) && !words.starts_with("leave out ")
            {
                continue;
            }
            let text = clean(self.slice(part.span));
            let (title, _) = self.title(part.span);
            let demands = self.demands(ClauseKind::Exclusion, &text);
            let names = names(self.slice(part.span), part.span.start);
            self.push(
                ClauseKind::Exclusion,
                title,
                text,
                Polarity::Forbidden,
                part.span,
                part.line,
                names,
                demands,
                None,
            );
        }
    }

    fn read_template(&mut self, span: Span) {
        for part in template::parts(self.text, span) {
            let line = self.line_of(part.span.start);
            let text = self.slice(part.span).to_owned();
            let demands = if part.demands.is_empty() { vec![Demand::Behaviour] } else { part.demands };
            let kind = ClauseKind::Template;
            self.push(
                kind,
                part.title,
                text,
                Polarity::Required,
                part.span,
                line,
                Vec::new(),
                demands,
                Some(part.slug),
            );
        }
    }

    /// Sentences that ask for something; in a section without items, everything that is said.
    fn read_paragraph(&mut self, class: Class, span: Span, has_items: bool, leads_in: bool) {
        let mut found = sentences(self.slice(span), span.start);
        if leads_in {
            found.pop();
        }
        let own_words = matches!(class, Class::Actions | Class::Exclusions | Class::Scope);
        let class = if class == Class::Material && is_flagged(self.slice(span)) { Class::Other } else { class };
        let code = class == Class::Material && self.slice(span).contains(['{', '}', ';', '=', '<', '>']);
        for sentence in found {
            let words = self.slice(sentence);
            let asks = match class {
                Class::Material => {
                    !code
                        && words.starts_with(|c: char| c.is_uppercase() || c == '*')
                        && is_demanding(words)
                        && starts_asking(words)
                }
                _ => is_demanding(words),
            };
            // "The following action names MUST appear": the list says which.
            let announces = class == Class::Naming && words.contains("following");
            if announces || !asks && (has_items || !own_words || word_count(words) < 2) {
                continue;
            }
            self.read_sentence(class, sentence, has_items);
        }
    }

    fn read_sentence(&mut self, class: Class, span: Span, has_items: bool) {
        let slice = self.slice(span);
        let flagless = without_flag(slice);
        let offset = flagless.as_ptr() as usize - slice.as_ptr() as usize;
        let span = trimmed(flagless.trim_end_matches(['*', ' ']), span.start + offset);
        let text = clean(self.slice(span));
        let of_form = letter::demands(&text, ClauseKind::Output).iter().any(|demand| {
            matches!(
                demand,
                Demand::NoFences
                    | Demand::NoProse
                    | Demand::NoComments
                    | Demand::NoTranslationComments
                    | Demand::StartsWithHeader
                    | Demand::EndsWithFooter
                    | Demand::FencedBlocks(_)
                    | Demand::JsonObject(_)
                    | Demand::ModuleName(_)
            )
        });
        // A sentence behind a list closes the section: what it says is not one more item.
        let class = match class {
            Class::Actions | Class::Exclusions | Class::Scope | Class::Modeling | Class::Allowed | Class::Output
                if has_items =>
            {
                Class::Other
            }
            Class::Material | Class::Template => Class::Other,
            class => class,
        };
        let kind = if of_form { ClauseKind::Output } else { kind_of(class) };
        let (title, _) = self.title(span);
        let line = self.line_of(span.start);
        let mut demands = self.demands(kind, &text);
        if kind == ClauseKind::Naming {
            demands = vec![Demand::Undecidable(OF_OTHER_CLAUSES.to_owned())];
        }
        let polarity = polarity_of(class, &text);
        let names = names(self.slice(span), span.start);
        self.push(kind, title, text, polarity, span, line, names, demands, None);
    }

    /// What a clause asks for: by the letter, by the draft, or as behaviour.
    fn demands(&self, kind: ClauseKind, text: &str) -> Vec<Demand> {
        let mut result = letter::demands(text, kind);
        if self.draft && matches!(kind, ClauseKind::Translation | ClauseKind::Exclusion | ClauseKind::Other) {
            let parts = match kind {
                ClauseKind::Exclusion => vec![DraftPart::InfrastructureFunctions],
                _ => vec![
                    DraftPart::CoreFunctions,
                    DraftPart::SupportingFunctions,
                    DraftPart::InfrastructureFunctions,
                    DraftPart::Variables,
                ],
            };
            let named = letter::draft_parts(text).into_iter().filter(|part| parts.contains(part));
            result.extend(named.map(Demand::FollowsDraft));
        }
        let lower = text.to_ascii_lowercase();
        let described = match kind {
            ClauseKind::Action | ClauseKind::Scope | ClauseKind::Modeling | ClauseKind::Exclusion => result.is_empty(),
            ClauseKind::Translation => {
                let themes = ["election", "replication", "synchronization", "mutual exclusion", "must be modeled"];
                let of_draft = result.iter().any(|demand| matches!(demand, Demand::FollowsDraft(_)));
                of_draft && has_any(&lower, &themes)
            }
            ClauseKind::Output => result.is_empty() && lower.contains("next") && lower.contains("disjunct"),
            ClauseKind::Naming | ClauseKind::Template | ClauseKind::Other => false,
        };
        if described {
            result.push(Demand::Behaviour);
        }
        if result.is_empty() {
            let of_configuration = letter::speaks_of_configuration(text, &lower).then_some(OF_CONFIGURATION);
            let reason = letter::undecidable(text).or(of_configuration);
            result.extend(reason.map(|reason| Demand::Undecidable(reason.to_owned())));
        }
        if result.is_empty() && matches!(kind, ClauseKind::Translation | ClauseKind::Other) && describes(text) {
            result.push(Demand::Behaviour);
        }
        result
    }

    /// The exact names of an item under `Required actions:`: the name it begins with, or all between back-ticks.
    fn exact_actions(&self, head: &Part, text: &str) -> Vec<Demand> {
        let words = self.slice(head.span);
        if let Some((before, rest)) = text.split_once(':')
            && before.eq_ignore_ascii_case("required actions")
        {
            return listed_names(rest).into_iter().map(Demand::ExactAction).collect();
        }
        let plain = words.trim_matches(['*', ' ']);
        let (name, rest) = match plain.strip_prefix('`') {
            Some(code) => code.split_once('`').unwrap_or((code, "")),
            None => {
                let end = plain.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(plain.len());
                plain.split_at(end)
            }
        };
        let rest = rest.trim_start_matches(['*', ' ']);
        let rest =
            rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest.trim_start());
        let name = name.split('(').next().unwrap_or(name).trim();
        let alone = rest.is_empty() || rest.starts_with([':', '-', '–', '—', ',']);
        let names = if alone && rest.starts_with(',') { listed_names(text) } else { vec![name.to_owned()] };
        let fits = alone && is_definable(name) && names.iter().all(|name| is_definable(name));
        if fits { names.into_iter().map(Demand::ExactAction).collect() } else { self.demands(ClauseKind::Naming, text) }
    }

    fn item_names(&self, item: &Item, behind_title: usize) -> Vec<crate::contract::NamedThing> {
        let mut result: Vec<crate::contract::NamedThing> = Vec::new();
        for (at, part) in item.parts.iter().enumerate() {
            let start = if at == 0 { behind_title } else { part.span.start };
            for thing in names(&self.text[start..part.span.end], start) {
                if !result.iter().any(|known| known.name == thing.name) {
                    result.push(thing);
                }
            }
        }
        result
    }

    /// The words of an item, markers removed, one line for each bullet.
    fn body(&self, parts: &[Part]) -> String {
        let mut result = String::new();
        for part in parts {
            let words = self.slice(part.span);
            match part.role {
                Role::Head => result.push_str(&clean(words)),
                Role::Bullet => result.push_str(&format!("\n- {}", clean(words))),
                Role::Continuation => {
                    let own_line =
                        result.ends_with(':') || words.contains("==") || words.starts_with(['{', '}', '"', '(']);
                    result.push_str(if own_line { "\n" } else { " " });
                    result.push_str(&clean(words));
                }
            }
        }
        result.trim().to_owned()
    }

    /// A short name for a demand, and where the demand's text begins behind a bracketed title.
    fn title(&self, span: Span) -> (String, usize) {
        let words = self.slice(span);
        if let Some(rest) = words.strip_prefix('【')
            && let Some(close) = rest.find('】')
        {
            return (rest[..close].trim().to_owned(), span.start + '【'.len_utf8() + close + '】'.len_utf8());
        }
        if let Some(rest) = words.strip_prefix('[')
            && let Some(close) = rest.find(']')
            && rest[..close].starts_with(char::is_alphabetic)
            && !rest[close + 1..].starts_with(['(', '_', '['])
        {
            return (rest[..close].trim().to_owned(), span.start + close + 2);
        }
        if let Some(rest) = words.strip_prefix("**")
            && let Some(close) = rest.find("**")
            && !is_flag(&rest[..close])
        {
            return (rest[..close].trim().trim_end_matches(':').to_owned(), span.start);
        }
        let words = without_flag(words);
        (short(&clean(words.lines().next().unwrap_or(words))), span.start)
    }

    #[expect(clippy::too_many_arguments, reason = "a clause has that many parts, and this is its only maker")]
    fn push(
        &mut self,
        kind: ClauseKind,
        title: String,
        text: String,
        polarity: Polarity,
        span: Span,
        line: usize,
        names: Vec<crate::contract::NamedThing>,
        demands: Vec<Demand>,
        slug: Option<String>,
    ) {
        let demands = match polarity {
            Polarity::Allowed => vec![Demand::Undecidable(ONLY_PERMITTED.to_owned())],
            _ => demands,
        };
        self.drafts.push((Clause { id: String::new(), kind, title, text, polarity, span, line, names, demands }, slug));
    }

    fn slice(&self, span: Span) -> &str {
        &self.text[span.start..span.end]
    }

    fn line_of(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// What only the whole prompt can tell, then the ids.
    fn finish(mut self) -> Contract {
        self.share_json_fields();
        self.take_name_from_header();
        if self.asks_for_configuration() {
            for (clause, _) in &mut self.drafts {
                clause.demands =
                    vec![Demand::Undecidable("the prompt asks for a TLC configuration, not for a module".to_owned())];
            }
        }
        let mut counts: BTreeMap<ClauseKind, usize> = BTreeMap::new();
        let mut slugs: BTreeMap<String, usize> = BTreeMap::new();
        let mut clauses = Vec::with_capacity(self.drafts.len());
        for (mut clause, slug) in self.drafts {
            let count = counts.entry(clause.kind).or_default();
            *count += 1;
            let own = slug.or_else(|| match clause.kind {
                ClauseKind::Output if clause.demands == [Demand::Behaviour] => Some("next".to_owned()),
                ClauseKind::Output => letter::slug(&clause.demands).map(str::to_owned),
                _ => None,
            });
            let mut id = format!("{}.{}", clause.kind.word(), own.clone().unwrap_or_else(|| count.to_string()));
            let times = slugs.entry(id.clone()).or_default();
            *times += 1;
            if *times > 1 {
                id = format!("{id}.{times}");
            }
            clause.id = id;
            clauses.push(clause);
        }
        Contract { clauses }
    }

    /// One clause shows the object, the others speak of it.
    fn share_json_fields(&mut self) {
        let fields = self.drafts.iter().flat_map(|(clause, _)| &clause.demands).find_map(|demand| match demand {
            Demand::JsonObject(fields) if !fields.is_empty() => Some(fields.clone()),
            _ => None,
        });
        let is_json = self
            .drafts
            .iter()
            .flat_map(|(clause, _)| &clause.demands)
            .any(|demand| matches!(demand, Demand::JsonObject(_)));
        if !is_json {
            return;
        }
        for (clause, _) in &mut self.drafts {
            let lower = clause.text.to_ascii_lowercase();
            if clause.kind == ClauseKind::Output
                && clause.demands.is_empty()
                && has_any(&lower, &["json", "field", "escape"])
            {
                clause.demands.push(Demand::JsonObject(Vec::new()));
            }
            for demand in &mut clause.demands {
                if let (Demand::JsonObject(own), Some(fields)) = (demand, &fields) {
                    own.clone_from(fields);
                }
            }
        }
    }

    /// A prompt that nowhere says "the module name" may still show the header that the reply begins with.
    fn take_name_from_header(&mut self) {
        let named = self
            .drafts
            .iter()
            .flat_map(|(clause, _)| &clause.demands)
            .any(|demand| matches!(demand, Demand::ModuleName(_)));
        if named {
            return;
        }
        for (clause, _) in &mut self.drafts {
            if clause.demands.contains(&Demand::StartsWithHeader)
                && let Some(name) = letter::named_in_header(&clause.text)
            {
                clause.demands.push(Demand::ModuleName(name.to_owned()));
                return;
            }
        }
    }

    /// Whether the prompt wants a TLC configuration file and no module at all.
    fn asks_for_configuration(&self) -> bool {
        let of_module = self.drafts.iter().any(|(clause, _)| {
            clause.demands.iter().any(|demand| {
                matches!(
                    demand,
                    Demand::ModuleName(_)
                        | Demand::FencedBlocks(_)
                        | Demand::JsonObject(_)
                        | Demand::StartsWithHeader
                        | Demand::EndsWithFooter
                        | Demand::Extends(_)
                        | Demand::ExactAction(_)
                )
            })
        });
        !of_module
            && self.drafts.iter().any(|(clause, _)| {
                let lower = clause.text.to_ascii_lowercase();
                let verbs = ["generate", "create", "write", "produce", "output"];
                clause.kind != ClauseKind::Template
                    && verbs.iter().any(|verb| lower.contains(verb))
                    && has_any(&lower, &["configuration file", ".cfg file", "tlc configuration", ".cfg for"])
            })
    }
}

/// Among source code and other material only a plain order counts, not everything that says "must".
fn starts_asking(sentence: &str) -> bool {
    let lower = sentence.to_ascii_lowercase();
    is_order(without_flag(sentence)) || has_any(&lower, &["please ", "your task is to", "need you to"]) || {
        lower.starts_with("given ") || lower.starts_with("based on ")
    }
}

/// Whether a demand of a section that may hold anything tells what the module is to do.
fn describes(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let verbs =
        ["model", "capture", "handle", "represent", "support", "implement", "cover", "simulate", "show", "track"];
    verbs.iter().any(|verb| find_word(&lower, verb).is_some()) || !names(text, 0).is_empty()
}

fn kind_of(class: Class) -> ClauseKind {
    match class {
        Class::Actions => ClauseKind::Action,
        Class::Exclusions => ClauseKind::Exclusion,
        Class::Scope => ClauseKind::Scope,
        Class::Modeling => ClauseKind::Modeling,
        Class::Naming => ClauseKind::Naming,
        Class::Output => ClauseKind::Output,
        Class::Translation => ClauseKind::Translation,
        Class::Template | Class::Allowed | Class::Other | Class::Material => ClauseKind::Other,
    }
}

fn polarity_of(class: Class, text: &str) -> Polarity {
    let lower = text.to_ascii_lowercase();
    match class {
        Class::Exclusions => Polarity::Forbidden,
        Class::Allowed => Polarity::Allowed,
        _ if lower.starts_with("optional") || lower.starts_with("you may ") || lower.starts_with("(optional)") => {
            Polarity::Allowed
        }
        _ if is_prohibition(text) => Polarity::Forbidden,
        _ => Polarity::Required,
    }
}

/// Words without bold marks, a bracketed title set off by a colon.
fn clean(words: &str) -> String {
    let plain = words.replace("**", "");
    let plain = plain.trim();
    if let Some(rest) = plain.strip_prefix('【')
        && let Some((title, text)) = rest.split_once('】')
    {
        let text = text.trim_start();
        return if text.is_empty() { format!("{}:", title.trim()) } else { format!("{}: {text}", title.trim()) };
    }
    plain.to_owned()
}

/// The title of a demand that has none: what stands before its colon, else its first words.
fn short(text: &str) -> String {
    if let Some(at) = text.find(':')
        && word_count(&text[..at]) <= 7
        && !text[..at].contains(['`', '"', '(', '{'])
        && at > 0
    {
        return text[..at].trim().to_owned();
    }
    let cut = [" - ", " — ", " – ", ". ", " ("]
        .iter()
        .filter_map(|sign| text.find(sign))
        .filter(|at| *at > 0 && (word_count(&text[..*at]) > 1 || text.ends_with(')')))
        .min();
    let text = cut.map_or(text, |at| &text[..at]);
    let text = text.trim_end_matches(['.', ':', ',', ' ']);
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 9 { words.join(" ") } else { format!("{} …", words[..8].join(" ")) }
}

/// Names between back-ticks, or else separated by commas.
fn listed_names(text: &str) -> Vec<String> {
    let code: Vec<String> = text.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let names = if code.is_empty() { text.split(',').map(|name| name.trim().to_owned()).collect() } else { code };
    names
        .into_iter()
        .map(|name| name.split('(').next().unwrap_or(&name).trim_matches([' ', '*', '.']).to_owned())
        .filter(|name| is_definable(name))
        .collect()
}

/// Whether a word can be the name of a definition.
fn is_definable(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name.chars().any(|c| c.is_ascii_alphabetic())
        && !capitals_only(name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use expect_test::{Expect, expect};
    use proptest::prelude::*;

    use super::contract;
    use crate::{
        contract::Demand,
        prompt::{Prompt, unindent},
    };

    fn check(text: &str, expected: Expect) {
        let mut shown = String::new();
        for clause in &contract(&unindent(text)).clauses {
            let demands: Vec<String> = clause
                .demands
                .iter()
                .map(|demand| match demand {
                    Demand::Undecidable(why) => format!("Undecidable({why:.20}…)"),
                    _ => format!("{demand:?}"),
                })
                .collect();
            let (polarity, title) = (clause.polarity.word(), &clause.title);
            shown += &format!("{} {polarity} «{title}»\n  {}\n", clause.id, demands.join(", "));
        }
        expected.assert_eq(&shown);
    }

    fn check_texts(text: &str, expected: Expect) {
        let shown: Vec<String> =
            contract(&unindent(text)).clauses.iter().map(|one| format!("{}\n{}\n", one.id, one.text)).collect();
        expected.assert_eq(&shown.concat());
    }

    #[test]
    fn the_section_gives_kind_and_polarity() {
        check(
            r#"
            You are an expert in queues.

            System: a queue
            Focus: {focus}

            Source Code from {file_path}:
            ```go
            {source_code}
            ```

            queue-specific modeling requirements:

            MANDATORY CORE ACTIONS (must include all):
            1. 【Operations】push(), pop()
            2. [Roles] StateIdle

            EXPLICITLY EXCLUDED (do not model):
            - Persistence (MsgStore)

            REQUIRED BEHAVIORAL SCOPE:
            - Order: first in, first out
            - Basic fairness under fair scheduling

            Generate a TLA+ specification that accurately models the queue.

            CRITICAL OUTPUT REQUIREMENTS:
            1. The MODULE name must be exactly "queue"
            "#,
            expect![[r#"
                actions.1 required «Operations»
                  Behaviour
                actions.2 required «Roles»
                  Behaviour
                excluded.1 forbidden «Persistence»
                  Behaviour
                scope.1 required «Order»
                  Behaviour
                scope.2 required «Basic fairness under fair scheduling»
                  Behaviour
                other.1 required «Generate a TLA+ specification that accurately models the queue»
                  Undecidable(faithfulness to the …)
                output.module-name required «The MODULE name must be exactly "queue"»
                  ModuleName("queue")
            "#]],
        );
    }

    #[test]
    fn the_word_fairness_alone_demands_nothing_and_exclusions_forbid_it() {
        check(
            r#"
            EXPLICITLY EXCLUDED:
            - Fairness: Spec is fixed as `Spec == Init /\ [][Next]_vars`
            - Fair queues of the scheduler

            Mutex modeling requirements:
            1. Capture priorities and fairness policies
            2. **MANDATORY**: Include weak fairness in Spec
            "#,
            expect![[r#"
                excluded.1 forbidden «Fairness»
                  NoFairness
                excluded.2 forbidden «Fair queues of the scheduler»
                  Behaviour
                modeling.1 required «Capture priorities and fairness policies»
                  Behaviour
                modeling.2 required «Include weak fairness in Spec»
                  Fairness
            "#]],
        );
    }

    #[test]
    fn rules_footers_and_fences_in_a_prompt_end_nothing() {
        check(
            r#"
            OUTPUT REQUIREMENTS:
            =====
            1. Start your response with
            ---- MODULE queue ----
            2. End it with the closing ====
            ====
            3. No ```tla fences
            "#,
            expect![[r#"
                output.first-line required «Start your response with»
                  StartsWithHeader, ModuleName("queue")
                output.last-line required «End it with the closing ====»
                  EndsWithFooter
                output.fences forbidden «No ```tla fences»
                  NoFences
            "#]],
        );
    }

    #[test]
    fn required_actions_are_exact_wherever_the_list_stands() {
        check(
            r#"
            MANDATORY NAMING CONVENTIONS (interface):
            The following action names MUST appear EXACTLY. Any mismatch scores 0.

            Required actions:
              - `Push`
              - `Pop(x)`: takes one

            Each required action must be a definition. Do not rename these actions.
            "#,
            expect![[r#"
                naming.1 required «Push»
                  ExactAction("Push")
                naming.2 required «Pop»
                  ExactAction("Pop")
                naming.3 required «Each required action must be a definition»
                  Undecidable(each name is held to…)
                naming.4 forbidden «Do not rename these actions»
                  Undecidable(each name is held to…)
            "#]],
        );
        check(
            r#"
            MODELING REQUIREMENTS:
            1. Track the buffer
            2. Required actions:
               - `Push`
               - `Pop`
            3. Show wrapping
            4. Required actions: `Open`, `Close`
            "#,
            expect![[r#"
                modeling.1 required «Track the buffer»
                  Behaviour
                naming.1 required «Push»
                  ExactAction("Push")
                naming.2 required «Pop»
                  ExactAction("Pop")
                modeling.2 required «Show wrapping»
                  Behaviour
                modeling.3 required «Required actions»
                  ExactAction("Open"), ExactAction("Close")
            "#]],
        );
    }

    #[test]
    fn a_numbered_item_may_be_the_heading_of_its_bullets() {
        check(
            r#"
            REQUIREMENTS:
            1. **Model the buffer**
            2. **Explicitly excluded**:
               - Persistence
               - Metrics
            3. Handle wrapping
            "#,
            expect![[r#"
                translation.1 required «Model the buffer»
                  Behaviour
                excluded.1 forbidden «Persistence»
                  Behaviour
                excluded.2 forbidden «Metrics»
                  Behaviour
                translation.2 required «Handle wrapping»
                  Behaviour
            "#]],
        );
    }

    #[test]
    fn groups_and_prose_of_an_exclusion_stay_excluded() {
        check(
            r#"
            ## Explicitly excluded

            ### Storage
            - Snapshots

            **Network**
            - Retries

            Timer constraints:
            - Clock drift

            ## Wishes
            - Model leaders

            OUT OF SCOPE: membership changes
            "#,
            expect![[r#"
                excluded.1 forbidden «Snapshots»
                  Behaviour
                excluded.2 forbidden «Retries»
                  Behaviour
                excluded.3 forbidden «Clock drift»
                  Behaviour
                other.1 required «Model leaders»
                  Behaviour
                excluded.4 forbidden «membership changes»
                  Behaviour
            "#]],
        );
    }

    #[test]
    fn what_is_optional_is_not_demanded() {
        check(
            "OPTIONAL FEATURES:\n- Fairness conditions in Spec\n\nREQUIREMENTS:\n- Optional: model crashes\n",
            expect![[r#"
                other.1 allowed «Fairness conditions in Spec»
                  Undecidable(the prompt permits i…)
                translation.1 allowed «Optional»
                  Undecidable(the prompt permits i…)
            "#]],
        );
    }

    #[test]
    fn sub_bullets_and_wrapped_lines_belong_to_their_item() {
        check_texts(
            r#"
            MANDATORY CORE ACTIONS:
            1. 【Locking】Distinguish two calls:
               - lock(): waits
                 until free
               - **try_lock()**: never waits

               Both set the owner.
            2.【Unlocking】wakes
            one thread

            OUTPUT REQUIREMENTS:
            1. **Fairness**: The Spec MUST include weak fairness. Use the pattern:
               Spec == Init /\ [][Next]_Vars /\ WF_Vars(Next)
               (Replace "Vars")
            "#,
            expect![[r#"
                actions.1
                Locking: Distinguish two calls:
                - lock(): waits until free
                - try_lock(): never waits Both set the owner.
                actions.2
                Unlocking: wakes one thread
                output.fairness
                Fairness: The Spec MUST include weak fairness. Use the pattern:
                Spec == Init /\ [][Next]_Vars /\ WF_Vars(Next)
                (Replace "Vars")
            "#]],
        );
    }

    #[test]
    fn material_demands_nothing_whatever_code_it_holds() {
        check(
            r#"
            Source Code:
            ```python
            # Requirements of the caller
            - must not be shared
            def output(x):
                return only(x)
            class Rules:
                pass
            ```

            ## Validation Errors Found
            - line 3 must be mended

            Please fix these errors.
            "#,
            expect![[r#"
                other.1 required «Please fix these errors»
                  Undecidable(it tells how to work…)
            "#]],
        );
    }

    #[test]
    fn a_prompt_for_a_configuration_asks_nothing_of_a_module() {
        check(
            r#"
            Generate a complete TLC configuration file (.cfg) for this specification.

            $tla_spec

            ## Requirements:
            1. **Output ONLY the raw .cfg file content** - no markdown
            "#,
            expect![[r#"
                other.1 required «Generate a complete TLC configuration file»
                  Undecidable(the prompt asks for …)
                translation.1 required «Output ONLY the raw .cfg file content»
                  Undecidable(the prompt asks for …)
            "#]],
        );
    }

    #[test]
    fn a_repair_prompt_may_want_json_back() {
        check(
            r#"
            ## Correction Instructions
            Based on the errors above, please fix BOTH files.
            1. **Fix all syntax errors**: use proper TLA+ syntax

            CRITICAL OUTPUT REQUIREMENTS:
            1. Return your response as pure JSON text with NO markdown formatting
            2. Use this exact structure:

            {{
              "specification": "---- MODULE queue ----\n...",
              "configuration": "..."
            }}

            3. Both fields are required
            4. The MODULE name must remain exactly "queue"
            "#,
            expect![[r#"
                translation.1 required «Based on the errors above, please fix BOTH files»
                  Undecidable(it tells how to work…)
                translation.2 required «Fix all syntax errors»
                  SanyAccepts
                output.json required «Return your response as pure JSON text with …»
                  JsonObject(["specification", "configuration"]), NoFences
                output.json.2 required «Use this exact structure»
                  JsonObject(["specification", "configuration"])
                output.json.3 required «Both fields are required»
                  JsonObject(["specification", "configuration"])
                output.module-name required «The MODULE name must remain exactly "queue"»
                  ModuleName("queue")
            "#]],
        );
    }

    #[test]
    fn a_draft_prompt_follows_its_draft_and_shows_a_template() {
        check(
            r#"
            ## Translation Requirements:
            1. **Mapping**: each core function of the draft is one action
            2. **By function**:
               - abstract helper functions
               - Omit infrastructure functions

            ## Template:
            ```tla
            ---- MODULE ModuleName ----
            VARIABLES
                [from the draft]

            Init ==
                [all]
            ====
            ```

            **Draft:**
            ```
            {draft_analysis}
            ```

            **IMPORTANT: Return ONLY the TLA+ code. Do not include comments about the translation.
            Start directly with the module declaration and end with the module terminator.**
            "#,
            expect![[r#"
                translation.1 required «Mapping»
                  FollowsDraft(CoreFunctions)
                translation.2 required «By function»
                  FollowsDraft(SupportingFunctions), FollowsDraft(InfrastructureFunctions)
                excluded.1 forbidden «Omit infrastructure functions»
                  FollowsDraft(InfrastructureFunctions)
                template.header required «module header»
                  Declares(Header)
                template.variables required «VARIABLES»
                  Declares(Variables), FollowsDraft(Variables)
                template.init required «Init»
                  Defines("Init")
                output.prose required «Return ONLY the TLA+ code»
                  NoProse
                output.comments forbidden «Do not include comments about the translation»
                  NoTranslationComments
                output.first-line required «Start directly with the module declaration and end …»
                  StartsWithHeader, EndsWithFooter
            "#]],
        );
    }

    fn any_prompt() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            Just("MANDATORY CORE ACTIONS:"),
            Just("EXPLICITLY EXCLUDED (x):"),
            Just("## Output requirements"),
            Just("**Template:**"),
            Just("Source code:"),
            Just("Required actions:"),
            Just("1. "),
            Just("- "),
            Just("  * "),
            Just("【"),
            Just("】"),
            Just("["),
            Just("]"),
            Just("**"),
            Just("`"),
            Just("```tla"),
            Just("---- MODULE q ----"),
            Just("===="),
            Just("Init == "),
            Just("(a"),
            Just(")"),
            Just("\n"),
            Just("\r\n"),
            Just("\n\n"),
            Just("{focus}"),
            Just("{{"),
            Just("}}"),
            Just("$tla_spec"),
            Just("A/B"),
            Just("→"),
            Just("é😀"),
            Just(" Do not include comments. "),
            Just(" EXTENDS modules: "),
            Just("TLC, Bags"),
            Just("\"x\""),
            Just(":"),
            Just("WF_vars"),
            Just("MODULE name must be "),
            Just("No invariants "),
        ];
        proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_text_parses_and_its_clauses_lie_within_it(text in any_prompt()) {
            let prompt = Prompt::parse(&text);
            let mut ids = BTreeSet::new();
            for clause in &prompt.contract().clauses {
                prop_assert!(text.get(clause.span.start..clause.span.end).is_some());
                prop_assert!(ids.insert(clause.id.clone()), "{} twice", clause.id);
                for thing in &clause.names {
                    prop_assert!(text.get(thing.span.start..thing.span.end).is_some());
                }
            }
            for finding in prompt.findings() {
                prop_assert!(text.get(finding.span.start..finding.span.end).is_some());
            }
            let values = prompt.placeholders().iter().map(|one| {
                (one.name.clone(), crate::prompt::Value::Text(text[one.span.start..one.span.end].to_owned()))
            });
            // Filling each placeholder with itself gives the text back, unless one name is written in two ways.
            let places = prompt.placeholders().iter();
            let written: BTreeSet<_> = places.clone().map(|one| &text[one.span.start..one.span.end]).collect();
            let named: BTreeSet<_> = places.map(|one| &one.name).collect();
            if written.len() == named.len() {
                prop_assert_eq!(prompt.render(&values.collect()), Ok(text.clone()));
            }
            crate::prompt::draft::Draft::parse(&text);
        }
    }
}
