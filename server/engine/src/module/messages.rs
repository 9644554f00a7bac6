//! The types of the messages that a specification builds, and those that its actions test for.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Module, calls::Calls};
use crate::{
    diagnostic::Span,
    syntax::tree::{Expr, ExprKind, UpdateStep},
};

/// A message type at the place of its first use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Use {
    /// The definition it stands in; an index of `Module::definitions`.
    pub home: usize,
    pub span: Span,
}

/// What Next and Init do with message types, by the type's string or, for constants, its name.
#[derive(Debug, Default)]
pub(crate) struct Messages<'a> {
    /// Types of the records that are built as messages.
    pub built: BTreeMap<&'a str, Use>,
    /// Types that a field of a message is compared with.
    pub tested: BTreeMap<&'a str, Use>,
    /// Types that stand elsewhere, as an argument for example; they may be built and tested.
    pub elsewhere: HashSet<&'a str>,
    /// Whether a message can have a type that can't be told from the text.
    pub open: bool,
    /// Whether some test of a type goes on with what to do for every other type.
    pub rest_handled: bool,
}

/// Fields that hold a message's type, without underscores, in lower case.
const TYPE_FIELDS: &[&str] = &["type", "mtype", "msgtype", "messagetype", "kind", "mkind"];

/// Fields that only a message has, in lower case.
const ADDRESS_FIELDS: &[&str] = &[
    "from",
    "to",
    "src",
    "dst",
    "dest",
    "source",
    "destination",
    "sender",
    "receiver",
    "msource",
    "mdest",
    "msrc",
    "mdst",
    "mfrom",
    "mto",
];

fn is_type_field(name: &str) -> bool {
    let plain = name.replace('_', "").to_ascii_lowercase();
    TYPE_FIELDS.contains(&plain.as_str())
}

impl<'a> Messages<'a> {
    pub(crate) fn of(module: &Module<'a>, calls: &Calls<'a>) -> Self {
        let mut messages = Self::default();
        let (Some(next), false) = (calls.next, module.variables.is_empty()) else { return messages };
        let mut reached = calls.reached_from(next.name());
        if let Some(initial) = calls.initial {
            reached.extend(calls.reached_from(initial.name()));
        }
        let mut reader = Reader { module, aliases: HashMap::new(), messages: &mut messages, home: 0 };
        for (home, definition) in module.definitions.iter().enumerate() {
            let Some(body) = definition.body() else { continue };
            // An alias is judged where it is used.
            if reached.contains(definition.name()) && !matches!(body.kind, ExprKind::Str(_)) {
                reader.home = home;
                reader.read(body);
            }
        }
        messages
    }
}

struct Reader<'r, 'a> {
    module: &'r Module<'a>,
    aliases: HashMap<&'a str, Option<&'a str>>,
    messages: &'r mut Messages<'a>,
    home: usize,
}

