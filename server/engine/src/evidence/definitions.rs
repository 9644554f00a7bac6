//! Declarations, definitions and exact action names that a prompt or its template demands.

use super::{Answer, Fault, Subject, spelled::Spelled};
use crate::{
    contract::{Declares, EvidenceLevel, Verdict},
    diagnostic::Span,
    syntax::{HeaderForm, tree::Item},
};

pub(super) fn declares(subject: &Subject<'_>, what: Declares) -> Answer {
    let module = subject.module;
    let (word, first) = match what {
        Declares::Header => {
            ("a module header", module.header.filter(|_| subject.document.layout().header == HeaderForm::Proper))
        }
        Declares::Extends => ("EXTENDS", module.extends_unit),
        Declares::Constants => ("CONSTANTS", module.constants.first().map(|name| name.span(name.value.ident.span))),
        Declares::Variables => ("VARIABLES", declared_variable(subject)),
    };
    match first {
        Some(span) => Answer::met("it is there").shown(word, span, EvidenceLevel::Behaviour),
        // A system without parameters needs no constants: the template's part is then empty.
        None if what == Declares::Constants => Answer::new(Verdict::Missing, "no constants are declared"),
        None => Answer::new(Verdict::Missing, format!("there is no {word}")),
    }
}

/// The first variable of a declaration; a name that is only used like one declares nothing.
fn declared_variable(subject: &Subject<'_>) -> Option<Span> {
    let declaration = |unit: usize| matches!(subject.document.units()[unit].syntax.item, Item::Variables(_));
    let first = subject.module.variables.iter().find(|variable| declaration(variable.unit))?;
    Some(first.span(first.value.span))
}

pub(super) fn defines(subject: &Subject<'_>, name: &str) -> Answer {
    if let Some(definition) = subject.module.definition(name) {
        let line = subject.document.text().line_of(definition.name_span().start) + 1;
        return Answer::met(format!("by `{name}`, line {line}")).shown(
            name,
            definition.name_span(),
            EvidenceLevel::Behaviour,
        );
    }
    let near = subject.module.definitions.iter().find(|definition| definition.name().eq_ignore_ascii_case(name));
    match near {
        Some(near) => Answer::new(Verdict::Equivalent, format!("by `{}`", near.name())).shown(
            near.name(),
            near.name_span(),
            EvidenceLevel::Behaviour,
        ),
        None => {
            Answer::new(Verdict::Missing, format!("`{name}` is not defined")).at(Fault::Names(vec![name.to_owned()]))
        }
    }
}

pub(super) fn exact_action(subject: &Subject<'_>, name: &str) -> Answer {
    let fault = || Fault::Names(vec![name.to_owned()]);
    if let Some(definition) = subject.module.definition(name) {
        let line = subject.document.text().line_of(definition.name_span().start) + 1;
        if subject.calls.first_of(name).is_some_and(|index| subject.reaches(index)) {
            return Answer::met(format!("by `{name}`, line {line}")).shown(
                name,
                definition.name_span(),
                EvidenceLevel::Behaviour,
            );
        }
        return Answer::about(Verdict::Declared, format!("`{name}`"), format!("line {line}; Next does not reach it"))
            .shown(name, definition.name_span(), EvidenceLevel::Declared)
            .at(fault());
    }
    let near = subject.listed().definitions_similar(&Spelled::of(name)).next();
    let why = match near {
        Some(near) => {
            format!("it is not defined; `{}` has another name", subject.module.definitions[near].name())
        }
        None => "it is not defined".to_owned(),
    };
    Answer::about(Verdict::Missing, format!("`{name}`"), why).at(fault())
}
