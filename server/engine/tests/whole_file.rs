//! Slips that cost the official parser the rest of the file: every other definition is still analysed.

use tla_contract_engine::{Document, NoModules, Setting, config::Config, judge};

/// What is told of a module, as `line rule`, lines from 1, in the order of the text.
fn told(module: &str) -> Vec<String> {
    let document = Document::from(module);
    let config = Config::default();
    let setting = Setting { contract: None, config: &config, file_stem: None, modules: &NoModules, draft: None };
    let errors = judge(&document, setting).findings.into_iter().filter(|finding| finding.severity.word() == "error");
    let mut told: Vec<(usize, String)> =
        errors.map(|finding| (document.text().line_of(finding.span.start) + 1, finding.rule.to_owned())).collect();
    told.sort();
    told.into_iter().map(|(line, rule)| format!("{line} {rule}")).collect()
}

/// A module whose definitions before and behind the broken one have an unknown name each.
fn around(broken: &str) -> String {
    format!(
        "---- MODULE M ----\nEXTENDS Naturals\nVARIABLE x\nBefore == x = Absent\n{broken}\nBehind == x' = Missing\n\
         Last(n) == n + 1\nUse == Last(1, 2)\n====\n"
    )
}

#[test]
fn an_unclosed_brace_hides_no_other_definition() {
    let told = told(&around("Broken == {1, 2"));
    assert_eq!(told, ["4 name/unknown-name", "5 syntax/unclosed-bracket", "6 name/unknown-name", "8 name/wrong-arity"]);
}

#[test]
fn a_let_without_in_hides_no_other_definition() {
    let told = told(&around("Broken == LET a == 1\n          a + 1"));
    assert_eq!(told.len(), 4, "{told:?}");
    assert_eq!([&told[0], &told[2], &told[3]], ["4 name/unknown-name", "7 name/unknown-name", "9 name/wrong-arity"]);
    assert!(told[1].starts_with("6 syntax/") || told[1].starts_with("5 syntax/"), "{told:?}");
}

#[test]
fn an_if_without_else_hides_no_other_definition() {
    let told = told(&around("Broken == IF x = 1 THEN 2"));
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[1].starts_with("5 syntax/"), "{told:?}");
}

#[test]
fn a_missing_footer_hides_no_definition() {
    let module = around("Whole == 1");
    let told = told(module.strip_suffix("====\n").unwrap());
    assert_eq!(told.len(), 4, "{told:?}");
    assert_eq!([&told[0], &told[1], &told[2]], ["4 name/unknown-name", "6 name/unknown-name", "8 name/wrong-arity"]);
    assert!(told[3].contains("footer"), "{told:?}");
}
