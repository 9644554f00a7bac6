//! SANY, TLA+'s own parser, run on one module: where its jar lies, and what it says.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::{FileProblem, shown};

/// The environment variable that names a jar of TLA+'s tools.
const JAR_VARIABLE: &str = "TLA2TOOLS_JAR";

/// SANY takes about a second for 10,000 lines.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// Folders below the home folder that hold the extensions of VS Code and its kin.
const EXTENSION_FOLDERS: &[&str] =
    &[".vscode/extensions", ".vscode-insiders/extensions", ".vscode-oss/extensions", ".vscode-server/extensions"];

/// What SANY says of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Accepted,
    /// Its errors in its order; never empty.
    Rejected(Vec<Complaint>),
}

/// One error of SANY.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Line and column, from 1, where SANY tells them.
    pub place: Option<(usize, usize)>,
    /// One line.
    pub message: String,
}

/// The jar to run SANY from: the one that is named, that of the environment, or that of an installed extension for
/// VS Code. A file of the workspace has no say in this.
///
/// # Errors
/// When the named jar is not there, or no jar is.
pub fn find_jar(named: Option<&Path>) -> Result<PathBuf, FileProblem> {
    let from_environment = std::env::var_os(JAR_VARIABLE).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(jar) = named.map(Path::to_owned).or(from_environment) {
        return if jar.is_file() {
            Ok(jar)
        } else {
            Err(FileProblem::new(jar, "there is no such jar of TLA+'s tools"))
        };
    }
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    let installed = home.into_iter().flat_map(|home| EXTENSION_FOLDERS.iter().map(move |folder| home.join(folder)));
    let mut jars: Vec<PathBuf> = installed.flat_map(|folder| jars_of_extensions(&folder)).collect();
    jars.sort();
    jars.pop().ok_or_else(|| {
        let message = format!("no jar of TLA+'s tools is known: name one by --sany or in {JAR_VARIABLE}");
        FileProblem::new("tla2tools.jar", message)
    })
}

fn jars_of_extensions(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let extensions = entries.flatten().filter(|entry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        name.starts_with("tlaplus.vscode-ide") || name.starts_with("alygin.vscode-tlaplus")
    });
    extensions.map(|entry| entry.path().join("tools/tla2tools.jar")).filter(|jar| jar.is_file()).collect()
}

