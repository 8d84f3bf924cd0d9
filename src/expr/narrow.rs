//! What a condition proves: `has(a.b) && …` makes `a.b` safe on the right, `a.n > 0 && …` makes it a divisor.
//!
//! A fact is a path and what is known of the value there. Facts are read off the operations, whose types
//! and extents are known by then.

use crate::expr::Type;
use crate::expr::ast::{Comparison, LoopKind};
use crate::expr::check::{Bounds, Checker, Extent};
use crate::expr::program::{Constant, Function, Op, OpId};

/// A step of an access path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Step {
    /// A variable; by its slot, because names come back.
    Slot(usize),
    /// An option of the rule, by its place.
    Setting(usize),
    /// A word list, by its place.
    Term(usize),
    /// A field, or a key that is text.
    Name(Box<str>),
    /// A place in a list, or a key that is a number.
    Place(i64),
}

/// An access path, step by step: its variable, then its fields.
pub(crate) type Path = Vec<Step>;

/// Something that is known of the value at a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fact {
    pub(crate) path: Path,
    pub(crate) known: Known,
}

/// What is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Known {
    /// It is there.
    There,
    /// It has a type, where the schema leaves that open.
    Is(Type),
    /// It lies within bounds.
    Within(Extent),
    /// It is a map with the key, or a list with the place, that stands at another path.
    Holds(Path),
}

impl Fact {
    pub(super) const fn within(path: Path, extent: Extent) -> Self {
        Self {
            path,
            known: Known::Within(extent),
        }
    }

    fn of_size(path: Path, size: Bounds) -> Self {
        Self::within(path, Extent::size(size))
    }
}

/// How many facts are kept where two conditions hold, and where one of two does.
const MOST_OF_BOTH: usize = 256;
const MOST_OF_EITHER: usize = 32;

/// A size of one at least.
const SOME: Bounds = Bounds::new(1, i128::MAX);

