------------------------------ MODULE Naturals ------------------------------
(* The natural numbers and their arithmetic. Unary minus and Int are in Integers. *)

(* The set {0, 1, 2, ...}. TLC can test membership in it but cannot enumerate it. *)
Nat == CHOOSE S : TRUE

(* The sum of a and b. TLC wants integers, of 32 bits, and reports an overflow. *)
a + b == CHOOSE n : <<a, b>> = <<a, b>>

(* The difference of a and b, below zero where b is the greater. *)
a - b == CHOOSE n : a = n + b

(* The product of a and b. *)
a * b == CHOOSE n : TRUE

(* a to the power of b. b must be a natural number; 0^0 is an error. *)
a ^ b == CHOOSE n : <<a, b>> = <<a, b>>

(* a is at most b; also written =< and <=. TLC wants integers: sets or strings are an error. *)
a \leq b == \E n \in Nat : a + n = b

(* a is at least b; also written >=. *)
a \geq b == b \leq a

(* a is less than b. *)
a < b == a \leq b /\ a # b

(* a is greater than b. *)
a > b == b < a

(* The set of all integers from a to b, empty where a is greater than b. *)
a .. b == CHOOSE S : \A n : n \in S <=> a \leq n /\ n \leq b

(* The remainder of a divided by b, always in 0 .. b-1. b must be positive. *)
a % b == CHOOSE r \in 0 .. (b - 1) : \E q : a = (b * q) + r

(* The quotient of a and b, rounded down. b must not be zero. *)
a \div b == CHOOSE q : a = (b * q) + (a % b)

=============================================================================
