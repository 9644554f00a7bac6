----------------------------- MODULE Functions ------------------------------
(* Operators on functions: restriction, range, inverse, injections and bijections, folds and sums. *)
EXTENDS Integers, Folds

(* Function f on the set S only, which must be part of its domain. *)
Restrict(f, S) == [x \in S |-> f[x]]

(* Function f on those x of its domain with Test(x). *)
RestrictDomain(f, Test(_)) == Restrict(f, {x \in DOMAIN f : Test(x)})

(* Function f on those x of its domain with Test(f[x]). *)
RestrictValues(f, Test(_)) == Restrict(f, {x \in DOMAIN f : Test(f[x])})

(* Function narrow is function wide on a part of its domain. *)
IsRestriction(narrow, wide) == \A x \in DOMAIN narrow : x \in DOMAIN wide /\ wide[x] = narrow[x]

(* The set of all values of function f; for a sequence, the set of its elements. *)
Range(f) == {f[x] : x \in DOMAIN f}

(* The function that maps each x of f's domain to T(f[x], g[x]). Function g must be defined there too. *)
Pointwise(f, g, T(_, _)) == [x \in DOMAIN f |-> T(f[x], g[x])]

(* A function on T that maps a value of f to an element of S that f maps to it. *)
Inverse(f, S, T) == [y \in T |-> CHOOSE x \in S : f[x] = y \/ y \notin Range(f)]

(* A function that maps each value of f to an element of f's domain that f maps to it. *)
AntiFunction(f) == Inverse(f, DOMAIN f, Range(f))

(* Function f maps no two elements of its domain to the same value. *)
IsInjective(f) == \A x, y \in DOMAIN f : x # y => f[x] # f[y]

(* The set of all injective functions from S to T. *)
Injection(S, T) == {f \in [S -> T] : IsInjective(f)}

(* The set of all functions from S onto T: every element of T is a value. *)
Surjection(S, T) == {f \in [S -> T] : Range(f) = T}

(* The set of all functions from S to T that are injective and onto T. *)
Bijection(S, T) == {f \in Surjection(S, T) : IsInjective(f)}

(* There is an injective function from S to T. *)
ExistsInjection(S, T) == \E f \in [S -> T] : IsInjective(f)

(* There is a function from S onto T. *)
ExistsSurjection(S, T) == \E f \in [S -> T] : Range(f) = T

(* There is a function from S to T that is injective and onto T. *)
ExistsBijection(S, T) == \E f \in Injection(S, T) : Range(f) = T

(* op(fun[i], op(fun[j], ... base)) over the elements of indices, a finite part of fun's domain, in any order. *)
FoldFunctionOnSet(op(_, _), base, fun, indices) ==
    MapThenFoldSet(op, base, LAMBDA i : fun[i], LAMBDA D : CHOOSE d \in D : TRUE, indices)

(* op(fun[i], op(fun[j], ... base)) over the domain of fun, in any order. *)
FoldFunction(op(_, _), base, fun) == FoldFunctionOnSet(op, base, fun, DOMAIN fun)

(* The sum of fun[i] over the elements i of indices. *)
SumFunctionOnSet(fun, indices) == FoldFunctionOnSet(LAMBDA n, sum : n + sum, 0, fun, indices)

(* The sum of all values of fun, counted as often as they occur. *)
SumFunction(fun) == SumFunctionOnSet(fun, DOMAIN fun)

=============================================================================
