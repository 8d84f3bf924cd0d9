//! YAML text → [`Document`]s. [`parse`] is the one door; what is behind it may change.

mod node;
mod parse;

pub use node::{Content, Document, Entry, Kind, Node, NodeId, Scalar, Style, Value};
pub use parse::{Parsed, parse, parse_first};
