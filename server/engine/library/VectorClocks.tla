---------------------------- MODULE VectorClocks ----------------------------
(* Logs of several nodes put into an order that fits their vector clocks. *)
EXTENDS Naturals, Sequences, Functions

LOCAL At(c, node) == IF node \in DOMAIN c THEN c[node] ELSE 0

LOCAL IsLater(c, d) == \A node \in DOMAIN c \cup DOMAIN d : At(c, node) \geq At(d, node)

(* No entry of the sequence log comes before one that its vector clock, clock(entry), shows to be earlier. *)
IsCausalOrder(log, clock(_)) ==
    \A j \in 1 .. Len(log) : \A i \in 1 .. (j - 1) :
        clock(log[i]) = clock(log[j]) \/ ~ IsLater(clock(log[i]), clock(log[j]))

(* The sequence log in an order that fits the vector clocks. node(entry) is the node that wrote the entry,
   domain(c) the set of nodes that the clock c knows. *)
CausalOrder(log, clock(_), node(_), domain(_)) ==
    CHOOSE sorted \in [DOMAIN log -> Range(log)] : Range(sorted) = Range(log) /\ IsCausalOrder(sorted, clock)

=============================================================================
