//! Which variables are the term, the vote, the log, the commit index and the timers: by what actions do with them
//! first, by their names second.

use crate::module::{Module, spelling::plain};

use super::{
    facts::Facts,
    messages::Messages,
    operands::{Operand, Slot},
    scopes::Quick,
    states::{Role, States},
    walk::Walk,
};

/// The parts of a consensus protocol's state.
#[derive(Default)]
pub(crate) struct Parts<'a> {
    pub term: Option<Slot<'a>>,
    pub vote: Option<Slot<'a>>,
    pub log: Option<Slot<'a>>,
    pub commit: Option<Slot<'a>>,
    /// Slots that a guard of an election timeout reads.
    pub timers: Vec<Slot<'a>>,
    /// Effects on the state by which a campaign begins without a message from another node.
    pub timeouts: Vec<usize>,
}

impl<'a> Parts<'a> {
    pub(crate) fn of(
        module: &Module<'a>,
        walk: &Walk,
        facts: &Facts<'a>,
        messages: &Messages<'a>,
        states: Option<&States<'a>>,
    ) -> Self {
        let mut parts = Parts::default();
        let state = states.map(|states| states.slot);
        let campaigns: Vec<usize> = states.map(|states| campaigns(states)).unwrap_or_default();
        let campaign_branches: Vec<usize> = campaigns.iter().map(|effect| walk.effects[*effect].branch).collect();
        let beside = |branch: usize| campaign_branches.contains(&branch);
        let raised = raised_by_leaders(walk, facts, states);
        let mut scores: Quick<Slot<'a>, [i32; 4]> = Quick::default();
        for given in &facts.given {
            let effect = &walk.effects[given.effect];
            if Some(given.slot) == state
                || messages.networks.contains(&given.slot.variable)
                || walk.branches[effect.branch].dead
            {
                continue;
            }
            let name = plain(given.slot.field.unwrap_or(&module.variables[given.slot.variable].value.name));
            let [term, vote, log, commit] = scores.entry(given.slot).or_insert_with(|| by_name(&name));
            let field = match &given.value {
                Operand::Field(field, _) => plain(field),
                Operand::Place(place) if messages.networks.contains(&place.slot.variable) => {
                    plain(place.entry.or(place.slot.field).unwrap_or_default())
                }
                _ => String::new(),
            };
            if given.made_by == "+" && beside(effect.branch) {
                *term += 5;
            }
            if field.contains("term") || field.contains("epoch") {
                *term += 5;
            }
            if given.own_index && beside(effect.branch) {
                *vote += 5;
            }
            if !field.is_empty() && (field.contains("from") || field.contains("source") || field.contains("cand")) {
                *vote += 2;
            }
            if matches!(given.made_by, "Append" | "\\o") {
                *log += 5;
            }
            if field.contains("commit") || raised.contains(&given.effect) {
                *commit += 5;
            }
        }
        for comparison in &facts.comparisons {
            for side in [&comparison.left, &comparison.right] {
                if let Operand::Place(place) = side
                    && place.entry.is_some_and(|entry| plain(entry).contains("term"))
                    && let Some(score) = scores.get_mut(&place.slot)
                {
                    score[2] += 3;
                }
            }
        }
        let best = |which: usize| {
            scores
                .iter()
                .filter(|(_, score)| score[which] >= 5)
                .max_by_key(|(slot, score)| (score[which], std::cmp::Reverse(**slot)))
                .map(|(slot, _)| *slot)
        };
        parts.term = best(0);
        parts.vote = best(1).filter(|slot| Some(*slot) != parts.term);
        parts.log = best(2);
        parts.commit = best(3).filter(|slot| Some(*slot) != parts.log);
        parts.find_timers(module, walk, facts, messages, states, &campaigns);
        parts
    }

