//! Cuts an edited text into units again, looking only at what the edit can have changed.

use super::{
    lexer::{Closing, Comment, lex_until},
    units::{HeaderForm, Layout, Splitter, UnitKind, UnitRange, layout},
};
use crate::diagnostic::Span;

/// Where two texts differ: bytes `start..old_end` of the one became `start..new_end` of the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Change {
    pub start: usize,
    pub old_end: usize,
    pub new_end: usize,
}

impl Change {
    /// This change with another one behind it, which replaced a span of the text that this one left.
    pub(crate) fn then(self, replaced: Span, length: usize) -> Self {
        let new_end = self.new_end.max(replaced.end);
        Self {
            start: self.start.min(replaced.start),
            old_end: self.old_end + (new_end - self.new_end),
            new_end: new_end - replaced.len() + length,
        }
    }

    /// Where a byte behind the change lies in the new text.
    fn carried(self, offset: usize) -> usize {
        offset + self.new_end - self.old_end
    }

    /// The change grown to whole lines: no token and no mark of a comment reaches over a line's end.
    fn to_lines(self, old: &str, new: &str) -> Self {
        let start = new[..self.start].rfind('\n').map_or(0, |end| end + 1);
        let more = new[self.new_end..].find('\n').map_or(new.len() - self.new_end, |end| end + 1);
        debug_assert_eq!(old.len() - self.old_end, new.len() - self.new_end);
        Self { start, old_end: self.old_end + more, new_end: self.new_end + more }
    }
}

/// The layout of an edited text.
pub(crate) struct Relaid {
    pub layout: Layout,
    /// How many units at its beginning are those of the layout before.
    pub before: usize,
    /// How many units at its end are those of the layout before, elsewhere.
    pub after: usize,
}

/// Cuts a text into units, given the layout of the text before a change. The layout is the one that [`layout`] gives.
pub(crate) fn relayout(old: &Layout, old_text: &str, text: &str, change: Change) -> Relaid {
    near(old, old_text, text, change).unwrap_or_else(|| Relaid { layout: layout(text), before: 0, after: 0 })
}

/// `None` where the change may reach through the whole text.
fn near(old: &Layout, old_text: &str, text: &str, change: Change) -> Option<Relaid> {
    let change = change.to_lines(old_text, text);
    if old.header != HeaderForm::Proper {
        return None;
    }
    let marks = (marks(&old_text[change.start..change.old_end]), marks(&text[change.start..change.new_end]));
    let reached = |unit: &UnitRange| unit.span.start + unit.reach >= change.start;
    let mut first = old.units.iter().position(reached).unwrap_or(old.units.len());
    if first == old.units.len() {
        if old.closed {
            // A comment that nothing closes, in the module or behind it, is closed by any mark.
            let kept = count_open(&old.comments) == 0 && marks.0 == marks.1;
            return if kept { behind(old, text, change) } else { None };
        }
        first -= 1;
    }
    // What lies between two units is cut with the first of them.
    if old.units.get(first)?.span.start > change.start {
        first = first.checked_sub(1)?;
    }
    let fence = text[change.start.saturating_sub(1)..change.new_end].contains("\n```");
    if first == 0 || fence || change.old_end > old.limit {
        return None;
    }
    let window = Window { old, text, change, first, limit: change.carried(old.limit) };
    let relaid = window.read()?;
    // What opens a comment that nothing closes depends on every mark of the text.
    let (before, after) = (count_open(&old.comments), count_open(&relaid.layout.comments));
    if before != after || (marks.0 != marks.1 && before > 0) {
        return None;
    }
    Some(relaid)
}

/// A change behind the module's end. `None` where it makes or unmakes the fence that ends what comments may reach.
fn behind(old: &Layout, text: &str, change: Change) -> Option<Relaid> {
    let limit = if old.limit < change.start {
        old.limit
    } else if old.limit < change.old_end && old.limit < old.after.end {
        return None;
    } else {
        let fence = text[old.after.start..].find("\n```");
        let limit = fence.map_or(text.len(), |fence| old.after.start + fence + 1);
        if limit != change.carried(old.limit) {
            return None;
        }
        limit
    };
    let layout = Layout { after: Span::new(old.after.start, text.len()), limit, ..old.clone() };
    Some(Relaid { before: layout.units.len(), after: 0, layout })
}

fn count_open(comments: &[(Span, Closing)]) -> usize {
    comments.iter().filter(|(_, closing)| *closing == Closing::Open).count()
}

