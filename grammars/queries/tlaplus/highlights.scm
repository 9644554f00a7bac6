; TLA+ in colours, in the words that Helix has for them. Where two patterns fit, the later one counts.

; Names
(identifier_ref) @variable
(variable_declaration (identifier) @variable.other.member)
(constant_declaration (identifier) @constant)
(operator_declaration name: (_) @constant)
(operator_definition name: (identifier) @function)
(function_definition name: (identifier) @function)
(recursive_declaration (identifier) @function)
(operator_definition parameter: (identifier) @variable.parameter)
(quantifier_bound (identifier) @variable.parameter)
(unbounded_quantification (identifier) @variable.parameter)
(lambda (identifier) @variable.parameter)
(choose (identifier) @variable.parameter)
(bound_op name: (identifier_ref) @function)
(module name: (identifier) @namespace)
(extends (identifier_ref) @namespace)
(instance (identifier_ref) @namespace)
(module_definition name: (identifier) @namespace)
(theorem name: (identifier) @function)
(assumption name: (identifier) @function)
(record_literal (identifier) @variable.other.member)
(set_of_records (identifier) @variable.other.member)
(record_value (identifier_ref) @variable.other.member)
(except_update_record_field (identifier_ref) @variable.other.member)

; Values
(nat_number) @constant.numeric.integer
(binary_number) @constant.numeric.integer
(octal_number) @constant.numeric.integer
(hex_number) @constant.numeric.integer
(real_number) @constant.numeric.float
(boolean) @constant.builtin.boolean
(boolean_set) @type.builtin
(string_set) @type.builtin
(nat_number_set) @type.builtin
(int_number_set) @type.builtin
(real_number_set) @type.builtin
(string) @string
(escape_char) @constant.character.escape
(prev_func_val) @variable.builtin

; Words
["MODULE" "EXTENDS" "INSTANCE" "WITH" "LOCAL"] @keyword.control.import
["CONSTANT" "CONSTANTS" "VARIABLE" "VARIABLES" "RECURSIVE"] @keyword.storage
["ASSUME" "ASSUMPTION" "AXIOM" "THEOREM" "LEMMA" "PROPOSITION" "COROLLARY"] @keyword
["IF" "THEN" "ELSE" "CASE" "OTHER"] @keyword.control.conditional
["LET" "IN" "CHOOSE" "EXCEPT" "LAMBDA"] @keyword
["WF_" "SF_"] @keyword.operator
["ACTION" "BY" "DEF" "DEFINE" "DEFS" "HAVE" "HIDE" "NEW" "OBVIOUS" "OMITTED" "ONLY" "PICK" "PROOF" "PROVE" "QED"
 "STATE" "SUFFICES" "TAKE" "TEMPORAL" "USE" "WITNESS"] @keyword
(domain) @keyword.operator
(enabled) @keyword.operator
(powerset) @keyword.operator
(unchanged) @keyword.operator
(union) @keyword.operator

; Signs
[(bullet_conj) (bullet_disj) (prime) (always) (eventually) (temporal_forall) (temporal_exists) (leads_to)
 (in) (notin) (set_in) (forall) (exists) (gets) (maps_to) (all_map_to) (def_eq)
 (land) (lor) (lnot) (implies) (equiv) (eq) (neq) (lt) (gt) (leq) (geq) (cup) (cap) (setminus) (subseteq)
 (plus) (minus) (mul) (slash) (div) (mod) (pow) (dots_2) (compose) (colon)] @operator
["(" ")" "[" "]" "]_" "{" "}"] @punctuation.bracket
[(langle_bracket) (rangle_bracket) (rangle_bracket_sub)] @punctuation.bracket
["," ":" "." "!"] @punctuation.delimiter
[(header_line) (single_line) (double_line)] @punctuation.special

; What stands around it
(comment) @comment.line
(block_comment) @comment.block
(extramodular_text) @markup.quote
