------------------------------ MODULE BagsExt -------------------------------
(* More operators on bags: one element in or out, folds and sums. Extend Bags too where you need (+) and the like. *)
LOCAL INSTANCE Bags
LOCAL INSTANCE Folds
LOCAL INSTANCE Naturals

(* Bag B with one more copy of x. *)
BagAdd(B, x) == B (+) SetToBag({x})

(* Bag B with one copy of x less; B itself where x is not in it. *)
BagRemove(B, x) == B (-) SetToBag({x})

(* Bag B without any copy of x. *)
BagRemoveAll(B, x) == [e \in DOMAIN B \ {x} |-> B[e]]

(* op(f(e1), op(f(e2), ... base)) over all copies of all elements of bag B.
   The order is not said: the present release does not use choose. *)
MapThenFoldBag(op(_, _), base, f(_), choose(_), B) ==
    LET copies == UNION {{<<e, i>> : i \in 1 .. B[e]} : e \in DOMAIN B}
    IN  MapThenFoldSet(op, base, LAMBDA c : f(c[1]), LAMBDA T : CHOOSE c \in T : TRUE, copies)

(* op(e1, op(e2, ... base)) over all copies of all elements of bag B, in any order. *)
FoldBag(op(_, _), base, B) == MapThenFoldBag(op, base, LAMBDA e : e, LAMBDA T : CHOOSE e \in T : TRUE, B)

(* The sum of all copies of all numbers in bag B. *)
SumBag(B) == FoldBag(LAMBDA n, sum : n + sum, 0, B)

(* The product of all copies of all numbers in bag B. *)
ProductBag(B) == FoldBag(LAMBDA n, product : n * product, 1, B)

=============================================================================
