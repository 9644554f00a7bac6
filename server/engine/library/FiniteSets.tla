----------------------------- MODULE FiniteSets -----------------------------
(* Finite sets and their size. *)
LOCAL INSTANCE Naturals

(* Set S has finitely many elements. *)
IsFiniteSet(S) == \E n \in Nat : \E f \in [1 .. n -> S] : S = {f[i] : i \in 1 .. n}

(* The number of elements of the finite set S. An error for a sequence, a function or an infinite set. *)
Cardinality(S) ==
    CHOOSE n \in Nat : \E f \in [1 .. n -> S] : \A e \in S : \E i \in 1 .. n : {j \in 1 .. n : f[j] = e} = {i}

=============================================================================
