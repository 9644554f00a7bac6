; What folds: definitions, theorems with their proofs, block comments.

[
  (operator_definition)
  (function_definition)
  (module_definition)
  (theorem)
  (block_comment)
] @fold
