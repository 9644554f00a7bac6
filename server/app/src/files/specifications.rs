//! Finds the specifications of a folder, by the rules that `.gitignore` and `.ignore` files give.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use ignore::WalkBuilder;

use super::FileProblem;

/// The specifications that paths name, in a stable order, and what could not be looked into.
#[derive(Debug, Default)]
pub struct Found {
    pub files: Vec<FoundFile>,
    pub problems: Vec<FileProblem>,
}

/// A specification with the folder that it was found through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundFile {
    pub path: PathBuf,
    /// The folder that was named; for a file that was named itself, its own folder.
    pub through: PathBuf,
}

/// Every file that is named, and the `.tla` files of every folder that is named. Files in hidden and in ignored folders
/// are left out unless they are named themselves; symbolic links in folders are not followed.
pub fn find_specifications(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    let mut seen = BTreeSet::new();
    for path in paths {
        if path.is_dir() {
            find_in_folder(path, &mut seen, &mut found);
        } else if seen.insert(path.clone()) {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let through = folder.unwrap_or(Path::new(".")).to_owned();
            found.files.push(FoundFile { path: path.clone(), through });
        }
    }
    found
}

fn find_in_folder(folder: &Path, seen: &mut BTreeSet<PathBuf>, found: &mut Found) {
    for entry in WalkBuilder::new(folder).sort_by_file_name(Ord::cmp).build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.problems.push(FileProblem::new(folder, format!("can't be looked through: {error}")));
                continue;
            }
        };
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if is_file && is_specification(entry.path()) && seen.insert(entry.path().to_owned()) {
            found.files.push(FoundFile { path: entry.into_path(), through: folder.to_owned() });
        }
    }
}

/// Whether a file is TLA+ by its name.
pub fn is_specification(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("tla"))
}
