//! The text of one reply with everything that follows from it alone, kept from one edit to the next.

use std::{collections::HashMap, sync::Arc};

use crate::{
    diagnostic::{Edit, Span},
    reply::{self, JsonString, Wrapping},
    syntax::{self, Layout, UnitKind, UnitRange, UnitSyntax},
    text::Text,
};

/// One reply, or one TLA+ file, at one moment. Cheap to share; an edit makes a new one that keeps what did not change.
#[derive(Debug, Clone, Default)]
pub struct Document {
    text: Text,
    /// The same text in one piece.
    source: Arc<str>,
    layout: Layout,
    units: Vec<Unit>,
    wrapping: Wrapping,
    /// The module in a string of the reply, where the reply is a JSON object; then nothing else is read of it.
    json: Option<(Arc<JsonString>, Arc<Document>)>,
}

/// One unit of a document.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub range: UnitRange,
    pub syntax: Arc<UnitSyntax>,
}

/// What decides how a unit is read.
type UnitKey = (UnitKind, u32, Arc<str>);

impl Document {
    pub fn new(text: Text) -> Self {
        Self::read(text, &HashMap::new())
    }

    pub fn text(&self) -> &Text {
        &self.text
    }

    /// The document after edits that are made one after the other, each in the text that the one before it left.
    pub fn edited(&self, edits: &[Edit]) -> Self {
        let mut text = self.text.clone();
        for edit in edits {
            text.replace(edit.span, &edit.text);
        }
        let before = self.json.as_ref().map_or(self, |(_, inner)| inner);
        let known: HashMap<UnitKey, Arc<UnitSyntax>> = before
            .units
            .iter()
            .map(|unit| {
                let text: Arc<str> = before.source[unit.range.span.start..unit.range.span.end].into();
                ((unit.range.kind, unit.range.column, text), Arc::clone(&unit.syntax))
            })
            .collect();
        Self::read(text, &known)
    }

    fn read(text: Text, known: &HashMap<UnitKey, Arc<UnitSyntax>>) -> Self {
        let source: Arc<str> = text.to_string().into();
        if let Some(json) = reply::json_string(&source) {
            let inner = Self::read(json.text.as_str().into(), known);
            return Self { text, source, json: Some((Arc::new(json), Arc::new(inner))), ..Self::default() };
        }
        let layout = syntax::layout(&source);
        let units = layout
            .units
            .iter()
            .map(|range| {
                let unit = &source[range.span.start..range.span.end];
                let key = (range.kind, range.column, Arc::from(unit));
                let syntax = match known.get(&key) {
                    Some(syntax) => Arc::clone(syntax),
                    None => Arc::new(syntax::read_unit(unit, range.kind, range.column)),
                };
                Unit { range: *range, syntax }
            })
            .collect();
        let wrapping = reply::wrapping(&source, &layout);
        Self { text, source, layout, units, wrapping, json: None }
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

impl From<&str> for Document {
    fn from(text: &str) -> Self {
        Self::new(text.into())
    }
}
