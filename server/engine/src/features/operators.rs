//! What TLA+'s own operators and words mean, in a line each, with the glyphs that stand for them.

use std::sync::LazyLock;

use crate::module::hash::QuickMap;

/// One operator or word that is built into TLA+ or that the standard modules define.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BuiltIn {
    pub spelling: &'static str,
    /// How it is printed; empty where it is printed as it is written.
    pub glyph: &'static str,
    pub meaning: &'static str,
}

const fn word(spelling: &'static str, glyph: &'static str, meaning: &'static str) -> BuiltIn {
    BuiltIn { spelling, glyph, meaning }
}

/// In the order in which they are offered.
pub(crate) static ALL: &[BuiltIn] = &[
    word("\\in", "∈", "is an element of"),
    word("\\notin", "∉", "is no element of"),
    word("\\cup", "∪", "the union of two sets"),
    word("\\cap", "∩", "the intersection of two sets"),
    word("\\subseteq", "⊆", "is a subset of"),
    word("\\E", "∃", "there is: `\\E x \\in S : p`"),
    word("\\A", "∀", "for all: `\\A x \\in S : p`"),
    word("\\EE", "", "temporal: there is a behaviour of a variable"),
    word("\\AA", "", "temporal: for all behaviours of a variable"),
    word("\\X", "×", "the set of pairs"),
    word("\\times", "×", "the set of pairs"),
    word("\\o", "∘", "one sequence followed by another"),
    word("\\circ", "∘", "one sequence followed by another"),
    word("\\leq", "≤", "is at most"),
    word("\\geq", "≥", "is at least"),
    word("\\equiv", "≡", "is equivalent to"),
    word("\\land", "∧", "and"),
    word("\\lor", "∨", "or"),
    word("\\lnot", "¬", "not"),
    word("\\neg", "¬", "not"),
    word("\\div", "÷", "the quotient without remainder"),
    word("\\union", "∪", "the union of two sets"),
    word("\\intersect", "∩", "the intersection of two sets"),
    word("\\forall", "∀", "for all: `\\A x \\in S : p`"),
    word("\\exists", "∃", "there is: `\\E x \\in S : p`"),
    word("\\subset", "⊂", "free for a definition; for subsets write `\\subseteq`"),
    word("\\supset", "⊃", "free for a definition"),
    word("\\supseteq", "⊇", "free for a definition"),
    word("\\sqsubseteq", "⊑", "free for a definition; BagsExt's and Bags' sub-bag"),
    word("\\oplus", "⊕", "also `(+)`: with Bags, the union of two bags"),
    word("\\ominus", "⊖", "also `(-)`: with Bags, the difference of two bags"),
    word("\\otimes", "⊗", "free for a definition"),
    word("\\prec", "≺", "free for a definition"),
    word("\\succ", "≻", "free for a definition"),
    word("\\preceq", "⪯", "free for a definition"),
    word("\\succeq", "⪰", "free for a definition"),
    word("\\sim", "∼", "free for a definition"),
    word("\\approx", "≈", "free for a definition"),
    word("\\cdot", "⋅", "one step that is both actions one after the other"),
    word("\\star", "⋆", "free for a definition"),
    word("\\bullet", "●", "free for a definition"),
    word("\\uplus", "⊎", "free for a definition"),
    word("'", "′", "the value in the next state"),
    word("UNCHANGED", "", "`UNCHANGED v` is `v' = v`"),
    word("ENABLED", "", "whether a step of the action is possible"),
    word("SUBSET", "", "the set of all subsets of a set"),
    word("UNION", "", "the union of the elements of a set of sets"),
    word("DOMAIN", "", "the set of arguments of a function, or of positions of a sequence"),
    word("[]", "□", "always"),
    word("<>", "◇", "at some time"),
    word("~>", "↝", "leads to: whenever the one holds, the other holds then or later"),
    word("=>", "⇒", "implies"),
    word("<=>", "≡", "is equivalent to"),
    word("/=", "≠", "is not equal to; also `#`"),
    word("\\", "", "the elements of the one set that are not in the other"),
    word("BOOLEAN", "", "the set of TRUE and FALSE"),
    word("STRING", "", "the set of all strings"),
    word("TRUE", "", "the truth value that holds"),
    word("FALSE", "", "the truth value that does not hold"),
];

/// Words that hold expressions and modules together; they are offered as they are, by their place.
static WORDS: &[BuiltIn] = &[
    word("EXCEPT", "", "`[f EXCEPT ![x] = e]`: the function or record f, but e at x; `@` in e is `f[x]`"),
    word("@", "", "within EXCEPT: the old value at that place"),
    word(
        "CHOOSE",
        "",
        "`CHOOSE x \\in S : p`: an element for which p holds, always the same one; an error where there is none",
    ),
    word("LET", "", "definitions that hold for the expression behind `IN` alone"),
    word("IN", "", "the expression that the definitions of LET hold for"),
    word("IF", "", "`IF p THEN a ELSE b`: all three parts are wanted"),
    word("THEN", "", "the value of an IF whose condition holds"),
    word("ELSE", "", "the value of an IF whose condition does not hold"),
    word("CASE", "", "`CASE p -> a [] q -> b [] OTHER -> c`: the value of an arm whose condition holds"),
    word("OTHER", "", "the arm of a CASE for when no other condition holds"),
    word("LAMBDA", "", "`LAMBDA x : e`: an operator without a name, as an argument"),
    word("WF_", "", "weak fairness: an action that stays possible from some time on happens again and again"),
    word("SF_", "", "strong fairness: an action that is possible again and again happens again and again"),
    word("RECURSIVE", "", "declares an operator whose definition may use it before it is complete"),
    word("LOCAL", "", "the definition is not seen by modules that extend or instantiate this one"),
    word("EXTENDS", "", "takes in all declarations and definitions of other modules"),
    word("INSTANCE", "", "takes in the definitions of a module, with values for its constants and variables"),
    word("WITH", "", "the values for the constants and variables of the module that INSTANCE names"),
    word("CONSTANT", "", "declares parameters of the specification, the same in every state"),
    word("CONSTANTS", "", "declares parameters of the specification, the same in every state"),
    word("VARIABLE", "", "declares what a state consists of"),
    word("VARIABLES", "", "declares what a state consists of"),
    word("ASSUME", "", "a formula about the constants, which the model checker tests first"),
    word("THEOREM", "", "a formula that is said to follow; the model checker leaves it alone"),
];

/// What is known of a spelling, words that hold things together among them.
pub(crate) fn find_any(spelling: &str) -> Option<&'static BuiltIn> {
    let fairness = ["WF_", "SF_"].into_iter().find(|word| spelling.starts_with(word)).unwrap_or(spelling);
    find(spelling).or_else(|| WORDS.iter().find(|one| one.spelling == fairness))
}

/// What is known of a spelling.
pub(crate) fn find(spelling: &str) -> Option<&'static BuiltIn> {
    static BY_SPELLING: LazyLock<QuickMap<&str, &BuiltIn>> =
        LazyLock::new(|| ALL.iter().map(|one| (one.spelling, one)).collect());
    BY_SPELLING.get(spelling).copied()
}
