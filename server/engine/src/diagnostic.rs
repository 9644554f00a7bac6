//! What a rule reports: findings, their severity, the places they point at and the fixes they carry.

/// A half-open range of bytes in one text, `start` included, `end` not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub start: usize,
    pub end: usize,
}

impl Span {
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The empty span at a byte.
    pub const fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    pub const fn len(self) -> usize {
        self.end - self.start
    }

    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether a byte offset lies in the span; its end counts, so that a cursor behind a name is on the name.
    pub const fn touches(self, offset: usize) -> bool {
        self.start <= offset && offset <= self.end
    }

    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that covers both.
    pub fn cover(self, other: Span) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same span in a text that begins `by` bytes earlier.
    pub const fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}

/// How grave a finding is. The order is from grave to slight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Decidable from the text: a letter clause broken, what SANY rejects, a certain run-time failure.
    Error,
    /// No behaviour found for a clause, or a likely slip.
    Warning,
    /// Worth knowing, such as a demand that is not checked.
    Info,
    /// An equivalent, an enumeration, style.
    Hint,
}

impl Severity {
    /// The word used in every output and in `tla-contract.toml`.
    pub const fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
            Severity::Hint => "hint",
        }
    }
}

/// Whether a fix may run unattended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Safety {
    /// Keeps a valid module valid and its meaning the same, or does just what a letter clause demands.
    Safe,
    /// Changes what the module says; a person decides.
    Ask,
}

impl Safety {
    pub const fn word(self) -> &'static str {
        match self {
            Safety::Safe => "safe",
            Safety::Ask => "ask",
        }
    }
}

/// One replacement of bytes of the judged text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Edit {
    pub fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    pub fn insert(offset: usize, text: impl Into<String>) -> Self {
        Self { span: Span::at(offset), text: text.into() }
    }

    pub fn delete(span: Span) -> Self {
        Self { span, text: String::new() }
    }
}

/// Edits that mend a finding. The edits of one fix never overlap.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fix {
    /// What it does, in the imperative: "insert the missing EXTENDS modules".
    pub title: String,
    pub safety: Safety,
    pub edits: Vec<Edit>,
}

/// Another place that helps to understand a finding, in the judged text or in the prompt.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Related {
    pub span: Span,
    pub message: String,
}

/// One report of one rule about one place of the judged text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// `family/slug`, such as `contract/missing-extends`; a key of [`crate::rules::all`].
    pub rule: &'static str,
    pub severity: Severity,
    /// What is wrong, why it matters, what to do; one paragraph, no line breaks.
    pub message: String,
    /// Bytes in the judged text; never beyond its end.
    pub span: Span,
    /// The id of the clause of the contract that this finding breaks.
    pub clause: Option<String>,
    /// Further places in the judged text.
    pub related: Vec<Related>,
    pub fixes: Vec<Fix>,
}

impl Finding {
    pub fn new(rule: &'static str, severity: Severity, span: Span, message: impl Into<String>) -> Self {
        Self { rule, severity, message: message.into(), span, clause: None, related: Vec::new(), fixes: Vec::new() }
    }

    pub fn for_clause(mut self, clause: &str) -> Self {
        self.clause = Some(clause.to_owned());
        self
    }

    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }

    pub fn see(mut self, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { span, message: message.into() });
        self
    }
}

/// Applies edits to a text. Edits are sorted by place; of two that overlap the later one is left out.
///
/// Returns the new text and how many edits were left out.
pub fn apply_edits(text: &str, edits: &[Edit]) -> (String, usize) {
    let mut ordered: Vec<&Edit> = edits.iter().collect();
    ordered.sort();
    ordered.dedup();
    let mut result = String::with_capacity(text.len());
    let mut position = 0;
    let mut left_out = 0;
    for edit in ordered {
        if edit.span.start < position || edit.span.end > text.len() {
            left_out += 1;
            continue;
        }
        result.push_str(&text[position..edit.span.start]);
        result.push_str(&edit.text);
        position = edit.span.end;
    }
    result.push_str(&text[position..]);
    (result, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_order_of_place_and_overlaps_are_left_out() {
        let edits = [Edit::replace(Span::new(4, 7), "two"), Edit::insert(0, "0 "), Edit::delete(Span::new(5, 9))];
        assert_eq!(apply_edits("one 222 three", &edits), ("0 one two three".to_owned(), 1));
    }
}
