-------------------------------- MODULE TLC ---------------------------------
(* Operators for the model checker TLC: printing, assertions, counters, functions written point by point. *)
LOCAL INSTANCE Naturals
LOCAL INSTANCE Sequences

(* The value val; evaluating it prints out and val. *)
Print(out, val) == val

(* TRUE; evaluating it prints out. *)
PrintT(out) == TRUE

(* TRUE where val is TRUE; otherwise TLC stops and reports out. *)
Assert(val, out) == val = TRUE \/ CHOOSE v : TRUE

(* The time in seconds since 1970 (milliseconds in releases before 2022), cut to a natural number of 31 bits. *)
JavaTime == CHOOSE n \in Nat : TRUE

(* The value that TLCSet stored at i, an error where there is none.
   For a string it is a figure of TLC itself, such as "level", "distinct", "queue", "duration" or "diameter". *)
TLCGet(i) == CHOOSE v : TRUE

(* TRUE; evaluating it stores v at i, for each worker of TLC apart. *)
TLCSet(i, v) == TRUE

(* The function on {d} that maps d to e. *)
d :> e == [x \in {d} |-> e]

(* Functions f and g as one; where both are defined, f is taken. Neither may be a set. *)
f @@ g == [x \in UNION {DOMAIN f, DOMAIN g} |-> IF x \in DOMAIN f THEN f[x] ELSE g[x]]

(* The set of all permutations of the finite set S, as functions. Used to declare symmetry. *)
Permutations(S) == {p \in [S -> S] : {p[e] : e \in S} = S}

(* Sequence s sorted so that Op(x, y) holds for each x before a different y. *)
SortSeq(s, Op(_, _)) ==
    LET order == CHOOSE p \in Permutations(DOMAIN s) :
                     \A j \in DOMAIN s : \A i \in 1 .. (j - 1) : s[p[i]] = s[p[j]] \/ Op(s[p[i]], s[p[j]])
    IN  [i \in 1 .. Len(s) |-> s[order[i]]]

(* An element of set s, drawn by chance each time it is evaluated. An error for the empty set. *)
RandomElement(s) == CHOOSE e \in s : TRUE

(* A set of which TLC takes every value to be an element. *)
Any == CHOOSE S : TRUE

(* The value v written as a string. *)
ToString(v) == CHOOSE text \in STRING : <<v>> = <<v>>

(* The value v, evaluated at once and completely rather than when needed. *)
TLCEval(v) == v

=============================================================================
