//! Terms: operations of checked expressions, and which of them certainly have the same value.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::mem::discriminant;

use crate::expr::mark::{Checked, Sort};
use crate::expr::program::{Constant, FieldRef, Function, LoopOp, Op, OpId};
use crate::schema::{Shape, ShapeId, Shapes};
use crate::source::Span;
use crate::work;

/// An operation of an expression.
#[derive(Clone, Copy)]
pub(super) struct Term<'c> {
    /// Which expression of the rule it belongs to.
    pub(super) part: usize,
    checked: &'c Checked,
    id: OpId,
}

impl<'c> Term<'c> {
    /// A whole expression.
    pub(super) fn root(part: usize, checked: &'c Checked) -> Self {
        let id = checked.program.root;
        Self { part, checked, id }
    }

    /// Another operation of the same expression.
    pub(super) const fn at(self, id: OpId) -> Self {
        Self { id, ..self }
    }

    pub(super) fn op(self) -> &'c Op {
        self.checked.program.op(self.id)
    }

    pub(super) fn span(self) -> Span {
        self.checked.marks[self.id.0 as usize].span
    }

    pub(super) fn sort(self) -> Sort {
        self.checked.marks[self.id.0 as usize].sort
    }

    /// The object and the field, if the term reads one.
    pub(super) fn step(self) -> Option<(Self, &'c FieldRef)> {
        match self.op() {
            Op::Field(object, field) | Op::MaybeField(object, field) => {
                Some((self.at(*object), field))
            }
            _ => None,
        }
    }

    /// The constant that the term is, if it is written out.
    pub(super) fn constant(self) -> Option<&'c Constant> {
        match self.op() {
            Op::Const(constant) => Some(constant),
            _ => None,
        }
    }

    /// Whether the term is written out, or is a number of days that is.
    pub(super) fn is_constant(self) -> bool {
        match self.op() {
            Op::Const(_) => true,
            Op::Call(Function::Days, args) => {
                args.iter().all(|arg| self.at(*arg).constant().is_some())
            }
            _ => false,
        }
    }

    /// The items of a list that is written out here.
    pub(super) fn items(self) -> Option<impl Iterator<Item = Self> + Clone> {
        match self.op() {
            Op::List(items) => Some(items.iter().map(move |item| self.at(*item))),
            _ => None,
        }
    }
}

/// Whether the schema demands a field.
pub(super) fn is_required(shapes: &Shapes, field: &FieldRef) -> bool {
    known_field(shapes, field).is_some_and(|(_, required)| required)
}

/// What the schema says of the values of a field.
pub(super) fn shape_of<'s>(shapes: &'s Shapes, field: &FieldRef) -> Option<&'s Shape> {
    known_field(shapes, field).map(|(shape, _)| shapes.get(shape))
}

fn known_field(shapes: &Shapes, field: &FieldRef) -> Option<(ShapeId, bool)> {
    let (object, place) = field.place?;
    let Shape::Object { fields, .. } = shapes.get(object) else {
        return None;
    };
    let field = fields.get(place as usize)?;
    Some((field.shape, field.required))
}

/// Whether two terms certainly have the same value.
pub(super) fn same(left: Term<'_>, right: Term<'_>) -> bool {
    Pairing::default().same(left, right)
}

/// The number of operations of a term that are looked at to tell it from others.
const LOOKED_AT: usize = 32;

/// A number that is equal for terms that are the [`same`] or have the [`same_path`], and seldom for others.
pub(super) fn print(term: Term<'_>) -> u64 {
    let mut state = DefaultHasher::new();
    let mut open = vec![term];
    for _ in 0..LOOKED_AT {
        let Some(term) = open.pop() else { break };
        match term.op() {
            Op::Field(object, field) | Op::MaybeField(object, field) => {
                field.hash.hash(&mut state);
                open.push(term.at(*object));
            }
            // Variables of macros can have other slots elsewhere.
            Op::Slot(_) => {}
            op => {
                discriminant(op).hash(&mut state);
                match op {
                    Op::Const(constant) => print_constant(constant, &mut state),
                    Op::Setting(place) | Op::Term(place) => place.hash(&mut state),
                    Op::Matches(_, regex) => regex.as_str().hash(&mut state),
                    Op::Glob(_, glob) => glob.written.hash(&mut state),
                    Op::Loop(looped) => {
                        let inner = [looped.condition, looped.result];
                        open.extend(inner.into_iter().flatten().map(|id| term.at(id)));
                    }
                    _ => {}
                }
                open.extend(op.children().into_iter().map(|child| term.at(child)));
            }
        }
    }
    state.finish()
}

