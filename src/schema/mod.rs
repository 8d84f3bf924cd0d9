//! The document kinds as Rust types, their JSON Schemas, and what documents are held against.

mod shape;

pub use shape::{Extra, Field, Format, Shape, ShapeId, Shapes};