/// The marks of block comments, in order; `true` for one that opens.
fn marks(text: &str) -> Vec<bool> {
    let mut marks = Vec::new();
    let bytes = text.as_bytes();
    let mut position = 0;
    while let Some(pair) = bytes.get(position..position + 2) {
        match pair {
            b"(*" | b"*)" => {
                marks.push(pair == b"(*");
                position += 2;
            }
            _ => position += 1,
        }
    }
    marks
}

/// The part of a text that is cut again: from the unit `first` on.
struct Window<'a> {
    old: &'a Layout,
    text: &'a str,
    /// In whole lines.
    change: Change,
    first: usize,
    /// Where the module's text ends at most, in the new text.
    limit: usize,
}

impl Window<'_> {
    fn read(&self) -> Option<Relaid> {
        let old = &self.old.units;
        let behind = old.partition_point(|unit| unit.span.start < self.change.old_end);
        let mut more = 2;
        loop {
            match old.get(behind + more) {
                Some(unit) => {
                    if let Some(relaid) = self.up_to(self.change.carried(unit.span.start)) {
                        return Some(relaid);
                    }
                }
                None => return self.up_to(self.limit),
            }
            more *= 4;
        }
    }

    /// Cuts the text up to an offset; `None` where nothing tells yet that all behind it is as before.
    fn up_to(&self, stop: usize) -> Option<Relaid> {
        let begin = self.old.units[self.first];
        let start = begin.span.start;
        let source = self.text.get(start..self.limit)?;
        let known = &self.old.comments;
        let known_before = &known[..known.partition_point(|(span, _)| span.start < start)];
        let lexed = lex_until(source, begin.column, stop - start, count_open(known_before));
        let depth = begin.depth - u32::from(begin.kind == UnitKind::Header);
        let (mut units, end) = Splitter::split(&lexed, depth, source.len());
        for unit in &mut units {
            unit.span = unit.span.shifted(start);
        }
        let comments = lexed.comments.iter().map(|comment| placed(comment, start));
        let before = &self.old.units[..self.first];
        if stop == self.limit {
            let closed = end.is_some();
            let end = end.map_or(self.limit, |end| start + end);
            let comments = comments.filter(|(span, _)| span.end <= end);
            return Some(Relaid {
                before: self.first,
                after: 0,
                layout: Layout {
                    units: before.iter().copied().chain(units).collect(),
                    comments: known_before.iter().copied().chain(comments).collect(),
                    before: self.old.before,
                    after: Span::new(end, self.text.len()),
                    header: self.old.header,
                    closed,
                    limit: self.limit,
                },
            });
        }
        let (count, same) = self.met(&units, lexed.tokens.last()?.start as usize + start)?;
        let behind = &self.old.units[same..];
        let shifted = behind.iter().map(|unit| UnitRange { span: self.carried(unit.span), ..*unit });
        let (met, met_before) = (units[count].span.start, behind[0].span.start);
        let comments = comments.filter(|(span, _)| span.start < met);
        let known_behind = &known[known.partition_point(|(span, _)| span.start < met_before)..];
        let known_behind = known_behind.iter().map(|(span, closing)| (self.carried(*span), *closing));
        Some(Relaid {
            before: self.first,
            after: behind.len(),
            layout: Layout {
                units: before.iter().copied().chain(units[..count].iter().copied()).chain(shifted).collect(),
                comments: known_before.iter().copied().chain(comments).chain(known_behind).collect(),
                before: self.old.before,
                after: Span::new(self.change.carried(self.old.after.start), self.text.len()),
                header: self.old.header,
                closed: self.old.closed,
                limit: self.limit,
            },
        })
    }

    fn carried(&self, span: Span) -> Span {
        Span::new(self.change.carried(span.start), self.change.carried(span.end))
    }

    /// The first unit behind the change that begins as one did before: from there on nothing is new. Gives its index
    /// among the new units and among the old ones. `known` is where the text stops being cut.
    fn met(&self, units: &[UnitRange], known: usize) -> Option<(usize, usize)> {
        for (index, unit) in units.iter().enumerate() {
            if index > 0 && unit.span.start >= self.change.new_end {
                let start = unit.span.start - self.change.new_end + self.change.old_end;
                let same = self.old.units.binary_search_by_key(&start, |old| old.span.start);
                let alike = |old: &UnitRange| (old.kind, old.column, old.depth) == (unit.kind, unit.column, unit.depth);
                if let Ok(same) = same
                    && alike(&self.old.units[same])
                {
                    return Some((index, same));
                }
            }
            // What decided where this unit ends may lie behind what was cut.
            if unit.span.start + unit.reach >= known {
                return None;
            }
        }
        None
    }
}

