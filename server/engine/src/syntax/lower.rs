//! From tree-sitter's trees to ours. The names of the grammar's nodes are known here alone.

use std::cell::RefCell;

use tree_sitter::{Node, ParseOptions, ParseState, Parser, Tree};

use super::{
    guard::{PARSE_STEPS, outgrows_scanner},
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
    let lowering = Lowering { prepared, labels: RefCell::default() };
    let lowered = lowering.tree(tree);
    let mut labels = lowering.labels.into_inner();
    labels.sort_by_key(|label| label.span);
    labels.dedup();
    (lowered, labels)
}

impl Lowering<'_> {
    fn tree(&self, tree: &Tree) -> Lowered {
        let lowering = self;
        let module = tree.root_node().named_child(0).filter(|node| node.kind() == "module");
        let Some(module) = module else { return Lowered::Nothing(lowering.expressions_in(tree.root_node(), 0)) };
        let mut cursor = module.walk();
        let unit = module.named_children(&mut cursor).find(|node| {
            matches!(
                node.kind(),
                "local_definition"
                    | "operator_definition"
                    | "function_definition"
                    | "module_definition"
                    | "instance"
                    | "assumption"
                    | "theorem"
                    | "ERROR"
            )
        });
        let Some(unit) = unit else { return Lowered::Nothing(Vec::new()) };
        lowering.unit(unit).unwrap_or_else(|| Lowered::Nothing(lowering.expressions_in(module, 0)))
    }
}

struct Lowering<'a> {
    prepared: &'a Prepared,
    /// The labels that were met.
    labels: RefCell<Vec<Label>>,
}

