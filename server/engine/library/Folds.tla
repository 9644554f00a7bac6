------------------------------- MODULE Folds --------------------------------
(* The fold that FoldSet, FoldFunction, FoldLeft and their like are made of. *)

(* op(f(e1), op(f(e2), ... base)) over all elements of S, each next one taken by choose from the set that is left.
   The result is certain only where op does not depend on the order. S must be finite. *)
MapThenFoldSet(op(_, _), base, f(_), choose(_), S) ==
    LET over[T \in SUBSET S] ==
            IF T # {} THEN LET e == choose(T) IN op(f(e), over[T \ {e}]) ELSE base
    IN  over[S]

=============================================================================