fn placed(comment: &Comment, offset: usize) -> (Span, Closing) {
    (Span::new(comment.start as usize, comment.end as usize).shifted(offset), comment.closing)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn piece() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "A",
            "B(x)",
            " == ",
            "\n",
            "\n",
            "\n\n",
            " ",
            "  ",
            "x",
            "1",
            "/\\ ",
            "LET ",
            " IN ",
            "y == 2",
            "(",
            ")",
            "[",
            "(*",
            "*)",
            "\\* note",
            "\"",
            "====",
            "----",
            "---- MODULE N ----\n",
            "VARIABLES v",
            "CONSTANT c",
            "\n```\n",
            "THEOREM ",
            "ASSUME ",
            " PROVE ",
            "<1>1. ",
            "BY ",
            "EXTENDS Naturals",
            "RECURSIVE f(_)",
            "LOCAL ",
            "INSTANCE M",
            "\t",
            "é",
            "-",
            "=",
            "*",
        ])
    }

    fn text(most: usize) -> impl Strategy<Value = String> {
        prop::collection::vec(piece(), 0..most).prop_map(|pieces| pieces.concat())
    }

    fn floor(text: &str, at: usize) -> usize {
        (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    }

    proptest! {
        // `PROPTEST_CASES` may ask for more.
        #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(600)))]

        #[test]
        fn an_edited_text_is_cut_as_if_it_were_new(
            body in text(60),
            edits in prop::collection::vec((0usize..220, 0usize..12, text(4)), 1..8),
        ) {
            let mut old = format!("---- MODULE M ----\nVARIABLE x\n{body}\nC == 1\nD == 2\n====\n");
            let mut known = layout(&old);
            for (at, length, with) in edits {
                let start = floor(&old, at);
                let old_end = floor(&old, start + length);
                let new = format!("{}{with}{}", &old[..start], &old[old_end..]);
                let change = Change { start, old_end, new_end: start + with.len() };
                let relaid = relayout(&known, &old, &new, change);
                prop_assert_eq!(&relaid.layout, &layout(&new), "{:?} {:?} to {:?}", change, old, new);
                let count = relaid.layout.units.len();
                for (index, unit) in relaid.layout.units.iter().enumerate() {
                    let same = match index {
                        _ if index < relaid.before => index,
                        _ if index >= count - relaid.after => index + known.units.len() - count,
                        _ => continue,
                    };
                    let before = known.units[same].span;
                    prop_assert_eq!(&old[before.start..before.end], &new[unit.span.start..unit.span.end]);
                }
                (old, known) = (new, relaid.layout);
            }
        }
    }

    #[test]
    fn a_fence_that_goes_lets_an_open_comment_reach_farther() {
        let old = "---- MODULE M ----\nVARIABLE x\n====(* open\nprose\n```\n*)\nC == 1\n====\n";
        let new = old.replace("prose\n```", "prose```");
        let at = old.find("\n```").unwrap();
        let relaid = relayout(&layout(old), old, &new, Change { start: at, old_end: at + 1, new_end: at });
        assert_eq!(relaid.layout, layout(&new));
    }

    #[test]
    fn a_mark_behind_the_module_closes_a_comment_in_it() {
        let old = "---- MODULE M ----\nA == 1 (* open\nB == 2\n====\n\nprose\n";
        let new = old.replace("prose", "pr*)ose");
        let at = old.find("ose").unwrap();
        let relaid = relayout(&layout(old), old, &new, Change { start: at, old_end: at, new_end: at + 2 });
        assert_eq!(relaid.layout, layout(&new));
    }

    #[test]
    fn an_edit_in_one_definition_leaves_the_others_as_they_are() {
        let old = "---- MODULE M ----\nA == 1\nB == 2\nC == 3\nD == 4\nE == 5\n====\n";
        let new = old.replace("C == 3", "C == 3 + 4");
        let change = Change {
            start: old.find('3').unwrap() + 1,
            old_end: old.find('3').unwrap() + 1,
            new_end: new.find("+ 4").unwrap() + 3,
        };
        let relaid = relayout(&layout(old), old, &new, change);
        assert_eq!((relaid.before, relaid.after), (2, 3));
        assert_eq!(relaid.layout, layout(&new));
    }
}
