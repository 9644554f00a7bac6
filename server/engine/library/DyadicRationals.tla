-------------------------- MODULE DyadicRationals ---------------------------
(* Fractions whose denominator is a power of two: records with the fields num and den. *)
LOCAL INSTANCE Integers
LOCAL INSTANCE Sequences
LOCAL INSTANCE TLC

LOCAL Lowest(num, den) ==
    LET cut[k \in Nat] ==
            IF (num \div k) % 2 = 0 /\ (den \div k) % 2 = 0
            THEN cut[k + k]
            ELSE [num |-> num \div k, den |-> den \div k]
    IN  cut[1]

(* The denominator of r is a power of two. *)
IsDyadicRational(r) == \E k \in 0 .. r.den : r.den = 2 ^ k

(* The fraction 0/1. *)
Zero == [num |-> 0, den |-> 1]

(* The fraction 1/1. *)
One == [num |-> 1, den |-> 1]

(* The sum of p and q in lowest terms. *)
Add(p, q) ==
    LET den == IF p.den > q.den THEN p.den ELSE q.den
    IN  Lowest((p.num * (den \div p.den)) + (q.num * (den \div q.den)), den)

(* Half of p in lowest terms. *)
Half(p) == Lowest(p.num, p.den + p.den)

(* The fraction p as a string such as "1/2", or "0" or "1". *)
PrettyPrint(p) ==
    IF p \in {Zero, One} THEN ToString(p.num) ELSE ToString(p.num) \o "/" \o ToString(p.den)

=============================================================================
