----------------------------- MODULE Relation -------------------------------
(* Relations on a set S as functions from pairs to BOOLEAN: R[x, y]. The operators that end in Under take an
   operator op(x, y) in the place of R. *)
EXTENDS Naturals, FiniteSets

LOCAL Under(op(_, _), S) == [x, y \in S |-> op(x, y)]

(* Each element of S is related to itself. *)
IsReflexive(R, S) == \A x \in S : R[x, x]

(* IsReflexive for an operator. *)
IsReflexiveUnder(op(_, _), S) == IsReflexive(Under(op, S), S)

(* No element of S is related to itself. *)
IsIrreflexive(R, S) == ~ \E x \in S : R[x, x]

(* IsIrreflexive for an operator. *)
IsIrreflexiveUnder(op(_, _), S) == IsIrreflexive(Under(op, S), S)

(* Whenever x is related to y, y is related to x. *)
IsSymmetric(R, S) == \A x, y \in S : R[x, y] => R[y, x]

(* IsSymmetric for an operator. *)
IsSymmetricUnder(op(_, _), S) == IsSymmetric(Under(op, S), S)

(* No two different elements of S are related both ways. *)
IsAntiSymmetric(R, S) == \A x, y \in S : x # y => ~ (R[x, y] /\ R[y, x])

(* IsAntiSymmetric for an operator. *)
IsAntiSymmetricUnder(op(_, _), S) == IsAntiSymmetric(Under(op, S), S)

(* Whenever x is related to y, y is not related to x. *)
IsAsymmetric(R, S) == \A x, y \in S : R[x, y] => ~ R[y, x]

(* IsAsymmetric for an operator. *)
IsAsymmetricUnder(op(_, _), S) == IsAsymmetric(Under(op, S), S)

(* Whenever x is related to y and y to z, x is related to z. *)
IsTransitive(R, S) == \A x, y, z \in S : R[x, y] => (R[y, z] => R[x, z])

(* IsTransitive for an operator. *)
IsTransitiveUnder(op(_, _), S) == IsTransitive(Under(op, S), S)

(* R orders S strictly and in part, as "is a proper subset of" does. *)
IsStrictlyPartiallyOrdered(R, S) == IsIrreflexive(R, S) /\ IsTransitive(R, S)

(* IsStrictlyPartiallyOrdered for an operator. *)
IsStrictlyPartiallyOrderedUnder(op(_, _), S) == IsStrictlyPartiallyOrdered(Under(op, S), S)

(* R orders S in part, as "is a subset of" does. *)
IsPartiallyOrdered(R, S) == IsReflexive(R, S) /\ IsAntiSymmetric(R, S) /\ IsTransitive(R, S)

(* IsPartiallyOrdered for an operator. *)
IsPartiallyOrderedUnder(op(_, _), S) == IsPartiallyOrdered(Under(op, S), S)

(* R orders S strictly and wholly, as < orders numbers. *)
IsStrictlyTotallyOrdered(R, S) ==
    IsStrictlyPartiallyOrdered(R, S) /\ \A x, y \in S : x = y \/ R[x, y] \/ R[y, x]

(* IsStrictlyTotallyOrdered for an operator. *)
IsStrictlyTotallyOrderedUnder(op(_, _), S) == IsStrictlyTotallyOrdered(Under(op, S), S)

(* R orders S wholly, as <= orders numbers. *)
IsTotallyOrdered(R, S) == IsPartiallyOrdered(R, S) /\ \A x, y \in S : R[x, y] \/ R[y, x]

(* IsTotallyOrdered for an operator. *)
IsTotallyOrderedUnder(op(_, _), S) == IsTotallyOrdered(Under(op, S), S)

(* The relation of x and y that one or more steps of R lead from x to y. S must be finite. *)
TransitiveClosure(R, S) ==
    LET within[n \in Nat] ==
            [x, y \in S |->
                IF n = 0 THEN R[x, y] ELSE within[n - 1][x, y] \/ \E z \in S : within[n - 1][x, z] /\ R[z, y]]
    IN  within[Cardinality(S)]

(* The relation of x and y that steps of R, or none, lead from x to y. S must be finite. *)
ReflexiveTransitiveClosure(R, S) == [x, y \in S |-> TransitiveClosure(R, S)[x, y] \/ x = y]

(* Steps of R lead from each element of S to each other one. *)
IsConnected(R, S) == \A x, y \in S : ReflexiveTransitiveClosure(R, S)[x, y]

=============================================================================
