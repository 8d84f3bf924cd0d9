//! A policy linter for who speaks for an institution.

pub mod date;
pub mod diagnostic;
pub mod engine;
pub mod error;
pub mod schema;
pub mod source;
pub mod text;
pub mod yaml;

pub use diagnostic::{Diagnostic, Label, Positions, Severity};
pub use error::Error;
pub use source::{Position, Source, Span};
pub use text::{Lang, Text};
