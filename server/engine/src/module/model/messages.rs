//! Messages: the network they travel in, the kinds that are sent and handled, and what is lost on the way.

use crate::{diagnostic::Span, module::Module, syntax::tree::ExprKind};

use super::{
    facts::{Built, Facts, Purpose, Source, is_kind_field},
    operands::Operand,
    scopes::{Closure, Scopes},
    walk::Walk,
};

/// A kind of message that a step builds.
#[derive(Debug, Clone)]
pub(crate) struct Sent<'a> {
    pub kind: &'a str,
    pub fields: Vec<&'a str>,
    pub branch: usize,
    /// Definition in which the effect stands.
    pub within: usize,
    pub span: Span,
}

/// A kind of message that a step tests for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tested<'a> {
    pub kind: &'a str,
    /// Whether no other kind would do: `m.type = K`.
    pub alone: bool,
    pub source: Source,
    pub span: Span,
}

/// The messages of a module.
#[derive(Default)]
pub(crate) struct Messages<'a> {
    /// Indices into [`Module::variables`].
    pub networks: Vec<usize>,
    pub sent: Vec<Sent<'a>>,
    pub tested: Vec<Tested<'a>>,
    /// For each branch, indices into `tested` of its own guards.
    own: Vec<Vec<usize>>,
    /// Effects that take a message away with all else unchanged.
    pub losses: Vec<usize>,
    /// Effects that take a message away.
    pub removals: Vec<usize>,
    /// Whether some step takes any message of the network, in any order.
    pub any_order: bool,
    /// Whether some step takes messages at all.
    pub received: bool,
}

/// Names of a variable that holds messages on their way.
fn is_network_name(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let whole = ["net", "msgs", "wire", "bag", "mbox", "msgbag", "msgqueue"];
    let part = ["message", "network", "inbox", "mailbox", "channel", "msgs"];
    whole.contains(&plain.as_str()) || part.iter().any(|word| plain.contains(word))
}

