-------------------------- MODULE _TLCActionTrace ---------------------------
(* Used by TLC itself: a counterexample as a module that allows just its actions. *)

(* The name of the file that is written. *)
CONSTANT _TLCTraceFile

(* TRUE; writes the counterexample, if there is one. *)
_TLCTrace == TRUE

=============================================================================
