//! The comment that belongs to a name: above its definition, or behind it on its line.

use crate::{Document, diagnostic::Span};

/// The comment above what begins at `start`, or behind what ends at `end`, both bytes of the document; without its
/// marks.
pub(crate) fn comment_for(document: &Document, start: usize, end: usize) -> Option<String> {
    above(document, start).or_else(|| behind(document, end))
}

/// The comment behind a name in a list, or above it.
pub(crate) fn comment_in_list(document: &Document, name: Span) -> Option<String> {
    behind(document, name.end).or_else(|| above(document, name.start))
}

/// The comments on the lines right above, without a blank line between.
pub(crate) fn above(document: &Document, start: usize) -> Option<String> {
    let source = document.source();
    let comments: &[_] = &document.layout().comments;
    let mut index = comments.partition_point(|(comment, _)| comment.end <= start);
    let mut next = start;
    let mut parts = Vec::new();
    while let Some((comment, _)) = index.checked_sub(1).map(|index| &comments[index]) {
        let between = source.get(comment.end..next)?;
        let line = source[..comment.start].rfind('\n').map_or(0, |end| end + 1);
        // A comment that stands behind something else speaks of that.
        let alone = source[line..comment.start].trim().is_empty();
        if !between.trim().is_empty() || between.matches('\n').count() > 1 || !alone {
            break;
        }
        parts.push(plain(&source[comment.start..comment.end]));
        next = comment.start;
        index -= 1;
    }
    parts.reverse();
    said(&parts.join("\n"))
}

/// The comment on the same line, with nothing but a comma between.
fn behind(document: &Document, end: usize) -> Option<String> {
    let source = document.source();
    let comments: &[_] = &document.layout().comments;
    let index = comments.partition_point(|(comment, _)| comment.start < end);
    let (comment, _) = comments.get(index)?;
    let between = source.get(end..comment.start)?;
    let near = between.chars().all(|character| matches!(character, ' ' | '\t' | ','));
    if near { said(&plain(&source[comment.start..comment.end])) } else { None }
}

/// A comment's text without the marks and the boxes around it.
fn plain(comment: &str) -> String {
    let inner = match comment.strip_prefix("\\*") {
        Some(line) => line,
        None => comment.strip_prefix("(*").unwrap_or(comment),
    };
    let inner = inner.strip_suffix("*)").unwrap_or(inner);
    let line = |line: &str| {
        let line = line.trim();
        let ruled = !line.is_empty() && line.chars().all(|character| "*-=()~#".contains(character));
        if ruled {
            String::new()
        } else {
            line.trim_start_matches("(*").trim_end_matches("*)").trim_matches('*').trim().to_owned()
        }
    };
    inner.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn said(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(text: &str) -> Option<String> {
        let offset = text.find("$0").unwrap();
        let document = Document::from(text.replace("$0", "").as_str());
        comment_for(&document, offset, offset + "A == 1".len())
    }

    #[test]
    fn a_comment_stands_above_or_behind() {
        let module = |inner: &str| format!("---- MODULE M ----\n{inner}\n====\n");
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(comment(&module("\\* one\n\\* two\n$0A == 1")), some("one\ntwo"));
        assert_eq!(comment(&module("(*******)\n(* box *)\n(*******)\n$0A == 1")), some("box"));
        assert_eq!(comment(&module("(* a\n   b *)\n$0A == 1")), some("a\nb"));
        assert_eq!(comment(&module("$0A == 1 \\* behind")), some("behind"));
        assert_eq!(comment(&module("\\* far\n\n$0A == 1")), None);
        assert_eq!(comment(&module("B == 2 \\* of B\n$0A == 1")), None);
    }
}
