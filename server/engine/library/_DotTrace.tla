----------------------------- MODULE _DotTrace ------------------------------
(* Used by TLC itself: a counterexample as a graph for dot. *)

(* The name of the file that is written. *)
CONSTANT _DotTraceFile

(* TRUE; writes the counterexample, if there is one. *)
_DotTrace == TRUE

=============================================================================
