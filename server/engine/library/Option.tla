------------------------------- MODULE Option -------------------------------
(* Values that may be absent, for the model checker Apalache. *)
EXTENDS Apalache, Variants

(* The value x, present. *)
Some(x) == Variant("Some", x)

(* No value. *)
None == Variant("None", UNIT)

(* The option o has a value. *)
IsSome(o) == VariantTag(o) = "Some"

(* The option o has no value. *)
IsNone(o) == VariantTag(o) = "None"

(* caseSome(value) if o has a value, else caseNone(UNIT). *)
OptionCase(o, caseSome(_), caseNone(_)) ==
    IF IsNone(o) THEN caseNone(UNIT) ELSE caseSome(VariantGetUnsafe("Some", o))

(* Some(f(value)) if o has a value, else None. *)
OptionMap(f(_), o) == OptionCase(o, LAMBDA value : Some(f(value)), LAMBDA unit : None)

(* f(value), an option, if o has a value, else None. *)
OptionFlatMap(f(_), o) == OptionCase(o, f, LAMBDA unit : None)

(* The value of o if it has one, else default. *)
OptionGetOrElse(o, default) == OptionCase(o, LAMBDA value : value, LAMBDA unit : default)

(* The sequence of the value of o, or the empty one. *)
OptionToSeq(o) == OptionCase(o, LAMBDA value : <<value>>, LAMBDA unit : <<>>)

(* The set of the value of o, or the empty one. *)
OptionToSet(o) == OptionCase(o, LAMBDA value : {value}, LAMBDA unit : {})

(* Some element of set s, or None if it is empty. *)
OptionGuess(s) == IF s = {} THEN None ELSE Some(Guess(s))

(* Some(f[value]) if o has a value, else None. *)
OptionFunApp(f, o) == OptionMap(LAMBDA value : f[value], o)

(* The function that is None on the set undef and Some(f[x]) elsewhere in the domain of f. *)
OptionPartialFun(f, undef) == [x \in undef \cup DOMAIN f |-> IF x \in undef THEN None ELSE Some(f[x])]

=============================================================================
