------------------------------ MODULE Toolbox -------------------------------
(* What the trace explorer of the TLA+ Toolbox puts at hand. *)
LOCAL INSTANCE Naturals

(* The sequence of the states of the trace that is looked at, each a record of the variables. *)
_TETrace == CHOOSE trace : TRUE

(* The position in _TETrace of the present state. *)
_TEPosition == CHOOSE n \in Nat : n > 0

=============================================================================
