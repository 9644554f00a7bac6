//! The syntax tree that everything else reads: units, definitions, expressions. Spans are bytes in the unit.

use smol_str::SmolStr;

use crate::diagnostic::Span;

/// A name as it is written, operator symbols in the spelling that SANY keeps (`\land` is `/\`).
pub(crate) type Name = SmolStr;

/// A name at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ident {
    pub name: Name,
    pub span: Span,
}

/// What one unit says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Item {
    Header {
        name: Option<Ident>,
    },
    Extends(Vec<Ident>),
    Constants(Vec<Declared>),
    Variables(Vec<Ident>),
    Recursive(Vec<Declared>),
    Assume {
        name: Option<Ident>,
        body: Expr,
    },
    /// A theorem without its proof; the statement is `None` where it is an ASSUME/PROVE.
    Theorem {
        name: Option<Ident>,
        statement: Option<Expr>,
    },
    Instance {
        local: bool,
        instance: Instance,
    },
    Definition(Definition),
    Separator,
    Footer,
    /// `USE A DEF B`: the plain names among its facts and definitions.
    UseHide {
        hidden: bool,
        facts: Vec<Ident>,
        definitions: Vec<Ident>,
    },
    /// What could not be told.
    #[default]
    Other,
}

/// A declared or bound name with the number of its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Declared {
    pub ident: Ident,
    pub arity: usize,
}

/// `Op(a, b) == …`, `f[x \in S] == …`, `a \prec b == …` or `M(a) == INSTANCE N`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Definition {
    pub ident: Ident,
    pub local: bool,
    pub parameters: Vec<Declared>,
    /// The bounds of a function definition; empty for operators.
    pub bounds: Vec<Bound>,
    pub body: Body,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Body {
    Expression(Expr),
    Instance(Instance),
}

/// `INSTANCE M WITH a <- e`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Instance {
    pub module: Ident,
    pub substitutions: Vec<(Ident, Expr)>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expr {
    pub span: Span,
    pub kind: ExprKind,
}

/// The forms of expressions. Parentheses and labels are not kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ExprKind {
    Number,
    /// The text between the quotes.
    Str(Name),
    /// A name or an operator with its arguments, in every fixity; `M!Op(a)` has a path.
    Apply {
        path: Vec<PathPart>,
        operator: Ident,
        arguments: Vec<Expr>,
    },
    /// An operator symbol that stands for itself as an argument: `FoldSet(+, 0, S)`.
    Symbol(Ident),
    Lambda {
        parameters: Vec<Ident>,
        body: Box<Expr>,
    },
    /// `@` in EXCEPT.
    At,
    /// `/\` or `\/`, as a list or between operands; chains are one junction.
    Junction {
        connective: Connective,
        items: Vec<Expr>,
    },
    Quantifier {
        quantifier: Quantifier,
        bounds: Vec<Bound>,
        body: Box<Expr>,
    },
    Choose {
        bound: Box<Bound>,
        body: Box<Expr>,
    },
    Set(Vec<Expr>),
    /// `{x \in S : p}`
    Filter {
        bound: Box<Bound>,
        body: Box<Expr>,
    },
    /// `{e : x \in S}`
    Map {
        body: Box<Expr>,
        bounds: Vec<Bound>,
    },
    /// `[x \in S |-> e]`
    Function {
        bounds: Vec<Bound>,
        body: Box<Expr>,
    },
    /// `[S -> T]`
    FunctionSet {
        domain: Box<Expr>,
        range: Box<Expr>,
    },
    /// `f[x]`
    Index {
        function: Box<Expr>,
        arguments: Vec<Expr>,
    },
    Record(Vec<(Ident, Expr)>),
    RecordSet(Vec<(Ident, Expr)>),
    Field {
        record: Box<Expr>,
        field: Ident,
    },
    Except {
        base: Box<Expr>,
        updates: Vec<Update>,
    },
    Tuple(Vec<Expr>),
    If {
        test: Box<Expr>,
        then: Box<Expr>,
        otherwise: Box<Expr>,
    },
    Case {
        arms: Vec<(Expr, Expr)>,
        other: Option<Box<Expr>>,
    },
    Let {
        items: Vec<LetItem>,
        body: Box<Expr>,
    },
    /// `[A]_v`, and `<<A>>_v` where `angle`.
    Step {
        form: StepForm,
        action: Box<Expr>,
        subscript: Box<Expr>,
    },
    Fairness {
        strength: Strength,
        subscript: Box<Expr>,
        action: Box<Expr>,
    },
    /// Legal TLA+ that no rule looks into, such as a reference to a part of a definition.
    Opaque,
    /// Text that could not be read; what could be read within it.
    Broken(Vec<Expr>),
}