impl Lowering<'_> {
    fn span(&self, node: Node) -> Span {
        self.prepared.to_source(Span::new(node.start_byte(), node.end_byte()))
    }

    fn text(&self, node: Node) -> &str {
        self.prepared.text.get(node.start_byte()..node.end_byte()).unwrap_or_default()
    }

    fn ident(&self, node: Node) -> Ident {
        Ident { name: Name::new(self.text(node)), span: self.span(node) }
    }

    /// An operator's symbol in the spelling that SANY keeps.
    fn symbol(&self, node: Node) -> Ident {
        let text = self.text(node);
        let name = match node.kind() {
            "negative" => "-.",
            _ => operators::find(text).map_or(text, |operator| operator.name()),
        };
        Ident { name: Name::new(name), span: self.span(node) }
    }

    fn unit(&self, node: Node) -> Option<Lowered> {
        match node.kind() {
            "local_definition" => {
                let inner = self.unit(node.named_child(0)?)?;
                Some(match inner {
                    Lowered::Definition(definition) => Lowered::Definition(Definition { local: true, ..definition }),
                    other => other,
                })
            }
            "operator_definition" | "function_definition" | "module_definition" => {
                self.definition(node, 0).map(Lowered::Definition)
            }
            "instance" => self.instance(node, 0).map(Lowered::Instance),
            "assumption" | "theorem" => {
                let statement = node.child_by_field_name("statement").or_else(|| {
                    let mut cursor = node.walk();
                    node.named_children(&mut cursor).find(|child| !matches!(child.kind(), "identifier" | "def_eq"))
                })?;
                if statement.kind() == "assume_prove" {
                    return None;
                }
                Some(Lowered::Statement(self.expression(statement, 0)))
            }
            _ => None,
        }
    }

    fn definition(&self, node: Node, depth: usize) -> Option<Definition> {
        let span = self.span(node);
        let body = node.child_by_field_name("definition");
        if node.kind() == "function_definition" {
            let ident = self.ident(node.child_by_field_name("name")?);
            let mut cursor = node.walk();
            let bounds = node
                .named_children(&mut cursor)
                .filter(|child| child.kind() == "quantifier_bound")
                .map(|bound| self.bound(bound, depth))
                .collect();
            let body = Body::Expression(self.expression(body?, depth));
            return Some(Definition { ident, local: false, parameters: Vec::new(), bounds, body, span });
        }
        let name = node.child_by_field_name("name")?;
        let ident = if name.kind().ends_with("_op_symbol") { self.symbol(name) } else { self.ident(name) };
        let mut cursor = node.walk();
        let parameters = node
            .children_by_field_name("parameter", &mut cursor)
            .filter(Node::is_named)
            .map(|parameter| self.declared(parameter))
            .collect();
        let body = match body {
            Some(body) if body.kind() == "instance" => Body::Instance(self.instance(body, depth)?),
            Some(body) => Body::Expression(self.expression(body, depth)),
            None => Body::Expression(Expr::new(span, ExprKind::Broken(Vec::new()))),
        };
        Some(Definition { ident, local: false, parameters, bounds: Vec::new(), body, span })
    }

    fn declared(&self, node: Node) -> Declared {
        if node.kind() != "operator_declaration" {
            return Declared { ident: self.ident(node), arity: 0 };
        }
        let mut cursor = node.walk();
        let arity = node.named_children(&mut cursor).filter(|child| child.kind() == "placeholder").count();
        let ident = match node.child_by_field_name("name") {
            Some(name) if name.kind().ends_with("_op_symbol") => self.symbol(name),
            Some(name) => self.ident(name),
            None => self.ident(node),
        };
        Declared { ident, arity }
    }

    fn instance(&self, node: Node, depth: usize) -> Option<Instance> {
        let mut cursor = node.walk();
        let mut children = node.named_children(&mut cursor).filter(|child| child.kind() != "ERROR");
        let module = self.ident(children.next()?);
        let substitutions = children
            .filter(|child| child.kind() == "substitution")
            .filter_map(|substitution| {
                let replaced = substitution.named_child(0)?;
                let by = substitution.named_child(substitution.named_child_count().checked_sub(1)?)?;
                let ident =
                    if replaced.kind().ends_with("_op_symbol") { self.symbol(replaced) } else { self.ident(replaced) };
                Some((ident, self.expression(by, depth)))
            })
            .collect();
        Some(Instance { module, substitutions, span: self.span(node) })
    }

    /// Every expression that can be found in a broken node.
    fn expressions_in(&self, node: Node, depth: usize) -> Vec<Expr> {
        if depth > DEPTH_LIMIT {
            return Vec::new();
        }
        let mut cursor = node.walk();
        let mut found = Vec::new();
        for child in node.named_children(&mut cursor) {
            let expression = self.expression(child, depth + 1);
            match expression.kind {
                ExprKind::Broken(inner) => found.extend(inner),
                _ => found.push(expression),
            }
        }
        found
    }

    fn broken(&self, node: Node, depth: usize) -> Expr {
        Expr::new(self.span(node), ExprKind::Broken(self.expressions_in(node, depth)))
    }

    fn boxed(&self, node: Option<Node>, depth: usize) -> Option<Box<Expr>> {
        Some(Box::new(self.expression(node?, depth)))
    }

    fn named<'t>(&self, node: Node<'t>) -> Vec<Node<'t>> {
        let mut cursor = node.walk();
        node.named_children(&mut cursor).collect()
    }

    fn expression(&self, node: Node, depth: usize) -> Expr {
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
                let mut cursor = node.walk();
                let error =
                    node.has_error() && node.children(&mut cursor).any(|child| child.is_error() || child.is_missing());
                let expression = Expr::new(self.span(node), kind);
                if error { Expr::new(expression.span, ExprKind::Broken(vec![expression])) } else { expression }
            }
            None => self.broken(node, depth),
        }
    }

    fn expression_kind(&self, node: Node, depth: usize) -> Option<ExprKind> {
        let field = |name: &str| node.child_by_field_name(name);
        let kind = match node.kind() {
            "nat_number" | "real_number" | "binary_number" | "octal_number" | "hex_number" => ExprKind::Number,
            "string" => ExprKind::Str(Name::new(self.text(node).trim_matches('"'))),
            "boolean" | "string_set" | "boolean_set" | "nat_number_set" | "int_number_set" | "real_number_set"
            | "identifier_ref" | "identifier" => self.constant(node),
            "parentheses" => return Some(self.expression(node.named_child(0)?, depth).kind),
            "label" => {
                self.note_label(node);
                return Some(self.expression(field("expression")?, depth).kind);
            }
            "subexpression" | "proof_step_ref" => ExprKind::Opaque,
            "bound_op" => {
                let operator = self.ident(field("name")?);
                ExprKind::Apply { path: Vec::new(), operator, arguments: self.parameters(node, depth) }
            }
            "bound_nonfix_op" => {
                let symbol = field("symbol")?;
                let arguments = self
                    .named(node)
                    .into_iter()
                    .filter(|child| *child != symbol)
                    .map(|child| self.expression(child, depth))
                    .collect();
                ExprKind::Apply { path: Vec::new(), operator: self.symbol(symbol), arguments }
            }
            "prefixed_op" => return self.prefixed(node, depth),
            "bound_prefix_op" => self.apply(field("symbol")?, [field("rhs")?], depth),
            "bound_postfix_op" => self.apply(field("symbol")?, [field("lhs")?], depth),
            "bound_infix_op" => return self.infix(node, depth),
            "conj_list" | "disj_list" => {
                let connective = if node.kind() == "conj_list" { Connective::And } else { Connective::Or };
                let items = self
                    .named(node)
                    .into_iter()
                    .filter_map(|item| match item.kind() {
                        "conj_item" | "disj_item" => {
                            let inner = item.named_child(item.named_child_count().checked_sub(1)?)?;
                            if matches!(inner.kind(), "bullet_conj" | "bullet_disj") {
                                return Some(Expr::new(self.span(item), ExprKind::Broken(Vec::new())));
                            }
                            Some(self.expression(inner, depth))
                        }
                        "ERROR" => Some(self.broken(item, depth)),
                        _ => None,
                    })
                    .collect();
                ExprKind::Junction { connective, items }
            }
            "bounded_quantification" | "unbounded_quantification" => {
                let quantifier = match field("quantifier")?.kind() {
                    "forall" => Quantifier::Forall,
                    "exists" => Quantifier::Exists,
                    "temporal_forall" => Quantifier::TemporalForall,
                    _ => Quantifier::TemporalExists,
                };
                ExprKind::Quantifier {
                    quantifier,
                    bounds: self.bounds_of(node, depth),
                    body: self.boxed(field("expression"), depth)?,
                }
            }
            "choose" => {
                let bound = self.bound(node, depth);
                ExprKind::Choose { bound: Box::new(bound), body: self.boxed(field("expression"), depth)? }
            }
            "finite_set_literal" => ExprKind::Set(self.elements(node, depth)),
            "set_filter" => ExprKind::Filter {
                bound: Box::new(self.bound(field("generator")?, depth)),
                body: self.boxed(field("filter"), depth)?,
            },
            "set_map" => ExprKind::Map { body: self.boxed(field("map"), depth)?, bounds: self.bounds_of(node, depth) },
            "function_literal" => {
                let body = self.named(node).into_iter().rev().find(|child| child.kind() != "ERROR")?;
                ExprKind::Function { bounds: self.bounds_of(node, depth), body: self.boxed(Some(body), depth)? }
            }
            "set_of_functions" => {
                let parts: Vec<Node> = self.named(node).into_iter().filter(|child| child.kind() != "maps_to").collect();
                ExprKind::FunctionSet {
                    domain: self.boxed(parts.first().copied(), depth)?,
                    range: self.boxed(parts.get(1).copied(), depth)?,
                }
            }
            "function_evaluation" => {
                let parts = self.named(node);
                let (function, arguments) = parts.split_first()?;
                ExprKind::Index {
                    function: Box::new(self.expression(*function, depth)),
                    arguments: arguments.iter().map(|argument| self.expression(*argument, depth)).collect(),
                }
            }
            "record_literal" => ExprKind::Record(self.fields(node, depth)),
            "set_of_records" => ExprKind::RecordSet(self.fields(node, depth)),
            "record_value" => {
                let parts = self.named(node);
                ExprKind::Field {
                    record: self.boxed(parts.first().copied(), depth)?,
                    field: self.ident(*parts.get(1)?),
                }
            }
            "except" => {
                let updates = self
                    .named(node)
                    .into_iter()
                    .filter(|child| child.kind() == "except_update")
                    .map(|child| self.update(child, depth));
                let updates = updates.collect::<Option<Vec<_>>>()?;
                ExprKind::Except { base: self.boxed(field("expr_to_update"), depth)?, updates }
            }
            "prev_func_val" => ExprKind::At,
            "tuple_literal" => ExprKind::Tuple(self.elements(node, depth)),
            "step_expr_or_stutter" | "step_expr_no_stutter" => {
                let parts: Vec<Node> = self
                    .named(node)
                    .into_iter()
                    .filter(|child| !matches!(child.kind(), "langle_bracket" | "rangle_bracket_sub"))
                    .collect();
                let form = if node.kind() == "step_expr_or_stutter" { StepForm::Square } else { StepForm::Angle };
                ExprKind::Step {
                    form,
                    action: self.boxed(parts.first().copied(), depth)?,
                    subscript: self.boxed(parts.get(1).copied(), depth)?,
                }
            }
            "fairness" => {
                let parts = self.named(node);
                let strength = if self.text(node).starts_with('W') { Strength::Weak } else { Strength::Strong };
                ExprKind::Fairness {
                    strength,
                    subscript: self.boxed(parts.first().copied(), depth)?,
                    action: self.boxed(parts.get(1).copied(), depth)?,
                }
            }
            "if_then_else" => ExprKind::If {
                test: self.boxed(field("if"), depth)?,
                then: self.boxed(field("then"), depth)?,
                otherwise: self.boxed(field("else"), depth)?,
            },
            "case" => {
                let mut arms = Vec::new();
                let mut other = None;
                for arm in self.named(node) {
                    let parts: Vec<Node> =
                        self.named(arm).into_iter().filter(|part| part.kind() != "case_arrow").collect();
                    match arm.kind() {
                        "case_arm" => {
                            arms.push((
                                self.expression(*parts.first()?, depth),
                                self.expression(*parts.get(1)?, depth),
                            ));
                        }
                        "other_arm" => other = Some(Box::new(self.expression(*parts.first()?, depth))),
                        _ => {}
                    }
                }
                ExprKind::Case { arms, other }
            }
            "let_in" => {
                let items = self.named(node).into_iter().filter_map(|child| match child.kind() {
                    "operator_definition" | "function_definition" | "module_definition" => {
                        self.definition(child, depth).map(LetItem::Definition)
                    }
                    "recursive_declaration" => Some(LetItem::Recursive(
                        self.named(child).into_iter().map(|name| self.declared(name)).collect(),
                    )),
                    _ => None,
                });
                ExprKind::Let { items: items.collect(), body: self.boxed(field("expression"), depth)? }
            }
            "lambda" => {
                let parts = self.named(node);
                let (body, parameters) = parts.split_last()?;
                ExprKind::Lambda {
                    parameters: parameters.iter().map(|parameter| self.ident(*parameter)).collect(),
                    body: Box::new(self.expression(*body, depth)),
                }
            }
            "prefix_op_symbol" | "infix_op_symbol" | "postfix_op_symbol" => ExprKind::Symbol(self.symbol(node)),
            _ => return None,
        };
        Some(kind)
    }

    fn note_label(&self, node: Node) {
        let head = self.named(node).into_iter().take_while(|child| child.kind() != "label_as");
        let mut names = head.filter(|child| child.kind().starts_with("identifier")).map(|child| self.ident(child));
        if let Some(ident) = names.next() {
            let label = Label { ident, parameters: names.collect(), span: self.span(node) };
            self.labels.borrow_mut().push(label);
        }
    }

    fn constant(&self, node: Node) -> ExprKind {
        ExprKind::Apply { path: Vec::new(), operator: self.ident(node), arguments: Vec::new() }
    }

    fn apply<const N: usize>(&self, symbol: Node, operands: [Node; N], depth: usize) -> ExprKind {
        ExprKind::Apply {
            path: Vec::new(),
            operator: self.symbol(symbol),
            arguments: operands.into_iter().map(|operand| self.expression(operand, depth)).collect(),
        }
    }

    /// `a op b`; chains of one connective become one junction, and long chains are followed without recursion.
    fn infix(&self, node: Node, depth: usize) -> Option<ExprKind> {
        let symbol = self.symbol(node.child_by_field_name("symbol")?);
        let connective = match symbol.name.as_str() {
            "/\\" => Connective::And,
            "\\/" => Connective::Or,
            _ => {
                let operands = [node.child_by_field_name("lhs")?, node.child_by_field_name("rhs")?];
                return Some(self.apply(node.child_by_field_name("symbol")?, operands, depth));
            }
        };
        let mut items = vec![self.expression(node.child_by_field_name("rhs")?, depth)];
        let mut left = node.child_by_field_name("lhs")?;
        while left.kind() == "bound_infix_op"
            && left.child_by_field_name("symbol").is_some_and(|inner| self.symbol(inner).name == symbol.name)
        {
            items.push(self.expression(left.child_by_field_name("rhs")?, depth));
            left = left.child_by_field_name("lhs")?;
        }
        items.push(self.expression(left, depth));
        items.reverse();
        Some(ExprKind::Junction { connective, items })
    }

    /// `M!N(a)!Op(b)`
    fn prefixed(&self, node: Node, depth: usize) -> Option<ExprKind> {
        let mut path = Vec::new();
        for part in self.named(node.child_by_field_name("prefix")?) {
            if part.kind() != "subexpr_component" {
                return Some(ExprKind::Opaque);
            }
            let inner = part.named_child(0)?;
            match inner.kind() {
                "identifier_ref" => path.push(PathPart { ident: self.ident(inner), arguments: Vec::new() }),
                "bound_op" => path.push(PathPart {
                    ident: self.ident(inner.child_by_field_name("name")?),
                    arguments: self.parameters(inner, depth),
                }),
                _ => return Some(ExprKind::Opaque),
            }
        }
        match self.expression(node.child_by_field_name("op")?, depth).kind {
            ExprKind::Apply { operator, arguments, .. } => Some(ExprKind::Apply { path, operator, arguments }),
            other => Some(other),
        }
    }

    fn parameters(&self, node: Node, depth: usize) -> Vec<Expr> {
        let mut cursor = node.walk();
        let parameters = node.children_by_field_name("parameter", &mut cursor).filter(Node::is_named);
        parameters.map(|parameter| self.expression(parameter, depth)).collect()
    }

    /// The expressions of `{a, b}` and `<<a, b>>`.
    fn elements(&self, node: Node, depth: usize) -> Vec<Expr> {
        self.named(node)
            .into_iter()
            .filter(|child| !matches!(child.kind(), "langle_bracket" | "rangle_bracket"))
            .map(|child| self.expression(child, depth))
            .collect()
    }

    fn fields(&self, node: Node, depth: usize) -> Vec<(Ident, Expr)> {
        let parts: Vec<Node> = self.named(node).into_iter().filter(|child| child.kind() != "all_map_to").collect();
        parts
            .chunks(2)
            .filter_map(|pair| match pair {
                [field, value] => Some((self.ident(*field), self.expression(*value, depth))),
                _ => None,
            })
            .collect()
    }

    /// The bounds of a quantifier, a function or a set; bare names are bounds without a set.
    fn bounds_of(&self, node: Node, depth: usize) -> Vec<Bound> {
        let mut cursor = node.walk();
        let bounds: Vec<Bound> = node
            .named_children(&mut cursor)
            .filter(|child| child.kind() == "quantifier_bound")
            .map(|child| self.bound(child, depth))
            .collect();
        if !bounds.is_empty() {
            return bounds;
        }
        let mut cursor = node.walk();
        let names: Vec<Ident> = node
            .children_by_field_name("intro", &mut cursor)
            .filter(|child| child.kind() == "identifier")
            .map(|child| self.ident(child))
            .collect();
        if names.is_empty() { Vec::new() } else { vec![Bound { names, form: BoundForm::Names, set: None }] }
    }

    /// A node with `intro` names and a `set`.
    fn bound(&self, node: Node, depth: usize) -> Bound {
        let mut cursor = node.walk();
        let mut form = BoundForm::Names;
        let mut names = Vec::new();
        for intro in node.children_by_field_name("intro", &mut cursor).filter(Node::is_named) {
            if intro.kind() == "tuple_of_identifiers" {
                form = BoundForm::Tuple;
                names.extend(
                    self.named(intro)
                        .into_iter()
                        .filter(|child| child.kind() == "identifier")
                        .map(|child| self.ident(child)),
                );
            } else if intro.kind() == "identifier" {
                names.push(self.ident(intro));
            }
        }
        Bound { names, form, set: node.child_by_field_name("set").map(|set| self.expression(set, depth)) }
    }

    fn update(&self, node: Node, depth: usize) -> Option<Update> {
        let mut cursor = node.walk();
        let specifier = node.named_children(&mut cursor).find(|child| child.kind() == "except_update_specifier")?;
        let path = self
            .named(specifier)
            .into_iter()
            .filter_map(|step| match step.kind() {
                "except_update_record_field" => Some(UpdateStep::Field(self.ident(step.named_child(0)?))),
                "except_update_fn_appl" => Some(UpdateStep::Index(
                    self.named(step).into_iter().map(|index| self.expression(index, depth)).collect(),
                )),
                _ => None,
            })
            .collect();
        Some(Update { path, value: self.expression(node.child_by_field_name("new_val")?, depth) })
    }
}