fn print_constant(constant: &Constant, state: &mut DefaultHasher) {
    discriminant(constant).hash(state);
    match constant {
        Constant::Str(text) => text.hash(state),
        Constant::Int(value) => value.hash(state),
        Constant::Uint(value) => value.hash(state),
        _ => {}
    }
}

/// Whether two terms read the same field, by whichever sign.
pub(super) fn same_path(left: Term<'_>, right: Term<'_>) -> bool {
    match (left.step(), right.step()) {
        (Some((a, first)), Some((b, second))) => same_field(first, second) && same_path(a, b),
        _ => same(left, right),
    }
}

fn same_field(left: &FieldRef, right: &FieldRef) -> bool {
    left.hash == right.hash && left.name == right.name
}

/// Whether two operations do the same with what they are given. What is not listed counts as different.
fn is_same_kind(left: &Op, right: &Op) -> bool {
    match (left, right) {
        (Op::MaybeField(_, a), Op::MaybeField(_, b)) => same_field(a, b),
        (Op::Has(_), Op::Has(_)) | (Op::Not(_), Op::Not(_)) | (Op::Negate(_), Op::Negate(_)) => {
            true
        }
        (Op::Index(..), Op::Index(..)) | (Op::MaybeIndex(..), Op::MaybeIndex(..)) => true,
        (Op::And(..), Op::And(..)) | (Op::Or(..), Op::Or(..)) | (Op::In(..), Op::In(..)) => true,
        (Op::Cond(..), Op::Cond(..)) | (Op::List(_), Op::List(_)) => true,
        (Op::Compare(a, ..), Op::Compare(b, ..)) => a == b,
        (Op::Arithmetic(a, ..), Op::Arithmetic(b, ..)) => a == b,
        (Op::Call(a, _), Op::Call(b, _)) => a == b,
        (Op::Matches(_, a), Op::Matches(_, b)) => a.as_str() == b.as_str(),
        (Op::Glob(_, a), Op::Glob(_, b)) => a.written == b.written,
        _ => false,
    }
}

/// Which variables of macros on the left stand for which on the right.
#[derive(Default)]
struct Pairing {
    slots: Vec<(usize, usize)>,
}

impl Pairing {
    fn same(&mut self, left: Term<'_>, right: Term<'_>) -> bool {
        work::count(1);
        match (left.op(), right.op()) {
            (Op::Const(a), Op::Const(b)) => a == b,
            (Op::Today, Op::Today) => true,
            (Op::Setting(a), Op::Setting(b)) | (Op::Term(a), Op::Term(b)) => a == b,
            (Op::Slot(a), Op::Slot(b)) => self.same_slot(*a, *b),
            (Op::Loop(a), Op::Loop(b)) => self.same_loop((left, a), (right, b)),
            (Op::Field(a, first), Op::Field(b, second)) => {
                same_field(first, second) && self.same(left.at(*a), right.at(*b))
            }
            (a, b) => is_same_kind(a, b) && self.same_children((left, a), (right, b)),
        }
    }

    /// A variable that a macro on one side brought along is that of its partner on the other.
    fn same_slot(&self, left: usize, right: usize) -> bool {
        let paired = |(a, b): &&(usize, usize)| *a == left || *b == right;
        match self.slots.iter().rev().find(paired) {
            Some(pair) => *pair == (left, right),
            None => left == right,
        }
    }

    fn same_children(&mut self, left: (Term<'_>, &Op), right: (Term<'_>, &Op)) -> bool {
        let (first, second) = (left.1.children(), right.1.children());
        let mut pairs = first.iter().zip(&second);
        first.len() == second.len() && pairs.all(|(a, b)| self.same(left.0.at(*a), right.0.at(*b)))
    }

    fn same_loop(&mut self, left: (Term<'_>, &LoopOp), right: (Term<'_>, &LoopOp)) -> bool {
        let ((left, a), (right, b)) = (left, right);
        if a.kind != b.kind || a.pairs != b.pairs || !self.same(left.at(a.range), right.at(b.range))
        {
            return false;
        }
        let outside = self.slots.len();
        self.slots.push((a.slot, b.slot));
        if a.pairs {
            self.slots.push((a.slot + 1, b.slot + 1));
        }
        let mut alike = |a: Option<OpId>, b: Option<OpId>| match (a, b) {
            (Some(a), Some(b)) => self.same(left.at(a), right.at(b)),
            (a, b) => a.is_none() && b.is_none(),
        };
        let found = alike(a.condition, b.condition) && alike(a.result, b.result);
        self.slots.truncate(outside);
        found
    }
}
