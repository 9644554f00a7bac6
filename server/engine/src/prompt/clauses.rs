//! From the blocks of a prompt to its contract: kind, polarity, title, text, names and demands of each clause.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

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
        section: "".into(),
        draft: text.to_ascii_lowercase().contains("draft"),
        drafts: Vec::new(),
    };
    let listing: BTreeSet<usize> =
        blocks.iter().filter(|block| matches!(block.content, Content::Item(_))).map(|block| block.section).collect();
    for (at, block) in blocks.iter().enumerate() {
        builder.read_block(block, blocks.get(at + 1), &listing);
    }
    builder.finish()
}

/// What the section of a paragraph is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    List,
    Prose,
}

struct Builder<'a> {
    text: &'a str,
    line_starts: Vec<usize>,
    /// The heading that the block being read stands under.
    section: Rc<str>,
    /// Whether the prompt speaks of a draft analysis at all.
    draft: bool,
    /// Clauses with the last part of their id, where it is not a number.
    drafts: Vec<(Clause, Option<String>)>,
}

impl Builder<'_> {
    /// Reads a block; `listing` are the sections that hold items.
    fn read_block(&mut self, block: &Block, next: Option<&Block>, listing: &BTreeSet<usize>) {
        self.section = Rc::clone(&block.title);
        match &block.content {
            Content::Item(item) => self.read_item(block.class, item),
            Content::Template(span) => self.read_template(*span),
            Content::Paragraph(span) => {
                let section = if listing.contains(&block.section) { Section::List } else { Section::Prose };
                let leads_in = self.slice(*span).trim_end_matches('*').ends_with(':')
                    && next.is_some_and(|next| !matches!(next.content, Content::Paragraph(_)));
                let mut found = sentences(self.slice(*span), span.start);
                if leads_in {
                    found.pop();
                }
                self.read_paragraph(block.class, section, *span, found);
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
    fn read_paragraph(&mut self, class: Class, section: Section, span: Span, found: Vec<Span>) {
        let own_words = matches!(class, Class::Actions | Class::Exclusions | Class::Scope)
            || class == Class::Output && self.follows_a_label(span);
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
            if announces || !asks && (section == Section::List || !own_words || word_count(words) < 2) {
                continue;
            }
            self.read_sentence(class, section, sentence);
        }
    }

    /// Whether a paragraph begins behind its heading, on the same line: `**Formatting**: pure TLA+, no prose`.
    fn follows_a_label(&self, span: Span) -> bool {
        let before = &self.text[..span.start];
        !before.rsplit(['\n', '\r']).next().unwrap_or_default().trim().is_empty()
    }

    fn read_sentence(&mut self, class: Class, section: Section, span: Span) {
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
                if section == Section::List =>
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
        // An item of one word that has a capital is a name: "- Restart".
        let span = trimmed(self.slice(item.span).trim_end_matches('.'), item.span.start);
        let word = self.slice(span);
        let is_word = word.len() > 2 && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if result.is_empty() && is_word && word.starts_with(|c: char| c.is_ascii_uppercase()) {
            result.push(crate::contract::NamedThing { name: word.to_owned(), meaning: None, span });
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
                    let behind_code = result.lines().last().is_some_and(|last| last.contains("=="));
                    let own_line = result.ends_with(':')
                        || behind_code
                        || words.contains("==")
                        || words.starts_with(['{', '}', '"', '(']);
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
        if let Some(rest) = words.strip_prefix('*')
            && let Some(close) = rest.find('*')
            && close > 0
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
        let section = self.section.to_string();
        let id = String::new();
        self.drafts.push((Clause { id, kind, section, title, text, polarity, span, line, names, demands }, slug));
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
        Contract::of(clauses)
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
    let verbs = [
        "model",
        "modeling",
        "modelling",
        "modeled",
        "modelled",
        "include",
        "capture",
        "handle",
        "represent",
        "support",
        "implement",
        "cover",
        "simulate",
        "show",
        "track",
    ];
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

/// Whether a demand is none, but a permission: "Comments are welcome", "You may use any module".
fn permits(lower: &str) -> bool {
    let opens = ["optional", "(optional)", "you may ", "you can ", "feel free "];
    let says =
        ["are welcome", "is welcome", "are allowed", "is allowed", "is optional", "are optional", "may be defined"];
    let strict = has_any(lower, &["must", "only ", "not allowed", "do not", "not be"]);
    !strict && (opens.iter().any(|words| lower.starts_with(words)) || has_any(lower, &says))
}

fn polarity_of(class: Class, text: &str) -> Polarity {
    let lower = text.to_ascii_lowercase();
    match class {
        Class::Exclusions => Polarity::Forbidden,
        Class::Allowed => Polarity::Allowed,
        _ if permits(&lower) => Polarity::Allowed,
        _ if is_prohibition(text) => Polarity::Forbidden,
        _ => Polarity::Required,
    }
}

/// Words without bold marks, a bracketed title set off by a colon.
fn clean(words: &str) -> String {
    let plain = words.replace("**", "");
    let plain = plain.trim();
    // Cells of a table: the first is the title.
    if let Some((title, text)) = plain.split_once(" | ") {
        return format!("{}: {}", title.trim(), text.replace(" | ", ", ").trim());
    }
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
mod tests;
