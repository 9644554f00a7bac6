//! What passes a bound is told, and everything else is still served.

use tla_contract_engine::{
    Document, Judgement, ModuleSource, NoModules, Setting,
    config::Config,
    contract::Verdict,
    diagnostic::{Edit, Safety, Severity, Span},
    document::SIZE_LIMIT,
    judge,
    prompt::{Prompt, builtins},
    repair::repair,
};

const MODULE: &str = "---- MODULE M ----\nEXTENDS Naturals\nVARIABLE x\nInit == x = 0\nNext == x' = x + 1\n\
                      Spec == Init /\\ [][Next]_x\n====\n";

fn told(document: &Document, modules: &dyn ModuleSource) -> Judgement {
    let config = Config::default();
    judge(document, Setting { contract: None, config: &config, file_stem: Some("M"), draft: None, modules })
}

fn rules(judgement: &Judgement) -> Vec<&str> {
    judgement.findings.iter().map(|finding| finding.rule).collect()
}

/// A module with so many bytes of comments behind it that it is too large.
fn large() -> String {
    format!("{MODULE}{}", "\\* nothing\n".repeat(SIZE_LIMIT / 11))
}

#[test]
fn a_text_that_is_too_large_is_told_and_no_clause_is_judged_on_it() {
    let prompt = Prompt::parse(builtins()[0].text);
    let config = Config::default();
    let setting = Setting {
        contract: Some(prompt.contract()),
        config: &config,
        file_stem: None,
        draft: None,
        modules: &NoModules,
    };
    let judgement = judge(&Document::from(large().as_str()), setting);
    assert_eq!(rules(&judgement), ["bounds/too-large"]);
    assert_eq!(judgement.findings[0].severity, Severity::Error);
    assert_eq!(judgement.verdicts.len(), prompt.contract().clauses.len());
    assert!(judgement.verdicts.iter().all(|verdict| verdict.verdict == Verdict::NotChecked));
}

#[test]
fn an_edit_may_make_a_text_too_large_and_another_bring_it_back() {
    let small = Document::from(MODULE);
    let end = MODULE.len();
    let rest = large().split_off(end);
    let grown = small.edited(&[Edit::insert(end, rest.as_str())]);
    assert_eq!(rules(&told(&grown, &NoModules)), ["bounds/too-large"]);
    assert_eq!(told(&grown, &NoModules), told(&Document::from(large().as_str()), &NoModules));
    let back = grown.edited(&[Edit::delete(Span::new(end, end + rest.len()))]);
    assert_eq!(told(&back, &NoModules), told(&small, &NoModules));
}

#[test]
fn a_module_that_is_too_large_costs_those_that_extend_it_nothing() {
    struct Beside(std::sync::Arc<Document>);
    impl ModuleSource for Beside {
        fn module(&self, name: &str) -> Option<std::sync::Arc<Document>> {
            (name == "Huge").then(|| std::sync::Arc::clone(&self.0))
        }
    }
    let huge = Beside(std::sync::Arc::new(Document::from(large().as_str())));
    let module = MODULE.replace("EXTENDS Naturals", "EXTENDS Naturals, Huge").replace("x + 1", "Step(x)");
    assert_eq!(rules(&told(&Document::from(module.as_str()), &huge)), Vec::<&str>::new());
}

#[test]
fn a_definition_that_is_too_deep_or_too_long_hides_no_other() {
    let deep = format!("A == {}1{}\n", "(".repeat(5_000), ")".repeat(5_000));
    let long = format!("B ==\n{}", format!("  {}\n", "<> : ".repeat(20)).repeat(1_000));
    let module = MODULE.replace("Init ==", &format!("{deep}{long}Init == Absent /\\"));
    let judgement = told(&Document::from(module.as_str()), &NoModules);
    let rules = rules(&judgement);
    for rule in ["syntax/too-deep", "syntax/too-long", "name/unknown-name"] {
        assert!(rules.contains(&rule), "{rule}: {rules:?}");
    }
}

#[test]
fn a_line_that_the_scanner_would_count_for_minutes_is_not_read() {
    let line = format!("A == {}1\n", "IF TRUE THEN 0 ELSE ".repeat(20_000));
    let module = MODULE.replace("Init ==", &format!("{line}Init == Absent /\\"));
    let judgement = told(&Document::from(module.as_str()), &NoModules);
    let rules = rules(&judgement);
    assert!(rules.contains(&"syntax/too-long") && rules.contains(&"name/unknown-name"), "{rules:?}");
}

#[test]
fn of_many_findings_a_thousand_are_told_and_all_are_fixed() {
    let slips: String = (0..1_500).map(|n| format!("A{n} == LET z = x + 1 IN z\n")).collect();
    let module = MODULE.replace("Init ==", &format!("{slips}Init =="));
    let document = Document::from(module.as_str());
    let judgement = told(&document, &NoModules);
    assert_eq!(judgement.findings.len(), 1_001);
    assert_eq!(rules(&judgement).iter().filter(|rule| **rule == "bounds/too-many-findings").count(), 1);
    let config = Config::default();
    let setting = Setting { contract: None, config: &config, file_stem: None, draft: None, modules: &NoModules };
    let repaired = repair(&document, setting, Safety::Safe);
    assert_eq!(repaired.applied.len(), 1_500);
}
