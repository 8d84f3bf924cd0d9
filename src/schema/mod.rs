//! The document kinds as Rust types, their JSON Schemas, and what documents are held against.

pub mod agency;
mod compile;
mod generate;
mod kind;
mod shape;
mod validate;
mod words;

pub use compile::SchemaError;
pub(crate) use generate::shapes;
pub use generate::{agency, agency_shapes, generate};
pub use kind::{API_VERSION, Kind};
pub(crate) use kind::{is_marker, small};
pub use shape::{Bounds, Extra, Field, Format, Interval, Pattern, Shape, ShapeId, Shapes};
pub use validate::{Layout, Poison, Validation, hide, validate};
pub(crate) use validate::{blotted_by_line, hide_by_line, is_email, is_secret, is_url, too_many};
pub use words::{Country, Duration, Email, Id, Language, Url};
