----------------------------- MODULE _TLCTrace ------------------------------
(* Used by TLC itself: a counterexample in TLC's own format, out and in. *)

(* The name of the file that is written. *)
CONSTANT _TLCTraceFile

(* The name of the file that is read. *)
CONSTANT _TLCTraceInputFile

(* TRUE; writes the counterexample, if there is one. *)
_TLCTrace == TRUE

=============================================================================
