//! Writing text: into a temporary file beside the old one, which then takes its place, so that there is never half a
//! file.

use std::{
    io::Write,
    path::{Path, PathBuf},
};

use super::{FileProblem, read_text};

/// Replaces the text of a file that was read as `old`. Its permissions stay; a symbolic link keeps pointing at it.
///
/// # Errors
/// When the file has changed since, or can't be written; it is then as it was.
pub fn replace_text(path: &Path, old: &str, new: &str) -> Result<(), FileProblem> {
    let target = path.canonicalize().map_err(|error| unwritable(path, &error))?;
    let permissions = std::fs::metadata(&target).map_err(|error| unwritable(path, &error))?.permissions();
    if permissions.readonly() {
        return Err(FileProblem::new(path, "is read-only; nothing was written"));
    }
    let temporary = beside(&target, new, Some(permissions)).map_err(|error| unwritable(path, &error))?;
    if read_text(&target).ok().as_deref() != Some(old) {
        return Err(FileProblem::new(path, "has changed since it was read; nothing was written, run it again"));
    }
    temporary.persist(&target).map_err(|error| unwritable(path, &error.error))?;
    Ok(())
}

/// Writes a file that is there or not.
///
/// # Errors
/// When it can't be written; a file that was there is then as it was.
pub fn write_text(path: &Path, text: &str) -> Result<(), FileProblem> {
    let target = super::resolved(path);
    let permissions = match std::fs::metadata(&target) {
        Ok(metadata) if metadata.is_dir() => return Err(FileProblem::new(path, "is a folder, not a file")),
        // What is no regular file, such as a terminal, must not be replaced by one.
        Ok(metadata) if !metadata.is_file() => {
            return std::fs::write(&target, text).map_err(|error| unwritable(path, &error));
        }
        Ok(metadata) => Some(metadata.permissions()),
        Err(_) => None,
    };
    let temporary = beside(&target, text, permissions).map_err(|error| unwritable(path, &error))?;
    temporary.persist(&target).map_err(|error| unwritable(path, &error.error))?;
    Ok(())
}

/// Writes a text that is to be looked at, under a name of its own in a new temporary folder, which stays.
///
/// # Errors
/// When there is no room for it.
pub fn write_shown(name: &str, text: &str) -> Result<PathBuf, FileProblem> {
    let folder = tempfile::Builder::new().prefix("tla-contract-").tempdir();
    let path = folder.map_err(|error| unwritable(Path::new(name), &error))?.keep().join(name);
    std::fs::write(&path, text).map_err(|error| unwritable(&path, &error))?;
    Ok(path)
}

/// A finished temporary file in the target's folder.
fn beside(
    target: &Path,
    text: &str,
    permissions: Option<std::fs::Permissions>,
) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".tla-contract-").suffix(".tmp");
    #[cfg(unix)]
    if permissions.is_none() {
        use std::os::unix::fs::PermissionsExt;
        // Cut by the process's mask, as for any new file; a temporary file would be for its owner alone.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    Ok(file)
}

fn unwritable(path: &Path, error: &std::io::Error) -> FileProblem {
    FileProblem::new(path, format!("can't be written: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_changed_since_it_was_read_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("m.tla");
        std::fs::write(&path, "newer").unwrap();
        let problem = replace_text(&path, "old", "new").unwrap_err();
        assert!(problem.message.contains("has changed since it was read"), "{problem}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "newer");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
        replace_text(&path, "newer", "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_has_the_usual_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (ours, usual) = (folder.path().join("ours"), folder.path().join("usual"));
        write_text(&ours, "").unwrap();
        std::fs::write(&usual, "").unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&usual));
    }
}
