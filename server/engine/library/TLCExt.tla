------------------------------- MODULE TLCExt -------------------------------
(* More operators for the model checker TLC: assertions in tests, the trace so far, counterexamples. *)
LOCAL INSTANCE Integers
LOCAL INSTANCE TLC

(* a = b; TLC prints both values where they differ. *)
AssertEq(a, b) == a = b

(* In tests of operators: TRUE where evaluating exp fails with exactly the error text err. *)
AssertError(err, exp) == err = err

(* The value stored at key as by TLCGet, or defaultVal where there is none. *)
TLCGetOrDefault(key, defaultVal) == CHOOSE v : TRUE

(* The value stored at key, or defaultVal; Op(that value, val) is stored instead. *)
TLCGetAndSet(key, Op(_, _), val, defaultVal) == CHOOSE v : TRUE

(* The sequence of states from an initial state to this one, each a record of the variables. Slow. *)
Trace == TRUE

(* In a post condition: the counterexample as a graph, a record with fields state and action. *)
CounterExample == TRUE

(* The counterexample CE as a sequence of states. *)
ToTrace(CE) == TRUE

(* The model value named by string str. Only for definitions of constants. *)
TLCModelValue(str) == CHOOSE v : str = ToString(v)

(* TRUE; in simulation, expression is evaluated only after the next state is chosen. *)
TLCDefer(expression) == TRUE

(* The value val. Only to debug TLC itself. *)
TLCNoOp(val) == val

(* As an action constraint: lets the user choose the next state wherever exp is FALSE. *)
PickSuccessor(exp) == exp \/ CHOOSE chosen \in BOOLEAN : TRUE

(* The value of expression, kept and taken again while the value of closure is the same. *)
TLCCache(expression, closure) == expression

(* The fingerprint that TLC computes for the value var, its lower 32 bits. *)
TLCFP(var) == CHOOSE n \in Int : TRUE

(* The value of the definition of that name. An error where there is none. *)
TLCEvalDefinition(definitionName) == TRUE

=============================================================================
