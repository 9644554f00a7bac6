//! The text of one reply with everything that follows from it alone, kept from one edit to the next.

use std::{collections::HashMap, ops::Range, sync::Arc};

use crate::{
    diagnostic::{Edit, Span},
    memo::Memo,
    reply::{self, JsonString, Wrapping},
    syntax::{self, Change, Layout, Relaid, UnitKind, UnitRange, UnitSyntax},
    text::Text,
};

/// Texts over this size, in bytes, are not read: they would hold up everything else.
pub const SIZE_LIMIT: usize = 8 * 1024 * 1024;

/// One reply, or one TLA+ file, at one moment. Cheap to share; an edit makes a new one that keeps what did not change.
#[derive(Debug, Clone, Default)]
pub struct Document {
    text: Text,
    /// The same text in one piece.
    source: Arc<String>,
    layout: Layout,
    units: Vec<Unit>,
    wrapping: Wrapping,
    /// What others keep from one text to the next; the same for all documents that are edits of one.
    trail: Arc<Memo>,
    /// The module in a string of the reply, where the reply is a JSON object; then nothing else is read of it.
    json: Option<(Arc<JsonString>, Arc<Document>)>,
}

/// One unit of a document.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub range: UnitRange,
    pub syntax: Arc<UnitSyntax>,
}

/// What decides how a unit is read: its kind, its column and its text.
type UnitKey<'a> = (UnitKind, u32, &'a str);

impl Document {
    pub fn new(text: Text) -> Self {
        let source = text.to_string();
        Self::read(text, source, &HashMap::new(), Arc::default())
    }

    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The document after edits that are made one after the other, each in the text that the one before it left.
    pub fn edited(&self, edits: &[Edit]) -> Self {
        let mut text = self.text.clone();
        let mut change: Option<Change> = None;
        for edit in edits {
            let replaced = text.replace(edit.span, &edit.text);
            let none = Change { start: replaced.start, old_end: replaced.start, new_end: replaced.start };
            change = Some(change.unwrap_or(none).then(replaced, edit.text.len()));
        }
        let Some(change) = change else { return self.clone() };
        let mut source = String::with_capacity(text.len());
        source.push_str(&self.source[..change.start]);
        source.push_str(&text.slice(Span::new(change.start, change.new_end)));
        source.push_str(&self.source[change.old_end..]);
        if self.is_too_large() || source.len() > SIZE_LIMIT {
            return Self::read(text, source, &HashMap::new(), Arc::default());
        }
        if self.json.is_some() || reply::json_string(&source).is_some() {
            let before = self.json.as_ref().map_or(self, |(_, inner)| inner);
            return Self::read(text, source, &before.known(0..before.units.len()), Arc::clone(&before.trail));
        }
        self.changed(text, source, change)
    }

    /// The document with its text changed in one place: what the change does not touch is kept.
    fn changed(&self, text: Text, source: String, change: Change) -> Self {
        let Relaid { layout, before, after } = syntax::relayout(&self.layout, &self.source, &source, change);
        let (count, known) = (layout.units.len(), self.units.len());
        let among = self.known(before..known - after);
        let units = layout.units.iter().enumerate().map(|(index, range)| {
            let same = match index {
                _ if index < before => Some(index),
                _ if index >= count - after => Some(index + known - count),
                _ => None,
            };
            let syntax = match same {
                Some(same) => Arc::clone(&self.units[same].syntax),
                None => read_unit(&source, range, &among),
            };
            Unit { range: *range, syntax }
        });
        let units = units.collect();
        let wrapping = reply::wrapping(&source, &layout);
        let trail = Arc::clone(&self.trail);
        Self { text, source: Arc::new(source), layout, units, wrapping, trail, json: None }
    }

