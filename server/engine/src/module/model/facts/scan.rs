//! Reads the guards and the new values of a walk.

use crate::{
    module::Module,
    syntax::tree::{Body, Expr, ExprKind, Update, UpdateStep},
};

use super::{
    super::{
        actions::{Guard, Walked},
        constants,
        operands::{Operand, Place, Reader, Slot},
        scopes::{Binding, Closure, Meaning, Scopes},
    },
    Built, Comparison, Facts, Majority, Purpose, Source, is_kind_field,
};

pub(super) struct Scan<'s, 'a> {
    pub(super) reader: Reader<'s, 'a>,
    pub(super) facts: Facts<'a>,
    pub(super) source: Source,
    depth: usize,
    budget: usize,
    /// Bodies that are being read, so that a recursive operator is read once.
    stack: Vec<&'a Expr>,
    /// Whether what is read is looked for in a set.
    purpose: Purpose,
}

/// Reads every guard and every new value of a walk, as far as the budget goes: so many expressions are looked at.
pub(crate) fn read<'a>(
    module: &Module<'a>,
    scopes: &mut Scopes<'a>,
    walk: &Walked<'a>,
    source: &'a str,
    budget: &mut usize,
) -> Facts<'a> {
    let mut scan = Scan {
        reader: Reader { module, scopes, source, at: None },
        facts: Facts::default(),
        source: Source { branch: 0, effect: None },
        depth: 0,
        budget: *budget,
        stack: Vec::new(),
        purpose: Purpose::Made,
    };
    let branches = walk.branches.iter().zip(&walk.guards).enumerate();
    for (index, (_, guards)) in branches.filter(|(_, (branch, _))| !branch.dead) {
        scan.source = Source { branch: index, effect: None };
        for guard in guards {
            scan.test(*guard);
        }
    }
    for (index, (effect, value)) in walk.effects.iter().zip(&walk.values).enumerate() {
        let Some(value) = value.filter(|_| !walk.branches[effect.branch].dead) else { continue };
        scan.source = Source { branch: effect.branch, effect: Some(index) };
        let slot = Slot { variable: effect.variable, field: None };
        let whole = Place { slot, index: 0, indices: 0, entry: None, entry_by: None };
        scan.reader.at = None;
        scan.give(value, whole, 0, &mut Vec::new(), 0);
        scan.reader.at = None;
        scan.scan(value);
    }
    *budget = scan.budget;
    scan.facts
}

