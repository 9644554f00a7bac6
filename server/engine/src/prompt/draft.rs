//! A draft analysis: the functions of a system by their class, and its essential state variables.

use crate::diagnostic::Span;

use super::{
    headings::plain,
    lines::{Line, lines, trimmed},
    wording::{has_any, word_count},
};

/// What a draft analysis lists. Parsing never fails: what is no list of functions or variables is left alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// Functions that are each to become one action.
    pub core: Vec<DraftEntry>,
    /// Functions that are abstracted.
    pub supporting: Vec<DraftEntry>,
    /// Functions that are left out.
    pub infrastructure: Vec<DraftEntry>,
    /// The essential state variables.
    pub variables: Vec<DraftEntry>,
}

/// A function or variable of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftEntry {
    /// As the draft writes it, without parameters and type; a few words where the draft names no function.
    pub name: String,
    /// Bytes of the name in the draft.
    pub span: Span,
    /// Line in the draft, from 0.
    pub line: usize,
    /// What the draft says of it; for a variable its type too.
    pub text: String,
    /// Bytes of the function's own section in the detailed analysis, from its heading on.
    pub analysis: Option<Span>,
}

/// What the lines below a heading list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Core,
    Supporting,
    Infrastructure,
    Variables,
    /// One heading for each core function.
    Analysis,
    None,
}

impl Draft {
    /// Reads a draft, whatever marks its headings: Markdown, bold, capitals or numbers.
    pub fn parse(text: &str) -> Self {
        let mut reader = Reader { text, draft: Draft::default(), list: List::None, indent: None, analysed: None };
        for line in lines(text) {
            reader.read(&line);
        }
        reader.close_analysis(text.len());
        reader.draft
    }

    /// Whether nothing was found: the text is no draft analysis.
    pub fn is_empty(&self) -> bool {
        self.core.is_empty()
            && self.supporting.is_empty()
            && self.infrastructure.is_empty()
            && self.variables.is_empty()
    }
}

struct Reader<'a> {
    text: &'a str,
    draft: Draft,
    list: List,
    /// Indentation of the list's own items; deeper ones tell more of the item above them.
    indent: Option<usize>,
    /// The core function whose analysis is being read, and where it begins.
    analysed: Option<(usize, usize)>,
}

