//! The page of what each editor gets says nothing that no test shows.

use std::{collections::HashMap, fs, path::PathBuf};

fn editors() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../editors")
}

/// `[id]: path "name of a test"`
fn links(page: &str) -> HashMap<&str, (&str, &str)> {
    let link = |line: &'_ str| -> Option<(usize, usize, usize)> {
        let id = line.strip_prefix('[')?.find("]: ")?;
        let name = line.find(" \"")?;
        Some((id, name, line.len() - 1))
    };
    let found = page.lines().filter_map(|line| {
        let (id, name, end) = link(line)?;
        Some((&line[1..=id], (&line[id + 4..name], &line[name + 2..end])))
    });
    found.collect()
}

/// Whether a file of tests has one of this name, in the manner of its language.
fn has_test(tests: &str, name: &str) -> bool {
    let (snake, kebab) = (name.replace(' ', "_"), name.replace(' ', "-"));
    let heads = [
        format!("name = '{name}'"),
        format!("    \"{name}\",\n"),
        format!("def {snake}():"),
        format!("#[test]\nfn {snake}()"),
        format!("function! Test_{snake}()"),
        format!("(ert-deftest {kebab} ()"),
    ];
    heads.iter().any(|head| tests.contains(head))
}

#[test]
fn each_cell_of_the_table_of_editors_leads_to_a_test() {
    let page = fs::read_to_string(editors().join("README.md")).unwrap();
    let links = links(&page);
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| |") && !line.starts_with("| ---"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    assert!(rows.len() > 10, "the table is found");
    let mut wrong = Vec::new();
    for row in &rows {
        assert_eq!(row.len(), 6, "{row:?}");
        for cell in row[1..].iter().filter(|cell| **cell != "–") {
            let id = cell.rsplit_once("][").and_then(|(_, id)| id.strip_suffix(']'));
            let Some((path, name)) = id.and_then(|id| links.get(id)) else {
                wrong.push(format!("{}: {cell} leads nowhere", row[0]));
                continue;
            };
            let tests = fs::read_to_string(editors().join(path)).unwrap_or_default();
            if !has_test(&tests, name) {
                wrong.push(format!("{}: {path} has no test \"{name}\"", row[0]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_test_is_known_by_its_name_in_each_language() {
    assert!(has_test("    name = 'it is so',", "it is so"));
    assert!(has_test("#[test]\nfn it_is_so() {", "it is so"));
    assert!(!has_test("-- it is so\nname = 'it is'", "it is so"));
    assert!(!has_test("fn it_is_so() {", "it is so"), "a helper is no test");
}
