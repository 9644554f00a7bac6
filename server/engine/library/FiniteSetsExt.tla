--------------------------- MODULE FiniteSetsExt ----------------------------
(* More operators on finite sets: folds and sums, minimum and maximum, subsets of a size. *)
EXTENDS Integers, FiniteSets, Folds, Functions

(* op(e1, op(e2, ... base)) over all elements of set, in any order. *)
FoldSet(op(_, _), base, set) == MapThenFoldSet(op, base, LAMBDA e : e, LAMBDA T : CHOOSE e \in T : TRUE, set)

(* The sum of the numbers in set. *)
SumSet(set) == FoldSet(LAMBDA n, sum : n + sum, 0, set)

(* The product of the numbers in set. *)
ProductSet(set) == FoldSet(LAMBDA n, product : n * product, 1, set)

(* FoldSet by its old name, with the starting value last. *)
ReduceSet(op(_, _), set, acc) == FoldSet(op, acc, set)

(* The sum of op(e) over the elements e of set. *)
MapThenSumSet(op(_), set) == FoldSet(LAMBDA e, sum : op(e) + sum, 0, set)

(* The union of the sets in S, the same as UNION S. *)
FlattenSet(S) == UNION S

(* The elements that are in just one of the sets A and B. *)
SymDiff(A, B) == {e \in A \cup B : e \notin A \/ e \notin B}

(* The number of elements e of S with P(e). *)
Quantify(S, P(_)) == Cardinality({e \in S : P(e)})

(* The set of all subsets of S with k elements. *)
kSubset(k, S) == {T \in SUBSET S : Cardinality(T) = k}

(* The greatest number in set S. An error for the empty set. Takes one set: write Max({a, b}) for two numbers. *)
Max(S) == CHOOSE n \in S : \A m \in S : m \leq n

(* The least number in set S. An error for the empty set. Takes one set: write Min({a, b}) for two numbers. *)
Min(S) == CHOOSE n \in S : \A m \in S : n \leq m

(* All sets that come of taking one element from each of the sets in Sets. *)
Choices(Sets) == {Range(f) : f \in {g \in [Sets -> UNION Sets] : \A T \in Sets : g[T] \in T}}

(* The only element e of S with P(e). An error where none or more than one has it. *)
ChooseUnique(S, P(_)) == CHOOSE e \in S : {x \in S : P(x)} = {e}

=============================================================================
