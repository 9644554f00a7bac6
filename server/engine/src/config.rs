//! What a user may set about the judgement itself: the severity of each rule.

use std::collections::BTreeMap;

use crate::diagnostic::{Finding, Severity};

/// The severity a user gives a rule; `None` switches the rule off.
pub type Level = Option<Severity>;

/// Settings that change how findings are reported, never what is true.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// By rule (`contract/no-comments`) or by family (`frame`); the rule's own entry wins.
    pub severities: BTreeMap<String, Level>,
}

impl Config {
    /// The severity under which a finding is shown; `None` when its rule is off.
    pub fn level(&self, rule: &str, default: Severity) -> Level {
        let family = rule.split('/').next().unwrap_or(rule);
        match self.severities.get(rule).or_else(|| self.severities.get(family)) {
            Some(level) => *level,
            None => Some(default),
        }
    }

    /// Drops the findings whose rule is off and gives the others the severity that was asked for.
    pub fn apply(&self, findings: &mut Vec<Finding>) {
        findings.retain_mut(|finding| match self.level(finding.rule, finding.severity) {
            Some(severity) => {
                finding.severity = severity;
                true
            }
            None => false,
        });
    }
}
