------------------------ MODULE WellFoundedInduction ------------------------
(* Theorems about relations without an endless way down. Only their names are given here, their statements are
   left out. A relation is a set of pairs <<x, y>>, where x is the lesser. *)
EXTENDS NaturalsInduction

(* Relation R is transitive on S. *)
IsTransitivelyClosedOn(R, S) == \A x, y, z \in S : <<x, y>> \in R => (<<y, z>> \in R => <<x, z>> \in R)

(* Relation R has no endless way down in S. *)
IsWellFoundedOn(R, S) == \A f \in [Nat -> S] : \E n \in Nat : <<f[n + 1], f[n]>> \notin R

(* The set of the elements of S that are less than x. *)
SetLessThan(x, R, S) == {y \in S : <<y, x>> \in R}

(* Def(g, x) depends only on the values of g for what is less than x. *)
WFDefOn(R, S, Def(_, _)) ==
    \A x \in S : \A g, h : (\A y \in SetLessThan(x, R, S) : g[y] = h[y]) => Def(g, x) = Def(h, x)

(* Function f is chosen to be Def(f, x) at every x of S. *)
OpDefinesFcn(f, S, Def(_, _)) == f = CHOOSE g : g = [x \in S |-> Def(g, x)]

(* Function f is Def(f, x) at every x of S. *)
WFInductiveDefines(f, S, Def(_, _)) == f = [x \in S |-> Def(f, x)]

(* At most one function is Def(f, x) at every x of S. *)
WFInductiveUnique(S, Def(_, _)) ==
    \A g, h : WFInductiveDefines(g, S, Def) => (WFInductiveDefines(h, S, Def) => g = h)

(* The least transitive relation on S that contains R. *)
TransitiveClosureOn(R, S) ==
    {p \in S \X S : \A Q \in SUBSET (S \X S) :
        (R \cap (S \X S)) \subseteq Q /\ IsTransitivelyClosedOn(Q, S) => p \in Q}

(* The operator \prec on S as a relation. *)
OpToRel(_ \prec _, S) == {p \in S \X S : p[1] \prec p[2]}

(* The relation on S of x and y for which f(x) and f(y) are in R. *)
PreImage(f(_), S, R) == {p \in S \X S : <<f(p[1]), f(p[2])>> \in R}

(* The order of pairs by their first elements, by their second elements where the first are equal. *)
LexPairOrdering(R1, R2, S1, S2) ==
    {p \in (S1 \X S2) \X (S1 \X S2) :
        <<p[1][1], p[2][1]>> \in R1 \/ (p[1][1] = p[2][1] /\ <<p[1][2], p[2][2]>> \in R2)}

(* The order of sequences of n elements of S by the first element in which they differ. *)
LexProductOrdering(R, S, n) ==
    {p \in [1 .. n -> S] \X [1 .. n -> S] :
        \E i \in 1 .. n : <<p[1][i], p[2][i]>> \in R /\ \A k \in 1 .. (i - 1) : p[1][k] = p[2][k]}

(* Relations without an endless way down. *)
LEMMA EmptyIsWellFounded == TRUE
LEMMA IsWellFoundedOnSubset == TRUE
LEMMA IsWellFoundedOnSubrelation == TRUE
THEOREM WFMin == TRUE
THEOREM MinWF == TRUE
LEMMA WellFoundedIsIrreflexive == TRUE
LEMMA WellFoundedIsAsymmetric == TRUE
LEMMA WFSetLessThanIrreflexive == TRUE
LEMMA SetLessTransitive == TRUE

(* Proofs by induction and functions defined by recursion. *)
THEOREM WFInduction == TRUE
THEOREM WFDefOnUnique == TRUE
LEMMA WFInductiveDefLemma == TRUE
THEOREM WFInductiveDef == TRUE
THEOREM WFInductiveDefType == TRUE

(* Transitive closure. *)
LEMMA TransitiveClosureThm == TRUE
LEMMA TransitiveClosureMinimal == TRUE
LEMMA TCTCTC == TRUE
LEMMA TCRTC == TRUE
LEMMA RTCTC == TRUE
LEMMA TransitiveClosureChopLast == TRUE
THEOREM TransitiveClosureWF == TRUE

(* Orders made of other orders. *)
THEOREM NatLessThanWellFounded == TRUE
THEOREM PreImageWellFounded == TRUE
THEOREM WFLexPairOrdering == TRUE
THEOREM WFLexProductOrdering == TRUE

=============================================================================
