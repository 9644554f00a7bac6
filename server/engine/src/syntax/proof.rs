//! The outline of a proof: its steps, their levels, and what each is proved by. What the steps say is not read.

use super::{
    judge::{Repair, Slip, SlipKind},
    lexer::{Keyword, Kind, Token},
    operators::Fixity,
};
use crate::diagnostic::{Edit, Safety};

/// What SANY's parser rejects in the outline of a proof, in order of place. `tokens` are those of the whole unit.
pub(super) fn check(source: &str, tokens: &[Token]) -> Vec<Slip> {
    let mut slips = named_implied_steps(source, tokens);
    slips.extend(commas_before_def(tokens));
    if let Some(start) = tokens.iter().position(begins_proof) {
        slips.extend(Outline::default().read(source, tokens, start));
    }
    slips.sort_by_key(|slip| slip.span);
    slips
}

/// Whether a token behind a theorem's statement begins its proof.
pub(super) fn begins_proof(token: &Token) -> bool {
    matches!(
        token.kind,
        Kind::ProofStep
            | Kind::Keyword(
                Keyword::Proof | Keyword::By | Keyword::Obvious | Keyword::Omitted | Keyword::Use | Keyword::Hide
            )
    )
}

fn unexpected(token: Token, message: impl Into<String>) -> Slip {
    Slip { kind: SlipKind::UnexpectedToken, span: token.span(), message: message.into(), repairs: Vec::new() }
}

/// Steps of a proof such as `<+>a`, which have a name but no level of their own (SANY error 4350).
fn named_implied_steps(source: &str, tokens: &[Token]) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (index, token) in tokens.iter().enumerate().filter(|(_, token)| token.kind == Kind::ProofStep) {
        let text = token.text(source);
        let named = ["<*>", "<+>"].iter().any(|implied| {
            text.strip_prefix(implied).is_some_and(|rest| rest.starts_with(|first: char| first.is_alphanumeric()))
        });
        if named && index > 0 && tokens[index - 1].line < token.line {
            let message = "a step that begins with `<*>` or `<+>` can't have a name; write its level, such as `<1>a`";
            slips.push(unexpected(*token, message));
        }
    }
    slips
}

/// `BY <1>1, DEF A`
fn commas_before_def(tokens: &[Token]) -> impl Iterator<Item = Slip> {
    let pairs = tokens.windows(2).filter_map(|pair| <&[Token; 2]>::try_from(pair).ok());
    pairs.filter_map(|[comma, next]| {
        if comma.kind != Kind::Comma || !matches!(next.kind, Kind::Keyword(Keyword::Def | Keyword::Defs)) {
            return None;
        }
        Some(Slip {
            kind: SlipKind::TrailingComma,
            span: comma.span(),
            message: "no comma stands before DEF".into(),
            repairs: vec![Repair {
                title: "remove the comma".into(),
                safety: Safety::Safe,
                edits: vec![Edit { span: comma.span(), text: String::new() }],
            }],
        })
    })
}

/// The steps of one level; or one step, as it comes.
struct Steps {
    level: u32,
    /// Whether QED was the last of them.
    finished: bool,
}

/// What is open where a proof is read.
#[derive(Default)]
struct Outline {
    /// Outermost first.
    open: Vec<Steps>,
    /// Whether what stands before is proved already, so that no steps below it can follow.
    proved: bool,
}

impl Outline {
    /// The first slip of the outline.
    fn read(mut self, source: &str, tokens: &[Token], start: usize) -> Option<Slip> {
        for (index, token) in tokens.iter().copied().enumerate().skip(start) {
            match token.kind {
                Kind::ProofStep if begins_step(tokens, index, start) => {
                    let text = token.text(source);
                    // `<*>` and `<+>` take their level from where they stand; such proofs are left alone.
                    let level = text.trim_start_matches('<').split('>').next()?.parse().ok()?;
                    let finished = tokens.get(index + 1).is_some_and(|next| next.kind == Kind::Keyword(Keyword::Qed));
                    if let Err(message) = self.step(Steps { level, finished }) {
                        return Some(unexpected(token, message));
                    }
                }
                Kind::Keyword(Keyword::By | Keyword::Obvious | Keyword::Omitted) => {
                    let leads_on = tokens[..index].last().is_some_and(|before| before.kind == Kind::Comma);
                    if leads_on {
                        let message = format!("{} is a proof by itself and no fact of a BY", token.text(source));
                        return Some(unexpected(token, message));
                    }
                    self.proved = true;
                }
                _ => {}
            }
        }
        let unfinished = self.open.iter().rev().find(|steps| !steps.finished)?;
        Some(unexpected(*tokens.last()?, without_qed(unfinished.level)))
    }

