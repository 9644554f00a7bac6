----------------------- MODULE _TLAPlusCounterExample -----------------------
(* Used by TLC itself: a counterexample as a module with its states and actions. *)

(* The name of the file that is written. *)
CONSTANT _TLAPlusCounterExampleFile

(* TRUE; writes the counterexample, if there is one. *)
_TLAPlusCounterExample == TRUE

=============================================================================
