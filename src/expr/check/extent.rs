//! What is known of a value beyond its type: the bounds of a number and of a size, of itself and of what it holds.

use crate::expr::Type;
use crate::expr::check::bounds::Bounds;
use crate::expr::eval::ROOM;
use crate::schema::{self, Extra, Format, Shape, ShapeId, Shapes};

/// How deep in lists and maps something is known of what they hold.
const DEEPEST: usize = 4;

/// What is known of a value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Extent {
    /// Of a number itself; of a date or a length of time its nanoseconds; of a double, which is a number
    /// then, the whole numbers around it.
    pub(in crate::expr) number: Bounds,
    /// How many letters, bytes, items or entries there are; of an optional value, whether it holds something.
    pub(in crate::expr) size: Bounds,
    /// Whether the number is certainly not zero.
    pub(in crate::expr) is_not_zero: bool,
    /// Whether a mistake in it has been reported, so that nothing more need be said of it.
    pub(in crate::expr) is_wrong: bool,
    /// What holds for every key of a map.
    pub(in crate::expr) key: Option<Box<Self>>,
    /// What holds for every item of a list, every value of a map, or what an optional value holds.
    pub(in crate::expr) item: Option<Box<Self>>,
}

impl Extent {
    /// Nothing is known. No list and no text takes more room than one evaluation has.
    pub(in crate::expr) const ANY: Self = Self {
        number: Bounds::ANY,
        size: Bounds::new(0, ROOM as i128),
        is_not_zero: false,
        is_wrong: false,
        key: None,
        item: None,
    };

    pub(in crate::expr) fn number(number: Bounds) -> Self {
        Self {
            number,
            ..Self::ANY
        }
    }

    pub(in crate::expr) fn size(size: Bounds) -> Self {
        Self { size, ..Self::ANY }.capped()
    }

    fn capped(mut self) -> Self {
        self.size = self.size.meet(Self::ANY.size);
        self
    }

    /// A collection of so many values, of each of which the same is known.
    pub(in crate::expr) fn collection(size: Bounds, item: Self) -> Self {
        Self {
            item: item.boxed(),
            ..Self::size(size)
        }
    }

    fn boxed(self) -> Option<Box<Self>> {
        (self != Self::ANY).then(|| Box::new(self))
    }

    /// What is known of an item, a value of a map, or what an optional value holds.
    pub(in crate::expr) fn of_item(&self) -> Self {
        self.item.as_deref().cloned().unwrap_or(Self::ANY)
    }

    /// What is known of a key.
    pub(in crate::expr) fn of_key(&self) -> Self {
        self.key.as_deref().cloned().unwrap_or(Self::ANY)
    }

    /// What a type alone says.
    pub(in crate::expr) fn of(ty: &Type) -> Self {
        match ty {
            Type::Int => Self::number(Bounds::INT),
            Type::Uint => Self::number(Bounds::UINT),
            Type::Timestamp => Self::number(Bounds::MOMENT),
            Type::Duration => Self::number(Bounds::LENGTH),
            Type::List(item) => Self::collection(Bounds::ANY, Self::of(item)),
            Type::Map(key, value) => Self {
                key: Self::of(key).boxed(),
                ..Self::collection(Bounds::ANY, Self::of(value))
            },
            Type::Optional(item) => Self::collection(Bounds::new(0, 1), Self::of(item)),
            _ => Self::ANY,
        }
    }

    /// What the schema says of a value.
    pub(in crate::expr) fn of_shape(shapes: &Shapes, id: ShapeId) -> Self {
        Self::of_shape_at(shapes, id, 0)
    }

    fn of_shape_at(shapes: &Shapes, id: ShapeId, depth: usize) -> Self {
        if depth > DEEPEST {
            return Self::ANY;
        }
        match shapes.get(id) {
            Shape::Int { min, max } => Self::number(Bounds::new(
                min.map_or(Bounds::INT.min, i128::from),
                max.map_or(Bounds::INT.max, i128::from),
            )),
            Shape::String {
                format: Format::Date,
                ..
            } => Self::number(Bounds::days()),
            Shape::String {
                format: Format::Duration,
                ..
            } => Self::number(Bounds::lengths()),
            Shape::String { values, length, .. } if values.is_empty() => Self::size(sizes(*length)),
            Shape::List { item, length, .. } => {
                Self::collection(sizes(*length), Self::of_shape_at(shapes, *item, depth + 1))
            }
            Shape::Object {
                extra: Extra::Any(value),
                fields,
                ..
            } if fields.is_empty() => {
                Self::collection(Bounds::ANY, Self::of_shape_at(shapes, *value, depth + 1))
            }
            _ => Self::ANY,
        }
    }

    /// What is known when both hold.
    pub(in crate::expr) fn meet(self, other: &Self) -> Self {
        let both = |a: Option<Box<Self>>, b: &Option<Box<Self>>| match (a, b) {
            (Some(a), Some(b)) => Some(Box::new(a.meet(b))),
            (a, b) => a.or_else(|| b.clone()),
        };
        Self {
            number: self.number.meet(other.number),
            size: self.size.meet(other.size),
            is_not_zero: self.is_not_zero || other.is_not_zero,
            is_wrong: self.is_wrong || other.is_wrong,
            key: both(self.key, &other.key),
            item: both(self.item, &other.item),
        }
    }

    /// What is known when one of the two holds.
    pub(in crate::expr) fn join(self, other: &Self) -> Self {
        let either = |a: Option<Box<Self>>, b: &Option<Box<Self>>| match (a, b) {
            (Some(a), Some(b)) => Some(Box::new(a.join(b))),
            _ => None,
        };
        Self {
            is_not_zero: self.is_not_zero() && other.is_not_zero(),
            number: self.number.join(other.number),
            size: self.size.join(other.size),
            is_wrong: self.is_wrong || other.is_wrong,
            key: either(self.key, &other.key),
            item: either(self.item, &other.item),
        }
    }

    /// Whether the number is certainly not zero.
    pub(in crate::expr) fn is_not_zero(&self) -> bool {
        self.is_not_zero || !self.number.holds(0)
    }
}

/// How many letters or items a schema allows.
fn sizes(allowed: schema::Bounds) -> Bounds {
    let count = |count| Bounds::size(count).min;
    let most = allowed.max.map_or(Bounds::ANY.max, count);
    Bounds::new(count(allowed.min), most)
}
