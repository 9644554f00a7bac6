--------------------------- MODULE FoldsTheorems ----------------------------
(* Theorems about folds. Only their names are given here, their statements are left out. *)
EXTENDS Folds, FiniteSets

(* MapThenFoldSet by cases, its type, and what it is for operators that are associative and commutative. *)
THEOREM MapThenFoldSetDef == TRUE
THEOREM MapThenFoldSetEmpty == TRUE
THEOREM MapThenFoldSetNonempty == TRUE
THEOREM MapThenFoldSetBijection == TRUE
THEOREM MapThenFoldSetEqual == TRUE
THEOREM MapThenFoldSetType == TRUE
THEOREM MapThenFoldSetAC == TRUE
THEOREM MapThenFoldSetACAddElement == TRUE
THEOREM MapThenFoldSetDisjointUnion == TRUE

=============================================================================
