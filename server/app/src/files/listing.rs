//! What lies in a workspace: its prompt files and its modules, found in one walk.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;

use super::{prompts::is_prompt, specifications::is_specification};

/// How deep a workspace is looked through, and how many entries at most: someone may have opened the whole disk.
const DEEPEST: usize = 8;
const MOST_ENTRIES: usize = 50_000;

/// Regular files of a workspace, links not followed, hidden and ignored ones left out.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// In order of path.
    pub(super) prompts: Vec<PathBuf>,
    /// The `.tla` files by the name of their module.
    pub(super) modules: HashMap<String, Vec<PathBuf>>,
}

impl Listing {
    pub(super) fn of(root: &Path) -> Self {
        let mut listing = Self::default();
        let walk = WalkBuilder::new(root).max_depth(Some(DEEPEST)).sort_by_file_name(Ord::cmp).build();
        for entry in walk.take(MOST_ENTRIES).flatten() {
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                continue;
            }
            let path = entry.into_path();
            if is_prompt(&path) {
                listing.prompts.push(path);
            } else if is_specification(&path)
                && let Some(stem) = path.file_stem().and_then(|stem| stem.to_str())
            {
                listing.modules.entry(stem.to_owned()).or_default().push(path);
            }
        }
        listing
    }
}
