----------------------------- MODULE _Possible ------------------------------
(* Used by TLC itself: how often expressions are true of the states reached. *)
LOCAL INSTANCE Naturals

(* TRUE; counts under the string name that expr is true here. *)
_Track(expr, name) == TRUE

(* The function from names to the counts so far. *)
_Counts == CHOOSE counts : TRUE

(* The expression counted under the string name has been true at least once. *)
_CheckName(name) == name \notin DOMAIN _Counts \/ _Counts[name] > 0

(* TRUE; prints all counts. *)
_PrintCounts == TRUE

=============================================================================
