//! Units with the comments that belong to them, and which of them must stand before which.

use super::Context;
use crate::{
    diagnostic::{Edit, Fix, Safety, Span},
    syntax::tree::{Declared, Item},
};

impl<'a> Context<'a> {
    /// The lines of a unit with the comments that stand directly above it, without the last line's end; `None` where it
    /// shares a line with something else.
    pub(crate) fn block_of(&self, unit: usize) -> Option<Span> {
        let source = self.document.source();
        let span = self.document.units().get(unit)?.range.span;
        let line_start = |offset: usize| source[..offset].rfind('\n').map_or(0, |end| end + 1);
        let mut start = line_start(span.start);
        if !source[start..span.start].trim().is_empty() {
            return None;
        }
        let rest = source[span.end..].split(['\n', '\r']).next().unwrap_or_default();
        let end = span.end + rest.trim_end().len();
        if !rest.trim().is_empty() && !self.is_comment(Span::new(end - rest.trim().len(), end)) {
            return None;
        }
        let comments = &self.document.layout().comments;
        let above_it = comments.partition_point(|(comment, _)| comment.end <= start);
        for (comment, _) in comments[..above_it].iter().rev() {
            let below = source[comment.end..start].trim_matches([' ', '\t', '\r']);
            let above = line_start(comment.start);
            let alone = source[above..comment.start].trim().is_empty();
            // The comment of a line above ends there, or just before its end.
            if !(below.is_empty() || below == "\n") || !alone {
                break;
            }
            start = above;
        }
        let above = self.document.units()[..unit].last().map_or(0, |before| before.range.span.end);
        (start >= above).then_some(Span::new(start, end))
    }

    fn is_comment(&self, span: Span) -> bool {
        self.document.comments().any(|comment| comment.contains(span))
    }

    /// Whether a unit says a name, in what could be read of it or not; comments and strings do not count.
    pub(crate) fn says(&self, unit: usize, name: &str) -> bool {
        let unit = &self.document.units()[unit];
        let text = self.text(unit.range.span);
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        text.match_indices(name).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            let after = text[at + name.len()..].chars().next();
            !before.is_some_and(|letter| is_part(letter) || letter == '"')
                && !after.is_some_and(is_part)
                && !unit.syntax.comments.iter().any(|(comment, _)| comment.contains(Span::at(at)))
        })
    }

    /// What brings a name that comes only further down to where a unit uses it: the unit goes behind what it uses, or
    /// that goes before the unit, or, where each needs the other, the name is declared as RECURSIVE.
    pub(crate) fn bring_up(&self, name: &str, user: usize) -> Option<Fix> {
        let home = self.unit_of(name)?;
        if home == user || self.document.units()[user].range.depth != 1 {
            return None;
        }
        if let Some(last) = self.last_needed(user)
            && let Some(fix) = self.move_down(user, last)
        {
            return Some(fix);
        }
        if self.needs(home, user) { self.declare_recursive(name, user) } else { self.move_up(home, user) }
    }

    /// `RECURSIVE` for a definition that uses itself.
    pub(crate) fn declare_recursive(&self, name: &str, before: usize) -> Option<Fix> {
        let definition = self.module.definition(name)?;
        let head = recursive_head(name, &definition.value.parameters)?;
        if definition.value.local || !definition.value.bounds.is_empty() {
            return None;
        }
        let start = if definition.unit == before {
            self.document.units()[before].range.span.start
        } else {
            self.block_of(before)?.start
        };
        let edits = vec![Edit::insert(start, format!("RECURSIVE {head}\n"))];
        Some(Fix { title: format!("declare `{head}` as RECURSIVE"), safety: Safety::Safe, edits })
    }

    /// The unit that declares or defines a name.
    fn unit_of(&self, name: &str) -> Option<usize> {
        let place = self.module.place_of(name)?;
        let units = self.document.units();
        let after = units.partition_point(|unit| unit.range.span.start <= place.start);
        after.checked_sub(1).filter(|unit| units[*unit].range.depth == 1)
    }

    /// The names that a unit declares or defines.
    fn names_in(&self, unit: usize) -> Vec<&'a str> {
        match &self.document.units()[unit].syntax.item {
            Item::Definition(definition) => vec![definition.ident.name.as_str()],
            Item::Variables(names) => names.iter().map(|name| name.name.as_str()).collect(),
            Item::Constants(names) => names.iter().map(|name| name.ident.name.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// The last unit behind this one that it uses something of.
    fn last_needed(&self, user: usize) -> Option<usize> {
        let units = self.document.units().len();
        (user + 1..units).rev().find(|later| {
            self.names_in(*later).iter().any(|name| self.unit_of(name) == Some(*later) && self.says(user, name))
        })
    }

    /// Whether a unit uses another, through others too.
    fn needs(&self, unit: usize, other: usize) -> bool {
        let mut waiting = vec![unit];
        let mut seen = vec![unit];
        while let Some(next) = waiting.pop() {
            for definition in &self.module.definitions {
                if self.says(next, definition.name()) && definition.unit != next {
                    if definition.unit == other {
                        return true;
                    }
                    if !seen.contains(&definition.unit) {
                        seen.push(definition.unit);
                        waiting.push(definition.unit);
                    }
                }
            }
        }
        false
    }

    fn move_down(&self, unit: usize, behind: usize) -> Option<Fix> {
        let Item::Definition(definition) = &self.document.units()[unit].syntax.item else { return None };
        let name = definition.ident.name.as_str();
        if (unit + 1..=behind).any(|between| self.says(between, name)) {
            return None;
        }
        let (block, target) = (self.block_of(unit)?, self.block_of(behind)?);
        let edits =
            vec![Edit::delete(self.lines_of(block)), Edit::insert(target.end, format!("\n\n{}", self.text(block)))];
        Some(Fix { title: format!("move `{name}` behind what it uses"), safety: Safety::Safe, edits })
    }

    fn move_up(&self, unit: usize, before: usize) -> Option<Fix> {
        let name = self.names_in(unit).first().copied()?;
        let (block, target) = (self.block_of(unit)?, self.block_of(before)?);
        let edits =
            vec![Edit::insert(target.start, format!("{}\n\n", self.text(block))), Edit::delete(self.lines_of(block))];
        Some(Fix { title: format!("move `{name}` before its first use"), safety: Safety::Safe, edits })
    }
}

/// `Op(_, _)`; `None` where a parameter is an operator, which RECURSIVE can't say.
pub(in crate::rules) fn recursive_head(name: &str, parameters: &[Declared]) -> Option<String> {
    if parameters.iter().any(|parameter| parameter.arity > 0) {
        return None;
    }
    let places = vec!["_"; parameters.len()].join(", ");
    Some(if parameters.is_empty() { name.to_owned() } else { format!("{name}({places})") })
}