/// One step of `M(a)!N!Op`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PathPart {
    pub ident: Ident,
    pub arguments: Vec<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Connective {
    And,
    Or,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quantifier {
    Forall,
    Exists,
    TemporalForall,
    TemporalExists,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StepForm {
    /// `[A]_v`
    Square,
    /// `<<A>>_v`
    Angle,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Strength {
    Weak,
    Strong,
}

/// Bound names and the set that they are taken from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bound {
    pub names: Vec<Ident>,
    pub form: BoundForm,
    pub set: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BoundForm {
    /// `x, y \in S`
    Names,
    /// `<<x, y>> \in S`
    Tuple,
}

/// `![i].f = e`
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Update {
    pub path: Vec<UpdateStep>,
    pub value: Expr,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum UpdateStep {
    Field(Ident),
    Index(Vec<Expr>),
}

/// `name(x, y) :: e`. Trees leave labels out; they are listed beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Label {
    pub ident: Ident,
    pub parameters: Vec<Ident>,
    /// From the label's name to the end of the expression.
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum LetItem {
    Definition(Definition),
    Recursive(Vec<Declared>),
}

impl Expr {
    pub(crate) fn new(span: Span, kind: ExprKind) -> Self {
        Self { span, kind }
    }

    /// The name, where the expression is a name without path and arguments.
    pub(crate) fn as_name(&self) -> Option<&Ident> {
        match &self.kind {
            ExprKind::Apply { path, operator, arguments } if path.is_empty() && arguments.is_empty() => Some(operator),
            _ => None,
        }
    }

    /// The arguments, where the expression applies the operator of this name.
    pub(crate) fn as_application(&self, name: &str) -> Option<&[Expr]> {
        match &self.kind {
            ExprKind::Apply { path, operator, arguments } if path.is_empty() && operator.name == name => {
                Some(arguments)
            }
            _ => None,
        }
    }

    /// Calls `visit` on every expression directly within this one; LET definitions and bounds included.
    pub(crate) fn children<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        let bounds_of = |bounds: &'a [Bound], visit: &mut dyn FnMut(&'a Expr)| {
            bounds.iter().filter_map(|bound| bound.set.as_ref()).for_each(visit);
        };
        match &self.kind {
            ExprKind::Number | ExprKind::Str(_) | ExprKind::Symbol(_) | ExprKind::At | ExprKind::Opaque => {}
            ExprKind::Apply { path, arguments, .. } => {
                path.iter().flat_map(|part| &part.arguments).for_each(&mut *visit);
                arguments.iter().for_each(visit);
            }
            ExprKind::Lambda { body, .. } => visit(body),
            ExprKind::Junction { items, .. }
            | ExprKind::Set(items)
            | ExprKind::Tuple(items)
            | ExprKind::Broken(items) => {
                items.iter().for_each(visit);
            }
            ExprKind::Quantifier { bounds, body, .. }
            | ExprKind::Function { bounds, body }
            | ExprKind::Map { body, bounds } => {
                bounds_of(bounds, visit);
                visit(body);
            }
            ExprKind::Choose { bound, body } | ExprKind::Filter { bound, body } => {
                bounds_of(std::slice::from_ref(&**bound), visit);
                visit(body);
            }
            ExprKind::FunctionSet { domain, range } => {
                visit(domain);
                visit(range);
            }
            ExprKind::Index { function, arguments } => {
                visit(function);
                arguments.iter().for_each(visit);
            }
            ExprKind::Record(fields) | ExprKind::RecordSet(fields) => fields.iter().for_each(|(_, value)| visit(value)),
            ExprKind::Field { record, .. } => visit(record),
            ExprKind::Except { base, updates } => {
                visit(base);
                for update in updates {
                    for step in &update.path {
                        if let UpdateStep::Index(indices) = step {
                            indices.iter().for_each(&mut *visit);
                        }
                    }
                    visit(&update.value);
                }
            }
            ExprKind::If { test, then, otherwise } => {
                visit(test);
                visit(then);
                visit(otherwise);
            }
            ExprKind::Case { arms, other } => {
                for (test, value) in arms {
                    visit(test);
                    visit(value);
                }
                if let Some(other) = other {
                    visit(other);
                }
            }
            ExprKind::Let { items, body } => {
                for item in items {
                    let LetItem::Definition(definition) = item else { continue };
                    bounds_of(&definition.bounds, visit);
                    match &definition.body {
                        Body::Expression(expression) => visit(expression),
                        Body::Instance(instance) => {
                            instance.substitutions.iter().for_each(|(_, expression)| visit(expression));
                        }
                    }
                }
                visit(body);
            }
            ExprKind::Step { action, subscript, .. } | ExprKind::Fairness { action, subscript, .. } => {
                visit(subscript);
                visit(action);
            }
        }
    }

    /// Calls `visit` on this expression and all within it.
    pub(crate) fn walk<'a>(&'a self, visit: &mut dyn FnMut(&'a Expr)) {
        visit(self);
        self.children(&mut |child| child.walk(visit));
    }

    /// Whether any part of it could not be read.
    pub(crate) fn is_broken(&self) -> bool {
        let mut broken = false;
        self.walk(&mut |expression| broken |= matches!(expression.kind, ExprKind::Broken(_)));
        broken
    }
}
