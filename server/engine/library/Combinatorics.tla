--------------------------- MODULE Combinatorics ----------------------------
(* Factorials and binomial coefficients. *)
EXTENDS Naturals

(* The function that maps n to 1 * 2 * ... * n: write factorial[n]. *)
factorial[n \in Nat] == IF n > 0 THEN factorial[n - 1] * n ELSE 1

(* The number of subsets with k elements of a set with n elements. k must be at most n. *)
choose(n, k) == factorial[n] \div (factorial[n - k] * factorial[k])

=============================================================================