impl Reader<'_> {
    fn read(&mut self, line: &Line<'_>) {
        if line.is_blank() || line.is_fence() {
            return;
        }
        if line.is_rule() {
            if self.list != List::Analysis {
                self.list = List::None;
            }
            return;
        }
        if let Some((list, rest)) = list_heading(line) {
            self.close_analysis(line.start);
            self.list = list;
            self.indent = None;
            self.read_inline(line, rest);
            return;
        }
        if self.list == List::Analysis {
            self.read_analysis_heading(line);
            return;
        }
        if self.list == List::None {
            return;
        }
        if let Some(item) = line.item() {
            let top = *self.indent.get_or_insert(item.indent);
            if item.indent > top {
                self.extend_last(item.content);
            } else {
                self.add(item.content, line.number);
            }
            return;
        }
        if ends_list(line) {
            self.list = List::None;
            return;
        }
        let span = line.span();
        if self.indent.is_some_and(|top| line.indent() > top) {
            self.extend_last(span);
        } else if self.text[span.start..span.end].contains(": ") && !self.text[span.start..].starts_with('#') {
            self.add(span, line.number);
        }
    }

    /// `CORE FUNCTIONS: step, campaign` on one line.
    fn read_inline(&mut self, line: &Line<'_>, rest: Span) {
        let mut start = rest.start;
        for part in self.text[rest.start..rest.end].split(',') {
            let span = trimmed(part.trim_end_matches('.'), start);
            start += part.len() + 1;
            if !span.is_empty() {
                self.add(span, line.number);
            }
        }
    }

    fn add(&mut self, span: Span, line: usize) {
        let entry = &self.text[span.start..span.end];
        let (label, text) = split_entry(entry);
        // "Logging and metrics" is no pair of functions, while `a` and `b` is one.
        let two_words = self.list == List::Infrastructure && !label.contains('`') && label.contains(" and ");
        let names = if two_words { Vec::new() } else { names(label, span.start) };
        let of_words = names.is_empty() && self.list == List::Infrastructure && !label.trim().is_empty();
        let named = if of_words {
            let words = trimmed(label.trim_matches(['*', ' ', '`']), span.start);
            let offset = label.find(|c: char| !"* `".contains(c)).unwrap_or(0);
            vec![Span::new(span.start + offset, span.start + offset + words.len())]
        } else {
            names
        };
        let kind = inner_type(label);
        let text = match kind {
            Some(kind) if text.is_empty() => kind.to_owned(),
            Some(kind) => format!("{kind}: {text}"),
            None => text.to_owned(),
        };
        for name in named {
            let entry = DraftEntry {
                name: self.text[name.start..name.end].to_owned(),
                span: name,
                line,
                text: text.clone(),
                analysis: None,
            };
            let entries = self.entries();
            if !entries.iter().any(|known| known.name == entry.name) {
                entries.push(entry);
            }
        }
    }

    fn entries(&mut self) -> &mut Vec<DraftEntry> {
        match self.list {
            List::Supporting => &mut self.draft.supporting,
            List::Infrastructure => &mut self.draft.infrastructure,
            List::Variables => &mut self.draft.variables,
            List::Core | List::Analysis | List::None => &mut self.draft.core,
        }
    }

    fn extend_last(&mut self, span: Span) {
        let more = self.text[span.start..span.end].replace("**", "");
        if let Some(last) = self.entries().last_mut() {
            if !last.text.is_empty() {
                last.text.push('\n');
            }
            last.text.push_str(&more);
        }
    }

    /// A heading for one function: `### Step`, `**2. campaign**`. Other lines belong to the function above.
    fn read_analysis_heading(&mut self, line: &Line<'_>) {
        let text = line.text.trim();
        let marked = text.starts_with('#') || text.starts_with("**") && text.trim_end_matches(':').ends_with("**");
        let numbered = line.indent() == 0
            && line.item().is_some_and(|item| self.text[item.content.start..item.content.end].starts_with(['*', '`']))
            && text.starts_with(|c: char| c.is_ascii_digit());
        if !marked && !numbered {
            return;
        }
        let title = plain(text.trim_start_matches('#'));
        let title = ["Function:", "Function", "Core function:"]
            .iter()
            .find_map(|word| title.strip_prefix(word))
            .unwrap_or(title)
            .trim();
        let (label, _) = split_entry(title);
        let offset = line.start + line.text.find(label).unwrap_or_default();
        let names = names(label, offset);
        if names.is_empty() || is_field(label) {
            return;
        }
        self.close_analysis(line.start);
        for name in names {
            let word = &self.text[name.start..name.end];
            let at = match self.draft.core.iter().position(|entry| entry.name == word) {
                Some(at) => at,
                None => {
                    self.draft.core.push(DraftEntry {
                        name: word.to_owned(),
                        span: name,
                        line: line.number,
                        text: String::new(),
                        analysis: None,
                    });
                    self.draft.core.len() - 1
                }
            };
            self.analysed = Some((at, line.start));
        }
    }

    fn close_analysis(&mut self, end: usize) {
        if let Some((at, start)) = self.analysed.take()
            && let Some(entry) = self.draft.core.get_mut(at)
        {
            entry.analysis = Some(trimmed(&self.text[start..end], start));
        }
    }
}

/// A heading that opens a list, and the text behind its colon.
fn list_heading(line: &Line<'_>) -> Option<(List, Span)> {
    let text = line.text.trim();
    let marked = text.starts_with(['#', '*']) || text.starts_with(|c: char| c.is_ascii_digit());
    let body = text.trim_start_matches(['#', '-', '*', ' ', '\t']);
    let (label, rest) = match body.find(':') {
        Some(at) => (&body[..at], body[at + 1..].trim_matches(['*', ' '])),
        None => (body, ""),
    };
    let label = plain(label);
    let outside = label.split('(').next().unwrap_or(label).trim();
    let capitals = !outside.chars().any(char::is_lowercase);
    if word_count(outside) > 7 || !marked && !capitals && !text.ends_with(':') || rest.contains(". ") {
        return None;
    }
    let list = list_named(&outside.to_ascii_uppercase())?;
    let offset = if rest.is_empty() { line.text.len() } else { line.text.rfind(rest)? };
    Some((list, trimmed(rest, line.start + offset)))
}

fn list_named(label: &str) -> Option<List> {
    let functions = has_any(label, &["FUNCTION", "METHOD", "OPERATION"]);
    let analysis = has_any(label, &["DETAILED", "ANALYSIS"]) && functions && !label.contains("CLASSIFICATION");
    let variables = label.contains("VARIABLE") && has_any(label, &["STATE", "ESSENTIAL"]);
    match label {
        _ if analysis => Some(List::Analysis),
        _ if label.contains("CLASSIFICATION") => Some(List::None),
        _ if functions && has_any(label, &["INFRASTRUCTURE", "OMIT"]) => Some(List::Infrastructure),
        _ if functions && has_any(label, &["SUPPORTING", "HELPER", "AUXILIARY", "UTILITY"]) => Some(List::Supporting),
        _ if functions && label.contains("CORE") => Some(List::Core),
        _ if variables => Some(List::Variables),
        _ => None,
    }
}

