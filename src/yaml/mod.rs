//! YAML text → [`Document`]s. [`parse`] is the one door; what is behind it may change.

mod anchors;
mod build;
mod de;
mod decode_error;
mod graft;
mod keys;
mod leaf;
pub mod limits;
mod merge;
mod node;
mod parse;
mod path;
mod scalar;
mod spanned;
mod syntax;
mod tags;
mod trivia;

pub use de::from_node;
pub use decode_error::DecodeError;
pub(crate) use node::key_hash;
pub use node::{Content, Document, Entry, Kind, Node, NodeId, Scalar, Style, Value};
pub use parse::{Parsed, parse, parse_first};
pub use scalar::number_beyond;
pub(crate) use scalar::resolve as plain_meaning;
pub use spanned::Spanned;
