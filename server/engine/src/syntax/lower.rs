//! From tree-sitter's trees to ours.

use std::cell::RefCell;

use tree_sitter::{Node, ParseOptions, ParseState, Parser, Tree, TreeCursor};

use super::{
    guard::{PARSE_STEPS, outgrows_scanner},
    nodes::{Field, Kind, child, field_id, kind},
    operators,
    prepare::Prepared,
    tree::{
        Body, Bound, BoundForm, Connective, Declared, Definition, Expr, ExprKind, Ident, Instance, Label, LetItem,
        Name, PathPart, Quantifier, StepForm, Strength, Update, UpdateStep,
    },
};
use crate::diagnostic::Span;

/// Trees deeper than this are not taken over; what lies deeper is opaque.
const DEPTH_LIMIT: usize = 400;

/// What tree-sitter makes of a prepared unit.
pub(super) enum Parsed {
    Tree(Tree),
    /// The text took too long, or would ask more of the parser than it bears.
    GivenUp,
}

/// Parses a prepared unit afresh, within a budget of steps.
pub(super) fn parse(prepared: &Prepared) -> Parsed {
    if outgrows_scanner(&prepared.text) {
        return Parsed::GivenUp;
    }
    thread_local! {
        static PARSER: RefCell<Option<Parser>> = const { RefCell::new(None) };
    }
    PARSER.with_borrow_mut(|slot| {
        let parser = slot.get_or_insert_with(|| {
            let mut parser = Parser::new();
            // A grammar of another ABI can't be linked without a test noticing at once.
            let _ = parser.set_language(&tree_sitter_tlaplus::LANGUAGE.into());
            parser
        });
        let mut steps = 0;
        let mut progress = |_: &ParseState| {
            steps += 1;
            steps > PARSE_STEPS
        };
        let options = ParseOptions::new().progress_callback(&mut progress);
        let bytes = prepared.text.as_bytes();
        let tree = parser.parse_with_options(&mut |at, _| bytes.get(at..).unwrap_or_default(), None, Some(options));
        match tree {
            Some(tree) => Parsed::Tree(tree),
            None => {
                parser.reset();
                Parsed::GivenUp
            }
        }
    })
}

/// The body of the one unit of a parsed text.
pub(super) enum Lowered {
    Definition(Definition),
    Instance(Instance),
    /// The expression of an ASSUME or a theorem.
    Statement(Expr),
    /// Nothing that could be told; the expressions that were found.
    Nothing(Vec<Expr>),
}

/// Takes the unit of a parsed text over.
pub(super) fn lower(tree: &Tree, prepared: &Prepared) -> (Lowered, Vec<Label>) {
    let cursor = RefCell::new(tree.walk());
    let lowering = Lowering { prepared, cursor, labels: RefCell::default() };
    let lowered = lowering.tree(tree);
    let mut labels = lowering.labels.into_inner();
    labels.sort_by_key(|label| label.span);
    labels.dedup();
    (lowered, labels)
}

impl<'t> Lowering<'t> {
    fn tree(&self, tree: &'t Tree) -> Lowered {
        let lowering = self;
        let module = tree.root_node().named_child(0).filter(|node| kind(*node) == Kind::Module);
        let Some(module) = module else { return Lowered::Nothing(lowering.expressions_in(tree.root_node(), 0)) };
        let unit = self.named(module).into_iter().find(|node| {
            matches!(
                kind(*node),
                Kind::LocalDefinition
                    | Kind::OperatorDefinition
                    | Kind::FunctionDefinition
                    | Kind::ModuleDefinition
                    | Kind::Instance
                    | Kind::Assumption
                    | Kind::Theorem
                    | Kind::Error
            )
        });
        let Some(unit) = unit else { return Lowered::Nothing(Vec::new()) };
        lowering.unit(unit).unwrap_or_else(|| Lowered::Nothing(lowering.expressions_in(module, 0)))
    }
}

struct Lowering<'t> {
    prepared: &'t Prepared,
    /// Goes through the children of one node at a time.
    cursor: RefCell<TreeCursor<'t>>,
    /// The labels that were met.
    labels: RefCell<Vec<Label>>,
}

impl<'t> Lowering<'t> {
    fn span(&self, node: Node<'t>) -> Span {
        self.prepared.to_source(Span::new(node.start_byte(), node.end_byte()))
    }

