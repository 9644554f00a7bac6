----------------------------- MODULE Statistics -----------------------------
(* A statistical test, for use with TLC in simulation. *)
EXTENDS Naturals

(* The counts actual fit the counts expected by a chi-square test with significance level alpha, a string. *)
ChiSquare(expected, actual, alpha) == TRUE

=============================================================================
