------------------------------- MODULE Graphs -------------------------------
(* Directed graphs: records with the fields node, the set of nodes, and edge, the set of pairs <<from, to>>. *)
EXTENDS Naturals, Sequences, FiniteSets, SequencesExt, Relation

LOCAL Linked(G) == [x, y \in G.node |-> <<x, y>> \in G.edge]

(* G is a directed graph: a record of nodes and of edges between them. *)
IsDirectedGraph(G) == DOMAIN G = {"node", "edge"} /\ \A e \in G.edge : e \in G.node \X G.node

(* The set of all graphs that consist of nodes and edges of G. *)
DirectedSubgraph(G) == {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : IsDirectedGraph(H)}

(* Graph G with all edges turned round. *)
Transpose(G) == [G EXCEPT !.edge = {<<e[2], e[1]>> : e \in G.edge}]

(* G is a directed graph with an edge back for each edge. *)
IsUndirectedGraph(G) == IsDirectedGraph(G) /\ Transpose(G) = G

(* The set of all graphs that consist of nodes and edges of G and have an edge back for each edge. *)
UndirectedSubgraph(G) == {H \in DirectedSubgraph(G) : Transpose(H) = H}

(* The set of all paths of G: sequences of nodes, not empty, with an edge from each node to the next. *)
Path(G) == {p \in Seq(G.node) : Len(p) > 0 /\ \A i \in 2 .. Len(p) : <<p[i - 1], p[i]>> \in G.edge}

(* The set of all paths of G that visit no node twice. *)
SimplePath(G) == {p \in Path(G) : IsInjective(p)}

(* G has a path from m to n; of a node to itself it always has one. *)
AreConnectedIn(m, n, G) == \E p \in Path(G) : Head(p) = m /\ Last(p) = n

(* G has a path from each node to each other one. *)
IsStronglyConnected(G) == \A x, y \in G.node : AreConnectedIn(x, y, G)

(* The function on pairs of nodes that says whether G has a path from the first to the second. *)
ConnectionsIn(G) == [x, y \in G.node |-> AreConnectedIn(x, y, G)]

(* G is a tree with the root r; its edges lead from a node to its parent. *)
IsTreeWithRoot(G, r) ==
    /\ IsDirectedGraph(G)
    /\ r \in G.node
    /\ \A n \in G.node : AreConnectedIn(n, r, G) /\ Cardinality({e \in G.edge : e[1] = n}) = IF n = r THEN 0 ELSE 1

(* The graph of all nodes and edges of the graphs G and H. *)
GraphUnion(G, H) == [node |-> G.node \cup H.node, edge |-> G.edge \cup H.edge]

(* Each edge of G leads from the node set U to the node set V or back, and these have no node in common. *)
IsBipartiteWithPartitions(G, U, V) ==
    U \cap V = {} /\ G.node \subseteq U \cup V /\ G.edge \subseteq (U \X V) \cup (V \X U)

(* G has a path that leads back to where it began. *)
HasCycle(G) == \E n \in G.node : TransitiveClosure(Linked(G), G.node)[n, n]

(* G is a directed graph without a cycle. *)
IsDag(G) == IsDirectedGraph(G) /\ ~ HasCycle(G)

(* The set of the nodes to which an edge of G leads from n. *)
Successors(G, n) == {e[2] : e \in {d \in G.edge : d[1] = n}}

(* The set of the nodes to which an edge of G leads from a node of S. *)
AllSuccessors(G, S) == UNION {Successors(G, n) : n \in S}

(* The set of the nodes from which an edge of G leads to n. *)
Predecessors(G, n) == {e[1] : e \in {d \in G.edge : d[2] = n}}

(* The set of the nodes from which an edge of G leads to a node of S. *)
AllPredecessors(G, S) == UNION {Predecessors(G, n) : n \in S}

(* The set of the nodes from which one or more edges of G lead to n. *)
Ancestors(G, n) == {m \in G.node : TransitiveClosure(Linked(G), G.node)[m, n]}

(* The set of the nodes to which one or more edges of G lead from n. *)
Descendants(G, n) == {m \in G.node : TransitiveClosure(Linked(G), G.node)[n, m]}

(* The number of edges of G that lead to n. *)
InDegree(G, n) == Cardinality(Predecessors(G, n))

(* The number of edges of G that lead from n. *)
OutDegree(G, n) == Cardinality(Successors(G, n))

(* The set of the nodes of G to which no edge leads. *)
Roots(G) == {n \in G.node : InDegree(G, n) = 0}

(* The set of the nodes of G from which no edge leads. *)
Leaves(G) == {n \in G.node : OutDegree(G, n) = 0}

(* The graph without nodes and edges. *)
EmptyGraph == [edge |-> {}, node |-> {}]

(* The set of all directed graphs with the node set S. *)
Graphs(S) == {[node |-> S, edge |-> E] : E \in SUBSET (S \X S)}

=============================================================================
