//! The folders that may be read, and what lies in them. A path that leads out is refused unread.

use std::path::{Path, PathBuf};

use rmcp::model::{InputRequest, InputRequests, InputRequiredResult, InputResponses};

/// The name under which the client is asked for its roots, where the protocol wants that in an answer.
const QUESTION: &str = "roots";

/// Folders, links resolved.
#[derive(Debug, Clone, Default)]
pub(super) struct Grant {
    folders: Vec<PathBuf>,
}

/// What is known of a client's grant.
pub(super) enum Granted {
    Folders(Grant),
    /// The client has to be asked first.
    ToBeAsked(Box<InputRequiredResult>),
}

impl Grant {
    pub(super) fn of_folders(folders: &[PathBuf]) -> Self {
        Self { folders: folders.iter().filter_map(|folder| folder.canonicalize().ok()).collect() }
    }

    /// The folders of `file:` URIs; other URIs name nothing that could be read.
    pub(super) fn of_uris<'a>(uris: impl Iterator<Item = &'a str>) -> Self {
        let folders: Vec<PathBuf> = uris.filter_map(path_of).collect();
        Self::of_folders(&folders)
    }

    pub(super) fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// A file or folder that exists, links resolved, with the granted folder that it lies in. A relative path is one in
    /// a granted folder.
    ///
    /// # Errors
    /// When it lies in none, or does not exist.
    pub(super) fn path(&self, named: &str) -> Result<(PathBuf, &Path), String> {
        if self.folders.is_empty() {
            return Err(format!(
                "{named}: no folder is granted, so no file can be read; give the text itself, grant a root, or start \
                 the server with --root"
            ));
        }
        for folder in &self.folders {
            // An absolute path replaces the folder.
            let Ok(path) = folder.join(named).canonicalize() else { continue };
            if let Some(around) = self.folders.iter().find(|around| path.starts_with(around)) {
                return Ok((path, around));
            }
        }
        // Whether something lies outside is not told.
        Err(format!("{named}: there is no such file in the folders that the client grants"))
    }
}

/// The grant that stands in a client's answer, or the question for it.
// Roots are on their way out of the protocol; until they are gone, they are what a client says it grants.
#[allow(deprecated)]
pub(super) fn of_responses(responses: Option<&InputResponses>) -> Granted {
    if let Some(response) = responses.and_then(|responses| responses.get(QUESTION)) {
        let roots = response["roots"].as_array().map_or(&[][..], Vec::as_slice);
        return Granted::Folders(Grant::of_uris(roots.iter().filter_map(|root| root["uri"].as_str())));
    }
    let mut questions = InputRequests::new();
    questions.insert(QUESTION.to_owned(), InputRequest::ListRoots(rmcp::model::ListRootsRequest::default()));
    Granted::ToBeAsked(Box::new(InputRequiredResult::new(Some(questions), None)))
}

/// The path of a `file:` URI of this machine.
fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let mut bytes = Vec::new();
    let mut characters = rest.bytes();
    while let Some(byte) = characters.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [characters.next()?, characters.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    let path = String::from_utf8(bytes).ok()?;
    let path = if cfg!(windows) { path.trim_start_matches('/') } else { &path };
    Path::new(path).is_absolute().then(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uri_names_a_folder_of_this_machine_or_nothing() {
        assert_eq!(path_of("file:///a%20b/%C3%A9"), Some(PathBuf::from("/a b/é")));
        for none in ["https://x/", "file://elsewhere/a", "file:///%zz", "file:///a%2", "a", "file://a"] {
            assert_eq!(path_of(none), None, "{none}");
        }
    }

    #[test]
    fn nothing_is_read_where_nothing_is_granted() {
        assert!(Grant::default().path(".").is_err());
    }
}
