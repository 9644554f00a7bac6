----------------------- MODULE DifferentialEquations ------------------------
(* The integral of a differential equation, as in the book "Specifying Systems". TLC cannot evaluate it. *)
LOCAL INSTANCE Reals
LOCAL INSTANCE Sequences

(* The value at b of the solution of the equation D = 0 and of its derivatives. D maps the sequence of time, value
   and derivatives to a real number; InitVals is the sequence of value and derivatives at time a. *)
Integrate(D, a, b, InitVals) ==
    [i \in 1 .. Len(InitVals) |-> CHOOSE r \in Real : <<D, a, b, InitVals>> = <<D, a, b, InitVals>>]

=============================================================================
