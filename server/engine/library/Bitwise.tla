------------------------------ MODULE Bitwise -------------------------------
(* Natural numbers as rows of bits. *)
LOCAL INSTANCE Naturals

LOCAL Bit(n, i) == (n \div (2 ^ i)) % 2

LOCAL Number(Set(_), n) ==
    LET from[i \in 0 .. n] == (IF Set(i) THEN 2 ^ i ELSE 0) + (IF i = n THEN 0 ELSE from[i + 1])
    IN  from[0]

(* The bits that are set in both x and y. *)
x & y == Number(LAMBDA i : Bit(x, i) = 1 /\ Bit(y, i) = 1, x + y)

(* The bits that are set in x or in y or in both. *)
x | y == Number(LAMBDA i : Bit(x, i) = 1 \/ Bit(y, i) = 1, x + y)

(* The bits that are set in just one of x and y. *)
x ^^ y == Number(LAMBDA i : Bit(x, i) # Bit(y, i), x + y)

(* The bits of a up to its highest one, each turned over. *)
Not(a) == Number(LAMBDA i : 2 ^ i \leq a /\ Bit(a, i) = 0, a)

(* The bits of n moved pos places to the right: n divided by 2 that many times. *)
shiftR(n, pos) == n \div (2 ^ pos)

(* Not meant for use, but exported: a part of &. *)
And(x, y, n, m) == CHOOSE k \in Nat : <<x, y, n, m>> = <<x, y, n, m>>

(* Not meant for use, but exported: a part of |. *)
Or(x, y, n, m) == CHOOSE k \in Nat : <<x, y, n, m>> = <<x, y, n, m>>

(* Not meant for use, but exported: a part of ^^. *)
Xor(x, y, n, m) == CHOOSE k \in Nat : <<x, y, n, m>> = <<x, y, n, m>>

(* Not meant for use, but exported: a part of Not. *)
NotR(x, n, m) == CHOOSE k \in Nat : <<x, n, m>> = <<x, n, m>>

=============================================================================