impl<'a> Messages<'a> {
    pub(crate) fn of(module: &Module<'a>, walk: &Walk, facts: &Facts<'a>) -> Self {
        let mut messages = Self::default();
        let count = module.variables.len();
        let mut builds = vec![false; count];
        let mut reads = vec![false; count];
        for built in &facts.built {
            if let Some(effect) = built.source.effect {
                builds[walk.effects[effect].variable] = true;
            }
        }
        for (variable, _) in &walk.picks {
            reads[*variable] = true;
        }
        for comparison in &facts.comparisons {
            for (side, other) in [(&comparison.left, &comparison.right), (&comparison.right, &comparison.left)] {
                match side {
                    Operand::Field(field, Some(variable)) if is_kind_field(field) => reads[*variable] = true,
                    Operand::Place(place) if comparison.operator == "\\in" && *other == Operand::Other => {
                        reads[place.slot.variable] = true;
                    }
                    Operand::Place(place) if place.entry.or(place.slot.field).is_some_and(is_kind_field) => {
                        reads[place.slot.variable] = true;
                    }
                    _ => {}
                }
            }
        }
        for variable in 0..count {
            let name = module.variables[variable].value.name.as_str();
            if builds[variable] && reads[variable] && !name.to_ascii_lowercase().contains("log")
                || is_network_name(name)
            {
                messages.networks.push(variable);
            }
        }
        messages.read_sent(walk, facts);
        messages.read_tested(walk, facts);
        messages.read_removals(module, walk, facts);
        let networks = &messages.networks;
        messages.any_order = walk.picks.iter().any(|(variable, branch)| networks.contains(variable) && !walk.branches[*branch].dead)
                || facts.comparisons.iter().any(|comparison| match &comparison.right {
                    Operand::Place(place) => comparison.operator == "\\in" && networks.contains(&place.slot.variable),
                    _ => false,
                })
                // A set or a bag keeps no order.
                || facts.given.iter().any(|given| {
                    matches!(given.made_by, "\\cup" | "\\oplus") && networks.contains(&given.slot.variable)
                });
        messages.received = messages.any_order
            || facts.comparisons.iter().any(|comparison| {
                let from = |side: &Operand<'_>| match side {
                    Operand::Field(_, Some(variable)) => networks.contains(variable),
                    Operand::Place(place) => networks.contains(&place.slot.variable),
                    _ => false,
                };
                from(&comparison.left) || from(&comparison.right)
            });
        messages
    }

    fn read_sent(&mut self, walk: &Walk, facts: &Facts<'a>) {
        for built in &facts.built {
            let Some(effect) = built.source.effect.filter(|_| built.purpose == Purpose::Made) else { continue };
            let effect = &walk.effects[effect];
            if walk.branches[effect.branch].dead || !self.networks.contains(&effect.variable) {
                continue;
            }
            for kind in &built.kinds {
                self.sent.push(Sent {
                    kind,
                    fields: built.fields.clone(),
                    branch: effect.branch,
                    within: effect.within,
                    span: built.span,
                });
            }
        }
    }

    fn read_tested(&mut self, walk: &Walk, facts: &Facts<'a>) {
        self.own = vec![Vec::new(); walk.branches.len()];
        for comparison in &facts.comparisons {
            if walk.branches[comparison.source.branch].dead {
                continue;
            }
            let of_kind = match &comparison.left {
                // An entry of the log may have a type of its own.
                Operand::Field(field, from) => {
                    is_kind_field(field) && from.is_none_or(|variable| self.networks.contains(&variable))
                }
                Operand::Place(place) => {
                    self.networks.contains(&place.slot.variable)
                        && (place.entry.or(place.slot.field).is_some_and(is_kind_field))
                }
                _ => false,
            };
            let positive = match comparison.operator {
                "=" | "\\in" => comparison.holds,
                "/=" | "\\notin" => !comparison.holds,
                _ => false,
            };
            if !of_kind || !positive {
                continue;
            }
            let kinds: &[&str] = match &comparison.right {
                Operand::Atom(kind) => std::slice::from_ref(kind),
                Operand::Atoms(kinds) => kinds,
                _ => continue,
            };
            // `net' = net \ {CHOOSE m \in net : m.type = K}` handles the message that it takes.
            let from_network = matches!(&comparison.left, Operand::Field(_, Some(variable))
                if self.networks.contains(variable));
            let taken_by = comparison.source.effect.map(|effect| &walk.effects[effect]);
            let takes = taken_by.filter(|effect| from_network && self.networks.contains(&effect.variable));
            for kind in kinds {
                if let Some(effect) = takes {
                    self.own[effect.branch].push(self.tested.len());
                }
                let (source, span) = (comparison.source, comparison.span);
                self.test(Tested { kind, alone: kinds.len() == 1, source, span });
            }
        }
        // `[type |-> K, from |-> i] \in messages` tests for a kind, too.
        for sought in facts.built.iter().filter(|built| built.purpose == Purpose::Sought && !is_put_there(facts, built))
        {
            if !walk.branches[sought.source.branch].dead {
                for kind in &sought.kinds {
                    self.test(Tested { kind, alone: true, source: sought.source, span: sought.span });
                }
            }
        }
    }

    fn test(&mut self, tested: Tested<'a>) {
        if tested.source.effect.is_none() {
            self.own[tested.source.branch].push(self.tested.len());
        }
        self.tested.push(tested);
    }

    /// The kinds that the guards of a branch itself test for.
    pub(crate) fn tested_in(&self, branch: usize) -> impl Iterator<Item = &Tested<'a>> {
        self.own[branch].iter().map(|index| &self.tested[*index])
    }

    /// The kinds that the guards of a branch and of those above it test for.
    pub(crate) fn handled(&self, walk: &Walk, branch: usize) -> Vec<Tested<'a>> {
        let mut found = Vec::new();
        let mut next = Some(branch);
        while let Some(branch) = next {
            found.extend(self.own[branch].iter().map(|index| self.tested[*index]));
            next = walk.branches[branch].parent;
        }
        found
    }

    fn read_removals(&mut self, module: &Module<'a>, walk: &Walk, facts: &Facts<'a>) {
        // What changes in each branch, the network aside, and which branches have something beneath that changes.
        let mut changes = vec![0usize; walk.branches.len()];
        let mut own = vec![false; walk.branches.len()];
        for effect in walk.effects.iter().filter(|effect| effect.value.is_some()) {
            let name = module.variables[effect.variable].value.name.to_ascii_lowercase();
            let counter = ["drop", "lost", "loss", "fault"].iter().any(|word| name.contains(word));
            if !self.networks.contains(&effect.variable) && !counter && !walk.branches[effect.branch].dead {
                own[effect.branch] = true;
                let mut next = Some(effect.branch);
                while let Some(branch) = next {
                    changes[branch] += 1;
                    next = walk.branches[branch].parent;
                }
            }
        }
        let mut picky = vec![false; walk.branches.len()];
        for comparison in facts.comparisons.iter().filter(|comparison| comparison.source.effect.is_none()) {
            let selects = |side: &Operand<'a>| match side {
                Operand::Field(field, _) => !is_address(field),
                // `Head(net[n]).type`
                Operand::Place(place) if self.networks.contains(&place.slot.variable) => {
                    place.entry.or(place.slot.field).is_some_and(|field| !is_address(field))
                }
                Operand::Place(place) => !is_fault_switch(&module.variables[place.slot.variable].value.name),
                _ => false,
            };
            if selects(&comparison.left) || selects(&comparison.right) {
                picky[comparison.source.branch] = true;
            }
        }
        let builds: std::collections::HashSet<usize> =
            facts.built.iter().filter_map(|built| built.source.effect).collect();
        for (index, effect) in walk.effects.iter().enumerate() {
            let Some(value) = effect.value else { continue };
            if !self.networks.contains(&effect.variable) || walk.branches[effect.branch].dead {
                continue;
            }
            if !value.removes || builds.contains(&index) {
                continue;
            }
            self.removals.push(index);
            // Nothing else may change on the way, neither above nor beneath; siblings are other ways.
            let mut clean = changes[effect.branch] == 0 && !picky[effect.branch];
            let mut next = walk.branches[effect.branch].parent;
            while let Some(branch) = next {
                // What Next does beside any of its actions, such as keeping a history, belongs to none of them.
                let of_all = walk.branches[branch].parent.is_none() && walk.actions.len() > 2;
                clean &= !picky[branch] && (!own[branch] || of_all);
                next = walk.branches[branch].parent;
            }
            if clean {
                self.losses.push(index);
            }
        }
    }
}

