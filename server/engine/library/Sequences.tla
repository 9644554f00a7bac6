----------------------------- MODULE Sequences ------------------------------
(* Finite sequences, which are the same as tuples: functions on 1 .. n. *)
LOCAL INSTANCE Naturals

(* The set of all finite sequences of elements of S. TLC can test membership but cannot enumerate it. *)
Seq(S) == UNION {[1 .. n -> S] : n \in Nat}

(* The number of elements of sequence s, or of characters of a string. An error for a set or a record. *)
Len(s) == CHOOSE n \in Nat : 1 .. n = DOMAIN s

(* Sequence s followed by sequence t; also \circ. Joins two strings as well, but not a string and a sequence. *)
s \o t == [i \in 1 .. (Len(s) + Len(t)) |-> IF i > Len(s) THEN t[i - Len(s)] ELSE s[i]]

(* Sequence s with element e added at its end. *)
Append(s, e) == s \o <<e>>

(* The first element of s. An error for the empty sequence. *)
Head(s) == s[1]

(* Sequence s without its first element. An error for the empty sequence. *)
Tail(s) == [i \in 1 .. (Len(s) - 1) |-> s[1 + i]]

(* The elements of s from position m to position n; empty where m > n.
   An error where m or n is not a position of s and m <= n. *)
SubSeq(s, m, n) == [i \in 1 .. ((n - m) + 1) |-> s[(m + i) - 1]]

(* The elements e of s with Test(e), in their order. *)
SelectSeq(s, Test(_)) ==
    LET upTo[n \in 0 .. Len(s)] ==
            CASE n = 0 -> <<>>
              [] n > 0 /\ Test(s[n]) -> Append(upTo[n - 1], s[n])
              [] OTHER -> upTo[n - 1]
    IN  upTo[Len(s)]

=============================================================================
