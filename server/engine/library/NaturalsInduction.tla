------------------------- MODULE NaturalsInduction --------------------------
(* Theorems about induction over the natural numbers. Only their names are given here, their statements are left out. *)
EXTENDS Integers

(* Function f is chosen to be f0 at 0 and Def(f[n - 1], n) at every other n. *)
NatInductiveDefHypothesis(f, f0, Def(_, _)) ==
    f = CHOOSE g : g = [n \in Nat |-> IF n > 0 THEN Def(g[n - 1], n) ELSE f0]

(* Function f is f0 at 0 and Def(f[n - 1], n) at every other n. *)
NatInductiveDefConclusion(f, f0, Def(_, _)) == f = [n \in Nat |-> IF n > 0 THEN Def(f[n - 1], n) ELSE f0]

(* Function f is chosen to be c at m and Def(f[i - 1], i) at every i above it, up to n. *)
FiniteNatInductiveDefHypothesis(f, c, Def(_, _), m, n) ==
    f = CHOOSE g : g = [i \in m .. n |-> IF i > m THEN Def(g[i - 1], i) ELSE c]

(* Function f is c at m and Def(f[i - 1], i) at every i above it, up to n. *)
FiniteNatInductiveDefConclusion(f, c, Def(_, _), m, n) == f = [i \in m .. n |-> IF i > m THEN Def(f[i - 1], i) ELSE c]

(* Proofs by induction. *)
THEOREM NatInduction == TRUE
THEOREM DownwardNatInduction == TRUE
THEOREM GeneralNatInduction == TRUE
THEOREM SmallestNatural == TRUE

(* Functions on the natural numbers defined by recursion. *)
THEOREM RecursiveFcnOfNat == TRUE
THEOREM NatInductiveDef == TRUE
THEOREM RecursiveFcnOfNatType == TRUE
THEOREM NatInductiveDefType == TRUE
THEOREM RecursiveFcnOfNatUnique == TRUE
THEOREM NatInductiveUnique == TRUE
THEOREM FiniteNatInductiveDef == TRUE
THEOREM FiniteNatInductiveDefType == TRUE
THEOREM FiniteNatInductiveUnique == TRUE

=============================================================================
