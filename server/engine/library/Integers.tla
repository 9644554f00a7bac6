------------------------------ MODULE Integers ------------------------------
(* All that Naturals has, and the negative numbers. *)
EXTENDS Naturals

(* The set of all integers. TLC can test membership in it but cannot enumerate it. *)
Int == Nat \cup {0 - n : n \in Nat}

(* Minus a. Passed to an operator or defined anew it is written -. as here. *)
-. a == CHOOSE n : a + n = 0

=============================================================================
