------------------------------ MODULE GraphViz ------------------------------
(* Graphs as text for the program dot of Graphviz. *)

(* The directed graph G in the language of dot; VL(n) is the label of node n, EL(e) that of edge e. *)
DotDiGraph(G, VL(_), EL(_)) == CHOOSE text \in STRING : TRUE

=============================================================================
