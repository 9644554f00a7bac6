//! Applies the fixes of findings, round by round, until nothing changes; shared by `fix` and by editors.

use crate::{
    Document, Judgement, Setting,
    diagnostic::{Edit, Finding, Fix, Safety, Severity},
    rules,
};

/// More rounds than any text should need; a round without an end would be a rule's fault.
const MOST_ROUNDS: usize = 120;

/// A text after its fixes.
#[derive(Debug, Clone)]
pub struct Repaired {
    pub document: Document,
    /// Of the repaired text.
    pub judgement: Judgement,
    /// In the order in which they were made.
    pub applied: Vec<Applied>,
    /// Fixes that would have made more errors than they mend, and were not made.
    pub refused: Vec<Applied>,
}

/// A fix that was made or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    pub rule: &'static str,
    /// The fix's title.
    pub title: String,
    /// The finding's message.
    pub message: String,
}

/// A fix with the finding that offers it.
#[derive(Clone, Copy)]
struct Offer<'a> {
    finding: &'a Finding,
    fix: &'a Fix,
}

/// Applies the fixes of a document's findings: the safe ones, and with [`Safety::Ask`] the others too.
///
/// A round takes one fix of each finding, leaving for the next round those that touch another. A round that makes more
/// errors than there were is not applied: of its fixes, those that do so by themselves are refused, and tried again when
/// others have been made.
pub fn repair(document: &Document, setting: Setting<'_>, reach: Safety) -> Repaired {
    let mut repaired = repair_by(document, reach, |document| rules::judge_whole(document, setting));
    rules::bounds::too_many_findings::bound(&mut repaired.judgement.findings, setting.config);
    repaired
}

fn repair_by(document: &Document, reach: Safety, judge: impl Fn(&Document) -> Judgement) -> Repaired {
    let mut endless: Vec<Applied> = Vec::new();
    loop {
        match rounds(document, reach, &endless, &judge) {
            Ok(mut repaired) => {
                repaired.refused.extend(endless);
                return repaired;
            }
            Err(last) => endless.push(last),
        }
    }
}

/// Makes rounds until nothing changes. Where they have no end, the last fix that was made is given back: its rule is at
/// fault, and is left out of the next attempt.
fn rounds(
    document: &Document,
    reach: Safety,
    endless: &[Applied],
    judge: &impl Fn(&Document) -> Judgement,
) -> Result<Repaired, Applied> {
    let judgement = judge(document);
    let mut current = Repaired { document: document.clone(), judgement, applied: Vec::new(), refused: Vec::new() };
    let mut seen = vec![document.clone()];
    // How many fixes had been made when those that were refused were last given another chance.
    let mut made_before = 0;
    for _ in 0..MOST_ROUNDS {
        let mut offers = offers(&current.judgement.findings, reach, &current.refused);
        offers.retain(|offer| !endless.iter().any(|other| other.rule == offer.finding.rule));
        let mut round = round(&offers);
        if round.is_empty() {
            if current.refused.is_empty() || current.applied.len() == made_before {
                return Ok(current);
            }
            // What made more errors at first may make none now that others are mended.
            made_before = current.applied.len();
            current.refused.clear();
            continue;
        }
        let mut next = attempt(&current, &round, &seen, judge);
        if next.is_none() {
            let (fit, unfit): (Vec<Offer>, Vec<Offer>) =
                round.iter().copied().partition(|offer| attempt(&current, &[*offer], &seen, judge).is_some());
            if !unfit.is_empty() {
                for refused in unfit.iter().map(Offer::named) {
                    if !current.refused.contains(&refused) {
                        current.refused.push(refused);
                    }
                }
                continue;
            }
            // Each is good by itself but not with the others.
            round = fit.into_iter().take(1).collect();
            next = attempt(&current, &round, &seen, judge);
        }
        let Some((document, judgement)) = next else { return Ok(current) };
        let made: Vec<Applied> = round.iter().map(Offer::named).collect();
        seen.push(document.clone());
        current = Repaired { document, judgement, ..current };
        current.applied.extend(made);
    }
    match current.applied.pop() {
        Some(last) => Err(last),
        None => Ok(current),
    }
}

/// The text after some fixes with its judgement; `None` when that has more errors, or brings back a text that was there
/// before, which would go round for ever.
fn attempt(
    current: &Repaired,
    offers: &[Offer<'_>],
    seen: &[Document],
    judge: &impl Fn(&Document) -> Judgement,
) -> Option<(Document, Judgement)> {
    let document = applied_to(&current.document, offers);
    if seen.iter().any(|before| before.source() == document.source()) {
        return None;
    }
    let judgement = judge(&document);
    let (before, after) = (Faults::of(&current.document, &current.judgement), Faults::of(&document, &judgement));
    (after <= before).then_some((document, judgement))
}

/// One fix for each finding that has one within reach, in order of place.
fn offers<'a>(findings: &'a [Finding], reach: Safety, refused: &[Applied]) -> Vec<Offer<'a>> {
    let within_reach = |fix: &&Fix| !fix.edits.is_empty() && (fix.safety == Safety::Safe || reach == Safety::Ask);
    let of = |finding: &'a Finding| {
        let mut fixes: Vec<&Fix> = finding.fixes.iter().filter(within_reach).collect();
        fixes.sort_by_key(|fix| fix.safety);
        let offers = fixes.into_iter().map(|fix| Offer { finding, fix });
        offers.into_iter().find(|offer| !refused.contains(&offer.named()))
    };
    findings.iter().filter_map(of).collect()
}

