//! TLA+'s operator symbols: their spellings, fixity, precedence and associativity (*Specifying Systems*, table 6, as
//! SANY implements it).

use std::sync::LazyLock;

/// Where an operator stands beside its operands. `-` is infix and prefix, `[]` prefix and the separator of CASE arms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fixity {
    Prefix,
    Infix,
    Postfix,
}

/// Whether `a op b op c` may be written without parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Associativity {
    Left,
    None,
}

/// One operator symbol. Two operators that meet without parentheses need disjoint precedence ranges.
#[derive(Debug)]
pub(crate) struct Operator {
    /// The spelling that SANY keeps for all others.
    pub name: &'static str,
    /// Other spellings.
    pub synonyms: &'static [&'static str],
    pub fixity: Fixity,
    pub low: u8,
    pub high: u8,
    pub associativity: Associativity,
}

/// An index into [`ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct OperatorId(pub u8);

impl OperatorId {
    pub(crate) fn operator(self) -> &'static Operator {
        &ALL[usize::from(self.0)]
    }

    pub(crate) fn name(self) -> &'static str {
        self.operator().name
    }

    pub(crate) fn fixity(self) -> Fixity {
        self.operator().fixity
    }
}

const fn op(
    name: &'static str,
    synonyms: &'static [&'static str],
    low: u8,
    high: u8,
    associativity: Associativity,
    fixity: Fixity,
) -> Operator {
    Operator { name, synonyms, fixity, low, high, associativity }
}

use Associativity::{Left, None as Non};
use Fixity::{Infix, Postfix, Prefix};

pub(crate) const MINUS: OperatorId = OperatorId(0);
pub(crate) const NEGATIVE: OperatorId = OperatorId(1);
pub(crate) const AND: OperatorId = OperatorId(2);
pub(crate) const OR: OperatorId = OperatorId(3);
pub(crate) const BOX: OperatorId = OperatorId(4);
pub(crate) const EQUALS: OperatorId = OperatorId(5);
pub(crate) const IN: OperatorId = OperatorId(6);
pub(crate) const PRIME: OperatorId = OperatorId(7);
pub(crate) const UNCHANGED: OperatorId = OperatorId(8);
pub(crate) const SETMINUS: OperatorId = OperatorId(9);
pub(crate) const SUBSETEQ: OperatorId = OperatorId(10);
pub(crate) const TIMES: OperatorId = OperatorId(11);
pub(crate) const NOT: OperatorId = OperatorId(13);

