//! Loops that look for an element by one of its fields, as in `agency.people.exists(p, p.id == x)`.
//!
//! The side of the equality that does not depend on the element is run once; an element whose field
//! differs from it cannot satisfy the condition, so nothing else of the condition is run for it.

use crate::expr::ast::Comparison;
use crate::expr::program::{FieldRef, Load, Op, OpId};

/// What an element is looked for by.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// The field of the element.
    pub(super) field: FieldRef,
    /// What it must equal.
    pub(super) wanted: OpId,
}

/// The equality that the condition of a loop begins with, if it begins with one between a field of the
/// element in `slot` and something outside.
pub(super) fn of_condition(ops: &[Op], condition: OpId, slot: usize) -> Option<Key> {
    let op = |id: OpId| &ops[id.0 as usize];
    let mut first = condition;
    while let Op::And(left, _) = op(first) {
        first = *left;
    }
    let Op::Compare(Comparison::Equal, left, right) = op(first) else {
        return None;
    };
    let field = |id: OpId| match op(id) {
        Op::Field(object, field) if matches!(op(*object), Op::Slot(own) if *own == slot) => {
            Some(field).filter(|field| field.load == Load::Plain)
        }
        _ => None,
    };
    let (field, wanted) = match (field(*left), field(*right)) {
        (Some(field), None) => (field, *right),
        (None, Some(field)) => (field, *left),
        _ => return None,
    };
    let key = Key {
        field: field.clone(),
        wanted,
    };
    is_outside(ops, wanted, slot).then_some(key)
}

/// Whether an operation looks at nothing inside the loop; a loop of its own counts as inside.
fn is_outside(ops: &[Op], id: OpId, slot: usize) -> bool {
    match &ops[id.0 as usize] {
        Op::Slot(used) => *used < slot,
        Op::Loop(_) | Op::Bind { .. } => false,
        op => op
            .children()
            .into_iter()
            .all(|child| is_outside(ops, child, slot)),
    }
}
