-------------------------- MODULE UndirectedGraphs --------------------------
(* Undirected graphs: records with the fields node, the set of nodes, and edge, a set of sets {a, b} of nodes. *)
LOCAL INSTANCE FiniteSets
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences

(* G is an undirected graph: a record of nodes and of edges of one node or two. *)
IsUndirectedGraph(G) == DOMAIN G = {"node", "edge"} /\ G.edge \subseteq {{a, b} : a, b \in G.node}

(* G is an undirected graph in which each edge joins two different nodes. *)
IsLoopFreeUndirectedGraph(G) == IsUndirectedGraph(G) /\ \A e \in G.edge : Cardinality(e) = 2

(* The set of all graphs that consist of nodes and edges of G. *)
UndirectedSubgraph(G) == {H \in [node : SUBSET G.node, edge : SUBSET G.edge] : IsUndirectedGraph(H)}

(* The set of all paths of G: sequences of nodes, not empty, with an edge from each node to the next. *)
Path(G) == {p \in Seq(G.node) : Len(p) > 0 /\ \A i \in 2 .. Len(p) : {p[i - 1], p[i]} \in G.edge}

(* The set of all paths of G that visit no node twice. *)
SimplePath(G) == {p \in Path(G) : Cardinality({p[i] : i \in DOMAIN p}) = Len(p)}

(* G has a path from m to n; of a node to itself it always has one. *)
AreConnectedIn(m, n, G) == \E p \in Path(G) : Head(p) = m /\ p[Len(p)] = n

(* The node sets of the largest parts of G in which each node has a path to each other one. *)
ConnectedComponents(G) == {{n \in G.node : AreConnectedIn(m, n, G)} : m \in G.node}

(* G has a path from each node to each other one. *)
IsStronglyConnected(G) == ConnectedComponents(G) = {G.node}

(* The set of all undirected graphs with the node set S. *)
UndirectedGraphs(S) == {[node |-> S, edge |-> E] : E \in SUBSET {{a, b} : a, b \in S}}

=============================================================================