/// All operator symbols; the first ones are the constants above.
pub(crate) static ALL: &[Operator] = &[
    op("-", &[], 11, 11, Left, Infix),
    op("-.", &[], 12, 12, Non, Prefix),
    op("/\\", &["\\land", "∧"], 3, 3, Left, Infix),
    op("\\/", &["\\lor", "∨"], 3, 3, Left, Infix),
    op("[]", &["□"], 4, 15, Non, Prefix),
    op("=", &[], 5, 5, Non, Infix),
    op("\\in", &["∈"], 5, 5, Non, Infix),
    op("'", &[], 15, 15, Non, Postfix),
    op("UNCHANGED", &[], 4, 15, Non, Prefix),
    op("\\", &[], 8, 8, Non, Infix),
    op("\\subseteq", &["⊆"], 5, 5, Non, Infix),
    op("\\X", &["\\times", "×"], 10, 13, Left, Infix),
    op("=>", &["⇒"], 1, 1, Non, Infix),
    op("~", &["\\lnot", "\\neg", "¬"], 4, 4, Left, Prefix),
    op("<>", &["◇"], 4, 15, Non, Prefix),
    op("ENABLED", &[], 4, 15, Non, Prefix),
    op("SUBSET", &[], 10, 13, Non, Prefix),
    op("UNION", &[], 10, 13, Non, Prefix),
    op("DOMAIN", &[], 10, 13, Non, Prefix),
    op("^+", &["⁺"], 15, 15, Non, Postfix),
    op("^*", &[], 15, 15, Non, Postfix),
    op("^#", &[], 15, 15, Non, Postfix),
    op("-+->", &["⇸"], 2, 2, Non, Infix),
    op("\\equiv", &["<=>", "≡", "⇔"], 2, 2, Non, Infix),
    op("~>", &["↝"], 2, 2, Non, Infix),
    op("/=", &["#", "≠"], 5, 5, Non, Infix),
    op("-|", &["⊣"], 5, 5, Non, Infix),
    op("::=", &["⩴"], 5, 5, Non, Infix),
    op(":=", &["≔"], 5, 5, Non, Infix),
    op("<", &[], 5, 5, Non, Infix),
    op("=|", &["⫤"], 5, 5, Non, Infix),
    op(">", &[], 5, 5, Non, Infix),
    op("\\approx", &["≈"], 5, 5, Non, Infix),
    op("\\asymp", &["≍"], 5, 5, Non, Infix),
    op("\\cong", &["≅"], 5, 5, Non, Infix),
    op("\\doteq", &["≐"], 5, 5, Non, Infix),
    op("\\geq", &[">=", "≥"], 5, 5, Non, Infix),
    op("\\gg", &["≫"], 5, 5, Non, Infix),
    op("\\leq", &["<=", "=<", "≤"], 5, 5, Non, Infix),
    op("\\ll", &["≪"], 5, 5, Non, Infix),
    op("\\notin", &["∉"], 5, 5, Non, Infix),
    op("\\prec", &["≺"], 5, 5, Non, Infix),
    op("\\preceq", &["⪯"], 5, 5, Non, Infix),
    op("\\propto", &["∝"], 5, 5, Non, Infix),
    op("\\sim", &["∼"], 5, 5, Non, Infix),
    op("\\simeq", &["≃"], 5, 5, Non, Infix),
    op("\\sqsubset", &["⊏"], 5, 5, Non, Infix),
    op("\\sqsubseteq", &["⊑"], 5, 5, Non, Infix),
    op("\\sqsupset", &["⊐"], 5, 5, Non, Infix),
    op("\\sqsupseteq", &["⊒"], 5, 5, Non, Infix),
    op("\\subset", &["⊂"], 5, 5, Non, Infix),
    op("\\succ", &["≻"], 5, 5, Non, Infix),
    op("\\succeq", &["⪰"], 5, 5, Non, Infix),
    op("\\supset", &["⊃"], 5, 5, Non, Infix),
    op("\\supseteq", &["⊇"], 5, 5, Non, Infix),
    op("|-", &["⊢"], 5, 5, Non, Infix),
    op("|=", &["⊨"], 5, 5, Non, Infix),
    op("\\cdot", &["⋅"], 5, 14, Left, Infix),
    op("@@", &[], 6, 6, Left, Infix),
    op(":>", &[], 7, 7, Non, Infix),
    op("<:", &[], 7, 7, Non, Infix),
    op("\\cap", &["\\intersect", "∩"], 8, 8, Left, Infix),
    op("\\cup", &["\\union", "∪"], 8, 8, Left, Infix),
    op("..", &["‥"], 9, 9, Non, Infix),
    op("...", &["…"], 9, 9, Non, Infix),
    op("!!", &["‼"], 9, 13, Non, Infix),
    op("##", &[], 9, 13, Left, Infix),
    op("$", &[], 9, 13, Left, Infix),
    op("$$", &[], 9, 13, Left, Infix),
    op("??", &["⁇"], 9, 13, Left, Infix),
    op("\\sqcap", &["⊓"], 9, 13, Left, Infix),
    op("\\sqcup", &["⊔"], 9, 13, Left, Infix),
    op("\\uplus", &["⊎"], 9, 13, Left, Infix),
    op("\\wr", &["≀"], 9, 14, Non, Infix),
    op("\\oplus", &["(+)", "⊕"], 10, 10, Left, Infix),
    op("+", &[], 10, 10, Left, Infix),
    op("++", &[], 10, 10, Left, Infix),
    op("%", &[], 10, 11, Non, Infix),
    op("%%", &[], 10, 11, Left, Infix),
    op("|", &[], 10, 11, Left, Infix),
    op("||", &["‖"], 10, 11, Left, Infix),
    op("\\ominus", &["(-)", "⊖"], 11, 11, Left, Infix),
    op("--", &[], 11, 11, Left, Infix),
    op("&", &[], 13, 13, Left, Infix),
    op("&&", &[], 13, 13, Left, Infix),
    op("\\odot", &["(.)", "⊙"], 13, 13, Left, Infix),
    op("\\oslash", &["(/)", "⊘"], 13, 13, Non, Infix),
    op("\\otimes", &["(\\X)", "⊗"], 13, 13, Left, Infix),
    op("*", &[], 13, 13, Left, Infix),
    op("**", &[], 13, 13, Left, Infix),
    op("/", &[], 13, 13, Non, Infix),
    op("//", &[], 13, 13, Non, Infix),
    op("\\bigcirc", &["◯"], 13, 13, Left, Infix),
    op("\\bullet", &["●"], 13, 13, Left, Infix),
    op("\\div", &["÷"], 13, 13, Non, Infix),
    op("\\o", &["\\circ", "∘"], 13, 13, Left, Infix),
    op("\\star", &["⋆"], 13, 13, Left, Infix),
    op("^", &[], 14, 14, Non, Infix),
    op("^^", &[], 14, 14, Non, Infix),
];

