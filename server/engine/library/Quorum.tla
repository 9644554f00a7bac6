------------------------------- MODULE Quorum -------------------------------
(* Quorums: sets of members of which any two have a member in common. *)

(* The set of all quorum systems of S: sets of subsets of S, not empty, of which any two have an element in common
   and with each set all greater ones. *)
QuorumSystem(S) ==
    {Qs \in SUBSET SUBSET S :
        /\ Qs # {}
        /\ \A P, Q \in Qs : \E e \in P : e \in Q
        /\ \A Q \in Qs : \A T \in SUBSET S : Q \subseteq T => T \in Qs}

=============================================================================
