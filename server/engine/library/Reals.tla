-------------------------------- MODULE Reals -------------------------------
(* All that Integers has, and the real numbers. TLC cannot evaluate any of it. *)
EXTENDS Integers

(* The set of all real numbers. *)
Real == CHOOSE S : Int \subseteq S

(* The quotient of a and b. b must not be zero. *)
a / b == CHOOSE r \in Real : a = b * r

(* A value above every real number; it is no real number itself. *)
Infinity == CHOOSE top : top \notin Real /\ \A r \in Real : r < top

=============================================================================
