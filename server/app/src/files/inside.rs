//! Keeps what a settings file names within the workspace: no `..` that leads out, no foreign absolute path, no
//! symbolic link that leads out. A refusal reads nothing.

use std::path::{Component, Path, PathBuf};

/// Says why a path leads out of the workspace by its words alone; the file system is not asked.
pub(super) fn refusal_of_words(root: &Path, named: &str) -> Option<String> {
    if named.is_empty() {
        return Some("an empty path names no file".to_owned());
    }
    let path = Path::new(named);
    let path = match path.strip_prefix(root) {
        Ok(relative) => relative,
        Err(_) if path.is_absolute() => {
            return Some(format!("`{named}` lies outside the workspace; name a path within it, relative to this file"));
        }
        Err(_) => path,
    };
    let mut depth = 0usize;
    for component in path.components() {
        match component {
            Component::Normal(_) => depth += 1,
            Component::CurDir => {}
            Component::ParentDir if depth > 0 => depth -= 1,
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => {
                return Some(format!("`{named}` leads out of the workspace; name a path within it"));
            }
        }
    }
    None
}

/// The file or folder that a settings file names, with all symbolic links resolved. `root` is resolved already.
///
/// # Errors
/// Why it is refused, or that it does not exist.
pub(super) fn within(root: &Path, named: &str) -> Result<PathBuf, String> {
    if let Some(refusal) = refusal_of_words(root, named) {
        return Err(refusal);
    }
    let path = root.join(named);
    let resolved = path.canonicalize().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("there is no `{named}`"),
        _ => format!("`{named}` can't be reached: {error}"),
    })?;
    if !resolved.starts_with(root) {
        return Err(format!("`{named}` leads out of the workspace through a symbolic link"));
    }
    Ok(resolved)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_stay_within_the_root_pass() {
        let root = Path::new("/home/me/work");
        for inside in ["a.md", "./a.md", "prompts/a.md", "prompts/../a.md", "/home/me/work/a.md"] {
            assert_eq!(refusal_of_words(root, inside), None, "{inside}");
        }
        for outside in ["", "..", "../a.md", "a/../../b", "/etc/passwd", "/home/me/work/../x", "/home/me/worker/x"] {
            assert!(refusal_of_words(root, outside).is_some(), "{outside}");
        }
    }
}
