//! What values a subject can have, as far as its conditions can tell them apart: the points that it is
//! compared with, and the gaps between them, cut by what the schema allows.
//!
//! A place is `2n + 1` at the n-th point, `2n` in the gap before it, and [`ELSEWHERE`] for what is none of
//! the points and has no order among them. Truth values stand at the places 0 and 1.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use crate::date::LENGTHS;
use crate::expr::cases::term::{Term, shape_of};
use crate::expr::mark::Sort;
use crate::expr::program::{Constant, DatePart, Function, Op};
use crate::schema::{Bounds, Format, Pattern, Shape, Shapes};

/// The place of a value that is none of the points.
pub(super) const ELSEWHERE: usize = usize::MAX;

/// A constant that values are compared with.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(super) enum Point<'c> {
    Number(i128),
    Float(f64),
    Text(&'c str),
    Time(Timestamp),
    Length(SignedDuration),
}

impl<'c> Point<'c> {
    /// What a constant is among values of a sort; `None` if it cannot be placed among them.
    pub(super) fn read(term: Term<'c>, sort: Sort) -> Option<Self> {
        match (term.op(), sort) {
            (Op::Const(constant), _) => Self::of(constant, sort),
            (Op::Call(Function::Days, args), Sort::Duration) => {
                match term.at(*args.first()?).op() {
                    Op::Const(Constant::Int(days)) => {
                        let hours = days.checked_mul(24)?.checked_mul(3_600)?;
                        Some(Self::Length(SignedDuration::from_secs(hours)))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn of(constant: &'c Constant, sort: Sort) -> Option<Self> {
        match (constant, sort) {
            (Constant::Int(value), Sort::Int | Sort::Uint) => Some(Self::Number((*value).into())),
            (Constant::Uint(value), Sort::Int | Sort::Uint) => Some(Self::Number((*value).into())),
            (Constant::Double(value), Sort::Double) if !value.is_nan() => Some(Self::Float(*value)),
            (Constant::Int(value), Sort::Double) => i32::try_from(*value)
                .ok()
                .map(|value| Self::Float(value.into())),
            (Constant::Str(value), Sort::Text | Sort::Word(_) | Sort::Any) => {
                Some(Self::Text(value))
            }
            (Constant::Timestamp(value), Sort::Timestamp) => Some(Self::Time(*value)),
            (Constant::Duration(value), Sort::Duration) => Some(Self::Length(*value)),
            _ => None,
        }
    }
}

/// What the schema and the functions say of the values of a term.
struct Extent<'s> {
    least: Option<Point<'s>>,
    most: Option<Point<'s>>,
    pattern: Option<&'s Pattern>,
    /// Of a text.
    length: Bounds,
    words: Option<HashSet<&'s str>>,
}

impl<'s> Extent<'s> {
    fn of(term: Term<'_>, sort: Sort, shapes: &'s Shapes) -> Self {
        let mut extent = Self {
            least: None,
            most: None,
            pattern: None,
            length: Bounds::default(),
            words: None,
        };
        match sort {
            Sort::Any => return extent,
            Sort::Int => extent.between(i64::MIN.into(), i64::MAX.into()),
            Sort::Uint => extent.between(0, u64::MAX.into()),
            Sort::Text => extent.least = Some(Point::Text("")),
            Sort::Word(words) => {
                if let Shape::String { values, .. } = shapes.get(words) {
                    extent.words = Some(values.iter().map(String::as_str).collect());
                }
            }
            _ => {}
        }
        match term.op() {
            Op::Field(_, field) => extent.narrow(shape_of(shapes, field)),
            Op::Call(Function::Size, args) => {
                extent.counted(args.first().map(|arg| term.at(*arg)), shapes);
            }
            Op::Call(function, _) => extent.returned(*function),
            _ => {}
        }
        extent
    }

    const fn between(&mut self, least: i128, most: i128) {
        self.least = Some(Point::Number(least));
        self.most = Some(Point::Number(most));
    }

    fn narrow(&mut self, shape: Option<&'s Shape>) {
        match shape {
            Some(Shape::Int { min, max }) => self.between(
                min.unwrap_or(i64::MIN).into(),
                max.unwrap_or(i64::MAX).into(),
            ),
            Some(Shape::Float(interval)) => {
                self.least = interval.min.or(interval.above).map(Point::Float);
                self.most = interval.max.or(interval.under).map(Point::Float);
            }
            Some(Shape::String {
                format: Format::Duration,
                ..
            }) => self.least = Some(Point::Length(LENGTHS[0])),
            Some(Shape::String {
                format: Format::Text | Format::Url | Format::Email,
                pattern,
                length,
                ..
            }) => {
                self.pattern = pattern.as_ref();
                self.length = *length;
            }
            _ => {}
        }
    }

    /// The size of a term: what the schema says of the items of a list.
    fn counted(&mut self, counted: Option<Term<'_>>, shapes: &Shapes) {
        let field = counted.and_then(Term::step);
        let length = match field.and_then(|(_, field)| shape_of(shapes, field)) {
            Some(Shape::List { length, .. } | Shape::String { length, .. }) => *length,
            _ => Bounds::default(),
        };
        let number = |count: usize| i128::try_from(count).unwrap_or(i128::MAX);
        let most = length.max.map_or(i64::MAX.into(), number);
        self.between(number(length.min), most);
    }

    fn returned(&mut self, function: Function) {
        match function {
            Function::IndexOf | Function::LastIndexOf => self.between(-1, i64::MAX.into()),
            Function::Date(DatePart::FullYear) => self.between(1, 9_999),
            Function::Date(part) => {
                if let Some([least, most]) = part.calendar() {
                    self.between(least, most);
                }
            }
            _ => {}
        }
    }

    /// Whether some value is this point.
    fn has_point(&self, point: Point<'_>) -> bool {
        if let Point::Text(text) = point {
            return self.length.admits(text.chars().count())
                && self.pattern.is_none_or(|pattern| pattern.is_match(text))
                && self.words.as_ref().is_none_or(|words| words.contains(text));
        }
        self.least.is_none_or(|least| least <= point) && self.most.is_none_or(|most| point <= most)
    }

    /// Whether some value may lie between two points, or on the open side of one.
    fn has_gap(&self, before: Option<Point<'_>>, after: Option<Point<'_>>) -> bool {
        match (before, after) {
            (None, Some(after)) => self.least.is_none_or(|least| least < after),
            (Some(before), None) => self.most.is_none_or(|most| before < most),
            (Some(Point::Number(before)), Some(Point::Number(after))) => {
                let least = match self.least {
                    Some(Point::Number(least)) => before.max(least - 1),
                    _ => before,
                };
                after - least > 1
            }
            _ => true,
        }
    }
}

/// The places that a value can have among sorted points.
pub(super) fn places(
    (term, sort): (Term<'_>, Sort),
    points: &[Point<'_>],
    is_ordered: bool,
    shapes: &Shapes,
) -> Vec<usize> {
    let extent = Extent::of(term, sort, shapes);
    let gaps = (0..=points.len()).filter(|gap| {
        let before = gap.checked_sub(1).and_then(|place| points.get(place));
        extent.has_gap(before.copied(), points.get(*gap).copied())
    });
    let at_points = (0..points.len()).filter(|place| extent.has_point(points[*place]));
    let mut places: Vec<usize> = at_points.map(|place| 2 * place + 1).collect();
    let is_elsewhere = match &extent.words {
        Some(words) => words.len() > places.len(),
        None => sort.may_differ_from_itself() || (!is_ordered && gaps.clone().next().is_some()),
    };
    if is_ordered {
        places.extend(gaps.map(|gap| 2 * gap));
    }
    if is_elsewhere {
        places.push(ELSEWHERE);
    }
    places
}
