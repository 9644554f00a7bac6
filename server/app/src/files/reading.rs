//! Reading text: regular files of bearable size in UTF-8, and nothing else.

use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::{Path, PathBuf},
    time::SystemTime,
};

use tla_contract_engine::{Document, prompt::SourceFile};

use super::{FileProblem, SIZE_LIMIT, shown};

/// Reads a text file.
///
/// # Errors
/// When it can't be read, is no regular file, is larger than [`SIZE_LIMIT`] or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, FileProblem> {
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(path, &error))?;
    if metadata.is_dir() {
        return Err(FileProblem::new(path, "is a folder, not a file"));
    }
    // Opening a pipe would wait for a writer, and a device may never end.
    if !metadata.is_file() {
        let message = "is no regular file but a device, a pipe or a socket; to read from a pipe, use `-`";
        return Err(FileProblem::new(path, message));
    }
    if metadata.len() > SIZE_LIMIT {
        return Err(too_large(path, Some(metadata.len())));
    }
    let file = File::open(path).map_err(|error| unreadable(path, &error))?;
    read_text_from(file, path)
}

/// What tells that a file was written since: when it was, and its length in bytes.
pub type Stamp = (Option<SystemTime>, u64);

/// The stamp of a file; `None` where there is none that can be looked at.
pub fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok(), metadata.len()))
}

/// Reads text from anything that can be read; `name` is what problems call it.
///
/// # Errors
/// When reading fails, there is more than [`SIZE_LIMIT`] or it is not UTF-8.
pub fn read_text_from(source: impl Read, name: &Path) -> Result<String, FileProblem> {
    let mut bytes = Vec::new();
    source.take(SIZE_LIMIT + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    if bytes.len() as u64 > SIZE_LIMIT {
        return Err(too_large(name, None));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let wide = matches!(error.as_bytes().get(..2), Some([0xff, 0xfe] | [0xfe, 0xff]));
        let guess = if wide { "; it looks like UTF-16" } else { "" };
        FileProblem::new(name, format!("is not UTF-8 at byte {offset}{guess}; save it as UTF-8"))
    })
}

/// Reads a list of paths, a line each; empty lines are left out. `standard_input` is the name that stands for standard
/// input.
///
/// # Errors
/// As [`read_text`].
pub fn read_paths(list: &Path, standard_input: &str) -> Result<Vec<PathBuf>, FileProblem> {
    let text = if list.as_os_str() == standard_input {
        read_text_from(std::io::stdin().lock(), Path::new("standard input"))?
    } else {
        read_text(list)?
    };
    Ok(text.lines().filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

/// Reads a specification as a document.
///
/// # Errors
/// As [`read_text`].
pub fn read_document(path: &Path) -> Result<Document, FileProblem> {
    read_text(path).map(|text| Document::new(text.as_str().into()))
}

/// Reads a file that is to be filled into a prompt, under the path by which it is shown.
///
/// # Errors
/// As [`read_text`].
pub fn read_source(path: &Path) -> Result<SourceFile, FileProblem> {
    Ok(SourceFile { path: shown(path), text: read_text(path)? })
}

fn unreadable(path: &Path, error: &std::io::Error) -> FileProblem {
    let message = match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "may not be read by this user".to_owned(),
        _ => format!("can't be read: {error}"),
    };
    FileProblem::new(path, message)
}

fn too_large(path: &Path, size: Option<u64>) -> FileProblem {
    const MEGABYTE: u64 = 1024 * 1024;
    let limit = SIZE_LIMIT / MEGABYTE;
    let message = match size {
        Some(size) => format!("has {} MB; files over {limit} MB are refused", size.div_ceil(MEGABYTE)),
        None => format!("is larger than {limit} MB, which is refused"),
    };
    FileProblem::new(path, message)
}
