--------------------------- MODULE Randomization ----------------------------
(* Subsets drawn by chance, for checking inductive invariants on samples. *)
LOCAL INSTANCE FiniteSets
LOCAL INSTANCE Naturals

(* A subset of the finite set S with k elements, drawn by chance. *)
RandomSubset(k, S) == CHOOSE T \in SUBSET S : k = Cardinality(T)

(* A set of at most k subsets of the finite set S, drawn by chance so that they have n elements on average.
   An error where n is more than S has. *)
RandomSetOfSubsets(k, n, S) == CHOOSE Ts \in SUBSET SUBSET S : k \geq Cardinality(Ts)

(* The sizes of five results of RandomSetOfSubsets, to see how near to k they come. *)
TestRandomSetOfSubsets(k, n, S) == [i \in 1 .. 5 |-> Cardinality(RandomSetOfSubsets(k, n, S))]

=============================================================================
