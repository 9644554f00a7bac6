--------------------------- MODULE QuorumTheorems ---------------------------
(* Theorems about quorums. Only their names are given here, their statements are left out. *)
EXTENDS Quorum, Integers, FiniteSets

(* Quorums and majorities. *)
THEOREM QuorumsIntersect == TRUE
THEOREM QuorumSuperset == TRUE
THEOREM MajoritiesQuorumSystem == TRUE

=============================================================================
