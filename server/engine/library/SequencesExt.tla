---------------------------- MODULE SequencesExt ----------------------------
(* More operators on finite sequences: conversion, search, change at a position, prefixes, folds.
   Everything that the extended modules define comes along, Max, Min and Range among it. *)
EXTENDS Sequences, Naturals, FiniteSets, FiniteSetsExt, Folds, Functions, Bags, TLC

(* The set of the elements of sequence s. *)
ToSet(s) == {s[i] : i \in 1 .. Len(s)}

(* The bag of the elements of sequence s, each with the number of times that it occurs. *)
ToBag(s) == [e \in ToSet(s) |-> Cardinality({i \in DOMAIN s : s[i] = e})]

(* A sequence of all elements of the finite set S, each once, in an order that is not said. *)
SetToSeq(S) == CHOOSE s \in [1 .. Cardinality(S) -> S] : ToSet(s) = S

(* The set of all sequences of all elements of the finite set S, each once. *)
SetToSeqs(S) == {s \in [1 .. Cardinality(S) -> S] : ToSet(s) = S}

(* The elements of the finite set S, each once, sorted so that op(x, y) holds for x before y. *)
SetToSortSeq(S, op(_, _)) == SortSeq(SetToSeq(S), op)

(* The set of all sequences of elements of the finite set S in which none occurs twice, the empty one included. *)
SetToAllKPermutations(S) == UNION {SetToSeqs(T) : T \in SUBSET S}

(* The set of all sequences of n elements of set. *)
TupleOf(set, n) == [1 .. n -> set]

(* The set of all sequences of at most n elements of set, the empty one included. *)
SeqOf(set, n) == UNION {TupleOf(set, k) : k \in 0 .. n}

(* SeqOf by another name. *)
BoundedSeq(S, n) == SeqOf(S, n)

(* Element e occurs in sequence s. *)
Contains(s, e) == e \in ToSet(s)

(* op(x, y) holds for each x before each y in sequence s. *)
IsSorted(s, op(_, _)) == \A j \in 1 .. Len(s) : \A i \in 1 .. (j - 1) : op(s[i], s[j])

(* Sequence s from its end to its start. *)
Reverse(s) == [i \in 1 .. Len(s) |-> s[(Len(s) - i) + 1]]

