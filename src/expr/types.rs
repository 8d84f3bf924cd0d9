//! The types of the rule language, as the schema gives them.

use crate::schema::{Format, Shape, ShapeId, Shapes};
use crate::text::Text;

/// What a value can be.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Type {
    /// Anything: only below `x-…` keys, where the schema is open.
    Dyn,
    Null,
    Bool,
    Int,
    Double,
    String,
    /// One of the strings that a shape lists.
    Enum(ShapeId),
    /// A day of the document, at midnight UTC.
    Timestamp,
    Duration,
    List(Box<Self>),
    /// Any key, with values of one type.
    Map(Box<Self>),
    Object(ShapeId),
}

impl Type {
    /// The type of what stands where a shape is demanded.
    pub(crate) fn of(shapes: &Shapes, id: ShapeId) -> Self {
        match shapes.get(id) {
            Shape::Any | Shape::Either(_) => Self::Dyn,
            Shape::Bool => Self::Bool,
            Shape::Int { .. } => Self::Int,
            Shape::Float => Self::Double,
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
            Shape::List { item } => Self::List(Box::new(Self::of(shapes, *item))),
            Shape::Object { fields, extra, .. } => match extra {
                crate::schema::Extra::Any(value) if fields.is_empty() => {
                    Self::Map(Box::new(Self::of(shapes, *value)))
                }
                _ => Self::Object(id),
            },
        }
    }

    /// Whether it is text, with or without a list of allowed values.
    pub(crate) const fn is_text(&self) -> bool {
        matches!(self, Self::String | Self::Enum(_) | Self::Dyn)
    }

    /// Whether values of the two types can be equal at all.
    pub(crate) fn can_equal(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Dyn, _) | (_, Self::Dyn) => true,
            (Self::Int | Self::Double, Self::Int | Self::Double) => true,
            (Self::List(a), Self::List(b)) | (Self::Map(a), Self::Map(b)) => a.can_equal(b),
            (a, b) if a.is_text() && b.is_text() => true,
            (a, b) => a == b,
        }
    }

    /// Whether `<` and its sisters order the two.
    pub(crate) fn can_order(&self, other: &Self) -> bool {
        let ordered = !matches!(
            self,
            Self::List(_) | Self::Map(_) | Self::Object(_) | Self::Null
        );
        ordered && self.can_equal(other)
    }

    /// What to call it in a message.
    pub(crate) fn name(&self, shapes: &Shapes) -> Text {
        let (en, ar) = match self {
            Self::Dyn => ("any value", "أي قيمة"),
            Self::Null => ("null", "قيمة فارغة"),
            Self::Bool => ("true or false", "قيمة منطقية"),
            Self::Int => ("an integer", "عدد صحيح"),
            Self::Double => ("a number", "عدد"),
            Self::String => ("text", "نص"),
            Self::Enum(_) => ("one of a few words", "كلمة من قائمة محددة"),
            Self::Timestamp => ("a date", "تاريخ"),
            Self::Duration => ("a length of time", "مدة زمنية"),
            Self::Map(_) => ("a mapping", "خريطة مفاتيح وقيم"),
            Self::List(item) => {
                let item = item.name(shapes);
                return Text::new(
                    format!("a list of: {}", item.en),
                    format!("قائمة من: {}", item.ar),
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