    fn find_timers(
        &mut self,
        module: &Module<'a>,
        walk: &Walk,
        facts: &Facts<'a>,
        messages: &Messages<'a>,
        states: Option<&States<'a>>,
        campaigns: &[usize],
    ) {
        let Some(states) = states else { return };
        let mut guards: Quick<usize, Vec<usize>> = Quick::default();
        for (index, comparison) in facts.comparisons.iter().enumerate() {
            if comparison.source.effect.is_none() {
                guards.entry(comparison.source.branch).or_default().push(index);
            }
        }
        let mut starts = Vec::new();
        let hup_is_sent = messages.sent.iter().any(|sent| is_hup(sent.kind));
        for effect in campaigns {
            // A local message that is made and looked at in one step is no message of another.
            let handled = messages.handled(walk, walk.effects[*effect].branch);
            if handled.iter().all(|tested| is_hup(tested.kind) && !hup_is_sent) {
                self.timeouts.push(*effect);
                starts.push(walk.effects[*effect].branch);
            }
        }
        // A timeout may only put a message for the node itself into the network.
        for sent in messages.sent.iter().filter(|sent| is_hup(sent.kind)) {
            starts.push(sent.branch);
        }
        for start in starts {
            let mut next = Some(start);
            while let Some(branch) = next {
                for index in guards.get(&branch).into_iter().flatten() {
                    let comparison = &facts.comparisons[*index];
                    for side in [&comparison.left, &comparison.right] {
                        let Operand::Place(place) = side else { continue };
                        let known = [self.term, self.vote, self.log, self.commit, Some(states.slot)];
                        let name = plain(place.slot.field.unwrap_or(&module.variables[place.slot.variable].value.name));
                        let other = ["votes", "enabled", "alive", "crash", "leader", "lead", "term"];
                        let runs = is_timer_name(&name) || runs_by_itself(walk, facts, place.slot, campaigns);
                        if !runs
                            || known.contains(&Some(place.slot))
                            || messages.networks.contains(&place.slot.variable)
                            || other.iter().any(|word| name.contains(word) && !name.contains("timeout"))
                            || self.timers.contains(&place.slot)
                        {
                            continue;
                        }
                        self.timers.push(place.slot);
                    }
                }
                next = walk.branches[branch].parent;
            }
        }
    }
}

fn is_timer_name(plain: &str) -> bool {
    ["time", "elapsed", "tick", "clock", "alarm", "expire", "countdown", "deadline"]
        .iter()
        .any(|word| plain.contains(word))
}

/// Whether a step that starts no campaign counts a slot up or down, or switches it: what only campaigns count is their
/// number, and what is neither counted nor switched runs out by no time.
fn runs_by_itself(walk: &Walk, facts: &Facts<'_>, slot: Slot<'_>, campaigns: &[usize]) -> bool {
    let chain = |branch: usize| std::iter::successors(Some(branch), |branch| walk.branches[*branch].parent);
    let together = |one: usize, other: usize| chain(one).any(|at| at == other) || chain(other).any(|at| at == one);
    let campaign = |branch: usize| campaigns.iter().any(|effect| together(branch, walk.effects[*effect].branch));
    facts.given.iter().filter(|given| given.slot == slot).any(|given| {
        let branch = walk.effects[given.effect].branch;
        let moves = matches!(given.made_by, "+" | "-") || matches!(given.value, Operand::Truth(_));
        moves && !walk.branches[branch].dead && !campaign(branch)
    })
}

/// Effects under a majority of nodes that are and stay leader, as the commit index is raised; an election is none.
fn raised_by_leaders(walk: &Walk, facts: &Facts<'_>, states: Option<&States<'_>>) -> Vec<usize> {
    let Some(states) = states else { return Vec::new() };
    let chain = |branch: usize| std::iter::successors(Some(branch), |branch| walk.branches[*branch].parent);
    let moves: Vec<usize> = states.moves.iter().map(|step| step.branch).collect();
    let mut raised: Vec<usize> = Vec::new();
    for given in &facts.given {
        let branch = walk.effects[given.effect].branch;
        let leads = || states.only(branch, Role::Leader);
        let stays = || !chain(branch).any(|above| moves.contains(&above));
        if !raised.contains(&given.effect) && facts.under_majority(walk, given.effect) && leads() && stays() {
            raised.push(given.effect);
        }
    }
    raised
}

/// Whether a kind is the local message of an election timeout.
pub(crate) fn is_hup(kind: &str) -> bool {
    let plain = plain(kind);
    let hup = ["hup", "msghup", "electiontimeout", "leadertimeout", "startelection", "startcampaign", "campaign"];
    hup.contains(&plain.as_str()) || plain.ends_with("hup")
}

fn by_name(name: &str) -> [i32; 4] {
    let has = |word: &str| name.contains(word);
    let vote_word = has("vote") || has("voted");
    let term =
        (has("term") || has("epoch") || name == "ballot") && !vote_word && !has("log") && !has("max") && !has("lead");
    let many = ["votes", "granted", "received", "responded", "count", "yes", "no", "prevote", "reject"];
    let vote = vote_word && (!many.iter().any(|word| has(word)) || name.starts_with("votedfor"));
    let log = name.starts_with("log") || name.ends_with("log") || name.ends_with("logs") || name == "entries";
    let commit = has("commit") && !has("un");
    [i32::from(term) * 10, i32::from(vote) * 10, i32::from(log) * 10, i32::from(commit) * 10]
}

/// Effects by which a node becomes a candidate or precandidate and was none before the last campaign.
fn campaigns(states: &States<'_>) -> Vec<usize> {
    let wanted = [Role::PreCandidate, Role::Candidate];
    let leader = states.bits(Role::Leader);
    let mut found: Vec<usize> = states
        .moves
        .iter()
        .filter(|step| states.roles[step.to].is_some_and(|role| wanted.contains(&role)))
        .filter(|step| !step.guarded || step.from & !leader != 0)
        .map(|step| step.effect)
        .collect();
    found.dedup();
    found
}
