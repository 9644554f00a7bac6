----------------------------- MODULE _TLCTESpec -----------------------------
(* Used by TLC itself: a counterexample as a module that specifies it. *)

(* The name of the file that is written. *)
CONSTANT _TLCTraceFile

(* TRUE; writes the counterexample, if there is one. *)
_TLCTrace == TRUE

=============================================================================
