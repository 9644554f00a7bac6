------------------------------- MODULE TLAPS --------------------------------
(* Hints for the proof system TLAPS, cited in BY: which prover is to do a step, and for how many seconds at most. *)

(* The SMT solver that is set. *)
SMT == TRUE

(* The SMT solver that is set, for at most X seconds. *)
SMTT(X) == TRUE

(* The SMT solver CVC4. *)
CVC4 == TRUE

(* The SMT solver CVC4, for at most X seconds. *)
CVC4T(X) == TRUE

(* CVC4 by the name of the solver before it. *)
CVC3 == TRUE

(* CVC4 by the name of the solver before it, for at most X seconds. *)
CVC3T(X) == TRUE

(* The SMT solver Yices. *)
Yices == TRUE

(* The SMT solver Yices, for at most X seconds. *)
YicesT(X) == TRUE

(* The SMT solver veriT. *)
veriT == TRUE

(* The SMT solver veriT, for at most X seconds. *)
veriTT(X) == TRUE

(* The SMT solver Z3. *)
Z3 == TRUE

(* The SMT solver Z3, for at most X seconds. *)
Z3T(X) == TRUE

(* The prover Zipperposition. *)
Zipper == TRUE

(* The prover Zipperposition, for at most X seconds. *)
ZipperT(X) == TRUE

(* The prover SPASS. *)
Spass == TRUE

(* The prover SPASS, for at most X seconds. *)
SpassT(X) == TRUE

(* The prover Zenon. *)
Zenon == TRUE

(* The prover Zenon, for at most X seconds. *)
ZenonT(X) == TRUE

(* The prover LS4 for temporal logic. *)
LS4 == TRUE

(* The prover LS4 for temporal logic, for at most X seconds. *)
LS4T(X) == TRUE

(* Temporal logic, by the prover LS4. *)
PTL == TRUE

(* Arithmetic by the SMT solver; an old name. *)
SimpleArithmetic == TRUE

(* The prover Isabelle. *)
Isa == TRUE

(* The prover Isabelle, for at most X seconds. *)
IsaT(X) == TRUE

(* The prover Isabelle with the tactic X, a string. *)
IsaM(X) == TRUE

(* The prover Isabelle with the tactic X, a string, for at most Y seconds. *)
IsaMT(X, Y) == TRUE

(* The prover Isabelle, which may use that sets with the same elements are equal. *)
IsaWithSetExtensionality == TRUE

(* The provers one after the other. *)
AllProvers == TRUE

(* The provers one after the other, each for at most X seconds. *)
AllProversT(X) == TRUE

(* The SMT solvers one after the other. *)
AllSMT == TRUE

(* The SMT solvers one after the other, each for at most X seconds. *)
AllSMTT(X) == TRUE

(* The tactics of Isabelle one after the other. *)
AllIsa == TRUE

(* The tactics of Isabelle one after the other, each for at most X seconds. *)
AllIsaT(X) == TRUE

(* ENABLED is expanded. *)
ExpandENABLED == TRUE

(* The composition of actions, \cdot, is expanded. *)
ExpandCdot == TRUE

(* Definitions are expanded wherever ENABLED or \cdot needs it. *)
AutoUSE == TRUE

(* ENABLED and \cdot are turned into a form with bound variables. *)
Lambdify == TRUE

(* Axioms about ENABLED are used. *)
ENABLEDaxioms == TRUE

(* Levels are compared. *)
LevelComparison == TRUE

(* The step is trivial. Only to test TLAPS itself. *)
Trivial == TRUE

(* Not meant for use, but exported: ENABLED inside TLAPS. *)
EnabledWrapper(Op(_)) == FALSE

(* Not meant for use, but exported: \cdot inside TLAPS. *)
CdotWrapper(Op(_)) == FALSE

(* Zenon with more time; an old name. *)
SlowZenon == TRUE

(* Zenon with more time; an old name. *)
SlowerZenon == TRUE

(* Zenon with more time; an old name. *)
VerySlowZenon == TRUE

(* Zenon with more time; an old name. *)
SlowestZenon == TRUE

(* Isabelle with the tactic auto; an old name. *)
Auto == TRUE

(* Auto with more time; an old name. *)
SlowAuto == TRUE

(* Auto with more time; an old name. *)
SlowerAuto == TRUE

(* Auto with more time; an old name. *)
SlowestAuto == TRUE

(* Isabelle with the tactic force; an old name. *)
Force == TRUE

(* Force with more time; an old name. *)
SlowForce == TRUE

(* Force with more time; an old name. *)
SlowerForce == TRUE

(* Force with more time; an old name. *)
SlowestForce == TRUE

(* Isabelle with the tactic clarsimp, then auto; an old name. *)
SimplifyAndSolve == TRUE

(* SimplifyAndSolve with more time; an old name. *)
SlowSimplifyAndSolve == TRUE

(* SimplifyAndSolve with more time; an old name. *)
SlowerSimplifyAndSolve == TRUE

(* SimplifyAndSolve with more time; an old name. *)
SlowestSimplifyAndSolve == TRUE

(* Isabelle with the tactic clarsimp; an old name. *)
Simplification == TRUE

(* Simplification with more time; an old name. *)
SlowSimplification == TRUE

(* Simplification with more time; an old name. *)
SlowerSimplification == TRUE

(* Simplification with more time; an old name. *)
SlowestSimplification == TRUE

(* Isabelle with the tactic blast; an old name. *)
Blast == TRUE

(* Blast with more time; an old name. *)
SlowBlast == TRUE

(* Blast with more time; an old name. *)
SlowerBlast == TRUE

(* Blast with more time; an old name. *)
SlowestBlast == TRUE

(* Isabelle with the tactics auto and blast; an old name. *)
AutoBlast == TRUE

(* Sets with the same elements are equal. *)
THEOREM SetExtensionality == \A S, T : (\A e : e \in T <=> e \in S) => T = S

(* No set contains everything. *)
THEOREM NoSetContainsEverything == \A S : ~ \A e : e \in S

=============================================================================
