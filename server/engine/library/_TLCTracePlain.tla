--------------------------- MODULE _TLCTracePlain ---------------------------
(* Used by TLC itself: a counterexample as a module with the sequence of its states. *)

(* The name of the file that is written. *)
CONSTANT _TLCTraceFile

(* TRUE; writes the counterexample, if there is one. *)
_TLCTrace == TRUE

=============================================================================