    fn text(&self, node: Node<'t>) -> &str {
        self.prepared.text.get(node.start_byte()..node.end_byte()).unwrap_or_default()
    }

    fn ident(&self, node: Node<'t>) -> Ident {
        Ident { name: Name::new(self.text(node)), span: self.span(node) }
    }

    /// An operator's symbol in the spelling that SANY keeps.
    fn symbol(&self, node: Node<'t>) -> Ident {
        let text = self.text(node);
        let name = match kind(node) {
            Kind::Negative => "-.",
            _ => operators::find(text).map_or(text, |operator| operator.name()),
        };
        Ident { name: Name::new(name), span: self.span(node) }
    }

    fn unit(&self, node: Node<'t>) -> Option<Lowered> {
        match kind(node) {
            Kind::LocalDefinition => {
                let inner = self.unit(node.named_child(0)?)?;
                Some(match inner {
                    Lowered::Definition(definition) => Lowered::Definition(Definition { local: true, ..definition }),
                    other => other,
                })
            }
            Kind::OperatorDefinition | Kind::FunctionDefinition | Kind::ModuleDefinition => {
                self.definition(node, 0).map(Lowered::Definition)
            }
            Kind::Instance => self.instance(node, 0).map(Lowered::Instance),
            Kind::Assumption | Kind::Theorem => {
                let statement = child(node, Field::Statement).or_else(|| {
                    let mut children = self.named(node).into_iter();
                    children.find(|child| !matches!(kind(*child), Kind::Identifier | Kind::DefEq))
                })?;
                if kind(statement) == Kind::AssumeProve {
                    return None;
                }
                Some(Lowered::Statement(self.expression(statement, 0)))
            }
            _ => None,
        }
    }

    fn definition(&self, node: Node<'t>, depth: usize) -> Option<Definition> {
        let span = self.span(node);
        let body = child(node, Field::Definition);
        if kind(node) == Kind::FunctionDefinition {
            let ident = self.ident(child(node, Field::Name)?);
            let bounds = self.quantifier_bounds(node, depth);
            let body = Body::Expression(self.expression(body?, depth));
            return Some(Definition { ident, local: false, parameters: Vec::new(), bounds, body, span });
        }
        let name = child(node, Field::Name)?;
        let ident = if kind(name).is_symbol() { self.symbol(name) } else { self.ident(name) };
        let parameters =
            self.children(node, Field::Parameter).into_iter().map(|parameter| self.declared(parameter)).collect();
        let body = match body {
            Some(body) if kind(body) == Kind::Instance => Body::Instance(self.instance(body, depth)?),
            Some(body) => Body::Expression(self.expression(body, depth)),
            None => Body::Expression(Expr::new(span, ExprKind::Broken(Vec::new()))),
        };
        Some(Definition { ident, local: false, parameters, bounds: Vec::new(), body, span })
    }

    fn declared(&self, node: Node<'t>) -> Declared {
        if kind(node) != Kind::OperatorDeclaration {
            return Declared { ident: self.ident(node), arity: 0 };
        }
        let arity = self.named(node).into_iter().filter(|child| kind(*child) == Kind::Placeholder).count();
        let ident = match child(node, Field::Name) {
            Some(name) if kind(name).is_symbol() => self.symbol(name),
            Some(name) => self.ident(name),
            None => self.ident(node),
        };
        Declared { ident, arity }
    }

    fn instance(&self, node: Node<'t>, depth: usize) -> Option<Instance> {
        let mut children = self.named(node).into_iter().filter(|child| kind(*child) != Kind::Error);
        let module = self.ident(children.next()?);
        let substitutions = children
            .filter(|child| kind(*child) == Kind::Substitution)
            .filter_map(|substitution| {
                let replaced = substitution.named_child(0)?;
                let by = substitution.named_child(substitution.named_child_count().checked_sub(1)?)?;
                let ident = if kind(replaced).is_symbol() { self.symbol(replaced) } else { self.ident(replaced) };
                Some((ident, self.expression(by, depth)))
            })
            .collect();
        Some(Instance { module, substitutions, span: self.span(node) })
    }