    /// Takes a step in; says why it can't stand here.
    fn step(&mut self, step: Steps) -> Result<(), String> {
        let level = step.level;
        while let Some(inner) = self.open.last().filter(|inner| inner.level > level) {
            if !inner.finished {
                return Err(without_qed(inner.level));
            }
            self.open.pop();
        }
        match self.open.last_mut() {
            Some(steps) if steps.level == level => {
                if steps.finished {
                    return Err(format!("the steps of level {level} have their QED already"));
                }
                steps.finished = step.finished;
            }
            _ if self.proved => {
                return Err(format!(
                    "no proof is open at level {level}: what stands before this step is proved already"
                ));
            }
            _ => self.open.push(step),
        }
        self.proved = false;
        Ok(())
    }
}

fn without_qed(level: u32) -> String {
    format!("the steps of level {level} end without `<{level}> QED`")
}

/// Whether a step's name begins a step; elsewhere it refers to one.
fn begins_step(tokens: &[Token], index: usize, start: usize) -> bool {
    if index == start || tokens.get(index + 1).is_some_and(|next| next.kind == Kind::Keyword(Keyword::Qed)) {
        return true;
    }
    let before = tokens[index - 1];
    match before.kind {
        Kind::Keyword(Keyword::Proof | Keyword::Obvious | Keyword::Omitted | Keyword::Qed) => true,
        Kind::Operator(operator) if operator.fixity() != Fixity::Postfix && !is_listed(tokens, index - 1) => false,
        Kind::Keyword(_) | Kind::Comma | Kind::Colon | Kind::ColonColon | Kind::Defines | Kind::Arrow | Kind::Gets => {
            false
        }
        _ => before.line < tokens[index].line,
    }
}

/// Whether an operator is an element of a list of names, such as that of DEF, and applied to nothing.
fn is_listed(tokens: &[Token], index: usize) -> bool {
    let before = tokens[..index].last().map(|before| before.kind);
    matches!(before, Some(Kind::Comma | Kind::Keyword(Keyword::Def | Keyword::Defs)))
}

#[cfg(test)]
mod tests {
    use super::super::{lexer::lex, proof::check};

    /// What is said of a proof, with the text it is said of.
    fn told(proof: &str) -> Vec<String> {
        let source = format!("THEOREM T\n{proof}");
        let slips = check(&source, &lex(&source, 1).tokens);
        slips.iter().map(|slip| format!("{}: {}", &source[slip.span.start..slip.span.end], slip.message)).collect()
    }

    #[test]
    fn steps_of_all_levels_end_in_qed() {
        let proof =
            "<1>1. A\n  <2>1. B\n    BY <1>1,\n       <1>2 DEF A\n  <2> QED\n    BY <2>1\n<1>2. x'\n<1> QED\n  OBVIOUS";
        assert_eq!(told(proof), [""; 0]);
        assert_eq!(told("PROOF <3>a. A\n OBVIOUS\n<3>. QED BY <3>a"), [""; 0]);
        assert_eq!(told("<1>. SUFFICES ASSUME NEW x PROVE x\n  OBVIOUS\n<1>1. <1>2 /\\\n <1>3\n<1> QED"), [""; 0]);
        assert_eq!(told("<1>1. A\n  BY DEF \\prec, \\sqsubseteq\n<1>2. B BY A\n<1> QED"), [""; 0]);
        assert_eq!(told("<*> A\n<+> B\n<*> QED"), [""; 0]);
    }

    #[test]
    fn a_level_without_qed_is_told_where_it_ends() {
        assert_eq!(told("<1>1. A\n  OBVIOUS"), ["OBVIOUS: the steps of level 1 end without `<1> QED`"]);
        assert_eq!(told("<1>1. A\n  <2>1. B OBVIOUS\n<1> QED"), ["<1>: the steps of level 2 end without `<2> QED`"]);
    }

    #[test]
    fn a_step_stands_in_a_proof_that_is_open() {
        let proved = "what stands before this step is proved already";
        assert_eq!(
            told("<1>1. A\n  OBVIOUS\n  <2>1. B\n<1> QED"),
            [format!("<2>1.: no proof is open at level 2: {proved}")]
        );
        assert_eq!(told("OBVIOUS\n<1> QED"), [format!("<1>: no proof is open at level 1: {proved}")]);
        assert_eq!(told("<1> QED OBVIOUS\n<1>2. A"), ["<1>2.: the steps of level 1 have their QED already"]);
    }

    #[test]
    fn the_facts_of_by_are_a_list() {
        assert_eq!(told("BY A, DEF B"), [",: no comma stands before DEF"]);
        assert_eq!(told("BY A, OBVIOUS DEF B"), ["OBVIOUS: OBVIOUS is a proof by itself and no fact of a BY"]);
    }
}
