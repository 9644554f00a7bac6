//! The values that an effect may give to a slot: every arm of its IFs, every update of its EXCEPT.

use crate::syntax::tree::{Expr, ExprKind, UpdateStep};

use super::{
    super::{
        actions::Guard,
        conditions, constants,
        operands::{Place, Slot},
        scopes::Closure,
    },
    Given,
    scan::Scan,
};

impl<'a> Scan<'_, 'a> {
    /// Gathers the values that an effect may give, with their conditions.
    pub(super) fn give(
        &mut self,
        value: Closure<'a>,
        place: Place<'a>,
        index: u64,
        conditions: &mut Vec<Guard<'a>>,
        depth: usize,
    ) {
        if depth > 14 || !self.spend() {
            return;
        }
        let followed = self.reader.followed(value);
        let scope = followed.scope;
        let of = |expr: &'a Expr| Closure { expr, scope };
        match &followed.expr.kind {
            ExprKind::If { test, then, otherwise } => {
                let known = constants::truth(self.reader.module, self.reader.scopes, of(test), 0);
                for (holds, arm) in [(true, then), (false, otherwise)] {
                    if known == Some(!holds) {
                        continue;
                    }
                    conditions.push(Guard { test: of(test), holds });
                    self.give(of(arm), place, index, conditions, depth + 1);
                    conditions.pop();
                }
            }
            ExprKind::Case { arms, other } => {
                for (test, arm) in arms {
                    conditions.push(Guard { test: of(test), holds: true });
                    self.give(of(arm), place, index, conditions, depth + 1);
                    conditions.pop();
                }
                if let Some(other) = other {
                    self.give(of(other), place, index, conditions, depth + 1);
                }
            }
            ExprKind::Except { base, updates } => {
                let base = self.reader.followed(of(base));
                if !matches!(base.expr.kind, ExprKind::At | ExprKind::Index { .. }) && base.expr.as_name().is_none() {
                    self.give(base, place, index, conditions, depth + 1);
                }
                for update in updates {
                    let mut inner = place;
                    let mut key = index;
                    for step in &update.path {
                        match step {
                            UpdateStep::Field(field) if inner.slot.field.is_none() && inner.indices <= 1 => {
                                inner.slot.field = Some(&field.name);
                            }
                            UpdateStep::Field(field) => inner.entry = Some(&field.name),
                            UpdateStep::Index(indices) => {
                                if let [expr] = indices.as_slice() {
                                    if let ExprKind::Str(field) = &expr.kind {
                                        inner.slot.field = inner.slot.field.or(Some(field));
                                        continue;
                                    }
                                    if key == 0 {
                                        key = self.reader.key(of(expr), 0);
                                    }
                                }
                                inner.indices = inner.indices.saturating_add(1);
                            }
                        }
                    }
                    inner.index = key;
                    let before = self.reader.at.replace(inner);
                    self.give(of(&update.value), inner, key, conditions, depth + 1);
                    self.reader.at = before;
                }
            }
            ExprKind::Function { bounds, body } => {
                let scope = self.reader.scopes.bind(scope, bounds);
                let inner = Place { indices: place.indices.saturating_add(1), ..place };
                self.give(Closure { expr: body, scope }, inner, index, conditions, depth + 1);
            }
            ExprKind::Record(fields) if place.slot.field.is_none() && place.indices <= 1 => {
                for (field, expr) in fields {
                    let inner = Place { slot: Slot { field: Some(&field.name), ..place.slot }, ..place };
                    self.give(of(expr), inner, index, conditions, depth + 1);
                }
            }
            ExprKind::Apply { operator, arguments, .. } if operator.name == "@@" || operator.name == ":>" => {
                let taken: &[Expr] =
                    if operator.name == ":>" { &arguments[1.min(arguments.len())..] } else { arguments };
                for argument in taken {
                    self.give(of(argument), place, index, conditions, depth + 1);
                }
            }
            _ => self.leaf(value, followed, place, index, conditions),
        }
    }

    fn leaf(
        &mut self,
        value: Closure<'a>,
        followed: Closure<'a>,
        place: Place<'a>,
        index: u64,
        conditions: &[Guard<'a>],
    ) {
        let operand = self.reader.operand(value);
        // The old value is no new one; that of another node is.
        let same_node = |old: &Place<'_>| old.index == index || old.index == 0 || index == 0;
        if operand.place().is_some_and(|old| {
            old.slot == place.slot && old.entry.is_none() && old.indices <= place.indices && same_node(old)
        }) {
            return;
        }
        let (mut made_by, mut own_entry) = ("", false);
        if let ExprKind::Apply { operator, arguments, .. } = &followed.expr.kind {
            if !arguments.is_empty() {
                made_by = operator.name.as_str();
            }
            if matches!(made_by, "Append" | "\\o")
                && let Some(added) = arguments.last()
            {
                let added = Closure { expr: added, scope: followed.scope };
                own_entry = !self.is_copied(added, place.slot, 0);
            }
        }
        let own_index = index != 0 && self.reader.key(value, 0) == index;
        let effect = self.source.effect.unwrap_or_default();
        let condition = match operand.atoms() {
            Some(_) => conditions::of(&mut self.reader, conditions),
            None => None,
        };
        self.facts.given.push(Given {
            slot: place.slot,
            value: operand,
            index,
            own_index,
            condition,
            made_by,
            own_entry,
            at: self.reader.at,
            effect,
        });
    }

    /// Whether what is appended to a log comes out of a message's entries or out of another node's log; such an entry
    /// is no new one.
    fn is_copied(&mut self, added: Closure<'a>, log: Slot<'a>, depth: usize) -> bool {
        if depth > 8 || !self.spend() {
            return false;
        }
        let followed = self.reader.followed(added);
        if self.reader.place(followed, 0).is_some_and(|place| place.slot == log) {
            return true;
        }
        if let Some((field, _)) = self.reader.field(followed) {
            return depth == 0 || field.to_ascii_lowercase().contains("entr");
        }
        let of = |expr: &'a Expr| Closure { expr, scope: followed.scope };
        match &followed.expr.kind {
            // A name that means nothing here stood in a LET that could not be read.
            ExprKind::Apply { operator, arguments, .. } if arguments.is_empty() => {
                operator.name.to_ascii_lowercase().contains("entries")
            }
            ExprKind::Apply { operator, arguments, .. } if operator.name == "SubSeq" => !arguments.is_empty(),
            ExprKind::Tuple(items) => items.iter().any(|expr| self.is_copied(of(expr), log, depth + 1)),
            ExprKind::Index { function, .. } => {
                let list = self.reader.followed(of(function));
                self.reader.field(list).is_some() || self.is_copied(list, log, depth + 1)
            }
            ExprKind::Function { bounds, body } => {
                let scope = self.reader.scopes.bind(followed.scope, bounds);
                self.is_copied(Closure { expr: body, scope }, log, depth + 1)
            }
            ExprKind::If { then, otherwise, .. } => {
                self.is_copied(of(then), log, depth + 1) || self.is_copied(of(otherwise), log, depth + 1)
            }
            _ => false,
        }
    }
}