/// Runs SANY on the text of a module. Other modules are taken from `folder` and, where they are not there and not in
/// the jar either, from `library`, texts by their names.
///
/// # Errors
/// When Java can't be started, takes too long, or says something that is no answer.
pub fn verify(
    jar: &Path,
    module: &str,
    text: &str,
    folder: &Path,
    library: &[(&str, &str)],
) -> Result<Verdict, FileProblem> {
    let failed = |what: &str, error: &dyn std::fmt::Display| FileProblem::new(jar, format!("{what}: {error}"));
    let place = tempfile::tempdir().map_err(|error| failed("no temporary folder could be made", &error))?;
    let (here, modules) = (place.path().join("module"), place.path().join("library"));
    let write = |file: PathBuf, text: &str| std::fs::write(file, text);
    std::fs::create_dir(&here)
        .and_then(|()| std::fs::create_dir(&modules))
        .and_then(|()| write(here.join(module).with_extension("tla"), text))
        .and_then(|()| {
            let mut missing = library.iter().filter(|(name, _)| !folder.join(format!("{name}.tla")).is_file());
            missing.try_for_each(|(name, text)| write(modules.join(format!("{name}.tla")), text))
        })
        .map_err(|error| failed("a temporary file could not be written", &error))?;
    let output = place.path().join("output");
    let beside = std::env::join_paths([&std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()), &modules])
        .map_err(|error| failed("the folder's name can't be given to Java", &error))?;
    let mut property = std::ffi::OsString::from("-DTLA-Library=");
    property.push(beside);
    let file = File::create(&output).map_err(|error| failed("a temporary file could not be written", &error))?;
    let jar = std::path::absolute(jar).unwrap_or_else(|_| jar.to_owned());
    let mut java = Command::new("java")
        // The jar unpacks its modules into Java's temporary folder, which others may share.
        .arg(format!("-Djava.io.tmpdir={}", place.path().display()))
        .arg(property)
        .arg("-cp")
        .arg(&jar)
        .arg("tla2sany.SANY")
        .arg(format!("{module}.tla"))
        .current_dir(&here)
        .stdin(Stdio::null())
        .stdout(file)
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| failed("Java could not be started to run SANY", &error))?;
    let begun = Instant::now();
    while java.try_wait().map_err(|error| failed("Java could not be waited for", &error))?.is_none() {
        if begun.elapsed() > TIME_LIMIT {
            // It may have ended meanwhile; then there is nothing to end.
            java.kill().ok();
            java.wait().ok();
            return Err(FileProblem::new(jar, format!("SANY took longer than {} seconds", TIME_LIMIT.as_secs())));
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let bytes = std::fs::read(&output).map_err(|error| failed("SANY's answer could not be read", &error))?;
    let answer = String::from_utf8_lossy(&bytes);
    told(&answer, module).ok_or_else(|| {
        let message = format!("{} does not run SANY, or SANY gave no answer", shown(&jar));
        FileProblem::new(jar, message)
    })
}

/// Reads what SANY prints; `None` where that is no answer at all.
fn told(answer: &str, module: &str) -> Option<Verdict> {
    let lines: Vec<&str> = answer.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut complaints = Vec::new();
    let mut in_errors = false;
    let mut place = None;
    for (index, line) in lines.iter().enumerate() {
        if line.starts_with("***Parse Error***") || line.contains("Lexical error") {
            let message = lines.get(index + 1).filter(|_| line.starts_with("***")).unwrap_or(line);
            complaints.push(Complaint { place: place_in(message), message: (*message).to_owned() });
        } else if line.starts_with("*** Errors:") {
            in_errors = true;
        } else if line.starts_with("*** ") || line.starts_with("Linting of") || line.starts_with("Semantic processing")
        {
            in_errors = false;
        } else if in_errors && line.starts_with("line ") && line.contains(" to line ") {
            place = place_in(line);
        } else if in_errors && let Some(place) = place.take() {
            complaints.push(Complaint { place: Some(place), message: (*line).to_owned() });
        } else if line.starts_with("Cannot find source file") || line.starts_with("File name '") {
            complaints.push(Complaint { place: None, message: (*line).to_owned() });
        }
    }
    let failed = lines.iter().any(|line| {
        line.starts_with("*** Errors:") || line.starts_with("*** Abort") || line.starts_with("Fatal errors")
    });
    if failed && complaints.is_empty() {
        let message = lines.iter().find(|line| line.starts_with("***")).copied().unwrap_or("SANY rejects it");
        complaints.push(Complaint { place: None, message: message.to_owned() });
    }
    complaints.dedup();
    if !complaints.is_empty() {
        return Some(Verdict::Rejected(complaints));
    }
    lines.contains(&format!("Semantic processing of module {module}").as_str()).then_some(Verdict::Accepted)
}

/// `line 3, col 6` or `line 3, column 6`
fn place_in(line: &str) -> Option<(usize, usize)> {
    let rest = &line[line.find("line ")? + "line ".len()..];
    let (number, rest) = rest.split_once(", col")?;
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok();
    let column = rest.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    Some((digits(number)?, digits(column)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(line: usize, column: usize, message: &str) -> Complaint {
        Complaint { place: Some((line, column)), message: message.to_owned() }
    }

    #[test]
    fn errors_of_names_are_told_with_their_places_and_warnings_are_not() {
        let answer = "Semantic processing of module A\n*** Warnings: 1\n\nline 5, col 1 to line 5, col 6 of module A\n\n\
                      Multiple declarations.\n\nSemantic errors:\n\n*** Errors: 2\n\nline 3, col 6 to line 3, col 6 of module A\n\n\
                      Unknown operator: `y'.\n\n\nline 4, col 6 to line 4, col 8 of module A\n\nUnknown operator: `Foo'.\n";
        let wanted = vec![complaint(3, 6, "Unknown operator: `y'."), complaint(4, 6, "Unknown operator: `Foo'.")];
        assert_eq!(told(answer, "A"), Some(Verdict::Rejected(wanted)));
    }

    #[test]
    fn a_parse_error_is_told_by_its_first_line() {
        let first = "Encountered \"Beginning of definition\" at line 4, column 1 and token \"+\"";
        let answer =
            format!("***Parse Error***\n{first} \n\nResidual stack trace follows:\n*** Errors: 1\nIn module B\n");
        assert_eq!(told(&answer, "B"), Some(Verdict::Rejected(vec![complaint(4, 1, first)])));
    }

    #[test]
    fn only_a_finished_answer_accepts() {
        let answer = "Parsing file C.tla\nSemantic processing of module C\n";
        assert_eq!(told(answer, "C"), Some(Verdict::Accepted));
        assert_eq!(told("Usage: …\n", "C"), None);
    }

    #[test]
    fn a_jar_that_is_named_must_be_there() {
        let problem = find_jar(Some(Path::new("/nowhere/tla2tools.jar"))).unwrap_err();
        assert!(problem.to_string().contains("no such jar"), "{problem}");
    }
}
