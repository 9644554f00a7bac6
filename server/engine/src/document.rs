//! The text of one reply with everything that follows from it alone, kept from one edit to the next.

use crate::{Judgement, Setting, diagnostic::Edit, text::Text};

/// One reply, or one TLA+ file, at one moment. Cheap to share; an edit makes a new one that keeps what did not change.
#[derive(Debug, Clone, Default)]
pub struct Document {
    text: Text,
}

impl Document {
    pub fn new(text: Text) -> Self {
        Self { text }
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
        Self::new(text)
    }

    pub(crate) fn judge(&self, _setting: Setting<'_>) -> Judgement {
        Judgement::default()
    }
}