    /// Every expression that can be found in a broken node.
    fn expressions_in(&self, node: Node<'t>, depth: usize) -> Vec<Expr> {
        if depth > DEPTH_LIMIT {
            return Vec::new();
        }
        let mut found = Vec::new();
        for child in self.named(node) {
            let expression = self.expression(child, depth + 1);
            match expression.kind {
                ExprKind::Broken(inner) => found.extend(inner),
                _ => found.push(expression),
            }
        }
        found
    }

    fn broken(&self, node: Node<'t>, depth: usize) -> Expr {
        Expr::new(self.span(node), ExprKind::Broken(self.expressions_in(node, depth)))
    }

    fn boxed(&self, node: Option<Node<'t>>, depth: usize) -> Option<Box<Expr>> {
        Some(Box::new(self.expression(node?, depth)))
    }

    fn named(&self, node: Node<'t>) -> Vec<Node<'t>> {
        node.named_children(&mut self.cursor.borrow_mut()).collect()
    }

    /// The children that are this to a node.
    fn children(&self, node: Node<'t>, field: Field) -> Vec<Node<'t>> {
        let Some(id) = field_id(field) else { return Vec::new() };
        let mut cursor = self.cursor.borrow_mut();
        node.children_by_field_id(id, &mut cursor).filter(Node::is_named).collect()
    }

    fn expression(&self, node: Node<'t>, depth: usize) -> Expr {
        if depth > DEPTH_LIMIT {
            return Expr::new(self.span(node), ExprKind::Opaque);
        }
        if node.is_missing() || node.is_error() {
            return self.broken(node, depth);
        }
        let depth = depth + 1;
        match self.expression_kind(node, depth) {
            Some(kind) => {
                // An ERROR among the children of a node that could still be read makes the node doubtful.
                let doubtful = |child: Node| child.is_error() || child.is_missing();
                let error = node.has_error() && node.children(&mut self.cursor.borrow_mut()).any(doubtful);
                let expression = Expr::new(self.span(node), kind);
                if error { Expr::new(expression.span, ExprKind::Broken(vec![expression])) } else { expression }
            }
            None => self.broken(node, depth),
        }
    }

    fn expression_kind(&self, node: Node<'t>, depth: usize) -> Option<ExprKind> {
        let field = |field: Field| child(node, field);
        let kind = match kind(node) {
            Kind::NatNumber | Kind::RealNumber | Kind::BinaryNumber | Kind::OctalNumber | Kind::HexNumber => {
                ExprKind::Number
            }
            Kind::String => ExprKind::Str(Name::new(self.text(node).trim_matches('"'))),
            Kind::Boolean
            | Kind::StringSet
            | Kind::BooleanSet
            | Kind::NatNumberSet
            | Kind::IntNumberSet
            | Kind::RealNumberSet
            | Kind::IdentifierRef
            | Kind::Identifier => self.constant(node),
            Kind::Parentheses => return Some(self.expression(node.named_child(0)?, depth).kind),
            Kind::Label => {
                self.note_label(node);
                return Some(self.expression(field(Field::Expression)?, depth).kind);
            }
            Kind::Subexpression | Kind::ProofStepRef => ExprKind::Opaque,
            Kind::BoundOp => {
                let operator = self.ident(field(Field::Name)?);
                ExprKind::Apply { path: Vec::new(), operator, arguments: self.parameters(node, depth) }
            }
            Kind::BoundNonfixOp => {
                let symbol = field(Field::Symbol)?;
                let arguments = self
                    .named(node)
                    .into_iter()
                    .filter(|child| *child != symbol)
                    .map(|child| self.expression(child, depth))
                    .collect();
                ExprKind::Apply { path: Vec::new(), operator: self.symbol(symbol), arguments }
            }
            Kind::PrefixedOp => return self.prefixed(node, depth),
            Kind::BoundPrefixOp => self.apply(field(Field::Symbol)?, [field(Field::Rhs)?], depth),
            Kind::BoundPostfixOp => self.apply(field(Field::Symbol)?, [field(Field::Lhs)?], depth),
            Kind::BoundInfixOp => return self.infix(node, depth),
            Kind::ConjList | Kind::DisjList => {
                let connective = if kind(node) == Kind::ConjList { Connective::And } else { Connective::Or };
                let items = self
                    .named(node)
                    .into_iter()
                    .filter_map(|item| match kind(item) {
                        Kind::ConjItem | Kind::DisjItem => {
                            let inner = item.named_child(item.named_child_count().checked_sub(1)?)?;
                            if matches!(kind(inner), Kind::BulletConj | Kind::BulletDisj) {
                                return Some(Expr::new(self.span(item), ExprKind::Broken(Vec::new())));
                            }
                            Some(self.expression(inner, depth))
                        }
                        Kind::Error => Some(self.broken(item, depth)),
                        _ => None,
                    })
                    .collect();
                ExprKind::Junction { connective, items }
            }
            Kind::BoundedQuantification | Kind::UnboundedQuantification => {
                let quantifier = match kind(field(Field::Quantifier)?) {
                    Kind::Forall => Quantifier::Forall,
                    Kind::Exists => Quantifier::Exists,
                    Kind::TemporalForall => Quantifier::TemporalForall,
                    _ => Quantifier::TemporalExists,
                };
                ExprKind::Quantifier {
                    quantifier,
                    bounds: self.bounds_of(node, depth),
                    body: self.boxed(field(Field::Expression), depth)?,
                }
            }
            Kind::Choose => {
                let bound = self.bound(node, depth);
                ExprKind::Choose { bound: Box::new(bound), body: self.boxed(field(Field::Expression), depth)? }
            }
            Kind::FiniteSetLiteral => ExprKind::Set(self.elements(node, depth)),
            Kind::SetFilter => ExprKind::Filter {
                bound: Box::new(self.bound(field(Field::Generator)?, depth)),
                body: self.boxed(field(Field::Filter), depth)?,
            },
            Kind::SetMap => {
                ExprKind::Map { body: self.boxed(field(Field::Map), depth)?, bounds: self.bounds_of(node, depth) }
            }
            Kind::FunctionLiteral => {
                let body = self.named(node).into_iter().rev().find(|child| kind(*child) != Kind::Error)?;
                ExprKind::Function { bounds: self.bounds_of(node, depth), body: self.boxed(Some(body), depth)? }
            }
            Kind::SetOfFunctions => {
                let parts: Vec<Node> =
                    self.named(node).into_iter().filter(|child| kind(*child) != Kind::MapsTo).collect();
                ExprKind::FunctionSet {
                    domain: self.boxed(parts.first().copied(), depth)?,
                    range: self.boxed(parts.get(1).copied(), depth)?,
                }
            }
            Kind::FunctionEvaluation => {
                let parts = self.named(node);
                let (function, arguments) = parts.split_first()?;
                ExprKind::Index {
                    function: Box::new(self.expression(*function, depth)),
                    arguments: arguments.iter().map(|argument| self.expression(*argument, depth)).collect(),
                }
            }
            Kind::RecordLiteral => ExprKind::Record(self.fields(node, depth)),
            Kind::SetOfRecords => ExprKind::RecordSet(self.fields(node, depth)),
            Kind::RecordValue => {
                let parts = self.named(node);
                ExprKind::Field {
                    record: self.boxed(parts.first().copied(), depth)?,
                    field: self.ident(*parts.get(1)?),
                }
            }
            Kind::Except => {
                let updates = self
                    .named(node)
                    .into_iter()
                    .filter(|child| kind(*child) == Kind::ExceptUpdate)
                    .map(|child| self.update(child, depth));
                let updates = updates.collect::<Option<Vec<_>>>()?;
                ExprKind::Except { base: self.boxed(field(Field::ExprToUpdate), depth)?, updates }
            }
            Kind::PrevFuncVal => ExprKind::At,
            Kind::TupleLiteral => ExprKind::Tuple(self.elements(node, depth)),
            Kind::StepExprOrStutter | Kind::StepExprNoStutter => {
                let parts: Vec<Node> = self
                    .named(node)
                    .into_iter()
                    .filter(|child| !matches!(kind(*child), Kind::LangleBracket | Kind::RangleBracketSub))
                    .collect();
                let form = if kind(node) == Kind::StepExprOrStutter { StepForm::Square } else { StepForm::Angle };
                ExprKind::Step {
                    form,
                    action: self.boxed(parts.first().copied(), depth)?,
                    subscript: self.boxed(parts.get(1).copied(), depth)?,
                }
            }
            Kind::Fairness => {
                let parts = self.named(node);
                let strength = if self.text(node).starts_with('W') { Strength::Weak } else { Strength::Strong };
                ExprKind::Fairness {
                    strength,
                    subscript: self.boxed(parts.first().copied(), depth)?,
                    action: self.boxed(parts.get(1).copied(), depth)?,
                }
            }
            Kind::IfThenElse => ExprKind::If {
                test: self.boxed(field(Field::If), depth)?,
                then: self.boxed(field(Field::Then), depth)?,
                otherwise: self.boxed(field(Field::Else), depth)?,
            },
            Kind::Case => {
                let mut arms = Vec::new();
                let mut other = None;
                for arm in self.named(node) {
                    let parts: Vec<Node> =
                        self.named(arm).into_iter().filter(|part| kind(*part) != Kind::CaseArrow).collect();
                    match kind(arm) {
                        Kind::CaseArm => {
                            arms.push((
                                self.expression(*parts.first()?, depth),
                                self.expression(*parts.get(1)?, depth),
                            ));
                        }
                        Kind::OtherArm => other = Some(Box::new(self.expression(*parts.first()?, depth))),
                        _ => {}
                    }
                }
                ExprKind::Case { arms, other }
            }
            Kind::LetIn => {
                let items = self.named(node).into_iter().filter_map(|child| match kind(child) {
                    Kind::OperatorDefinition | Kind::FunctionDefinition | Kind::ModuleDefinition => {
                        self.definition(child, depth).map(LetItem::Definition)
                    }
                    Kind::RecursiveDeclaration => Some(LetItem::Recursive(
                        self.named(child).into_iter().map(|name| self.declared(name)).collect(),
                    )),
                    _ => None,
                });
                ExprKind::Let { items: items.collect(), body: self.boxed(field(Field::Expression), depth)? }
            }
            Kind::Lambda => {
                let parts = self.named(node);
                let (body, parameters) = parts.split_last()?;
                ExprKind::Lambda {
                    parameters: parameters.iter().map(|parameter| self.ident(*parameter)).collect(),
                    body: Box::new(self.expression(*body, depth)),
                }
            }
            Kind::PrefixOpSymbol | Kind::InfixOpSymbol | Kind::PostfixOpSymbol => ExprKind::Symbol(self.symbol(node)),
            _ => return None,
        };
        Some(kind)
    }

    fn note_label(&self, node: Node<'t>) {
        let head = self.named(node).into_iter().take_while(|child| kind(*child) != Kind::LabelAs);
        let mut names = head
            .filter(|child| matches!(kind(*child), Kind::Identifier | Kind::IdentifierRef))
            .map(|child| self.ident(child));
        if let Some(ident) = names.next() {
            let label = Label { ident, parameters: names.collect(), span: self.span(node) };
            self.labels.borrow_mut().push(label);
        }
    }

    fn constant(&self, node: Node<'t>) -> ExprKind {
        ExprKind::Apply { path: Vec::new(), operator: self.ident(node), arguments: Vec::new() }
    }

    fn apply<const N: usize>(&self, symbol: Node<'t>, operands: [Node<'t>; N], depth: usize) -> ExprKind {
        ExprKind::Apply {
            path: Vec::new(),
            operator: self.symbol(symbol),
            arguments: operands.into_iter().map(|operand| self.expression(operand, depth)).collect(),
        }
    }

    /// `a op b`; chains of one connective become one junction, and long chains are followed without recursion.
    fn infix(&self, node: Node<'t>, depth: usize) -> Option<ExprKind> {
        let symbol = self.symbol(child(node, Field::Symbol)?);
        let connective = match symbol.name.as_str() {
            "/\\" => Connective::And,
            "\\/" => Connective::Or,
            _ => {
                let operands = [child(node, Field::Lhs)?, child(node, Field::Rhs)?];
                return Some(self.apply(child(node, Field::Symbol)?, operands, depth));
            }
        };
        let mut items = vec![self.expression(child(node, Field::Rhs)?, depth)];
        let mut left = child(node, Field::Lhs)?;
        while kind(left) == Kind::BoundInfixOp
            && child(left, Field::Symbol).is_some_and(|inner| self.symbol(inner).name == symbol.name)
        {
            items.push(self.expression(child(left, Field::Rhs)?, depth));
            left = child(left, Field::Lhs)?;
        }
        items.push(self.expression(left, depth));
        items.reverse();
        Some(ExprKind::Junction { connective, items })
    }

    /// `M!N(a)!Op(b)`
    fn prefixed(&self, node: Node<'t>, depth: usize) -> Option<ExprKind> {
        let mut path = Vec::new();
        for part in self.named(child(node, Field::Prefix)?) {
            if kind(part) != Kind::SubexprComponent {
                return Some(ExprKind::Opaque);
            }
            let inner = part.named_child(0)?;
            match kind(inner) {
                Kind::IdentifierRef => path.push(PathPart { ident: self.ident(inner), arguments: Vec::new() }),
                Kind::BoundOp => path.push(PathPart {
                    ident: self.ident(child(inner, Field::Name)?),
                    arguments: self.parameters(inner, depth),
                }),
                _ => return Some(ExprKind::Opaque),
            }
        }
        match self.expression(child(node, Field::Op)?, depth).kind {
            ExprKind::Apply { operator, arguments, .. } => Some(ExprKind::Apply { path, operator, arguments }),
            other => Some(other),
        }
    }

    fn parameters(&self, node: Node<'t>, depth: usize) -> Vec<Expr> {
        let parameters = self.children(node, Field::Parameter).into_iter();
        parameters.map(|parameter| self.expression(parameter, depth)).collect()
    }

    /// The expressions of `{a, b}` and `<<a, b>>`.
    fn elements(&self, node: Node<'t>, depth: usize) -> Vec<Expr> {
        self.named(node)
            .into_iter()
            .filter(|child| !matches!(kind(*child), Kind::LangleBracket | Kind::RangleBracket))
            .map(|child| self.expression(child, depth))
            .collect()
    }

    fn fields(&self, node: Node<'t>, depth: usize) -> Vec<(Ident, Expr)> {
        let parts: Vec<Node> = self.named(node).into_iter().filter(|child| kind(*child) != Kind::AllMapTo).collect();
        parts
            .chunks(2)
            .filter_map(|pair| match pair {
                [field, value] => Some((self.ident(*field), self.expression(*value, depth))),
                _ => None,
            })
            .collect()
    }

    /// The bounds of a quantifier, a function or a set; bare names are bounds without a set.
    fn bounds_of(&self, node: Node<'t>, depth: usize) -> Vec<Bound> {
        let bounds = self.quantifier_bounds(node, depth);
        if !bounds.is_empty() {
            return bounds;
        }
        let names: Vec<Ident> = self
            .children(node, Field::Intro)
            .into_iter()
            .filter(|child| kind(*child) == Kind::Identifier)
            .map(|child| self.ident(child))
            .collect();
        if names.is_empty() { Vec::new() } else { vec![Bound { names, form: BoundForm::Names, set: None }] }
    }

    fn quantifier_bounds(&self, node: Node<'t>, depth: usize) -> Vec<Bound> {
        let children = self.named(node).into_iter().filter(|child| kind(*child) == Kind::QuantifierBound);
        children.map(|child| self.bound(child, depth)).collect()
    }

    /// A node with `intro` names and a `set`.
    fn bound(&self, node: Node<'t>, depth: usize) -> Bound {
        let mut form = BoundForm::Names;
        let mut names = Vec::new();
        for intro in self.children(node, Field::Intro) {
            if kind(intro) == Kind::TupleOfIdentifiers {
                form = BoundForm::Tuple;
                names.extend(
                    self.named(intro)
                        .into_iter()
                        .filter(|child| kind(*child) == Kind::Identifier)
                        .map(|child| self.ident(child)),
                );
            } else if kind(intro) == Kind::Identifier {
                names.push(self.ident(intro));
            }
        }
        Bound { names, form, set: child(node, Field::Set).map(|set| self.expression(set, depth)) }
    }

    fn update(&self, node: Node<'t>, depth: usize) -> Option<Update> {
        let mut children = self.named(node).into_iter();
        let specifier = children.find(|child| kind(*child) == Kind::ExceptUpdateSpecifier)?;
        let path = self
            .named(specifier)
            .into_iter()
            .filter_map(|step| match kind(step) {
                Kind::ExceptUpdateRecordField => Some(UpdateStep::Field(self.ident(step.named_child(0)?))),
                Kind::ExceptUpdateFnAppl => Some(UpdateStep::Index(
                    self.named(step).into_iter().map(|index| self.expression(index, depth)).collect(),
                )),
                _ => None,
            })
            .collect();
        Some(Update { path, value: self.expression(child(node, Field::NewVal)?, depth) })
    }
}
