----------------------- MODULE FiniteSetsExtTheorems ------------------------
(* Theorems about the operators of FiniteSetsExt. Only their names are given here, their statements are left out. *)
EXTENDS FiniteSetsExt, FiniteSets, Integers

(* FoldSet. *)
THEOREM FoldSetEmpty == TRUE
THEOREM FoldSetNonempty == TRUE
THEOREM FoldSetType == TRUE
THEOREM FoldSetAC == TRUE
THEOREM FoldSetACAddElement == TRUE
THEOREM FoldSetDisjointUnion == TRUE

(* Sums. *)
THEOREM SumSetNat == TRUE
THEOREM SumSetInt == TRUE
THEOREM SumSetEmpty == TRUE
THEOREM SumSetNonempty == TRUE
THEOREM SumSetAddElement == TRUE
THEOREM SumSetDisjointUnion == TRUE
THEOREM SumSetNatSubset == TRUE
THEOREM SumSetNatZero == TRUE

(* Products. *)
THEOREM ProductSetNat == TRUE
THEOREM ProductSetInt == TRUE
THEOREM ProductSetEmpty == TRUE
THEOREM ProductSetNonempty == TRUE
THEOREM ProductSetAddElement == TRUE
THEOREM ProductSetDisjointUnion == TRUE
THEOREM ProductSetNatOne == TRUE
THEOREM ProductSetZero == TRUE
THEOREM ProductSetNatSubset == TRUE

(* Sums of mapped elements. *)
THEOREM MapThenSumSetNat == TRUE
THEOREM MapThenSumSetInt == TRUE
THEOREM MapThenSumSetEmpty == TRUE
THEOREM MapThenSumSetNonempty == TRUE
THEOREM MapThenSumSetAddElement == TRUE
THEOREM MapThenSumSetDisjointUnion == TRUE
THEOREM MapThenSumSetNatSubset == TRUE
THEOREM MapThenSumSetZero == TRUE
THEOREM MapThenSumSetMonotonic == TRUE
THEOREM MapThenSumSetStrictlyMonotonic == TRUE

(* Greatest numbers. *)
THEOREM MaxInt == TRUE
THEOREM MaxIntFinite == TRUE
THEOREM MaxIntBounded == TRUE
THEOREM MaxInterval == TRUE

(* Least numbers. *)
THEOREM MinInt == TRUE
THEOREM MinIntFinite == TRUE
THEOREM MinIntBounded == TRUE
THEOREM MinInterval == TRUE
THEOREM MinNat == TRUE

(* Majorities. *)
THEOREM SupersetOfMajorityIsMajority == TRUE

=============================================================================