impl Checker<'_> {
    /// The access path that an operation is, such as `account.bio.text`.
    pub(super) fn path(&self, op: OpId) -> Option<Path> {
        let (object, step) = match self.op(op) {
            Op::Slot(slot) => return Some(vec![Step::Slot(*slot)]),
            Op::Setting(place) => return Some(vec![Step::Setting(*place)]),
            Op::Term(place) => return Some(vec![Step::Term(*place)]),
            Op::Field(object, field) | Op::MaybeField(object, field) => {
                (*object, Step::Name(field.name.clone()))
            }
            Op::Index(object, index, _) | Op::MaybeIndex(object, index, _) => {
                (*object, self.step(*index)?)
            }
            _ => return None,
        };
        let mut path = self.path(object)?;
        path.push(step);
        Some(path)
    }

    /// The access path whose value an operation is: what may be none is not what stands at its path.
    fn value_path(&self, op: OpId) -> Option<Path> {
        match self.op(op) {
            Op::MaybeField(..) | Op::MaybeIndex(..) => None,
            _ => self.path(op),
        }
    }

    /// Whether a number is certainly zero.
    fn is_zero(&self, op: OpId) -> bool {
        let is_number = matches!(self.type_of(op), Type::Int | Type::Uint | Type::Double);
        is_number && self.extent(op).number == Bounds::exactly(0)
    }

    /// An index that is written out, as a step.
    pub(super) fn step(&self, index: OpId) -> Option<Step> {
        match self.op(index) {
            Op::Const(Constant::Int(place)) => Some(Step::Place(*place)),
            Op::Const(Constant::Str(name)) => Some(Step::Name(name.clone())),
            _ => None,
        }
    }

    /// What is known when an operation is `truth`.
    pub(super) fn facts(&self, op: OpId, truth: bool) -> Vec<Fact> {
        match self.op(op) {
            Op::Has(operand) if truth => there(self.path(*operand)),
            Op::Call(Function::HasValue, args) => self.opened(args[0], truth),
            Op::Not(operand) => self.facts(*operand, !truth),
            Op::And(left, right) => {
                both_or_either(self.facts(*left, truth), self.facts(*right, truth), truth)
            }
            Op::Or(left, right) => {
                both_or_either(self.facts(*left, truth), self.facts(*right, truth), !truth)
            }
            Op::Compare(comparison, left, right) => {
                let comparison = if truth {
                    *comparison
                } else {
                    comparison.negated()
                };
                let mut facts = self.compared(comparison, (*left, *right), truth);
                facts.extend(self.compared(comparison.flipped(), (*right, *left), truth));
                facts
            }
            Op::In(needle, list, _) if truth => self.membership_facts(*needle, *list),
            Op::Loop(looped) => {
                let is_some = match looped.kind {
                    LoopKind::Exists | LoopKind::ExistsOne => truth,
                    LoopKind::All => !truth,
                    _ => false,
                };
                let range = self.value_path(looped.range).filter(|_| is_some);
                range
                    .map(|path| Fact::of_size(path, SOME))
                    .into_iter()
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// What `hasValue()` says: of `a.?b` that `a.b` is there, of anything else that it holds something.
    fn opened(&self, optional: OpId, truth: bool) -> Vec<Fact> {
        let path = self.path(optional);
        match self.op(optional) {
            Op::MaybeField(..) | Op::MaybeIndex(..) if truth => there(path),
            Op::MaybeField(..) | Op::MaybeIndex(..) => Vec::new(),
            _ => {
                let size = Bounds::exactly(truth.into());
                path.map(|path| Fact::of_size(path, size))
                    .into_iter()
                    .collect()
            }
        }
    }

    /// What a comparison that holds says of its left side.
    fn compared(&self, comparison: Comparison, sides: (OpId, OpId), truth: bool) -> Vec<Fact> {
        let (side, other) = sides;
        let bounds = &self.extent(other).number;
        let fact = match (self.op(side), self.op(other)) {
            (Op::Call(Function::Kind, args), Op::Const(Constant::Kind(name))) => {
                if comparison != Comparison::Equal {
                    return Vec::new();
                }
                self.value_path(args[0])
                    .zip(Type::named(name))
                    .map(|(path, ty)| Fact {
                        path,
                        known: Known::Is(ty),
                    })
            }
            (Op::Call(Function::Size, args), _) => {
                let length = if comparison == Comparison::NotEqual && self.is_zero(other) {
                    SOME
                } else {
                    bounds.loose().compared(comparison, 1)
                };
                self.value_path(args[0])
                    .map(|path| Fact::of_size(path, length))
            }
            _ => self
                .value_path(side)
                .and_then(|path| self.compared_value(path, comparison, sides, truth)),
        };
        fact.into_iter().collect()
    }

    /// The same where the left side is a value at a path.
    fn compared_value(
        &self,
        path: Path,
        comparison: Comparison,
        (side, other): (OpId, OpId),
        truth: bool,
    ) -> Option<Fact> {
        let (ty, extent) = (self.type_of(side), self.extent(other));
        let is_equality = matches!(comparison, Comparison::Equal | Comparison::NotEqual);
        match ty {
            Type::String | Type::Enum(_) | Type::Bytes | Type::List(_) | Type::Map(..) => {
                let is_open = *self.type_of(other) == Type::Dyn;
                let is_empty = !is_open && extent.size == Bounds::exactly(0);
                match comparison {
                    Comparison::Equal => Some(Fact::of_size(path, extent.size)),
                    Comparison::NotEqual if is_empty => Some(Fact::of_size(path, SOME)),
                    _ => None,
                }
            }
            // What is no number is not less and not greater than any, so the contrary says nothing.
            Type::Double if !truth && !is_equality => None,
            _ => {
                let may_round = |ty: &Type| matches!(ty, Type::Double | Type::Dyn);
                let with_double = may_round(ty) || may_round(self.type_of(other));
                let number = if with_double {
                    extent.number.loose().compared(comparison, 0)
                } else {
                    extent.number.compared(comparison, 1)
                };
                let is_not_zero = comparison == Comparison::NotEqual && self.is_zero(other);
                let extent = Extent {
                    is_not_zero,
                    ..Extent::number(number)
                };
                Some(Fact::within(path, extent))
            }
        }
    }

    /// What `needle in list` says.
    fn membership_facts(&self, needle: OpId, list: OpId) -> Vec<Fact> {
        let mut facts = Vec::new();
        if let Some(path) = self.value_path(list) {
            if let Type::Map(..) = self.type_of(list) {
                if let Some(step) = self.step(needle) {
                    let inner: Path = path.iter().cloned().chain([step]).collect();
                    facts.extend(there(Some(inner)));
                }
                if let Some(key) = self.value_path(needle) {
                    facts.push(Fact {
                        path: path.clone(),
                        known: Known::Holds(key),
                    });
                }
            }
            facts.push(Fact::of_size(path, SOME));
        }
        let items = self.extent(list).of_item().number.loose();
        if let (Some(path), Type::Int, Type::List(_)) = (
            self.value_path(needle),
            self.type_of(needle),
            self.type_of(list),
        ) {
            facts.push(Fact::within(path, Extent::number(items)));
        }
        facts
    }
}

/// What stands behind a path that is there: `has(a.b.c)` is only true when `a.b` is there as well.
pub(super) fn there(path: Option<Path>) -> Vec<Fact> {
    let path = path.unwrap_or_default();
    let steps = 1..=path.len();
    steps
        .map(|steps| Fact {
            path: path[..steps].to_vec(),
            known: Known::There,
        })
        .collect()
}

/// What is known when both sides hold, or one of them. More facts than any rule states are let go, so that
/// a condition made to be hard to check is not.
fn both_or_either(mut left: Vec<Fact>, mut right: Vec<Fact>, both: bool) -> Vec<Fact> {
    if both {
        left.extend(right);
        left.truncate(MOST_OF_BOTH);
        return left;
    }
    left.truncate(MOST_OF_EITHER);
    right.truncate(MOST_OF_EITHER);
    left.iter()
        .filter_map(|fact| weaker(fact, &left, &right))
        .collect()
}

/// What is left of a fact where either side may be the one that holds.
fn weaker(fact: &Fact, left: &[Fact], right: &[Fact]) -> Option<Fact> {
    if !matches!(fact.known, Known::Within(_)) {
        return right.contains(fact).then(|| fact.clone());
    }
    let extent = extent_at(left, &fact.path)?.join(&extent_at(right, &fact.path)?);
    Some(Fact::within(fact.path.clone(), extent))
}

/// All that facts say of the extent of a value.
pub(super) fn extent_at(facts: &[Fact], path: &Path) -> Option<Extent> {
    let extents = facts.iter().filter_map(|fact| match &fact.known {
        Known::Within(extent) if fact.path == *path => Some(extent.clone()),
        _ => None,
    });
    extents.reduce(|all, extent| all.meet(&extent))
}
