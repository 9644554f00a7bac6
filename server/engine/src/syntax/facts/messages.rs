//! Where an expression builds and tests message types.

use crate::{
    diagnostic::Span,
    syntax::tree::{Expr, ExprKind, Name, UpdateStep},
};

/// A value in connection with message types.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TypeUse {
    pub role: TypeRole,
    pub value: TypeValue,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TypeRole {
    /// The type of a record that is built as a message.
    Built,
    /// What a message's type is compared with.
    Tested,
    /// What a record's type is changed to.
    Changed,
    /// Some other place, such as an argument.
    Elsewhere,
}

/// A type as it is written: a string, a name that may stand for one, or something that can't be told.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum TypeValue {
    Text(Name),
    Named(Name),
    Unknown,
}

#[derive(Default)]
pub(super) struct Messages {
    pub uses: Vec<TypeUse>,
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

pub(super) fn read(body: &Expr) -> Messages {
    let mut messages = Messages::default();
    // An alias is judged where it is used.
    if !matches!(body.kind, ExprKind::Str(_)) {
        messages.expression(body);
    }
    messages
}

fn is_type_field(name: &str) -> bool {
    let plain = name.replace('_', "").to_ascii_lowercase();
    TYPE_FIELDS.contains(&plain.as_str())
}

fn value(expression: &Expr) -> Option<TypeValue> {
    match &expression.kind {
        ExprKind::Str(text) => Some(TypeValue::Text(text.clone())),
        _ => expression.as_name().map(|name| TypeValue::Named(name.name.clone())),
    }
}

impl Messages {
    fn add(&mut self, role: TypeRole, value: TypeValue, span: Span) {
        self.uses.push(TypeUse { role, value, span });
    }

    fn expression(&mut self, expression: &Expr) {
        if let Some(value) = value(expression) {
            if !self.uses.iter().any(|known| known.role == TypeRole::Elsewhere && known.value == value) {
                self.add(TypeRole::Elsewhere, value, expression.span);
            }
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
                        self.expression(value);
                    }
                }
            }
            // A set of records says what is possible, not what happens.
            ExprKind::RecordSet(_) => {}
            ExprKind::Except { base, updates } => {
                self.expression(base);
                for update in updates {
                    let is_type = |step: &UpdateStep| match step {
                        UpdateStep::Field(field) => is_type_field(&field.name),
                        UpdateStep::Index(_) => false,
                    };
                    if update.path.iter().any(is_type) {
                        let value = value(&update.value).unwrap_or(TypeValue::Unknown);
                        self.add(TypeRole::Changed, value, update.value.span);
                    }
                    self.expression(&update.value);
                }
            }
            ExprKind::Apply { path, operator, arguments } if path.is_empty() && arguments.len() == 2 => {
                let (left, right) = (&arguments[0], &arguments[1]);
                let test = matches!(operator.name.as_str(), "=" | "#" | "/=" | "\\in" | "\\notin");
                match (is_type(left), is_type(right)) {
                    (true, _) if test => self.tested(left, right),
                    (_, true) if test => self.tested(right, left),
                    _ => arguments.iter().for_each(|argument| self.expression(argument)),
                }
                // `m.type # "a"` selects every other type.
                let unlike = matches!(operator.name.as_str(), "#" | "/=" | "\\notin");
                self.rest_handled |= unlike && (is_type(left) || is_type(right));
            }
            ExprKind::If { test, otherwise, .. } => {
                let goes_on = matches!(otherwise.kind, ExprKind::If { .. } | ExprKind::Case { .. });
                self.rest_handled |= tests_type(test) && !goes_on && !refuses(otherwise);
                expression.children(&mut |child| self.expression(child));
            }
            ExprKind::Case { arms, other } => {
                let refused = other.as_ref().is_none_or(|other| refuses(other));
                self.rest_handled |= !refused && arms.iter().any(|(test, _)| tests_type(test));
                expression.children(&mut |child| self.expression(child));
            }
            _ => expression.children(&mut |child| self.expression(child)),
        }
    }

    /// The value of a new message's type field.
    fn built(&mut self, expression: &Expr) {
        if let ExprKind::If { test, then, otherwise } = &expression.kind {
            self.expression(test);
            self.built(then);
            self.built(otherwise);
            return;
        }
        self.add(TypeRole::Built, value(expression).unwrap_or(TypeValue::Unknown), expression.span);
        if value(expression).is_none() {
            self.expression(expression);
        }
    }

    /// The other side of a comparison with a type field.
    fn tested(&mut self, field: &Expr, other: &Expr) {
        if !is_message(field) {
            return self.expression(other);
        }
        field.children(&mut |child| {
            if !matches!(child.kind, ExprKind::Str(_)) {
                self.expression(child);
            }
        });
        let values = match &other.kind {
            ExprKind::Set(items) => items.as_slice(),
            _ => std::slice::from_ref(other),
        };
        for expression in values {
            match value(expression) {
                Some(value) => self.add(TypeRole::Tested, value, expression.span),
                None => self.expression(expression),
            }
        }
    }
}

/// Whether a branch does nothing: FALSE, or UNCHANGED alone.
fn refuses(branch: &Expr) -> bool {
    branch.as_name().is_some_and(|name| name.name == "FALSE") || branch.as_application("UNCHANGED").is_some()
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