    /// The units in a range of indices, by what decides how they are read.
    fn known(&self, indices: Range<usize>) -> HashMap<UnitKey<'_>, Arc<UnitSyntax>> {
        self.units[indices]
            .iter()
            .map(|unit| {
                let text = &self.source[unit.range.span.start..unit.range.span.end];
                ((unit.range.kind, unit.range.column, text), Arc::clone(&unit.syntax))
            })
            .collect()
    }

    fn read(text: Text, source: String, known: &HashMap<UnitKey<'_>, Arc<UnitSyntax>>, trail: Arc<Memo>) -> Self {
        if source.len() > SIZE_LIMIT {
            return Self::unread(text, source);
        }
        if let Some(json) = reply::json_string(&source) {
            let inner = Self::read(json.text.as_str().into(), json.text.clone(), known, trail);
            let json = Some((Arc::new(json), Arc::new(inner)));
            return Self { text, source: Arc::new(source), json, ..Self::default() };
        }
        let layout = syntax::layout(&source);
        let units =
            layout.units.iter().map(|range| Unit { range: *range, syntax: read_unit(&source, range, known) }).collect();
        let wrapping = reply::wrapping(&source, &layout);
        Self { text, source: Arc::new(source), layout, units, wrapping, trail, json: None }
    }

    /// A document that is one unit of which nothing is known.
    fn unread(text: Text, source: String) -> Self {
        let span = Span::new(0, source.len());
        let range = UnitRange { kind: UnitKind::Unknown, span, column: 1, depth: 1, reach: source.len() };
        let units = vec![Unit { range, syntax: Arc::default() }];
        let layout = Layout { units: vec![range], limit: source.len(), ..Layout::default() };
        Self { text, source: Arc::new(source), layout, units, ..Self::default() }
    }

    /// Whether the text was not read, because it is over [`SIZE_LIMIT`].
    pub fn is_too_large(&self) -> bool {
        self.source.len() > SIZE_LIMIT
    }

    /// The whole text in one piece.
    pub fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn layout(&self) -> &Layout {
        &self.layout
    }

    pub(crate) fn units(&self) -> &[Unit] {
        &self.units
    }

    /// Places for what others keep from one text to the next.
    pub(crate) fn trail(&self) -> &Memo {
        &self.trail
    }

    pub(crate) fn wrapping(&self) -> &Wrapping {
        &self.wrapping
    }

    /// The string that holds the module and the module's own document, where the reply is a JSON object.
    pub(crate) fn json(&self) -> Option<(&JsonString, &Document)> {
        self.json.as_ref().map(|(string, inner)| (&**string, &**inner))
    }

    /// All comments of the module, in order of place, as bytes of the document.
    pub(crate) fn comments(&self) -> impl Iterator<Item = Span> + '_ {
        self.layout.comments.iter().map(|(span, _)| *span)
    }

    /// The name of the definition that a byte of the document lies in, or between whose neighbours it lies; `None`
    /// before the first unit. Units that define nothing are told by their kind, such as `Variables`.
    pub fn definition_at(&self, offset: usize) -> Option<String> {
        let index = self.units.partition_point(|unit| unit.range.span.start <= offset);
        let unit = self.units.get(index.checked_sub(1)?)?;
        Some(match &unit.syntax.item {
            syntax::tree::Item::Definition(definition) => definition.ident.name.to_string(),
            _ => format!("{:?}", unit.range.kind),
        })
    }

    /// The name in the module's header.
    pub fn module_name(&self) -> Option<&str> {
        if let Some((_, inner)) = &self.json {
            return inner.module_name();
        }
        self.units.iter().find_map(|unit| match &unit.syntax.item {
            syntax::tree::Item::Header { name } => name.as_ref().map(|ident| ident.name.as_str()),
            _ => None,
        })
    }
}

/// Reads a unit of a text, unless it is one that is known.
fn read_unit(source: &str, range: &UnitRange, known: &HashMap<UnitKey<'_>, Arc<UnitSyntax>>) -> Arc<UnitSyntax> {
    let text = &source[range.span.start..range.span.end];
    match known.get(&(range.kind, range.column, text)) {
        Some(syntax) => Arc::clone(syntax),
        None => Arc::new(syntax::read_unit(text, range.kind, range.column)),
    }
}

impl From<&str> for Document {
    fn from(text: &str) -> Self {
        Self::new(text.into())
    }
}
