//! The grammar's nodes and fields as numbers: to compare their names at each node would take as long as all else.

use std::{num::NonZero, sync::LazyLock};

use tree_sitter::{Language, Node};

macro_rules! kinds {
    ($($kind:ident $name:literal),* $(,)?) => {
        /// What a node is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Kind {
            $($kind,)*
            /// What the parser could make nothing of.
            Error,
            /// One that nobody asks for.
            Other,
        }

        impl Kind {
            const NAMES: &[(&str, Kind)] = &[$(($name, Kind::$kind)),*];
        }
    };
}

kinds! {
    AllMapTo "all_map_to", AssumeProve "assume_prove", Assumption "assumption", BinaryNumber "binary_number",
    Boolean "boolean", BooleanSet "boolean_set", BoundInfixOp "bound_infix_op", BoundNonfixOp "bound_nonfix_op",
    BoundOp "bound_op", BoundPostfixOp "bound_postfix_op", BoundPrefixOp "bound_prefix_op",
    BoundedQuantification "bounded_quantification", BulletConj "bullet_conj", BulletDisj "bullet_disj",
    Case "case", CaseArm "case_arm", CaseArrow "case_arrow", Choose "choose", ConjItem "conj_item",
    ConjList "conj_list", DefEq "def_eq", DisjItem "disj_item", DisjList "disj_list", Except "except",
    ExceptUpdate "except_update", ExceptUpdateFnAppl "except_update_fn_appl",
    ExceptUpdateRecordField "except_update_record_field", ExceptUpdateSpecifier "except_update_specifier",
    Exists "exists", Fairness "fairness", FiniteSetLiteral "finite_set_literal", Forall "forall",
    FunctionDefinition "function_definition", FunctionEvaluation "function_evaluation",
    FunctionLiteral "function_literal", HexNumber "hex_number", Identifier "identifier",
    IdentifierRef "identifier_ref", IfThenElse "if_then_else", InfixOpSymbol "infix_op_symbol",
    Instance "instance", IntNumberSet "int_number_set", Label "label", LabelAs "label_as", Lambda "lambda",
    LangleBracket "langle_bracket", LetIn "let_in", LocalDefinition "local_definition", MapsTo "maps_to",
    Module "module", ModuleDefinition "module_definition", NatNumber "nat_number",
    NatNumberSet "nat_number_set", Negative "negative", OctalNumber "octal_number",
    OperatorDeclaration "operator_declaration", OperatorDefinition "operator_definition", OtherArm "other_arm",
    Parentheses "parentheses", Placeholder "placeholder", PostfixOpSymbol "postfix_op_symbol",
    PrefixOpSymbol "prefix_op_symbol", PrefixedOp "prefixed_op", PrevFuncVal "prev_func_val",
    ProofStepRef "proof_step_ref", QuantifierBound "quantifier_bound", RangleBracket "rangle_bracket",
    RangleBracketSub "rangle_bracket_sub", RealNumber "real_number", RealNumberSet "real_number_set",
    RecordLiteral "record_literal", RecordValue "record_value", RecursiveDeclaration "recursive_declaration",
    SetFilter "set_filter", SetMap "set_map", SetOfFunctions "set_of_functions", SetOfRecords "set_of_records",
    StepExprNoStutter "step_expr_no_stutter", StepExprOrStutter "step_expr_or_stutter", String "string",
    StringSet "string_set", SubexprComponent "subexpr_component", Subexpression "subexpression",
    Substitution "substitution", TemporalForall "temporal_forall", Theorem "theorem",
    TupleLiteral "tuple_literal", TupleOfIdentifiers "tuple_of_identifiers",
    UnboundedQuantification "unbounded_quantification",
}

impl Kind {
    /// Whether it is an operator's symbol by itself.
    pub(super) fn is_symbol(self) -> bool {
        matches!(self, Self::PrefixOpSymbol | Self::InfixOpSymbol | Self::PostfixOpSymbol)
    }
}

macro_rules! fields {
    ($($field:ident $name:literal),* $(,)?) => {
        /// What a node is to the node around it.
        #[derive(Debug, Clone, Copy)]
        pub(super) enum Field { $($field),* }

        impl Field {
            const NAMES: &[&str] = &[$($name),*];
        }
    };
}

fields! {
    Definition "definition", Else "else", ExprToUpdate "expr_to_update", Expression "expression",
    Filter "filter", Generator "generator", If "if", Intro "intro", Lhs "lhs", Map "map", Name "name",
    NewVal "new_val", Op "op", Parameter "parameter", Prefix "prefix", Quantifier "quantifier", Rhs "rhs",
    Set "set", Statement "statement", Symbol "symbol", Then "then",
}

struct Grammar {
    /// By the number that the grammar has for a kind.
    kinds: Vec<Kind>,
    /// By [`Field`].
    fields: Vec<Option<NonZero<u16>>>,
}

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let language = Language::from(tree_sitter_tlaplus::LANGUAGE);
    let kind = |id: usize| {
        let name = u16::try_from(id).ok().and_then(|id| language.node_kind_for_id(id))?;
        Kind::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    };
    Grammar {
        kinds: (0..language.node_kind_count()).map(|id| kind(id).unwrap_or(Kind::Other)).collect(),
        fields: Field::NAMES.iter().map(|name| language.field_id_for_name(name)).collect(),
    }
});

pub(super) fn kind(node: Node) -> Kind {
    match GRAMMAR.kinds.get(usize::from(node.kind_id())) {
        Some(kind) => *kind,
        None if node.is_error() => Kind::Error,
        None => Kind::Other,
    }
}

/// The number of a field; `None` where the grammar has no such field.
pub(super) fn field_id(field: Field) -> Option<NonZero<u16>> {
    GRAMMAR.fields[field as usize]
}

/// The first child that is this to its node.
pub(super) fn child(node: Node<'_>, field: Field) -> Option<Node<'_>> {
    node.child_by_field_id(field_id(field)?.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_knows_every_kind_and_field_by_its_name() {
        for (name, kind) in Kind::NAMES {
            assert!(GRAMMAR.kinds.contains(kind), "no node is a {name}");
        }
        for (name, id) in Field::NAMES.iter().zip(&GRAMMAR.fields) {
            assert!(id.is_some(), "no node has a {name}");
        }
    }
}