/// The operator of a spelling, such as `\land` or `∧`.
pub(crate) fn find(spelling: &str) -> Option<OperatorId> {
    static BY_SPELLING: LazyLock<Vec<(u128, OperatorId)>> = LazyLock::new(|| {
        let operators = ALL.iter().zip(0..).flat_map(|(operator, id)| {
            let spellings = operator.synonyms.iter().chain([&operator.name]);
            spellings.filter_map(move |spelling| Some((packed(spelling)?, OperatorId(id))))
        });
        let mut operators: Vec<_> = operators.collect();
        operators.sort_unstable_by_key(|(spelling, _)| *spelling);
        operators
    });
    let spelling = packed(spelling)?;
    let place = BY_SPELLING.binary_search_by_key(&spelling, |(known, _)| *known).ok()?;
    Some(BY_SPELLING[place].1)
}

/// A spelling with its length as one number, which is quick to compare; none is as long as 16 bytes.
fn packed(spelling: &str) -> Option<u128> {
    let mut bytes = [0; 16];
    bytes[..15].get_mut(..spelling.len())?.copy_from_slice(spelling.as_bytes());
    bytes[15] = spelling.len() as u8;
    Some(u128::from_le_bytes(bytes))
}

/// How two operators that meet without parentheses are read; `left` stands before `right` in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// `left` takes the operand between them.
    Left,
    /// `right` takes it.
    Right,
    /// TLA+ wants parentheses.
    Conflict,
}

/// Which of two operators takes the operand between them.
pub(crate) fn reading(left: OperatorId, right: OperatorId) -> Reading {
    let (first, second) = (left.operator(), right.operator());
    if first.low > second.high || (left == right && first.associativity == Associativity::Left) {
        Reading::Left
    } else if first.high < second.low {
        Reading::Right
    } else {
        Reading::Conflict
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(spelling: &str) -> OperatorId {
        find(spelling).unwrap_or_else(|| panic!("{spelling} is an operator"))
    }

    #[test]
    fn the_named_constants_are_the_operators_they_name() {
        let named = [
            (MINUS, "-"),
            (NEGATIVE, "-."),
            (AND, "/\\"),
            (OR, "\\/"),
            (BOX, "[]"),
            (EQUALS, "="),
            (IN, "\\in"),
            (PRIME, "'"),
            (UNCHANGED, "UNCHANGED"),
            (SETMINUS, "\\"),
            (SUBSETEQ, "\\subseteq"),
            (TIMES, "\\X"),
            (NOT, "~"),
        ];
        for (constant, spelling) in named {
            assert_eq!(id(spelling), constant, "{spelling}");
        }
    }

    #[test]
    fn every_spelling_finds_its_operator_and_nothing_else_does() {
        for (index, operator) in ALL.iter().enumerate() {
            for spelling in operator.synonyms.iter().chain([&operator.name]) {
                assert_eq!(usize::from(id(spelling).0), index, "{spelling}");
            }
        }
        for other in ["", "\\\\", "+\0", "UNCHANGEDUNCHANGED", "unchanged"] {
            assert_eq!(find(other), None, "{other}");
        }
    }

    #[test]
    fn precedence_reads_as_sany_does() {
        assert_eq!(reading(id("\\land"), id("∨")), Reading::Conflict);
        assert_eq!(reading(AND, id("\\land")), Reading::Left);
        assert_eq!(reading(EQUALS, id("+")), Reading::Right);
        assert_eq!(reading(id("=>"), id("=>")), Reading::Conflict);
        assert_eq!(reading(UNCHANGED, PRIME), Reading::Conflict);
        assert_eq!(reading(id("SUBSET"), id("\\cup")), Reading::Left);
        assert_eq!(reading(SETMINUS, id("\\cup")), Reading::Conflict);
    }
}
