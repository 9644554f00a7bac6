-------------------------------- MODULE Json --------------------------------
(* Values to JSON and back. Sequences and sets become arrays, records and other functions objects. *)
LOCAL INSTANCE TLC

(* The value written as JSON, a string. *)
ToJson(value) == ToString(value)

(* The sequence value written as a JSON array, a string. *)
ToJsonArray(value) == ToString(value)

(* The record or function value written as a JSON object, a string. *)
ToJsonObject(value) == ToString(value)

(* TRUE; writes the value to a file as JSON and replaces what is there. *)
JsonSerialize(absoluteFilename, value) == TRUE

(* The value read from a JSON file: objects become records, arrays sequences. *)
JsonDeserialize(absoluteFilename) == CHOOSE value : TRUE

(* TRUE; writes the sequence value to a file, each element as JSON on a line of its own. *)
ndJsonSerialize(absoluteFilename, value) == TRUE

(* The sequence of the values read from a file that has a JSON value on each line. *)
ndJsonDeserialize(absoluteFilename) == CHOOSE value : TRUE

(* Not meant for use, but exported: the fields D of F as JSON. *)
ToJsonString(F, D) == ToString(<<F, D>>)

(* Not meant for use, but exported: the fields D of F as a JSON object. *)
ToJsonObjectString(F, D) == ToString(<<F, D>>)

(* Not meant for use, but exported: the elements of F at the positions D as a JSON array. *)
ToJsonArrayString(F, D) == ToString(<<F, D>>)

=============================================================================