/// Whether a line that is no item ends a list: a new title, but not the title of a group within the list.
fn ends_list(line: &Line<'_>) -> bool {
    let text = line.text.trim();
    let lower = text.to_ascii_lowercase();
    let titled = text.ends_with(':') || text.starts_with('#') || text.starts_with("**");
    let other = [
        "validation",
        "rule",
        "decision",
        "dependenc",
        "summary",
        "note",
        "propert",
        "quality",
        "assurance",
        "strategy",
    ];
    titled && (has_any(&lower, &other) || text.starts_with("# ") || text.starts_with("## "))
}

/// What stands before and behind the first colon or dash of an entry.
fn split_entry(entry: &str) -> (&str, &str) {
    let mut in_code = false;
    let mut depth = 0usize;
    for (at, character) in entry.char_indices() {
        let rest = &entry[at + character.len_utf8()..];
        match character {
            '`' => in_code = !in_code,
            '(' | '[' | '<' if !in_code => depth += 1,
            ')' | ']' | '>' if !in_code => depth = depth.saturating_sub(1),
            ':' if !in_code && depth == 0 && (rest.is_empty() || rest.starts_with([' ', '*', '\t'])) => {
                return (&entry[..at], rest.trim_start_matches(['*', ' ', '\t']).trim_end());
            }
            '-' | '–' | '—' if !in_code && depth == 0 && entry[..at].ends_with(' ') && rest.starts_with(' ') => {
                return (entry[..at].trim_end(), rest.trim());
            }
            _ => {}
        }
    }
    (entry, "")
}

/// The type in `` `lock: AtomicBool` ``.
fn inner_type(label: &str) -> Option<&str> {
    let code = label.trim_matches(['*', ' ']).strip_prefix('`')?.strip_suffix('`')?;
    let (_, kind) = code.split_once(": ")?;
    (!code.contains('`')).then_some(kind.trim())
}

/// The names in the part of an entry before its colon: between back-ticks, else the words that a slash or comma parts.
fn names(label: &str, start: usize) -> Vec<Span> {
    let mut result = Vec::new();
    if label.contains('`') {
        let mut at = 0;
        for (number, piece) in label.split('`').enumerate() {
            if number % 2 == 1 {
                result.extend(parted_names(piece, start + at));
            }
            at += piece.len() + 1;
        }
        return result;
    }
    let whole = label.trim_matches(['*', ' ']);
    let offset = label.find(whole).unwrap_or_default();
    parted_names(whole, start + offset)
}

/// `hardState/softState`, `a, b and c`; none, where a piece is more than a name.
fn parted_names(text: &str, start: usize) -> Vec<Span> {
    let mut result = Vec::new();
    let mut from = 0;
    let mut depth = 0usize;
    let ends = text.char_indices().filter(|(_, c)| {
        match c {
            '(' | '<' => depth += 1,
            ')' | '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && matches!(c, '/' | ',' | '&')
    });
    let mut bounds: Vec<usize> = ends.map(|(at, _)| at).collect();
    bounds.push(text.len());
    for end in bounds {
        for piece in text[from..end].split(" and ") {
            let at = from + (piece.as_ptr() as usize - text[from..].as_ptr() as usize);
            match bare_name(piece) {
                Some(name) => {
                    let offset = piece.find(name).unwrap_or_default();
                    result.push(Span::new(start + at + offset, start + at + offset + name.len()));
                }
                None => return Vec::new(),
            }
        }
        from = end + 1;
    }
    result
}

/// A name without parameters, receiver and type: `func (r *raft) Step(m)` is `Step`, `lock: AtomicBool` is `lock`.
fn bare_name(piece: &str) -> Option<&str> {
    let text = piece.trim().trim_matches(['*', '`', ' ']);
    let text =
        ["pub fn ", "fn ", "func ", "def ", "void "].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    let text = match text.strip_prefix('(') {
        Some(receiver) => receiver.split_once(')')?.1.trim_start(),
        None => text,
    };
    let text = text.split(['(', '<', '[']).next()?;
    let text = text.split(": ").next()?.trim_end();
    let fits = text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || "_:.".contains(c) || c == '\'' || c == '→')
        && !text.ends_with([':', '.']);
    fits.then_some(text)
}

