----------------------------- MODULE _JsonTrace -----------------------------
(* Used by TLC itself: a counterexample to JSON and back. *)

(* The name of the file that is written. *)
CONSTANT _JsonTraceFile

(* The name of the file that is read. *)
CONSTANT _JsonTraceInputFile

(* TRUE; writes the counterexample, if there is one. *)
_JsonTrace == TRUE

=============================================================================
