----------------------------- MODULE RealTime -------------------------------
(* Time bounds on actions, as in the book "Specifying Systems". TLC cannot evaluate any of it. *)
EXTENDS Reals

(* The present time, a real number. *)
VARIABLE now

(* A step of action A that changes v comes no sooner than D, and no later than E, after such a step
   has become possible without a break. *)
RTBound(A, v, D, E) ==
    \EE since : [][A => D \leq now - since /\ now' - since \leq E]_<<v, since>>

(* Time never goes back, grows beyond every bound and stands still while v changes. *)
RTnow(v) ==
    /\ now \in Real
    /\ [][now' \in Real /\ now' > now /\ UNCHANGED v]_now
    /\ \A r \in Real : <>(now > r)

=============================================================================