/// The offers that can be made together: none touches another.
fn round<'a>(offers: &[Offer<'a>]) -> Vec<Offer<'a>> {
    let mut chosen: Vec<Offer<'a>> = Vec::new();
    for offer in offers {
        let free = |edit: &Edit| {
            let taken = |other: &Edit| edit.span.touches(other.span.start) || other.span.touches(edit.span.start);
            !chosen.iter().flat_map(|chosen| &chosen.fix.edits).any(taken)
        };
        if offer.fix.edits.iter().all(free) {
            chosen.push(*offer);
        }
    }
    chosen
}

/// The document after fixes that do not touch each other.
fn applied_to(document: &Document, offers: &[Offer<'_>]) -> Document {
    let edits: Vec<Edit> = offers.iter().flat_map(|offer| offer.fix.edits.iter().cloned()).collect();
    let mut edits = with_line_ends_of(document.source(), edits);
    edits.sort();
    edits.dedup();
    // From the end on, so that no edit moves the place of another.
    edits.reverse();
    document.edited(&edits)
}

/// Gives inserted text the line ends of the text that it goes into.
pub fn with_line_ends_of(text: &str, mut edits: Vec<Edit>) -> Vec<Edit> {
    let lines = text.matches('\n').count();
    let wide = text.matches("\r\n").count();
    if wide * 2 > lines {
        for edit in &mut edits {
            edit.text = edit.text.replace("\r\n", "\n").replace('\n', "\r\n");
        }
    }
    edits
}

/// How bad a text is, the worst first. SANY peels its errors off in layers, and so does this: names are only looked at
/// in what can be read, so that a text of which more can be read may well show more wrong names than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Faults {
    /// Tokens behind the place where a definition could not be read on.
    unread: usize,
    syntax: usize,
    others: usize,
}

impl Faults {
    fn of(document: &Document, judgement: &Judgement) -> Self {
        let errors = || judgement.findings.iter().filter(|finding| finding.severity == Severity::Error);
        let syntax = errors().filter(|finding| finding.rule.starts_with("syntax/")).count();
        let unread = document.units().iter().map(|unit| unit.syntax.unread).sum();
        Self { unread, syntax, others: errors().count() - syntax }
    }
}

impl Offer<'_> {
    fn named(&self) -> Applied {
        let Finding { rule, message, .. } = self.finding;
        Applied { rule, title: self.fix.title.clone(), message: message.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;

    const RULE: &str = "contract/test";

    fn fix(safety: Safety, edits: Vec<Edit>) -> Fix {
        Fix { title: "mend".to_owned(), safety, edits }
    }

    /// Finds each `a` and offers to replace it.
    fn judge_letters(document: &Document, with: &str, safety: Safety) -> Judgement {
        let text = document.text().to_string();
        let finding = |(at, letter): (usize, &str)| {
            let span = Span::new(at, at + letter.len());
            Finding::new(RULE, Severity::Error, span, "").with_fix(fix(safety, vec![Edit::replace(span, with)]))
        };
        Judgement { findings: text.match_indices('a').map(finding).collect(), ..Judgement::default() }
    }

    fn repaired(text: &str, with: &str, safety: Safety, reach: Safety) -> Repaired {
        repair_by(&Document::new(text.into()), reach, |document| judge_letters(document, with, safety))
    }

    #[test]
    fn fixes_that_touch_wait_for_the_next_round() {
        let result = repaired("aaa", "b", Safety::Safe, Safety::Safe);
        assert_eq!(result.document.text().to_string(), "bbb");
        assert_eq!(result.applied.len(), 3);
        assert!(result.judgement.findings.is_empty());
    }

    #[test]
    fn a_fix_to_ask_about_is_made_only_when_asked() {
        assert_eq!(repaired("a", "b", Safety::Ask, Safety::Safe).document.text().to_string(), "a");
        assert_eq!(repaired("a", "b", Safety::Ask, Safety::Ask).document.text().to_string(), "b");
    }

    #[test]
    fn a_fix_that_makes_more_errors_is_refused_and_told() {
        let result = repaired("a a", "aa", Safety::Safe, Safety::Safe);
        assert_eq!(result.document.text().to_string(), "a a");
        assert_eq!(result.refused.len(), 1, "both have the same words");
        assert!(result.applied.is_empty());
    }

    #[test]
    fn a_fix_without_an_end_is_not_made() {
        let result = repaired("a", "ba", Safety::Safe, Safety::Safe);
        assert_eq!(result.document.text().to_string(), "a");
        assert_eq!(result.refused.len(), 1);
    }

    #[test]
    fn a_fix_that_changes_nothing_ends() {
        let result = repaired("a", "a", Safety::Safe, Safety::Safe);
        assert_eq!(result.document.text().to_string(), "a");
        assert!(result.applied.is_empty());
    }

    #[test]
    fn inserted_lines_end_as_the_others_do() {
        let edits = with_line_ends_of("x\r\ny\r\n", vec![Edit::insert(0, "one\ntwo\r\n")]);
        assert_eq!(edits[0].text, "one\r\ntwo\r\n");
        assert_eq!(with_line_ends_of("x\ny\n", vec![Edit::insert(0, "one\n")])[0].text, "one\n");
    }
}
