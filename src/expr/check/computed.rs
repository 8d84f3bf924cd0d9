//! The extent of what an operation computes, from the extents of what it computes with.

use crate::expr::Type;
use crate::expr::ast::{BindKind, LoopKind};
use crate::expr::check::bounds::Bounds;
use crate::expr::check::{Checker, Extent};
use crate::expr::narrow::extent_at;
use crate::expr::program::{Arithmetic, Constant, DatePart, FieldRef, Function, LoopOp, Op, OpId};
use crate::schema::Shape;

/// Nanoseconds in a second.
const SECOND: i128 = 1_000_000_000;

impl Checker<'_> {
    pub(super) fn computed(&self, op: OpId) -> Extent {
        match self.op(op) {
            Op::Const(constant) => of_constant(constant),
            Op::Today => Extent::number(Bounds::days()),
            Op::Setting(place) => match self.scope.options.get(*place) {
                Some((_, Type::Duration)) => Extent::number(Bounds::lengths()),
                _ => Extent::ANY,
            },
            // A word list holds a word at least.
            Op::Term(_) => Extent::size(Bounds::new(1, i128::MAX)),
            Op::Field(object, field) => self.of_field(*object, field),
            Op::MaybeField(object, field) => {
                let item = self.of_field(*object, field);
                self.perhaps(op, item)
            }
            Op::Index(list, ..) => self.extent(*list).of_item(),
            Op::MaybeIndex(list, ..) => self.perhaps(op, self.extent(*list).of_item()),
            Op::List(items) => self.of_items(items.len(), items.iter().map(|item| (false, *item))),
            Op::Gather(items) => {
                let least = items.iter().filter(|(maybe, _)| !maybe).count();
                self.of_items(least, items.iter().copied())
            }
            Op::Map(entries) => self.of_entries(entries),
            Op::Bind {
                kind, value, body, ..
            } => self.of_bind(*kind, *value, *body),
            Op::Negate(operand) => Extent::number(self.extent(*operand).number.negated()),
            Op::Arithmetic(kind, left, right) => self.of_arithmetic(*kind, *left, *right),
            Op::Cond(_, yes, no) => self.extent(*yes).clone().join(self.extent(*no)),
            Op::Loop(looped) => self.of_loop(looped),
            Op::Call(function, args) => self.of_call(*function, args),
            _ => Extent::ANY,
        }
    }

    /// An optional value, at a path or computed.
    fn perhaps(&self, op: OpId, item: Extent) -> Extent {
        let path = self.path(op);
        let is_there = path.as_ref().is_some_and(|path| self.is_there(path));
        let found = path.and_then(|path| extent_at(&self.scope.facts, &path));
        let item = found.map_or(item.clone(), |found| item.meet(&found));
        Extent::collection(Bounds::new(is_there.into(), 1), item)
    }

    fn of_field(&self, object: OpId, field: &FieldRef) -> Extent {
        let shapes = self.scope.shapes;
        let known = field.place.and_then(|(id, place)| match shapes.get(id) {
            Shape::Object { fields, .. } => fields.get(place as usize),
            _ => None,
        });
        match known {
            Some(field) => Extent::of_shape(shapes, field.shape),
            None => self.extent(object).of_item(),
        }
    }

    /// A list of so many items at least, of which some may be none.
    fn of_items(&self, least: usize, items: impl ExactSizeIterator<Item = (bool, OpId)>) -> Extent {
        let size = Bounds::size(least).join(Bounds::size(items.len()));
        let extents = items.map(|(maybe, item)| self.of_given(maybe, item));
        let item = extents.reduce(|all, item| all.join(&item));
        Extent::collection(size, item.unwrap_or(Extent::ANY))
    }

    fn of_given(&self, maybe: bool, item: OpId) -> Extent {
        let extent = self.extent(item);
        if maybe {
            extent.of_item()
        } else {
            extent.clone()
        }
    }

    fn of_entries(&self, entries: &[(OpId, OpId, bool)]) -> Extent {
        let least = entries.iter().filter(|(.., maybe)| !maybe).count();
        let values = entries.iter().map(|(_, value, maybe)| (*maybe, *value));
        let keys = entries.iter().map(|(key, ..)| self.extent(*key).clone());
        Extent {
            key: keys.reduce(|all, key| all.join(&key)).map(Box::new),
            ..self.of_items(least, values)
        }
    }

    fn of_bind(&self, kind: BindKind, value: OpId, body: OpId) -> Extent {
        let found = self.extent(body).clone();
        match kind {
            BindKind::Plain => found,
            BindKind::OptMap => Extent::collection(self.extent(value).size, found),
            BindKind::OptFlatMap => Extent::collection(Bounds::new(0, 1), found.of_item()),
        }
    }

    fn of_arithmetic(&self, kind: Arithmetic, left: OpId, right: OpId) -> Extent {
        let (a, b) = (self.extent(left), self.extent(right));
        match self.type_of(left) {
            Type::Int | Type::Uint | Type::Timestamp | Type::Duration => {
                Extent::number(a.number.computed(kind, b.number))
            }
            Type::String | Type::Enum(_) | Type::Bytes | Type::List(_) => {
                let item = a.of_item().join(&b.of_item());
                Extent::collection(a.size.computed(Arithmetic::Add, b.size), item)
            }
            _ => Extent::ANY,
        }
    }

    fn of_loop(&self, looped: &LoopOp) -> Extent {
        let range = self.extent(looped.range);
        let size = match looped.condition {
            Some(_) => Bounds::new(0, range.size.max),
            None => range.size,
        };
        let found = looped
            .result
            .map_or(Extent::ANY, |result| self.extent(result).clone());
        let is_map = matches!(self.type_of(looped.range), Type::Map(..));
        match looped.kind {
            LoopKind::All | LoopKind::Exists | LoopKind::ExistsOne => Extent::ANY,
            LoopKind::TransformMapEntry => Extent::ANY,
            LoopKind::Filter if is_map => Extent::collection(size, range.of_key()),
            LoopKind::Filter => Extent::collection(size, range.of_item()),
            LoopKind::Map | LoopKind::TransformList => Extent::collection(size, found),
            LoopKind::TransformMap => Extent {
                key: is_map.then(|| Box::new(range.of_key())),
                ..Extent::collection(size, found)
            },
        }
    }

    fn of_call(&self, function: Function, args: &[OpId]) -> Extent {
        let first = self.extent(args[0]);
        let (number, size) = (first.number, first.size);
        match function {
            Function::Size => Extent::number(size),
            Function::Days => {
                let day = Bounds::exactly(86_400 * SECOND);
                Extent::number(number.computed(Arithmetic::Multiply, day))
            }
            Function::Int => match self.type_of(args[0]) {
                // Whether the seconds are cut off or rounded down, they lie beside the quotient.
                Type::Timestamp => {
                    let seconds = number.divided(SECOND);
                    Extent::number(Bounds::new(seconds.min - 1, seconds.max))
                }
                _ => Extent::number(self.of_digits(args[0]).unwrap_or(number)),
            },
            Function::Uint => Extent::number(self.of_digits(args[0]).unwrap_or(number)),
            Function::Double => Extent::number(number.loose()),
            Function::Timestamp => match self.type_of(args[0]) {
                Type::Int => {
                    let second = Bounds::exactly(SECOND);
                    Extent::number(number.computed(Arithmetic::Multiply, second))
                }
                _ => Extent::number(number),
            },
            Function::Duration => Extent::number(number),
            Function::IndexOf | Function::LastIndexOf => Extent::number(Bounds::new(-1, size.max)),
            Function::Date(part) => Extent::number(self.of_date(part, args)),
            Function::CharAt => Extent::size(Bounds::new(0, 1)),
            Function::LowerAscii | Function::UpperAscii | Function::Reverse => Extent::size(size),
            Function::Trim | Function::Substring => Extent::size(Bounds::new(0, size.max)),
            Function::OptionalOf => Extent::collection(Bounds::exactly(1), first.clone()),
            Function::OptionalNonZero => Extent::collection(Bounds::new(0, 1), first.clone()),
            Function::OptionalValue => first.of_item(),
            Function::OptionalOrValue => first.of_item().join(self.extent(args[1])),
            Function::OptionalOr => {
                let other = self.extent(args[1]);
                let size = Bounds::new(size.min.max(other.size.min), 1);
                Extent::collection(size, first.of_item().join(&other.of_item()))
            }
            _ => Extent::ANY,
        }
    }

    /// The number in a text that is written out.
    fn of_digits(&self, op: OpId) -> Option<Bounds> {
        match self.op(op) {
            Op::Const(Constant::Str(digits)) => digits.parse().ok().map(Bounds::exactly),
            _ => None,
        }
    }

    /// A part of a date, or of a length of time.
    fn of_date(&self, part: DatePart, args: &[OpId]) -> Bounds {
        let length = self.extent(args[0]).number;
        let is_length = *self.type_of(args[0]) == Type::Duration;
        if let Some([least, most]) = part.calendar() {
            return Bounds::new(least, most);
        }
        match part {
            DatePart::Hours if is_length => length.divided(3_600 * SECOND),
            DatePart::Minutes if is_length => length.divided(60 * SECOND),
            DatePart::Seconds if is_length => length.divided(SECOND),
            DatePart::Milliseconds => Bounds::new(-999, 999),
            // In some time zone the first and the last moment lie in the years beside them.
            DatePart::FullYear => Bounds::new(0, 10_000),
            DatePart::Hours => Bounds::new(0, 23),
            _ => Bounds::new(0, 59),
        }
    }
}

fn of_constant(constant: &Constant) -> Extent {
    match constant {
        Constant::Int(value) => Extent::number(Bounds::exactly((*value).into())),
        Constant::Uint(value) => Extent::number(Bounds::exactly((*value).into())),
        Constant::Double(value) => Extent::number(Bounds::double(*value)),
        Constant::Timestamp(value) => Extent::number(Bounds::moment(*value)),
        Constant::Duration(value) => Extent::number(Bounds::length(*value)),
        Constant::Str(text) => Extent::size(Bounds::size(text.chars().count())),
        Constant::Bytes(bytes) => Extent::size(Bounds::size(bytes.len())),
        Constant::OptionalNone => Extent::size(Bounds::exactly(0)),
        Constant::Null | Constant::Bool(_) | Constant::Kind(_) | Constant::List(_) => Extent::ANY,
    }
}
