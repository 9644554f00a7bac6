------------------------------ MODULE Variants ------------------------------
(* Values with a tag, a string, for the model checker Apalache. *)

(* The value of a variant that needs none. *)
UNIT == "U_OF_UNIT"

(* The value with the tag tagName. *)
Variant(tagName, value) == [tag \in {tagName} |-> value]

(* The set of the values of those variants in set S that have the tag tagName. *)
VariantFilter(tagName, S) == {v[tagName] : v \in {w \in S : DOMAIN w = {tagName}}}

(* The tag of variant. *)
VariantTag(variant) == CHOOSE tag : DOMAIN variant = {tag}

(* The value of variant if it has the tag tagName, else defaultValue. *)
VariantGetOrElse(tagName, variant, defaultValue) ==
    IF VariantTag(variant) = tagName THEN variant[tagName] ELSE defaultValue

(* The value of variant, which must have the tag tagName. *)
VariantGetUnsafe(tagName, variant) == variant[tagName]

=============================================================================
