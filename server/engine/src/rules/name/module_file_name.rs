//! The module has another name than its file.
//!
//! SANY error 4221: `Clock.tla` holds the module Clock, or nobody can extend or instantiate it. Where the prompt demands the
//! name that the module has, it is the file that is called wrong, and this is a warning.
//!
//! ````file
//! Clock.tla
//! ````
//!
//! ````tla bad
//! ---- MODULE Tick ----
//! VARIABLE x
//! ====
//! ````
//!
//! ````tla good
//! ---- MODULE Clock ----
//! VARIABLE x
//! ====
//! ````

use crate::{
    contract::Demand,
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
    rules::Context,
};

const ID: &str = "name/module-file-name";

pub(in crate::rules) fn check(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(stem), Some(name)) = (context.setting.file_stem, context.module.name) else { return };
    let found = name.value.name.as_str();
    if found == stem || context.json.is_some() {
        return;
    }
    let span = name.span(name.value.span);
    let mut demands = context.setting.contract.into_iter().flat_map(|contract| contract.demands());
    if demands.any(|(_, demand)| matches!(demand, Demand::ModuleName(wanted) if wanted == found)) {
        let message = format!("the prompt wants the module `{found}`, so the file must be called `{found}.tla` for SANY");
        findings.push(Finding::new(ID, Severity::Warning, span, message));
        return;
    }
    let message = format!("the file is called `{stem}.tla` and the module `{found}`; SANY wants one name for both");
    let mut finding = Finding::new(ID, Severity::Error, span, message);
    let is_name = stem.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && stem.contains(|letter: char| letter.is_ascii_alphabetic());
    if is_name {
        let edits = vec![Edit::replace(span, stem)];
        finding = finding.with_fix(Fix { title: format!("rename the module to `{stem}`"), safety: Safety::Ask, edits });
    }
    findings.push(finding);
}
