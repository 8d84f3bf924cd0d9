//! Events of the YAML parser → the arena tree of [`Document`].

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::Source;
use crate::yaml::Document;

/// What a source holds.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The documents, in order; after a syntax error those before it.
    pub documents: Vec<Document>,
    /// Syntax errors, duplicate keys, breached limits: `yaml/…`.
    pub diagnostics: Vec<Diagnostic>,
}

/// Parses all documents of a source.
pub fn parse(source: &Arc<Source>) -> Parsed {
    let _ = source;
    Parsed::default()
}

/// Parses the first document only, and reads no further.
pub fn parse_first(source: &Arc<Source>) -> Parsed {
    parse(source)
}
