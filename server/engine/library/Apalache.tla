------------------------------ MODULE Apalache ------------------------------
(* Hints and operators for the model checker Apalache. *)
LOCAL INSTANCE Integers
LOCAL INSTANCE Sequences

(* x = e, as an assignment: x is a variable in Init, x' in Next. *)
x := e == x = e

(* Some value of the type that is annotated, at most size wide. *)
Gen(size) == {}

(* Some element of the set S; each is tried. *)
Guess(S) == CHOOSE e \in S : TRUE

(* The function made of the pairs <<argument, value>> in set S. *)
SetAsFun(S) == [x \in {p[1] : p \in S} |-> CHOOSE y \in {p[2] : p \in S} : <<x, y>> \in S]

(* The sequence F(1), F(2), ... F(N). N must be a constant. *)
MkSeq(N, F(_)) == [i \in 1 .. N |-> F(i)]

(* The function fn on 1 .. len as a sequence; capacity is the most that len may be. *)
FunAsSeq(fn, len, capacity) == SubSeq(MkSeq(capacity, LAMBDA i : fn[i]), 1, len)

(* The expression e, of the form \E x \in S : P, for which a fitting x may be taken as a constant. *)
Skolem(e) == e

(* The set S, written out in full. *)
Expand(S) == S

(* The expression cardExpr, of the form Cardinality(S) >= k, turned into quantifiers. *)
ConstCardinality(cardExpr) == cardExpr

(* Op(... Op(Op(v, e1), e2) ..., en) over the elements of set S, in any order. *)
ApaFoldSet(Op(_, _), v, S) ==
    LET over[T \in SUBSET S] == IF T = {} THEN v ELSE LET e == CHOOSE e \in T : TRUE IN Op(over[T \ {e}], e)
    IN  over[S]

(* Op(... Op(Op(v, seq[1]), seq[2]) ..., seq[n]): from the left. *)
ApaFoldSeqLeft(Op(_, _), v, seq) ==
    LET upTo[n \in 0 .. Len(seq)] == IF n = 0 THEN v ELSE Op(upTo[n - 1], seq[n])
    IN  upTo[Len(seq)]

(* F(... F(F(x, 1), 2) ..., N). N must be a constant. *)
Repeat(F(_, _), N, x) ==
    LET times[n \in 0 .. N] == IF n = 0 THEN x ELSE F(times[n - 1], n)
    IN  times[N]

=============================================================================
