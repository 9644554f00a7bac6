-------------------------------- MODULE Bags --------------------------------
(* Bags (multisets): sets that may hold several copies of an element.
   A bag is a function from its elements to their numbers of copies, each at least 1. *)
EXTENDS TLC
LOCAL INSTANCE Naturals

LOCAL Total(f) ==
    LET sum[D \in SUBSET DOMAIN f] ==
            IF D = {} THEN 0 ELSE LET d == CHOOSE d \in D : TRUE IN f[d] + sum[D \ {d}]
    IN  sum[DOMAIN f]

(* B is a bag. *)
IsABag(B) == \A e \in DOMAIN B : B[e] \in Nat /\ B[e] > 0

(* The set of the elements of bag B, without their numbers. *)
BagToSet(B) == DOMAIN B

(* The bag with one copy of each element of set S. A sequence must be made a set first. *)
SetToBag(S) == [e \in S |-> 1]

(* Bag B has at least one copy of e. *)
BagIn(e, B) == e \in DOMAIN B

(* The bag without elements, which is the same as the empty sequence. *)
EmptyBag == [e \in {} |-> 1]

(* The number of copies of e in bag B, 0 where e is not in B. *)
CopiesIn(e, B) == IF e \in DOMAIN B THEN B[e] ELSE 0

(* The union of two bags: copies are added up. Both must be bags: for a set write B (+) SetToBag({e}). *)
B1 (+) B2 == [e \in BagToSet(B1) \cup BagToSet(B2) |-> CopiesIn(e, B1) + CopiesIn(e, B2)]

(* Bag B1 with as many copies of each element taken away as B2 has. Both must be bags. *)
B1 (-) B2 ==
    [e \in {x \in BagToSet(B1) : B1[x] > CopiesIn(x, B2)} |-> B1[e] - CopiesIn(e, B2)]

(* The union of all bags in the set S of bags. *)
BagUnion(S) ==
    [e \in UNION {BagToSet(B) : B \in S} |-> Total([B \in S |-> CopiesIn(e, B)])]

(* Bag B1 is a subbag of B2: B2 has at least as many copies of every element. *)
B1 \sqsubseteq B2 == \A e \in BagToSet(B1) : B1[e] \leq CopiesIn(e, B2)

(* The set of all subbags of bag B. *)
SubBag(B) ==
    UNION {{f \in [D -> 1 .. Total(B)] : \A e \in D : f[e] \leq B[e]} : D \in SUBSET BagToSet(B)}

(* The bag that has a copy of F(e) for each copy of e in bag B. *)
BagOfAll(F(_), B) ==
    [v \in {F(e) : e \in BagToSet(B)} |-> Total([e \in {x \in BagToSet(B) : F(x) = v} |-> B[e]])]

(* The number of all copies of all elements of bag B, which must be finite. *)
BagCardinality(B) == Total(B)

=============================================================================
