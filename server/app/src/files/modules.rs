//! Where modules come from that a specification extends or instantiates: beside it, in library folders, and in the
//! workspace where only one file has the name.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use tla_contract_engine::{Document, ModuleSource};

use super::{listing::Listing, read_document};

/// The modules of a workspace, each read once; shared by all its specifications.
#[derive(Debug, Default)]
pub(super) struct Shelf {
    root: PathBuf,
    /// Folders given as libraries, first one first, links resolved.
    pub(super) libraries: Vec<PathBuf>,
    listing: OnceLock<Listing>,
    read: Mutex<HashMap<PathBuf, Option<Arc<Document>>>>,
}

impl Shelf {
    pub(super) fn new(root: PathBuf, libraries: Vec<PathBuf>) -> Self {
        Self { root, libraries, ..Self::default() }
    }

    /// What lies in the workspace; looked through when it is first asked for.
    pub(super) fn listing(&self) -> &Listing {
        self.listing.get_or_init(|| Listing::of(&self.root))
    }

    pub(super) fn document(&self, path: &Path) -> Option<Arc<Document>> {
        // A panic elsewhere can't leave the map half made: entries go in whole.
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = read.get(path) {
            return known.clone();
        }
        let document = read_document(path).ok().map(Arc::new);
        read.insert(path.to_owned(), document.clone());
        document
    }
}

/// The modules as one specification sees them.
pub(super) struct ModulesBeside {
    pub(super) shelf: Arc<Shelf>,
    /// The specification's folder, links resolved.
    pub(super) folder: PathBuf,
    /// What a module beside the specification must lie in: the workspace, or the folder itself.
    pub(super) root: PathBuf,
}

impl ModulesBeside {
    /// The file of a module, wherever it is.
    pub(super) fn find(&self, name: &str) -> Option<(PathBuf, Arc<Document>)> {
        self.beside(name).or_else(|| self.elsewhere(name))
    }

    /// The file where SANY would find it too; a file that can't be read is passed over.
    fn beside(&self, name: &str) -> Option<(PathBuf, Arc<Document>)> {
        if !is_module_name(name) {
            return None;
        }
        let file = format!("{name}.tla");
        let beside = [(&self.folder, &self.root)];
        let libraries = self.shelf.libraries.iter().map(|folder| (folder, folder));
        for (folder, bound) in beside.into_iter().chain(libraries) {
            // A link that leads out of the workspace is no module of it.
            let path = folder.join(&file).canonicalize().ok().filter(|path| path.starts_with(bound));
            if let Some(path) = path
                && let Some(document) = self.shelf.document(&path)
            {
                return Some((path, document));
            }
        }
        None
    }

    /// The only file of the workspace that has the name.
    fn elsewhere(&self, name: &str) -> Option<(PathBuf, Arc<Document>)> {
        // A module that everybody knows is not looked for in other folders: SANY would not find it there.
        if tla_contract_engine::is_library_module(name) {
            return None;
        }
        match self.shelf.listing().modules.get(name).map(Vec::as_slice) {
            Some([only]) => self.shelf.document(only).map(|document| (only.clone(), document)),
            // Which of several is meant can't be known.
            _ => None,
        }
    }
}

impl ModuleSource for ModulesBeside {
    fn module(&self, name: &str) -> Option<Arc<Document>> {
        self.beside(name).map(|(_, document)| document)
    }

    fn module_elsewhere(&self, name: &str) -> Option<Arc<Document>> {
        self.elsewhere(name).map(|(_, document)| document)
    }
}

/// Module names are identifiers, so that no name can lead into another folder.
fn is_module_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|character| character.is_alphanumeric() || character == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Place(tempfile::TempDir);

    impl Place {
        fn with(files: &[&str]) -> Self {
            let place = Self(tempfile::tempdir().unwrap());
            for file in files {
                let path = place.0.path().join(file);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                // The text says which file it is.
                std::fs::write(path, file).unwrap();
            }
            place
        }

        fn find(&self, name: &str, libraries: &[&str]) -> Option<String> {
            let outer = self.0.path().canonicalize().unwrap();
            let root = outer.join("work");
            let libraries = libraries.iter().map(|folder| outer.join(folder)).collect();
            let shelf = Arc::new(Shelf::new(root.clone(), libraries));
            let modules = ModulesBeside { shelf, folder: root.join("specs"), root };
            modules.find(name).map(|(_, document)| document.source().to_owned())
        }
    }

    #[test]
    fn a_module_is_taken_from_beside_then_from_libraries_then_from_the_workspace() {
        let files =
            ["work/specs/A.tla", "work/lib/A.tla", "lib/A.tla", "lib/B.tla", "work/lib/B.tla", "work/lib/C.tla"];
        let place = Place::with(&files);
        assert_eq!(place.find("A", &["lib"]).as_deref(), Some("work/specs/A.tla"));
        assert_eq!(place.find("B", &["lib"]).as_deref(), Some("lib/B.tla"));
        assert_eq!(place.find("C", &["lib"]).as_deref(), Some("work/lib/C.tla"));
        assert_eq!(place.find("D", &["lib"]), None);
    }

    #[test]
    fn of_several_in_the_workspace_none_is_guessed() {
        let place = Place::with(&["work/specs/m.tla", "work/a/A.tla", "work/b/A.tla"]);
        assert_eq!(place.find("A", &[]), None);
    }

    #[test]
    fn no_name_leads_into_another_folder() {
        let place = Place::with(&["work/specs/m.tla", "work/A.tla", "A.tla"]);
        for name in ["../A", "../../A", "/A", "", "."] {
            assert_eq!(place.find(name, &[]), None, "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_out_is_no_module() {
        let place = Place::with(&["work/specs/m.tla", "A.tla"]);
        let root = place.0.path();
        std::os::unix::fs::symlink(root.join("A.tla"), root.join("work/specs/A.tla")).unwrap();
        assert_eq!(place.find("A", &[]), None);
    }
}