impl<'a> Scan<'_, 'a> {
    pub(super) fn spend(&mut self) -> bool {
        if self.budget == 0 || self.depth > 60 {
            return false;
        }
        self.budget -= 1;
        true
    }

    /// Reads a formula that must hold (or must not).
    fn test(&mut self, guard: Guard<'a>) {
        if !self.spend() {
            return;
        }
        self.depth += 1;
        self.test_within(guard);
        self.depth -= 1;
    }

    fn test_within(&mut self, guard: Guard<'a>) {
        let Closure { expr, scope } = guard.test;
        let of = |expr: &'a Expr| Closure { expr, scope };
        let part = |expr: &'a Expr| Guard { test: of(expr), holds: guard.holds };
        match &expr.kind {
            ExprKind::Junction { items, .. } | ExprKind::Broken(items) => {
                items.iter().for_each(|item| self.test(part(item)));
            }
            ExprKind::Quantifier { bounds, body, .. } => {
                for set in bounds.iter().filter_map(|bound| bound.set.as_ref()) {
                    self.quorum_of(part(set));
                    self.scan(of(set));
                }
                let scope = self.reader.scopes.bind(scope, bounds);
                self.test(Guard { test: Closure { expr: body, scope }, holds: guard.holds });
            }
            ExprKind::If { test, then, otherwise } => {
                self.test(Guard { test: of(test), holds: true });
                self.test(part(then));
                self.test(part(otherwise));
            }
            ExprKind::Let { items, body } => {
                let scope = self.reader.scopes.bind_let(scope, items);
                self.test(Guard { test: Closure { expr: body, scope }, holds: guard.holds });
            }
            ExprKind::Case { arms, other } => {
                for (test, value) in arms {
                    self.test(Guard { test: of(test), holds: true });
                    self.test(part(value));
                }
                if let Some(other) = other {
                    self.test(part(other));
                }
            }
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                match (operator.name.as_str(), arguments.as_slice()) {
                    ("~", [inner]) => self.test(Guard { test: of(inner), holds: !guard.holds }),
                    ("=>" | "\\equiv", [left, right]) => {
                        self.test(part(left));
                        self.test(part(right));
                    }
                    ("=" | "/=" | "<" | ">" | "\\leq" | "\\geq" | "\\in" | "\\notin" | "\\subseteq", [left, right]) => {
                        self.compare(guard, &operator.name, of(left), of(right));
                    }
                    (name, _) => self.truth(guard, name, arguments),
                }
            }
            _ => self.truth(guard, "", &[]),
        }
    }

    /// A name, a call or a part of the state that stands for a truth value.
    fn truth(&mut self, guard: Guard<'a>, name: &'a str, arguments: &'a [Expr]) {
        let Guard { test: closure, holds } = guard;
        if speaks_of_majority(name) {
            self.facts.majorities.push(Majority { holds, source: self.source });
        }
        let followed = self.reader.followed(closure);
        if !std::ptr::eq(followed.expr, closure.expr) {
            if !self.stack.iter().any(|known| std::ptr::eq(*known, followed.expr)) {
                self.stack.push(followed.expr);
                self.test(Guard { test: followed, holds });
                self.stack.pop();
            }
            return;
        }
        let operand = self.reader.operand(closure);
        if matches!(operand, Operand::Place(_) | Operand::Field(..)) {
            let span = self.reader.scopes.span(closure);
            let (source, right) = (self.source, Operand::Truth(true));
            self.facts.comparisons.push(Comparison { operator: "=", left: operand, right, holds, source, span });
        }
        if arguments.is_empty() && !name.is_empty() {
            return;
        }
        self.children(closure);
    }

    fn compare(&mut self, whole: Guard<'a>, operator: &'a str, left: Closure<'a>, right: Closure<'a>) {
        let Guard { test: whole, holds } = whole;
        let span = self.reader.scopes.span(whole);
        let source = self.source;
        if matches!(operator, "\\in" | "\\notin") {
            self.quorum_of(Guard { test: right, holds });
        }
        if matches!(operator, "<" | ">" | "\\leq" | "\\geq") {
            let weights = self.weights(left, 0) | self.weights(right, 0);
            if weights & NAMED != 0 || weights & (COUNT | HALF) == COUNT | HALF {
                // `IF votes < quorum THEN wait`: the other arm is the one that has the majority.
                let bound = self.weights(left, 0) & (HALF | NAMED) != 0;
                let counted = self.doubled(left) || !self.doubled(right) && !bound;
                let more = counted == matches!(operator, ">" | "\\geq");
                self.facts.majorities.push(Majority { holds: holds == more, source });
            }
        }
        let mut left_side = self.reader.operand(left);
        let mut right_side = self.reader.operand(right);
        // `TRUE = x` and `"a" = x` read the same as the other way round.
        if matches!(left_side, Operand::Atom(_) | Operand::Truth(_) | Operand::Number(_))
            && matches!(operator, "=" | "/=")
        {
            std::mem::swap(&mut left_side, &mut right_side);
        }
        self.facts.comparisons.push(Comparison { operator, left: left_side, right: right_side, holds, source, span });
        let purpose = match operator {
            "\\in" | "\\notin" if (operator == "\\in") == holds => Purpose::Sought,
            "\\in" | "\\notin" => Purpose::Absent,
            _ => Purpose::Made,
        };
        let before = std::mem::replace(&mut self.purpose, purpose);
        self.scan(left);
        self.purpose = before;
        self.scan(right);
    }

    /// `2 * x` and `x * 2`: the side is the count, not the bound.
    fn doubled(&mut self, side: Closure<'a>) -> bool {
        let followed = self.reader.followed(side);
        matches!(&followed.expr.kind, ExprKind::Apply { operator, arguments, .. }
            if operator.name == "*" && arguments.len() == 2)
    }

    fn quorum_of(&mut self, set: Guard<'a>) {
        let named = |expr: &Expr| match &expr.kind {
            ExprKind::Apply { operator, .. } => speaks_of_majority(&operator.name),
            _ => false,
        };
        if named(set.test.expr) {
            self.facts.majorities.push(Majority { holds: set.holds, source: self.source });
        }
    }

    /// Whether an expression counts something, and whether it halves (or doubles) something.
    fn weights(&mut self, closure: Closure<'a>, depth: usize) -> u8 {
        if depth > 8 || !self.spend() {
            return 0;
        }
        let Closure { expr, scope } = closure;
        match &expr.kind {
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                let name = operator.name.as_str();
                let mut weights = 0;
                if speaks_of_majority(name) {
                    weights |= NAMED;
                }
                if matches!(name, "Cardinality" | "BagCardinality" | "Len") {
                    return COUNT;
                }
                if counts(name) {
                    weights |= COUNT;
                }
                if matches!(name, "*" | "\\div" | "/") {
                    let two = |expr: &'a Expr| self.reader.text(Closure { expr, scope }) == "2";
                    if arguments.iter().any(two) {
                        weights |= HALF;
                    }
                }
                for argument in arguments {
                    weights |= self.weights(Closure { expr: argument, scope }, depth + 1);
                }
                let followed = self.reader.followed(closure);
                if !std::ptr::eq(followed.expr, expr) {
                    weights |= self.weights(followed, depth + 1);
                }
                weights
            }
            ExprKind::If { then, otherwise, .. } => {
                self.weights(Closure { expr: then, scope }, depth + 1)
                    | self.weights(Closure { expr: otherwise, scope }, depth + 1)
            }
            ExprKind::Index { function, .. } => self.weights(Closure { expr: function, scope }, depth + 1),
            ExprKind::Field { field, .. } => u8::from(counts(&field.name)) * COUNT,
            ExprKind::Let { items, body } => {
                let scope = self.reader.scopes.bind_let(scope, items);
                self.weights(Closure { expr: body, scope }, depth + 1)
            }
            _ => 0,
        }
    }

    /// Reads an expression that is no formula of its own, for what lies within.
    fn scan(&mut self, closure: Closure<'a>) {
        if !self.spend() {
            return;
        }
        self.depth += 1;
        self.scan_within(closure);
        self.depth -= 1;
    }

    fn scan_within(&mut self, closure: Closure<'a>) {
        let Closure { expr, scope } = closure;
        match &expr.kind {
            ExprKind::Number | ExprKind::Str(_) | ExprKind::At | ExprKind::Symbol(_) | ExprKind::Opaque => {}
            ExprKind::If { test, then, otherwise } => {
                self.test(Guard { test: Closure { expr: test, scope }, holds: true });
                self.scan(Closure { expr: then, scope });
                self.scan(Closure { expr: otherwise, scope });
            }
            ExprKind::Junction { .. } | ExprKind::Quantifier { .. } => self.test(Guard { test: closure, holds: true }),
            ExprKind::Apply { path, operator, arguments } if path.is_empty() => {
                let name = operator.name.as_str();
                match name {
                    "~" | "=>" | "\\equiv" | "=" | "/=" | "<" | ">" | "\\leq" | "\\geq" | "\\in" | "\\notin"
                    | "\\subseteq" => self.test(Guard { test: closure, holds: true }),
                    _ => {
                        if speaks_of_majority(name) && !arguments.is_empty() {
                            self.facts.majorities.push(Majority { holds: true, source: self.source });
                        }
                        match self.reader.scopes.called(self.reader.module, name, arguments, scope) {
                            Some(body) if self.stack.iter().any(|known| std::ptr::eq(*known, body.expr)) => {
                                self.children(closure);
                            }
                            Some(body) => {
                                self.stack.push(body.expr);
                                self.scan(body);
                                self.stack.pop();
                            }
                            None => self.children(closure),
                        }
                    }
                }
            }
            ExprKind::Record(fields) => {
                self.record(closure, fields.iter().map(|(field, value)| (field.name.as_str(), value)));
                self.children(closure);
            }
            ExprKind::Except { updates, base } => {
                let base = self.reader.followed(Closure { expr: base, scope });
                if self.reader.place(base, 0).is_none() {
                    let fields = updates.iter().filter_map(|update| match update.path.as_slice() {
                        [UpdateStep::Field(field)] => Some((field.name.as_str(), &update.value)),
                        _ => None,
                    });
                    self.record(closure, fields);
                }
                self.children(closure);
            }
            ExprKind::Tuple(items) => {
                self.message_tuple(closure, items);
                self.children(closure);
            }
            _ => self.children(closure),
        }
    }

    fn record(&mut self, closure: Closure<'a>, fields: impl Iterator<Item = (&'a str, &'a Expr)>) {
        let mut kinds = Vec::new();
        let mut names = Vec::new();
        for (name, value) in fields {
            names.push(name);
            if is_kind_field(name) {
                self.kinds_of(Closure { expr: value, scope: closure.scope }, &mut kinds, 0);
            }
        }
        if !kinds.is_empty() {
            let span = self.reader.scopes.span(closure);
            self.facts.built.push(Built { kinds, fields: names, purpose: self.purpose, source: self.source, span });
        }
    }

    /// `<<"vote", from, to>>` put into a network is a message as well.
    fn message_tuple(&mut self, closure: Closure<'a>, items: &'a [Expr]) {
        let Some(first) = items.first().filter(|_| items.len() > 1 && self.source.effect.is_some()) else { return };
        let mut kinds = Vec::new();
        let first = Closure { expr: first, scope: closure.scope };
        if let Operand::Atom(atom) = self.reader.operand(first) {
            kinds.push(atom);
            let span = self.reader.scopes.span(closure);
            self.facts.built.push(Built {
                kinds,
                fields: Vec::new(),
                purpose: self.purpose,
                source: self.source,
                span,
            });
        }
    }

    /// The kinds that a record may have: both arms of IF, all arms of CASE.
    fn kinds_of(&mut self, value: Closure<'a>, kinds: &mut Vec<&'a str>, depth: usize) {
        if depth > 8 {
            return;
        }
        let followed = self.reader.followed(value);
        let scope = followed.scope;
        match &followed.expr.kind {
            ExprKind::If { test, then, otherwise } => {
                let test = Closure { expr: test, scope };
                let known = constants::truth(self.reader.module, self.reader.scopes, test, 0);
                if known != Some(false) {
                    self.kinds_of(Closure { expr: then, scope }, kinds, depth + 1);
                }
                if known != Some(true) {
                    self.kinds_of(Closure { expr: otherwise, scope }, kinds, depth + 1);
                }
            }
            ExprKind::Case { arms, other } => {
                for (_, arm) in arms {
                    self.kinds_of(Closure { expr: arm, scope }, kinds, depth + 1);
                }
                if let Some(other) = other {
                    self.kinds_of(Closure { expr: other, scope }, kinds, depth + 1);
                }
            }
            _ => {
                if let Operand::Atom(atom) = self.reader.operand(value) {
                    kinds.push(atom);
                } else if let ExprKind::Apply { .. } = &followed.expr.kind
                    && let Some(name) = followed.expr.as_name()
                    && let Meaning::Bound(Binding::Element(Some(set)), _) =
                        self.reader.scopes.meaning(&name.name, scope)
                    && let Operand::Atoms(atoms) = self.reader.operand(set)
                {
                    kinds.extend(atoms);
                }
            }
        }
    }

    fn children(&mut self, closure: Closure<'a>) {
        let Closure { expr, scope } = closure;
        match &expr.kind {
            ExprKind::Function { bounds, body } | ExprKind::Map { body, bounds } => {
                for set in bounds.iter().filter_map(|bound| bound.set.as_ref()) {
                    self.scan(Closure { expr: set, scope });
                }
                let scope = self.reader.scopes.bind(scope, bounds);
                self.scan(Closure { expr: body, scope });
            }
            ExprKind::Choose { bound, body } | ExprKind::Filter { bound, body } => {
                if let Some(set) = &bound.set {
                    self.scan(Closure { expr: set, scope });
                }
                let scope = self.reader.scopes.bind(scope, std::slice::from_ref(&**bound));
                self.test(Guard { test: Closure { expr: body, scope }, holds: true });
            }
            ExprKind::Let { items, body } => {
                let scope = self.reader.scopes.bind_let(scope, items);
                self.scan(Closure { expr: body, scope });
            }
            ExprKind::Lambda { parameters, body } => {
                let names = parameters.iter().map(|ident| ident.name.as_str());
                let scope = self.reader.scopes.bind_unknown(scope, names);
                self.scan(Closure { expr: body, scope });
            }
            ExprKind::Except { base, updates } => {
                self.scan(Closure { expr: base, scope });
                for update in updates {
                    for step in &update.path {
                        if let UpdateStep::Index(indices) = step {
                            indices.iter().for_each(|expr| self.scan(Closure { expr, scope }));
                        }
                    }
                    let before = self.reader.at;
                    let base = self.reader.followed(Closure { expr: base, scope });
                    self.reader.at = self.updated(base, update, scope);
                    self.scan(Closure { expr: &update.value, scope });
                    self.reader.at = before;
                }
            }
            ExprKind::Index { function, arguments } => {
                self.function_call(Closure { expr: function, scope });
                self.scan(Closure { expr: function, scope });
                arguments.iter().for_each(|expr| self.scan(Closure { expr, scope }));
            }
            _ => {
                let mut inner = Vec::new();
                expr.children(&mut |child| inner.push(child));
                inner.into_iter().for_each(|expr| self.scan(Closure { expr, scope }));
            }
        }
    }

    /// `f[x]` of a function that the module defines: its body is read with unknown arguments.
    fn function_call(&mut self, function: Closure<'a>) {
        let Some(name) = function.expr.as_name() else { return };
        let Meaning::Definition(index) = self.reader.scopes.meaning(&name.name, function.scope) else { return };
        let placed = self.reader.module.definitions[index];
        let Body::Expression(body) = &placed.value.body else { return };
        if placed.value.bounds.is_empty() || self.depth > 20 {
            return;
        }
        let scope = self.reader.scopes.enter(placed.value, &[], function.scope, None, (index, placed.offset));
        self.scan(Closure { expr: body, scope });
    }

    /// The place that an update of EXCEPT changes.
    fn updated(&mut self, base: Closure<'a>, update: &'a Update, scope: usize) -> Option<Place<'a>> {
        let mut place = self.reader.place(base, 0)?;
        for step in &update.path {
            match step {
                UpdateStep::Field(field) if place.slot.field.is_none() && place.indices <= 1 => {
                    place.slot.field = Some(&field.name);
                }
                UpdateStep::Field(field) => place.entry = Some(&field.name),
                UpdateStep::Index(indices) => {
                    if let [index] = indices.as_slice() {
                        if let ExprKind::Str(field) = &index.kind {
                            if place.slot.field.is_none() && place.indices <= 1 {
                                place.slot.field = Some(field);
                            }
                            continue;
                        }
                        if place.indices == 0 && place.slot.field.is_none() {
                            place.index = self.reader.key(Closure { expr: index, scope }, 0);
                        }
                    }
                    place.indices = place.indices.saturating_add(1);
                }
            }
        }
        Some(place)
    }
}

const COUNT: u8 = 1;
const HALF: u8 = 2;
const NAMED: u8 = 4;

fn speaks_of_majority(name: &str) -> bool {
    contains_word(name, &["quorum", "majority"])
}

/// Whether a name is one of a number of servers or votes.
fn counts(name: &str) -> bool {
    const WORDS: &[&str] = &["count", "num", "votes", "granted", "acks", "size", "nservers", "nnodes", "cardinality"];
    contains_word(name, WORDS)
}

/// Whether a name contains one of some small words, in whatever case.
fn contains_word(name: &str, words: &[&str]) -> bool {
    let name = name.as_bytes();
    words.iter().any(|word| name.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word.as_bytes())))
}