/// The fields that the analysis of a function is made of.
fn is_field(label: &str) -> bool {
    let lower = label.trim_matches(['*', ' ', ':']).to_ascii_lowercase();
    [
        "signature",
        "purpose",
        "component",
        "logic",
        "approach",
        "protocol",
        "modeling",
        "modelling",
        "notes",
        "parameters",
        "effects",
    ]
    .iter()
    .any(|field| lower == *field)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;
    use crate::prompt::unindent;

    fn check(text: &str, expected: Expect) {
        let text = &unindent(text);
        let draft = Draft::parse(text);
        let mut shown = String::new();
        let lists = [
            ("core", &draft.core),
            ("supporting", &draft.supporting),
            ("infrastructure", &draft.infrastructure),
            ("variables", &draft.variables),
        ];
        for (word, entries) in lists {
            for entry in entries {
                assert_eq!(&text[entry.span.start..entry.span.end], entry.name);
                let analysis = entry.analysis.map(|span| format!(" @{:?}", &text[span.start..span.end]));
                shown +=
                    &format!("{word} {}:{} {:?}{}\n", entry.line, entry.name, entry.text, analysis.unwrap_or_default());
            }
        }
        expected.assert_eq(&shown);
    }

    #[test]
    fn plain_headings_and_bare_names() {
        check(
            r#"
            FUNCTION CLASSIFICATION

            CORE FUNCTIONS (require detailed analysis):
            - push: Adds an item - at the end.
              - only when not full
            - Pop(x): Takes one.

            HELPER FUNCTIONS:
            - Min/Max: Model directly.

            INFRASTRUCTURE FUNCTIONS (to omit):
            - Logging and metrics - Omitted.
            - trace: Omitted.

            ESSENTIAL STATE VARIABLES:
            - items: sequence of values

            Validation Rules:
            - push comes first.
            "#,
            expect![[r#"
                core 3:push "Adds an item - at the end.\nonly when not full"
                core 5:Pop "Takes one."
                supporting 8:Min "Model directly."
                supporting 8:Max "Model directly."
                infrastructure 11:Logging and metrics "Omitted."
                infrastructure 12:trace "Omitted."
                variables 15:items "sequence of values"
            "#]],
        );
    }

    #[test]
    fn bold_and_markdown_headings_with_code_names() {
        check(
            r#"
            ### 1. FUNCTION CLASSIFICATION
            **CORE LOGIC FUNCTIONS:**
            - `acquire`: Waits.
            - **`release`**: Frees.

            ## 2. Supporting Functions (brief)
            1. `new` - Sets up

            **INFRASTRUCTURE FUNCTIONS (to omit):**
            - `fmt::Debug` implementations: none
            - Marker traits (`Send`/`Sync`): none

            ---

            ### ESSENTIAL STATE VARIABLES:
            - `lock: AtomicBool`: who holds it
            - `hardState`/`softState`: kept
            "#,
            expect![[r#"
                core 2:acquire "Waits."
                core 3:release "Frees."
                supporting 6:new "Sets up"
                infrastructure 9:fmt::Debug "none"
                infrastructure 10:Send "none"
                infrastructure 10:Sync "none"
                variables 15:lock "AtomicBool: who holds it"
                variables 16:hardState "kept"
                variables 16:softState "kept"
            "#]],
        );
    }

    #[test]
    fn the_detailed_analysis_belongs_to_its_function() {
        check(
            r#"
            CORE FUNCTIONS:
            - push: Adds.

            ---
            ### DETAILED CORE FUNCTION ANALYSIS

            ### push
            - Purpose: adds
            **Critical Logic:**
            - x

            ### 2. `pop`
            - Purpose: takes

            ESSENTIAL STATE VARIABLES
            - items: all
            "#,
            expect![[r####"
                core 1:push "Adds." @"### push\n- Purpose: adds\n**Critical Logic:**\n- x"
                core 11:pop "" @"### 2. `pop`\n- Purpose: takes"
                variables 15:items "all"
            "####]],
        );
    }

    #[test]
    fn groups_within_a_list_and_lists_on_one_line() {
        check(
            r#"
            CORE FUNCTIONS: push, pop

            ESSENTIAL STATE VARIABLES:
            Persistent state:
            - term: number
            Volatile state:
            - role: follower or leader
            "#,
            expect![[r#"
                core 0:push ""
                core 0:pop ""
                variables 4:term "number"
                variables 6:role "follower or leader"
            "#]],
        );
    }

    #[test]
    fn another_text_is_no_draft() {
        assert!(Draft::parse("You are an expert.\n\n- a: b\n").is_empty());
    }
}
