//! What can be judged only when all shapes of a schema are known.

use super::error::SchemaError;
use super::{Compiler, MAX_DEPTH};
use crate::schema::shape::{Extra, Shape, ShapeId};
use crate::text;

impl Compiler<'_> {
    /// Choices must be told apart by what kind of node they take.
    pub(super) fn check_choices(&self) -> Result<(), SchemaError> {
        for (id, at) in &self.choices {
            let Shape::Either(ids) = &self.shapes[id.0 as usize] else {
                continue;
            };
            let mut kinds: Vec<_> = ids.iter().map(|id| self.kind(*id)).collect();
            kinds.sort_unstable();
            if kinds.first().is_none_or(Option::is_none) || kinds.windows(2).any(|w| w[0] == w[1]) {
                let message = text!(
                    "the choices are not told apart by their type",
                    "لا يُميَّز بين الخيارات بأنواعها",
                );
                return Err(SchemaError::at(at, message));
            }
        }
        Ok(())
    }

    /// A list of itself, directly or through others, has no type that could be written down.
    pub(super) fn check_nests(&self) -> Result<(), SchemaError> {
        for (id, at) in &self.nests {
            let mut inner = Some(*id);
            for _ in 0..=MAX_DEPTH {
                inner = inner.and_then(|id| self.item(id));
            }
            if inner.is_some() {
                let message = text!(
                    "this holds nothing but itself, which is not supported",
                    "لا يحتوي هذا إلا على نفسه، وذلك غير مدعوم",
                );
                let help = text!(
                    "give it a field of its own with `properties`",
                    "أضف إليه حقلًا خاصًا به تحت `properties`",
                );
                return Err(SchemaError::at(at, message).with_help(help));
            }
        }
        Ok(())
    }

    /// What a list, or an object with keys of any name, holds.
    fn item(&self, id: ShapeId) -> Option<ShapeId> {
        match &self.shapes[id.0 as usize] {
            Shape::List { item, .. } => Some(*item),
            Shape::Object {
                fields,
                extra: Extra::Any(value),
                ..
            } if fields.is_empty() => Some(*value),
            _ => None,
        }
    }

    /// The kind of node that a shape takes, for the shapes that take exactly one.
    fn kind(&self, id: ShapeId) -> Option<&'static str> {
        match self.shapes[id.0 as usize] {
            Shape::Bool => Some("boolean"),
            Shape::Int { .. } | Shape::Float(_) => Some("number"),
            Shape::String { .. } => Some("string"),
            Shape::List { .. } => Some("array"),
            Shape::Object { .. } => Some("object"),
            Shape::Any | Shape::Either(_) => None,
        }
    }
}
