//! The rules: one file each, under their family. Each rule's own doc comment is what `explain`, hover and the rules
//! page show.

/// One rule as it is shown to people.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// `family/slug`, such as `contract/missing-extends`.
    pub id: &'static str,
    /// The Rust source of the rule's file; its `//!` lines are the rule's page.
    source: &'static str,
}

impl Rule {
    /// The family: `reply`, `syntax`, `name`, `level`, `frame`, `flow`, `fairness`, `contract` or `prompt`.
    pub fn family(&self) -> &'static str {
        self.id.split('/').next().unwrap_or(self.id)
    }

    /// The rule's page in Markdown: what it says, why, and its examples.
    pub fn page(&self) -> String {
        let lines = self.source.lines().take_while(|line| line.starts_with("//!"));
        lines.map(|line| line[3..].strip_prefix(' ').unwrap_or(&line[3..])).collect::<Vec<_>>().join("\n")
    }
}

/// Every rule, in the order of the rules page.
pub(crate) fn judge(_document: &crate::Document, _setting: crate::Setting<'_>) -> crate::Judgement {
    crate::Judgement::default()
}
pub fn all() -> &'static [Rule] {
    &[]
}

/// The rule of an id; also by its slug alone, where only one family has it.
pub fn find(id: &str) -> Option<&'static Rule> {
    let mut matches = all().iter().filter(|rule| rule.id == id || rule.id.split('/').nth(1) == Some(id));
    let first = matches.next()?;
    if matches.next().is_some() { None } else { Some(first) }
}
