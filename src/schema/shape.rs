//! What a document may look like, compiled from its JSON Schema.
//!
//! One [`Shapes`] serves both the shape diagnostics and the types of the rule language, so a rule
//! can only speak of fields that a document can have.

/// A shape, by its place in [`Shapes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ShapeId(pub(crate) u32);

/// What a string must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Any text.
    Text,
    /// A day: `date` (a timestamp at midnight UTC in the rule language).
    Date,
    /// A length of time: `duration`.
    Duration,
    /// An absolute `http` or `https` address: `uri`.
    Url,
    /// `email`.
    Email,
}

/// One field of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its key.
    pub name: String,
    /// What its value must look like.
    pub shape: ShapeId,
    /// Whether it must be there.
    pub required: bool,
}

/// What keys an object may have besides its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// None.
    Closed,
    /// Keys that begin with `x-`, with any value.
    Extensions,
    /// Any key, with values of this shape.
    Any(ShapeId),
}

/// One shape.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Anything.
    Any,
    /// `true` or `false`.
    Bool,
    /// An integer of at least `min`.
    Int {
        /// The smallest value allowed.
        min: Option<i64>,
    },
    /// A number.
    Float,
    /// A string of a format; `values` lists the only ones allowed (empty: all), `pattern` is a regular
    /// expression that must match.
    String {
        /// What it must look like.
        format: Format,
        /// The only values allowed; empty for all.
        values: Vec<String>,
        /// A pattern that must match, as written in the schema.
        pattern: Option<regex::Regex>,
    },
    /// A list.
    List {
        /// What each item must look like.
        item: ShapeId,
    },
    /// An object.
    Object {
        /// The type's name in the schema, such as `Account`.
        name: String,
        /// The known fields, in the schema's order.
        fields: Vec<Field>,
        /// What other keys are allowed.
        extra: Extra,
    },
    /// One of several shapes, told apart by the kind of node (string, list, object, …).
    Either(Vec<ShapeId>),
}

/// The shapes of one document kind.
#[derive(Clone, Debug)]
pub struct Shapes {
    pub(super) shapes: Vec<Shape>,
    pub(super) root: ShapeId,
}

impl Shapes {
    /// The shape of the whole document.
    pub fn root(&self) -> ShapeId {
        self.root
    }

    /// One shape.
    pub fn get(&self, id: ShapeId) -> &Shape {
        &self.shapes[id.0 as usize]
    }

    /// The field of an object shape.
    pub fn field(&self, id: ShapeId, name: &str) -> Option<&Field> {
        match self.get(id) {
            Shape::Object { fields, .. } => fields.iter().find(|field| field.name == name),
            _ => None,
        }
    }
}
