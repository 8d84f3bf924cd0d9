//! The types of the rule language, as the schema gives them.

use crate::schema::{Format, Shape, ShapeId, Shapes};
use crate::text::Text;

/// How deep the name of a type goes: nobody counts lists in lists beyond.
const MAX_NAMED: usize = 4;

/// What a value can be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// Anything: below `x-…` keys, where the schema is open, and what `dyn` makes of a value.
    Dyn,
    /// Nothing at all: the items of `[]` and what `optional.none()` holds.
    Nothing,
    Null,
    Bool,
    Int,
    /// An integer without a sign; no field has it.
    Uint,
    Double,
    String,
    /// Bytes; no field has them.
    Bytes,
    /// A type as a value, as `type(1)` and `int` give it.
    Kind,
    /// One of the strings that a shape lists.
    Enum(ShapeId),
    /// A day of the document, at midnight UTC.
    Timestamp,
    Duration,
    List(Box<Self>),
    /// Keys of one type, with values of one type.
    Map(Box<Self>, Box<Self>),
    /// A value that may be none.
    Optional(Box<Self>),
    Object(ShapeId),
}

impl Type {
    /// The type of what stands where a shape is demanded.
    pub(crate) fn of(shapes: &Shapes, id: ShapeId) -> Self {
        match shapes.get(id) {
            Shape::Any | Shape::Either(_) => Self::Dyn,
            Shape::Bool => Self::Bool,
            Shape::Int { .. } => Self::Int,
            Shape::Float(_) => Self::Double,
            Shape::String {
                format: Format::Date,
                ..
            } => Self::Timestamp,
            Shape::String {
                format: Format::Duration,
                ..
            } => Self::Duration,
            Shape::String { values, .. } if !values.is_empty() => Self::Enum(id),
            Shape::String { .. } => Self::String,
            Shape::List { item, .. } => Self::List(Box::new(Self::of(shapes, *item))),
            Shape::Object { fields, extra, .. } => match extra {
                crate::schema::Extra::Any(value) if fields.is_empty() => {
                    Self::Map(Box::new(Self::String), Box::new(Self::of(shapes, *value)))
                }
                _ => Self::Object(id),
            },
        }
    }

    /// The type that a name such as `int` stands for.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "bool" => Self::Bool,
            "bytes" => Self::Bytes,
            "double" => Self::Double,
            "google.protobuf.Duration" => Self::Duration,
            "google.protobuf.Timestamp" => Self::Timestamp,
            "int" => Self::Int,
            "list" => Self::List(Box::new(Self::Dyn)),
            "map" => Self::Map(Box::new(Self::Dyn), Box::new(Self::Dyn)),
            "null_type" => Self::Null,
            "optional_type" => Self::Optional(Box::new(Self::Dyn)),
            "string" => Self::String,
            "type" => Self::Kind,
            "uint" => Self::Uint,
            _ => return None,
        })
    }

    /// Whether it is text, with or without a list of allowed values.
    pub(crate) const fn is_text(&self) -> bool {
        matches!(
            self,
            Self::String | Self::Enum(_) | Self::Dyn | Self::Nothing
        )
    }

    /// Whether values of the two types can be equal at all.
    pub(crate) fn can_equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Dyn | Self::Nothing, _) | (_, Self::Dyn | Self::Nothing) => true,
            (Self::Int | Self::Uint | Self::Double, Self::Int | Self::Uint | Self::Double) => true,
            (Self::List(a), Self::List(b)) | (Self::Optional(a), Self::Optional(b)) => {
                a.can_equal(b)
            }
            (Self::Map(a, b), Self::Map(c, d)) => a.can_equal(c) && b.can_equal(d),
            (a, b) if a.is_text() && b.is_text() => true,
            (a, b) => a == b,
        }
    }

    /// Whether `<` and its sisters order the two.
    pub(crate) fn can_order(&self, other: &Self) -> bool {
        let ordered = !matches!(
            self,
            Self::List(_)
                | Self::Map(..)
                | Self::Object(_)
                | Self::Optional(_)
                | Self::Kind
                | Self::Null
        );
        ordered && self.can_equal(other)
    }

    /// The type of a value that was taken out of a list, a map or an optional value.
    pub(crate) fn taken(self) -> Self {
        match self {
            Self::Nothing => Self::Dyn,
            other => other,
        }
    }

    /// The type of what is one or the other.
    pub(crate) fn join(self, other: &Self) -> Self {
        match (self, other) {
            (a, b) if a == *b => a,
            (Self::Nothing, other) => other.clone(),
            (known, Self::Nothing) => known,
            (Self::String | Self::Enum(_), Self::String | Self::Enum(_)) => Self::String,
            (Self::List(a), Self::List(b)) => Self::List(Box::new(a.join(b))),
            (Self::Optional(a), Self::Optional(b)) => Self::Optional(Box::new(a.join(b))),
            (Self::Map(a, b), Self::Map(c, d)) => {
                Self::Map(Box::new(a.join(c)), Box::new(b.join(d)))
            }
            _ => Self::Dyn,
        }
    }

    /// What to call it in a message.
    pub(crate) fn name(&self, shapes: &Shapes) -> Text {
        self.name_within(shapes, 0)
    }

    /// The same for what stands so deep in another type.
    fn name_within(&self, shapes: &Shapes, depth: usize) -> Text {
        if depth > MAX_NAMED {
            return Text::new("…", "…");
        }
        let (en, ar) = match self {
            Self::Dyn | Self::Nothing => ("any value", "أي قيمة"),
            Self::Null => ("null", "قيمة فارغة"),
            Self::Bool => ("true or false", "قيمة منطقية"),
            Self::Int => ("an integer", "عدد صحيح"),
            Self::Uint => ("an unsigned integer", "عدد صحيح بلا إشارة"),
            Self::Bytes => ("bytes", "بايتات"),
            Self::Kind => ("a type", "نوع"),
            Self::Double => ("a number", "عدد"),
            Self::String => ("text", "نص"),
            Self::Enum(_) => ("one of a few words", "كلمة من قائمة محددة"),
            Self::Timestamp => ("a date", "تاريخ"),
            Self::Duration => ("a length of time", "مدة زمنية"),
            Self::Map(..) => ("a mapping", "خريطة مفاتيح وقيم"),
            Self::List(item) => {
                let item = item.name_within(shapes, depth + 1);
                return Text::new(
                    format!("a list of: {}", item.en),
                    format!("قائمة من: {}", item.ar),
                );
            }
            Self::Optional(item) => {
                let item = item.name_within(shapes, depth + 1);
                return Text::new(
                    format!("an optional value of: {}", item.en),
                    format!("قيمة اختيارية من: {}", item.ar),
                );
            }
            Self::Object(id) => {
                let name = match shapes.get(*id) {
                    Shape::Object { name, .. } => name.as_str(),
                    _ => "",
                };
                return Text::new(format!("an entry ({name})"), format!("سجل ({name})"));
            }
        };
        Text::new(en, ar)
    }
}