/// Whether what is looked for is what the same effect puts in: `IF m \in DOMAIN bag THEN bag[m] + 1 ELSE 1`.
fn is_put_there(facts: &Facts<'_>, sought: &Built<'_>) -> bool {
    let effect = sought.source.effect;
    effect.is_some()
        && facts
            .built
            .iter()
            .any(|built| built.purpose == Purpose::Made && built.source.effect == effect && built.span == sought.span)
}

/// A field that says where a message comes from or goes to; to look at it is not to read the message.
fn is_address(field: &str) -> bool {
    let plain: String = field.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    ["to", "from", "dest", "src", "source", "destination", "mto", "mfrom", "mdest", "msource", "msrc", "dst"]
        .contains(&plain.as_str())
}

/// Whether a variable says by its name who is cut off, or that the network is at fault.
pub(crate) fn is_fault_switch(name: &str) -> bool {
    const PARTS: &[&str] = &[
        "drop",
        "lossy",
        "lost",
        "loss",
        "fault",
        "enabled",
        "partition",
        "connected",
        "reliable",
        "crash",
        "alive",
        "failed",
        "reachable",
    ];
    let lower = name.to_ascii_lowercase();
    PARTS.iter().any(|part| lower.contains(part))
        || matches!(lower.as_str(), "fd" | "up" | "down" | "online" | "offline")
}

/// Whether a new value of the network would have a message less.
pub(super) fn removes<'a>(module: &Module<'a>, scopes: &mut Scopes<'a>, value: Closure<'a>, depth: usize) -> bool {
    if depth > 8 {
        return false;
    }
    let followed = scopes.followed(module, value);
    let scope = followed.scope;
    match &followed.expr.kind {
        ExprKind::Apply { operator, arguments, .. } => {
            let name = operator.name.as_str();
            matches!(name, "\\" | "\\ominus" | "\\-" | "Tail" | "RemoveAt" | "Remove" | "RemoveEl" | "BagRemove")
                || name.to_ascii_lowercase().contains("remove")
                || name.to_ascii_lowercase().contains("without")
                || matches!(name, "SelectSeq")
                || matches!(name, "\\o") && arguments.iter().all(is_slice)
        }
        ExprKind::Except { updates, .. } => updates.iter().any(|update| {
            matches!(&update.value.kind, ExprKind::Apply { operator, .. } if operator.name == "-")
                || removes(module, scopes, Closure { expr: &update.value, scope }, depth + 1)
        }),
        ExprKind::Filter { .. } => true,
        ExprKind::If { then, otherwise, .. } => {
            removes(module, scopes, Closure { expr: then, scope }, depth + 1)
                || removes(module, scopes, Closure { expr: otherwise, scope }, depth + 1)
        }
        ExprKind::Function { body, .. } => match &body.kind {
            ExprKind::If { then, otherwise, .. } => [then, otherwise].iter().any(|arm| {
                matches!(&arm.kind, ExprKind::Apply { operator, .. } if matches!(operator.name.as_str(), "-" | "Tail" | "\\"))
            }),
            ExprKind::Index { .. } => true,
            _ => false,
        },
        _ => false,
    }
}

fn is_slice(expr: &crate::syntax::tree::Expr) -> bool {
    matches!(&expr.kind, ExprKind::Apply { operator, .. } if operator.name == "SubSeq")
}
