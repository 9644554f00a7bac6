//! What is not written where a reader would look for it: the variables that a part of an action says nothing of.

use crate::{
    Document,
    module::{Module, calls::Calls, frame::Frames},
};

/// Something to be shown between the characters of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// The byte that it is shown before.
    pub offset: usize,
    /// The variables that are left out, in the order of their declaration.
    pub left_out: Vec<String>,
}

/// The variables that parts of actions leave unspecified, behind each part, in order of place.
pub fn hints(document: &Document) -> Vec<Hint> {
    let module = Module::link(document);
    let calls = Calls::of(&module);
    let frames = Frames::of(&module, &calls);
    let hint = |gap: &crate::module::frame::Gap<'_>| {
        let name = |index: usize| module.variables.get(index).map(|variable| variable.value.name.to_string());
        Hint {
            offset: module.definitions[gap.home].span(gap.part.span).end,
            left_out: gap.missing.indices().filter_map(name).collect(),
        }
    };
    let mut hints: Vec<Hint> = frames.gaps.iter().map(hint).collect();
    hints.sort_by_key(|hint| hint.offset);
    hints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_branch_leaves_out_is_told_behind_it() {
        let text = "---- MODULE M ----\nVARIABLES x, y, z\nPut == /\\ x' = 1\n       /\\ y' = 2\nTake == x' = 0\n\
                    Stay == UNCHANGED <<x, y, z>>\nNext == Put \\/ Take \\/ Stay\nSpec == x = 0 /\\ [][Next]_x\n====\n";
        let found = hints(&Document::from(text));
        let shown: Vec<(&str, String)> = found
            .iter()
            .map(|hint| (text[..hint.offset].lines().last().unwrap_or_default(), hint.left_out.join(" ")))
            .collect();
        assert_eq!(shown, [("       /\\ y' = 2", "z".to_owned()), ("Take == x' = 0", "y z".to_owned())]);
        assert_eq!(hints(&Document::from("Put == x' = (")), []);
    }
}
