------------------------------- MODULE ShiViz -------------------------------
(* Traces of PlusCal processes for the viewer ShiViz; used in trace expressions of the Toolbox. *)
LOCAL INSTANCE Integers
INSTANCE Toolbox

(* The process that made the step to the present state: the one whose pc changed. "--" in the first state. *)
Host ==
    LET before == _TETrace[_TEPosition - 1].pc
        after  == _TETrace[_TEPosition].pc
    IN  IF _TEPosition = 1 THEN "--" ELSE CHOOSE p \in DOMAIN before : before[p] # after[p]

(* The vector clock of the present state as a JSON object, a string. *)
Clock == CHOOSE text \in STRING : TRUE

=============================================================================