impl<'a> Reader<'_, 'a> {
    /// The type that an expression names: a string, a constant, or a definition that is one.
    fn key(&mut self, expression: &'a Expr) -> Option<&'a str> {
        if let ExprKind::Str(text) = &expression.kind {
            return Some(text);
        }
        let name = expression.as_name()?.name.as_str();
        if let Some(known) = self.aliases.get(name) {
            return *known;
        }
        let key = match self.module.definition(name) {
            Some(definition) if definition.value.parameters.is_empty() => {
                match definition.body().map(|body| &body.kind) {
                    Some(ExprKind::Str(text)) => Some(text.as_str()),
                    _ => None,
                }
            }
            Some(_) => None,
            None => self.module.is_constant(name).then_some(name),
        };
        self.aliases.insert(name, key);
        key
    }

    fn place(&self, span: Span) -> Use {
        Use { home: self.home, span }
    }

    fn read(&mut self, expression: &'a Expr) {
        if let Some(key) = self.key(expression) {
            self.messages.elsewhere.insert(key);
            return;
        }
        match &expression.kind {
            ExprKind::Record(fields) => {
                let address = |name: &str| ADDRESS_FIELDS.contains(&name.to_ascii_lowercase().as_str());
                let addressed = fields.iter().any(|(field, _)| address(&field.name));
                for (field, value) in fields {
                    if is_type_field(&field.name) && (addressed || field.name.starts_with('m')) {
                        self.built(value);
                    } else {
                        self.read(value);
                    }
                }
            }
            // A set of records says what is possible, not what happens.
            ExprKind::RecordSet(_) => {}
            ExprKind::Except { base, updates } => {
                self.read(base);
                for update in updates {
                    let sets_type = update
                        .path
                        .iter()
                        .any(|step| matches!(step, UpdateStep::Field(field) if is_type_field(&field.name)));
                    self.messages.open |= sets_type && self.key(&update.value).is_none();
                    self.read(&update.value);
                }
            }
            ExprKind::Apply { path, operator, arguments } if path.is_empty() && arguments.len() == 2 => {
                let (left, right) = (&arguments[0], &arguments[1]);
                let test = matches!(operator.name.as_str(), "=" | "#" | "/=" | "\\in" | "\\notin");
                match (is_type(left), is_type(right)) {
                    (true, _) if test => self.tested(left, right),
                    (_, true) if test => self.tested(right, left),
                    _ => arguments.iter().for_each(|argument| self.read(argument)),
                }
                // `m.type # "a"` selects every other type.
                let unlike = matches!(operator.name.as_str(), "#" | "/=" | "\\notin");
                self.messages.rest_handled |= unlike && (is_type(left) || is_type(right));
            }
            ExprKind::If { test, otherwise, .. } => {
                let goes_on = matches!(otherwise.kind, ExprKind::If { .. } | ExprKind::Case { .. });
                let refused = otherwise.as_name().is_some_and(|name| name.name == "FALSE")
                    || otherwise.as_application("UNCHANGED").is_some();
                self.messages.rest_handled |= tests_type(test) && !goes_on && !refused;
                expression.children(&mut |child| self.read(child));
            }
            ExprKind::Case { arms, other } => {
                let refused = other.as_ref().is_none_or(|other| {
                    other.as_name().is_some_and(|name| name.name == "FALSE")
                        || other.as_application("UNCHANGED").is_some()
                });
                self.messages.rest_handled |= !refused && arms.iter().any(|(test, _)| tests_type(test));
                expression.children(&mut |child| self.read(child));
            }
            _ => expression.children(&mut |child| self.read(child)),
        }
    }

    /// The value of a new message's type field.
    fn built(&mut self, value: &'a Expr) {
        if let Some(key) = self.key(value) {
            let place = self.place(value.span);
            self.messages.built.entry(key).or_insert(place);
            return;
        }
        match &value.kind {
            ExprKind::If { test, then, otherwise } => {
                self.read(test);
                self.built(then);
                self.built(otherwise);
            }
            _ => {
                self.messages.open = true;
                self.read(value);
            }
        }
    }

    /// The other side of a comparison with a type field.
    fn tested(&mut self, field: &'a Expr, value: &'a Expr) {
        if !is_message(field) {
            return self.read(value);
        }
        field.children(&mut |child| {
            if !matches!(child.kind, ExprKind::Str(_)) {
                self.read(child);
            }
        });
        let values = match &value.kind {
            ExprKind::Set(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        for value in values {
            match self.key(value) {
                Some(key) => {
                    let place = self.place(value.span);
                    self.messages.tested.entry(key).or_insert(place);
                }
                None => self.read(value),
            }
        }
    }
}

/// `m.type`, `m["type"]`
fn is_type(expression: &Expr) -> bool {
    match &expression.kind {
        ExprKind::Field { field, .. } => is_type_field(&field.name),
        ExprKind::Index { arguments, .. } => {
            matches!(arguments.as_slice(), [Expr { kind: ExprKind::Str(name), .. }] if is_type_field(name))
        }
        _ => false,
    }
}

/// Whether a type field is a message's: of a name that stands for one, and not of a command or an entry within it.
fn is_message(field: &Expr) -> bool {
    let record = match &field.kind {
        ExprKind::Field { field, .. } if field.name.starts_with('m') => return true,
        ExprKind::Field { record, .. } => record,
        ExprKind::Index { function, .. } => function,
        _ => return false,
    };
    record.as_name().is_some_and(|name| {
        let lower = name.name.to_ascii_lowercase();
        lower.starts_with('m') || lower.contains("msg") || lower.contains("message") || lower.contains("packet")
    })
}

fn tests_type(expression: &Expr) -> bool {
    let mut found = false;
    expression.walk(&mut |inner| found |= is_type(inner));
    found
}
