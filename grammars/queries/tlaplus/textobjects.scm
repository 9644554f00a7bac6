; Definitions are Helix's functions (mif, ]f), modules its classes (mic, ]t), comments and parameters its own.

(operator_definition definition: (_) @function.inside) @function.around
(function_definition definition: (_) @function.inside) @function.around
(module) @class.around
(operator_definition parameter: (identifier) @parameter.inside)
(comment) @comment.inside
(block_comment) @comment.inside
(comment)+ @comment.around
(block_comment) @comment.around
