//! What TLA+'s own operators and words mean, in a line each, with the glyphs that stand for them.

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

/// What is known of a spelling.
pub(crate) fn find(spelling: &str) -> Option<&'static BuiltIn> {
    ALL.iter().find(|one| one.spelling == spelling)
}