(* Sequence s without any occurrence of e. *)
Remove(s, e) == SelectSeq(s, LAMBDA x : x # e)

(* Sequence s with each occurrence of old replaced by new. *)
ReplaceAll(s, old, new) == [i \in 1 .. Len(s) |-> IF s[i] # old THEN s[i] ELSE new]

(* The first position i of seq with Test(seq[i]), 0 where there is none. *)
SelectInSeq(seq, Test(_)) ==
    LET found == {i \in 1 .. Len(seq) : Test(seq[i])}
    IN  IF found = {} THEN 0 ELSE Min(found)

(* The first position i from from to to with Test(seq[i]), 0 where there is none. *)
SelectInSubSeq(seq, from, to, Test(_)) ==
    LET found == {i \in from .. to : Test(seq[i])}
    IN  IF found = {} THEN 0 ELSE Min(found)

(* The last position i of seq with Test(seq[i]), 0 where there is none. *)
SelectLastInSeq(seq, Test(_)) ==
    LET found == {i \in 1 .. Len(seq) : Test(seq[i])}
    IN  IF found = {} THEN 0 ELSE Max(found)

(* The last position i from from to to with Test(seq[i]), 0 where there is none. *)
SelectLastInSubSeq(seq, from, to, Test(_)) ==
    LET found == {i \in from .. to : Test(seq[i])}
    IN  IF found = {} THEN 0 ELSE Max(found)

(* Sequence s with e put at position i; what stood there and after it moves up. i is in 1 .. Len(s)+1. *)
InsertAt(s, i, e) == Append(SubSeq(s, 1, i - 1), e) \o SubSeq(s, i, Len(s))

(* Sequence s with e in the place of the element at position i. *)
ReplaceAt(s, i, e) == [s EXCEPT ![i] = e]

(* Sequence s without the element at position i. Takes a position: Remove and RemoveFirst take an element. *)
RemoveAt(s, i) == [k \in 1 .. (Len(s) - 1) |-> IF k < i THEN s[k] ELSE s[k + 1]]

(* Sequence s without the first element x with Test(x); s itself where there is none. *)
RemoveFirstMatch(s, Test(_)) ==
    LET i == SelectInSeq(s, Test)
    IN  IF i = 0 THEN s ELSE RemoveAt(s, i)

(* Sequence s without the first occurrence of e; s itself where there is none. *)
RemoveFirst(s, e) == RemoveFirstMatch(s, LAMBDA x : x = e)

(* Sequence seq with elt put before it. *)
Cons(elt, seq) == <<elt>> \o seq

(* Append with its arguments in the other order. *)
Snoc(elt, seq) == Append(seq, elt)

(* Sequence s without its last element; empty for the empty sequence. *)
Front(s) == [i \in 1 .. (Len(s) - 1) |-> s[i]]

(* The last element of s. An error for the empty sequence. *)
Last(s) == s[Len(s)]

(* Sequence t begins with sequence s. *)
IsPrefix(s, t) == Len(s) \leq Len(t) /\ \A i \in 1 .. Len(s) : s[i] = t[i]

(* Sequence t begins with sequence s and is longer. *)
IsStrictPrefix(s, t) == s # t /\ IsPrefix(s, t)

(* Sequence t ends with sequence s. *)
IsSuffix(s, t) == IsPrefix(Reverse(s), Reverse(t))

(* Sequence t ends with sequence s and is longer. *)
IsStrictSuffix(s, t) == s # t /\ IsSuffix(s, t)

(* The set of all sequences that s begins with, the empty one and s itself included. *)
Prefixes(s) == {SubSeq(s, 1, n) : n \in 0 .. Len(s)}

(* The set of all sequences that every sequence in set S begins with. *)
CommonPrefixes(S) == {p \in UNION {Prefixes(s) : s \in S} : \A s \in S : IsPrefix(p, s)}

(* The longest sequence that every sequence in set S begins with. An error for the empty set. *)
LongestCommonPrefix(S) == CHOOSE p \in CommonPrefixes(S) : \A q \in CommonPrefixes(S) : IsPrefix(q, p)

(* The set of all sequences that s ends with, the empty one and s itself included. *)
Suffixes(s) == {SubSeq(s, n, Len(s)) : n \in 1 .. (Len(s) + 1)}

(* The number in 1 .. b that is a modulo b: % for the positions of a sequence. *)
SeqMod(a, b) == ((a - 1) % b) + 1

(* op(seq[i], op(seq[j], ... base)) over all positions of seq, in any order. *)
FoldSeq(op(_, _), base, seq) == FoldFunction(op, base, seq)

(* op(... op(op(base, seq[1]), seq[2]) ..., seq[n]): from the left. *)
FoldLeft(op(_, _), base, seq) ==
    LET upTo[n \in 0 .. Len(seq)] == IF n = 0 THEN base ELSE op(upTo[n - 1], seq[n])
    IN  upTo[Len(seq)]

(* op(seq[1], op(seq[2], ... op(seq[n], base))): from the right. Here the base comes last. *)
FoldRight(op(_, _), seq, base) ==
    LET from[n \in 1 .. (Len(seq) + 1)] == IF n > Len(seq) THEN base ELSE op(seq[n], from[n + 1])
    IN  from[1]

(* FoldLeft over the positions of seq instead of its elements. *)
FoldLeftDomain(op(_, _), base, seq) == FoldLeft(op, base, [i \in 1 .. Len(seq) |-> i])

(* FoldRight over the positions of seq instead of its elements. *)
FoldRightDomain(op(_, _), seq, base) == FoldRight(op, [i \in 1 .. Len(seq) |-> i], base)

(* The sequences in sequence seqs joined to one. Joins strings as well. *)
FlattenSeq(seqs) == IF seqs = <<>> THEN <<>> ELSE FoldLeft(LAMBDA s, t : s \o t, Head(seqs), Tail(seqs))

(* The sequence of the pairs <<s[i], t[i]>>, as long as the shorter of s and t. *)
Zip(s, t) == [i \in DOMAIN s \cap DOMAIN t |-> <<s[i], t[i]>>]

(* The sequence <<s[1]>>, <<t[1]>>, <<s[2]>>, <<t[2]>> and so on. An error where s and t are not of one length. *)
Interleave(s, t) ==
    CASE Len(s) = Len(t) /\ s = <<>> -> << <<>>, <<>> >>
      [] Len(s) = Len(t) /\ s # <<>> ->
            [i \in 1 .. (Len(s) + Len(t)) |-> IF i % 2 = 1 THEN <<s[(i + 1) \div 2]>> ELSE <<t[i \div 2]>>]

(* The set of all runs of neighbouring elements of s, the empty one included. *)
SubSeqs(s) == {SubSeq(s, m, n) : m \in 1 .. (Len(s) + 1), n \in 0 .. Len(s)}

(* The set of all sequences that come of leaving elements of s out, s itself and the empty one included. *)
AllSubSeqs(s) ==
    {LET kept == SetToSortSeq(D, <) IN [i \in 1 .. Len(kept) |-> s[kept[i]]] : D \in SUBSET (DOMAIN s)}

(* The first position of t at which s begins as a run of t. An error where there is none. *)
IndexFirstSubSeq(s, t) == CHOOSE i \in 1 .. (Len(t) + 1) :
    /\ IsPrefix(s, SubSeq(t, i, Len(t)))
    /\ \A k \in 1 .. (i - 1) : ~ IsPrefix(s, SubSeq(t, k, Len(t)))

(* Sequence t with its run s, which begins at position i, replaced by r. *)
ReplaceSubSeqAt(i, r, s, t) == SubSeq(t, 1, i - 1) \o r \o SubSeq(t, i + Len(s), Len(t))

(* Sequence t with the first run s replaced by r; t itself where there is none. Replaces in strings as well. *)
ReplaceFirstSubSeq(r, s, t) ==
    IF s \notin SubSeqs(t) THEN t ELSE ReplaceSubSeqAt(IndexFirstSubSeq(s, t), r, s, t)

(* Sequence t with every run s replaced by r, from the left. Replaces in strings as well. *)
ReplaceAllSubSeqs(r, s, t) ==
    LET from[i \in 1 .. (Len(t) + 1)] ==
            CASE i > Len(t) -> <<>>
              [] i \leq Len(t) /\ s = <<>> -> r \o <<t[i]>> \o from[i + 1]
              [] i \leq Len(t) /\ s # <<>> /\ IsPrefix(s, SubSeq(t, i, Len(t))) -> r \o from[i + Len(s)]
              [] OTHER -> <<t[i]>> \o from[i + 1]
    IN  IF s = t THEN r ELSE from[1]

=============================================================================
