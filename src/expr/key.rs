//! Loops that look for elements by what they hold, as in `agency.people.exists(p, p.id == x)`.
//!
//! An equality between something of the element alone and something outside the loop is a key when it
//! decides the condition by being false: an element that differs needs no further look. `eval::index`
//! tells which elements may be equal. Also here: which loops look at the document alone.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::expr::ast::{Comparison, LoopKind};
use crate::expr::program::{Load, LoopOp, Op, OpId};
use crate::schema::ShapeId;

/// What the elements of a list are looked for by.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    /// What of an element is compared.
    pub(super) of: OpId,
    /// The same, for all loops that compare the same.
    pub(super) attribute: Attribute,
    /// The shape of the element and the place in it, where a plain field is compared.
    pub(super) place: Option<(ShapeId, u32)>,
    /// What it must equal.
    pub(super) wanted: OpId,
}

/// What of its elements a list is indexed by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Attribute {
    /// How the elements are read.
    load: Load,
    /// What is made of an element; none for the element itself.
    spelling: Option<Arc<str>>,
}

impl Attribute {
    /// The elements themselves.
    pub(super) const fn itself(load: Load) -> Self {
        Self {
            load,
            spelling: None,
        }
    }
}

/// The key of a loop, if its condition holds one. What changes from one look-up to the next tells more
/// elements apart than a constant, so that it comes first.
pub(super) fn of_loop(ops: &[Op], looped: &LoopOp) -> Option<Key> {
    let body = Body { ops, looped };
    let mut equalities = Vec::new();
    body.equalities(
        looped.condition?,
        looped.kind == LoopKind::All,
        &mut equalities,
    );
    let sides = equalities.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]);
    let keys: Vec<Key> = sides.filter_map(|sides| body.key(sides)).collect();
    let is_constant = |key: &Key| {
        matches!(
            body.op(key.wanted),
            Op::Const(_) | Op::Today | Op::Setting(_) | Op::Term(_)
        )
    };
    let chosen = keys.iter().position(|key| !is_constant(key)).unwrap_or(0);
    keys.into_iter().nth(chosen)
}

/// Whether a loop gives the same for one document and one rule, whatever the rule is looking at: the
/// only variable outside that it reads is the document, which has the first slot.
pub(super) fn is_fixed(ops: &[Op], looped: &LoopOp) -> bool {
    let reads = |slot| slot == 0 || slot >= looped.slot;
    [Some(looped.range), looped.condition, looped.result]
        .into_iter()
        .flatten()
        .all(|part| {
            all_below(
                ops,
                part,
                &|op| !matches!(op, Op::Slot(slot) if !reads(*slot)),
            )
        })
}

/// Whether something holds for an operation and all those that it needs, in loops and bindings too.
fn all_below(ops: &[Op], id: OpId, holds: &impl Fn(&Op) -> bool) -> bool {
    let op = &ops[id.0 as usize];
    let inner = match op {
        Op::Loop(looped) => [looped.condition, looped.result],
        Op::Bind { body, .. } => [Some(*body), None],
        _ => [None, None],
    };
    let mut parts = op.children().into_iter().chain(inner.into_iter().flatten());
    holds(op) && parts.all(|part| all_below(ops, part, holds))
}

/// The inside of a loop.
struct Body<'o> {
    ops: &'o [Op],
    looped: &'o LoopOp,
}

impl Body<'_> {
    fn op(&self, id: OpId) -> &Op {
        &self.ops[id.0 as usize]
    }

    /// The slot of the element; those behind it belong to loops within.
    fn element(&self) -> usize {
        self.looped.slot + usize::from(self.looped.pairs)
    }

    /// The equalities each of which makes a condition `decided` by being false, whatever the rest of the
    /// condition is: `&&` and `||` take the side that decides, even beside a fault.
    fn equalities(&self, id: OpId, decided: bool, found: &mut Vec<(OpId, OpId)>) {
        match (self.op(id), decided) {
            (Op::Compare(Comparison::Equal, left, right), false)
            | (Op::Compare(Comparison::NotEqual, left, right), true) => {
                found.push((*left, *right));
            }
            (Op::And(left, right), false) | (Op::Or(left, right), true) => {
                self.equalities(*left, decided, found);
                self.equalities(*right, decided, found);
            }
            (Op::Not(operand), _) => self.equalities(*operand, !decided, found),
            _ => {}
        }
    }

    /// The key that an equality is, when one side depends on the element and on nothing else, and the other
    /// on nothing in the loop.
    fn key(&self, (of, wanted): (OpId, OpId)) -> Option<Key> {
        let variables = self.looped.slot..=self.element();
        let is_outside = |op: &Op| !matches!(op, Op::Slot(slot) if variables.contains(slot));
        if all_below(self.ops, of, &is_outside) || !all_below(self.ops, wanted, &is_outside) {
            return None;
        }
        let mut spelling = String::new();
        self.spell(of, &mut spelling)?;
        let (is_itself, place) = match self.op(of) {
            Op::Field(object, field) if field.load == Load::Plain => {
                let is_own = matches!(self.op(*object), Op::Slot(_));
                (false, field.place.filter(|_| is_own))
            }
            op => (matches!(op, Op::Slot(_)), None),
        };
        Some(Key {
            of,
            attribute: Attribute {
                load: self.looped.load,
                spelling: (!is_itself).then(|| spelling.into()),
            },
            place,
            wanted,
        })
    }

    /// Spells out what is made of the element, so that it reads alike wherever it is the same; nothing for
    /// what depends on other variables, and for what only a loop or a name can say.
    fn spell(&self, id: OpId, text: &mut String) -> Option<()> {
        let op = self.op(id);
        // Writing to a `String` cannot fail.
        let _ = match op {
            Op::Slot(slot) if *slot == self.element() => write!(text, "@"),
            Op::Const(constant) => write!(text, "{constant:?}"),
            Op::Today => write!(text, "today"),
            Op::Field(_, field) => write!(text, ".{:?}{:?}", field.name, field.load),
            Op::MaybeField(_, field) => write!(text, ".?{:?}{:?}", field.name, field.load),
            Op::Index(_, _, load) => write!(text, "[]{load:?}"),
            Op::MaybeIndex(_, _, load) => write!(text, "[?]{load:?}"),
            Op::Arithmetic(kind, ..) => write!(text, "{kind:?}"),
            Op::Call(function, _) => write!(text, "{function:?}"),
            Op::Cond(..) => write!(text, "?:"),
            Op::Has(_) => write!(text, "has"),
            _ => return None,
        };
        text.push('(');
        for child in op.children() {
            self.spell(child, text)?;
            text.push(',');
        }
        text.push(')');
        Some(())
    }
}
