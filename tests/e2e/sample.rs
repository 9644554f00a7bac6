//! The prompt and the specification that the tests of findings work with.

/// A prompt for a module `pingpong`.
pub const PROMPT: &str = "\
Convert the source code to TLA+.

Focus: {focus}
Source code from {file_path}:
{source_code}

MANDATORY CORE ACTIONS (must include all):
1. 【Message Types】 Ping (probe), Pong (answer)

CRITICAL OUTPUT REQUIREMENTS:
1. The MODULE name must be exactly \"pingpong\" (---- MODULE pingpong ----)
2. MUST include EXTENDS statement with at least these modules: Naturals, Sequences
3. Return ONLY pure TLA+ specification code - no markdown code blocks (no ```tla or ```)
";

/// A module that keeps to the prompt but for its EXTENDS.
pub const SPECIFICATION: &str = "\
---- MODULE pingpong ----
EXTENDS Naturals
VARIABLES sent, got
vars == <<sent, got>>
Init == sent = {} /\\ got = {}
Ping == sent' = sent \\cup {[type |-> \"Ping\"]} /\\ UNCHANGED got
Pong == \\E m \\in sent : \\/ (m.type = \"Ping\" /\\ sent' = sent \\cup {[type |-> \"Pong\"]} /\\ UNCHANGED got) \\/ (m.type = \"Pong\" /\\ got' = got \\cup {m} /\\ UNCHANGED sent)
Next == Ping \\/ Pong
Spec == Init /\\ [][Next]_vars
====
";
